"""When an event took place: the date of its clause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.days import in_bounds
from broadsheet.extraction.dates import find_dates
from broadsheet.extraction.events.lexicon import is_a, operators
from broadsheet.extraction.events.syntax import DASHES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.events.event_mention import EventMention

_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
_VERBS = ("VERB", "AUX")
_FAR = 99
_LAST = 90
"""Rank of a dateline's date, which counts where the clause has none of its own."""

_WHY = {
    0: "own",
    1: "telling",
    2: "complement",
    3: "clause",
    4: "when",
    5: "speech",
    6: "shared",
    _LAST: "dateline",
}
"""Rank of a date to how it belongs to the event."""

_WINDOW = 90
"""Tokens between a date and its verb: beyond the longest clauses of news."""
_OPENING = 3
"""Tokens within which a date opens a sentence."""

_DATELINE = 6
"""Tokens before a dateline's date and between it and the dash."""

_TIMES = frozenset({"time", "occasion", "visit", "instance"})
_REASON = frozenset({"for", "of", "over"})
_OTHER_TIME = frozenset(
    {"for", "before", "after", "since", "until", "till", "from", "following", "despite", "because", "over"}
)


@dataclass(frozen=True, slots=True)
class Date:
    """The days of an event, as the row has them; all null where nothing is known.

    Attributes:
        start: First day.
        end: Last day.
        precision: ``day``, ``month``, ``year`` or ``approximate``.
        basis: ``stated``, ``relative`` or ``published_on``.
        expression: The words.
        closing: The words of the last day, where others tell it.
        why: How the words were found to be the event's.
        moved_by: Years by which a month or day without a year was moved, since the event is told as over or to come.
    """

    start: date | None = None
    end: date | None = None
    precision: str | None = None
    basis: str | None = None
    expression: DateExpression | None = None
    closing: DateExpression | None = None
    why: str = ""
    moved_by: int = 0

    @property
    def known(self) -> bool:
        """Whether a day is known."""
        return self.start is not None or self.end is not None

    def fits(self, other: Date) -> bool:
        """Whether both may be of one event: a day in common, or one of them unknown."""
        if not self.known or not other.known:
            return True
        if self.start and other.end and self.start > other.end:
            return False
        return not (other.start and self.end and other.start > self.end)

    def moved(self, years: int) -> Date:
        """A month or day without a year, in another year; null where the words name the year or tell the distance.

        Null, too, where no table holds that year.
        """
        said = self.expression
        if said is None or self.start is None or self.end is None or any(c.isdigit() for c in said.text.split()[-1]):
            return Date()
        if self.precision not in ("month", "day") or self.basis != "published_on":
            return Date()
        if "day" in said.text.lower():  # Monday, the same day
            return Date()
        last = self.end if self.precision == "day" else self.end - timedelta(days=self.end.day - 1)
        try:
            start = self.start.replace(year=self.start.year + years)
            end = last.replace(year=last.year + years)
        except ValueError:  # the 29th of February
            return Date()
        if self.precision == "month":
            end = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return replace(self, start=start, end=end, moved_by=years) if in_bounds(start, end) else Date()

    @property
    def width(self) -> int:
        """Days between the ends; a large number where one is open or nothing is known."""
        if self.start is None or self.end is None:
            return 100_000 if self.known else 1_000_000
        return (self.end - self.start).days


@dataclass(slots=True)
class Dating:
    """The dates of a document and the sentences they stand in."""

    document: Document
    _by_sentence: dict[int, list[tuple[DateExpression, Token, int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.document
        text = document.text
        for found in find_dates(text, published_on=document.article.published_on, max_characters=len(text)):
            first, last = document.range_of(found.span)
            if first < last:
                head = next(
                    (t for t in document.tokens[first:last] if not first <= t.head < last or t.head == t.i),
                    document.tokens[first],
                )
                self._by_sentence.setdefault(head.sentence, []).append((found, head, first, last))

    def _in_dateline(self, first: int, last: int) -> bool:
        """Whether a date stands between the place and the dash that open a paragraph (``LIMA, May 3 —``)."""
        document = self.document
        opening = document.sentence_of(document.tokens[first]).first
        if first - opening > _DATELINE or not document.tokens[opening].text.isupper():
            return False
        return any(t.text in DASHES for t in document.tokens[last : last + _DATELINE])

    def of(self, sighting: EventMention) -> Date:
        """The date that the sighting's clause gives."""
        best: tuple[int, int] | None = None
        chosen: DateExpression | None = None
        why = _FAR
        for expression, head, first, last in self._by_sentence.get(sighting.anchor.sentence, ()):
            if first <= sighting.anchor.i < last or abs(first - sighting.anchor.i) > _WINDOW:
                continue
            if self._first_since(first):
                continue
            other = self._of_saying(sighting, first) or self._of_reason(sighting, first)
            rank = _FAR if other else self._rank(sighting, head)
            if rank < _FAR and self._in_dateline(first, last):
                rank = _LAST
            if rank >= _FAR:
                continue
            closeness = rank
            if expression.date_start is None and sighting.type != "AGREE":
                rank += 2  # extended till May what it imposed on Monday
            key = (rank, min(abs(first - sighting.anchor.i), abs(last - 1 - sighting.anchor.i)))
            if best is None or key < best:
                best, chosen, why = key, expression, closeness
        return self._date(sighting, chosen, _WHY[why]) if chosen is not None else Date()

    def _first_since(self, first: int) -> bool:
        """``the first time since 2011``: when it was last so is no date of what happens now."""
        before = [t.lower for t in self.document.tokens[max(0, first - 3) : first + 1]]
        return "since" in before and not {"time", "first"}.isdisjoint(before)

    def beginning(self, day: date | None, near: Span) -> DateExpression | None:
        """The date expression that begins on ``day``, the one nearest to ``near``."""
        return self._nearest(near, lambda e: day is not None and e.date_start == day)

    def ending(self, day: date | None, near: Span) -> DateExpression | None:
        """The date expression that ends on ``day``, the one nearest to ``near``."""
        return self._nearest(near, lambda e: day is not None and e.date_end == day)

    def _nearest(self, near: Span, fits: Callable[[DateExpression], bool]) -> DateExpression | None:
        found = [e for members in self._by_sentence.values() for e, *_ in members if fits(e)]
        return min(found, key=lambda e: abs(e.span.start - near.start), default=None)

    def hanging(self, sighting: EventMention) -> bool:
        """Whether the sentence only goes on from what was told before (``In retaliation, …``)."""
        document = self.document
        sentence = document.sentence_of(sighting.anchor)
        opening = document.tokens[sentence.first : sentence.first + 4]
        perfect = any(c.lower in ("has", "have") for c in document.children(sighting.anchor, "aux"))
        goes_on = any(is_a(t.lower, "sequel") for t in opening[1:])
        return bool(opening) and not perfect and opening[0].lower == "in" and goes_on

    def _of_saying(self, sighting: EventMention, first: int) -> bool:
        """``said on Friday it will``: a date between the verb of saying and the clause belongs to the saying."""
        document = self.document
        clause = sighting.clause
        if clause.dep != "ccomp" or sighting.telling is not None:
            return False
        over = document.head(clause)
        subject = document.child(clause, "nsubj", "nsubjpass", "expl")
        that = document.child(clause, "mark")
        says = "say" in operators(over.lemma, frozenset()) and (that is None or that.i > first)
        return says and subject is not None and over.i < first < document.edges(subject)[0]

    def _of_reason(self, sighting: EventMention, first: int) -> bool:
        """``fined them for selling oil in 1998``: a date behind a gerund belongs to what was done before."""
        anchor = sighting.anchor.i
        if sighting.noun is not None or not anchor < first <= anchor + _WINDOW:
            return False
        tokens = self.document.tokens[anchor + 1 : first]
        return any(t.lower in _REASON and after.tag == "VBG" for t, after in pairwise(tokens))

    def _rank(self, sighting: EventMention, head: Token) -> int:
        """How closely a date belongs to a sighting; ``_FAR`` where it belongs to something else."""
        if head.dep == "poss" and self._of_another(sighting, head):
            return _FAR
        own = {sighting.anchor.i} | ({sighting.noun.i} if sighting.noun is not None else set())
        for token in (head, *self.document.ancestors(head)):
            if token.i in own:
                return int(sighting.noun is not None and token.i == sighting.anchor.i)
            if token.i == sighting.clause.i:
                return 3 if not sighting.nominal or self._beside(sighting) else _FAR
            if token.dep == "aux" and token.head == sighting.clause.i:
                return 3
            if token.pos in _VERBS:
                return min(self._by_verb(sighting, token, head.i), self._when(sighting, head))
        return self._when(sighting, head)

    def _of_another(self, sighting: EventMention, head: Token) -> bool:
        """``thanked them for help after last year's floods``: whose time it is tells the noun and its preposition."""
        document = self.document
        noun = document.head(head)
        if noun.i in (sighting.anchor.i, sighting.noun.i if sighting.noun is not None else -1):
            return False
        return noun.dep == "pobj" and document.head(noun).lower not in ("at", "during", "in", "on", "for")

    def _beside(self, sighting: EventMention) -> bool:
        """Whether what a noun names takes place when its clause does: ``at the talks``, not ``before the talks``."""
        document = self.document
        token = sighting.anchor
        while token.i != sighting.clause.i and token.head != token.i:
            if token.dep in ("prep", "agent") and token.lower in _OTHER_TIME:
                over = document.head(token)
                if token.lower != "for" or over.i != sighting.clause.i or not is_a(over.lemma, "motion"):
                    return False
            token = document.head(token)
        return True

    def _when(self, sighting: EventMention, head: Token) -> int:
        """``In late 2018, when she was arrested``: the clause with *when* hangs on the date or on its phrase."""
        document = self.document
        clause = sighting.clause
        own = next((a for a in (head, *document.ancestors(head)) if a.pos in _VERBS), head)
        if own.lemma == "be" and own.head == clause.i and document.child(clause, "npadvmod") is not None:
            return 4 if any(c.lemma in _TIMES for c in document.children(clause, "npadvmod")) else _FAR
        if clause.dep in ("relcl", "acl") and document.head(clause).lemma in _TIMES:
            copula = document.head(document.head(clause))
            return 4 if copula.lemma == "be" and own.i == copula.i else _FAR
        if clause.dep not in ("relcl", "advcl") or not any(c.lower == "when" for c in document.children(clause)):
            return _FAR
        return 4 if clause.head == head.i or head.head == clause.head else _FAR

    def _through(self, chain: list[Token], sighting: EventMention) -> bool:
        """Whether nothing on the way from the date to the anchor can own the date: only complements of one action."""
        return all(t.pos not in _VERBS or t.dep in ("xcomp", "aux", "auxpass") for t in chain)

    def _by_verb(self, sighting: EventMention, verb: Token, first: int) -> int:
        """A date on another verb: that of a complement of one action, or the verb of saying of a speech act."""
        document = self.document
        clause = sighting.clause
        says = "say" in operators(verb.lemma, frozenset())
        if sighting.telling is not None and verb.i == sighting.telling.i:
            return 1
        current = clause
        for _ in range(4):
            if current.dep not in ("xcomp", "ccomp", "advcl", "pcomp", "acl") or current.head == current.i:
                break
            over = document.head(current)
            if current.dep == "xcomp" and over.i != verb.i and "cause" in operators(over.lemma, frozenset()):
                break
            if over.i == verb.i:
                if current.dep == "xcomp" or (current.dep == "ccomp" and not says and not self._finite(current)):
                    return 2
                if current.dep == "advcl" and any(
                    m.lower in ("when", "as") for m in document.children(current, "advmod", "mark")
                ):
                    return 4
                if current.dep in ("advcl", "pcomp") and current.tag == "VBG" and not says:
                    return 4
                return 5 if sighting.type in _SPEECH and not says else _FAR
            current = over
        opens = first - document.sentence_of(verb).first < _OPENING
        if document.edges(verb)[0] <= first < verb.i and self._shared(clause, verb, opens=opens):
            return 6
        if verb.dep == "acl" and verb.lemma in ("carry", "load") and document.head(verb).head == clause.i:
            return 4
        if verb.dep == "xcomp" and verb.head == clause.i and sighting.type not in _SPEECH and sighting.type != "AGREE":
            return 2
        return _FAR

    def _shared(self, clause: Token, verb: Token, *, opens: bool) -> bool:
        """``On Monday it raided and closed the office``: a date before the first of two verbs with one subject.

        A date that opens the sentence holds for a second subject, too.
        """
        document = self.document
        for _ in range(4):
            if clause.dep != "conj" or clause.tag != verb.tag or clause.head == clause.i:
                return False
            if not opens and document.child(clause, "nsubj", "nsubjpass") is not None:
                return False
            clause = document.head(clause)
            if clause.i == verb.i:
                return True
        return False

    def _finite(self, verb: Token) -> bool:
        return verb.tag in ("VBD", "VBZ", "VBP") or any(
            c.tag in ("MD", "VBD", "VBZ", "VBP") for c in self.document.children(verb, "aux", "auxpass")
        )

    def _date(self, sighting: EventMention, expression: DateExpression, why: str) -> Date:
        if expression.precision is None or expression.basis is None:
            return Date(expression=None)
        start, end = expression.date_start, expression.date_end
        opens = (
            is_a(sighting.anchor.lemma, "starting")
            and start is not None
            and start == end
            and sighting.type == "CONSULT"
        )
        return Date(start, None if opens else end, expression.precision, expression.basis, expression, why=why)
