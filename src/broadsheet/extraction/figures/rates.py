"""What a percentage is: growth, a share, an interest rate, another rate of the economy, or no figure at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.amounts import BASIS_POINTS
from broadsheet.extraction.figures.change import arguments, change_of, word_before
from broadsheet.extraction.figures.cues import DUTY, FAR, Nearness, base, field_of, firms
from broadsheet.extraction.figures.reach import MAX_TOKENS, around, child_of, children, holds, phrase, upwards
from broadsheet.extraction.figures.reading import Reading, why_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.change import Change
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.tables.rows import TariffRow

ECONOMY = "economy"
OTHER = "other"

_NEAR_DUTY = 3.2
_NEAR_INTEREST = 2.5
_NEAR_SHARE = 1.6
_NEAR_SHARE_VERB = 2.6
_NEAR_GROWTH = 6.0
_IMPOSE = frozenset({"impose", "levy", "slap", "charge", "tax", "tariff", "apply", "hit"})
_LEVELS = {"unemployment": "other", "joblessness": "other", "jobless": "other", "margin": "profit", "turnout": "other"}
_MARKET_MOVES = frozenset({"add", "gain", "lose", "shed"})
_KEEP = frozenset({"bring", "keep", "hold", "leave", "take", "push", "get", "put", "set", "maintain", "cut", "raise"})
_OWN = frozenset({"own", "hold", "control", "have", "buy", "acquire", "sell", "take", "keep", "retain"})
_PARTED = frozenset({"trade", "revenue", "market", "debt", "budget"})
"""Kinds of money of which a part may be somebody's."""
_GROWTH = frozenset({"growth", "inflation", "gdp", "economy", "expansion"})


class RateReader:
    """Reads the percentages of one document."""

    def __init__(self, document: Document, cast: EntityIndex, tariffs: Iterable[TariffRow]) -> None:
        self.document = document
        self.cast = cast
        self.rated = [(row.char_start, row.char_end, _rates(row)) for row in tariffs]

    def read(self, sighting: AmountMention, cues: list[Cue]) -> Reading | None:
        """What the percentage is; None where it is a rate of duty or not of money matters."""
        document = self.document
        near = Nearness(document, document.tokens[sighting.head])
        costs = {cue: near.to(cue.token) - 0.3 * cue.strength for cue in cues}
        change = change_of(document, sighting)
        if change is not None and self._is_grown(sighting, change):
            change = None
        changing = arguments(document, document.tokens[change.token]) if change is not None else []
        changing = [t for t in changing if not holds(self.document, t, sighting.head)]
        field = next((f for t in changing if (f := self._field(t)) is not None), None)
        sign = change.sign if change is not None and change.is_difference else 1
        fell = change.span if change is not None and sign < 0 else None
        if field == DUTY or (field != ECONOMY and self._is_duty(sighting, cues, near)):
            return None
        interest = self._interest(sighting, cues, costs, changing)
        if interest is not None:
            words, why = interest
            told = why_kind(f"interest_{why}", "interest_rate", word=words[0])
            return Reading("interest_rate", sign, words, None, told, fell)
        if change is not None and self._lost_of_its_own(sighting, change):
            told = why_kind("own_value_changed", "growth", word=change.span)
            return Reading("growth", sign, (change.span,), None, told, fell)
        if change is None or self._may_be_share(sighting, change, changing, field):
            part = self._share(sighting, cues, costs)
            if part is not None:
                told = why_kind(f"share_{part[2]}", "share", word=part[1][-1])
                return Reading("share", 1, part[1], None, told) if part[0] != OTHER else None
        field = field or self._topic(sighting, near) or self._of_what_is_traded(change, changing)
        if field != ECONOMY:
            return None
        if change is not None:
            level = self._level_kind(change, changing)
            if level:
                return Reading(level, 1, (change.span,), None, why_kind("level", level, word=change.span))
            told = why_kind("changed", "growth", word=change.span)
            return Reading("growth", sign, (change.span,), None, told, fell)
        word = self._growth_noun(near)
        if word is not None:
            return Reading("growth", 1, (word.span,), None, why_kind("growth_noun", "growth", word=word.span))
        # Where an article tells duties, a percentage that nothing else explains is one of them.
        told = why_kind("of_the_economy", "other")
        return None if self.rated else Reading("other", 1, (sighting.amount.span,), None, told)

    # ---------------------------------------------------------------- rates of duty

    def _is_duty(self, sighting: AmountMention, cues: list[Cue], near: Nearness) -> bool:
        """Whether a duty governs the percentage, or a measure of the article has it as its rate."""
        nearest = min((near.to(c.token) for c in cues if c.kind == DUTY), default=FAR)
        rivals = min((near.to(c.token) for c in cues if c.kind in ("trade", "share", "interest_rate")), default=FAR)
        if nearest < _NEAR_DUTY and nearest <= rivals + 0.8:
            return True
        head = self.document.tokens[sighting.head]
        verb = next((t for t in (head, *upwards(self.document, head)) if t.pos == "VERB"), None)
        if verb is not None and verb.lemma in _IMPOSE:
            subjects = children(self.document, verb, "nsubj", "nsubjpass")
            if all(self._field(t) != ECONOMY for t in subjects):
                return True
        span, amount = sighting.amount.span, sighting.amount
        return any(
            start <= span.start and span.end <= end and (amount.amount in rates or amount.amount_high in rates)
            for start, end, rates in self.rated
        )

    # ---------------------------------------------------------------- interest

    def _interest(
        self, sighting: AmountMention, cues: list[Cue], costs: dict[Cue, float], changing: list[Token]
    ) -> tuple[tuple[Span, ...], str] | None:
        """The words that make the percentage an interest rate, and how they do so; None where none do."""
        document = self.document
        found = min((c for c in cues if c.kind == "interest_rate"), key=lambda c: costs[c], default=None)
        if found is not None:
            words = (document.span(found.first, found.last),)
            if sighting.amount.unit == BASIS_POINTS:
                return words, "cue"
            for token in changing:
                first, last = document.edges(token)
                if first <= found.token < last:
                    return words, "cue"
            if costs[found] < _NEAR_INTEREST and not changing:
                return words, "cue"
        if self._is_lent_at(sighting, cues, costs):
            return (sighting.amount.span,), "lent_at"
        for token in changing:
            # "The bank raised rates": of interest, unless a noun says otherwise (growth rate, jobless rate).
            said = [t for t in phrase(document, token) if field_of(t) is not None and t is not token]
            if base(token) == "rate" and not said:
                return (token.span,), "rate_changed"
        if not self.rated and (rate := self._kept_at(sighting)) is not None:
            return (rate.span,), "kept_at"
        return ((sighting.amount.unit_span,), "basis_points") if sighting.amount.unit == BASIS_POINTS else None

    def _level_kind(self, change: Change, changing: list[Token]) -> str | None:
        """The kind of a level that something moved to and that is no growth: a jobless rate, a margin."""
        if change.is_difference:
            return None
        words = {base(t) for token in changing for t in phrase(self.document, token)}
        if words & _GROWTH:
            return None
        return next((kind for noun, kind in _LEVELS.items() if noun in words), None)

    def _of_what_is_traded(self, change: Change | None, changing: list[Token]) -> str | None:
        """A firm, an index or a fund that falls a percentage falls on a market."""
        if change is None or not change.is_difference:
            return None
        if not change.moves and base(self.document.tokens[change.token]) not in _MARKET_MOVES:
            return None
        named = any(t.pos == "PROPN" and t.dep in ("nsubj", "nsubjpass") for t in changing)
        people = any((m := self.cast.at(t.i)) is not None and self.cast.is_person(m.actor_id) for t in changing)
        return ECONOMY if named and not people else None

    def _kept_at(self, sighting: AmountMention) -> Token | None:
        """``the rate`` or ``rates`` that somebody brings or keeps somewhere, with no word of what they are of."""
        document = self.document
        head = document.tokens[sighting.head]
        verb = next((t for t in upwards(document, head) if t.pos == "VERB"), None)
        if verb is None or base(verb) not in _KEEP:
            return None
        for token in children(document, verb, "dobj", "nsubjpass"):
            if base(token) == "rate" and not any(field_of(t) for t in phrase(document, token) if t is not token):
                return token
        return None

    def _is_grown(self, sighting: AmountMention, change: Change) -> bool:
        """Whether a part of something is grown as a crop: grows a third of the world's cocoa."""
        head = self.document.tokens[sighting.head]
        crop = base(self.document.tokens[change.token]) == "grow" and head.dep == "dobj" and head.head == change.token
        return crop and self._of(sighting) is not None

    def _lost_of_its_own(self, sighting: AmountMention, change: Change) -> bool:
        """Whether something lost or gained a part of its own worth: the coin lost a tenth of its value."""
        of = self._of(sighting)
        whole = child_of(self.document, of, "pobj") if of is not None else None
        if whole is None or not change.is_difference or base(whole) not in ("value", "worth", "capitalization"):
            return False
        owner = child_of(self.document, whole, "poss")
        return owner is not None and owner.tag == "PRP$"

    def _is_lent_at(self, sighting: AmountMention, cues: list[Cue], costs: dict[Cue, float]) -> bool:
        """Whether money is lent or owed at the percentage."""
        before = word_before(self.document, sighting)
        if before is None or before.lower != "at":
            return False
        return any(c.kind in ("loan", "debt") and costs[c] < _NEAR_INTEREST for c in cues)

    # ---------------------------------------------------------------- shares

    def _share(
        self, sighting: AmountMention, cues: list[Cue], costs: dict[Cue, float]
    ) -> tuple[str, tuple[Span, ...], str] | None:
        """Whether the percentage is a part of something: the field of that, the words that say so, and how they do."""
        document = self.document
        for cue in cues:
            close = costs[cue] < (_NEAR_SHARE_VERB if cue.is_verb else _NEAR_SHARE)
            if cue.kind == "share" and not cue.is_verb and close and not self._is_stock(cue):
                return ECONOMY, (document.span(cue.first, cue.last),), "cue"
        verb = next((c for c in cues if c.kind == "share" and c.is_verb and costs[c] < _NEAR_SHARE_VERB), None)
        of = self._of(sighting)
        whole = child_of(document, of, "pobj") if of is not None else None
        if verb is not None and verb.phrase in ("own", "hold", "control"):
            held = document.tokens[sighting.head]
            if held.head == verb.token and held.dep in ("npadvmod", "nmod", "nummod"):
                return ECONOMY, (document.tokens[verb.token].span,), "owned"  # 60 percent owned by
        if (which := self._of_which(sighting, cues)) is not None:
            return ECONOMY, (which.span,), "of_which"
        acl = child_of(document, document.tokens[sighting.head], "acl")
        if acl is not None and acl.lower == "owned" and child_of(document, acl, "agent") is not None:
            return ECONOMY, (acl.span,), "owned"  # A firm, 31 percent owned by.
        if of is None or whole is None:
            told = verb is not None and self._of_money(verb)
            return (ECONOMY, (document.tokens[verb.token].span,), "verb") if verb is not None and told else None
        for token in (whole, *phrase(document, whole)):
            field = field_of(token)
            if field is not None:
                return field, (of.span, token.span), "of"
        mention = self.cast.at(whole.i)
        if mention is not None and self.cast.kind_of(mention.actor_id) == "organization":
            return ECONOMY, (of.span, mention.span), "of_firm"
        owned = self._owner(sighting)
        if owned is not None and self._may_be_owned(whole):
            return ECONOMY, (owned.span, whole.span), "of_owned"
        traded = next((c for c in cues if c.kind in ("trade", "revenue") and c.is_verb and costs[c] < 1.5), None)
        if traded is not None:
            return ECONOMY, (of.span, document.tokens[traded.token].span), "traded"
        return OTHER, (of.span,), "of"

    def _of_which(self, sighting: AmountMention, cues: list[Cue]) -> Token | None:
        """``which``, where the percentage is one of trade or money told before: imports, of which Oman sold a third."""
        document = self.document
        if not any(c.kind in _PARTED and c.last <= sighting.first for c in cues):
            return None
        for verb in upwards(document, document.tokens[sighting.head]):
            if verb.pos not in ("VERB", "AUX"):
                continue
            for of in children(document, verb, "prep"):
                which = child_of(document, of, "pobj") if of.lower == "of" else None
                if which is not None and which.lower == "which" and of.i < verb.i:
                    return which
            return None
        return None

    def _owner(self, sighting: AmountMention) -> Token | None:
        """The verb of owning or dealing whose object the percentage is."""
        head = self.document.tokens[sighting.head]
        verb = self.document.head(head)
        return verb if head.dep == "dobj" and base(verb) in _OWN else None

    def _may_be_owned(self, whole: Token) -> bool:
        """Whether a firm is named, by a name that is no state's or place's, or by a noun."""
        mention = self.cast.at(whole.i)
        if mention is not None:
            return self.cast.kind_of(mention.actor_id) != "country"
        return (whole.pos == "PROPN" and whole.ent != "GPE") or base(whole) in firms()

    def _may_be_share(self, sighting: AmountMention, change: Change, changing: list[Token], field: str | None) -> bool:
        """Whether a percentage under a word of change may all the same be a part: its market share fell to, from 5
        percent of the market.
        """
        if change.is_difference:
            return not (change.is_direct and (field is not None or change.moves))
        named = any(base(t) in ("share", "stake", "proportion", "portion") and t.lower != "shares" for t in changing)
        return named or self._of(sighting) is not None or not change.is_direct

    def _of(self, sighting: AmountMention) -> Token | None:
        """The ``of`` right behind the amount or hanging on it."""
        document = self.document
        after = document.tokens[sighting.last] if sighting.last < len(document.tokens) else None
        if after is not None and after.lower == "of":
            return after
        of = child_of(document, document.tokens[sighting.head], "prep")
        return of if of is not None and of.lower == "of" else None

    def _of_money(self, verb: Cue) -> bool:
        """Whether the subject or object of a share's verb is of the economy (imports make up half the market)."""
        token = self.document.tokens[verb.token]
        return any(self._field(t) == ECONOMY for t in arguments(self.document, token))

    def _is_stock(self, cue: Cue) -> bool:
        """Whether ``shares`` are those of a stock market, as the subject of a move."""
        token = self.document.tokens[cue.token]
        return token.lower == "shares" and token.dep in ("nsubj", "nsubjpass")

    # ---------------------------------------------------------------- what it is of

    def _field(self, token: Token) -> str | None:
        """Field of what a phrase names: of its head, else of the first topic in it."""
        field = self._own_field(token) if token.dep != "prep" else None
        return field or next((f for t in phrase(self.document, token) if (f := field_of(t)) is not None), None)

    def _own_field(self, token: Token) -> str | None:
        """Field of a noun by itself; a margin of error is no margin of a firm."""
        if base(token) == "margin" and any(base(t) == "error" for t in phrase(self.document, token)):
            return OTHER
        return field_of(token)

    def _topic(self, sighting: AmountMention, near: Nearness) -> str | None:
        """Field of the nearest topic in the sentence, else of the last one in the sentence before it."""
        document = self.document
        sentence = document.sentences[sighting.sentence]
        found = [
            (near.to(t.i), t.i, field)
            for t in around(document, near.head)
            if (field := self._own_field(t)) is not None and not sighting.first <= t.i < sighting.last
        ]
        if found:
            return min(found)[2]
        before = document.sentences[sighting.sentence - 1] if sighting.sentence else None
        if before is None or before.paragraph != sentence.paragraph:
            return None
        fields = (
            field_of(t) for t in reversed(document.tokens[max(before.first, before.last - MAX_TOKENS) : before.last])
        )
        return next((field for field in fields if field is not None), None)

    def _growth_noun(self, near: Nearness) -> Token | None:
        """``growth`` or ``inflation`` beside a percentage that tells its level."""
        document = self.document
        found = [(near.to(t.i), t.i) for t in around(document, near.head) if base(t) in _GROWTH]
        if not found or min(found)[0] > _NEAR_GROWTH:
            return None
        return document.tokens[min(found)[1]]


def _rates(row: TariffRow) -> frozenset[object]:
    return frozenset(
        rate for rate in (row.rate_percent, row.rate_before_percent, row.rate_high_percent) if rate is not None
    )
