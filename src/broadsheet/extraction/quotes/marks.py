"""Quoted stretches of a text: which quotation mark opens, which closes, and the text between them.

Works on the text alone, without a language model. Newspapers print the marks in many ways: curly, straight, low and
angle marks; two apostrophes or two grave accents for a double mark; single marks that look like apostrophes; quotes of
several paragraphs in which each opens with a mark and only the last closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(r"[“”„‟\"«»＂〝〞]|``|‘‘|’’|'+|[‘’‚‛‹›`´]")
_OPENERS = frozenset("“„‟«〝") | {"``", "‘‘"}
_CLOSERS = frozenset("”»〞") | {"’’"}
_SPACE = frozenset(" \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u200a\u202f")
_BEFORE_OPENING = _SPACE | frozenset("-–—―‒−/([{“”„‟\"«»＂〝〞‘’‚‛‹›`´'")
_STOPS = frozenset(".,!?;:…)]}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between quotation marks, inside one paragraph.

    Attributes:
        span: The words, without the outer marks and the blanks next to them.
        outer: The same with the marks; equal at an end that has no mark.
        paragraph: Index of the paragraph.
        double: Whether the marks are double (including angle and low marks).
        closed: Whether a mark closes it; else it ends at the end of its paragraph, or at the next opening mark.
        depth: The number of stretches that contain it.
    """

    span: Span
    outer: Span
    paragraph: int
    double: bool
    closed: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    form: str
    before: str
    """The character before; empty at the start of the paragraph."""
    after: str

    @property
    def double(self) -> bool:
        return len(self.form) == 2 or self.form in '“”„‟"«»＂〝〞'

    @property
    def may_open(self) -> bool:
        """Whether the characters around the mark fit an opening mark."""
        left = not self.before or self.before in _BEFORE_OPENING
        return left and bool(self.after) and not (self.after in _SPACE and bool(self.before))

    @property
    def may_close(self) -> bool:
        """Whether the characters around the mark fit a closing mark."""
        left = bool(self.before) and self.before not in _SPACE and self.before not in "([{"
        return left and not self.after.isalnum()


@lru_cache(maxsize=2)
def find_stretches(text: str, paragraphs: tuple[Span, ...]) -> tuple[Stretch, ...]:
    """The quoted stretches of ``text`` in reading order, nested ones after the one that contains them.

    Cached, since several parsers ask for the stretches of the same article.

    Args:
        text: Any text; offsets of the result count in it.
        paragraphs: Its paragraphs, in reading order. No stretch crosses the end of one: a quote of several paragraphs
            gives a stretch for each.
    """
    marks = [list(_marks(text, paragraph)) for paragraph in paragraphs]
    found: list[Stretch] = []
    for number, paragraph in enumerate(paragraphs):
        following = marks[number + 1][:1] if number + 1 < len(marks) else []
        continues = any(m.start == paragraphs[number + 1].start and not m.double for m in following)
        pairs = [*_pair_doubles(marks[number], paragraph), *_pair_singles(marks[number], paragraph, continues)]
        found.extend(_nested([s for pair in pairs if (s := _stretch(text, number, *pair)) is not None]))
    return tuple(found)


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """The quotation marks and apostrophes of a paragraph."""
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        if end - start <= 2:
            before = text[start - 1] if start > paragraph.start else ""
            yield _Mark(start, end, match.group(), before, text[end] if end < paragraph.end else "")


_Pairs = list[tuple[_Mark, _Mark | None, int]]
"""For each stretch its opening mark, its closing mark if there is one, and where it ends with its mark."""


def _pair_doubles(marks: Sequence[_Mark], paragraph: Span) -> _Pairs:
    """Opening and closing double marks."""
    pairs: _Pairs = []
    opened: _Mark | None = None
    for mark in marks:
        if not mark.double:
            continue
        if opened is None:
            opened = mark if _opens(mark) else None
        elif _closes(mark, opened):
            pairs.append((opened, mark, mark.end))
            opened = None
        else:
            pairs.append((opened, None, mark.start))
            opened = mark
    if opened is not None:
        pairs.append((opened, None, paragraph.end))
    # Drop attribute values left over from a page's markup.
    return [pair for pair in pairs if pair[0].before != "="]


def _opens(mark: _Mark) -> bool:
    """Whether a double mark opens a stretch while none is open."""
    if mark.form in _CLOSERS:
        return mark.may_open and not mark.may_close
    return mark.form in _OPENERS or mark.may_open or not mark.may_close


def _closes(mark: _Mark, opened: _Mark) -> bool:
    """Whether a double mark closes the stretch that ``opened`` opens."""
    if mark.form in _CLOSERS or (opened.form, mark.form) in {("„", "“"), ("»", "«")}:
        return True
    if mark.form in _OPENERS:
        # A closing mark typed the wrong way round.
        return not mark.after or (mark.may_close and not mark.may_open)
    left_free = not mark.before or mark.before in _SPACE or mark.before in "([{"
    return not (left_free and bool(mark.after) and mark.after not in _SPACE)


def _pair_singles(marks: Sequence[_Mark], paragraph: Span, continues: bool) -> _Pairs:
    """Opening and closing single marks, as distinct from apostrophes.

    Args:
        marks: The marks of the paragraph, double ones among them.
        paragraph: Its characters.
        continues: Whether the next paragraph opens with a single mark; only then does an unclosed quote at the start of
            this paragraph run on.
    """
    pairs: _Pairs = []
    opened: _Mark | None = None
    for mark in marks:
        if mark.double:
            continue
        if opened is None:
            opened = mark if _opens_single(mark) else None
        elif mark.form not in "‘‹‚‛`" and mark.may_close:
            pairs.append((opened, mark, mark.end))
            opened = None
    if opened is not None and continues and opened.start == paragraph.start:
        pairs.append((opened, None, paragraph.end))
    return pairs


def _opens_single(mark: _Mark) -> bool:
    """Whether a single mark may open a quote rather than replace omitted letters."""
    if mark.form in "’´›" or not mark.after or mark.after in _SPACE or mark.after in _STOPS:
        return False
    return mark.may_open and not (mark.form == "'" and mark.after.isdigit())


def _stretch(text: str, paragraph: int, opened: _Mark, closed: _Mark | None, end: int) -> Stretch | None:
    """The words between two marks without the blanks at their ends; None if there are none."""
    start, stop = opened.end, closed.start if closed else end
    while start < stop and text[start] in _SPACE:
        start += 1
    while stop > start and text[stop - 1] in _SPACE:
        stop -= 1
    if not any(c.isalnum() for c in text[start:stop]):
        return None
    return Stretch(Span(start, stop), Span(opened.start, end), paragraph, opened.double, closed is not None)


def _nested(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches of a paragraph in reading order with their depth."""
    open_ends: list[int] = []
    for stretch in sorted(stretches, key=lambda s: (s.outer.start, -s.outer.end)):
        while open_ends and open_ends[-1] <= stretch.outer.start:
            open_ends.pop()
        yield replace(stretch, depth=len(open_ends))
        open_ends.append(stretch.outer.end)
