"""Verbs that are a measure by themselves: ``banned imports of beef``, ``reopened its market to apples``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.grounds import because, verb_rules
from broadsheet.extraction.tariffs.items import Item
from broadsheet.extraction.tariffs.lexicon import measure_nouns, trade_verbs, word_set
from broadsheet.extraction.tariffs.outcome import settle
from broadsheet.extraction.tariffs.parties import Party, as_
from broadsheet.extraction.tariffs.predicates import Predicate
from broadsheet.extraction.tariffs.rates import Rate as Read
from broadsheet.extraction.tariffs.tellings import Group, Rate, Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Sentence, Token
    from broadsheet.extraction.tariffs.answers import AnswerReader
    from broadsheet.extraction.tariffs.items import Listing
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.whose import WhoseReader

_BARRED_PLACES = frozenset({"port", "airport", "airspace", "water", "sky", "harbour", "harbor", "road", "street"})
_SWELLS = frozenset({"surge", "flood", "wave", "influx", "glut", "rise", "growth", "increase", "tide", "deluge"})
CHARGING = frozenset({"charge", "levy", "collect"})
PAYING = frozenset({"pay", "face", "incur"})
_REST = frozenset({"other", "remaining", "rest"})


def _stated(read: Read) -> Rate:
    """A rate as the clause has it."""
    approximation = read.approximation if read.percent is not None else None
    return Rate(read.percent, None, read.high, approximation, read.number, found="charged")


_FREEING = frozenset({"exempt", "exclude", "spare", "spar", "excuse"})
"""The model takes ``spared`` for a form of ``spar``."""
LEAVING = frozenset({"leave", "carve", "let"})
"""Verbs that with a particle take something out of a measure (left out, let off)."""
_OUT = frozenset({"out", "off"})
_SHUT_OUT = frozenset({"shut", "keep", "lock", "turn"})
"""Verbs that with a particle are a ban (shut out, turned away)."""
_MATTERS = word_set("matters")
_SETTLING = word_set("settling")


class VerbReader:
    """Reads the trade verbs of one document."""

    def __init__(self, readers: Readers, whose: WhoseReader, answers: AnswerReader) -> None:
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties
        self.reader = readers.goods
        self.predicates = readers.predicates
        self.whose = whose
        self.answers = answers

    def further(self, telling: Telling, sentence: Sentence) -> Telling | None:
        """``halt exports of zinc next year and of lead in 2030``: the goods of the second part, each with its date."""
        tokens = self.tokens
        for k in range(telling.last, min(sentence.last - 2, telling.last + 6)):
            if tokens[k].lower != "and":
                continue
            if tokens[k + 1].lower not in ("of", "on") or tokens[k + 1].lower not in (
                t.lower for t in tokens[telling.place : telling.last]
            ):
                return None
            listing = self.reader.read(k + 2, sentence.last)
            if listing is None or not any(i.product and goods.known(i.product.split()) for i in listing.items):
                return None
            telling.window = (sentence.first, k)
            return replace(
                telling,
                place=k + 1,
                groups=[Group(listing.items)],
                first=telling.place,
                last=listing.end,
                window=(k, sentence.last),
            )
        return None

    def charging(self, verb: Token, sentence: Sentence, is_rate: Callable[[int], object]) -> Telling | None:
        """``Above the quota it charges 20 percent``: a rate that is charged on what was told before."""
        doc = self.document
        if verb.pos != "VERB" or self.syntax.is_passive(verb):
            return None
        rate = next((c for c in doc.children(verb, "dobj") if is_rate(c.i) is not None), None)
        if rate is None:
            return None
        payers = self._rest(verb)
        subjects, unnamed = ([], True) if payers is not None else self.whose.verb_subjects(verb, passive=False)
        if payers is None and (verb.lemma not in CHARGING or not (subjects or unnamed)):
            return None
        action, status, why = settle(Predicate("object", "impose", verb), self.predicates.stance(verb))
        if action != "impose" or not status:
            return None
        found = is_rate(rate.i)
        if not isinstance(found, Read):
            return None
        groups = [] if payers is None else [Group([payers], _stated(found))]
        return Telling(
            place=verb.i, sentence=sentence.index, paragraph=sentence.paragraph, measures=(), action=action,
            status=status, action_span=verb.span, status_span=verb.span, measure_span=verb.span,
            first=verb.i if payers is None else payers.first, last=rate.i + 1, groups=groups, imposers=subjects,
            unnamed_imposer=unnamed, recall=True, definite=True, base=payers is None, presupposed=payers is None,
            rate=_stated(found), in_title=doc.in_title(verb),
            rules={"action": because("action", "charged", word=verb.span), **why},
        )  # fmt: skip

    def _rest(self, verb: Token) -> Item | None:
        """All companies beside those that are named (other makers will pay)."""
        if verb.lemma not in PAYING:
            return None
        for head in self.syntax.surface_subjects(verb):
            if goods.singular(head.lower) not in word_set("trader") or head.i > verb.i:
                continue
            first = self.document.edges(head)[0]
            if any(t.lower in _REST for t in self.tokens[first : head.i]):
                party = Party("", "body", first, head.i + 1)
                return Item(None, first, head.i + 1, (), (party,))
        return None

    def exempting(self, verb: Token, sentence: Sentence, nouns: set[int]) -> Telling | None:
        """``exempted Canada and Mexico``, of a measure that is told elsewhere."""
        doc = self.document
        passive = verb.pos == "ADJ" or self.syntax.is_passive(verb)
        governor = doc.head(verb) if verb.pos == "ADJ" else verb
        if verb.pos not in ("VERB", "ADJ") or not (verb.lemma in _FREEING or self._is_left_out(verb)):
            return None
        told = [n for n in nouns if verb.i < n < verb.i + 14]
        if told and any(t.lower in ("from", "of") for t in self.tokens[verb.i : min(told)]):
            return None
        if passive:
            subjects = self.syntax.surface_subjects(governor)
            if not subjects or subjects[0].i >= verb.i:
                return None
            first, stop = doc.edges(subjects[0])[0], governor.i
        else:
            first = verb.i + 1
            stop = next((k for k in range(first, sentence.last) if self.tokens[k].tag in ("CD", "IN")), sentence.last)
        listing = self.reader.read(first, stop)
        if listing is None or not listing.items:
            return None
        if not all(i.origins or (i.product and goods.known(i.product.split()) is not None) for i in listing.items):
            return None
        predicate = Predicate("exempt", "remove", verb, None, passive)
        stance = self.predicates.stance(governor)
        action, status, why = settle(predicate, stance)
        if action != "remove" or not status:
            return None
        subjects_, unnamed = ([], True) if passive else self.whose.verb_subjects(verb, passive=False)
        return Telling(
            place=verb.i, sentence=sentence.index, paragraph=sentence.paragraph, measures=(), action="remove",
            status=status, action_span=verb.span, status_span=verb.span, measure_span=verb.span,
            first=min(verb.i, first), last=max(verb.i + 1, listing.end), groups=[Group(listing.items)],
            imposers=subjects_, unnamed_imposer=unnamed, recall=True, definite=True, exempts=True,
            in_title=doc.in_title(verb), rules={"action": because("action", "exempted", word=verb.span), **why},
        )  # fmt: skip

    def read(self, verb: Token, sentence: Sentence, nouns: set[int], beside: list[Telling]) -> Telling | None:
        """A verb that itself is the measure: ``banned imports of beef``."""
        lemma = verb.lemma
        if lemma in _SHUT_OUT and self._particle(verb) in ("out", "away"):
            lemma = f"{lemma} {self._particle(verb)}"
        for part in ("verb", "verb_stop", "verb_limit", "verb_open"):
            if lemma in trade_verbs(part):
                break
        else:
            return None
        if verb.i in nouns or verb.pos == "NOUN" or verb.tag in ("NN", "NNS"):
            return None
        measure = trade_verbs(part)[lemma]
        passive = self.syntax.is_passive(verb)
        region = self._object_region(verb, passive, sentence)
        if region is None:
            return None
        first, stop, heads = region
        if any(h.i in nouns for h in heads) or any(n in range(first, min(stop, first + 4)) for n in nouns):
            return None
        if any(h.lemma in _SWELLS for h in heads):
            # to curb a surge of shipments is what a measure is for
            return None
        listing = self.reader.read(first, stop)
        if listing is None or not listing.items:
            return None
        words = [t.lower for t in self.tokens[first : max(listing.end, first + 1)]]
        if part == "verb_open" and any(w in ("market", "markets", "border", "borders", "door", "doors") for w in words):
            return self._market(verb, listing, sentence)
        if any(
            t.lower == "from" and any(w.lemma in _BARRED_PLACES for w in self.tokens[t.i + 1 : t.i + 5])
            for t in self.tokens[first : min(sentence.last, listing.end + 6)]
        ):
            # ships and planes kept out of ports are no imports
            return None
        flow = next((goods.singular(w) for w in words if goods.singular(w) in word_set("flow")), "")
        if self.tokens[first - 1].lower in ("exporting", "importing", "selling", "shipping", "buying", "purchasing"):
            flow = {"exporting": "export", "importing": "import", "selling": "sale", "shipping": "shipment"}.get(
                self.tokens[first - 1].lower, "purchase"
            )
        known = [i for i in listing.items if i.product and goods.known(i.product.split())]
        origins = [i for i in listing.items if i.origins]
        if flow == "trade" and part != "verb":
            return None
        if part == "verb" and not (flow or (known and (origins or beside))):
            return None
        if part == "verb" and flow and not (known or origins or flow in ("import", "export", "trade", "shipment")):
            return None
        if (
            part == "verb_open"
            and lemma in ("allow", "permit")
            and not any(c.lower in ("again", "back") for c in self.document.children(verb))
        ):
            return None
        if (
            part != "verb"
            and flow not in ("import", "export", "shipment")
            and not (part == "verb_open" and "market" in words)
        ):
            return None
        if part == "verb_limit":
            if flow == "import":
                measure = "quota"
            elif flow not in ("export", "shipment"):
                return None
        action = "remove" if part == "verb_open" else "impose"
        predicate = Predicate("object", action, verb, None, passive)
        stance = self.predicates.stance(verb)
        given = verb_rules(verb, measure, part, lemma, action)
        action, status, why = settle(predicate, stance)
        why = {**given, **why}
        kept = {c: because(c, how, word=verb.span) for c, how in (("action", "still"), ("status", "kept"))}
        if any(c.lower in ("still", "continue") for c in self.document.children(verb, "advmod")) and action == "impose":
            action, status = "maintain", "in_force"
            why |= kept
        if verb.lemma == "remain" or (verb.dep in ("acomp", "xcomp") and self.document.head(verb).lemma == "remain"):
            action, status = "maintain", "in_force"
            why |= kept
        if not action or not status:
            return None
        if self._settled(verb):
            status, why["status"] = "unknown", because("status", "settled", word=verb.span)
        places = [verb.i, first, listing.end - 1]
        telling = Telling(
            place=verb.i,
            sentence=sentence.index,
            paragraph=sentence.paragraph,
            measures=(measure,),
            action=action,
            status=status,
            action_span=verb.span,
            status_span=verb.span,
            measure_span=verb.span,
            first=min(places),
            last=max(places) + 1,
            groups=[Group(listing.items)],
            in_title=self.document.in_title(verb),
            rules=why,
        )
        subjects, unnamed = self.whose.verb_subjects(verb, passive)
        noun = next((n for n in sorted(nouns) if 0 < verb.i - n <= 3), None)
        if noun is not None and verb.tag in ("VBG", "VBN"):
            # "the embargo, restricting imports": the verb only says what the noun is
            named = measure_nouns().get(self.tokens[noun].lemma)
            if named is not None and named.measure:
                telling.measures = (named.measure,)
                telling.note(measure=because("measure", "of_noun", word=self.tokens[noun].span, measure=named.measure))
            subjects, unnamed = [], True
        whose = {o.code for i in listing.items for o in i.origins}
        if subjects and {p.code for p in subjects} <= whose:
            subjects, unnamed = [], True
        if (
            not subjects
            and verb.dep in ("amod", "conj")
            and verb.i
            and self.tokens[verb.i - 1].lower in ("and", "also")
            and beside
        ):
            subjects = [replace(p, role="coordinated") for p in beside[-1].imposers]
        telling.imposers, telling.unnamed_imposer = subjects, unnamed
        exports = flow in ("export", "shipment", "sale", "delivery")
        if exports:
            if not telling.imposers and flow == "export":
                telling.imposers = as_("exporter", [o for i in listing.items for o in i.origins][:1])
            telling.targets = as_("destination", listing.destinations)
            if telling.imposers:
                owner = telling.imposers[0].code
                telling.groups = [
                    Group([replace(i, origins=tuple(o for o in i.origins if o.code != owner)) for i in listing.items])
                ]
        elif listing.destinations and not telling.imposers:
            telling.imposers = as_("destination", listing.destinations)
        telling.retaliation, telling.provoked_by = self.answers.read(predicate, sentence, verb)
        if not telling.imposers:
            for token in stance.speakers:
                if (party := self.parties.of_phrase(token)) is not None:
                    telling.speaker = party
                    break
        for party in telling.imposers:
            if self.tokens[party.first].sentence == sentence.index:
                telling.first, telling.last = min(telling.first, party.first), max(telling.last, party.last)
        return telling

    def _particle(self, verb: Token) -> str:
        """The particle of a verb, right behind it or behind its object."""
        for child in self.document.children(verb):
            if child.i > verb.i and child.lower in ("out", "off", "away") and child.dep in ("prt", "advmod", "prep"):
                return child.lower
        return ""

    def _is_left_out(self, verb: Token) -> bool:
        """Whether goods are left out of a measure."""
        return verb.lemma in LEAVING and self._particle(verb) in _OUT

    def _settled(self, verb: Token) -> bool:
        """Whether the sentence calls the measure a matter that was settled: what became of it is not said."""
        sentence = self.document.sentence_of(verb)
        matter = any(t.lemma in _MATTERS for t in self.tokens[max(sentence.first, verb.i - 8) : verb.i])
        return matter and any(
            t.lemma in _SETTLING and t.tag in ("VBN", "VBD") for t in self.tokens[verb.i : sentence.last]
        )

    def _market(self, verb: Token, listing: Listing, sentence: Sentence) -> Telling | None:
        """``reopened its market to Chilean apples``: a ban is lifted."""
        to = next(
            (
                i
                for i in range(listing.end, min(sentence.last, listing.end + 2))
                if self.tokens[i].lower in ("to", "for")
            ),
            None,
        )
        inner = self.reader.read(to + 1, sentence.last) if to is not None else None
        if inner is None or not any(i.product and goods.known(i.product.split()) for i in inner.items):
            return None
        predicate = Predicate("object", "remove", verb, None, self.syntax.is_passive(verb))
        action, status, why = settle(predicate, self.predicates.stance(verb))
        if not status:
            return None
        opened = because("measure", "market", word=verb.span), because("action", "market", word=verb.span)
        subjects, unnamed = self.whose.verb_subjects(verb, predicate.passive)
        owners = as_("owner_of_market", [o for i in listing.items for o in i.origins])
        if verb.dep == "acl" and subjects:
            # Peru's refusal to reopen its market
            owners = []
        return Telling(
            place=verb.i, sentence=sentence.index, paragraph=sentence.paragraph, measures=("ban",), action=action,
            status=status, action_span=verb.span, status_span=verb.span, measure_span=verb.span, first=verb.i,
            last=inner.end, groups=[Group(inner.items)], imposers=owners or subjects,
            unnamed_imposer=unnamed and not owners, in_title=self.document.in_title(verb),
            rules={"measure": opened[0], "action": opened[1], **why},
        )  # fmt: skip

    def _antecedent(self, head: Token, verb: Token, sentence: Sentence) -> tuple[int, int, list[Token]] | None:
        """The goods before a relative clause of which they are the object; a seller between them is passed over."""
        if head.i >= verb.i or head.sentence != sentence.index:
            return None
        stop = next(
            (
                k
                for k in range(head.i + 1, verb.i)
                if self.tokens[k].tag in ("WDT", "WP") or self.tokens[k].lower in ("that", ",")
            ),
            head.i + 1,
        )
        over = head
        if goods.known([head.lower]) is None and self.document.head(head).dep == "prep":
            # "beef from four abattoirs that China has shut out"
            stop = self.document.head(head).i
            over = self.tokens[stop - 1] if stop else head
        first = self.document.edges(over)[0]
        if over.pos not in ("NOUN", "PROPN") or stop <= first or stop - first > 12:
            return None
        return first, stop, [over]

    def _object_region(self, verb: Token, passive: bool, sentence: Sentence) -> tuple[int, int, list[Token]] | None:
        """Where the goods of a trade verb stand."""
        doc = self.document
        if passive and verb.dep not in ("acl",):
            subjects = self.syntax.surface_subjects(verb)
            if not subjects or subjects[0].i > verb.i:
                return None
            first = doc.edges(subjects[0])[0]
            return first, verb.i, list(subjects)
        pronoun = doc.child(verb, "dobj")
        if verb.dep == "relcl" and (pronoun is None or (pronoun.tag == "WDT" and pronoun.i < verb.i)):
            # "apples, which Russia banned in 2014"
            head = doc.head(verb)
            return self._antecedent(head, verb, sentence)
        i = verb.i + 1
        if i < sentence.last and self.tokens[i].dep == "prt":
            i += 1
        # "barred companies from exporting chips"
        for k in range(i, min(sentence.last, i + 12)):
            if self.tokens[k].lower in (
                "exporting",
                "importing",
                "selling",
                "shipping",
                "buying",
                "purchasing",
            ) and self.tokens[k - 1].lower in ("from", verb.lower):
                return k + 1, sentence.last, []
        heads = list(doc.children(verb, "dobj"))
        listed = i < sentence.last and goods.known([self.tokens[i].lower]) is not None
        if (
            not heads
            and not listed
            and not (
                i < sentence.last
                and (self.parties.at(i) is not None or goods.singular(self.tokens[i].lower) in word_set("flow"))
            )
        ):
            return None
        return i, sentence.last, heads
