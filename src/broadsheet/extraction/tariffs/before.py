"""What stands before a measure and makes it one: goods between verb and noun, who bears it, words of trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import CERTAIN, RECALL, measure_nouns, word_set
from broadsheet.extraction.tariffs.tellings import Group

if TYPE_CHECKING:
    from broadsheet.analysis.document import Sentence, Token
    from broadsheet.extraction.tariffs.items import Listing
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.parties import Party
    from broadsheet.extraction.tariffs.predicates import Predicate
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.scan import Found

_TOTALS = word_set("totals")
_BASE = word_set("base")
_REACHING = word_set("reaching")
_INJURING = word_set("injuring")
"""Verbs of a finding about goods that a duty is to answer."""


class BeforeReader:
    """Reads what stands before the measures of one document."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties
        self.reader = readers.goods
        self.scanner = readers.scanner

    def read(self, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> list[Party]:
        """Goods between the verb and the measure: ``put on Chinese steel a 25 % duty``, ``hit Chinese cars with``.

        Returns:
            Countries that bear or enjoy a measure on goods named elsewhere (Chile gains a quota on beef).
        """
        token = predicate.token
        if predicate.pattern == "with" and not found.groups:
            start, stop = token.i + 1, phrase.first
            if predicate.passive:
                subject = self.document.child(token, "nsubjpass")
                if subject is None:
                    return []
                start, stop = self.document.edges(subject)[0], token.i
            if start < stop:
                if self.tokens[start].lower in ("back", "out"):
                    start += 1
                if start < stop and self.tokens[start].lower in ("at", "against"):
                    start += 1
                self._prepend(found, self.reader.read(start, stop))
        elif predicate.pattern == "exempt" and not predicate.passive:
            stop = next(
                (i for i in range(phrase.first - 1, token.i, -1) if self.tokens[i].lower in ("from", "of")),
                phrase.first,
            )
            if token.i + 1 < stop:
                self._prepend(found, self.reader.read(token.i + 1, stop))
        elif predicate.pattern == "subject" and token.lemma in _REACHING and token.i > phrase.noun and not found.groups:
            start = token.i + 1
            if start < len(self.tokens) and self.tokens[start].lower in (
                "to",
                "on",
                "all",
                "mainly",
                "mostly",
                "chiefly",
            ):
                start += 1
            self._prepend(found, self.reader.read(start, self.document.sentence_of(token).last))
        elif predicate.pattern in ("bear", "exempt"):
            verb = self.document.head(token) if token.pos == "ADJ" else token
            subjects = self.syntax.surface_subjects(verb)
            if subjects:
                head = subjects[0]
                first = self.document.edges(head)[0]
                group = [
                    verb.i,
                    *(c.i for c in self.document.children(verb, "aux", "auxpass", "neg", "advmod") if c.i > head.i),
                ]
                last = phrase.first
                last = min([last, *(g for g in group if g > head.i)])
                if first < last:
                    listing = self.reader.read(first, last)
                    if found.groups and listing is not None and all(i.product is None for i in listing.items):
                        return [o for i in listing.items for o in i.origins]
                    self._prepend(found, listing)
        if (
            predicate.pattern == "object"
            and token.i + 1 < phrase.first
            and (self.tokens[token.i + 1].lower in ("to", "from", "by"))
        ):
            rate = self.scanner.rate_at(token.i + 2)
            if rate is not None:
                found.rates.append((self.tokens[token.i + 1].lower, rate))
        if predicate.pattern == "object" and token.i < phrase.first and not found.groups and phrase.first - token.i > 1:
            for i in range(token.i + 1, phrase.first):
                if self.tokens[i].lemma in measure_nouns():
                    break
                if self.tokens[i].lower in ("on", "against", "upon"):
                    self._prepend(found, self.reader.read(i + 1, phrase.first))
                    break
        return []

    def complained_of(self, phrase: MeasurePhrase, sentence: Sentence) -> list[Group]:
        """Goods found to be dumped, subsidised or too many, in the same sentence or the one before."""
        for index in (sentence.index, sentence.index - 1):
            if index < 0 or sentence.paragraph - self.document.sentences[index].paragraph > 1:
                break
            where = self.document.sentences[index]
            for token in self.tokens[where.first : min(where.last, phrase.first)]:
                listing = self._injuring(token, where)
                if listing is not None and any(i.origins for i in listing.items):
                    known = [i for i in listing.items if i.product and i.origins]
                    if known:
                        return [Group(known)]
        return []

    def _injuring(self, token: Token, sentence: Sentence) -> Listing | None:
        """The goods that a word says are dumped: subject of *sold below cost*, object of *dumping*."""
        if token.lower == "dumping" and self.tokens[token.i + 1].lower in ("of", "by"):
            return self.reader.read(token.i + 2, sentence.last)
        if token.lemma in _INJURING and token.pos in ("VERB", "ADJ"):
            for head in self.syntax.surface_subjects(token):
                if head.i < token.i:
                    first = self.document.edges(head)[0]
                    # a conjunction taken for an article: "found that pipe ..."
                    return self.reader.read(first + (self.tokens[first].tag == "IN"), token.i)
            if token.lemma == "dump":
                return self.reader.read(token.i + 1, sentence.last)
        return None

    def _prepend(self, found: Found, listing: Listing | None) -> None:
        if listing is None or not listing.items:
            return
        listing.items = [
            i
            for i in listing.items
            if i.origins or i.companies or i.everyone or i.product is None or goods.known(i.product.split()) is not None
        ]
        if listing.items:
            found.groups.insert(0, Group(listing.items))
            found.flow = found.flow or listing.flow
            found.destinations.extend(listing.destinations)

    def is_total(self, phrase: MeasurePhrase, found: Found) -> bool:
        """Whether the phrase only sums up or averages what is told elsewhere, or builds on it."""
        words = {t.lower for t in self.tokens[phrase.first : phrase.noun]}
        if words & _TOTALS and "ban" not in phrase.measures:
            return True
        if self.is_base(phrase):
            return False
        before = [t.lower for t in self.tokens[max(0, phrase.first - 3) : phrase.first]]
        return before[-3:] == ["on", "top", "of"] or before[-2:] == ["addition", "to"]

    def is_base(self, phrase: MeasurePhrase) -> bool:
        """Whether it is a rate of its own that another comes on top of (the existing 10 % tariff)."""
        words = {t.lower for t in self.tokens[phrase.first : phrase.noun]}
        return phrase.rate is not None and bool(words & _BASE)

    def is_trade(self, phrase: MeasurePhrase, found: Found, borne: bool, *, beside: bool = False) -> bool:
        """Whether the noun names a measure on goods here; ``beside`` another, whose sentence is about trade."""
        if phrase.certainty == CERTAIN:
            return True
        if phrase.certainty == RECALL:
            return False
        flow = phrase.trade or bool(found.flow) or bool(found.destinations)
        origin = borne or any(i.origins or i.companies or i.everyone for g in found.groups for i in g.items)
        origin = origin or (bool(phrase.owners) and bool(found.groups))
        known = any(i.product and goods.known(i.product.split()) for g in found.groups for i in g.items) or bool(
            phrase.goods
        )
        lemma = self.tokens[phrase.noun].lemma
        match phrase.measures[0] if phrase.measures else "":
            case "ban":
                return flow or (known and (origin or beside))
            case "export_control":
                return flow
            case "quota":
                return flow or known or origin
            case "duty" | "surtax":
                if lemma in ("tax", "toll"):
                    return flow or (origin and known)
                rated = phrase.rate is not None or any(r.percent is not None and not r.points for _, r in found.rates)
                return flow or known or origin or rated
        return flow or known or origin
