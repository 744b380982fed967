"""The data dictionary, derived from the Table Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from broadsheet.tables.schema import Field, TableSchema

_HEAD = """\
# Data dictionary

Made from `schemas/` by `python3 dev.py derive`; a test fails where the two differ. Offsets count Unicode code points
of the article's canonical text, half-open. A cell is null where the article does not say and no option supplied it.
Money and rates are exact decimals.
"""


def data_dictionary() -> str:
    """The data dictionary of all tables, as Markdown."""
    return "\n".join([_HEAD, *(_section(schema) for schema in schemas().values())])


def _section(schema: TableSchema) -> str:
    links = {k.column: f"{k.target_table}.{k.target_column}" for k in schema.foreign_keys}
    rows = ["| " + " | ".join(_cells(f, links.get(f.name))) + " |" for f in schema.fields]
    key = ", ".join(f"`{name}`" for name in schema.primary_key)
    return "\n".join(
        [
            f"## {schema.name}",
            "",
            f"{schema.description} Key: {key}.",
            "",
            "| column | type | null | meaning | example |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _cells(field: Field, link: str | None) -> tuple[str, ...]:
    null = "no" if field.required else "yes"
    return (f"`{field.name}`", _type(field), null, _meaning(field, link), _example(field))


def _type(field: Field) -> str:
    return f"decimal({field.decimal[0]}, {field.decimal[1]})" if field.decimal else field.type


def _meaning(field: Field, link: str | None) -> str:
    parts = [field.description]
    if link:
        parts.append(f"→ `{link}`.")
    if field.enum:
        parts.append("One of " + ", ".join(f"`{value}`" for value in field.enum) + ".")
    return " ".join(parts).replace("|", "\\|")


def _example(field: Field) -> str:
    value = str(field.example).lower() if isinstance(field.example, bool) else str(field.example)
    return f"`{value}`"
