"""``broadsheet diff``: two packages compared, row by row and cell by cell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.streams import is_unicode
from broadsheet.cli.terminal import cut, grid, terminal_width
from broadsheet.publishing.release import Difference, compare, read_snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": ">"}


def diff(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0 if the packages hold the same, 1 if they differ.

    Raises:
        InputError: If a folder holds no package of ours.
    """
    difference = compare(read_snapshot(options.old), read_snapshot(options.new))
    if options.json:
        streams.say_json(difference.to_dict())
    elif not options.quiet:
        streams.say("\n".join(show(difference)))
    return 1 if difference.rows or difference.columns else 0


def show(difference: Difference) -> Iterator[str]:
    """The difference in lines for a terminal."""
    width = terminal_width()
    ellipsis = "…" if is_unicode(sys.stdout) else "..."
    arrow = "→" if is_unicode(sys.stdout) else "->"
    yield f"{difference.old_version} {arrow} {difference.new_version}"
    if not difference.rows and not difference.columns:
        yield "The tables are the same."
        return
    summary = difference.to_dict()["summary"]
    head = ["table", "rows", "now", *SIGNS]
    rows = [head, *([name, *(f"{n:,}" for n in counts.values())] for name, counts in summary.items())]
    yield ""
    yield from grid(rows, [False, *[True] * (len(head) - 1)], width, ellipsis)
    for change in difference.columns:
        yield f"\n{change.table}: {f'column {change.column}' if change.column else 'table'} {change.kind}"
    for row in difference.rows:
        key = f"{row.old_key} {arrow} {row.new_key}" if row.kind == "renamed" else row.new_key or row.old_key
        yield ""
        yield cut(f"{SIGNS[row.kind]} {row.table} {key}", width, ellipsis)
        for cell in row.cells:
            yield cut(f"    {cell.column}: {cell.old or 'null'} {arrow} {cell.new or 'null'}", width, ellipsis)
