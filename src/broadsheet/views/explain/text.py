"""An explanation as text for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.views.explain.explanation import CellTold, Explanation, Passage, Reason

_MARKED = "\x1b[7m", "\x1b[27m"
"""Reverse video, on and off."""
_BOLD = "\x1b[1m", "\x1b[22m"
_INDENT = "  "
_SHOWN = 12
"""So many words that state a cell, or articles that name an actor, are shown."""


def render(told: Explanation, width: int, *, style: bool = False) -> str:
    """The explanation as lines of at most ``width`` columns, as far as words allow.

    Args:
        told: What there is to tell.
        width: Columns of the terminal.
        style: Whether the terminal shows reverse video and bold type.
    """
    return "\n".join(_Page(width, style=style).lines(told))


class _Page:
    def __init__(self, width: int, *, style: bool) -> None:
        self.width = width
        self.style = style

    def lines(self, told: Explanation) -> Iterator[str]:
        yield self._bold(f"{told.table} {clean(told.key)}")
        if told.curated is not None:
            what = "added" if told.action == "add" else "changed"
            yield from self._wrapped(f"A curator {what} this row: {told.curated}", "")
        if told.passage is not None:
            yield ""
            yield from self._passage(told.passage)
        before: CellTold | None = None
        for cell in told.cells:
            if cell.value is not None or cell.differs or cell.was is not None:
                yield from self._cell(told.table, cell, before)
                before = cell
        null = [c.column for c in told.cells if c.value is None and not c.differs and c.was is None]
        if null:
            yield ""
            yield from self._wrapped(f"null: {', '.join(null)}", "")
        yield from self._named(told)
        if told.used:
            yield ""
            yield "used by:"
            for column, count in told.used:
                yield f"{_INDENT}{column}: {count:,} row{'s' if count > 1 else ''}"
        for note in told.notes:
            yield ""
            yield from self._wrapped(note, "")

    def _passage(self, passage: Passage) -> Iterator[str]:
        title = f" ({passage.title})" if passage.title else ""
        span = passage.span
        yield from self._wrapped(f"in {passage.article_id}{title}, characters {span.start} to {span.end}:", "")
        if passage.around is None:
            yield f"{_INDENT}(the article was not given)"
            return
        start, end = passage.before, passage.before + span.end - span.start
        parts = [clean(passage.around[a:b]) for a, b in ((0, start), (start, end), (end, len(passage.around)))]
        lines = textwrap.wrap(
            f"{parts[0]}«{parts[1]}»{parts[2]}", self.width, initial_indent=_INDENT, subsequent_indent=_INDENT
        )
        inside = False
        for line in lines:
            shown, inside = self._marked(line, inside=inside)
            yield shown

    def _marked(self, line: str, *, inside: bool) -> tuple[str, bool]:
        """A line with the marked words in reverse video, and whether they go on in the next line."""
        opens, closes = line.find("«"), line.rfind("»")
        goes_on = (inside or opens >= 0) and closes < 0
        if not self.style or not (inside or opens >= 0):
            return line, goes_on
        first = len(_INDENT) if inside else opens
        last = len(line) if goes_on else closes + 1
        return f"{line[:first]}{_MARKED[0]}{line[first:last]}{_MARKED[1]}{line[last:]}", goes_on

    def _cell(self, table: str, cell: CellTold, before: CellTold | None) -> Iterator[str]:
        value = "null" if cell.value is None else cell.value
        yield ""
        if _is_plain(table, cell):
            told = "".join(f" ({reason.says})" for reason in cell.reasons)
            yield from self._wrapped(f"{cell.column}: {value}{told}", "", bold=len(cell.column))
            return
        yield from self._wrapped(f"{cell.column}: {value}", "", bold=len(cell.column))
        if cell.was is not None:
            yield from self._wrapped(f"curated; the parsers gave {cell.was or 'null'}", _INDENT)
        elif cell.differs:
            yield from self._wrapped(f"extraction gives {cell.extracted or 'null'} now", _INDENT)
        if cell.evidence:
            yield from self._wrapped(_said(cell), _INDENT)
        if before is not None and cell.reasons and cell.reasons == before.reasons:
            yield f"{_INDENT}as {before.column}"
            return
        for reason in cell.reasons:
            yield from self._reason(reason, _INDENT)

    def _reason(self, reason: Reason, indent: str) -> Iterator[str]:
        yield from self._wrapped(f"{reason.says} [{_where(reason)}]", indent)
        for under in reason.because:
            yield from self._reason(under, indent + _INDENT)

    def _named(self, told: Explanation) -> Iterator[str]:
        if not told.named:
            return
        yield ""
        many = len(told.named)
        together = "s, as one actor by docs/identity.md" if many > 1 else ""
        yield from self._wrapped(f"named in {many:,} article{together}:", "")
        for named in told.named[:_SHOWN]:
            forms = ", ".join(f"{count:,} {form}" for form, count in named.forms)
            title = f" ({named.title})" if named.title else ""
            yield from self._wrapped(f"{named.article_id}{title}: {forms}", _INDENT)
            if named.printed:
                yield from self._wrapped("as " + ", ".join(f'"{words}"' for words in named.printed), _INDENT * 2)
            if named.local_id is not None:
                yield from self._wrapped(f"alone it would be {named.local_id}", _INDENT * 2)
        if many > _SHOWN:
            yield f"{_INDENT}and {many - _SHOWN:,} more"

    def _wrapped(self, text: str, indent: str, *, bold: int = 0) -> Sequence[str]:
        wrapped = textwrap.wrap(
            clean(text),
            self.width,
            initial_indent=indent,
            subsequent_indent=indent + _INDENT,
            break_on_hyphens=False,
        )
        if bold and wrapped:
            wrapped[0] = self._bold(wrapped[0][:bold]) + wrapped[0][bold:]
        return wrapped

    def _bold(self, text: str) -> str:
        return f"{_BOLD[0]}{text}{_BOLD[1]}" if self.style else text


def _said(cell: CellTold) -> str:
    """The words that state a cell, or where they stand."""
    if cell.words:
        known = [f'"{words}"' for words in dict.fromkeys(cell.words)]
        more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
        places = "" if len(cell.evidence) > 1 else f" ({cell.evidence[0].start}:{cell.evidence[0].end})"
        return f"said by {', '.join(known[:_SHOWN])}{more}{places}"
    places = ", ".join(f"{span.start}:{span.end}" for span in cell.evidence[:_SHOWN])
    return f"said by characters {places}"


def _where(reason: Reason) -> str:
    """Module and entry of the table that decided, for whoever wants to look."""
    entry = f": {reason.entry}" if reason.entry else ""
    return f"{reason.module}, {reason.file}.csv{entry}" if reason.file else reason.module


def _is_plain(table: str, cell: CellTold) -> bool:
    """Whether a cell comes about in one way in every row and no words state it, so that a line tells it."""
    one_way = all(reason.rule == f"{table}.{cell.column}" and not reason.because for reason in cell.reasons)
    return one_way and not cell.evidence and not cell.differs and cell.was is None


def clean(text: str) -> str:
    """The text without what would steer a terminal: controls and marks of direction stand as ``�``."""
    return "".join("�" if category(c) in ("Cc", "Cf", "Cs") and c != "\n" else c for c in text)
