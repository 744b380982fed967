"""`broadsheet validate` as a user runs it: options, reports in files, exit codes."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from quality.validation.conftest import forge

import broadsheet
from broadsheet.cli import main
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.checksums import package_hash

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid package of one short article."""
    folder = tmp_path_factory.mktemp("validate") / "package"
    text = "Ferry lines merge\n\n“We will run one line,” said Ada Roth, chief executive of Northern Ferries.\n"
    write_package(broadsheet.extract(text=text), folder, PackageInfo())
    return folder


def spoil(package: Path, target: Path, old: bytes, new: bytes, name: str = "data/quotes.csv") -> Path:
    """A copy of the package with a file changed."""
    for path in sorted(package.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(package)
            place.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes()
            place.write_bytes(content.replace(old, new, 1) if place == target / name else content)
    return target


def test_every_report_in_one_run(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terminal, JSON, page and XML tell the same failures; the exit code says that there are some."""
    bad = spoil(package, tmp_path / "bad", b",direct,", b",shouted,")
    html, xml = tmp_path / "report.html", tmp_path / "report.xml"
    assert main(["validate", str(bad), "--json", "--html", str(html), "--junit", str(xml)]) == 1
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["valid"] is False
    assert {"enum", "csv_hash"} <= {failure["rule"] for failure in outcome["failures"]}
    assert {rule["rule"] for rule in outcome["rules"]} == {failure["rule"] for failure in outcome["failures"]}
    assert "shouted" in html.read_text(encoding="utf-8")
    assert int(ElementTree.parse(xml).getroot().get("failures", "0")) == len(outcome["rules"])


def test_warnings_and_strict(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning leaves the package valid and is told, also when quiet is not asked for; `--strict` makes it invalid."""
    odd = spoil(package, tmp_path / "odd", b"", b"")
    forge(odd, lambda content: content["broadsheet"].update(extractor="99.0.0"))
    assert main(["validate", str(odd)]) == 0
    assert capsys.readouterr().out.startswith("Not verified against the source (another extractor")
    assert main(["validate", str(odd), "--strict", "--quiet"]) == 1
    assert "Not valid, since warnings count as errors" in capsys.readouterr().out
    assert main(["validate", str(odd), "--strict", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["valid"] is False


def test_an_expected_hash(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that is printed is accepted, another is a failure, and what is none is bad usage."""
    assert main(["validate", str(package), "--json"]) == 0
    digest = json.loads(capsys.readouterr().out)["sha256"]
    assert main(["validate", str(package), "--quiet", "--expect", f"sha256:{digest}"]) == 0
    forged = spoil(package, tmp_path / "forged", b"Northern", b"Southern")
    forge(forged, lambda content: content.update(title="Another"))
    assert main(["validate", str(forged), "--expect", digest]) == 1
    assert "expected" in (shown := " ".join(capsys.readouterr().out.split()))
    assert digest in shown
    for wrong in (digest[1:], "", "md5:abc"):
        assert main(["validate", str(package), "--expect", wrong]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert "--expect" in line


def test_a_bad_suite_is_one_line(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A regular expression that is none ends the command with exit code 2."""
    rule = {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "text", "regex": "(open"}}
    (tmp_path / "house.json").write_text(json.dumps({"quotes": {"expectations": [rule]}}), encoding="utf-8")
    assert main(["validate", str(package), "--suite", str(tmp_path / "house.json")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "'(open' is not a regular expression" in line


def replaced(key: str, value: object, content: dict[str, Any]) -> None:
    """Gives a property of a descriptor another value."""
    content[key] = value


def test_the_sidecar_of_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A licence or a day that no build with the source's sidecar writes is a warning, whatever the checksums say."""
    source = tmp_path / "ferry.txt"
    source.write_text("Ferry lines merge\n\n“We will run one line,” said Ada Roth.\n", encoding="utf-8")
    source.with_suffix(".toml").write_text('created = 2024-05-01\nlicense = "CC-BY-4.0"\n', encoding="utf-8")
    out = tmp_path / "package"
    assert main(["build", str(source), "--out", str(out), "--json"]) == 0
    built = json.loads(capsys.readouterr().out)
    assert (built["sha256"], built["validation"]["verdict"]) == (package_hash(out), "Valid")
    words = ["validate", str(out), "--source", str(source), "--no-rebuild"]
    assert main([*words, "--strict", "--expect", built["sha256"]]) == 0
    licence = [{"name": "MIT", "path": "https://example.org"}]
    for key, value in (("licenses", licence), ("created", "2020-01-01T00:00:00Z")):
        forge(out, partial(replaced, key, value))
        capsys.readouterr()
        assert main([*words, "--json"]) == 0
        assert {failure["rule"] for failure in json.loads(capsys.readouterr().out)["failures"]} == {"sidecar"}
        assert main([*words, "--strict", "--quiet"]) == 1


def test_the_libraries_agree(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Frictionless and Great Expectations find nothing in a package of ours either."""
    assert main(["validate", str(package), "--cross-check"]) == 0
    assert "Valid; not verified" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["data/report.html", "datapackage.json", "report.html"])
def test_nothing_is_written_into_a_package(package: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that would land in the package is refused before anything is checked."""
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert main(["validate", str(package), "--html", str(package / name)]) == 2
    assert "inside the package" in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}


def test_no_report_through_a_link(package: Path, tmp_path: Path) -> None:
    """A report never overwrites what a link leads to."""
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    (tmp_path / "report.html").symlink_to(tmp_path / "precious")
    assert main(["validate", str(package), "--html", str(tmp_path / "report.html")]) == 2
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"


def test_a_report_that_cannot_be_written(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place that cannot be written is bad usage that names it."""
    assert main(["validate", str(package), "--junit", str(tmp_path / "none" / "report.xml")]) == 2
    assert "report.xml: no such file or directory" in capsys.readouterr().err


def test_a_suite_of_ones_own(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A rule of the user's decides, and a misspelt one is bad input."""
    rule = {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "cue", "value_set": ["shout"]}}
    path = tmp_path / "house.json"
    path.write_text(json.dumps({"quotes": {"expectations": [rule]}}), encoding="utf-8")
    assert main(["validate", str(package), "--suite", str(path)]) == 1
    assert "house.1" in capsys.readouterr().out
    path.write_text(json.dumps({"quotes": {"expectations": [{**rule, "type": "expect_cue"}]}}), encoding="utf-8")
    assert main(["validate", str(package), "--suite", str(path)]) == 2
    assert "there is no expectation 'expect_cue'" in capsys.readouterr().err
