"""Writes the data dictionary and the base suites from `schemas/`, and the formats of gold from the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.publishing.formats import json_bytes
from broadsheet.quality.evaluation.checks import TYPES
from broadsheet.quality.evaluation.forms import FORMS, Field, GoldForm, Section
from broadsheet.tables.dictionary import data_dictionary
from broadsheet.tables.expectations import base_suite
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
GOLD_FORMATS = """\
# Formats of gold

`broadsheet evaluate` reads four formats and recognises each by its keys. If a file has an error, it reports the first
one with its line and field, and scores nothing. `tests/articles/` has three articles with gold; `gold/` has 582
(`gold/README.md`).
"""
TITLES = {"article": "Whole articles", "quotes": "Quotes", "events": "Events", "figures": "Amounts and dates"}


def derived() -> dict[str, bytes]:
    """Path relative to the repository's root to content, for every derived file."""
    suites = {f"validation/base/{name}.json": json_bytes(base_suite(schema)) for name, schema in schemas().items()}
    pages = {"docs/data-dictionary.md": data_dictionary(), "docs/gold.md": gold_formats()}
    return {**{path: page.encode("utf-8") for path, page in pages.items()}, **suites}


def gold_formats() -> str:
    """The page that describes the formats of gold, field by field."""
    return "\n".join([GOLD_FORMATS, *(line for form in FORMS.values() for line in _form(form))])


def _form(form: GoldForm) -> Iterator[str]:
    yield from (f"## {TITLES[form.name]}", "", form.meaning, "")
    for section in form.sections:
        yield from (_heading(section), "", "| key | required | value | meaning |", "| --- | --- | --- | --- |")
        for field in section.fields:
            yield f"| `{field.name}` | {_required(field)} | {_values(field)} | {field.meaning} |"
        yield ""


def _heading(section: Section) -> str:
    if not section.name:
        return f"The object: {section.meaning}"
    return f"`{section.name}`{' (a list)' if section.many else ''}: {section.meaning}" + (
        "" if section.required else " May be left out."
    )


def _required(field: Field) -> str:
    return ("yes, or null" if field.null else "yes") if field.required else ""


def _values(field: Field) -> str:
    return ", ".join(f"`{value}`" for value in field.enum()) or TYPES[field.type][1]


if __name__ == "__main__":
    for path, content in derived().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
