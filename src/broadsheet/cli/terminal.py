"""Text in the columns of a terminal, where a character can take one, two or none."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_WIDTH = 100
"""Columns of output that goes to no terminal."""

MIN_WIDTH = 40
_NARROWEST = 6
"""Columns that a cell is not cut below."""
_GAP = "  "
_ZERO_WIDTH = ("Mn", "Me", "Cf", "Cc")


def terminal_width() -> int:
    """Columns of the terminal, or what the variable ``COLUMNS`` says."""
    return max(MIN_WIDTH, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)


def columns(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_character_columns, text))


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """The text in at most ``width`` columns, an ellipsis where it goes on."""
    if columns(text) <= width:
        return text
    room = width - columns(ellipsis)
    kept = []
    for character in text:
        room -= _character_columns(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ellipsis


def grid(rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int, ellipsis: str = "…") -> list[str]:
    """The rows as aligned lines of at most ``width`` columns.

    Args:
        rows: Cells, as many in each row.
        numeric: Which columns are set to the right.
        width: Columns of the terminal; the widest columns are cut until the lines fit, then the lines.
        ellipsis: What stands where a cell was cut.
    """
    widths = [max(map(columns, cells)) for cells in zip(*rows, strict=True)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0 and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        second = max([w for i, w in enumerate(widths) if i != widest], default=_NARROWEST)
        less = min(excess, max(1, widths[widest] - max(second, _NARROWEST)))
        widths[widest] -= less
        excess -= less
    lines = []
    for row in rows:
        cells = []
        for cell, right, room in zip(row, numeric, widths, strict=True):
            text = cut(cell, room, ellipsis)
            blanks = " " * (room - columns(text))
            cells.append(blanks + text if right else text + blanks)
        lines.append(cut(_GAP.join(cells).rstrip(), width, ellipsis))
    return lines


def _character_columns(character: str) -> int:
    if category(character) in _ZERO_WIDTH:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
