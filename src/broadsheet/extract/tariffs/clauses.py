"""Reads the clauses of a sentence that tell a measure on goods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs import goods
from broadsheet.extract.tariffs.lexicon import CERTAIN, FAMILY, RECALL, actions, goods_words, measure_nouns, stances, trade_verbs
from broadsheet.extract.tariffs.predicates import Predicate, Stance
from broadsheet.extract.tariffs.tellings import Group, Rate, Telling

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Sentence, Token
    from broadsheet.extract.events.syntax import Syntax
    from broadsheet.extract.tariffs.nouns import MeasurePhrase, NounReader
    from broadsheet.extract.tariffs.parties import Parties, Party
    from broadsheet.extract.tariffs.phrases import GoodsReader, Item, Listing
    from broadsheet.extract.tariffs.predicates import PredicateReader
    from broadsheet.extract.tariffs.scan import Found, Scanner
    from broadsheet.span import Span

_FLOW_VERBS = {"export", "import", "sell", "ship", "buy", "purchase", "supply", "bring"}
_MULTIPLES = {"double", "triple", "treble", "quadruple", "halve", "doubling", "tripling", "halving", "doubled", "tripled", "quadrupled", "halved"}
_TOTALS = {"total", "overall", "combined", "effective", "average", "cumulative", "aggregate"}
_TRADERS = goods_words("trader")
_RETALIATING = {"retaliate", "respond", "counter", "hit back", "strike back", "hit", "strike", "reply", "answer", "react", "fire", "reciprocate"}
_RESPONSE_NOUNS = {"retaliation", "response", "reprisal"}
_REVERSALS = {"remove", "suspend", "lower", "maintain"}


class ClauseReader:
    """Reads tellings out of the sentences of one document."""

    def __init__(
        self,
        document: Document,
        syntax: Syntax,
        parties: Parties,
        reader: GoodsReader,
        nouns: NounReader,
        predicates: PredicateReader,
        scanner: Scanner,
    ) -> None:
        self.document = document
        self.tokens = document.tokens
        self.syntax = syntax
        self.parties = parties
        self.reader = reader
        self.nouns = nouns
        self.predicates = predicates
        self.scanner = scanner

    def read(self, sentence: Sentence) -> list[Telling]:
        """The tellings of a sentence, in reading order."""
        phrases = [
            p for token in self.document.sentence_tokens(sentence) if (p := self.nouns.read(token)) is not None
        ]
        phrases = [p for p in phrases if not self._only_a_rate(p)]
        out: list[Telling] = []
        waiting: list[Telling] = []
        for k, phrase in enumerate(phrases):
            stop = phrases[k + 1].first if k + 1 < len(phrases) else sentence.last
            told = self._measure(phrase, sentence, stop)
            shared = k + 1 < len(phrases) and self._joined(phrase, phrases[k + 1])
            for telling in told:
                if not telling.groups and shared and not telling.own_content:
                    waiting.append(telling)
                elif waiting and telling.groups:
                    for other in waiting:
                        other.groups = [Group(list(g.items), replace(other.rate)) for g in telling.groups]
                        other.last = telling.last
                        other.imposers = other.imposers or list(telling.imposers)
                    waiting = []
            if not shared:
                waiting = []
            out += told
        nouns = {p.noun for p in phrases}
        for token in self.document.sentence_tokens(sentence):
            if token.pos in ("VERB", "NOUN", "ADJ"):
                telling = self._trade_verb(token, sentence, nouns)
                if telling is not None:
                    out.append(telling)
        return sorted(out, key=lambda t: (t.place, t.standing))

    def _only_a_rate(self, phrase: MeasurePhrase) -> bool:
        """Whether the noun only says what a rate is of: a quota of 500 tonnes at 10 percent duty."""
        before = self.tokens[phrase.first - 1] if phrase.first else None
        return phrase.rate is not None and not phrase.definite and before is not None and before.lower in ("at", "under")

    def _joined(self, a: MeasurePhrase, b: MeasurePhrase) -> bool:
        """Whether two measures are coordinated right beside one another (tariffs and quotas on steel)."""
        between = self.tokens[a.last : b.first]
        return len(between) <= 2 and any(t.lower in ("and", "or", ",") for t in between) and all(t.lower in ("and", "or", ",") for t in between)

    # ------------------------------------------------------------------ measure nouns
    def _measure(self, phrase: MeasurePhrase, sentence: Sentence, stop: int) -> list[Telling]:
        predicate = self.predicates.governing(phrase)
        noun = self.tokens[phrase.noun]
        if predicate.pattern == "absorbed":
            return []
        if phrase.negated:
            return []
        outer = predicate
        if predicate.pattern == "bare" or not predicate.action:
            predicate = self._participle(noun) or self._change(phrase) or self._enjoyed(outer) or predicate
        elif phrase.change is not None and predicate.action == "impose":
            predicate = replace(predicate, action=phrase.change[1])
        hop = self._hop(noun, predicate, stop)
        start = phrase.last
        if predicate.noun is not None and predicate.noun.i >= phrase.last and predicate.noun.i - phrase.last <= 2:
            start = predicate.noun.i + 1
        measure = phrase.measures[0] if phrase.measures else ""
        found = self.scanner.scan(
            start,
            stop,
            quota=measure == "quota",
            loose_of=measure in ("ban", "export_control"),
            hop=hop,
            premodified=phrase.rate is not None,
        )
        beneficiaries = self._before(phrase, outer if outer.pattern == "bear" else predicate, found)
        stance = self._stance(predicate, noun)
        if not self._is_trade(phrase, found):
            if phrase.certainty != RECALL and not phrase.definite:
                return []
            recall = True
        else:
            recall = phrase.certainty == RECALL
        predicate = replace(predicate, action=_fitting(predicate, phrase))
        action, status = settle(predicate, stance)
        if predicate.pattern == "object" and stance.mood == "actual" and predicate.token.lemma in ("announce", "unveil", "propose", "order", "plan", "prepare", "approve", "sign", "promise", "ready", "publish", "recommend", "endorse"):
            status = "announced"
        if predicate.token.lemma in ("consider", "weigh", "mull", "threaten", "contemplate", "float", "study", "eye", "moot", "dangle") and predicate.pattern == "object" and action == "impose":
            action, status = "threaten", "threatened"
        telling = self._telling(phrase, predicate, found, sentence, action, status, stance)
        telling.recall = recall
        telling.standing = predicate.pattern == "modifier" and outer.pattern == "bare"
        self._imposers(telling, phrase, predicate, found, stance)
        telling.targets += beneficiaries
        self._targets(telling, phrase, predicate, found)
        self._rates(telling, phrase, predicate, found)
        telling.company_subject = self._company_subject(predicate)
        out: list[Telling] = []
        if action in _REVERSALS or not action:
            standing = self._presupposed(telling, phrase, predicate, action, status)
            if standing is not None:
                out.append(standing)
        if not action:
            return out
        if self._unreal(telling, stance, phrase):
            return out
        out.append(telling)
        return self._by_measure(out, phrase)

    def _by_measure(self, tellings: list[Telling], phrase: MeasurePhrase) -> list[Telling]:
        """One telling for each measure that the phrase names."""
        if len(phrase.measures) < 2:
            return tellings
        return [replace(t, measures=(m,), groups=[Group(list(g.items), replace(g.rate)) for g in t.groups]) for t in tellings for m in phrase.measures]

    def _participle(self, noun: Token) -> Predicate | None:
        """A participle or relative clause right behind the noun that says who did it."""
        for child in self.document.children(noun, "acl", "relcl"):
            if child.i < noun.i:
                continue
            if child.lemma in actions("object") and (child.dep == "relcl" or child.tag in ("VBN", "VBD")):
                passive = child.tag in ("VBN", "VBD") and (child.dep == "acl" or self.syntax.is_passive(child))
                if child.dep == "relcl" and not passive and not self._relative_object(child):
                    continue
                return Predicate("object", actions("object")[child.lemma], child, None, passive)
            if child.dep == "relcl" and child.lemma in actions("subject"):
                return Predicate("subject", actions("subject")[child.lemma], child)
        following = self.tokens[noun.i + 1] if noun.i + 1 < len(self.tokens) else None
        if following is not None and following.tag in ("VBN", "VBD") and following.lemma in actions("object") and following.lower in ("imposed", "placed", "levied", "slapped", "introduced", "announced", "applied"):
            return Predicate("object", actions("object")[following.lemma], following, None, True)
        return None

    def _relative_object(self, verb: Token) -> bool:
        subject = self.document.child(verb, "nsubj")
        return subject is not None and subject.lower not in ("which", "that", "who")

    def _change(self, phrase: MeasurePhrase) -> Predicate | None:
        """A participle or adjective before the noun that tells the action (reduced levies)."""
        if phrase.change is None:
            return None
        token, action = phrase.change
        return Predicate("modifier", action, token)

    def _enjoyed(self, predicate: Predicate) -> Predicate | None:
        """Who gains or receives a quota is given one."""
        if predicate.pattern != "bear" or predicate.action:
            return None
        return replace(predicate, action="impose")

    def _hop(self, noun: Token, predicate: Predicate, stop: int) -> Token | None:
        """The verb behind which the clause goes on, where the measure is its subject."""
        token = predicate.token
        if not noun.i < token.i < stop:
            return None
        if token.dep == "relcl" and self.document.head(token).i == noun.i:
            return token
        if predicate.passive or predicate.pattern in ("subject",) or (predicate.noun is not None and token.pos == "VERB"):
            return token
        if predicate.pattern == "bare" and token.lemma == "be":
            return token
        return None

    def _stance(self, predicate: Predicate, noun: Token) -> Stance:
        token = predicate.token
        if predicate.pattern == "modifier":
            token = noun
        stance = self.predicates.stance(token)
        if predicate.pattern == "bare":
            stance.negated = False
        if token.tag == "VBG" and stance.mood == "actual" and any(c.lemma == "be" for c in self.document.children(token, "aux")):
            # "is lifting": under way and not done
            stance.mood = "announced"
        if predicate.noun is not None:
            for child in self.document.children(predicate.noun, "amod"):
                if actions("modifier").get(child.lower) == "threaten":
                    stance.mood = "announced" if child.lower in ("planned", "impending", "proposed") else "threatened"
        return stance

    def _before(self, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> list[Party]:
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
            stop = next((i for i in range(phrase.first - 1, token.i, -1) if self.tokens[i].lower in ("from", "of")), phrase.first)
            if token.i + 1 < stop:
                self._prepend(found, self.reader.read(token.i + 1, stop))
        elif predicate.pattern in ("bear", "exempt"):
            verb = self.document.head(token) if token.pos == "ADJ" else token
            subjects = self.syntax.surface_subjects(verb)
            if subjects:
                head = subjects[0]
                first = self.document.edges(head)[0]
                last = min(max(self.document.edges(subjects[-1])[1], subjects[-1].i + 1), phrase.first)
                if token.i > head.i:
                    last = min(last, token.i)
                if first < last:
                    listing = self.reader.read(first, last)
                    if found.groups and listing is not None and all(i.product is None for i in listing.items):
                        return [o for i in listing.items for o in i.origins]
                    self._prepend(found, listing)
        elif predicate.pattern == "object" and token.i < phrase.first and not found.groups and phrase.first - token.i > 1:
            for i in range(token.i + 1, phrase.first):
                if self.tokens[i].lower in ("on", "against", "upon"):
                    self._prepend(found, self.reader.read(i + 1, phrase.first))
                    break
        return []

    def _prepend(self, found: Found, listing: Listing | None) -> None:
        if listing is None or not listing.items:
            return
        listing.items = [i for i in listing.items if i.origins or i.companies or i.everyone or i.product is None or goods.known(i.product.split()) is not None]
        if listing.items:
            found.groups.insert(0, Group(listing.items))
            found.flow = found.flow or listing.flow
            found.destinations.extend(listing.destinations)

    def _is_trade(self, phrase: MeasurePhrase, found: Found) -> bool:
        """Whether the noun names a measure on goods here."""
        if phrase.certainty == CERTAIN:
            return True
        if phrase.certainty == RECALL:
            return False
        flow = phrase.trade or bool(found.flow) or bool(found.destinations)
        origin = any(i.origins or i.companies for g in found.groups for i in g.items)
        known = any(i.product and goods.known(i.product.split()) for g in found.groups for i in g.items) or bool(phrase.goods)
        lemma = self.tokens[phrase.noun].lemma
        match phrase.measures[0] if phrase.measures else "":
            case "ban":
                return flow or (known and origin)
            case "export_control":
                return flow
            case "quota":
                return flow or known or origin
            case "duty" | "surtax":
                if lemma in ("tax", "toll"):
                    return flow or (origin and known)
                return flow or known or origin or phrase.rate is not None
        return flow or known or origin

    def _telling(
        self,
        phrase: MeasurePhrase,
        predicate: Predicate,
        found: Found,
        sentence: Sentence,
        action: str,
        status: str,
        stance: Stance,
    ) -> Telling:
        noun = self.tokens[phrase.noun]
        flow = phrase.flow or found.flow
        measures = phrase.measures
        if measures and measures[0] == "export_control" and flow and flow != "export" and noun.lemma not in ("licence", "license", "licensing", "permit"):
            measures = ("quota",) if flow == "import" else measures
        word = predicate.noun or predicate.token
        places = [phrase.first, found.last - 1, noun.i]
        if predicate.pattern != "bare":
            places += [predicate.token.i]
            if predicate.noun is not None:
                places.append(predicate.noun.i)
        places = [p for p in places if sentence.first <= p < sentence.last]
        retaliation = phrase.retaliatory.span if phrase.retaliatory is not None else found.retaliation
        provoked = found.provoked_by
        measure_span = self.document.span(phrase.modifier.i, noun.i + 1) if phrase.modifier is not None else noun.span
        telling = Telling(
            place=noun.i,
            sentence=sentence.index,
            paragraph=sentence.paragraph,
            measures=measures,
            action=action,
            status=status,
            action_span=word.span if predicate.pattern != "bare" else noun.span,
            status_span=predicate.token.span if predicate.pattern != "bare" else noun.span,
            measure_span=measure_span,
            first=min(places),
            last=max(places) + 1,
            groups=found.groups,
            definite=phrase.definite,
            retaliation=retaliation,
            provoked_by=provoked,
            in_title=self.document.in_title(noun),
        )
        if telling.retaliation is None:
            telling.retaliation, telling.provoked_by = self._answer(predicate, sentence, noun)
        return telling

    def _answer(self, predicate: Predicate, sentence: Sentence, noun: Token) -> tuple[Span | None, int | None]:
        """Words of the clause that say that the measure answers an act."""
        token = predicate.token
        if predicate.pattern == "with" and token.lemma in ("retaliate", "respond", "counter", "reply", "answer", "react", "reciprocate"):
            return token.span, None
        if predicate.pattern == "with" and any(c.lower == "back" for c in self.document.children(token)):
            return token.span, None
        chain = [token, *list(self.document.ancestors(token))[:5]]
        for word in chain:
            if word.lemma in ("retaliate", "respond", "reciprocate", "counter") and word.pos == "VERB":
                return (word.span, None) if self._does(word, noun) else (None, None)
            for prep in self.document.children(word, "prep"):
                if prep.lower == "in" and (inner := self.document.child(prep, "pobj")) is not None and inner.lemma in _RESPONSE_NOUNS:
                    if prep.i < noun.i:
                        first, last = self.document.edges(prep)
                        if first <= noun.i < last:
                            return None, None
                    return self.document.span(prep.i, inner.i + 1), inner.i + 1
            for clause in self.document.children(word, "advcl", "conj"):
                if clause.lemma in ("retaliate", "respond") and clause.i > noun.i:
                    return clause.span, clause.i + 1
        return None, None

    def _does(self, verb: Token, noun: Token) -> bool:
        """Whether the measure is what somebody answers with, not what is answered (retaliated against the duties)."""
        for prep in self.document.children(verb, "prep"):
            first, last = self.document.edges(prep)
            if first <= noun.i < last:
                return prep.lower in ("with", "by", "through")
        return True

    # ------------------------------------------------------------------ who
    def _imposers(
        self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found, stance: Stance
    ) -> None:
        owners, targets = self._owners(phrase)
        subjects, unnamed = self._subjects(predicate, phrase)
        if found.imposers:
            telling.imposers = found.imposers
            telling.targets += [p for p in [*owners, *targets] if p.code not in {q.code for q in found.imposers}]
        elif owners and subjects and not ({p.code for p in owners} & {p.code for p in subjects}) and not self._possessive(owners[0]):
            telling.imposers = subjects
            telling.targets += [*owners, *targets]
        elif owners:
            telling.imposers = owners
            telling.targets += [p for p in targets if p.code not in {q.code for q in owners}]
        elif subjects:
            telling.imposers = subjects
            telling.targets += [p for p in targets if p.code not in {q.code for q in subjects}]
        elif found.sources:
            telling.imposers = found.sources
            telling.targets += targets
        elif targets and not unnamed and phrase.owner_pronoun is None:
            telling.imposers = targets
        else:
            telling.targets += targets
        if phrase.owner_pronoun is not None and not telling.imposers:
            party = self._antecedent(phrase.owner_pronoun)
            if party is not None:
                telling.imposers = [party]
            else:
                unnamed = True
        telling.unnamed_imposer = unnamed and not telling.imposers
        if not telling.imposers:
            for token in stance.speakers:
                party = self.parties.of_phrase(token)
                if party is not None:
                    telling.speaker = party
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
        if len(owners) > 1 and not any(self.tokens[i].lower in ("and", "or", ",") for i in range(owners[0].last, owners[-1].first)):
            return owners[:1], owners[1:]
        return owners, []

    def _abbreviated(self, party: Party) -> bool:
        text = self.document.text_of(party.first, party.last)
        return len(text) <= 5 and text.isupper()

    def _subjects(self, predicate: Predicate, phrase: MeasurePhrase) -> tuple[list[Party], bool]:
        """Countries that the governing word makes the imposer, and whether it has one that is not named."""
        heads: tuple[Token, ...] = ()
        token = predicate.token
        beside = self._right_before(token)
        if beside is not None and not predicate.passive:
            return [beside], False
        match predicate.pattern:
            case "object" | "with" | "exempt" if not predicate.passive:
                heads = self.syntax.surface_subjects(token)
            case "object" | "with" | "exempt":
                agents = [a for p in self.document.children(token, "agent", "prep") if p.lower == "by" for a in self.document.children(p, "pobj")]
                heads = tuple(agents)
            case "noun":
                heads = self._noun_subjects(predicate)
        parties: list[Party] = []
        unnamed = False
        for head in heads:
            if head.i == phrase.noun or head.lemma in measure_nouns() or phrase.first <= head.i < phrase.last:
                continue
            if head.lemma in _TRADERS or goods.singular(head.lower) in _TRADERS:
                continue
            party = self.parties.of_phrase(head)
            if party is None and self.parties.is_pronoun(head):
                party = self._antecedent(head)
                unnamed = unnamed or party is None
            if party is None and self.parties.is_state_body(head):
                unnamed = True
            if party is not None and party.code not in {p.code for p in parties}:
                parties.append(party)
        return parties, unnamed

    def _right_before(self, verb: Token) -> Party | None:
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
            if word.pos in ("VERB", "AUX") and word.lemma in ("announce", "unveil", "plan", "propose", "order", "make", "offer", "introduce", "promise", "approve", "agree", "threaten", "seek", "begin", "start", "consider", "complete", "sign"):
                return self.syntax.surface_subjects(word)
            break
        return ()

    def _antecedent(self, pronoun: Token) -> Party | None:
        """The country that a pronoun stands for: as the cast has it, else the last one named before it as a subject."""
        actor_id = self.parties.cast.resolve(pronoun)
        if actor_id is not None:
            code = self.parties.cast.country_of(actor_id)
            if code is not None:
                from broadsheet.extract.tariffs.parties import Party as Named

                return Named(code, "name", pronoun.i, pronoun.i + 1, actor_id)
        if pronoun.lower in ("i", "my", "me", "his", "he", "she"):
            return None
        sentence = self.document.sentence_of(pronoun)
        for i in range(pronoun.i - 1, sentence.first - 1, -1):
            party = self.parties.at(i)
            if party is None or i != party.last - 1:
                continue
            if party.form in ("name", "metonym", "body") and self.tokens[i].dep in ("nsubj", "nsubjpass"):
                return replace(party, first=pronoun.i, last=pronoun.i + 1)
        return None

    # ------------------------------------------------------------------ on whom
    def _targets(self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> None:
        if phrase.goods:
            items = list(phrase.goods)
            if telling.groups and all(i.product is None for g in telling.groups for i in g.items):
                origins = tuple(o for g in telling.groups for i in g.items for o in i.origins)
                items = [replace(i, origins=origins) for i in items]
                telling.groups = [Group(items, telling.groups[0].rate)]
            elif not telling.groups:
                telling.groups = [Group(items)]
        countries = [g for g in telling.groups if g.rate.empty and all(i.product is None and i.origins for i in g.items)]
        if countries and any(i.product for g in telling.groups for i in g.items):
            # "quotas for Chile on beef": the countries are whose goods they are
            telling.targets += [o for g in countries for i in g.items for o in i.origins]
            telling.groups = [g for g in telling.groups if g not in countries]
        exports = (phrase.flow or found.flow) == "export" and bool(telling.measures) and telling.measures and telling.measures[0] in ("ban", "export_control", "quota")
        if found.destinations:
            if exports or not telling.imposers:
                if exports and telling.measures[0] != "quota":
                    telling.targets += found.destinations
                else:
                    telling.imposers = list(found.destinations)
                    telling.unnamed_imposer = False
        if exports and not telling.imposers:
            owners = [o for g in telling.groups for i in g.items for o in i.origins]
            if owners:
                telling.imposers = owners[:1]
        telling.everyone = any(i.everyone for g in telling.groups for i in g.items)
        telling.targets = _distinct(telling.targets)

    # ------------------------------------------------------------------ rates
    def _rates(self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> None:
        rate = Rate()
        moving = predicate.action in ("raise", "lower") or predicate.token.lemma in ("raise", "cut", "lower", "increase", "reduce", "go", "rise", "fall", "slash", "hike", "drop", "change", "move", "double")
        for role, read in found.rates:
            if read.points or role == "by" and moving:
                if rate.text is None:
                    rate.text = read.number
                continue
            if role == "from" and read.high is not None and moving:
                rate.before, rate.percent, rate.high = read.percent, read.high, None
                rate.text = rate.before_text = read.number
                rate.approximation = "exact"
            elif role == "from" and (moving or rate.percent is not None):
                rate.before, rate.before_text = read.percent, read.number
            elif rate.percent is None or role == "to":
                if role == "to" and rate.percent is not None and rate.before is None and moving:
                    rate.before, rate.before_text = rate.percent, rate.text
                rate.percent, rate.high = read.percent, read.high
                rate.approximation, rate.text = read.approximation if read.percent is not None else None, read.number
        if phrase.rate is not None:
            before = phrase.rate
            if rate.percent is None:
                if (moving and phrase.additional is None and predicate.pattern in ("object", "subject")) and (rate.text is not None or predicate.token.lemma in _MULTIPLES or phrase.definite):
                    rate.before, rate.before_text = before.percent, before.number
                    rate.text = rate.text or None
                else:
                    rate.percent, rate.high = before.percent, before.high
                    rate.approximation = before.approximation if before.percent is not None else None
                    rate.text = before.number
            elif rate.before is None and moving:
                rate.before, rate.before_text = before.percent, before.number
        word = predicate.noun or predicate.token
        if word.lower in _MULTIPLES and predicate.pattern in ("object", "subject", "noun") and rate.text is None:
            rate.text = word.span
        elif predicate.token.lemma in _MULTIPLES and rate.text is None:
            rate.text = predicate.token.span
        if phrase.additional is not None:
            rate.additional = phrase.additional.span
        elif rate.text is not None:
            extra = self._additional(rate.text)
            if extra is not None:
                rate.additional = extra
        if predicate.action in ("remove", "suspend"):
            for ended in (rate, *(g.rate for g in telling.groups)):
                if ended.percent is not None:
                    ended.before = ended.before if ended.before is not None else ended.percent
                    ended.before_text = ended.before_text or ended.text
                    ended.percent = ended.high = ended.approximation = None
        telling.rate = rate
        for k, group in enumerate(telling.groups):
            if group.rate.empty and (k == 0 or not any(not g.rate.empty for g in telling.groups[1:])):
                group.rate = rate
            elif group.rate.empty:
                group.rate = telling.groups[k - 1].rate
            elif rate.additional is not None:
                group.rate.additional = rate.additional
        if not telling.groups and found.last:
            telling.rate = rate

    def _additional(self, text: Span) -> Span | None:
        """The word right before a rate that says that it comes on top."""
        token = self.document.token_at(text.start)
        if token is None:
            return None
        for i in range(token.i - 1, max(-1, token.i - 4), -1):
            if self.tokens[i].lower in ("additional", "extra", "further", "another"):
                return self.tokens[i].span
        return None

    # ------------------------------------------------------------------ reality
    def _unreal(self, telling: Telling, stance: Stance, phrase: MeasurePhrase) -> bool:
        """Whether the clause is no act of the imposer: a demand, a forecast, a refusal, a mere possibility."""
        if telling.status:
            return False
        return True

    def _company_subject(self, predicate: Predicate) -> bool:
        subjects = self.syntax.surface_subjects(predicate.token) if predicate.token.pos == "VERB" else ()
        return any(s.lemma in _TRADERS for s in subjects)

    def _presupposed(
        self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, action: str, status: str
    ) -> Telling | None:
        """The standing measure that a clause about its end or future takes for granted."""
        if action in ("lower", "maintain") and status:
            return None
        if predicate.pattern in ("noun", "bear") and not phrase.owners and not telling.groups and not telling.targets:
            return None
        if telling.recall:
            return None
        named = bool(phrase.owners) or phrase.owner_pronoun is not None or bool(self._participle(self.tokens[phrase.noun]))
        if not action and stances("verb").get(predicate.token.lemma) in ("denied", "threatened", "demanded", "forecast") and not named:
            return None
        origins = telling.targets or any(i.origins for g in telling.groups for i in g.items)
        if not status and not origins and telling.rate.empty:
            return None
        standing = replace(
            telling,
            action="impose",
            status="ended" if action == "remove" and status == "in_force" else "in_force",
            status_span=telling.status_span,
            action_span=telling.measure_span,
            standing=True,
            rate=_undo(telling.rate),
            groups=[Group(list(g.items), _undo(g.rate)) for g in telling.groups],
            retaliation=phrase.retaliatory.span if phrase.retaliatory is not None else telling.retaliation if not action else None,
        )
        if not standing.own_content and not action:
            standing.recall = True
        return standing

    # ------------------------------------------------------------------ verbs
    def _trade_verb(self, verb: Token, sentence: Sentence, nouns: set[int]) -> Telling | None:
        """A verb that itself is the measure: ``banned imports of beef``."""
        lemma = verb.lemma
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
        listing = self.reader.read(first, stop)
        if listing is None or not listing.items:
            return None
        words = [t.lower for t in self.tokens[first : max(listing.end, first + 1)]]
        if part == "verb_open" and any(w in ("market", "markets", "border", "borders", "door", "doors") for w in words):
            return self._market(verb, listing, sentence)
        flow = next((goods.singular(w) for w in words if goods.singular(w) in goods_words("flow")), "")
        if self.tokens[first - 1].lower in ("exporting", "importing", "selling", "shipping", "buying", "purchasing"):
            flow = {"exporting": "export", "importing": "import", "selling": "sale", "shipping": "shipment"}.get(self.tokens[first - 1].lower, "purchase")
        known = [i for i in listing.items if i.product and goods.known(i.product.split())]
        origins = [i for i in listing.items if i.origins]
        if flow == "trade" and part != "verb":
            return None
        if part == "verb" and not (flow or (known and origins)):
            return None
        if part == "verb" and flow and not (known or origins or flow in ("import", "export", "trade", "shipment")):
            return None
        if part == "verb_open" and lemma in ("allow", "permit") and not any(c.lower in ("again", "back") for c in self.document.children(verb)):
            return None
        if part != "verb" and flow not in ("import", "export", "shipment", "purchase", "sale", "delivery") and not (part == "verb_open" and "market" in words):
            return None
        if part != "verb" and flow in ("sale", "delivery", "purchase", "shipment") and not (known and (origins or listing.destinations)):
            return None
        if part == "verb_limit":
            if flow == "import":
                measure = "quota"
            elif flow != "export":
                return None
        action = "remove" if part == "verb_open" else "impose"
        predicate = Predicate("object", action, verb, None, passive)
        stance = self.predicates.stance(verb)
        action, status = settle(predicate, stance)
        if any(c.lower in ("still", "continue") for c in self.document.children(verb, "advmod")) and action == "impose":
            action, status = "maintain", "in_force"
        if verb.lemma == "remain" or (verb.dep in ("acomp", "xcomp") and self.document.head(verb).lemma == "remain"):
            action, status = "maintain", "in_force"
        if not action or not status:
            return None
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
        )
        subjects, unnamed = self._verb_subjects(verb, passive)
        telling.imposers, telling.unnamed_imposer = subjects, unnamed
        exports = flow in ("export", "shipment", "sale", "delivery")
        if exports:
            if not telling.imposers and flow == "export":
                telling.imposers = [o for i in listing.items for o in i.origins][:1]
            telling.targets = list(listing.destinations)
            if telling.imposers:
                owner = telling.imposers[0].code
                telling.groups = [Group([replace(i, origins=tuple(o for o in i.origins if o.code != owner)) for i in listing.items])]
        elif listing.destinations and not telling.imposers:
            telling.imposers = list(listing.destinations)
        telling.retaliation, telling.provoked_by = self._answer(predicate, sentence, verb)
        if not telling.imposers:
            for token in stance.speakers:
                if (party := self.parties.of_phrase(token)) is not None:
                    telling.speaker = party
                    break
        for party in telling.imposers:
            if self.tokens[party.first].sentence == sentence.index:
                telling.first, telling.last = min(telling.first, party.first), max(telling.last, party.last)
        return telling

    def _market(self, verb: Token, listing: Listing, sentence: Sentence) -> Telling | None:
        """``reopened its market to Chilean apples``: a ban is lifted."""
        to = next((i for i in range(listing.end, min(sentence.last, listing.end + 2)) if self.tokens[i].lower in ("to", "for")), None)
        inner = self.reader.read(to + 1, sentence.last) if to is not None else None
        if inner is None or not any(i.product and goods.known(i.product.split()) for i in inner.items):
            return None
        predicate = Predicate("object", "remove", verb, None, self.syntax.is_passive(verb))
        action, status = settle(predicate, self.predicates.stance(verb))
        if not status:
            return None
        subjects, unnamed = self._verb_subjects(verb, predicate.passive)
        owners = [o for i in listing.items for o in i.origins]
        return Telling(
            place=verb.i, sentence=sentence.index, paragraph=sentence.paragraph, measures=("ban",), action=action,
            status=status, action_span=verb.span, status_span=verb.span, measure_span=verb.span, first=verb.i,
            last=inner.end, groups=[Group(inner.items)], imposers=owners or subjects, unnamed_imposer=unnamed and not owners,
            in_title=self.document.in_title(verb),
        )  # fmt: skip

    def _verb_subjects(self, verb: Token, passive: bool) -> tuple[list[Party], bool]:
        predicate = Predicate("object", "impose", verb, None, passive)
        heads: tuple[Token, ...]
        if passive:
            heads = tuple(a for p in self.document.children(verb, "agent", "prep") if p.lower == "by" for a in self.document.children(p, "pobj"))
        else:
            heads = self.syntax.surface_subjects(predicate.token)
        beside = self._right_before(verb)
        if beside is not None:
            return [beside], False
        out: list[Party] = []
        unnamed = not heads
        for head in heads:
            party = self.parties.of_phrase(head)
            if party is None and self.parties.is_pronoun(head):
                party = self._antecedent(head)
            if party is None:
                unnamed = unnamed or self.parties.is_state_body(head) or self.parties.is_pronoun(head)
            elif party.code not in {p.code for p in out}:
                out.append(party)
        return out, unnamed

    def _object_region(self, verb: Token, passive: bool, sentence: Sentence) -> tuple[int, int, list[Token]] | None:
        """Where the goods of a trade verb stand."""
        doc = self.document
        if passive and verb.dep not in ("acl",):
            subjects = self.syntax.surface_subjects(verb)
            if not subjects or subjects[0].i > verb.i:
                return None
            first = doc.edges(subjects[0])[0]
            return first, verb.i, list(subjects)
        i = verb.i + 1
        if i < sentence.last and self.tokens[i].lower in ("all", "any", "most", "the"):
            i += 0
        # "barred companies from exporting chips"
        for k in range(i, min(sentence.last, i + 12)):
            if self.tokens[k].lower in ("exporting", "importing", "selling", "shipping", "buying", "purchasing") and self.tokens[k - 1].lower in ("from", verb.lower):
                return k + 1, sentence.last, []
        heads = list(doc.children(verb, "dobj"))
        if not heads and not (i < sentence.last and (self.parties.at(i) is not None or goods.singular(self.tokens[i].lower) in goods_words("flow"))):
            return None
        return i, sentence.last, heads


def _fitting(predicate: Predicate, phrase: MeasurePhrase) -> str:
    """The action in terms of the measure: only numbers rise and fall; a ban is imposed or lifted, in part too."""
    action = predicate.action
    family = FAMILY[phrase.measures[0]] if phrase.measures else ""
    if family in ("ban", "control"):
        return {"raise": "impose", "lower": "remove"}.get(action, action)
    if family == "duty" and action == "raise" and (predicate.token.lemma in ("improve", "expand") or predicate.token.lower == "improved"):
        return "lower"
    return action


def settle(predicate: Predicate, stance: Stance) -> tuple[str, str]:
    """Action and status of a governed measure; the status is empty where the clause states no act of the imposer."""
    action = predicate.action
    if not action:
        return "", ""
    mood = stance.mood
    negated = stance.negated
    if mood == "denied":
        return ("maintain", "in_force") if action in ("remove", "suspend", "lower") else (action, "")
    if negated:
        if action in ("remove", "suspend", "lower") and mood in ("actual", "announced"):
            return "maintain", "in_force"
        return action, ""
    if mood in ("demanded", "hypothetical"):
        return action, ""
    if action == "threaten":
        return action, "threatened"
    if mood == "threatened" or (stance.conditional and mood in ("announced", "possible")):
        return ("threaten", "threatened") if action in ("impose", "raise") else (action, "")
    if mood == "possible":
        return action, ""
    if mood == "announced":
        return action, "announced"
    return action, "in_force"


def _undo(rate: Rate) -> Rate:
    """The rate of a measure before it was lifted."""
    if rate.before is None and rate.percent is None:
        return Rate()
    percent = rate.before if rate.before is not None else rate.percent
    return Rate(percent, None, None, "exact", rate.before_text or rate.text, None, None)


def _distinct(parties: list[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.code, party)
    return list(seen.values())


def items_of(telling: Telling) -> list[tuple[Item, Rate]]:
    """The items of a telling with their rates."""
    return [(item, group.rate) for group in telling.groups for item in group.items]
