"""The HTML of a ``TableSet`` in a notebook: the number of rows of each table, and its first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.notebook import output, text
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.tables.schema import Field, TableSchema

SHOWN_ROWS = 5
"""The number of rows shown per table."""

SHOWN_CHARACTERS = 120
"""The most characters shown per cell."""

LONG = 40
"""Cells with more characters get a wide column."""

_LEFT_OUT = ("article_id", "char_start", "char_end", "origin", "text_sha256", "utterance_id")
"""Columns that say little to a reader; they are shown only in a primary key."""

_NAMED = {"actors": "name", "countries": "name"}
"""Tables whose keys are shown as names."""


def tables_html(tables: TableSet) -> str:
    """The HTML of tables: one collapsible line for each."""
    return output(_parts(tables))


def _parts(tables: TableSet) -> Iterator[str]:
    articles = tables["articles"]
    titles = [str(title) for title in articles["title"].head(1).dropna()]
    more = f" and {len(articles) - 1:,} more" if len(articles) > 1 else ""
    of = f" of “{text(_cut(titles[0]))}”{more}" if titles else ""
    yield f'<div class="head">{len(tables)} tables{of}</div>'
    rows = sum(map(len, tables.frames.values()))
    yield f"<p>{rows:,} rows. Each table is a DataFrame: <code>tables.quotes</code></p>"
    for schema in schemas().values():
        yield from _table(schema, tables)


def _table(schema: TableSchema, tables: TableSet) -> Iterator[str]:
    frame = tables[schema.name]
    rows = "row" if len(frame) == 1 else "rows"
    yield f'<details><summary><b><code>{schema.name}</code></b> <span class="n">{len(frame):,} {rows}</span> '
    yield f"<span>{text(schema.description)}</span></summary>"
    first = frame.head(SHOWN_ROWS)
    fields = _shown(schema, first)
    if len(first) and fields:
        names = {table: _names(tables[table], table) for table in {*_targets(schema).values()} & _NAMED.keys()}
        yield "<table><thead><tr>"
        yield "".join(f"<th{_kind(field)}>{text(field.title)}</th>" for field in fields)
        yield "</tr></thead><tbody>"
        columns = [_cells(field, schema, first, names) for field in fields]
        for cells in zip(*columns, strict=True):
            yield "<tr>" + "".join(cells) + "</tr>"
        yield "</tbody></table>"
    if len(frame) > SHOWN_ROWS:
        yield f"<p>and {len(frame) - SHOWN_ROWS:,} more</p>"
    yield "</details>"


def _shown(schema: TableSchema, first: pd.DataFrame) -> list[Field]:
    """The columns to show: those with a cell in the first rows, without those that only link tables."""
    return [
        field
        for field in schema.fields
        if field.name in first.columns
        and (field.name in schema.primary_key or field.name not in _LEFT_OUT)
        and first[field.name].notna().any()
    ]


def _targets(schema: TableSchema) -> Mapping[str, str]:
    return {key.column: key.target_table for key in schema.foreign_keys}


def _names(frame: pd.DataFrame, table: str) -> Mapping[str, str]:
    keys = frame[schemas()[table].primary_key[0]]
    return {str(key): str(name) for key, name in zip(keys, frame[_NAMED[table]], strict=True)}


def _cells(
    field: Field, schema: TableSchema, first: pd.DataFrame, names: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    from broadsheet.publishing.formats import cell_text

    of = names.get(_targets(schema).get(field.name, ""), {})
    missing = first[field.name].isna()
    for cell, empty in zip(first[field.name].tolist(), missing.tolist(), strict=True):
        key = "" if empty else cell_text(cell)
        shown = _cut(of.get(key, key))
        kind = _kind(field) or (' class="t"' if len(shown) > LONG else "")
        yield f"<td{kind}>{text(shown)}</td>"


def _kind(field: Field) -> str:
    """The class of a column: numbers are right-aligned, and days do not wrap."""
    match field.type:
        case "integer" | "number":
            return ' class="n"'
        case "date":
            return ' class="d"'
    return ""


def _cut(content: str) -> str:
    return content if len(content) <= SHOWN_CHARACTERS else content[: SHOWN_CHARACTERS - 1] + "…"
