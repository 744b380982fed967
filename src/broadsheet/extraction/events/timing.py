"""What the grammar of a sentence adds to the date that is linked to an event.

A date that modifies another noun is not the event's (condemned Sunday's attack). Two days joined by "and" are one
period. A stated length, or the number of the day, gives the other end of a visit, drill or battle. An event in a clause
after "three days after" is counted from that of the main clause, and the other way round. What a person asked, charged
or refused without a date is of the one day on which the article has that person speak.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.cues import verb_traits
from broadsheet.extraction.dates.counted import amounts
from broadsheet.extraction.dates.grammar import read_point
from broadsheet.extraction.dates.lexicon import runs
from broadsheet.extraction.dates.nodes import Context
from broadsheet.extraction.dates.parts import Distance
from broadsheet.extraction.dates.period import DAY, Period, UnknownDaysError
from broadsheet.extraction.dates.run import Run
from broadsheet.extraction.events.dating import Date
from broadsheet.extraction.events.participants import TYPES
from broadsheet.extraction.links import DATE, Phrase, head_of, says_on
from broadsheet.extraction.meaning import Undated
from broadsheet.reference import table
from broadsheet.reference.numbers import parse_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.meaning import Meaning

_ABOUT_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "PROTEST"})
"""Types of events that are about another act, which can have a date of its own."""
_LASTING = frozenset({"SANCTION", "COERCE", "MOBILIZE", "PROTEST"})
"""Types of events that apply until a day."""
ANNOUNCED = frozenset({"CONCEDE", "REJECT", "RETREAT", "SANCTION", "THREATEN"})
"""Types of events that have occurred once they are announced."""
_AHEAD = frozenset({"will", "would", "'ll", "’ll"})
_MODIFIERS = frozenset({"poss", "compound", "nummod", "amod", "nmod"})
_ADVERBIALS = frozenset({"npadvmod", "advmod"})
_WHEN = frozenset({"at", "during", "in", "on"})
_VERBS = ("VERB", "AUX")
_MOST_DAYS = 366
_SPEAKING = frozenset({"say", "claim", "manner", "judge", "urge", "reply"})
"""Traits of the verbs (``reporting_cues.csv``) of which one person is subject when speaking."""
_WEEK = 7 * DAY
_LONGEST = 60
"""Characters before "after" that can hold a distance."""


@cache
def _phases() -> Mapping[str, str]:
    return {row["lemma"]: row["phase"] for row in table("phase_verbs")}


class Timing:
    """The dates of a document's events.

    Args:
        document: The analysed article.
        meaning: The encoder's view of it.
    """

    def __init__(self, document: Document, meaning: Meaning) -> None:
        self.document = document
        self.meaning = meaning
        self._dates: dict[int, list[tuple[DateExpression, int, int]]] = defaultdict(list)
        for dated in meaning.dates:
            self._dates[document.tokens[dated[1]].sentence].append(dated)

    def dates_of(self, mentions: Sequence[EventMention]) -> list[Date]:
        """The date of each mention."""
        said = self.meaning.dates_of([self._undated(mention) for mention in mentions])
        dates = [self._linked(*pair) for pair in zip(mentions, said, strict=True)]
        by_word: dict[int, int] = {}
        for k, mention in enumerate(mentions):
            by_word.setdefault(mention.clause.i, k)
            by_word[mention.anchor.i] = k
        for k, mention in enumerate(mentions):
            self._count(mention, k, by_word, dates)
        return dates

    def _undated(self, mention: EventMention) -> Undated:
        about = mention.type in _ABOUT_ACTS

        def foreign(phrase: Phrase) -> bool:
            return about and self._of_another(mention.anchor, phrase)

        return Undated(mention.anchor.i, TYPES.index(mention.type) + 1, without=foreign)

    def _linked(self, mention: EventMention, said: DateExpression | None) -> Date:
        """The date that the encoder links, with the end that the sentence adds."""
        said = said or self._beside(mention)
        if said is None and (announced := self._announced(mention)) is not None:
            return Date.of(announced, "announced")
        if said is None and (spoken := self._spoken(mention)) is not None:
            return Date.of(spoken, "spoken")
        date = Date.of(said)
        if said is None or date.precision != "day" or date.start is None:
            return date
        return self._joined(mention, date, said) or self._lengthened(mention, date, said)

    def _of_another(self, anchor: Token, phrase: Phrase) -> bool:
        """Whether a date modifies a noun below the word of an event: Sunday's attack."""
        document = self.document
        head = document.tokens[head_of(document, phrase.first, phrase.last)]
        owner = document.head(head)
        if head.dep not in _MODIFIERS or owner.pos not in ("NOUN", "PROPN") or owner.i == anchor.i:
            return False
        if owner.dep == "pobj" and document.head(owner).lower in _WHEN:
            return False  # in his Wednesday address
        return any(above.i == anchor.i for above in document.ancestors(owner))

    def _beside(self, mention: EventMention) -> DateExpression | None:
        """An adverbial of the verb itself: the same day, in a speech on Monday; until when an act applies."""
        document, anchor = self.document, mention.anchor
        for date, first, last in self._dates[anchor.sentence]:
            head = document.tokens[head_of(document, first, last)]
            owner = document.head(head)
            above = document.head(owner)
            within = owner.dep == "pobj" and above.lower in _WHEN and above.head == anchor.i and head.dep != "poss"
            if within and date.date_start is not None:
                return date
            if head.head != anchor.i or head.i == anchor.i:
                continue
            ends = head.dep == "prep" and date.date_start is None and date.date_end is not None
            if (ends and mention.type in _LASTING) or (head.dep in _ADVERBIALS and date.date_start is not None):
                return date
        return None

    def _announced(self, mention: EventMention) -> DateExpression | None:
        """The day on which a person or body announced what has occurred once it is announced."""
        document, published = self.document, self.document.article.published_on
        ahead = any(child.lower in _AHEAD for child in document.children(mention.anchor, "aux"))
        counts = mention.type in ANNOUNCED and mention.anchor.pos in _VERBS
        if not counts or not (ahead or mention.status == "planned"):
            return None
        for number, (date, first, last) in enumerate(self._dates[mention.anchor.sentence]):
            said = says_on(document, Phrase(first, last, DATE, number), mention.anchor)
            if said and date.date_start is not None and not (published and date.date_start > published):
                return date
        return None

    def _spoken(self, mention: EventMention) -> DateExpression | None:
        """The one day of the week before publication on which the person who asks, charges or refuses has spoken."""
        anchor = mention.anchor
        dated = any(date.precision for date, _, _ in self._dates[anchor.sentence])
        if mention.type not in _ABOUT_ACTS or anchor.tag != "VBD" or mention.status != "occurred" or dated:
            return None
        acting = {party.actor_id for party in mention.actors}
        days = {date.date_start: date for date, at, who in self._speeches if who in acting and at < anchor.i}
        return next(iter(days.values())) if len(days) == 1 else None

    @cached_property
    def _speeches(self) -> list[tuple[DateExpression, int, str]]:
        """The days shortly before publication on which persons speak, with their first tokens and the persons."""
        document, cast, published = self.document, self.meaning.cast, self.document.article.published_on
        found: list[tuple[DateExpression, int, str]] = []
        for date, first, last in self.meaning.dates:
            if not (published and date.date_start and date.date_start == date.date_end):
                continue
            place = document.tokens[head_of(document, first, last)]
            verb = next((t for t in document.ancestors(place) if t.pos in _VERBS), None)
            subject = document.subject(verb) if verb is not None and verb_traits(verb) & _SPEAKING else None
            named = cast.at(subject.i) if subject is not None else None
            recent = published - _WEEK <= date.date_start <= published
            if named is not None and recent and cast.is_person(named.actor_id):
                found.append((date, first, named.actor_id))
        return found

    def _joined(self, mention: EventMention, date: Date, said: DateExpression) -> Date | None:
        """Two days in a row that "and" joins, as one period."""
        text, ordered = self.document.text, [d for d, _, _ in self._dates[mention.anchor.sentence]]
        for first, second in pairwise(ordered):
            if said not in (first, second) or text[first.span.end : second.span.start] != " and ":
                continue
            start, end = first.date_start, second.date_end
            if start and end and first.date_end == start and second.date_start == end and end - start == DAY:
                span = Span(first.span.start, second.span.end)
                both = replace(first, span=span, text=span.of(text), date_end=end)
                return replace(date, start=start, end=end, expression=both)
        return None

    def _lengthened(self, mention: EventMention, date: Date, said: DateExpression) -> Date:
        """A day with the other end that the length or number of days gives."""
        document = self.document
        start, end = date.start, date.end
        assert start is not None
        nouns = [mention.anchor, *document.children(mention.anchor, "dobj")]
        nouns += [o for p in document.children(mention.anchor, "prep") for o in document.children(p, "pobj")]
        if start == end and (day := next(filter(None, map(self._numbered, nouns)), None)):
            return replace(date, start=start - (day[0] - 1) * DAY, lasting=day[1])
        length = next(filter(None, map(self._length, nouns)), None)
        phase = self._phase(mention, nouns, said) if start == end else ""
        if length is None:
            return replace(date, end=None) if phase == "begin" and mention.type == "CONSULT" else date
        days, words = (length[0] - 1) * DAY, length[1]
        if end is None:
            return replace(date, end=start + days, lasting=words)
        if phase in ("begin", "depart"):
            return replace(date, end=start + days, lasting=words)
        return replace(date, start=start - days, lasting=words) if phase == "end" else date

    def _phase(self, mention: EventMention, nouns: Sequence[Token], said: DateExpression) -> str:
        """Whether the verb that a date belongs to begins or ends the event."""
        document = self.document
        first, last = document.range_of(said.span)
        place = document.tokens[head_of(document, first, last)]
        verb = next((t for t in document.ancestors(place) if t.pos in _VERBS), None)
        if verb is None or not (verb.i in (mention.anchor.i, mention.clause.i) or verb.head in {n.i for n in nouns}):
            return ""
        return _phases().get(verb.lemma, "")

    def _length(self, noun: Token) -> tuple[int, Span] | None:
        """The stated days of a noun: a three-day visit."""
        tokens = self.document.tokens
        for child in self.document.children(noun, "compound", "amod", "nmod"):
            if child.lower == "day" and child.i > 1 and tokens[child.i - 1].text == "-":
                number = parse_words([tokens[child.i - 2].lower])
                if number is not None and number.value == int(number.value) and 1 < number.value <= _MOST_DAYS:
                    return int(number.value), self.document.span(child.i - 2, child.i + 1)
        return None

    def _numbered(self, noun: Token) -> tuple[int, Span] | None:
        """The number of the day: for a third straight day."""
        document = self.document
        if noun.lower != "day" or noun.dep != "pobj" or document.head(noun).lower != "for":
            return None
        for child in document.children(noun, "amod"):
            number = parse_words([child.lower])
            if number is not None and number.ordinal and number.value <= _MOST_DAYS:
                return int(number.value), document.span(child.i, noun.i + 1)
        return None

    def _count(self, mention: EventMention, k: int, by_word: Mapping[int, int], dates: list[Date]) -> None:
        """Dates a mention in a clause with a distance from the event of the main clause, or the other way round."""
        found = self._clause(mention)
        if found is None:
            return
        clause, joint = found
        distance = _distance(self.document.text, joint.start)
        if distance is None:
            return
        parts, begin = distance
        words = Span(begin, joint.end)
        sign = 1 if joint.lower == "before" else -1
        governors = list(self._governors(clause, joint))
        others = [by_word[t.i] for t in governors if by_word.get(t.i, k) != k]
        if not self._inside(dates[k], clause, joint):
            bases = (self._before(joint, begin), *(dates[o] for o in others), self._of_subject(governors))
            base = next((base for base in bases if base.known), None)
            dates[k] = (base and self._counted(parts, sign, words, base)) or dates[k]
        elif others and all(self._inside(dates[o], clause, joint) for o in others if dates[o].known):
            dates[others[0]] = self._counted(parts, -sign, words, dates[k]) or Date()

    def _clause(self, mention: EventMention) -> tuple[Token, Token] | None:
        """The head of the clause or phrase with a mention that begins with "after" or "before", and that word."""
        document = self.document
        clause, anchor = mention.clause, mention.anchor
        while clause.dep == "xcomp":
            clause = document.head(clause)
        above = document.head(anchor)
        if above.dep == "prep" and above.lower in ("after", "before"):
            return anchor, above
        for mark in document.children(clause, "mark"):
            if mark.lower in ("after", "before"):
                return clause, mark
        return None

    def _before(self, joint: Token, begin: int) -> Date:
        """The date to which a distance is in apposition: on Monday, three days after."""
        for date, _, _ in self._dates[joint.sentence]:
            if date.span.end <= begin and self.document.text[date.span.end : begin] == ", ":
                return Date.of(date)
        return Date()

    def _of_subject(self, governors: Sequence[Token]) -> Date:
        """The date of what came a day after: the subject of a verb that says no more than that it took place."""
        if not governors or _phases().get(governors[0].lemma) != "occur":
            return Date()
        for token in governors[1:]:
            if token.dep == "nsubj" and token.pos == "NOUN":
                kind = int(self.meaning.scores("trig", [token.i])[0][1:].argmax()) + 1
                return Date.of(self.meaning.date_of(token.i, kind))
        return Date()

    def _governors(self, clause: Token, joint: Token) -> Iterator[Token]:
        """The words of the main clause that can name its event: the verb, its object and its subject."""
        document = self.document
        start = joint if joint.dep == "prep" else clause
        verb = next((t for t in document.ancestors(start) if t.pos in _VERBS), None)
        if verb is not None:
            yield verb
            yield from document.children(verb, "dobj", "nsubj", "nsubjpass")

    def _inside(self, date: Date, clause: Token, joint: Token) -> bool:
        """Whether the words of a date are in a clause after the word that begins it."""
        _, right = self.document.edges(clause)
        return (
            date.expression is not None and joint.end < date.expression.span.start < self.document.tokens[right - 1].end
        )

    def _counted(self, parts: tuple[tuple[int | None, str], ...], sign: int, words: Span, base: Date) -> Date | None:
        """The date at a distance from another one."""
        if base.start is None or base.end is None or base.expression is None or base.precision is None:
            return None
        around = Period(base.start, base.end, base.expression.precision or "approximate")
        context = Context(self.document.text, words.start, words.end, None, around, None, mentioned=True)
        node = Distance(parts, sign, anchored=True, exact=base.start == base.end and parts[-1][1] == "week")
        try:
            period = node.resolve(context)
        except (UnknownDaysError, ValueError, OverflowError):
            return None
        said = replace(
            base.expression,
            span=words,
            text=words.of(self.document.text),
            date_start=period.start,
            date_end=period.end,
            precision=period.precision,
            basis="relative",
            depends_on="anchor",
            on=base.expression.span,
        )
        return Date.of(said, "counted")


def _distance(text: str, end: int) -> tuple[tuple[tuple[int | None, str], ...], int] | None:
    """The distance whose words end before ``end`` (three days, the day), and where they begin."""
    start = max(0, end - _LONGEST)
    piece = text[start:end]
    tokens = next(reversed([*runs(piece, False)]), None)
    if tokens is None or piece[tokens[-1].end :] != " ":
        return None
    run = Run(piece, tokens, read_point)
    for i, token in enumerate(tokens):
        found = amounts(run, i)
        if found is not None and found[1] == len(tokens):
            return found[0], start + token.start
    if len(tokens) > 1 and tokens[-2].kind == "the" and tokens[-1].kind == "unit":
        return ((1, run.unit(len(tokens) - 1)),), start + tokens[-2].start
    return None
