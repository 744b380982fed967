"""The record of releases, and what `broadsheet release` and validation do with it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from quality.validation.conftest import forge, world

from broadsheet.base.errors import InputError
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.checksums import package_hash
from broadsheet.publishing.release.plan import plan
from broadsheet.publishing.release.record import RELEASES, parse_record, release_row, with_release
from broadsheet.publishing.release.snapshot import read_snapshot
from broadsheet.quality.validation import validate_package
from broadsheet.quality.validation.package import Settings
from broadsheet.quality.validation.report import Severity
from broadsheet.reading import PackageOptions
from broadsheet.reading.credits import check_creators, check_license

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from broadsheet.quality.validation import Report


INFO = PackageInfo(
    "salmon", "1.2.0", creators=check_creators("The Salmon Desk", ""), license=check_license("CC-BY-4.0", "")
)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A folder with a release and its record."""
    folder = tmp_path / "repository"
    for path, content in plan(world(), INFO, None).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def told(report: Report, rule: str) -> list[str]:
    """The messages of the failures of a rule."""
    return [failure.message for failure in report.failures if failure.rule == rule]


def test_a_release_is_recorded(released: Path) -> None:
    """Version, day and the hash that `sha256sum datapackage.json` prints; the package is valid beside it."""
    (row,) = parse_record((released / RELEASES).read_text(encoding="utf-8"), RELEASES).values()
    assert row["version"] == "1.2.0"
    assert row["sha256"] == sha256((released / "datapackage.json").read_bytes()).hexdigest()
    assert row["date"] == json.loads((released / "datapackage.json").read_text(encoding="utf-8"))["created"][:10]
    assert validate_package(released).failures == ()


SWAPPED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "licence": (lambda said: said.update(licenses=[{"name": "MIT", "path": "https://example.org"}]), "licenses"),
    "address of the licence": (lambda said: said["licenses"][0].update(path="https://example.org"), "licenses"),
    "contributors": (lambda said: said.update(contributors=[{"title": "Ada Lund"}]), "contributors"),
    "title": (lambda said: said.update(title="Another title"), "title"),
    "description": (lambda said: said.update(description="Another one."), "description"),
    "created": (lambda said: said.update(created="2020-01-01T00:00:00Z"), "date"),
    "sources": (lambda said: said["sources"][0].update(path="https://example.org/other"), "sources"),
}


@pytest.mark.parametrize("name", SWAPPED)
def test_what_the_release_said_of_itself_is_compared(released: Path, name: str) -> None:
    """The field is named, and so is the hash, although all checksums inside the package agree."""
    change, word = SWAPPED[name]
    forge(released, change)
    messages = told(validate_package(released), "release_record")
    assert {message.split()[0] for message in messages} == {"sha256", word}


def test_a_version_that_was_never_released(released: Path) -> None:
    """Another version does not escape the comparison."""
    forge(released, lambda said: said.update(version="9.9.9"))
    assert "9.9.9 is not in releases.csv" in told(validate_package(released), "release_record")[0]


@pytest.mark.parametrize(
    "text",
    ["version\n1.2.0\n", "a,b\n", '"open', "x" * 200_000, "version,date,sha256,title,description\n"],
    ids=["few columns", "other columns", "no CSV", "a long line", "cut"],
)
def test_a_record_that_is_none(released: Path, text: str) -> None:
    """It is named as what is wrong, and does not count as no record."""
    (released / RELEASES).write_text(text, encoding="utf-8")
    assert RELEASES in told(validate_package(released), "release_record")[0]
    with pytest.raises(InputError, match="releases"):
        parse_record(text, RELEASES)


def test_rows_are_added_and_replaced() -> None:
    """A release again replaces its row; a version twice is refused."""
    rows = [release_row({"version": version, "title": 'a, "b"\nc'}, "0" * 64) for version in ("1.0.0", "1.1.0")]
    text = with_release(with_release(with_release("", rows[0]), rows[1]), rows[0] | {"sha256": "1" * 64})
    record = parse_record(text, RELEASES)
    assert [(version, row["sha256"][0], row["title"]) for version, row in record.items()] == [
        ("1.0.0", "1", 'a, "b"\nc'),
        ("1.1.0", "0", 'a, "b"\nc'),
    ]
    with pytest.raises(InputError, match="twice"):
        parse_record(text + text.split("\n", 1)[1], RELEASES)


def test_other_files_of_the_same_rows_are_a_patch(released: Path) -> None:
    """A version that is recorded with another hash is not given again; without a record it is kept."""
    before = read_snapshot(released)
    record = (released / RELEASES).read_text(encoding="utf-8")
    same = plan(world(), INFO, before, committed={RELEASES: record})
    assert (same.version, same.sha256) == ("1.2.0", package_hash(released))
    other = record.replace(same.sha256, "0" * 64)
    again = plan(world(), INFO, before, committed={RELEASES: other})
    assert again.version == "1.2.1"
    assert list(parse_record(again.files[RELEASES].decode(), RELEASES)) == ["1.2.0", "1.2.1"]
    blocked = plan(world(), INFO, before, committed={RELEASES: other}, version="1.2.0")
    assert "version 1.2.0 is lower than 1.2.1" in " ".join(blocked.blockers)


def test_the_sidecar_is_compared(tmp_path: Path) -> None:
    """All that it says of the package, as warnings, since an option takes precedence."""
    folder = write_package(world(), tmp_path / "package", INFO).parent
    assert validate_package(folder, settings=Settings(sidecar=PackageOptions(version="1.2.0"))).failures == ()
    report = validate_package(folder, settings=Settings(sidecar=PackageOptions(version="2.0.0", name="cod")))
    assert [(f.rule, f.severity, f.value) for f in report.failures] == [
        ("sidecar", Severity.WARNING, "salmon"),
        ("sidecar", Severity.WARNING, "1.2.0"),
    ]
    declared = PackageOptions(title="Salmon", creators=INFO.creators, license=check_license("ODbL-1.0", ""))
    report = validate_package(folder, settings=Settings(sidecar=declared))
    assert report.valid
    assert [message.split(" is ")[0] for message in told(report, "sidecar")] == [
        "datapackage.json#/title",
        "datapackage.json#/licenses/0/name",
        "datapackage.json#/licenses/0/title",
        "datapackage.json#/licenses/0/path",
    ]
    declared = PackageOptions(description="Fish.", creators=check_creators(["The Salmon Desk", "Li Na"], ""))
    report = validate_package(folder, settings=Settings(sidecar=declared))
    assert len(told(report, "sidecar")) == 2
