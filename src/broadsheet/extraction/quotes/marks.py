"""Quoted stretches of a text: which quotation mark opens, which closes, and the text between them.

Works on the text alone. Newspapers print the marks in many ways, use single marks that look like apostrophes, and open
each paragraph of a quote but close only the last. Every pass looks ahead by a fixed number of marks, in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(r"[“”„‟\"«»＂〝〞]|``|‘‘|’’|'+|[‘’‚‛‹›`´]")
_ELIDED = re.compile(
    r"(?:em|tis|twas|till?|cause|bout|n|round|cuz|coz|cos|neath|tween|gainst|ere|nuff|s|d|ll|re|ve|m|t"
    r"|\d0?s?|\d\d)(?![^\W_])",
    re.IGNORECASE,
)
"""Words and years printed with a leading apostrophe."""

_DOUBLE = frozenset('“”„‟"«»＂〝〞')
_OPENERS = frozenset("“„‟«〝")
_CLOSERS = frozenset({"”", "»", "’’", "〞"})
OPENING_MARKS = frozenset("“”„\"«»‘'‹`")
"""What a quoted paragraph may begin with."""
_SINGLE_OPENERS = frozenset("'‘‹`")
_BRACKETS = frozenset("([{")
_STOPS = frozenset(".,!?;:…)]}")
_AROUND = frozenset("-–—―‒−/“”„‟\"«»＂〝〞‘’‚‛‹›`´'")
"""Dashes and marks, which may be printed on either side of a mark."""
_SURE, _WEAK = 2, 1
_LOOK = 40
"""How many marks ahead to search for the closing mark of a single-quoted stretch."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between quotation marks, inside one ``paragraph``.

    ``span`` has the words without the outer marks and the blanks next to them, ``outer`` those with the marks. A
    stretch is not ``opened`` if it continues from the previous paragraph, and not ``closed`` if it ends with its
    paragraph or at the next opening mark. Low and angle marks count as ``double``; ``depth`` stretches contain it.
    """

    span: Span
    outer: Span
    paragraph: int
    double: bool
    opened: bool
    closed: bool
    depth: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark as printed; its form is empty if it is missing."""

    start: int
    end: int
    form: str = ""
    before: str = ""
    """The character before; empty at the start of the paragraph."""
    after: str = ""
    """The characters after it in the paragraph, as many as the longest word of ``_ELIDED`` and one more."""

    @property
    def is_double(self) -> bool:
        """Whether the mark is double, or an angle or low mark."""
        return self.form in _DOUBLE or len(self.form) == 2

    @property
    def is_free(self) -> bool:
        """Whether no word is right before the mark."""
        return not self.before or self.before.isspace() or self.before in _BRACKETS

    @property
    def may_open(self) -> bool:
        """Whether the characters around the mark fit an opening mark."""
        free = self.is_free or self.before in _AROUND
        return free and bool(self.after) and not (self.after[0].isspace() and bool(self.before))

    @property
    def may_close(self) -> bool:
        """Whether the characters around the mark fit a closing mark."""
        return not self.is_free and not self.after[:1].isalnum()


@lru_cache(maxsize=2)
def find_stretches(text: str, paragraphs: tuple[Span, ...]) -> tuple[Stretch, ...]:
    """The quoted stretches of ``text`` in reading order, nested ones after the one that contains them.

    A quote of several paragraphs gives a stretch for each. The last results are kept, since several parsers ask.
    """
    found: list[Stretch] = []
    run_on = False
    for number, paragraph in enumerate(paragraphs):
        marks = list(_marks(text, paragraph))
        following = paragraphs[number + 1].of(text) if number + 1 < len(paragraphs) else ""
        doubles = _pair_doubles(marks, paragraph, run_on=run_on)
        run_on = bool(doubles) and not doubles[-1][1].form
        singles = _pair_singles(marks, doubles, paragraph, continues=following[:1] in _SINGLE_OPENERS)
        found.extend(_nested(text, number, [*doubles, *singles]))
    return tuple(found)


_Pair = tuple[_Mark, _Mark]
"""The opening and the closing mark of a stretch."""


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """The quotation marks and apostrophes of a paragraph."""
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        if end - start <= 2:
            before = text[start - 1] if start > paragraph.start else ""
            yield _Mark(start, end, match.group(), before, text[end : min(end + 7, paragraph.end)])


def _pair_doubles(marks: Sequence[_Mark], paragraph: Span, *, run_on: bool) -> list[_Pair]:
    """Opening and closing double marks; nested ones are skipped.

    If the previous paragraph ended inside a quote (``run_on``), a closing mark alone closes what began with this one.
    """
    doubles = [m for m in marks if m.is_double]
    pairs: list[_Pair] = []
    opened: _Mark | None = None
    inner = False
    for place, mark in enumerate(doubles):
        if opened is None:
            if _opens(mark):
                opened = mark
            elif run_on and not pairs and mark.may_close:
                pairs.append((_Mark(paragraph.start, paragraph.start), mark))
        elif inner:
            inner = False
        elif _closes(mark):
            pairs.append((opened, mark))
            opened = None
        elif _is_nested(opened, mark, doubles[place + 1 : place + 3]):
            inner = True
        else:
            pairs.append((opened, _Mark(mark.start, mark.start)))
            opened = mark
    if opened is not None:
        pairs.append((opened, _Mark(paragraph.end, paragraph.end)))
    # Drop attribute values left over from a page's markup.
    return [pair for pair in pairs if pair[0].before != "="]


def _opens(mark: _Mark) -> bool:
    """Whether a double mark opens a stretch while none is open."""
    if mark.form in _CLOSERS:
        return mark.may_open and not mark.may_close
    return mark.form in _OPENERS or mark.may_open or not mark.may_close


def _closes(mark: _Mark) -> bool:
    """Whether a double mark closes a stretch that is open."""
    if mark.form in _OPENERS:
        # The closing mark of another language („...“, »...«), or one typed the wrong way round.
        return not mark.after or (mark.may_close and not mark.may_open)
    return mark.form in _CLOSERS or not (mark.is_free and mark.after and not mark.after[0].isspace())


def _is_nested(opened: _Mark, mark: _Mark, following: Sequence[_Mark]) -> bool:
    """Whether a mark inside a quote opens another: it and the quote close next, or their marks differ in kind."""
    close = [other.may_close and not other.may_open for other in following]
    differ = bool(following) and (opened.form, mark.form, following[0].form) == ('"', "“", "”")
    return close == [True, True] or (close[:1] == [True] and differ)


def _pair_singles(marks: Sequence[_Mark], doubles: Sequence[_Pair], paragraph: Span, *, continues: bool) -> list[_Pair]:
    """Opening and closing single marks, as distinct from apostrophes.

    Each pair is fully inside, fully outside or around each stretch in double marks. An unclosed quote at the start of
    the paragraph runs on only if it ``continues``: the next one opens with a single mark.
    """
    edges = [edge for opened, closed in doubles for edge in (opened.end, closed.start)]
    singles = [m for m in marks if not m.is_double and (_opens_single(m) or _closing_strength(m))]
    passed = [bisect_right(edges, mark.start) for mark in singles]
    regions = [count if count % 2 else 0 for count in passed]
    pairs: list[_Pair] = []
    last = paragraph.start
    for place, mark in enumerate(singles):
        if not _opens_single(mark) or mark.start < last:
            continue
        near = range(place + 1, min(place + 1 + _LOOK, len(singles)))
        closed = _closing([singles[i] for i in near if regions[i] == regions[place]])
        if closed is not None:
            pairs.append((mark, closed))
            last = closed.end
        elif continues and mark.start == paragraph.start:
            return [(mark, _Mark(paragraph.end, paragraph.end))]
    return pairs


def _opens_single(mark: _Mark) -> bool:
    """Whether a single mark may open a quote rather than replace omitted letters."""
    if mark.form in "’´›" or mark.after[:1] in _STOPS or not mark.may_open:
        return False
    return mark.form == "‘" or _ELIDED.match(mark.after) is None


def _closing_strength(mark: _Mark) -> int:
    """How likely a single mark closes a quote: 0 not at all, ``_WEAK`` if it may be a possessive."""
    if mark.form in "‘‹‚‛`" or not mark.may_close:
        return 0
    return _WEAK if mark.before in "sSxXzZ" and mark.after[:1].isspace() else _SURE


def _closing(following: Sequence[_Mark]) -> _Mark | None:
    """The mark that closes a single-quoted stretch: the first sure one, or a weak one if another opens before."""
    weak: _Mark | None = None
    for mark in following:
        strength = _closing_strength(mark)
        if strength == _SURE:
            return mark
        if strength == _WEAK:
            weak = weak or mark
        if weak is not None and _opens_single(mark):
            break
    return weak


def _nested(text: str, number: int, pairs: Sequence[_Pair]) -> Iterator[Stretch]:
    """The non-empty stretches of a paragraph with their depth."""
    open_ends: list[int] = []
    for opened, closed in sorted(pairs, key=lambda pair: (pair[0].start, -pair[1].end)):
        words = text[opened.end : closed.start]
        if not any(map(str.isalnum, words)):
            continue
        while open_ends and open_ends[-1] <= opened.start:
            open_ends.pop()
        start = closed.start - len(words.lstrip())
        span, outer = Span(start, start + len(words.strip())), Span(opened.start, closed.end)
        double = opened.is_double or closed.is_double
        yield Stretch(span, outer, number, double, bool(opened.form), bool(closed.form), len(open_ends))
        open_ends.append(closed.end)
