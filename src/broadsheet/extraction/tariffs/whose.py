"""Who imposes a measure and whose goods it is on, as far as the clause itself says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import rule
from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import FAMILY, measure_nouns, word_set
from broadsheet.extraction.tariffs.parties import Party, as_, by_code
from broadsheet.extraction.tariffs.predicates import Predicate
from broadsheet.extraction.tariffs.tellings import Group, Rate

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.scan import Found
    from broadsheet.extraction.tariffs.stance import Stance
    from broadsheet.extraction.tariffs.tellings import Telling

_INSTRUMENTS = word_set("instruments")
"""What a government signs or publishes, which then is the grammatical subject of what it orders."""
ACCEPTING = word_set("accepting")
"""Verbs whose subject takes a measure that another side imposes."""
_ANNOUNCING = word_set("announcing_whose")


class WhoseReader:
    """Reads imposers and targets of the clauses of one document."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties

    def read(self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found, stance: Stance) -> None:
        """Sets who imposes, and the countries that can then only be what the measure is put on."""
        owners, targets = self._owners(phrase)
        owners, targets = as_("owner", owners), as_("before_noun", targets)
        subjects, unnamed = self.subjects(predicate, phrase)
        if found.imposers:
            telling.imposers = as_("agent", found.imposers)
            others = [*(replace(p, role="before_noun") for p in owners), *targets]
            telling.targets += [p for p in others if p.code not in {q.code for q in found.imposers}]
        elif owners and subjects and predicate.token.lemma in ACCEPTING:
            telling.imposers = owners
            accepting = [replace(p, role="accepting") for p in subjects]
            telling.targets += [p for p in accepting if p.code not in {q.code for q in owners}]
            if telling.status == "in_force":
                telling.status = "announced"
                telling.note(status=rule("tariffs.status.accepted", word=predicate.token.span))
        elif (
            owners
            and subjects
            and not ({p.code for p in owners} & {p.code for p in subjects})
            and (not self._possessive(owners[0]) or telling.measures[:1] == ("quota",))
        ):
            telling.imposers = subjects
            telling.targets += [*(replace(p, role="before_noun") for p in owners), *targets]
        elif owners:
            telling.imposers = owners
            telling.targets += [p for p in targets if p.code not in {q.code for q in owners}]
        elif subjects:
            telling.imposers = subjects
            telling.targets += [p for p in targets if p.code not in {q.code for q in subjects}]
        elif found.sources:
            telling.imposers = as_("source", found.sources)
            telling.targets += targets
        elif targets and not unnamed and phrase.owner_pronoun is None:
            telling.imposers = [replace(p, role="name_before_noun") for p in targets]
        else:
            telling.targets += targets
        if phrase.owner_pronoun is not None and not telling.imposers:
            party = self.antecedent(phrase.owner_pronoun)
            if party is not None:
                telling.imposers = as_("its", [party])
            else:
                unnamed = True
        if telling.imposers and all(p.form == "body" for p in telling.imposers):
            # a ministry of an unnamed state is not that of the goods' origin
            origins = {o.code for g in telling.groups for i in g.items for o in i.origins}
            if {p.code for p in telling.imposers} <= origins:
                telling.imposers, unnamed = [], True
        telling.unnamed_imposer = unnamed and not telling.imposers
        if not telling.imposers:
            for token in stance.speakers:
                party = self.parties.of_phrase(token)
                if party is not None:
                    telling.speaker = replace(party, role="speaker")
                    break
        if telling.imposers:
            first = min(p.first for p in telling.imposers)
            last = max(p.last for p in telling.imposers)
            if self.tokens[first].sentence == telling.sentence and abs(telling.place - first) < 60:
                telling.first = min(telling.first, first)
                telling.last = max(telling.last, last)

    def _possessive(self, party: Party) -> bool:
        return party.last < len(self.tokens) and self.tokens[party.last].lower in ("'s", "’s", "'", "’")

    def _owners(self, phrase: MeasurePhrase) -> tuple[list[Party], list[Party]]:
        """Countries before the noun: those that impose, and those that can only be what it is put on."""
        owners = list(phrase.owners)
        if not owners:
            return [], []
        possessors = [p for p in owners if self._possessive(p) or p.form == "person"]
        if possessors:
            return possessors, [p for p in owners if p not in possessors]
        names = [p for p in owners if p.form == "name" and not self._abbreviated(p)]
        if names and len(names) == len(owners):
            return [], owners
        if len(owners) > 1 and not any(
            self.tokens[i].lower in ("and", "or", ",") for i in range(owners[0].last, owners[-1].first)
        ):
            return owners[:1], owners[1:]
        return owners, []

    def _abbreviated(self, party: Party) -> bool:
        text = self.document.text_of(party.first, party.last)
        return len(text) <= 5 and text.isupper()

    def subjects(self, predicate: Predicate, phrase: MeasurePhrase) -> tuple[list[Party], bool]:
        """Countries that the governing word makes the imposer, and whether it has one that is not named."""
        heads: tuple[Token, ...] = ()
        token = predicate.token
        beside = self.right_before(token)
        if beside is not None and not predicate.passive:
            return as_("right_before", [beside]), False
        match predicate.pattern:
            case "object" | "with" | "exempt" if not predicate.passive:
                heads = self.syntax.surface_subjects(token)
            case "object" | "with" | "exempt":
                agents = [
                    a
                    for p in self.document.children(token, "agent", "prep")
                    if p.lower == "by"
                    for a in self.document.children(p, "pobj")
                ]
                heads = tuple(agents)
            case "noun":
                heads = self._noun_subjects(predicate)
        parties: list[Party] = []
        unnamed = False
        for head in heads:
            if head.i == phrase.noun or head.lemma in measure_nouns() or phrase.first <= head.i < phrase.last:
                continue
            if head.lemma in word_set("trader") or goods.singular(head.lower) in word_set("trader"):
                continue
            party = self.parties.of_phrase(head)
            role = "agent" if predicate.passive else "of_action" if predicate.pattern == "noun" else "subject"
            if party is None and head.lemma in _INSTRUMENTS:
                party, role = self._behind(head), "signed"
            if party is None and self.parties.is_pronoun(head):
                party, role = self.antecedent(head), "pronoun"
                unnamed = unnamed or party is None
            if party is None and self.parties.is_state_body(head):
                unnamed = True
            if party is not None and party.code not in {p.code for p in parties}:
                parties += as_(role, [party])
        return parties, unnamed

    def _behind(self, instrument: Token) -> Party | None:
        """Who signed an order that sets a tariff."""
        for word in self.document.ancestors(instrument):
            if word.pos in ("NOUN", "PROPN") and (party := self.parties.of_phrase(word)) is not None:
                return party
            if word.lower in ("after", "before", "following", "despite"):
                return None
            if word.pos in ("VERB", "AUX"):
                if any(h.i == instrument.i for h in self.syntax.surface_subjects(word)):
                    continue
                for head in self.syntax.surface_subjects(word):
                    if (party := self.parties.of_phrase(head)) is not None:
                        return party
                return None
        return None

    def right_before(self, verb: Token) -> Party | None:
        """The country right before a participle, whose subject it is however it was parsed (*of Chile* imposing)."""
        if verb.tag != "VBG" or verb.i == 0:
            return None
        k = verb.i - 1
        if self.tokens[k].tag == "RB" and k:
            k -= 1
        party = self.parties.at(k)
        if party is None or party.last != k + 1 or party.form == "adjective" or party.first == 0:
            return None
        before = self.tokens[party.first - 1]
        return party if before.tag == "IN" and before.sentence == verb.sentence else None

    def _noun_subjects(self, predicate: Predicate) -> tuple[Token, ...]:
        doc = self.document
        noun = predicate.noun or predicate.token
        owner = doc.child(noun, "poss")
        if owner is not None:
            return (owner,)
        for prep in doc.children(noun, "prep"):
            if prep.lower == "by" and (inner := doc.child(prep, "pobj")) is not None:
                return (inner,)
        if predicate.token.i != noun.i and predicate.token.pos in ("VERB", "AUX") and not predicate.passive:
            return self.syntax.surface_subjects(predicate.token)
        for word in doc.ancestors(noun):
            if word.pos in ("VERB", "AUX") and word.lemma in _ANNOUNCING:
                return self.syntax.surface_subjects(word)
            break
        return ()

    def antecedent(self, pronoun: Token) -> Party | None:
        """The country that a pronoun stands for: as the cast has it, else the last one named before it as a subject."""
        actor_id = self.parties.cast.resolve(pronoun)
        if actor_id is not None:
            code = self.parties.cast.country_of(actor_id)
            if code is not None:
                return Party(code, "name", pronoun.i, pronoun.i + 1, actor_id)
        if pronoun.lower in ("i", "my", "me"):
            return None
        personal = pronoun.lower in ("his", "he", "she", "her")
        sentence = self.document.sentence_of(pronoun)
        for i in range(pronoun.i - 1, sentence.first - 1, -1):
            party = self.parties.at(i)
            if party is None or i != party.last - 1:
                continue
            if (party.form == "person") == personal and self.tokens[i].dep in ("nsubj", "nsubjpass"):
                return replace(party, first=pronoun.i, last=pronoun.i + 1)
        return None

    def targets(self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> None:
        """Sets goods and countries that stand before the measure, and where exports go."""
        if phrase.goods:
            items = list(phrase.goods)
            if phrase.part_rates and all(i.product is None for g in telling.groups for i in g.items):
                shared = tuple(o for g in telling.groups for i in g.items for o in i.origins)
                told = [Rate(r.percent, None, r.high, r.approximation, r.number) for r in phrase.part_rates]
                telling.groups = [
                    Group([replace(i, origins=shared)], replace(r, found="of_goods"))
                    for i, r in zip(items, told, strict=True)
                ]
                items = []
            if not items:
                pass
            elif telling.groups and all(i.product is None for g in telling.groups for i in g.items):
                origins = tuple(o for g in telling.groups for i in g.items for o in i.origins)
                items = [replace(i, origins=origins) for i in items]
                telling.groups = [Group(items, telling.groups[0].rate)]
            elif not telling.groups:
                telling.groups = [Group(items)]
        countries = [
            g
            for g in telling.groups
            if g.rate.empty and all(i.product is None and (i.origins or i.everyone) for i in g.items)
        ]
        if countries and any(i.product for g in telling.groups for i in g.items):
            # "quotas for Chile on beef": the countries are whose goods they are
            telling.targets += as_("listed", (o for g in countries for i in g.items for o in i.origins))
            telling.everyone = telling.everyone or any(i.everyone for g in countries for i in g.items)
            telling.groups = [g for g in telling.groups if g not in countries]
        exports = (
            (phrase.flow or found.flow) in ("export", "shipment", "sale", "delivery")
            and bool(telling.measures)
            and telling.measures
            and telling.measures[0] in ("ban", "export_control", "quota")
        )
        taxed = phrase.flow == "export" and bool(telling.measures) and FAMILY[telling.measures[0]] == "duty"
        if found.destinations and (taxed or (exports and telling.measures[0] != "quota")):
            telling.targets += as_("destination", found.destinations)
        elif found.destinations and (exports or not telling.imposers):
            telling.imposers = [replace(p, role="destination") for p in found.destinations]
            telling.unnamed_imposer = False
        if exports and not telling.imposers:
            owners = [o for g in telling.groups for i in g.items for o in i.origins]
            if owners:
                telling.imposers = [replace(p, role="exporter") for p in owners[:1]]
        if not telling.imposers:
            entered = self._entered(telling)
            if entered is not None:
                telling.imposers = as_("entered", [entered])
        if not telling.imposers and predicate.pattern in ("bear", "subject"):
            place = self._where(telling, predicate)
            if place is not None:
                telling.imposers = as_("borne_in", [place])
        telling.everyone = telling.everyone or any(i.everyone for g in telling.groups for i in g.items)
        telling.targets = by_code(telling.targets)

    def _where(self, telling: Telling, predicate: Predicate) -> Party | None:
        """The country in which a measure is borne or takes effect (face a duty in Peru)."""
        sentence = self.document.sentences[telling.sentence]
        start = max(telling.place, predicate.token.i) + 1
        origins = {o.code for g in telling.groups for i in g.items for o in i.origins}
        for i in range(start, min(sentence.last - 1, start + 8)):
            if self.tokens[i].lower in (",", ";", "that", "which", "and", "but"):
                return None
            if self.tokens[i].lower != "in":
                continue
            at = i + 2 if self.tokens[i + 1].lower == "the" and i + 2 < sentence.last else i + 1
            party = self.parties.at(at)
            if party is not None and party.form in ("name", "metonym") and party.code not in origins:
                return party
        return None

    def _entered(self, telling: Telling) -> Party | None:
        """The country that the goods enter (when they enter Peru, imports into Peru)."""
        sentence = self.document.sentences[telling.sentence]
        for i in range(telling.place, min(sentence.last - 1, telling.place + 40)):
            if self.tokens[i].lemma == "enter" or self.tokens[i].lower in ("entering", "into"):
                at = i + 2 if self.tokens[i + 1].lower == "the" and i + 2 < sentence.last else i + 1
                party = self.parties.at(at)
                if party is not None and party.form != "adjective":
                    return party
        return None

    def verb_subjects(self, verb: Token, passive: bool) -> tuple[list[Party], bool]:
        """Countries that do what a trade verb says, and whether it has a doer that is not named."""
        predicate = Predicate("object", "impose", verb, None, passive)
        heads: tuple[Token, ...]
        if passive:
            heads = tuple(
                a
                for p in self.document.children(verb, "agent", "prep")
                if p.lower == "by"
                for a in self.document.children(p, "pobj")
            )
        else:
            heads = self.syntax.surface_subjects(predicate.token)
        governor = self.document.head(verb)
        if verb.dep == "acl" and verb.tag == "VB" and (owner := self.document.child(governor, "poss")) is not None:
            # Peru's refusal to reopen its market
            heads = (owner,)
        beside = self.right_before(verb)
        if beside is not None:
            return as_("right_before", [beside]), False
        out: list[Party] = []
        unnamed = not heads
        for head in heads:
            party = self.parties.of_phrase(head)
            role = "agent" if passive else "subject"
            if party is None and self.parties.is_pronoun(head):
                party, role = self.antecedent(head), "pronoun"
            if party is None:
                unnamed = unnamed or self.parties.is_state_body(head) or self.parties.is_pronoun(head)
            elif party.code not in {p.code for p in out}:
                out += as_(role, [party])
        return out, unnamed

    def says_so(self, telling: Telling, stance: Stance) -> bool:
        """Whether who says that a measure may come is who would put it on."""
        said = {p.code for t in stance.speakers if (p := self.parties.of_phrase(t)) is not None}
        if telling.imposers:
            return bool(said & {p.code for p in telling.imposers})
        if said and telling.unnamed_imposer:
            telling.imposers = [telling.speaker] if telling.speaker is not None else []
            return bool(telling.imposers)
        return False
