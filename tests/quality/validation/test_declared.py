"""What a package says of itself, compared with sidecars and with the record of releases."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.release.record import COLUMNS, RELEASES, release_row
from broadsheet.quality.validation.declared import check_declared
from broadsheet.quality.validation.report import Failure, Findings, Severity
from broadsheet.reading import PackageOptions
from broadsheet.reading.credits import Licence
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet import Tables

DIGEST = "a" * 64
INFO = PackageInfo(name="salmon", version="1.2.0", created=date(2024, 5, 11))


@pytest.fixture
def folder(tables: Tables, tmp_path: Path) -> Path:
    """A package with a name, a version and a day."""
    return write_package(tables, tmp_path / "package", INFO).parent


def declared(folder: Path, sidecar: PackageOptions | None = None, **changes: Any) -> list[Failure]:
    """What is wrong with what the package says."""
    content = {**json.loads((folder / "datapackage.json").read_text(encoding="utf-8")), **changes}
    findings = Findings(TABLES, sha256=DIGEST)
    findings.rows["articles"] = 1
    check_declared(findings, folder, content, sidecar)
    return list(findings.report().failures)


SIDECAR = PackageOptions(name="salmon", version="1.2.0", created=date(2024, 5, 11))


def test_a_package_as_declared(folder: Path) -> None:
    """A package that its sidecar agrees with, and one without sidecar or record, has no fault."""
    assert declared(folder) == []
    assert declared(folder, SIDECAR) == []
    assert declared(folder, PackageOptions()) == []


@pytest.mark.parametrize(
    ("key", "value"), [("name", "cod"), ("version", "1.2.1"), ("created", "2024-05-12T00:00:00Z"), ("name", None)]
)
def test_another_than_the_sidecar_says(folder: Path, key: str, value: str | None) -> None:
    """It is a warning, since an option of the build wins over the sidecar, with both values."""
    (failure,) = declared(folder, SIDECAR, **{key: value})
    assert (failure.rule, failure.severity, failure.value) == ("sidecar", Severity.WARNING, value)
    assert key in failure.message
    assert str(getattr(SIDECAR, key)) in failure.message


def test_credits_are_those_of_the_sidecar(folder: Path) -> None:
    """A title and a licence that a sidecar states are compared with those of the package."""
    licence = Licence("MIT", "MIT License", "https://spdx.org/licenses/MIT.html")
    failures = declared(folder, PackageOptions(title="Salmon tables", license=licence))
    assert {(f.rule, f.severity) for f in failures} == {("sidecar", Severity.WARNING)}
    assert ["title" in failures[0].message, len(failures)] == [True, 2]


def record(folder: Path, **changes: str) -> None:
    """Writes a record of the release, with some cells changed."""
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerow({**release_row(content, DIGEST), "version": "1.0.0"})
    writer.writerow({**release_row(content, DIGEST), **changes})
    (folder / RELEASES).write_text(out.getvalue(), encoding="utf-8")


def test_a_release_as_recorded(folder: Path) -> None:
    """The record of the version is what the package says."""
    record(folder)
    assert declared(folder) == []


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "version"])
def test_a_release_that_was_changed(folder: Path, column: str) -> None:
    """Each column that differs from the record is named with both values."""
    record(folder, **{column: "other"})
    (failure,) = declared(folder)
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert (failure.rule, failure.severity) == ("release_record", Severity.ERROR)
    assert (failure.value or "").startswith(release_row(content, DIGEST)[column][:150])
    assert column in failure.message
    assert "other" in failure.message


def test_a_version_that_is_not_recorded(folder: Path) -> None:
    """A version without a record is named."""
    record(folder, version="9.9.9")
    assert [(f.rule, f.value) for f in declared(folder)] == [("release_record", "1.2.0")]


@pytest.mark.parametrize("content", [b"\xff", b"a,b\n", None], ids=["not UTF-8", "other columns", "a link"])
def test_a_record_that_cannot_be_read(folder: Path, content: bytes | None) -> None:
    """A record that is there and cannot be used is a failure that names it."""
    if content is None:
        (folder / RELEASES).symlink_to(folder / "nothing")
    else:
        (folder / RELEASES).write_bytes(content)
    (failure,) = declared(folder)
    assert (failure.rule, failure.value) == ("release_record", RELEASES)
    assert RELEASES in failure.message
