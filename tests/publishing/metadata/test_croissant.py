"""Croissant, read by `mlcroissant`, the loader of those who wrote the format."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing.metadata.index import CROISSANT
from broadsheet.tables.schema import TABLES, schema, schemas

if TYPE_CHECKING:
    from pathlib import Path

LOADED = {"string": bytes, "integer": int, "number": float, "boolean": bool, "date": "Timestamp"}
"""Type of the Table Schema to the one that the loader gives."""


@pytest.fixture(scope="module")
def dataset(package: Path) -> Any:
    """The package, as the loader has it."""
    import mlcroissant

    return mlcroissant.Dataset(jsonld=str(package / CROISSANT))


def test_no_error_and_no_warning(dataset: Any, descriptor: dict[str, Any]) -> None:
    """Nothing is missing that the format requires or recommends, except the licence of a package without one."""
    issues = dataset.metadata.ctx.issues
    assert issues.errors == set()
    assert all('Property "https://schema.org/license" is recommended' in issue for issue in issues.warnings)
    assert len(issues.warnings) == ("licenses" not in descriptor)
    assert [str(version) for version in dataset.metadata.conforms_to] == ["http://mlcommons.org/croissant/1.1"]


def test_the_facts_are_those_of_the_descriptor(dataset: Any, descriptor: dict[str, Any]) -> None:
    """Version, date, licence, keywords and citation are read unchanged."""
    listed = dataset.metadata
    assert (listed.version, listed.date_published.strftime("%Y-%m-%d")) == (
        descriptor["version"],
        descriptor["created"][:10],
    )
    assert [licence.url for licence in listed.license or []] == [e["path"] for e in descriptor.get("licenses", [])]
    assert [party.name for party in listed.creators] == [e["title"] for e in descriptor.get("contributors", [])]
    assert listed.keywords == descriptor["keywords"]
    assert f"version {descriptor['version']}" in listed.cite_as


@pytest.mark.parametrize("table", TABLES)
def test_records_are_the_rows_of_the_parquet(dataset: Any, package: Path, table: str) -> None:
    """Every cell comes with the type of its column, and is that of the Parquet once texts are decoded.

    The tables are loaded one after the other from one dataset, as a user would.
    """
    import pyarrow.parquet as pq

    rows = pq.read_table(package / "data" / f"{table}.parquet").to_pylist()
    records = list(dataset.records(table))
    assert len(records) == len(rows)
    for record, row in zip(records, rows, strict=True):
        assert {key.removeprefix(f"{table}/") for key in record} == set(row)
        for field in schema(table).fields:
            loaded = record[f"{table}/{field.name}"]
            if loaded is not None:
                wanted = LOADED[field.type]
                assert type(loaded) is wanted or type(loaded).__name__ == wanted, field.name
            assert decoded(loaded) == (float(cell) if isinstance(cell := row[field.name], Decimal) else cell)


def decoded(value: Any) -> object:
    """Bytes as text, a time as its day."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return date(value.year, value.month, value.day) if hasattr(value, "year") else value


def test_keys_and_links(dataset: Any) -> None:
    """Every key is stated, and every link: to the field, or to the column of the file where a table links to itself."""
    for record_set in dataset.metadata.record_sets:
        ours = schemas()[record_set.id]
        assert record_set.key == [f"{ours.name}/{column}" for column in ours.primary_key]
        found = {}
        for field in record_set.fields:
            link = field.references
            if link.uuid is not None:
                found[field.name] = link.field or f"{link.file_object}#{link.extract.column}"
        assert found == {
            key.column: f"{key.target_table}/{key.target_column}"
            if key.target_table != ours.name
            else f"{ours.name}.parquet#{key.target_column}"
            for key in ours.foreign_keys
        }


def test_another_parquet_is_refused(small: Path, tmp_path: Path) -> None:
    """The loader compares the SHA-256."""
    import mlcroissant

    shutil.copytree(small, tmp_path / "package")
    shutil.copy(small / "data" / "events.parquet", tmp_path / "package" / "data" / "quotes.parquet")
    dataset = mlcroissant.Dataset(jsonld=str(tmp_path / "package" / CROISSANT))
    with pytest.raises(Exception, match=r"Download\(quotes\.parquet\)"):
        list(dataset.records("quotes"))


def test_a_column_that_is_not_there_is_refused(small: Path, tmp_path: Path) -> None:
    """The validator finds a link that leads nowhere."""
    import mlcroissant

    shutil.copytree(small, tmp_path / "package")
    path = tmp_path / "package" / CROISSANT
    content = json.loads(path.read_text(encoding="utf-8"))
    quotes = next(r for r in content["recordSet"] if r["@id"] == "quotes")
    quotes["field"][1]["references"] = {"field": {"@id": "articles/no_such"}}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError, match="articles/no_such"):
        mlcroissant.Dataset(jsonld=str(path))
