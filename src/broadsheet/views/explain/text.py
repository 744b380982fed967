"""Renders an explanation for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.views.explain.explanation import CellExplanation, Explanation, Passage, Reason

_MARKED = "\x1b[7m", "\x1b[27m"
"""Reverse video, on and off."""
_BOLD = "\x1b[1m", "\x1b[22m"
_INDENT = "  "
_SHOWN = 12
"""The most words that state a cell, or articles that name an actor, that are shown."""


def render(explanation: Explanation, width: int, *, style: bool = False) -> str:
    """The explanation, wrapped to ``width`` columns unless a word is longer.

    Args:
        explanation: The explanation.
        width: Columns of the terminal.
        style: Whether the terminal shows reverse video and bold type.
    """
    return "\n".join(_Renderer(width, style=style).lines(explanation))


class _Renderer:
    def __init__(self, width: int, *, style: bool) -> None:
        self.width = width
        self.style = style

    def lines(self, explanation: Explanation) -> Iterator[str]:
        yield self._bold(f"{explanation.table} {clean(explanation.key)}")
        if explanation.curated is not None:
            what = "added" if explanation.action == "add" else "changed"
            yield from self._wrapped(f"A curator {what} this row: {explanation.curated}", "")
        if explanation.passage is not None:
            yield ""
            yield from self._passage(explanation.passage)
        before: CellExplanation | None = None
        for cell in explanation.cells:
            if cell.value is not None or cell.differs or cell.was is not None:
                yield from self._cell(explanation.table, cell, before)
                before = cell
        null = [c.column for c in explanation.cells if c.value is None and not c.differs and c.was is None]
        if null:
            yield ""
            yield from self._wrapped(f"null: {', '.join(null)}", "")
        yield from self._named(explanation)
        if explanation.used:
            yield ""
            yield "used by:"
            for column, count in explanation.used:
                yield f"{_INDENT}{column}: {count:,} row{'s' if count > 1 else ''}"
        for note in explanation.notes:
            yield ""
            yield from self._wrapped(note, "")

    def _passage(self, passage: Passage) -> Iterator[str]:
        title = f" ({passage.title})" if passage.title else ""
        span = passage.span
        yield from self._wrapped(f"in {passage.article_id}{title}, characters {span.start} to {span.end}:", "")
        if passage.around is None:
            yield f"{_INDENT}(no text: the article was not given)"
            return
        start, end = passage.before, passage.before + span.end - span.start
        before, span_text, after = map(clean, (passage.around[:start], passage.around[start:end], passage.around[end:]))
        marked = f"{before}«{span_text}»{after}"
        lines = textwrap.wrap(marked, self.width, initial_indent=_INDENT, subsequent_indent=_INDENT)
        inside = False
        for line in lines:
            shown, inside = self._marked(line, inside=inside)
            yield shown

    def _marked(self, line: str, *, inside: bool) -> tuple[str, bool]:
        """A line with the span in reverse video, and whether the span continues on the next line."""
        opens, closes = line.find("«"), line.rfind("»")
        continues = (inside or opens >= 0) and closes < 0
        if not self.style or not (inside or opens >= 0):
            return line, continues
        first = len(_INDENT) if inside else opens
        last = len(line) if continues else closes + 1
        return f"{line[:first]}{_MARKED[0]}{line[first:last]}{_MARKED[1]}{line[last:]}", continues

    def _cell(self, table: str, cell: CellExplanation, before: CellExplanation | None) -> Iterator[str]:
        value = "null" if cell.value is None else cell.value
        yield ""
        if _is_plain(table, cell):
            reasons = "".join(f" ({reason.says})" for reason in cell.reasons)
            yield from self._wrapped(f"{cell.column}: {value}{reasons}", "", bold=len(cell.column))
            return
        yield from self._wrapped(f"{cell.column}: {value}", "", bold=len(cell.column))
        if cell.was is not None:
            yield from self._wrapped(f"curated; extracted as {cell.was or 'null'}", _INDENT)
        elif cell.differs:
            yield from self._wrapped(f"extraction now gives {cell.extracted or 'null'}", _INDENT)
        if cell.evidence:
            yield from self._wrapped(_evidence(cell), _INDENT)
        if before is not None and cell.reasons and cell.reasons == before.reasons:
            yield f"{_INDENT}as {before.column}"
            return
        for reason in cell.reasons:
            yield from self._reason(reason, _INDENT)

    def _reason(self, reason: Reason, indent: str) -> Iterator[str]:
        yield from self._wrapped(f"{reason.says} [{_where(reason)}]", indent)
        for under in reason.because:
            yield from self._reason(under, indent + _INDENT)

    def _named(self, explanation: Explanation) -> Iterator[str]:
        if not explanation.named:
            return
        yield ""
        many = len(explanation.named)
        resolved = "s, resolved to one actor (docs/identity.md)" if many > 1 else ""
        yield from self._wrapped(f"named in {many:,} article{resolved}:", "")
        for named in explanation.named[:_SHOWN]:
            forms = ", ".join(f"{count:,} {form}" for form, count in named.forms)
            title = f" ({named.title})" if named.title else ""
            yield from self._wrapped(f"{named.article_id}{title}: {forms}", _INDENT)
            if named.printed:
                yield from self._wrapped("as " + ", ".join(f'"{words}"' for words in named.printed), _INDENT * 2)
            if named.local_id is not None:
                yield from self._wrapped(f"in this article alone: {named.local_id}", _INDENT * 2)
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


def _evidence(cell: CellExplanation) -> str:
    """The words that state a cell, or their offsets."""
    if cell.words:
        known = [f'"{words}"' for words in dict.fromkeys(cell.words)]
        more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
        places = "" if len(cell.evidence) > 1 else f" ({cell.evidence[0].start}:{cell.evidence[0].end})"
        return f"stated by {', '.join(known[:_SHOWN])}{more}{places}"
    places = ", ".join(f"{span.start}:{span.end}" for span in cell.evidence[:_SHOWN])
    return f"stated by characters {places}"


def _where(reason: Reason) -> str:
    """The module and the table entry that decided."""
    entry = f": {reason.entry}" if reason.entry else ""
    return f"{reason.module}, {reason.file}.csv{entry}" if reason.file else reason.module


def _is_plain(table: str, cell: CellExplanation) -> bool:
    """Whether one line explains a cell: every row gets it the same way, and no words state it."""
    one_way = all(reason.rule == f"{table}.{cell.column}" and not reason.because for reason in cell.reasons)
    return one_way and not cell.evidence and not cell.differs and cell.was is None


def clean(text: str) -> str:
    """The text with ``�`` for control characters and direction marks, which could affect the terminal."""
    return "".join("�" if category(c) in ("Cc", "Cf", "Cs") and c != "\n" else c for c in text)
