"""The tables as a relational database has them: order, types, keys, links and wide views, derived from ``schemas/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.tables.schema import TABLES, schemas
from broadsheet.tables.wide import wide_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.tables.schema import Field, ForeignKey, TableSchema


def load_order() -> tuple[str, ...]:
    """The tables such that each comes behind those that it links to."""
    ordered: list[str] = []
    waiting = list(TABLES)
    while waiting:
        for name in waiting:
            targets = {key.target_table for key in schemas()[name].foreign_keys} - {name}
            if targets <= {*ordered}:
                ordered.append(name)
                waiting.remove(name)
                break
        else:
            raise AssertionError(f"tables link in a circle: {waiting}")
    return tuple(ordered)


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def create_table(
    schema: TableSchema,
    types: Mapping[str, str],
    *,
    links: bool = True,
    self_links: bool = True,
    deferred: bool = False,
) -> str:
    """The statement that makes a table with its keys, links and allowed values.

    Args:
        schema: The table.
        types: Type of the Table Schema standard to the database's own; that of ``number`` may use ``{precision}`` and
            ``{scale}``.
        links: Whether links are constraints.
        self_links: Whether those of the table to itself are.
        deferred: Whether links are checked at the end of a transaction.
    """
    lines = [_column(field, types) for field in schema.fields]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, schema.primary_key))})")
    lines += [
        _link(key, deferred=deferred)
        for key in schema.foreign_keys
        if links and (self_links or key.target_table != schema.name)
    ]
    return f"CREATE TABLE {quoted(schema.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def sql_type(field: Field, types: Mapping[str, str]) -> str:
    """The database's type of a column."""
    precision, scale = field.decimal or (28, 4)
    return types[field.type].format(precision=precision, scale=scale)


def _column(field: Field, types: Mapping[str, str]) -> str:
    name = quoted(field.name)
    parts = [name, sql_type(field, types)]
    if field.required:
        parts.append("NOT NULL")
    if field.enum:
        parts.append(f"CHECK ({name} IN ({', '.join(map(literal, field.enum))}))")
    if isinstance(field.minimum, int) and field.type == "integer":
        parts.append(f"CHECK ({name} >= {field.minimum})")
    return " ".join(parts)


def _link(key: ForeignKey, *, deferred: bool) -> str:
    target = f"{quoted(key.target_table)} ({quoted(key.target_column)})"
    later = " DEFERRABLE INITIALLY DEFERRED" if deferred else ""
    return f"FOREIGN KEY ({quoted(key.column)}) REFERENCES {target}{later}"


def comments(schema: TableSchema) -> Iterator[tuple[str, str]]:
    """What is told of each column of a table: its description, and where it leads to."""
    links = {key.column: f"{key.target_table}.{key.target_column}" for key in schema.foreign_keys}
    for field in schema.fields:
        yield field.name, f"{field.description} → {links[field.name]}" if field.name in links else field.description


def wide_name(table: str) -> str:
    """The name of the wide form of a table."""
    return f"{table}_wide"


def wide_views() -> Iterator[tuple[str, str]]:
    """Name and statement of a view for each table that has names behind its keys, such as ``quotes_wide``."""
    for name, select in wide_selects():
        yield name, f"CREATE VIEW {quoted(name)} AS {select}"


def wide_selects() -> Iterator[tuple[str, str]]:
    """Name and query of the wide form of each table that has names behind its keys."""
    for table in TABLES:
        columns = wide_columns(table)
        if not columns:
            continue
        keys = list(dict.fromkeys(column.key for column in columns))
        alias = {key: f"j{number}" for number, key in enumerate(keys, start=1)}
        shown = [f"t.{quoted(name)}" for name in schemas()[table].columns]
        shown += [f"{alias[c.key]}.{quoted(c.target_column)} AS {quoted(c.name)}" for c in columns]
        joins = {
            c.key: f"LEFT JOIN {quoted(c.target_table)} {alias[c.key]}"
            f" ON {alias[c.key]}.{quoted(c.target_key)} = t.{quoted(c.key)}"
            for c in columns
        }
        query = f"SELECT {', '.join(shown)} FROM {quoted(table)} t {' '.join(joins.values())}"  # noqa: S608
        yield wide_name(table), query
