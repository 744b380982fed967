"""Mentions of measures: words that state one, and what belongs to it, by the scores of the encoder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from broadsheet.extraction.links import RATE, THING, Phrase, frequency, mention_kind
from broadsheet.extraction.meaning import SENTENCES_AFTER, SENTENCES_BEFORE, Undated
from broadsheet.extraction.tariffs.lists import listed_with
from broadsheet.extraction.tariffs.products import Product, is_party, products_of
from broadsheet.reference.goods import entry_of
from broadsheet.reference.trade import measures_named, word_set

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.links import Link
    from broadsheet.extraction.meaning import Head, Meaning
    from broadsheet.extraction.tariffs.rates import Rate

ACTIONS = ("impose", "raise", "lower", "suspend", "remove", "threaten", "maintain")
TARIFF_STATUSES = ("in_force", "announced", "threatened", "ended", "unknown")
MEASURES = (
    "tariff", "duty", "surtax", "anti_dumping", "countervailing", "safeguard", "quota", "ban", "export_control",
)  # fmt: skip
CANDIDATES = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
"""Parts of speech of words that can state a measure."""

ACTS = MappingProxyType({"impose": 13, "raise": 13, "lower": 4, "suspend": 4, "remove": 4})
"""Actions to the numbers of their types of events (``Undated``)."""
EFFECTIVE, ANNOUNCED = 32, 33
"""Numbers of the links between a measure and its dates (``Undated``)."""

GATE, OWN_GATE = -0.5, -1.0
"""By how much the score of the best action must exceed that of no measure, and the same for a noun that says whose
measure it is (Trump's tariffs); chosen on the development articles."""


_OF_MEASURE: tuple[Head, ...] = ("tst", "tms", "tret")
_OBJECTS = frozenset({"dobj", "nsubjpass"})

_EXCEPT = frozenset({"except", "excepting", "excluding", "exempting", "sparing"})
_ON = frozenset({"on", "against", "for"})
_EXAMPLE = frozenset({"as", "like", "including"})
_STEPS = 6
"""Maximum number of steps up the tree from a country to the word that makes it an exception."""

RIVAL = 1.5
"""A rate or goods belong to the mention with the highest score, and to others whose score is not lower by more."""

IMPOSER, TARGET, RATED, GOODS = -1.0, 0.0, 0.2, 0.0
"""The least scores of a link with a country as imposer and as target, with a rate, and with goods."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country, the characters that name it and the score of its part; ``elsewhere`` if another clause names it."""

    code: str
    span: Span
    score: float
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class MeasureMention:
    """A mention of a measure.

    Attributes:
        anchor: The word that states it.
        act: The word that states its action: the anchor, or the verb whose object or passive subject that is.
        score: By how much the score of the action for that word exceeds that of no measure.
        action: As in the table.
        statuses: The scores of the statuses.
        measure: As in the table.
        retaliation: Whether it answers an act of the target.
        imposers: Countries by score.
        targets: Countries in reading order.
        rates: Rates in reading order.
        before: The rate before, if any.
        products: Goods in reading order; empty where none are named.
        effective: The date that it takes effect.
        announced: The date that it was announced.
        is_called_answer: Whether its words call it an answer: *a retaliatory tariff*.
        action_from: The rule of the action: ``scored``, ``verb`` or ``rates``.
    """

    anchor: Token
    act: Token
    score: float
    action: str
    statuses: tuple[float, ...]
    measure: str
    retaliation: bool
    imposers: tuple[Country, ...]
    targets: tuple[Country, ...]
    rates: tuple[Rate, ...]
    before: Rate | None
    products: tuple[Product, ...]
    effective: DateExpression | None
    announced: DateExpression | None
    is_called_answer: bool = False
    action_from: str = "scored"

    @property
    def status(self) -> str:
        """The status with the highest score."""
        return TARIFF_STATUSES[int(np.argmax(self.statuses))]


class MentionFinder:
    """Finds the mentions of measures of one article.

    Args:
        document: The analysed article.
        cast: Its actors.
        meaning: The encoder's view of it.
        rates: Its rates with their tokens, in reading order.
    """

    def __init__(
        self, document: Document, cast: EntityIndex, meaning: Meaning, rates: Sequence[tuple[Rate, int, int]]
    ) -> None:
        self.document, self.cast, self.meaning, self.rates = document, cast, meaning, rates
        self._countries = country_phrases(cast)
        self._named = {i: p for p in self._countries for i in range(p.first, p.last)}
        self._rate_phrases = [Phrase(first, last, RATE, n) for n, (_, first, last) in enumerate(rates)]

    def find(self, sentences: Sequence[Sentence]) -> Iterator[MeasureMention]:
        """The mentions in some sentences, in reading order."""
        tokens = [t for s in sentences for t in self.document.sentence_tokens(s)]
        words = [t for t in tokens if t.pos in CANDIDATES or t.tag[:2] in ("VB", "NN")]
        places = [t.i for t in words if not is_party(self.cast, t.i)]
        if not places:
            return
        scores = self.meaning.scores("tact", places)
        exceeding = scores[:, 1:] - scores[:, :1]
        margins = dict(zip(places, exceeding, strict=True))
        strength = dict(zip(places, exceeding.max(axis=1).tolist(), strict=True))
        strong = [p for p in places if strength[p] > OWN_GATE]
        chosen = [p for p in strong if strength[p] > self._gate(p) and not self._is_part(p, strength)]
        self._weigh(chosen)
        deciding_words = [self._deciding(place, strength) for place in chosen]
        actions = [int(np.argmax(margins[deciding])) for deciding in deciding_words]
        acts = [self._act(place, ACTIONS[best]) for place, best in zip(chosen, actions, strict=True)]
        effective = [
            Undated(place, EFFECTIVE, act, without=self._has_no_start) for place, act in zip(chosen, acts, strict=True)
        ]
        dates = self.meaning.dates_of([*effective, *(Undated(place, ANNOUNCED) for place in chosen)])
        scored = [self.meaning.scores(head, chosen) for head in _OF_MEASURE]
        for k, (place, deciding, best) in enumerate(zip(chosen, deciding_words, actions, strict=True)):
            status, measure, answer = (scores[k] for scores in scored)
            yield MeasureMention(
                self.document.tokens[place],
                self.document.tokens[deciding],
                float(margins[deciding][best]),
                ACTIONS[best],
                tuple(status.tolist()),
                MEASURES[int(np.argmax(measure))],
                bool(answer[1] > answer[0]),
                *self._sides(place),
                *self._rated(place),
                self._goods(place),
                dates[k],
                dates[len(chosen) + k],
            )

    def _has_no_start(self, date: Phrase) -> bool:
        """Whether a date is only an end, which is no day of effect: *until July*."""
        return isinstance(date.group, int) and self.meaning.dates[date.group][0].date_start is None

    def _gate(self, place: int) -> float:
        """By how much the best action must exceed none: less for a noun that says whose measure it is."""
        word = self.document.tokens[place]
        if word.pos != "NOUN" or not measures_named(word.text):
            return GATE
        own = self.document.children(word, "poss", "amod", "compound", "nmod")
        return OWN_GATE if any(child.i in self._named for child in own) else GATE

    def _act(self, place: int, action: str) -> tuple[int, int] | None:
        """The verb that governs a measure, and the number of its type as an event; None without either."""
        word = self.document.tokens[place]
        verb = next((t for t in (word, *self.document.ancestors(word)) if t.pos == "VERB"), None)
        return (verb.i, ACTS[action]) if verb is not None and action in ACTS else None

    def _is_part(self, place: int, strength: Mapping[int, float]) -> bool:
        """Whether a word states a measure with its verb, object or passive subject, which has a higher score."""
        word = self.document.tokens[place]
        partners = [child.i for child in self.document.children(word, *_OBJECTS)]
        partners += [word.head] if word.dep in _OBJECTS else []
        return any(strength.get(p, -np.inf) > strength[place] for p in partners)

    def _deciding(self, place: int, strength: Mapping[int, float]) -> int:
        """The word that gives the action of a measure: its verb, if that states a measure itself, else the word."""
        word = self.document.tokens[place]
        return word.head if word.dep in _OBJECTS and strength.get(word.head, 0.0) > 0 else place

    def _sides(self, place: int) -> tuple[tuple[Country, ...], tuple[Country, ...]]:
        """The countries that impose, by score, and those whose goods are meant, in reading order."""
        imposers = [c for c in self._taking(place, 0) if c.score > IMPOSER]
        imposers.sort(key=lambda c: (-c.score, c.span.start))
        own = imposers[0].code if imposers else None
        aimed = [c for c in self._taking(place, 1) if c.score > TARGET and c.code != own]
        named = self._origin(place)
        aimed = [c for c in aimed if named is None or named.contains(c.span)]
        aimed = [c for c in aimed if not self._is_spared(c) and not self._says_which(place, self._token_at(c.span))]
        span = self.document.sentence_of(self.document.tokens[place]).span
        near = [c for c in aimed if span.contains(c.span)]
        near += (c for c in self._in_one_list(place, near) if c.code != own)
        targets = near or aimed
        return tuple(imposers), tuple(sorted(targets, key=lambda c: c.span.start))

    def _is_spared(self, country: Country) -> bool:
        """Whether a country is named as an exception: from all countries except Chile and Peru."""
        above = islice(self.document.ancestors(self._token_at(country.span)), _STEPS)
        return any(word.lower in _EXCEPT for word in above)

    def _origin(self, place: int) -> Span | None:
        """The words for the countries that a measure is on, if they are named in general: *on other countries*."""
        word = self.document.tokens[place]
        words = [word, *self.document.children(word, *_OBJECTS)]
        words += [self.document.head(word)] if word.dep in _OBJECTS else []
        on = (p for word in words for p in self.document.children(word, "prep") if p.lower in _ON)
        parts = (part for p in on for part in self.document.children(p, "pobj"))
        general = next((part for part in parts if part.tag == "NNS" and part.lemma in word_set("origin")), None)
        return self.document.span(*self.document.edges(general)) if general is not None else None

    def _token_at(self, span: Span) -> Token:
        return self.document.tokens[self.document.range_of(span)[0]]

    def _in_one_list(self, place: int, targets: Sequence[Country]) -> list[Country]:
        """The countries of the lists that targets are in, in the sentence, which no measure of it is aimed at yet."""
        sentence = self.document.tokens[place].sentence
        found: dict[str, Country] = {}
        for country in targets:
            for token in self.document.tokens[slice(*self.document.range_of(country.span))]:
                near = (self._named.get(other.i) for other in listed_with(self.document, token))
                for p in near:
                    if p is not None and isinstance(p.group, str) and (sentence, p.group) not in self._aimed_at:
                        found[p.group] = Country(p.group, self.document.span(p.first, p.last), country.score)
        return list(found.values())

    def _says_which(self, place: int, word: Token) -> bool:
        """Whether a word only says which countries or traders are meant: on *countries that buy Chilean wine*."""
        own = {place, *(token.i for token in islice(self.document.ancestors(self.document.tokens[place]), _STEPS))}
        for token in islice((word, *self.document.ancestors(word)), _STEPS):
            if token.i in own or token.lower in _EXAMPLE:
                return False
            above = self.document.head(token)
            if token.lower == "of" and above.lemma in word_set("trader"):
                return True
            if token.dep in ("relcl", "acl") and above.lemma in word_set("origin") | word_set("trader"):
                return True
        return False

    def _taking(self, place: int, part: int) -> Iterator[Country]:
        """The countries near a mention, with the scores of one part."""
        for link in self._links[place]:
            phrase = link.phrase[part]
            if isinstance(phrase.group, str):
                yield Country(phrase.group, self.document.span(phrase.first, phrase.last), link.scores[part])

    def _weigh(self, places: Sequence[int]) -> None:
        """Scores the links of all mentions, and notes the best score of each rate and noun."""
        self._links: dict[int, list[Link]] = {}
        self._rate_scores: dict[int, list[tuple[Rate, float, float]]] = {}
        self._goods_scores: dict[int, list[tuple[Token, float]]] = {}
        self._best_score: dict[int, float] = {}
        self._aimed_at: set[tuple[int, Hashable]] = set()
        tokens = self.document.tokens
        near = [(place, 0, self._phrases_near(place)) for place in places]
        nouns = [(place, 0, goods_phrases(self.document, place)) for place in places]
        linked = (self.meaning.links.each("rtar", near), self.meaning.links.each("rprod", nouns))
        for place, links, goods in zip(places, *linked, strict=True):
            self._links[place] = links
            sentence = tokens[place].sentence
            self._aimed_at |= {(sentence, link.phrase[1].group) for link in links if link.scores[1] > TARGET}
            rated = [(link.phrase[0].group, link.scores) for link in links]
            self._rate_scores[place] = [(self.rates[n][0], s[2], s[3]) for n, s in rated if isinstance(n, int)]
            self._goods_scores[place] = [(tokens[link.phrase[0].first], link.scores[0]) for link in goods]
            for key, score in (
                *((rate.span.start, max(after, before)) for rate, after, before in self._rate_scores[place]),
                *((head.start, score) for head, score in self._goods_scores[place]),
            ):
                self._best_score[key] = max(score, self._best_score.get(key, score))

    def _phrases_near(self, place: int) -> list[Phrase]:
        """The countries around a mention, and the rates of its sentence: one of another is another measure's."""
        sentence = self.document.tokens[place].sentence
        rates = (p for p in self._rate_phrases if self.document.tokens[p.first].sentence == sentence)
        return [*(p for p in self._countries if is_near(self.document, place, p.first)), *rates]

    def _belongs(self, start: int, score: float) -> bool:
        """Whether no other mention is much likelier to be what the words that begin at ``start`` belong to."""
        return score >= self._best_score[start] - RIVAL

    def _rated(self, place: int) -> tuple[tuple[Rate, ...], Rate | None]:
        """The rates of a mention, and its rate before."""
        own = [(r, a, b) for r, a, b in self._rate_scores[place] if self._belongs(r.span.start, max(a, b))]
        after = tuple(r for r, a, b in own if a > RATED and a >= b)
        before = [(b, r) for r, a, b in own if b > RATED and b > a]
        return after, max(before, key=lambda pair: pair[0])[1] if before else None

    def _goods(self, place: int) -> tuple[Product, ...]:
        found: dict[str, Product] = {}
        heads = [h for h, s in self._goods_scores[place] if s > GOODS and self._belongs(h.start, s)]
        heads = [h for h in heads if not measures_named(h.text) and not self._says_which(place, h)]
        for head in heads:
            for product in products_of(self.document, self.cast, head):
                found.setdefault(product.name, product)
        for head in self._goods_in_one_list(place, heads):
            for product in products_of(self.document, self.cast, head):
                if entry_of(product.name) is not None:
                    found.setdefault(product.name, product)
        anchor = self.document.tokens[place]
        if not found and anchor.pos in ("NOUN", "PROPN") and self._rate_scores[place]:
            # a clause without its measure: and on corn to 10%
            own = products_of(self.document, self.cast, anchor)
            found = {p.name: p for p in own if entry_of(p.name) is not None and not measures_named(anchor.text)}
        return tuple(found.values())

    def _goods_in_one_list(self, place: int, heads: Sequence[Token]) -> Iterator[Token]:
        """The nouns of the lists that goods are in, in the sentence, which belong to no measure yet."""
        sentence = self.document.tokens[place].sentence
        for head in heads:
            for other in listed_with(self.document, head):
                is_free = self._best_score.get(other.start, GOODS) <= GOODS and not measures_named(other.text)
                if is_free and other.pos in ("NOUN", "PROPN") and other.sentence == sentence:
                    yield other


def country_phrases(cast: EntityIndex) -> list[Phrase]:
    """All mentions of countries, and of their people and bodies, grouped by country; *European* names the Union."""
    named = [(m.first, m.last, cast.country_of(m.actor_id), cast.kind_of(m.actor_id), m.form) for m in cast.mentions]
    for state in cast.states:
        if all(cast.at(i) is None for i in range(state.first, state.last)):
            named.append((state.first, state.last, state.country_code, "country", state.form))
    named += [
        (token.i, token.i + 1, "EUU", "country", "adjective")
        for token in cast.document.tokens
        if token.text == "European" and cast.at(token.i) is None
    ]
    counts = Counter(code for _, _, code, _, _ in named)
    return [
        Phrase(first, last, mention_kind(kind, form), code, frequency(counts[code]))
        for first, last, code, kind, form in named
        if code is not None
    ]


def is_near(document: Document, place: int, first: int) -> bool:
    """Whether what begins at token ``first`` is near enough to belong to the word at ``place``."""
    apart = document.tokens[place].sentence - document.tokens[first].sentence
    return -SENTENCES_AFTER <= apart <= SENTENCES_BEFORE or document.in_title(document.tokens[first])


def goods_phrases(document: Document, place: int) -> list[Phrase]:
    """The nouns that can name the goods of the measure that the word at ``place`` states."""
    sentence = document.tokens[place].sentence
    first = document.sentences[max(0, sentence - 1)].first
    last = document.sentences[min(len(document.sentences) - 1, sentence + 1)].last
    nouns = [t.i for t in document.tokens[first:last] if t.pos in ("NOUN", "PROPN") and t.i != place]
    return [Phrase(i, i + 1, THING, i) for i in nouns]
