"""What a verb and what it is said with tell of a sum: a loss it costs, a fine that a court orders, a tax's revenue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import word_before
from broadsheet.extraction.figures.cues import base, firms
from broadsheet.extraction.figures.reach import child_of, children, holds, upwards

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.figures.sightings import AmountMention

PERIODS = frozenset({"day", "week", "month", "quarter", "year", "season"})
"""Units of ``per`` that make a flow of a sum, not a price."""
RAISE = frozenset({"raise", "collect", "bring", "generate", "yield", "net", "earn", "pay", "owe"})
_LEVIES = frozenset({"tax", "levy", "duty", "surcharge", "toll", "tariff", "lottery", "auction", "privatisation"})
_PAY = frozenset({"pay", "forfeit", "surrender", "hand", "reimburse", "compensate", "repay"})
GIVE = frozenset(
    {
        *(
            "allocate",
            "allot",
            "award",
            "channel",
            "contribute",
            "deliver",
            "donate",
            "extend",
            "give",
            "grant",
            "hand",
        ),
        *("offer", "pay", "pledge", "promise", "provide", "send", "throw", "transfer", "wire"),
    }
)
_VAGUE = frozenset({"agreement", "benefit", "cash", "deal", "package", "payment"})
_ILLS = frozenset(
    {
        *("accident", "attack", "ban", "blackout", "blockade", "boycott", "campaign", "closure", "conflict", "crash"),
        *("crisis", "cyberattack", "cyclone", "delay", "disaster", "dispute", "disruption", "drought", "earthquake"),
        *("epidemic", "failure", "famine", "fighting", "fire", "flood", "flooding", "frost", "hurricane", "invasion"),
        *("leak", "lockdown", "offensive", "operation", "outage", "outbreak", "pandemic", "protest", "quake", "recall"),
        *("row", "scandal", "shortage", "shutdown", "spill", "standoff", "stoppage", "storm", "strike", "theft"),
        *("tornado", "tsunami", "typhoon", "unrest", "violence", "war", "wildfire"),
    }
)
"""What costs money without being for sale."""
_LEVEL_WORDS = frozenset({"to", "by", "from", "at"})
_PUBLIC_BODIES = frozenset(
    {
        *("agency", "authorities", "authority", "charity", "church", "commission", "council", "crescent", "cross"),
        *("department", "donors", "embassy", "foundation", "government", "ministry", "nations", "parliament"),
        *("programme", "province", "state", "treasury", "unicef", "union", "unhcr", "eu", "un", "usaid", "who"),
    }
)
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

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast

    def by_verb(self, sighting: AmountMention, best: Cue | None) -> tuple[str, Token, str] | None:
        """The kind of a sum that a verb and what it is said with tell together, the word that tells it, and the rule.

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
        if word == "cost" and (self._has_receiver(verb, sighting) or self._is_an_ill(verb)):
            return "other", verb, "cost_of_ill"
        if word == "write" and head.dep == "dobj" and child_of(document, verb, "prt") is not None:
            # A debt written off is one by its own word; stock is a loss.
            return "other", verb, "written_off"
        if (best is None or best.phrase in _VAGUE) and self.gift(sighting) is not None:
            return "aid", verb, "gift"
        if word in ("fetch", "earn", "bring", "net", "raise", "yield", "save") and self._has_receiver(verb, sighting):
            if word == "raise" and (led := word_before(document, sighting)) is not None and led.lower in _LEVEL_WORDS:
                return None  # Raised bills to 30 dollars.
            return ("budget", verb, "saved") if word == "save" else ("revenue", verb, "fetched")
        if word in RAISE and (subject := self.subject(verb)) is not None and subject.i < verb.i:
            levied = (subject, *children(document, subject, "compound", "amod"))
            if any(t.lemma in _LEVIES for t in levied):
                return "revenue", verb, "levied"
        if word == "lose" and head.dep == "dobj" and self.is_firm(self.subject(verb)):
            return "profit", verb, "lost_by_firm"
        if word in _PAY and (why := self._penalty(verb)) is not None:
            return "fine", why, "penalty"
        if word == "settle" and self._is_claim(child_of(document, verb, "dobj", "nsubjpass")):
            return "fine", verb, "claim_settled"
        apart = best is None or best.kind == "price" or (best.kind == "market" and best.token != verb.i)
        if word == "raise" and apart and (self.is_firm(self.subject(verb)) or self._raises_of(verb)):
            return "investment", verb, "raised_by_firm"
        if word in _PASS and any(t.lemma == "bill" for t in (head, *children(document, verb, "dobj", "nsubjpass"))):
            return "budget", verb, "bill"
        return None

    def gift(self, sighting: AmountMention) -> Token | None:
        """The verb by which a state, a body of states or a charity gives the sum to somebody; None where none does."""
        head = self.document.tokens[sighting.head]
        verb = next((t for t in (head, *upwards(self.document, head)) if t.pos == "VERB"), None)
        if verb is None or base(verb) not in GIVE or not self._is_given_by_the_public(verb, sighting):
            return None
        return verb

    def _is_an_ill(self, verb: Token) -> bool:
        """Whether what costs a sum is no thing for sale: a flood, a strike, a war."""
        subject = self.subject(verb)
        return subject is not None and subject.pos == "NOUN" and base(subject) in _ILLS

    def _is_given_by_the_public(self, verb: Token, sighting: AmountMention) -> bool:
        """Whether a state, a body of states or a charity gives the sum to somebody: Spain gave Morocco 3 million."""
        document = self.document
        subject = self.subject(verb)
        if verb.i > sighting.first or not self._is_object(verb, sighting):
            return False
        if child_of(document, verb, "nsubjpass") is not None:
            agent = child_of(document, verb, "agent")
            subject = child_of(document, agent, "pobj") if agent is not None else None
            receiver = child_of(document, verb, "nsubjpass")
        else:
            receiver = self._receiver(verb, sighting)
        if subject is not None and subject.lower in ("which", "who", "that") and verb.dep == "relcl":
            subject = document.head(verb)
        if subject is None or receiver is None or not self._is_public(subject):
            return False
        given = self.cast.at(receiver.i)
        return given is None or not self.cast.is_person(given.actor_id)

    def _is_object(self, verb: Token, sighting: AmountMention) -> bool:
        head = self.document.tokens[sighting.head]
        return head.head == verb.i and head.dep in ("dobj", "oprd", "npadvmod", "attr", "nsubjpass")

    def _receiver(self, verb: Token, sighting: AmountMention) -> Token | None:
        """To whom a verb gives the sum."""
        document = self.document
        for child in children(document, verb, "dative", "dobj"):
            if child.pos != "ADP" and verb.i < child.i < sighting.first:
                return child
        heads = (verb, document.tokens[sighting.head])
        for to in (t for head in heads for t in children(document, head, "prep", "dative")):
            target = child_of(document, to, "pobj") if to.lower == "to" else None
            if target is not None and target.i > sighting.first:
                return target
        between = self.cast.within(verb.i + 1, sighting.first)
        return document.tokens[between[-1].last - 1] if between else None

    def _is_public(self, token: Token) -> bool:
        """Whether a phrase names a state, a body of states, an office or a charity."""
        mention = self.cast.at(token.i)
        if mention is not None and self.cast.kind_of(mention.actor_id) == "country":
            return True
        if mention is None and token.pos == "PROPN":
            return token.ent == "GPE"
        if mention is not None and self.cast.is_person(mention.actor_id):
            return False
        name = mention.span.of(self.document.text) if mention is not None else token.lower
        return bool(_PUBLIC_BODIES & set(name.lower().split()))

    def is_firm(self, token: Token | None) -> bool:
        """Whether a phrase names an organization, or a firm by a common noun."""
        if token is None:
            return False
        mention = self.cast.at(token.i)
        if mention is not None:
            return self.cast.kind_of(mention.actor_id) == "organization"
        return token.lemma in firms()

    def _raises_of(self, verb: Token) -> bool:
        """Whether a name that nobody else has raises money from somebody: a firm that is named once."""
        subject = self.subject(verb)
        if subject is None or subject.pos != "PROPN" or self.cast.at(subject.i) is not None:
            return False
        return any(t.lower == "from" for t in children(self.document, verb, "prep"))

    def _has_receiver(self, verb: Token, sighting: AmountMention) -> bool:
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
