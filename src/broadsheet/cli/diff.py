"""``broadsheet diff``: compares two packages, row by row and cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.layout import cut, grid, layout_text
from broadsheet.cli import streams
from broadsheet.cli.streams import terminal_width
from broadsheet.publishing.release import Difference, compare, read_snapshot

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SIGNS = {"added": "+", "removed": "-", "changed": "~", "renamed": ">"}


def diff(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0 if the packages are equal, 1 if they differ.

    Raises:
        InputError: If a folder is not a Broadsheet package.
    """
    difference = compare(read_snapshot(options.old), read_snapshot(options.new))
    if options.json:
        streams.say_json(difference.to_dict())
    elif not options.quiet:
        streams.say("\n".join(show(difference)))
    return 1 if difference.rows or difference.columns else 0


def show(difference: Difference) -> Iterator[str]:
    """The difference as lines for a terminal."""
    width = terminal_width()
    yield f"{difference.old_version} → {difference.new_version}"
    if not difference.rows and not difference.columns:
        yield "The tables are the same."
        return
    summary = difference.to_dict()["summary"]
    head = ["table", "rows", "now", *SIGNS]
    rows = [head, *([name, *(f"{n:,}" for n in counts.values())] for name, counts in summary.items())]
    yield ""
    yield layout_text([grid(rows, [False, *[True] * (len(head) - 1)])], width)
    for change in difference.columns:
        yield f"\n{change.table}: {f'column {change.column}' if change.column else 'table'} {change.kind}"
    for row in difference.rows:
        key = f"{row.old_key} → {row.new_key}" if row.kind == "renamed" else row.new_key or row.old_key
        yield ""
        yield cut(f"{SIGNS[row.kind]} {row.table} {key}", width)
        for cell in row.cells:
            yield cut(f"    {cell.column}: {cell.old or 'null'} → {cell.new or 'null'}", width)
