"""Writes what is derived from `schemas/`: the data dictionary and the base suites of Great Expectations."""

from __future__ import annotations

from pathlib import Path

from broadsheet.publishing.formats import json_bytes
from broadsheet.tables.dictionary import data_dictionary
from broadsheet.tables.expectations import base_suite
from broadsheet.tables.schema import schemas

ROOT = Path(__file__).resolve().parents[1]


def derived() -> dict[str, bytes]:
    """Path below the repository's root to content, of every file that is derived."""
    suites = {f"validation/base/{name}.json": json_bytes(base_suite(schema)) for name, schema in schemas().items()}
    return {"docs/data-dictionary.md": data_dictionary().encode("utf-8"), **suites}


if __name__ == "__main__":
    for path, content in derived().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
