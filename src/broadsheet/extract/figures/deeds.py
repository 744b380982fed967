"""What a verb and what it is said with tell of a sum: a loss it costs, a fine that a court orders, a tax's revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extract.figures.cues import base, firms
from broadsheet.extract.figures.reach import child_of, children, holds, upwards

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.cast import Cast
    from broadsheet.extract.figures.cues import Cue
    from broadsheet.extract.figures.sightings import Sighting

PERIODS = frozenset({"day", "week", "month", "quarter", "year", "season"})
"""Units of ``per`` that make a flow of a sum, not a price."""
RAISE = frozenset({"raise", "collect", "bring", "generate", "yield", "net", "earn", "pay", "owe"})
_LEVIES = frozenset({"tax", "levy", "duty", "surcharge", "toll", "tariff", "lottery", "auction", "privatisation"})
_PAY = frozenset({"pay", "forfeit", "surrender", "hand", "reimburse", "compensate", "repay"})
_PASS = frozenset({"pass", "approve", "sign", "back", "clear", "veto", "reject", "propose", "unveil", "vote"})
_SETTLE = frozenset({"settle", "resolve", "end", "drop"})
_ORDER = frozenset({"order", "force", "sentence", "condemn", "direct", "compel", "require", "tell"})
_COURTS = frozenset(
    {"arbitrator", "court", "judge", "jury", "magistrate", "panel", "regulator", "tribunal", "commission", "justice"}
)
_CLAIMS = frozenset(
    {
        *("accusation", "action", "allegation", "case", "charge", "claim", "complaint", "dispute", "inquiry"),
        *("investigation", "lawsuit", "litigation", "probe", "suit", "violation"),
    }
)
_LONGEST_NAME = 12


class DeedReader:
    """Reads the verbs over the sums of one document."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document = document
        self.cast = cast

    def by_verb(self, sighting: Sighting, best: Cue | None) -> tuple[str, Token] | None:
        """The kind of a sum that a verb and what it is said with tell together, and the word that tells it.

        A loss that something costs somebody is no price; what a tax fetches the treasury is revenue; what a court
        orders somebody to pay, or somebody pays to settle a claim, is a fine; what a firm raises is an investment.
        """
        document = self.document
        head = document.tokens[sighting.head]
        path = (head, *upwards(document, head))
        verb = next((t for t in path if t.pos == "VERB"), None)
        if verb is None or (sighting.amount.per is not None and sighting.amount.per not in PERIODS):
            return None
        word = base(verb)
        if word == "cost" and self._has_receiver(verb, sighting):
            return "other", verb
        if word in ("fetch", "earn", "bring", "net", "raise", "yield", "save") and self._has_receiver(verb, sighting):
            return ("budget" if word == "save" else "revenue"), verb
        if word in RAISE and (subject := self.subject(verb)) is not None and subject.i < verb.i:
            levied = (subject, *children(document, subject, "compound", "amod"))
            if any(t.lemma in _LEVIES for t in levied):
                return "revenue", verb
        if word == "lose" and head.dep == "dobj" and self.is_firm(self.subject(verb)):
            return "profit", verb
        if word in _PAY and (why := self._penalty(verb)) is not None:
            return "fine", why
        if word == "settle" and self._is_claim(child_of(document, verb, "dobj", "nsubjpass")):
            return "fine", verb
        apart = best is None or best.kind == "price" or (best.kind == "market" and best.token != verb.i)
        if word == "raise" and apart and self.is_firm(self.subject(verb)):
            return "investment", verb
        if word in _PASS and any(t.lemma == "bill" for t in (head, *children(document, verb, "dobj", "nsubjpass"))):
            return "budget", verb
        return None

    def is_firm(self, token: Token | None) -> bool:
        """Whether a phrase names an organization, or a firm by a common noun."""
        if token is None:
            return False
        mention = self.cast.at(token.i)
        if mention is not None:
            return self.cast.kind_of(mention.actor_id) == "organization"
        return token.lemma in firms()

    def _has_receiver(self, verb: Token, sighting: Sighting) -> bool:
        """Whether somebody stands between the verb and the sum: cost farmers, fetched the treasury."""
        for child in children(self.document, verb, "dative", "dobj"):
            if verb.i < child.i < sighting.first and not holds(self.document, child, sighting.head):
                return child.pos in ("NOUN", "PROPN", "PRON")
        mention = self.cast.at(verb.i + 1) if verb.i + 1 < sighting.first else None
        return mention is not None

    def _penalty(self, verb: Token) -> Token | None:
        """The word by which a payment is one that a court orders, or that settles a claim; None where it is neither."""
        document = self.document
        for child in children(document, verb, "advcl", "xcomp", "prep", "conj"):
            if child.lemma in _SETTLE and self._is_claim(child_of(document, child, "dobj")):
                return child
            inner = child_of(document, child, "pobj", "pcomp")
            if child.lower in ("to", "in") and inner is not None and inner.lemma in ("settlement", "settle"):
                return inner
        head = document.head(verb)
        if verb.dep == "xcomp":
            for child in children(document, head, "xcomp", "advcl"):
                if child.lemma in _SETTLE and self._is_claim(child_of(document, child, "dobj")):
                    return child
        if verb.dep not in ("xcomp", "ccomp") or base(head) not in _ORDER:
            return None
        subject = child_of(document, head, "nsubj", "agent")
        subject = child_of(document, subject, "pobj") if subject is not None and subject.dep == "agent" else subject
        if subject is not None and subject.lemma.lower() in _COURTS:
            return head
        if child_of(document, head, "nsubjpass") is not None or head.dep == "acl":
            return head
        mention = self.cast.at(subject.i) if subject is not None else None
        words = mention.span.of(document.text).lower().split() if mention is not None else []
        return head if _COURTS & set(words) else None

    def _is_claim(self, token: Token | None) -> bool:
        if token is None:
            return False
        first, last = self.document.edges(token)
        return any(t.lemma.lower() in _CLAIMS for t in self.document.tokens[first : min(last, first + _LONGEST_NAME)])

    def subject(self, verb: Token) -> Token | None:
        """The subject of a verb, or of the one that it is a complement or conjunct of."""
        for token in (verb, *upwards(self.document, verb)):
            subject = child_of(self.document, token, "nsubj", "nsubjpass")
            if subject is not None:
                return subject
            if token.dep not in ("xcomp", "conj", "advcl"):
                return None
        return None
