"""``broadsheet cite``: how to cite a package, or a row of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped
from broadsheet.cli import streams
from broadsheet.publishing.checksums import package_hash
from broadsheet.publishing.metadata.citation import CitedRow
from broadsheet.publishing.metadata.citation import cite as cited
from broadsheet.publishing.package import DESCRIPTOR, read_descriptor
from broadsheet.publishing.release.snapshot import Snapshot, read_snapshot

if TYPE_CHECKING:
    import argparse


def cite(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0.

    Raises:
        InputError: If the folder holds no package of ours, or no table has the row.
    """
    folder = options.package or shipped(DESCRIPTOR).parent
    descriptor = read_descriptor(folder)
    checksum = package_hash(folder)
    row = _row(read_snapshot(folder), options.row) if options.row else None
    streams.say(cited(descriptor, checksum, options.format, row))
    return 0


def _row(package: Snapshot, key: str) -> CitedRow:
    wanted = tuple(key.split("/"))
    for name, table in package.tables.items():
        place = table.by_key().get(wanted)
        if place is None or name == "evidence":
            continue
        span = None
        if {"char_start", "char_end"} <= table.types.keys():
            span = (int(table.cell("char_start", place)), int(table.cell("char_end", place)))
        article = table.cell("article_id", place) if "article_id" in table.types else None
        articles = package.tables["articles"]
        at = articles.by_key().get((article,)) if article else None
        return CitedRow(name, key, articles.cell("title", at) or article if at is not None else None, span)
    raise InputError(f"row {key}", "is in no table of the package", "take a key from one of its tables")
