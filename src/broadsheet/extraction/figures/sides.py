"""The other side of a payment of which the governing words tell one side alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.naming import Namer, Party
from broadsheet.extraction.figures.reach import MAX_TOKENS, around, children, holds, path_to, upwards
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.reading import Reading
    from broadsheet.extraction.figures.sightings import AmountMention

_GOODS = frozenset({"export", "import", "shipment", "sale"})
_OFTEN = 2
"""Mentions that make a country one that an article is about."""


class SideReader:
    """Fills in the payer or payee for the figures of one document."""

    def __init__(self, document: Document, cast: EntityIndex, namer: Namer) -> None:
        self.document = document
        self.cast = cast
        self.namer = namer
        self._counts: Counter[str] | None = None

    def missing(
        self, sighting: AmountMention, reading: Reading, found: Mapping[str, Party], kind: str
    ) -> dict[str, Party]:
        """The party that is missing, where the sentence names one other country alone; of trade, also where an article
        is on two. Aid and loans so have a receiver, where no phrase of theirs tells one.

        Args:
            sighting: The amount.
            reading: What it is.
            found: The one role that is known, and its party.
            kind: Kind of the figure.
        """
        (role,) = found
        known = found[role].actor_id
        other = "payee" if role == "payer" else "payer"
        document, cast = self.document, self.cast
        nearby = around(document, document.tokens[sighting.head])
        others: dict[str, Party] = {}
        acting = {c.i for t in nearby if t.pos == "VERB" for c in children(document, t, "nsubj", "nsubjpass")}
        actors: set[str] = set()
        for mention in cast.within(nearby[0].i, nearby[-1].i + 1):
            if cast.kind_of(mention.actor_id) != "country" or mention.actor_id == known:
                continue
            after = document.tokens[mention.last] if mention.last < len(document.tokens) else None
            if after is not None and after.pos in ("NUM", "SYM"):
                # Whose own sum follows: Oman gave 3 million dollars and Malta 2 million.
                continue
            told = rule("financial_figures.party.only_other_country", words=mention.span, role=other)
            others.setdefault(mention.actor_id, Party(mention.actor_id, mention.span, told=told))
            if any(i in acting for i in range(mention.first, mention.last)):
                actors.add(mention.actor_id)
        if kind == "trade" and (cast.kind_of(known) == "country" or self.namer.is_union(known)):
            if len(others) == 1:
                return {other: next(iter(others.values()))}
            return self._home(reading, known, other) if not others else {}
        receives = kind in ("aid", "loan") and role == "payer" and len(others) == 1 and not cast.is_person(known)
        if not receives or actors or self._tells_receiver(sighting, reading):
            return {}
        return {other: next(iter(others.values()))}

    def _tells_receiver(self, sighting: AmountMention, reading: Reading) -> bool:
        """Whether a phrase tells for whom or from whom the money is, though it names no actor."""
        document = self.document
        head = document.tokens[sighting.head]
        told: list[Token] = [head]
        if reading.cue is not None:
            cue = document.tokens[reading.cue.token]
            told = [*path_to(document, head, cue), cue]
        verb = next((t for t in upwards(document, head) if t.pos == "VERB"), None)
        if verb is not None:
            told.append(verb)
            for child in children(document, verb, "dative", "dobj"):
                if child.pos != "ADP" and child.i < sighting.first and not holds(document, child, sighting.head):
                    return True
        phrases = (p for token in told for p in children(document, token, "prep", "dative"))
        return any(p.lower in ("to", "for", "from") for p in phrases)

    def _home(self, reading: Reading, known: str, other: str) -> dict[str, Party]:
        """The country whose exports to, or imports from, another one a sentence tells without naming it: the one that
        the article names most beside that, and more than once.
        """
        if reading.cue is None or reading.cue.phrase not in _GOODS:
            return {}
        document, cast = self.document, self.cast
        token = document.tokens[reading.cue.token]
        ways = (p for p in children(document, token, "prep") if p.lower in ("to", "from"))
        places = (self.namer.party(t, "trade") for p in ways for t in children(document, p, "pobj"))
        if all(p is None or p.actor_id != known for p in places):
            return {}
        if self._counts is None:
            self._counts = Counter(m.actor_id for m in cast.mentions if cast.kind_of(m.actor_id) == "country")
        rivals = sorted(((-n, a) for a, n in self._counts.items() if a != known))[:2]
        if not rivals or -rivals[0][0] < _OFTEN or (len(rivals) > 1 and rivals[1][0] == rivals[0][0]):
            return {}
        home = rivals[0][1]
        near = cast.within(max(0, token.i - 10 * MAX_TOKENS), token.i)
        mention = next((m for m in reversed(near) if m.actor_id == home), None)
        if mention is None:
            return {}
        told = rule("financial_figures.party.home", words=mention.span, role=other)
        return {other: Party(home, mention.span, told=told)}
