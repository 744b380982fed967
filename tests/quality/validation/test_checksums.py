"""Attacks on the checksum chain: each leaves as many checksums in order as the attacker can mend."""

from __future__ import annotations

import json
import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import forge

from broadsheet.base.errors import InputError
from broadsheet.publishing import write_package, write_partitioned
from broadsheet.publishing.checksums import package_hash
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation import Level, validate_package
from broadsheet.quality.validation.checksums import check_listing
from broadsheet.quality.validation.groups import headline
from broadsheet.quality.validation.package import Settings
from broadsheet.quality.validation.report import Findings
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadsheet import Tables
    from broadsheet.reading import Article

LOG = {"run/summary.json": b"{}\n", "run/rejects.csv": b"place,problem,fix\n"}
LAYOUTS = ("one file a table", "partitioned")


@pytest.fixture(params=LAYOUTS)
def sealed(request: pytest.FixtureRequest, tables: Tables, tmp_path: Path) -> Path:
    """A valid package of either layout."""
    if request.param == "partitioned":
        return write_partitioned(tables, tmp_path / "sealed", csv=True).parent
    return write_package(tables, tmp_path / "sealed", more=LOG).parent


def told(report: Report, *rules: str) -> set[str]:
    """The values of the failures of some rules."""
    return {str(failure.value) for failure in report.failures if failure.rule in rules}


def descriptor_of(folder: Path) -> dict[str, Any]:
    """What the descriptor says."""
    content: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return content


def test_an_honest_package_has_the_expected_hash(sealed: Path) -> None:
    """The hash of the descriptor, in any spelling, is accepted and reported."""
    digest = package_hash(sealed)
    for spelled in (digest, digest.upper(), f"sha256:{digest}"):
        report = validate_package(sealed, expect=spelled)
        assert report.failures == ()
        assert report.to_dict()["sha256"] == digest


def test_a_cell_edited_with_its_checksums_is_caught_by_the_expected_hash(sealed: Path) -> None:
    """An attacker who mends every checksum inside the package cannot mend the one that the reader holds."""
    digest = package_hash(sealed)
    licence = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
    forge(sealed, lambda content: content.update(licenses=[licence]))
    assert validate_package(sealed).valid
    report = validate_package(sealed, expect=digest)
    assert not report.valid
    (failure,) = report.errors
    found = package_hash(sealed)
    assert (failure.rule, failure.value) == ("package_hash", found)
    assert f"expected {digest}, found {found}" in failure.message


def test_an_expected_hash_that_is_none(sealed: Path) -> None:
    """A malformed value is an error of the input."""
    with pytest.raises(InputError, match="SHA-256"):
        validate_package(sealed, expect="1234")
    with pytest.raises(InputError, match="SHA-256"):
        Settings(expect="sha256:")


def one_of_each_kind(folder: Path) -> list[str]:
    """A file of each folder and ending that the package has."""
    paths = [path for path in descriptor_of(folder)["broadsheet"]["files"] if "articles" not in path]
    return list({(path.split("/")[0], path.rpartition(".")[2]): path for path in paths}.values())


def test_each_file_that_is_edited_is_named(sealed: Path) -> None:
    """A byte more in files of all kinds at once: each is found without source and without the hash of the package."""
    paths = one_of_each_kind(sealed)
    for path in paths:
        (sealed / path).write_bytes((sealed / path).read_bytes() + b" ")
    hashes = [f"{f.message} {f.value}" for f in validate_package(sealed).errors if f.rule.endswith("_hash")]
    assert [path for path in paths if not any(path in said for said in hashes)] == []


def test_each_file_that_is_gone_is_named(sealed: Path) -> None:
    """What is listed has to be there."""
    paths = one_of_each_kind(sealed)
    for path in paths:
        (sealed / path).unlink()
    errors = [f"{f.message} {f.value}" for f in validate_package(sealed).errors]
    assert [path for path in paths if not any(path in said for said in errors)] == []


def test_a_file_that_is_not_listed_is_an_error(sealed: Path) -> None:
    """In every folder of a package, however deep."""
    paths = {"data/quotes_more.csv", "schemas/more.json", "metadata/notes.txt", "run/more.csv", "data/deep/er/x.bin"}
    for path in paths:
        (sealed / path).parent.mkdir(parents=True, exist_ok=True)
        (sealed / path).write_text("x", encoding="utf-8")
    assert told(validate_package(sealed), "file_listed") == paths


def test_what_is_no_file_is_not_opened(sealed: Path) -> None:
    """A link, and a pipe that nobody writes to, are reported as files that are not listed, or not as listed."""
    (sealed / "metadata").mkdir(exist_ok=True)
    (sealed / "metadata" / "link.json").symlink_to("/etc/hostname")
    os.mkfifo(sealed / "metadata" / "pipe.json")
    schema = sealed / "schemas" / "quotes.json"
    schema.unlink()
    os.mkfifo(schema)
    report = validate_package(sealed)
    assert told(report, "file_listed") == {"metadata/link.json", "metadata/pipe.json"}
    assert told(report, "file_hash") == {"schemas/quotes.json"}


@pytest.mark.parametrize(
    ("change", "value"),
    [
        (lambda files: files.update({"../../etc/passwd": "sha256:" + "0" * 64}), "../../etc/passwd"),
        (lambda files: files.update({"README.md": "sha256:" + "0" * 64}), "README.md"),
        (lambda files: files.update({"schemas/quotes.json": "sha256:0"}), "schemas/quotes.json"),
        (lambda files: files.update({"schemas/quotes.json": ["sha256:" + "0" * 64]}), "schemas/quotes.json"),
        (lambda files: files.update({"schemas/quotes.json": "sha256:" + "0" * 64}), "sha256:" + "0" * 64),
    ],
    ids=["path outside", "file outside", "short", "no text", "another"],
)
def test_a_list_that_is_wrong(sealed: Path, change: Callable[[dict[str, Any]], None], value: str) -> None:
    """Each entry has to name a file of the package with its hash; names from the list are never opened."""
    content = descriptor_of(sealed)
    change(content["broadsheet"]["files"])
    (sealed / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    assert told(listing_of(sealed), "file_hash") == {value}


def listing_of(folder: Path) -> Report:
    """What is wrong with the list of files; nothing else is looked at."""
    findings = Findings(TABLES)
    check_listing(findings, folder, descriptor_of(folder), {})
    return Report.of(findings.report())


def test_a_package_without_the_list_is_invalid(sealed: Path) -> None:
    """Leaving it out does not switch the check off."""
    content = descriptor_of(sealed)
    content["broadsheet"]["files"] = []
    (sealed / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    assert "broadsheet/files" in next(f.message for f in validate_package(sealed).errors if f.rule == "file_listed")


def test_list_and_resource_have_to_agree(sealed: Path) -> None:
    """A hash that only the list has wrong is found, although the resource tells the truth."""
    content = descriptor_of(sealed)
    path = next(path for path in content["broadsheet"]["files"] if path.endswith(".parquet"))
    content["broadsheet"]["files"][path] = "sha256:" + sha256(b"other").hexdigest()
    (sealed / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    assert [path in f.message for f in listing_of(sealed).errors if f.rule == "file_hash"] == [True]


@pytest.mark.parametrize("word", [b"NaN", b"-Infinity"])
@pytest.mark.parametrize("path", ["datapackage.json", "schemas/quotes.json", "metadata/csvw.json"])
def test_numbers_that_json_does_not_have(package: Path, path: str, word: bytes) -> None:
    """They are an error that names the file and the place in it."""
    place = package / path
    place.write_bytes(place.read_bytes().replace(b"{\n", b'{\n  "n": ' + word + b",\n", 1))
    if path == "datapackage.json":
        with pytest.raises(InputError, match=r"datapackage\.json.* at line 2, column 8"):
            validate_package(package)
        return
    assert any(path in f.message and "at line 2, column 8" in f.message for f in validate_package(package).errors)


@pytest.mark.parametrize("given", [True, False], ids=["source", "no source"])
@pytest.mark.parametrize(
    "change",
    [
        lambda made_by: made_by.update(extractor="99.0.0"),
        lambda made_by: made_by["model"].update(version="0.0.1"),
        lambda made_by: made_by["model"].update(name="en_core_web_lg"),
        lambda made_by: made_by.pop("model"),
    ],
    ids=["extractor", "version of the model", "another model", "no model"],
)
def test_another_maker_is_never_called_valid(
    sealed: Path, article: Article, change: Callable[[dict[str, Any]], object], given: bool
) -> None:
    """The verdict says that nothing was verified, `--strict` fails, and all other levels still run."""
    sources = [article] if given else []
    forge(sealed, lambda content: change(content["broadsheet"]))
    report = validate_package(sealed, sources, Settings(rebuild=extract_articles))
    assert [failure.rule for failure in report.failures] == ["rebuild_version"]
    assert headline(report) == "Not verified against the source (another extractor or model made the package)"
    assert headline(report, strict=True) == "Not valid, since warnings count as errors"
    said = report.to_dict()
    assert (said["verified"], said["verdict"]) == (False, headline(report))
    levels = Counter(check.level for check in report.checks)
    assert min(levels[level] for level in (Level.TABLE_SCHEMA, Level.PARQUET, Level.EXPECTATIONS)) > 100
    assert bool(levels[Level.GROUNDING]) is given


def test_the_verdict_without_a_source(sealed: Path, article: Article) -> None:
    """A package that was only checked in itself is called so; one that was read against its source, too."""
    assert headline(validate_package(sealed)) == "Valid; not verified against the source"
    report = validate_package(sealed, [article])
    assert headline(report) == "Valid; not rebuilt from the source"
    assert report.to_dict()["verified"] is False
    assert headline(validate_package(sealed, [article], Settings(just_made=True))) == "Valid"
