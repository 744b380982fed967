"""The SQL of the tables: load order, types, keys, links and wide views, derived from ``schemas/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.tables.schema import TABLES, schemas
from broadsheet.tables.wide import wide_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.tables.schema import Field, ForeignKey, TableSchema


def load_order() -> tuple[str, ...]:
    """The tables in an order in which each comes after those that it links to."""
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
            raise AssertionError(f"the links of these tables form a circle: {waiting}")
    return tuple(ordered)


def quoted(name: str) -> str:
    """A name, quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def create_table(
    schema: TableSchema,
    types: Mapping[str, str],
    *,
    links: bool = True,
    self_links: bool = True,
    deferred: bool = False,
) -> str:
    """The statement that creates a table with its keys, links and allowed values.

    Args:
        schema: The table.
        types: Maps the types of the Table Schema standard to the database's; that of ``number`` may use ``{precision}``
            and ``{scale}``.
        links: Whether links are constraints.
        self_links: Whether links of the table to itself are constraints too.
        deferred: Whether links are checked at the end of a transaction.
    """
    lines = [_column(field, types) for field in schema.fields]
    lines.append(f"PRIMARY KEY ({', '.join(map(quoted, schema.primary_key))})")
    lines += [
        foreign_key(key) + (" DEFERRABLE INITIALLY DEFERRED" if deferred else "")
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


def foreign_key(key: ForeignKey) -> str:
    """The foreign key constraint of a link."""
    target = f"{quoted(key.target_table)} ({quoted(key.target_column)})"
    return f"FOREIGN KEY ({quoted(key.column)}) REFERENCES {target}"


def targets(schema: TableSchema) -> dict[str, str]:
    """Column to the ``table.column`` that it links to."""
    return {key.column: f"{key.target_table}.{key.target_column}" for key in schema.foreign_keys}


def comments(schema: TableSchema) -> Iterator[str]:
    """The statements that comment each column of a table with its description and the target of its link."""
    links = targets(schema)
    for field in schema.fields:
        text = f"{field.description} → {links[field.name]}" if field.name in links else field.description
        yield f"COMMENT ON COLUMN {quoted(schema.name)}.{quoted(field.name)} IS {literal(text)}"


def wide_comments() -> Iterator[str]:
    """The statements that comment each joined column of the wide forms."""
    for table in TABLES:
        for wide in wide_columns(table):
            text = literal(f"{wide.target_table}.{wide.target_column} of {wide.key}")
            yield f"COMMENT ON COLUMN {quoted(f'{table}_wide')}.{quoted(wide.name)} IS {text}"


def wide_views() -> Iterator[str]:
    """The statements that create a view of each wide form, such as ``quotes_wide``."""
    return (f"CREATE VIEW {quoted(name)} AS {select}" for name, select in wide_selects())


def wide_selects() -> Iterator[tuple[str, str]]:
    """Name and query of each wide form: the columns of a table, and the names that its keys refer to."""
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
        yield f"{table}_wide", query
