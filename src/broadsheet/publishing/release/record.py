"""``releases.csv``: the record of a repository's releases, which is not part of the package.

A row has the version, the date and the SHA-256 of ``datapackage.json``, which covers all other files, and the metadata
of the release, so that differences can be reported. ``datapackage.json`` does not list this file.
"""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

RELEASES = "releases.csv"
COLUMNS = ("version", "date", "sha256", "title", "description", "licenses", "contributors", "sources")


def release_row(descriptor: Mapping[str, Any], digest: str) -> dict[str, str]:
    """The row of a release.

    Args:
        descriptor: The content of its ``datapackage.json``, which is untrusted.
        digest: SHA-256 of that file in hexadecimal digits.
    """
    sources = json.dumps(descriptor.get("sources"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "version": str(descriptor.get("version")),
        "date": str(descriptor.get("created", ""))[:10],
        "sha256": digest,
        "title": str(descriptor.get("title")),
        "description": str(descriptor.get("description")),
        "licenses": _entries(descriptor.get("licenses"), ("name", "title", "path")),
        "contributors": _entries(descriptor.get("contributors"), ("title", "path", "roles")),
        # In full, the sources of many articles would be longer than the rest.
        "sources": f"sha256:{sha256(sources.encode('utf-8')).hexdigest()}",
    }


def _entries(listed: object, keys: tuple[str, ...]) -> str:
    """A list of objects as one cell: values of the keys joined by commas, objects by semicolons."""
    cells = []
    for entry in listed if isinstance(listed, list) else ():
        values = (entry.get(key) for key in keys) if isinstance(entry, dict) else (entry,)
        parts = [", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in values if value]
        cells.append(", ".join(parts))
    return "; ".join(cells)


def parse_record(text: str, place: str) -> dict[str, dict[str, str]]:
    """Parses a record: version to row, in order.

    Args:
        text: The content of the file; may be empty.
        place: Where it is, for errors.

    Raises:
        InputError: If it is not a record of releases.
    """
    if not text:
        return {}
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(place, f"is not CSV: {error}", "restore it from the repository's history") from error
    if tuple(reader.fieldnames or ()) != COLUMNS or any(None in row or None in row.values() for row in rows):
        raise InputError(place, f"does not have the columns {', '.join(COLUMNS)}", "restore it from the history")
    by_version = {row["version"]: row for row in rows}
    if len(by_version) != len(rows):
        raise InputError(place, "records a version twice", "restore it from the repository's history")
    return by_version


def with_release(text: str, row: Mapping[str, str], place: str = RELEASES) -> str:
    """The record with the row of a release, which replaces a row of the same version.

    Raises:
        InputError: If the text is not a record of releases.
    """
    rows = parse_record(text, place) | {row["version"]: dict(row)}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.values())
    return out.getvalue()
