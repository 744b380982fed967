"""Reads the clauses of a sentence that tell a measure on goods."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs.answers import AnswerReader
from broadsheet.extract.tariffs.applied import RateReader, before_the_end
from broadsheet.extract.tariffs.before import BeforeReader
from broadsheet.extract.tariffs.grounds import PRESUPPOSED, action_rule, because, measure_rule
from broadsheet.extract.tariffs.lexicon import RECALL, actions, stances, trade_verb_lemmas, word_set
from broadsheet.extract.tariffs.nouns import MeasurePhrase, acts
from broadsheet.extract.tariffs.outcome import fitting, settle
from broadsheet.extract.tariffs.parties import as_
from broadsheet.extract.tariffs.predicates import Predicate
from broadsheet.extract.tariffs.scan import Course
from broadsheet.extract.tariffs.tellings import Group, Telling
from broadsheet.extract.tariffs.verbs import CHARGING, LEAVING, PAYING, VerbReader
from broadsheet.extract.tariffs.whose import ACCEPTING, WhoseReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analyse.document import Sentence, Token
    from broadsheet.extract.tariffs.parties import Party
    from broadsheet.extract.tariffs.readers import Readers
    from broadsheet.extract.tariffs.scan import Found
    from broadsheet.extract.tariffs.stance import Stance

_LOOSE = frozenset({"restriction", "curb", "limit", "barrier", "control"})
_DECIDING = word_set("deciding")
_POSTPONING = word_set("postponing")
_EXEMPTING = word_set("exempting")
_PONDERING = word_set("pondering")
_PLACING = word_set("placing")
_STANDS_FOR = frozenset({"both", "they", "it", "these", "all", "this"})
_BEFOREHAND = frozenset({"after", "since", "because", "when", "as", "following", "once"})
_LICENCES = frozenset({"licence", "license", "permit"})
_USING = frozenset({"fill", "exhaust", "exceed", "meet", "use", "reach", "miss"})
_PRO_FORMS = frozenset({"those", "that", "one", "ones"})
_REVERSALS = frozenset({"remove", "suspend", "lower", "maintain"})
_DONE_TO_MEASURES = word_set("done_to_measures")
"""Verbs whose object, where it is a pronoun, is rather a measure than goods."""
_DEFENCES = (("anti_dumping",), ("countervailing",), ("safeguard",))
"""Measures that follow a complaint about certain goods."""
_PRONOUN_REACH = 40
"""Words between a measure and a pronoun for it."""
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT", "appos"})


def _shared(parties: Iterable[Party]) -> list[Party]:
    """The parties of a measure as those of one that is coordinated with it."""
    return [replace(p, role="coordinated") for p in parties]


class ClauseReader:
    """Reads tellings out of the sentences of one document."""

    def __init__(self, readers: Readers) -> None:
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties
        self.nouns = readers.nouns
        self.predicates = readers.predicates
        self.scanner = readers.scanner
        self.whose = WhoseReader(readers)
        self.answers = AnswerReader(readers)
        self.applied = RateReader(readers)
        self.before = BeforeReader(readers)
        self.verbs = VerbReader(readers, self.whose, self.answers)
        self._last: Predicate | None = None

    def read(self, sentence: Sentence) -> list[Telling]:
        """The tellings of a sentence, in reading order."""
        phrases: list[MeasurePhrase] = []
        self._last = None
        for token in self.document.sentence_tokens(sentence):
            phrase = self.nouns.read(token) or self._pro_form(token, phrases)
            if phrase is None and not phrases:
                phrase = self._pronoun(token)
            if phrase is None:
                phrase = self._relative_pronoun(token, phrases) or self._object_pronoun(token)
            if phrase is not None and not (token.lemma == "rate" and phrases):
                phrases.append(phrase)
        phrases = [p for p in phrases if not self._only_a_rate(p)]
        out: list[Telling] = []
        waiting: list[Telling] = []
        for k, phrase in enumerate(phrases):
            stop = phrases[k + 1].first if k + 1 < len(phrases) else sentence.last
            told = self._measure(phrase, sentence, stop, beside=any(t.own_content for t in out))
            shared = k + 1 < len(phrases) and self._joined(phrase, phrases[k + 1])
            for telling in told:
                if not telling.groups and shared and not telling.own_content:
                    waiting.append(telling)
                elif waiting and telling.groups:
                    for other in waiting:
                        other.groups = [Group(list(g.items), replace(other.rate)) for g in telling.groups]
                        other.last = telling.last
                        other.imposers = other.imposers or _shared(telling.imposers)
                    waiting = []
            if not shared:
                waiting = []
            out += told
        nouns = {p.noun for p in phrases}
        for token in self.document.sentence_tokens(sentence):
            if token.lemma in trade_verb_lemmas() and token.pos in ("VERB", "NOUN", "ADJ"):
                beside = [t for t in out if t.own_content and t.place < token.i]
                found = self.verbs.read(token, sentence, nouns, beside)
                if found is not None:
                    out.append(found)
                    more = self.verbs.further(found, sentence)
                    out += [more] if more is not None else []
            elif token.lemma in CHARGING | PAYING and token.i not in nouns:
                charged = self.verbs.charging(token, sentence, self.scanner.rate_at)
                out += [charged] if charged is not None else []
            elif token.lemma in _EXEMPTING or token.lemma in LEAVING:
                freed = self.verbs.exempting(token, sentence, nouns)
                out += [freed] if freed is not None else []
        out = sorted(out, key=lambda t: (t.place, t.standing))
        self._share(out)
        for telling in out:
            telling.background = self._in_passing(telling)
        for a, b in pairwise(out):
            if b.window is not None:
                continue
            # "a tax on coal and a levy on gas, effective May 1"
            b.together = a.action_span == b.action_span and a.action == b.action
        return out

    def _in_passing(self, telling: Telling) -> bool:
        """Whether a clause of time or reason tells it (after Peru imposed)."""
        for above in self.document.ancestors(self.tokens[telling.place]):
            if above.dep == "pcomp":
                return True
            if above.dep == "advcl":
                marks = self.document.children(above, "mark", "advmod", "prep")
                return any(m.lower in _BEFOREHAND for m in marks if m.i < above.i)
        return False

    def _share(self, tellings: list[Telling]) -> None:
        """Gives coordinated measures what is said of one of them: whose they are, and whose goods."""
        for a, b in pairwise(tellings):
            if b.retaliation is not None and a.retaliation is None and self._done_together(a, b):
                a.retaliation, a.provoked_by = b.retaliation, b.provoked_by
            if not self._coordinated(a, b):
                continue
            token = self.document.token_at(a.action_span.start)
            if token is not None and token.lemma in ACCEPTING and a.action_span == b.action_span:
                # "agreed to a 20 percent American tariff and a 40 percent levy"
                b.imposers, b.targets, b.status = _shared(a.imposers), _shared(a.targets), a.status
                b.note(status=a.rules["status"])
            if a.imposers and not b.imposers:
                b.imposers, b.unnamed_imposer = _shared(a.imposers), False
            elif b.imposers and not a.imposers and not a.unnamed_imposer:
                a.imposers = _shared(b.imposers)
            if not a.targets and not a.everyone and a.groups and a.action == b.action:
                mine = [o for g in a.groups for i in g.items for o in i.origins]
                theirs = {o.code: o for g in b.groups for i in g.items for o in i.origins}
                if not mine and len(theirs) == 1:
                    a.targets = _shared(theirs.values())

    def _done_together(self, a: Telling, b: Telling) -> bool:
        """Whether one subject does both by coordinated verbs, behind which stands what they answer."""
        if a.standing or b.standing or b.retaliation is None or b.retaliation.start < b.action_span.end:
            return False
        first = self.document.token_at(a.action_span.start)
        second = self.document.token_at(b.action_span.start)
        if first is None or second is None or self.document.child(second, "nsubj", "nsubjpass") is not None:
            return False
        over = [first, *self.document.ancestors(first)][:3]
        return second.dep == "conj" and any(second.head == t.i for t in over)

    def _coordinated(self, a: Telling, b: Telling) -> bool:
        """Whether the noun of ``b`` is coordinated with that of ``a``, or depends on the same verb."""
        if a.standing != b.standing:
            return False
        if a.action_span == b.action_span:
            return True
        token = self.tokens[b.place]
        for _ in range(4):
            if token.dep != "conj":
                return False
            token = self.document.head(token)
            if token.i == a.place:
                return True
        return False

    def _pro_form(self, token: Token, before: list[MeasurePhrase]) -> MeasurePhrase | None:
        """``those on steel``: a pronoun for the measure named before it in the sentence."""
        if not before or token.lower not in _PRO_FORMS or token.i + 1 >= len(self.tokens):
            return None
        if self.tokens[token.i + 1].lower != "on" or token.dep == "det":
            return None
        if token.lower in ("that", "one") and self.tokens[token.i - 1].lower not in (
            ",",
            "and",
            "while",
            "but",
            "to",
            "as",
            "than",
        ):
            return None
        return replace(
            before[-1], noun=token.i, first=token.i, last=token.i + 1, goods=(), rate=None, additional=None,
            retaliatory=None, change=None, definite=True, negated=False,
        )  # fmt: skip

    def _pronoun(self, token: Token) -> MeasurePhrase | None:
        """``Both take effect on May 1``: a pronoun for what the sentence before tells."""
        if token.lower not in _STANDS_FOR or token.dep not in ("nsubj", "nsubjpass"):
            return None
        verb = self.document.head(token)
        if verb.i < token.i or not self._begins(verb):
            return None
        if not any(c.lower in ("effect", "force", "effective") for c in self.tokens[verb.i + 1 : verb.i + 4]):
            return None
        return MeasurePhrase(token.i, token.i, token.i + 1, (), RECALL, trade=False, definite=True)

    def _relative_pronoun(self, token: Token, before: list[MeasurePhrase]) -> MeasurePhrase | None:
        """``scraps the duty, which it halved last year``: what was done to a measure before tells an act of its own."""
        if token.tag != "WDT" or token.dep not in ("dobj", "nsubjpass") or not before:
            return None
        verb = self.document.head(token)
        if verb.dep != "relcl" or actions("object").get(verb.lemma) not in ("raise", "lower"):
            return None
        if not any(t.lower == "," for t in self.tokens[max(0, token.i - 3) : token.i]):
            return None
        return MeasurePhrase(token.i, token.i, token.i + 1, (), RECALL, trade=False, definite=True)

    def _object_pronoun(self, token: Token) -> MeasurePhrase | None:
        """``It imposed them in 2019``: a pronoun for the measure that was named last before it."""
        plural = token.lower in ("them", "they")
        if not plural and token.lower != "it":
            return None
        verb = self.document.head(token)
        passive = token.dep == "nsubjpass"
        if not (passive or token.dep == "dobj") or self.predicates.lemma(verb) not in _DONE_TO_MEASURES:
            return None
        sentence = self.document.sentence_of(token)
        floor = self.document.sentences[max(0, sentence.index - 1)].first
        for i in range(token.i - 1, max(floor, token.i - _PRONOUN_REACH) - 1, -1):
            noun = self.tokens[i]
            if noun.tag in ("NNS", "NNPS") if plural else noun.tag in ("NN", "NNP") and noun.dep in _ARGUMENTS:
                named = self.nouns.read(noun)
                if named is not None and named.certainty != RECALL:
                    return MeasurePhrase(token.i, token.i, token.i + 1, (), RECALL, trade=False, definite=True)
        return None

    def _only_a_rate(self, phrase: MeasurePhrase) -> bool:
        """Whether the noun only says what a rate is of: a quota of 500 tonnes at 10 percent duty."""
        before = self.tokens[phrase.first - 1] if phrase.first else None
        return (
            phrase.rate is not None and not phrase.definite and before is not None and before.lower in ("at", "under")
        )

    def _joined(self, a: MeasurePhrase, b: MeasurePhrase) -> bool:
        """Whether two measures are coordinated right beside one another (tariffs and quotas on steel)."""
        between = self.tokens[a.last : b.first]
        return (
            len(between) <= 2
            and any(t.lower in ("and", "or", ",") for t in between)
            and all(t.lower in ("and", "or", ",") for t in between)
        )

    def _measure(self, phrase: MeasurePhrase, sentence: Sentence, stop: int, *, beside: bool) -> list[Telling]:
        predicate = self._governing(phrase)
        noun = self.tokens[phrase.noun]
        if predicate.pattern == "absorbed":
            return []
        if phrase.negated:
            return []
        if "quota" in phrase.measures and predicate.token.lemma in _USING:
            # how far it is used
            return []
        outer, changed = predicate, None
        if predicate.pattern == "bare" or not predicate.action:
            predicate = self._participle(noun) or self._change(phrase) or self._enjoyed(outer) or predicate
        elif phrase.change is not None and predicate.action == "impose" and phrase.change[0].tag != "JJR":
            predicate, changed = replace(predicate, action=phrase.change[1]), self._change(phrase)
        relative = self._participle(noun)
        hop = self._hop(noun, predicate, stop)
        start = phrase.last
        if predicate.noun is not None and predicate.noun.i >= phrase.last and predicate.noun.i - phrase.last <= 2:
            start = predicate.noun.i + 1
        measure = phrase.measures[0] if phrase.measures else ""
        found = self.scanner.scan(
            Course(
                start,
                stop,
                quota=measure == "quota",
                loose_of=measure in ("ban", "export_control"),
                applied=predicate.token.lemma in ("apply", "extend"),
                licence=measure == "export_control" and noun.lemma in _LICENCES,
                hop=hop,
                relative=relative.token if relative is not None and relative.token.dep == "relcl" else None,
            )
        )
        beneficiaries = self.before.read(phrase, outer if outer.pattern == "bear" else predicate, found)
        stance = self._stance(predicate, noun)
        if self.before.is_total(phrase, found) or (found.unnamed_traders and not found.groups):
            return []
        if not self.before.is_trade(phrase, found, bool(beneficiaries), beside=beside):
            if phrase.certainty != RECALL and not phrase.definite:
                return []
            recall = True
        else:
            recall = phrase.certainty == RECALL
        acted = action_rule(self.document, changed or predicate, self.predicates.lemma(predicate.token))
        if (fit := fitting(predicate, phrase)) != predicate.action:
            acted = because("action", "fitting", acted, action=fit, measure=measure)
        predicate = replace(predicate, action=fit)
        action, status, why = settle(predicate, stance)
        why = {"action": acted, **why}
        word = predicate.token.span
        if action == "maintain" and status == "announced":
            status, why["status"] = "in_force", because("status", "kept", word=word)
        if predicate.pattern == "object" and stance.mood == "actual" and predicate.token.lemma in _DECIDING:
            status, why["status"] = "announced", because("status", "decided", word=word)
        if predicate.token.lemma in _PONDERING and predicate.pattern == "object" and action == "impose":
            action, status = "threaten", "threatened"
            why["action"] = because("action", "pondered", word=word)
            why["status"] = because("status", "threat", word=word)
        telling = self._telling(phrase, predicate, found, sentence, action, status, stance)
        telling.note(**why)
        if (given := measure_rule(self.document, phrase, telling.measures)) is not None:
            telling.note(measure=given)
        telling.recall = recall
        telling.anchored = noun.tag == "WDT" or noun.tag == "PRP"
        telling.trade = phrase.trade
        telling.base = self.before.is_base(phrase)
        telling.standing = predicate.pattern == "modifier" and outer.pattern == "bare"
        self.whose.read(telling, phrase, predicate, found, stance)
        if not telling.imposers and relative is not None:
            origins = {o.code for g in telling.groups for i in g.items for o in i.origins}
            named, _ = self.whose.subjects(relative, phrase)
            telling.imposers = [p for p in named if p.code not in origins]
        if (
            stance.mood == "possible"
            and action in ("impose", "raise", "threaten")
            and not stance.negated
            and self.whose.says_so(telling, stance)
        ):
            telling.action, telling.status = "threaten", "threatened"
            possible = (stance.word or predicate.token).span
            telling.note(
                action=because("action", "possible", word=possible), status=because("status", "threat", word=possible)
            )
        telling.targets += as_("beneficiary", beneficiaries)
        self.whose.targets(telling, phrase, predicate, found)
        if not telling.groups and telling.measures[:1] in _DEFENCES:
            telling.groups = self.before.complained_of(phrase, sentence)
        self.applied.read(telling, phrase, replace(predicate, action=action), found)
        out: list[Telling] = []
        if action in _REVERSALS or not action:
            standing = self._presupposed(telling, phrase, predicate, action, status)
            if standing is not None and not action and stance.mood == "announced" and predicate.token.lemma == "be":
                # "the duty will be 10 percent"
                standing.status = "announced"
                standing.note(status=because("status", "will_be", word=word))
            if standing is not None:
                out.append(standing)
        if not action:
            return out
        if not telling.status:
            # a demand, a forecast, a refusal, a mere possibility: no act of the imposer
            return out
        out.append(telling)
        return self._by_measure(out, phrase)

    def _governing(self, phrase: MeasurePhrase) -> Predicate:
        """The predicate of a phrase; a pronoun's is that of the measure it stands for, where it has none."""
        predicate = self.predicates.governing(phrase)
        noun = self.tokens[phrase.noun]
        if noun.lower in _PRO_FORMS:
            if predicate.pattern == "bare" and self._last is not None:
                return self._last
            return predicate
        self._last = predicate
        return predicate

    def _by_measure(self, tellings: list[Telling], phrase: MeasurePhrase) -> list[Telling]:
        """One telling for each measure that the phrase names."""
        if len(phrase.measures) < 2:
            return tellings
        named = self.document.span(phrase.first, phrase.noun + 1)
        tellings = [replace(t, measure_span=named) for t in tellings]
        return [
            replace(
                t,
                measures=(m,),
                groups=[Group(list(g.items), replace(g.rate)) for g in t.groups],
                rules={**t.rules, "measure": because("measure", "several", word=named, measure=m)},
            )
            for t in tellings
            for m in phrase.measures
        ]

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
        if (
            following is not None
            and following.tag in ("VBN", "VBD")
            and following.lemma in actions("object")
            and following.lower in _PLACING
        ):
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
        if token.dep == "relcl" and (self.document.head(token).i == noun.i or noun.head == token.i):
            return token
        if (
            predicate.passive
            or predicate.pattern in ("subject",)
            or (predicate.noun is not None and token.pos == "VERB")
        ):
            return token
        if predicate.pattern == "bare" and token.lemma == "be":
            return token
        return None

    def _stance(self, predicate: Predicate, noun: Token) -> Stance:
        token = predicate.token
        if predicate.pattern == "modifier":
            token = noun
        if token.pos == "ADJ" and predicate.pattern in ("bear", "exempt"):
            token = self.document.head(token)
        stance = self.predicates.stance(self._led(token))
        if predicate.pattern == "bare":
            stance.negated = False
        if (
            token.tag == "VBG"
            and stance.mood == "actual"
            and any(c.lemma == "be" for c in self.document.children(token, "aux"))
        ):
            # "is lifting": under way and not done
            stance.mood, stance.word = "announced", token
        if predicate.noun is not None:
            for child in self.document.children(predicate.noun, "amod"):
                if actions("modifier").get(child.lower) == "threaten":
                    stance.mood = "announced" if child.lower in ("planned", "impending", "proposed") else "threatened"
                    stance.word = child
        return stance

    def _led(self, verb: Token) -> Token:
        """The verb whose auxiliary a bare coordinated verb shares, where the parse does not join them."""
        if verb.i == 0 or self.tokens[verb.i - 1].tag != "CC" or self.document.child(verb, "aux"):
            return verb
        noun = acts(self.document, verb.i)
        if verb.tag != "VB" and not noun:
            return verb
        if not noun and self.document.head(verb).pos in ("VERB", "AUX"):
            return verb
        floor = self.document.sentence_of(verb).first
        for token in reversed(self.tokens[floor : verb.i - 1]):
            if token.tag == "VB" and self.document.child(token, "aux") is not None:
                return token
        return verb

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
        if (
            measures
            and measures[0] == "export_control"
            and flow
            and flow != "export"
            and noun.lemma not in ("licence", "license", "licensing", "permit")
        ):
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
            loose=noun.lemma in _LOOSE,
            begins=predicate.pattern == "subject" and predicate.action == "impose" and self._begins(predicate.token),
            retaliation=retaliation,
            provoked_by=provoked,
            in_title=self.document.in_title(noun),
            exports=flow in ("export", "shipment"),
        )
        if telling.retaliation is None:
            telling.retaliation, telling.provoked_by = self.answers.read(predicate, sentence, noun)
        return telling

    def _begins(self, verb: Token) -> bool:
        """Whether the verb says that a measure takes effect."""
        if verb.lemma in ("begin", "start", "apply"):
            return True
        return any(
            c.lower in ("effect", "force", "effective", "in", "into")
            for c in self.document.children(verb, "dobj", "prep", "prt", "acomp")
        )

    def _presupposed(
        self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, action: str, status: str
    ) -> Telling | None:
        """The standing measure that a clause about its end or future takes for granted."""
        if action in ("lower", "maintain") and status:
            return None
        if action == "suspend" and predicate.token.lemma in _POSTPONING and not phrase.definite:
            # what is put off is not in force
            return None
        if predicate.pattern in ("noun", "bear") and not phrase.owners and not telling.groups and not telling.targets:
            return None
        if telling.recall and telling.retaliation is None and not telling.base:
            return None
        named = (
            bool(phrase.owners) or phrase.owner_pronoun is not None or bool(self._participle(self.tokens[phrase.noun]))
        )
        if (
            not action
            and stances("verb").get(predicate.token.lemma) in ("denied", "threatened", "demanded", "forecast")
            and not named
        ):
            return None
        origins = telling.targets or any(i.origins for g in telling.groups for i in g.items)
        if action and not status and not origins and telling.rate.empty:
            return None
        freed = predicate.pattern == "exempt" and telling.targets
        if freed and not any(i.origins or i.first < phrase.first for g in telling.groups for i in g.items):
            # "exempted Kenya from the cess": what stays is on all others
            telling = replace(telling, targets=[], everyone=True)
            action = ""
        elif freed and not any(i.origins for g in telling.groups for i in g.items):
            # "exempted phones from its tariffs on Chinese goods"
            rest = [g for g in telling.groups if not any(i.first < phrase.first for i in g.items)]
            telling = replace(telling, groups=rest)
            action = ""
        standing = replace(
            telling,
            action="impose",
            status="ended" if action == "remove" and status == "in_force" else "in_force",
            status_span=telling.status_span,
            action_span=telling.measure_span,
            standing=True,
            rate=before_the_end(telling.rate),
            groups=[Group(list(g.items), before_the_end(g.rate)) for g in telling.groups],
            presupposed=bool(action)
            or telling.base
            or (predicate.pattern == "bare" and predicate.token.pos == "VERB" and predicate.token.i < phrase.first),
            retaliation=phrase.retaliatory.span
            if phrase.retaliatory is not None
            else telling.retaliation
            if not action
            else None,
        )
        how = "presupposed_ended" if standing.status == "ended" else "presupposed"
        standing.note(action=PRESUPPOSED, status=because("status", how, word=predicate.token.span))
        if action in ("remove", "suspend", "lower"):
            telling.retaliation = None
        if not standing.own_content and not action:
            standing.recall = True
        return standing
