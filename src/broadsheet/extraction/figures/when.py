"""Links an amount to its date."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.dates import find_dates
from broadsheet.extraction.dates.period import move
from broadsheet.extraction.figures.change import change_before, word_before
from broadsheet.extraction.figures.cues import base, directions
from broadsheet.extraction.figures.reach import MAX_STEPS, child_of, upwards

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.sightings import AmountMention

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "pcomp", "parataxis", "conj", "xcomp"})
_REACH = 500
"""Code points to either side within which a date of the sentence counts."""
_LEVEL = 6
"""The most tokens between a change and the level that it ends at."""
_SHORT, _LONG = 20, 200
"""Days of a period that is longer than a week and shorter than a year."""
_YEAR_AGO = re.compile(r"(?:(?:a|one) )?year (?:ago|earlier|before)|the year before")
_TOGETHER = frozenset({"as", "while", "whereas", "whilst"})
_REPORTING = frozenset(
    {"report", "post", "announce", "publish", "release", "say", "show", "unveil", "disclose", "tell"}
)
_COMPARE = frozenset({"from", "than", "over", "against", "versus", "vs", "with", "to"})


class DateReader:
    """Finds the dates of the figures of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        text = document.text
        found = find_dates(text, published_on=document.article.published_on, max_characters=len(text))
        self.dates = [d for d in found if document.range_of(d.span)[0] < document.range_of(d.span)[1]]
        self.starts = [d.span.start for d in self.dates]

    def read(
        self, sighting: AmountMention, before: AmountMention | None, following: list[AmountMention]
    ) -> tuple[DateExpression | None, str]:
        """The date of a figure, and how it was found: ``behind``, ``before``, ``led`` or ``year_before``.

        A date right after the amount counts first, then one elsewhere in its clause. A clause without a date takes that
        of the clause that it continues (exports rose in May, while imports fell). The base of comparison of growth
        (``from a year earlier``) is not its date, nor is the day on which someone reports it.

        Args:
            sighting: The amount.
            before: The previous amount in its sentence, which owns the dates between the two.
            following: The next amounts of the article, which own the dates after them.
        """
        document = self.document
        sentence = document.sentences[sighting.sentence]
        span = sighting.amount.span
        low = bisect_left(self.starts, max(sentence.span.start, span.start - _REACH))
        high = bisect_left(self.starts, min(sentence.span.end, span.end + _REACH))
        if low == high:
            return None, ""
        dates = [d for d in self.dates[low:high] if not self._is_aside(d)]
        clauses = self._clauses(sighting)
        found = self._among(dates, clauses, sighting, self._until(sighting, before), self._stop(sighting, following))
        why = "behind" if found is not None and found.span.start >= span.end else "before"
        if found is None:
            led = self._led_by(sighting)
            of_led = [d for d in dates if self._clause_of(self._anchor(d)) == led] if led is not None else []
            found, why = of_led[0] if of_led else None, "led"
        moved = self._a_year_before(found, dates)
        return moved, why if moved is found else "year_before"

    def _among(
        self, dates: list[DateExpression], clauses: set[int], sighting: AmountMention, until: int, stop: int
    ) -> DateExpression | None:
        """The date of some clauses that applies to an amount: after it up to ``stop``, else before it and up to
        ``until``.
        """
        before: list[DateExpression] = []
        for date in dates:
            if self._clause_of(self._anchor(date)) not in clauses:
                continue
            if sighting.amount.span.end <= date.span.start < stop:
                return date
            if date.span.end <= until:
                before.append(date)
        return before[-1] if before else None

    def _stop(self, sighting: AmountMention, following: list[AmountMention]) -> int:
        """Where the next amount begins; a level that a change ends at shares its date (rose 3 percent to 5 million in
        May).
        """
        sentence = self.document.sentences[sighting.sentence]
        for index, later in enumerate(following):
            if later.sentence != sighting.sentence:
                break
            word = word_before(self.document, later)
            level = word is not None and word.lower in ("to", "or") and later.first - sighting.last <= _LEVEL
            if later.of is None and not (index == 0 and level):
                return later.amount.span.start
        return sentence.span.end

    def _until(self, sighting: AmountMention, before: AmountMention | None) -> int:
        """Offset up to which dates before an amount count: 0 for the base of a change; the end of the previous amount
        after a word such as *on*, since later dates belong to that amount (rose to 5 million in May from 4 million in
        April, on sales of 9 million).
        """
        start = sighting.amount.span.start
        word = word_before(self.document, sighting)
        if before is None or before.sentence != sighting.sentence or word is None:
            return start
        if word.lower == "from":
            return 0
        if word.lower in ("on", "with", "against", "than", "versus", "of"):
            return before.amount.span.end
        return start

    def _led_by(self, sighting: AmountMention) -> int | None:
        """The clause whose date also applies to the amount's clause: the one that it continues with as or while."""
        document = self.document
        root = document.tokens[self._clause_of(document.tokens[sighting.head])]
        if root.pos != "VERB" or child_of(document, root, "nsubj", "nsubjpass") is None:
            return None
        mark = child_of(document, root, "mark", "advmod")
        joined = root.dep == "conj" or (root.dep == "advcl" and mark is not None and mark.lower in _TOGETHER)
        led = change_before(document, root) if joined and base(root) in directions() else None
        return led.i if led is not None else None

    def _is_aside(self, date: DateExpression) -> bool:
        """Whether a date is a base of comparison, or the day of a report."""
        if self._is_compared(date):
            return True
        if date.precision != "day" or date.date_start != date.date_end:
            return False
        place = self._clause_of(self._anchor(date))
        return base(self.document.tokens[place]) in _REPORTING

    def _a_year_before(self, date: DateExpression | None, dates: list[DateExpression]) -> DateExpression | None:
        """``A year earlier`` after a quarter in the same sentence is that quarter of the previous year."""
        if date is None or not _YEAR_AGO.fullmatch(date.text.lower()):
            return date
        for other in reversed([d for d in dates if d.span.end <= date.span.start]):
            start, end = other.date_start, other.date_end
            if start is not None and end is not None and _SHORT < (end - start).days < _LONG:
                start, end = move(start, -12, "month"), move(end, -12, "month")
                if start is not None and end is not None:
                    return replace(date, date_start=start, date_end=end, precision=other.precision)
        return date

    def _anchor(self, date: DateExpression) -> Token:
        """The head token of a date."""
        document = self.document
        first, last = document.range_of(date.span)
        for token in document.tokens[first:last]:
            if token.head == token.i or not first <= token.head < last:
                for above in upwards(document, token):
                    if above.dep not in ("prep", "agent", "pobj"):
                        break
                    token = above
                return token
        return document.tokens[first]

    def _is_compared(self, date: DateExpression) -> bool:
        """Whether a date after ``from`` or ``than`` is the base of comparison, and not the amount's own date."""
        document = self.document
        first, _ = document.range_of(date.span)
        place = first - 1
        while place >= 0 and document.tokens[place].pos in ("DET", "ADJ", "ADP") and place >= first - 3:
            if document.tokens[place].lower in _COMPARE:
                return True
            place -= 1
        return False

    def _clauses(self, sighting: AmountMention) -> set[int]:
        """Roots of the clauses whose dates are the figure's: its own, and those that it shares a subject with."""
        document = self.document
        token = document.tokens[sighting.head]
        found: set[int] = set()
        for _ in range(MAX_STEPS):
            root = document.tokens[self._clause_of(token)]
            found.add(root.i)
            joined = root.dep == "conj" and child_of(document, root, "nsubj", "nsubjpass") is None
            joined = joined or root.dep in ("xcomp", "relcl")
            if root.head == root.i or not joined:
                break
            token = document.head(root)
        return found

    def _clause_of(self, token: Token) -> int:
        """Index of the verb or root at the head of a token's clause."""
        document = self.document
        last = token
        for last in (token, *upwards(document, token)):
            if last.pos in ("VERB", "AUX") and last.dep in _CLAUSES:
                break
        return last.i
