"""Quoted stretches of a text: which quotation mark opens, which closes, and the text between them.

Works on the text alone, without a language model. Newspapers print the marks in many ways: curly, straight, low and
angle marks; two apostrophes or two grave accents for a double mark; single marks that look like apostrophes; quotes of
several paragraphs in which each opens with a mark and only the last closes. Every pass over the marks looks ahead by a
fixed number of them, so the cost is linear even for a text of nothing but marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = re.compile(r"[“”„‟\"«»＂〝〞]|``|‘‘|’’|'+|[‘’‚‛‹›`´]")
_INCHES = re.compile(r"\d['′’] ?\d{1,2}\"")
_ELIDED = re.compile(
    r"(?:em|tis|twas|till?|cause|bout|n|round|cuz|coz|cos|neath|tween|gainst|ere|nuff|s|d|ll|re|ve|m|t"
    r"|\d0?s?|\d\d)(?![^\W_])",
    re.IGNORECASE,
)
"""Words and years printed with a leading apostrophe."""

_OPENERS = frozenset("“„‟«〝")
_CLOSERS = frozenset({"”", "»", "’’", "〞"})
OPENING_MARKS = frozenset("“”„\"«»‘'‹`")
"""What a quoted paragraph may begin with."""
_BRACKETS = frozenset("([{")
_STOPS = frozenset(".,!?;:…)]}")
_AROUND = frozenset("-–—―‒−/“”„‟\"«»＂〝〞‘’‚‛‹›`´'")
"""Dashes and marks, which may be printed on either side of a mark."""
_SURE, _WEAK = 2, 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words between quotation marks, inside one paragraph.

    Attributes:
        span: The words, without the outer marks and the blanks next to them.
        outer: The same with the marks; equal at an end that has no mark.
        paragraph: Index of the paragraph.
        double: Whether the marks are double (including angle and low marks).
        opened: Whether a mark opens it; else it continues from the previous paragraph.
        closed: Whether a mark closes it; else it ends at the end of its paragraph, or at the next opening mark.
        depth: The number of stretches that contain it.
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
    start: int
    end: int
    form: str
    double: bool
    before: str
    """The character before; empty at the start of the paragraph."""
    after: str

    @property
    def is_free(self) -> bool:
        """Whether no word is right before the mark."""
        return not self.before or self.before.isspace() or self.before in _BRACKETS

    @property
    def may_open(self) -> bool:
        """Whether the characters around the mark fit an opening mark."""
        free = self.is_free or self.before in _AROUND
        return free and bool(self.after) and not (self.after.isspace() and bool(self.before))

    @property
    def may_close(self) -> bool:
        """Whether the characters around the mark fit a closing mark."""
        return not self.is_free and not self.after.isalnum()


def find_stretches(text: str, paragraphs: Sequence[Span]) -> tuple[Stretch, ...]:
    """The quoted stretches of ``text`` in reading order, nested ones after the one that contains them.

    Args:
        text: Any text; offsets of the result count in it.
        paragraphs: Its paragraphs, in reading order. No stretch crosses the end of one: a quote of several paragraphs
            gives a stretch for each.
    """
    return _find_stretches(text, tuple(paragraphs))


@lru_cache(maxsize=2)
def _find_stretches(text: str, paragraphs: tuple[Span, ...]) -> tuple[Stretch, ...]:
    """Cached result of :func:`find_stretches`: several parsers ask for the stretches of the same article."""
    opens = [_first_mark(text, paragraph) for paragraph in paragraphs]
    found: list[Stretch] = []
    run_on = False
    for number, paragraph in enumerate(paragraphs):
        marks = list(_marks(text, paragraph))
        follower = opens[number + 1] if number + 1 < len(opens) else ""
        doubles = _pair_doubles(marks, paragraph, run_on=run_on, continues=follower == "double")
        run_on = bool(doubles) and doubles[-1].closed is None
        singles = _pair_singles(text, marks, doubles, paragraph, continues=follower == "single")
        found.extend(_nested(text, paragraph, number, [*doubles, *singles]))
    return tuple(found)


def _first_mark(text: str, paragraph: Span) -> str:
    """``double`` or ``single`` if the paragraph begins with such a mark, else the empty string."""
    match = _MARK.match(text, paragraph.start, paragraph.end)
    return "" if match is None else "double" if _is_double(match.group()) else "single"


def _is_double(form: str) -> bool:
    return form in '“”„‟"«»＂〝〞' or len(form) == 2


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """The quotation marks and apostrophes of a paragraph."""
    inches = {m.end() - 1 for m in _INCHES.finditer(text, paragraph.start, paragraph.end)}
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = match.span()
        form = match.group()
        if start in inches or len(form) > 3:
            continue
        before = text[start - 1] if start > paragraph.start else ""
        after = text[end] if end < paragraph.end else ""
        if len(form) == 3:
            # A double and a single mark in a row: the double one is the outer one.
            cut = start + (2 if not before or before.isspace() else 1)
            parts = [(start, cut), (cut, end)]
        else:
            parts = [(start, end)]
        for first, last in parts:
            yield _Mark(
                first,
                last,
                text[first:last],
                _is_double(text[first:last]),
                text[first - 1] if first > start else before,
                text[last] if last < end else after,
            )


@dataclass(frozen=True, slots=True)
class _Pair:
    """The marks around a stretch; if ``closed`` is missing, the stretch ends at ``end``."""

    opened: _Mark | None
    closed: _Mark | None
    end: int


def _pair_doubles(marks: Sequence[_Mark], paragraph: Span, *, run_on: bool, continues: bool) -> list[_Pair]:
    """Opening and closing double marks; nested ones are skipped.

    Args:
        marks: The marks of the paragraph.
        paragraph: Its characters.
        run_on: Whether the previous paragraph ended inside a quote. A closing mark without an opening one then closes a
            stretch that began with this paragraph.
        continues: Whether the next paragraph opens with a double mark, so that this one may end inside a quote.
    """
    doubles = [m for m in marks if m.double]
    pairs: list[_Pair] = []
    opened: _Mark | None = None
    inner = 0
    for place, mark in enumerate(doubles):
        if opened is None:
            if _opens(mark):
                opened = mark
            elif run_on and not pairs and mark.may_close:
                pairs.append(_Pair(None, mark, mark.end))
        elif inner:
            inner -= 1
        elif _closes(mark):
            pairs.append(_Pair(opened, mark, mark.end))
            opened = None
        elif mark.start == opened.end:
            opened = replace(opened, end=mark.end)
        elif _is_nested(doubles, place, opened, whole=continues and opened.start == paragraph.start):
            inner = 1
        else:
            pairs.append(_Pair(opened, None, mark.start))
            opened = mark
    if opened is not None:
        pairs.append(_Pair(opened, None, paragraph.end))
    # Drop attribute values left over from a page's markup.
    return [pair for pair in pairs if pair.opened is None or pair.opened.before != "="]


def _opens(mark: _Mark) -> bool:
    """Whether a double mark opens a stretch while none is open."""
    if mark.form in _OPENERS:
        return True
    if mark.form in _CLOSERS:
        return mark.may_open and not mark.may_close
    return mark.may_open or not mark.may_close


def _closes(mark: _Mark) -> bool:
    """Whether a double mark closes a stretch that is open."""
    if mark.form in _OPENERS:
        # The closing mark of another language („...“, »...«), or one typed the wrong way round.
        return not mark.after or (mark.may_close and not mark.may_open)
    return mark.form in _CLOSERS or not (mark.is_free and mark.after and not mark.after.isspace())


def _is_nested(doubles: Sequence[_Mark], place: int, opened: _Mark, *, whole: bool) -> bool:
    """Whether the opening mark at ``place``, inside a quote, has a closing mark of its own.

    It has one if the quote's closing mark follows as well, if the two kinds of marks differ, or if the paragraph is
    ``whole``: it opens with the quote's mark and has no closing one, since the quote continues in the next paragraph.
    """
    following = doubles[place + 1 : place + 3]
    if not following or not following[0].may_close or following[0].may_open:
        return False
    if whole or (opened.form == '"' and doubles[place].form == "“" and following[0].form == "”"):
        return True
    return len(following) == 2 and following[1].may_close and not following[1].may_open


def _pair_singles(
    text: str, marks: Sequence[_Mark], doubles: Sequence[_Pair], paragraph: Span, *, continues: bool
) -> list[_Pair]:
    """Opening and closing single marks, as distinct from apostrophes.

    Each pair is fully inside, fully outside or around each stretch in double marks.

    Args:
        text: The text.
        marks: The marks of the paragraph, double ones among them.
        doubles: The pairs of double marks.
        paragraph: Its characters.
        continues: Whether the next paragraph opens with a single mark; only then does an unclosed quote at the start of
            this paragraph run on.
    """
    singles = [m for m in marks if not m.double and (_opens_single(text, m) or _closing_strength(m))]
    opening = [_opens_single(text, m) for m in singles]
    strength = [_closing_strength(m) for m in singles]
    regions = _regions(singles, doubles, paragraph)
    pairs: list[_Pair] = []
    place = 0
    while place < len(singles):
        mark = singles[place]
        close = _closing_place(place, opening, strength, regions) if opening[place] else None
        if close is not None:
            pairs.append(_Pair(mark, singles[close], singles[close].end))
            place = close
        elif opening[place] and continues and mark.start == paragraph.start:
            pairs.append(_Pair(mark, None, paragraph.end))
            break
        place += 1
    return pairs


def _opens_single(text: str, mark: _Mark) -> bool:
    """Whether a single mark may open a quote rather than replace omitted letters."""
    if mark.form in "’´›" or not mark.after or mark.after.isspace() or mark.after in _STOPS:
        return mark.form == "‘" and bool(mark.after) and mark.after in "…." and mark.may_open
    if not (mark.may_open or (mark.before in _STOPS and mark.form in "‘‹`" and mark.after.isalpha())):
        return False
    return mark.form == "‘" or _ELIDED.match(text, mark.end) is None


def _closing_strength(mark: _Mark) -> int:
    """How likely a single mark closes a quote: 0 not at all, ``_WEAK`` if it may be a possessive."""
    if mark.form in "‘‹‚‛`" or not mark.may_close:
        return 0
    return _WEAK if mark.before in "sSxXzZ" and mark.after.isspace() else _SURE


def _regions(singles: Sequence[_Mark], doubles: Sequence[_Pair], paragraph: Span) -> list[int]:
    """The region of each single mark: 0 outside stretches in double marks, else a number for the containing one."""
    edges: list[int] = []
    for pair in doubles:
        edges.append(pair.opened.end if pair.opened else paragraph.start)
        edges.append(pair.closed.start if pair.closed else pair.end)
    passed = (bisect_right(edges, mark.start) for mark in singles)
    return [count if count % 2 else 0 for count in passed]


_LOOK = 40
"""How many marks ahead to search for the closing mark of a single-quoted stretch."""


def _closing_place(place: int, opening: Sequence[bool], strength: Sequence[int], regions: Sequence[int]) -> int | None:
    """The index of the mark that closes the single-quoted stretch opened at ``place``."""
    weak: int | None = None
    for candidate in range(place + 1, min(place + 1 + _LOOK, len(strength))):
        if regions[candidate] != regions[place]:
            continue
        if strength[candidate] == _SURE:
            return candidate
        if strength[candidate] == _WEAK and weak is None:
            weak = candidate
        if opening[candidate] and weak is not None:
            break
    return weak


def _nested(text: str, paragraph: Span, number: int, pairs: Sequence[_Pair]) -> Iterator[Stretch]:
    """The non-empty stretches of a paragraph with their depth."""
    spans = []
    for pair in pairs:
        outer = Span(pair.opened.start if pair.opened else paragraph.start, pair.end)
        start = pair.opened.end if pair.opened else outer.start
        end = pair.closed.start if pair.closed else outer.end
        words = text[start:end]
        if any(map(str.isalnum, words)):
            start += len(words) - len(words.lstrip())
            spans.append((outer, Span(start, start + len(words.strip())), pair))
    open_ends: list[int] = []
    for outer, inner, pair in sorted(spans, key=lambda s: (s[0].start, -s[0].end)):
        while open_ends and open_ends[-1] <= outer.start:
            open_ends.pop()
        opened, closed = pair.opened, pair.closed
        double = any(mark.double for mark in (opened, closed) if mark)
        yield Stretch(inner, outer, number, double, opened is not None, closed is not None, len(open_ends))
        open_ends.append(outer.end)
