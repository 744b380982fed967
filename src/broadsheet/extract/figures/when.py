"""Which date an amount is of."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from broadsheet.extract.dates import find_dates
from broadsheet.extract.figures.reach import MAX_STEPS, child_of, upwards

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.dates import DateExpression
    from broadsheet.extract.figures.sightings import Sighting

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "pcomp", "parataxis", "conj", "xcomp"})
_REACH = 500
"""Code points to either side within which a date of the sentence counts."""
_COMPARE = frozenset({"from", "than", "over", "against", "versus", "vs", "with", "to"})


class DateReader:
    """Finds the dates of the figures of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        found = find_dates(document.text, published_on=document.article.published_on)
        self.dates = [d for d in found if document.range_of(d.span)[0] < document.range_of(d.span)[1]]
        self.starts = [d.span.start for d in self.dates]

    def read(self, sighting: Sighting, following: Sighting | None) -> DateExpression | None:
        """The date of a figure; ``following`` is the next amount of the article, to which dates behind it belong.

        A date right behind the amount counts first, then one elsewhere in its clause. What growth is compared with
        (``from a year earlier``) is no date of it.
        """
        document = self.document
        sentence = document.sentences[sighting.sentence]
        span = sighting.amount.span
        low = bisect_left(self.starts, max(sentence.span.start, span.start - _REACH))
        high = bisect_left(self.starts, min(sentence.span.end, span.end + _REACH))
        if low == high:
            return None
        clauses = self._clauses(sighting)
        stop = sentence.span.end
        if following is not None and following.sentence == sighting.sentence and following.of is None:
            stop = following.amount.span.start
        before: list[DateExpression] = []
        for date in self.dates[low:high]:
            anchor = self._anchor(date)
            compared = self._is_compared(date, sighting)
            if compared or self._clause_of(anchor) not in clauses:
                continue
            if sighting.amount.span.end <= date.span.start < stop:
                return date
            if date.span.end <= sighting.amount.span.start:
                before.append(date)
        return before[-1] if before else None

    def _anchor(self, date: DateExpression) -> Token:
        """The token that a date hangs on."""
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

    def _is_compared(self, date: DateExpression, sighting: Sighting) -> bool:
        """Whether a date behind ``from`` or ``than`` is what the amount is compared with, and not the amount's own."""
        document = self.document
        first, _ = document.range_of(date.span)
        place = first - 1
        while place >= 0 and document.tokens[place].pos in ("DET", "ADJ", "ADP") and place >= first - 3:
            if document.tokens[place].lower in _COMPARE:
                return True
            place -= 1
        return False

    def _clauses(self, sighting: Sighting) -> set[int]:
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
        """Place of the verb or root at the head of a token's clause."""
        document = self.document
        last = token
        for last in (token, *upwards(document, token)):
            if last.pos in ("VERB", "AUX") and last.dep in _CLAUSES:
                break
        return last.i
