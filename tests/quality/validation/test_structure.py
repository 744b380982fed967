"""What `datapackage.json` says of the files, and what these are: links, pipes, strangers, edited schemas."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.base.errors import InputError
from broadsheet.publishing.descriptor import PublishedFile
from broadsheet.publishing.package import CURATION
from broadsheet.quality.validation.package import validate_package
from broadsheet.quality.validation.report import Findings, Severity
from broadsheet.quality.validation.reports import Report
from broadsheet.quality.validation.structure import (
    check_descriptor,
    check_schemas,
    check_stray,
    read_curation,
    read_descriptor,
    read_files,
)
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables

CSV = "data/quotes.csv"
PARQUET = "data/quotes.parquet"


def structure(folder: Path, tables: Tables) -> Report:
    """What is wrong with the files and the descriptor; the cells are not looked at."""
    findings = Findings(TABLES)
    content = read_descriptor(folder)
    check_schemas(findings, folder)
    check_stray(findings, folder)
    read = [read_files(findings, folder, name) for name in TABLES]
    files = {path: PublishedFile.of(path, data) for of_table in read for path, data in of_table.items()}
    if (curation := read_curation(findings, folder, content)) is not None:
        files[CURATION] = PublishedFile.of(CURATION, curation)
    rows = {name: len(tables[name]) for name in TABLES}
    check_descriptor(findings, content, files, tables.arrow("articles"), rows)
    return Report.of(findings.report())


def named(report: Report) -> set[tuple[int, str, str, str]]:
    """Level, table, rule and column of each failure."""
    return {(int(f.level), f.table, f.rule, f.column) for f in report.failures}


def edit(folder: Path, change: Callable[[dict[str, Any]], Any], path: str = "datapackage.json") -> None:
    """Changes a JSON file of the package."""
    content = json.loads((folder / path).read_text(encoding="utf-8"))
    change(content)
    (folder / path).write_text(json.dumps(content), encoding="utf-8")


def resource(name: str, **changes: object) -> Callable[[dict[str, Any]], None]:
    """An edit of one resource."""

    def change(content: dict[str, Any]) -> None:
        next(r for r in content["resources"] if r["name"] == name).update(changes)

    return change


DESCRIPTORS: list[tuple[str, Callable[[dict[str, Any]], Any], tuple[int, str, str, str]]] = [
    ("wrong hash", resource("quotes", hash=f"sha256:{'0' * 64}"), (1, "quotes", "csv_hash", "")),
    ("weaker hash", resource("quotes", hash="0" * 32), (1, "quotes", "csv_hash", "")),
    ("wrong size", resource("quotes", bytes=1), (1, "quotes", "csv_bytes", "")),
    ("wrong hash of Parquet", resource("quotes-parquet", hash=f"sha256:{'0' * 64}"), (2, "quotes", "parquet_hash", "")),
    ("wrong size of Parquet", resource("quotes-parquet", bytes=1), (2, "quotes", "parquet_bytes", "")),
    ("wrong row count", resource("quotes", rows=4), (1, "quotes", "csv_rows", "")),
    ("path outside", resource("quotes", path="../quotes.csv"), (1, "quotes", "csv_path", "")),
    ("absolute path", resource("quotes", path="/etc/passwd"), (1, "quotes", "csv_path", "")),
    ("remote path", resource("quotes", path="https://example.org/q.csv"), (1, "quotes", "csv_path", "")),
    ("remote schema", resource("quotes", schema="https://example.org/s.json"), (1, "quotes", "csv_schema", "")),
    ("schema inside", resource("quotes", schema={"fields": []}), (1, "quotes", "csv_schema", "")),
    ("other dialect", resource("quotes", dialect={"delimiter": ";"}), (1, "quotes", "csv_resource", "")),
    ("resource gone", lambda d: d["resources"].pop(8), (1, "quotes", "csv_resource", "")),
    ("resource twice", lambda d: d["resources"].append(d["resources"][8]), (1, "quotes", "csv_resource", "")),
    ("strange resource", lambda d: d["resources"].append({"name": "x", "path": "x"}), (1, "", "resources", "")),
    ("resource of no kind", lambda d: d["resources"].append(7), (1, "", "resources", "")),
    ("version", lambda d: d.update(version="1"), (1, "", "descriptor", "")),
    ("version changed", lambda d: d.update(version="0.2.0"), (1, "", "descriptor", "")),
    ("created", lambda d: d.update(created="yesterday"), (1, "", "descriptor", "")),
    ("profile", lambda d: d.pop("$schema"), (1, "", "descriptor", "")),
    ("no licence in the list", lambda d: d.update(licenses=[]), (1, "", "descriptor", "")),
    ("contributors of no kind", lambda d: d.update(contributors="Ada"), (1, "", "descriptor", "")),
    ("source", lambda d: d["sources"][0].update(title="Other"), (1, "", "descriptor", "")),
    ("extractor", lambda d: d["broadsheet"].pop("extractor"), (1, "", "descriptor", "")),
]


@pytest.mark.parametrize(("change", "failure"), [c[1:] for c in DESCRIPTORS], ids=[c[0] for c in DESCRIPTORS])
def test_an_untrue_descriptor(
    package: Path, tables: Tables, change: Callable[[dict[str, Any]], Any], failure: tuple[int, str, str, str]
) -> None:
    """What `datapackage.json` says falsely is named with the table; no path in it is followed."""
    edit(package, change)
    report = structure(package, tables)
    assert failure in named(report)
    assert not report.valid


def test_a_true_descriptor(package: Path, tables: Tables) -> None:
    """A package as it was written has no fault, and a publisher may word its title, licences and contributors."""
    assert structure(package, tables).failures == ()
    edit(package, lambda d: d.update(title="Fish", description="Fish.", keywords=["fish"]))
    edit(package, lambda d: d.update(contributors=[{"title": "An archive"}]))
    assert structure(package, tables).failures == ()


def test_an_edited_schema(package: Path, tables: Tables) -> None:
    """A schema that allows more is named with the place, and the real one is applied."""
    edit(package, lambda s: s["fields"][3]["constraints"]["enum"].append("indirect"), "schemas/quotes.json")
    failure = next(f for f in structure(package, tables).failures if f.rule == "schema_edited")
    assert failure.table == "quotes"
    assert "/fields/3/constraints/enum" in failure.message


@pytest.mark.parametrize(
    ("path", "rule", "level"),
    [(CSV, "csv_file", 1), (PARQUET, "parquet_file", 2), ("schemas/quotes.json", "schema_edited", 1)],
)
@pytest.mark.parametrize("how", ["gone", "folder", "link outside", "link inside", "pipe"])
def test_a_file_that_is_none(
    package: Path, tables: Tables, tmp_path: Path, path: str, rule: str, level: int, how: str
) -> None:
    """A file that is missing, or is a folder, a link or a pipe, is named and never opened."""
    place = package / path
    content = place.read_bytes()
    place.unlink()
    match how:
        case "folder":
            place.mkdir()
        case "link outside":
            (tmp_path / "outside").write_bytes(content)
            place.symlink_to(tmp_path / "outside")
        case "link inside":
            (package / "copy").write_bytes(content)
            place.symlink_to(package / "copy")
        case "pipe":
            os.mkfifo(place)
    assert (level, "quotes", rule, "") in named(structure(package, tables))


def test_a_folder_that_is_a_link(package: Path, tables: Tables, tmp_path: Path) -> None:
    """A package whose data lie behind a link out of it is refused file by file."""
    (package / "data").rename(tmp_path / "data")
    (package / "data").symlink_to(tmp_path / "data")
    rules = [f.rule for f in structure(package, tables).failures]
    assert rules.count("csv_file") == rules.count("parquet_file") == len(TABLES)


def test_stray_files(package: Path, tables: Tables) -> None:
    """A file that is none of the package's is a warning, which leaves it valid."""
    (package / "data" / "notes.csv").write_text("x", encoding="utf-8")
    report = structure(package, tables)
    assert [(f.rule, f.severity, f.value) for f in report.failures] == [
        ("stray_file", Severity.WARNING, "data/notes.csv")
    ]
    assert report.valid


def link_descriptor(folder: Path) -> None:
    """Puts a link where the descriptor was."""
    (folder / "datapackage.json").rename(folder / "d.json")
    (folder / "datapackage.json").symlink_to(folder / "d.json")


NO_PACKAGE: list[tuple[str, Callable[[Path], Any], str]] = [
    ("no folder", lambda p: p / "none", "no such folder"),
    ("a file", lambda p: p / CSV, "not a folder"),
    ("empty folder", lambda p: p / "data", "is missing"),
    ("not JSON", lambda p: (p / "datapackage.json").write_text("{"), "is not JSON"),
    ("deep JSON", lambda p: (p / "datapackage.json").write_text("[" * 100_000), "nested too deeply"),
    ("a key twice", lambda p: (p / "datapackage.json").write_text('{"a": 1, "a": 2}'), "names a key twice"),
    ("long number", lambda p: (p / "datapackage.json").write_text("9" * 5000), "is not JSON"),
    ("not UTF-8", lambda p: (p / "datapackage.json").write_bytes(b"\xff{}"), "not UTF-8 at byte 0"),
    ("a list", lambda p: (p / "datapackage.json").write_text("[]"), "does not describe a Broadsheet package"),
    (
        "of others",
        lambda p: (p / "datapackage.json").write_text('{"resources": []}'),
        "does not describe a Broadsheet package",
    ),
    (
        "resources no list",
        lambda p: edit(p, lambda d: d.update(resources={})),
        "does not describe a Broadsheet package",
    ),
    ("a link", link_descriptor, "is a link"),
]


@pytest.mark.parametrize(("prepare", "said"), [c[1:] for c in NO_PACKAGE], ids=[c[0] for c in NO_PACKAGE])
def test_what_is_no_package(package: Path, prepare: Callable[[Path], Any], said: str) -> None:
    """A folder that is no package of ours is one clear error, not a report."""
    prepared = prepare(package)
    with pytest.raises(InputError, match=said):
        validate_package(prepared if isinstance(prepared, Path) else package)


@pytest.mark.parametrize("path", ["schemas/quotes.json", "datapackage.json"])
@pytest.mark.parametrize(
    "value",
    [None, 7, "x", [], {}, [[]], {"fields": 7}, {"fields": [7]}, {"broadsheet": 7, "resources": [None]}],
    ids=repr,
)
def test_json_of_any_shape(package: Path, tables: Tables, path: str, value: object) -> None:
    """JSON of a shape that nobody expects is a failure or an error of input, never a traceback."""
    (package / path).write_text(json.dumps(value), encoding="utf-8")
    try:
        assert not structure(package, tables).valid
    except InputError as error:
        assert path in str(error)  # noqa: PT017 -- either outcome is right
