"""What a sum of money is: loan, investment, trade and so on, by the words that govern it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import arguments, change_of, word_before
from broadsheet.extraction.figures.cues import DUTY, Nearness, base, currencies, field_of
from broadsheet.extraction.figures.deeds import PERIODS, RAISE, DeedReader
from broadsheet.extraction.figures.reach import MAX_TOKENS, child_of, children, holds, upwards
from broadsheet.extraction.figures.reading import Reading, why_kind
from broadsheet.extraction.found import Rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.figures.sightings import AmountMention

_FAR = 6.0
_STRENGTH = 0.5
_ATTRIBUTE = 2.0
"""What a noun that the amount stands before as an attribute (a $2 billion plant) is nearer than the tree says."""
_BEYOND = 5.0
"""What a cue is farther off that belongs to the amount before."""
_PER_TOKEN = 0.05
_LONGEST_NAME = 12
_FIRM = "firm"
_NOT_MONEY = frozenset({"growth", "share", "interest_rate", DUTY, _FIRM})
_REPORTS = frozenset({"report", "post", "record", "announce", "make", "suffer", "book"})
_TO_A_LOSS = frozenset({"drag", "swing", "slip", "fall", "plunge", "push", "sink", "return", "slump", "crash", "drive"})
_LARGE = 100_000
"""A charge of so much is one against profit, and no price."""
_DEALS = frozenset({"buy", "sell", "purchase"})
_BY_THE_PIECE = frozenset({"profit", "revenue", "aid", "fine"})
"""Kinds that an amount may be of although it is told by the piece: a dividend of 3 cents a share."""
_VESSELS = frozenset({"package", "deal", "agreement", "contract", "project", "round", "transfer", "cut", "tranche"})
_PUBLIC = frozenset({"government", "budget", "fiscal", "federal", "spending", "tax", "treasury", "parliament", "gdp"})
_ABROAD = frozenset({"trade", "export", "import", "account", "merchandise", "bilateral", "exporter", "importer"})
_LEVELS = 6
"""Tokens between two levels of one rate."""
_PURPOSE = frozenset({"xcomp", "advcl", "relcl", "acl"})
_DISASTERS = frozenset(
    {
        *(
            "cyclone",
            "disaster",
            "drought",
            "earthquake",
            "emergency",
            "famine",
            "fire",
            "flood",
            "food",
            "humanitarian",
        ),
        *("hunger", "hurricane", "quake", "refugee", "storm", "tornado", "tsunami", "typhoon", "victim", "wildfire"),
    }
)
_OF = frozenset({"of", "in"})
_ON = frozenset({"on"})
_NO_GOODS = frozenset({"aid", "debt", "loan", "other"})
"""Kinds of what is bought or paid for that is no goods."""


class MoneyReader:
    """Reads the sums of money of one document."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast
        self.deeds = DeedReader(document, cast)
        self.amounts: frozenset[int] = frozenset()
        """Places of the tokens of all amounts."""

    def read(self, sighting: AmountMention, before: AmountMention | None, cues: list[Cue]) -> Reading | None:
        """What the sum is; None where it is a specific rate of duty (35 cents a gallon).

        Args:
            sighting: The sum.
            before: The amount before it, whose cues are its own.
            cues: The cues of its sentence.
        """
        amount = sighting.amount
        costs = self._costs(sighting, before, cues)
        change = change_of(self.document, sighting)
        falls = change is not None and change.is_difference and change.is_direct and change.moves
        sign = change.sign if change is not None and falls else 1
        fell = change.span if change is not None and sign < 0 else None
        priced = amount.per is not None and amount.per not in PERIODS
        if priced and min((costs[c] for c in cues if c.kind == DUTY), default=_FAR) < 1.5:
            return None
        if before is not None and self._goes_on_from(before, sighting) and any(c.kind == DUTY for c in cues):
            return None
        known = (c for c in cues if c.kind not in _NOT_MONEY and costs[c] < _FAR and not self._is_beside(c, sighting))
        best = min(known, key=lambda c: (costs[c], c.token, c.kind), default=None)
        nearest, best = best, self._content(best, cues, sighting.head) if best is not None else None
        if (shares := self._level_of_shares(sighting)) is not None:
            return Reading("price", 1, (shares.span,), None, why_kind("level_of_shares", "price", word=shares.span))
        if best is None:
            kind, why, told = self._without_cue(sighting, cues, costs)
            if priced and amount.per_span is not None:
                kind, told = "price", why_kind("by_the_piece", "price", per=amount.per_span)
            return Reading(kind, sign, (amount.per_span or why,), None, told, fell)
        kind, corrected = self._kind(best, sighting, cues)
        if self._is_purpose(best, sighting) and (gift := self.deeds.gift(sighting)) is not None:
            # Gave a sum to rebuild a port: what it is for does not make it another kind of money.
            return Reading("aid", sign, (gift.span,), None, why_kind("gift_for", "aid", word=gift.span), fell)
        if kind in ("price", "other", "trade", "market") and (said := self.deeds.by_verb(sighting, best)) is not None:
            told = why_kind(said[2], said[0], word=said[1].span)
            return Reading(said[0], sign, (said[1].span,), None, told, fell)
        words = self.document.span(best.first, best.last)
        how = corrected or ("cue" if best is nearest else "content")
        entry = f"{best.phrase} ({'verb' if best.is_verb else 'noun'}): {best.kind}"
        told = Rule(f"financial_figures.kind.{how}", (("word", words), ("kind", kind)), "figure_cues", entry)
        if priced and not (kind in _BY_THE_PIECE and costs[best] < 2.0) and best.phrase != "compensation":
            kind = "price"
            if amount.per_span is not None:
                told = why_kind("by_the_piece", "price", per=amount.per_span)
        return Reading(kind, sign, (words,), best, told, fell)

    def _without_cue(self, sighting: AmountMention, cues: list[Cue], costs: dict[Cue, float]) -> tuple[str, Span, Rule]:
        """The kind of a sum without a cue of its own, the words that tell it, and the rule."""
        document = self.document
        head = document.tokens[sighting.head]
        said = self.deeds.by_verb(sighting, None)
        if said is not None:
            return said[0], said[1].span, why_kind(said[2], said[0], word=said[1].span)
        verb = next((t for t in (head, *upwards(document, head)) if t.pos == "VERB"), None)
        duty = min((c for c in cues if c.kind == DUTY and costs[c] < _FAR), key=lambda c: costs[c], default=None)
        if duty is not None:
            # What duties raise is revenue; what they cover is trade.
            raised = verb is not None and verb.lemma in RAISE
            kind, words = "revenue" if raised else "trade", document.span(duty.first, duty.last)
            return kind, words, why_kind("raised_by_duty" if raised else "under_duty", kind, word=words)
        change = change_of(document, sighting)
        if change is not None:
            for token in arguments(document, document.tokens[change.token]):
                if field_of(token) == "economy" and not holds(document, token, sighting.head):
                    return "price", token.span, why_kind("moved", "price", word=token.span)
        before = word_before(document, sighting)
        if before is not None and before.lower == "at":
            clause = next((t for t in upwards(document, head) if t.pos in ("VERB", "AUX")), None)
            subject = self.deeds.subject(clause) if clause is not None else None
            if subject is not None and field_of(subject) == "economy":
                return "price", subject.span, why_kind("stands_at", "price", word=subject.span)
        if before is not None and before.lower == "to" and change is not None and change.moves:
            # A firm that jumps to a sum is its shares.
            for argument in arguments(document, document.tokens[change.token]):
                mention = self.cast.at(argument.i)
                if mention is not None and self.cast.kind_of(mention.actor_id) == "organization":
                    return "price", mention.span, why_kind("firm_moved", "price", word=mention.span)
        if verb is not None and any(t.lower == "into" for t in children(document, verb, "prep")):
            return "investment", verb.span, why_kind("put_into", "investment", word=verb.span)
        return "other", sighting.amount.span, Rule("financial_figures.kind.nothing")

    def _is_beside(self, cue: Cue, sighting: AmountMention) -> bool:
        """Whether a cue tells nothing of the sum: manner, a charge against a person, an order to do something."""
        token = self.document.tokens[cue.token]
        if cue.is_verb and cue.phrase == "charge":
            return any(p.lower == "with" for p in children(self.document, token, "prep"))
        if cue.is_verb and cue.phrase == "order":
            told = children(self.document, token, "xcomp", "ccomp", "nsubjpass")
            return token.tag == "VBN" or any(t.pos == "VERB" or t.dep == "nsubjpass" for t in told)
        return self._is_manner(cue, sighting)

    def _is_manner(self, cue: Cue, sighting: AmountMention) -> bool:
        """Whether prices behind the sum only say how it was reckoned: for 3 million dollars at list prices."""
        token = self.document.tokens[cue.token]
        return (
            token.tag == "NNS"
            and cue.kind == "price"
            and cue.first > sighting.last
            and (self.document.head(token).lower in ("at", "in"))
        )

    def _level_of_shares(self, sighting: AmountMention) -> Token | None:
        """The shares that a sum is the level of, behind a verb of change or ``at``: its shares rose to, closed at."""
        before = word_before(self.document, sighting)
        if before is None or before.lower not in ("to", "at"):
            return None
        head = self.document.tokens[sighting.head]
        verb = next((t for t in upwards(self.document, head) if t.pos == "VERB"), None)
        if verb is None or before.head != verb.i:
            return None
        subject = self.deeds.subject(verb)
        return subject if subject is not None and subject.lower in ("shares", "stock") else None

    def _content(self, cue: Cue, cues: list[Cue], head: int) -> Cue:
        """What a package or a deal is of, where a cue tells it: a package of aid, a tranche of the loan."""
        document = self.document
        token = document.tokens[cue.token]
        if cue.is_verb and cue.phrase == "spend":
            # Spent a sum on aid, or to buy a firm.
            for clause in children(document, token, "xcomp", "advcl"):
                bought = next(
                    (c for c in cues if c.token == clause.i and (c.kind == "investment" or self._buys(c))), None
                )
                if bought is not None:
                    return bought
            preps, words = [*children(document, token, "prep"), *children(document, document.tokens[head], "prep")], _ON
        elif cue.is_verb and cue.phrase in _DEALS:
            # Sold a sum of bonds.
            preps, words = list(children(document, document.tokens[head], "prep")), _OF - {"in"}
        elif cue.phrase in _VESSELS:
            preps, words = list(children(document, token, "prep")), _OF
        else:
            return cue
        for prep in preps:
            inner = child_of(document, prep, "pobj") if prep.lower in words else None
            of = next((c for c in cues if inner is not None and c.token == inner.i and c.kind not in _NOT_MONEY), None)
            if of is not None and (not cue.is_verb or of.kind in _NO_GOODS or self._is_built(cue, of)):
                return of
        return cue

    def _is_built(self, spend: Cue, what: Cue) -> bool:
        """Whether what somebody other than a state spends money on is a plant."""
        subject = self.deeds.subject(self.document.tokens[spend.token])
        mention = self.cast.at(subject.i) if subject is not None else None
        state = mention is not None and self.cast.kind_of(mention.actor_id) == "country"
        return spend.phrase == "spend" and what.kind == "investment" and what.strength > 1 and not state

    def _goes_on_from(self, before: AmountMention, sighting: AmountMention) -> bool:
        """Whether a sum is the level before of a specific rate: to 20 dollars a tonne from 35."""
        one = before.amount
        if one.per is None or one.per in PERIODS or one.unit != sighting.amount.unit or sighting.amount.per is not None:
            return False
        word = word_before(self.document, sighting)
        return word is not None and word.lower in ("from", "to") and sighting.first - before.last <= _LEVELS

    def _costs(self, sighting: AmountMention, before: AmountMention | None, cues: list[Cue]) -> dict[Cue, float]:
        """How far off each cue is, its strength counted in."""
        near = Nearness(self.document, self.document.tokens[sighting.head])
        attribute = self._attribute(sighting)
        own = [
            c
            for c in cues
            if before is not None and before.last <= c.token < sighting.first and c.kind not in _NOT_MONEY
        ]
        costs: dict[Cue, float] = {}
        for cue in cues:
            cost = near.to(cue.token) - _STRENGTH * cue.strength
            if cue.is_verb and self._has_its_own(cue, sighting):
                cost += _BEYOND
            if cue.token in attribute:
                cost -= _ATTRIBUTE
            if own and before is not None and cue.token < before.first:
                cost += _BEYOND
            elif cue in own:
                # The model often hangs the second half of a sentence in the wrong place; nearness in words stays.
                cost = min(cost, _FAR - 0.1 - _STRENGTH * cue.strength + _PER_TOKEN * (sighting.first - cue.token))
            costs[cue] = cost
        return costs

    def _has_its_own(self, cue: Cue, sighting: AmountMention) -> bool:
        """Whether a verb behind the sum has another amount for its object: wrote off 3 million, and it owes 2."""
        if cue.token < sighting.last:
            return False
        objects = children(self.document, self.document.tokens[cue.token], "dobj")
        return any(t.i in self.amounts and not sighting.first <= t.i < sighting.last for t in objects)

    def _attribute(self, sighting: AmountMention) -> range:
        """The words that an amount stands before as an attribute: the joint venture of ``a $2bn (£1bn) joint venture``.

        A currency in the plural (2 billion dollars) is no attribute.
        """
        document = self.document
        amount, place = sighting.amount, sighting.last
        if document.tokens[sighting.last - 1].tag in ("NNS", "NNPS") and amount.unit_span.end == amount.span.end:
            return range(0)
        if amount.per_span is not None:
            place = document.range_of(amount.per_span)[1]
        if place < len(document.tokens) and document.tokens[place].lower == "(":
            closing = next((t.i for t in document.tokens[place : place + 12] if t.lower == ")"), place)
            place = closing + 1
        first = place
        words = document.tokens[first : first + _LONGEST_NAME]
        place += next((n for n, t in enumerate(words) if t.pos not in ("NOUN", "ADJ", "PROPN")), len(words))
        return range(first, place)

    def _buys(self, cue: Cue) -> bool:
        """Whether a verb tells that a firm is bought."""
        return cue.is_verb and cue.phrase == "buy" and self._is_of_a_firm(self.document.tokens[cue.token], None, [cue])

    def _kind(self, cue: Cue, sighting: AmountMention, cues: list[Cue]) -> tuple[str, str]:
        """The kind of a cue, corrected by what it is said with, and what corrected it, empty where nothing did."""
        if cue.kind == "market" and sighting.amount.per in PERIODS:
            return "revenue", "market_per_period"
        token = self.document.tokens[cue.token]
        if cue.phrase in ("deficit", "surplus") and cue.kind == "trade" and self._is_of_a_budget(token):
            return "budget", "balance_of_budget"
        if cue.is_verb and cue.phrase in ("buy", "sell") and self._is_of_a_currency(token, sighting):
            return "other", "currency_traded"
        if cue.phrase == "repay" and cue.first > sighting.last and self._is_denied(token):
            return "aid", "not_repaid"
        if cue.phrase == "relief package" and self._is_of_a_disaster(cue):
            return "aid", "disaster_relief"
        if cue.phrase == "charge" and not cue.is_verb and sighting.amount.amount >= _LARGE:
            return "other", "large_charge"
        if cue.phrase == "settle" and cue.is_verb and not self._is_of_a_price(token):
            return "fine", "settled"
        if cue.phrase == "set aside" and self.deeds.is_firm(self.deeds.subject(token)):
            return "other", "set_aside_by_firm"
        coin = child_of(self.document, token, "nsubj") if cue.is_verb and cue.phrase == "buy" else None
        if coin is not None and coin.lemma in currencies():
            return "price", "coin_buys"
        if cue.phrase == "loss" and self._is_reported(token):
            return "profit", "reported_loss"
        if token.lower == "sale" and cue.kind == "revenue":
            # The sale of something, not a firm's sales.
            goods = any(c.kind == "trade" for c in cues if self.document.tokens[c.token].head == token.i)
            return ("trade", "sale_of_goods") if goods else ("investment", "sale_of_asset")
        if cue.phrase == "sale" and self._is_of_a_country(token):
            return "trade", "sales_of_country"
        if cue.is_verb and cue.phrase in _DEALS and self._is_of_a_firm(token, sighting, cues):
            return "investment", "firm_dealt"
        return cue.kind, ""

    def _is_purpose(self, cue: Cue, sighting: AmountMention) -> bool:
        """Whether a cue only tells what a sum is for: to rebuild a port, for roads."""
        if cue.first < sighting.last:
            return False
        token = self.document.tokens[cue.token]
        for above in (token, *upwards(self.document, token)):
            if above.i < sighting.last:
                return False
            if above.lower in ("for", "towards", "toward") or (above.tag == "VB" and above.dep in _PURPOSE):
                return True
        return False

    def _is_denied(self, verb: Token) -> bool:
        """Whether a verb, or the one that it is due by, is negated: does not have to be repaid."""
        for token in (verb, *upwards(self.document, verb)):
            if child_of(self.document, token, "neg") is not None:
                return True
            if token.dep not in ("xcomp", "ccomp"):
                return False
        return False

    def _is_of_a_disaster(self, cue: Cue) -> bool:
        """Whether relief is for the victims of something: flood-relief package; a relief package for farmers."""
        before = self.document.tokens[max(0, cue.first - 2) : cue.first]
        return any(t.lemma in _DISASTERS for t in before)

    def _is_of_a_price(self, settle: Token) -> bool:
        """Whether what settles is a price: settled at, settled up."""
        around = children(self.document, settle, "prep", "prt", "advmod", "acomp", "advcl")
        return any(t.lower in ("at", "up", "down", "higher", "lower", "on", "below", "above") for t in around)

    def _is_of_a_budget(self, balance: Token) -> bool:
        """Whether a deficit is a government's: its sentence speaks of one or of a budget, and not of trade."""
        sentence = self.document.sentence_of(balance)
        first = max(sentence.first, balance.i - MAX_TOKENS)
        words = {base(t) for t in self.document.tokens[first : min(sentence.last, balance.i + MAX_TOKENS)]}
        if words & _ABROAD:
            return False
        if words & _PUBLIC:
            return True
        before = self.document.sentences[sentence.index - 1] if sentence.index else sentence
        told = {base(t) for t in self.document.tokens[max(before.first, before.last - MAX_TOKENS) : before.last]}
        partner = any(p.lower == "with" for p in children(self.document, balance, "prep"))
        return not partner and not told & _ABROAD

    def _is_of_a_currency(self, verb: Token, sighting: AmountMention) -> bool:
        """Whether the money itself is what a bank buys or sells: bought 2 billion dollars to prop it up."""
        head = self.document.tokens[sighting.head]
        if head.head != verb.i or head.dep != "dobj":
            return False
        after = self.document.tokens[sighting.last] if sighting.last < len(self.document.tokens) else None
        mention = self.cast.at(subject.i) if (subject := self.deeds.subject(verb)) is not None else None
        of = child_of(self.document, head, "prep")
        worth = after is not None and after.lower in ("worth", "of", "in", "'", "'s")
        return not worth and (of is None or of.lower != "of") and mention is not None and "bank" in mention.actor_id

    def _is_of_a_country(self, sales: Token) -> bool:
        """Whether a country's goods are sold, or goods to a country: not the sales of a firm."""
        document = self.document
        owners = [*children(document, sales, "poss", "amod", "nmod")]
        owners += [
            t for p in children(document, sales, "prep") if p.lower == "to" for t in children(document, p, "pobj")
        ]
        mentions = (self.cast.at(t.i) for t in owners)
        return any(m is not None and self.cast.kind_of(m.actor_id) == "country" for m in mentions)

    def _is_reported(self, loss: Token) -> bool:
        """Whether a loss is one that a company reports, not damage done to somebody."""
        verb = self.document.head(loss)
        if loss.dep == "pobj" and verb.lower in ("to", "into") and self.document.head(verb).lemma in _TO_A_LOSS:
            return True
        if verb.lemma not in _REPORTS or loss.dep != "dobj":
            return False
        subject = child_of(self.document, verb, "nsubj")
        mention = self.cast.at(subject.i) if subject is not None else None
        if verb.lemma in ("report", "post") and mention is None:
            return True
        actor = self.cast.resolve(subject) if subject is not None else None
        return actor is not None and self.cast.kind_of(actor) == "organization"

    def _is_of_a_firm(self, verb: Token, sighting: AmountMention | None, cues: list[Cue]) -> bool:
        """Whether what is bought or sold is a company, a part of one, or a plant."""
        bought = child_of(self.document, verb, "dobj", "nsubjpass")
        if bought is None:
            return False
        if sighting is not None and holds(self.document, bought, sighting.head):
            return False
        first, last = self.document.edges(bought)
        if any(
            (c.kind in ("investment", "share", _FIRM) or c.phrase == "asset") and first <= c.token < last for c in cues
        ):
            return True
        mention = self.cast.at(bought.i)
        if mention is None:
            # A proper name that is nobody's else is a firm's: buy Spain's Farmaco.
            return bought.tag == "NNP" and field_of(bought) is None
        # Nobody buys a person: such a name is a firm's or a player's.
        return self.cast.kind_of(mention.actor_id) != "country"
