"""Text for a terminal, laid out by rich: wrapped paragraphs and tables cut to the width."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.table import Table

MIN_WIDTH = 40


def layout_text(parts: Sequence[RenderableType], width: int, *, styled: bool = False) -> str:
    """Lays out the parts below each other, in lines of at most ``width`` columns.

    The result depends on the arguments alone, not on the terminal or the environment.

    Args:
        parts: Anything that rich prints, such as texts and tables.
        width: Columns of the terminal; at least :data:`MIN_WIDTH` are used.
        styled: Whether to keep colours and other styles.
    """
    from rich.console import Console

    file = StringIO()
    console = Console(
        file=file,
        width=max(width, MIN_WIDTH),
        color_system="standard" if styled else None,
        force_terminal=styled,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part, overflow="fold")
    return "\n".join(line.rstrip() for line in file.getvalue().removesuffix("\n").split("\n"))


def grid(rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> Table:
    """Rows as aligned lines; the widest columns are cut with an ellipsis until the lines fit.

    Args:
        rows: Rows of equal length.
        numeric: Which columns are right-aligned.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for right in numeric:
        table.add_column(justify="right" if right else "left")
    for row in rows:
        table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in row))
    return table


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` columns, with an ellipsis where it is cut."""
    from rich.text import Text

    cell = Text(text)
    cell.truncate(width, overflow="ellipsis")
    return cell.plain
