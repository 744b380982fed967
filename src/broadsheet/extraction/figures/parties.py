"""Who pays and who is paid, by the verb and noun that govern an amount and the frames of the reference table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.cues import DUTY, base
from broadsheet.extraction.figures.naming import Namer, Party, in_role
from broadsheet.extraction.figures.reach import child_of, children, holds, upwards
from broadsheet.extraction.figures.sides import SideReader
from broadsheet.extraction.figures.slots import DATIVE_REACH, MAX_NAME, WAYS, Slots
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.figures.reading import Reading
    from broadsheet.extraction.figures.sightings import AmountMention

_BALANCES = frozenset(
    {
        *(
            "balance of trade",
            "bilateral trade",
            "countermeasure",
            "current account deficit",
            "current account surplus",
        ),
        *("deficit", "embargo", "foreign trade", "goods", "imbalance", "sanction", "surplus", "trade", "trade balance"),
        *("trade deficit", "trade gap", "trade imbalance", "trade surplus", "trade turnover", "trade volume"),
        "two-way trade",
    }
)
"""Cues of trade that goes both ways or of its balance, which have no payer."""
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis"})
_GIVER = "giver"
_EITHER = "either"
_LENDERS = frozenset(
    {
        "bank",
        "banks",
        "club",
        "banco",
        "banque",
        "fund",
        "monetary",
        "credit",
        "finance",
        "eximbank",
        "bundesbank",
        "lender",
        "imf",
        "trust",
        "capital",
        "microfinance",
        "development",
        "banca",
        "banka",
        "bancorp",
        "kredit",
        "krediet",
        "sparkasse",
        "caisse",
    }
)
_ANY = "any"
"""In ``figure_frames.csv``: the frame holds for money of every kind in ``_HANDED``."""
_HANDED = frozenset({"aid", "budget", "fine", "investment", "loan", "other"})
_HANDED_STEPS = 7
_OBJECTS = frozenset(
    {
        "amod",
        "appos",
        "attr",
        "compound",
        "dative",
        "dobj",
        "nmod",
        "npadvmod",
        "nsubjpass",
        "nummod",
        "oprd",
        "quantmod",
    }
)
_OF_OBJECT = frozenset({"of", "in", "with", "worth", "to"})
_FOR = frozenset({"for"})
_MEASURES = frozenset({"sanction", "embargo", "countermeasure", "retaliatory measure"})
_GAP = 6
"""Tokens between a sum and the actor of the next one."""
_ANCHORS = 10
"""Steps up from an amount within which a word may tell its parties."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Payer and payee, where the sentence names them."""

    payer: Party | None = None
    payee: Party | None = None

    def told_by(self, why: str) -> Parties:
        """The same two, as the parties of an amount that goes by the one that they are of."""
        payer, payee = (
            p and replace(p, told=rule(f"financial_figures.party.{why}", because=p.told, role=role))
            for role, p in (("payer", self.payer), ("payee", self.payee))
        )
        return Parties(payer, payee)


NOBODY = Parties()


@cache
def _frames() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Cue and kind to slot and role."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for row in table("figure_frames"):
        out.setdefault((row["cue"], row["kind"]), {})[row["slot"]] = row["role"]
    return MappingProxyType({key: MappingProxyType(slots) for key, slots in out.items()})


def _framed(anchor: Token, slot: str, role: str, entry: tuple[str, str]) -> Rule:
    """The rule of a party that stands in a slot of a word's frame."""
    words = (("word", anchor.span), ("slot", slot), ("role", role))
    return Rule("financial_figures.party.frame", words, "figure_frames", f"{entry[0]}, {entry[1]}: {slot}")


def hands_over(word: str) -> bool:
    """Whether a verb tells of money that changes hands, of whatever kind."""
    return (word, _ANY) in _frames()


def measure_over(document: Document, token: Token, cues: list[Cue]) -> Token | None:
    """The measure that goods or a sum are under: tariffs on 5 billion dollars of imports, the imposition of them on."""
    measures = {c.token for c in cues if c.kind == DUTY or c.phrase in _MEASURES}
    if not measures:
        return None
    for head in upwards(document, token):
        if head.i in measures:
            return head
        if token.dep == "prep" and token.lower in ("on", "against", "over", "for"):
            for child in children(document, head, "dobj", "nsubjpass", "prep"):
                child = (child_of(document, child, "pobj") or child) if child.lower == "of" else child
                if child.i in measures:
                    return child
        if head.pos == "VERB" and head.dep in _CLAUSES:
            return None
        token = head
    return None


class PartyReader:
    """Reads the parties of the figures of one document."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast
        self.namer = Namer(document, cast)
        self.sides = SideReader(document, cast, self.namer)
        self.kind = "other"

    def _actor(self, token: Token) -> Party | None:
        return self.namer.party(token, self.kind)

    def read(self, sighting: AmountMention, reading: Reading, cues: list[Cue]) -> Parties:
        """Payer and payee of a figure."""
        kind = self.kind = reading.kind
        if kind == "trade":
            if reading.cue is None or (reading.cue.phrase in _BALANCES and not self._sold(sighting, reading.cue)):
                return NOBODY
            anchors = (sighting.head, reading.cue.token)
            if any(measure_over(self.document, self.document.tokens[i], cues) for i in anchors):
                return NOBODY
        slots_of = Slots(self.document, self.cast, self.namer, kind)
        found: dict[str, Party] = {}
        either: list[Party] = []
        cue = reading.cue.phrase if reading.cue is not None else ""
        for anchor, phrase in self._anchors(sighting, reading):
            if kind == "trade" and cue in WAYS and phrase in WAYS and phrase != cue:
                # Exports one sum and imports another: the nearest cue tells the way the goods go.
                continue
            frame = self._slots(anchor, phrase, sighting, kind)
            if frame is None:
                continue
            slots, entry = frame
            for slot, party in slots_of.fillers(anchor, sighting):
                role = slots.get(slot)
                if slot == "joint":
                    # Of two who sign a loan either may lend; of two who do anything else the first is the party.
                    role = _EITHER if slots.get("subject") == _EITHER else None
                if role is None:
                    continue
                if role == _GIVER:
                    role = "payee" if self._has_prep(anchor, "from", "by") else "payer"
                if role == _EITHER:
                    either.append(party)
                    continue
                if role not in found and self._frees(party, found):
                    found[role] = in_role(party, _framed(anchor, slot, role, entry))
        self._settle(either, found, kind)
        acting = {role: self.namer.acting_for(party, kind) for role, party in found.items()}
        if len({party.actor_id for party in acting.values()}) < len(acting):
            # Nobody pays himself: who seems to act for the other side acts for somebody else.
            acting = {role: party for role, party in acting.items() if party == found[role]}
        found = acting
        if len(found) == 1:
            found |= self.sides.missing(sighting, reading, found, kind)
        return Parties(found.get("payer"), found.get("payee"))

    def _slots(
        self, anchor: Token, phrase: str, sighting: AmountMention, kind: str
    ) -> tuple[Mapping[str, str], tuple[str, str]] | None:
        """The frame of a word for a kind, and its key; for one that hands over money of whatever kind, that of any."""
        frames, last = _frames(), phrase.split(" ")[-1]
        for key in ((phrase, kind), (last, kind)):
            if key in frames:
                return frames[key], key
        if kind not in _HANDED:
            return None
        for key in ((phrase, _ANY), (last, _ANY)):
            if key in frames:
                return (frames[key], key) if self._hands_over(anchor, sighting) else None
        return None

    def _hands_over(self, anchor: Token, sighting: AmountMention) -> bool:
        """Whether the sum is what a word hands over: its object, or what its object is of or worth."""
        token = self.document.tokens[sighting.head]
        for above in islice(upwards(self.document, token), _HANDED_STEPS):
            if token.i == anchor.i:
                return True
            asked = {token.lower, above.lower} & _FOR and anchor.i in (above.i, above.head)
            measured = token.dep in ("prep", "pobj") and (_OF_OBJECT & {token.lower, above.lower} or asked)
            if token.dep not in _OBJECTS and not measured:
                return False
            token = above
        return token.i == anchor.i

    def _frees(self, party: Party, found: dict[str, Party]) -> bool:
        """Whether an actor may have a role: who has the other one by a description alone (lends the grocer), and is
        named in this, loses that.
        """
        held = next((role for role, other in found.items() if other.actor_id == party.actor_id), None)
        if held is None:
            return True
        if self._is_named(party) and not self._is_named(found[held]):
            del found[held]
            return True
        return False

    def _is_named(self, party: Party) -> bool:
        return any(m.form in ("name", "alias", "metonym", "adjective") for m in self.cast.in_span(party.span))

    def gapped(self, sighting: AmountMention, before: AmountMention, parties: Parties) -> Parties | None:
        """The parties of a sum whose clause leaves its verb out, from those of the sum before it: Oman gave 3 million
        dollars and Malta 2 million; owes Oman 3 million and Malta 2 million. None where nothing is left out.
        """
        named = self._named_before(sighting)
        start = before.amount.span.end
        if named is None or before.sentence != sighting.sentence or named.span.start < start:
            return None
        place = self.document.range_of(named.span)[0]
        between = [t for t in self.document.tokens[before.last : place] if t.lower != "the"]
        joined = bool(between) and between[-1].lower in ("and", ",", ";") and len(between) <= _GAP
        if not joined or any(t.pos in ("VERB", "AUX") for t in between):
            return None
        first = self._named_before(before)
        given = first is not None and parties.payee is not None and first.actor_id == parties.payee.actor_id
        role, other = ("payee", parties.payer) if given else ("payer", parties.payee)
        if (parties.payee if given else parties.payer) is None or (
            other is not None and other.actor_id == named.actor_id
        ):
            return None
        named = in_role(named, rule("financial_figures.party.gapped", words=named.span, role=role))
        if other is not None:
            kept = "payer" if role == "payee" else "payee"
            told = rule("financial_figures.party.kept", because=other.told, words=other.span, role=kept)
            other = in_role(other, told)
        return Parties(other, named) if role == "payee" else Parties(named, other)

    def traded_on(self, sighting: AmountMention, parties: Parties, last: Parties) -> Parties:
        """The parties of trade of which a sentence tells one side alone, with the other side from the trade told just
        before it: Ghana sold Belgium 3 million dollars' worth, and Belgian sales the other way were 2 million; imports
        from Oman rose to 3 million, and those from Malta to 2 million.
        """
        known = parties.payer or parties.payee
        if known is None or (parties.payer and parties.payee) or last.payer is None or last.payee is None:
            return parties
        sentence = self.document.sentences[sighting.sentence]
        near = self.cast.within(max(sentence.first, sighting.first - 40), min(sentence.last, sighting.last + 40))
        rivals = {m.actor_id for m in near if self.cast.kind_of(m.actor_id) == "country"} - {known.actor_id}
        if rivals - {last.payer.actor_id, last.payee.actor_id}:
            return parties
        if known.actor_id == last.payer.actor_id:
            other = last.payee
        elif known.actor_id == last.payee.actor_id:
            other = last.payer
        else:
            other = last.payee if parties.payer else last.payer
        role = "payee" if parties.payer else "payer"
        told = rule("financial_figures.party.traded_on", because=other.told, words=other.span, role=role)
        other = in_role(other, told)
        return Parties(known, other) if parties.payer else Parties(other, known)

    def _named_before(self, sighting: AmountMention) -> Party | None:
        """The actor named right before an amount, words of approximation aside."""
        near = sighting.amount.approximation_span
        start = sighting.amount.span.start if near is None else min(near.start, sighting.amount.span.start)
        for mention in self.cast.within(max(0, sighting.first - DATIVE_REACH - MAX_NAME), sighting.first)[:-2:-1]:
            if not self.document.text[mention.span.end : start].strip():
                return Party(mention.actor_id, mention.span)
        return None

    def _sold(self, sighting: AmountMention, cue: Cue) -> bool:
        """``sold Peru goods worth``: goods that a verb of buying or selling moves one way."""
        if cue.phrase != "goods":
            return False
        head = self.document.tokens[sighting.head]
        return any(t.pos == "VERB" and base(t) in WAYS for t in islice(upwards(self.document, head), _ANCHORS))

    def _settle(self, either: list[Party], found: dict[str, Party], kind: str) -> None:
        """Gives those who sign a loan their roles: of two, the one named like a lender lends; one alone borrows.

        A lender pays a loan out and is paid a debt.
        """
        lent, borrowed = ("payee", "payer") if kind == "debt" else ("payer", "payee")
        taken = {p.actor_id for p in found.values()}
        either = [p for p in either if p.actor_id not in taken]
        names = {
            p.actor_id: {*self.cast.actor(p.actor_id).name.lower().split(), *p.actor_id.split("-")} for p in either
        }
        lenders = [p for p in either if _LENDERS & names[p.actor_id]]
        borrowers = [p for p in either if p not in lenders]
        if len(lenders) == 1:
            found.setdefault(lent, lenders[0])
        if borrowers and (lenders or len(borrowers) == 1):
            found.setdefault(borrowed, borrowers[0])
        if len(either) == 1 and borrowed in found and found[borrowed] is not either[0]:
            # The Club rescheduled a part of Peru's debt.
            found.setdefault(lent, either[0])
        for role, party in found.items():
            if any(party is one for one in either):
                signed = "lender" if party in lenders else "borrower" if role == borrowed else "other_signatory"
                found[role] = in_role(party, rule(f"financial_figures.party.{signed}", words=party.span, role=role))

    def _anchors(self, sighting: AmountMention, reading: Reading) -> Iterator[tuple[Token, str]]:
        """The words whose frames may tell the parties, nearest first, each with its phrase in the table."""
        document, cue = self.document, reading.cue
        seen: set[int] = set()
        head = document.tokens[sighting.head]
        for token in (head, *islice(upwards(document, head), _ANCHORS)):
            seen.add(token.i)
            if cue is not None and not cue.is_verb and token.pos == "VERB" and holds(document, token, cue.token):
                # Raised a sum in a round led by: what the sum is tells more than the verb.
                if cue.token not in seen:
                    yield document.tokens[cue.token], cue.phrase
                seen.add(cue.token)
            yield token, cue.phrase if cue is not None and cue.token == token.i else base(token)
            if token.pos in ("VERB", "AUX"):
                # Bought a stake in, resumed lending to, accepted an offer from: the object has parties of its own.
                for child in children(document, token, "dobj"):
                    if child.i not in seen and not self._holds(child, sighting):
                        seen.add(child.i)
                        yield child, cue.phrase if cue is not None and cue.token == child.i else base(child)
            if token.pos in ("VERB", "AUX") and token.dep in _CLAUSES - {"advcl", "acl"}:
                break
            if token.dep == "conj" and token.pos == "VERB" and child_of(document, token, "nsubj") is not None:
                break
        if cue is not None and cue.token not in seen:
            yield document.tokens[cue.token], cue.phrase

    def _has_prep(self, anchor: Token, *words: str) -> bool:
        return any(
            child.lower in words and any(self._actor(p) for p in children(self.document, child, "pobj"))
            for child in children(self.document, anchor, "prep", "agent")
        )

    def _holds(self, token: Token, sighting: AmountMention) -> bool:
        """Whether the amount stands in the phrase of a token."""
        return holds(self.document, token, sighting.head)
