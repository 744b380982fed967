"""Reads the clauses of a sentence that tell a measure on goods."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.answers import AnswerReader
from broadsheet.extraction.tariffs.applied import RateReader, before_the_end
from broadsheet.extraction.tariffs.before import BeforeReader
from broadsheet.extraction.tariffs.governors import Governors
from broadsheet.extraction.tariffs.grounds import PRESUPPOSED, action_rule, because, measure_rule
from broadsheet.extraction.tariffs.lexicon import RECALL, stances, trade_verb_lemmas, word_set
from broadsheet.extraction.tariffs.outcome import fitting, settle
from broadsheet.extraction.tariffs.parties import as_
from broadsheet.extraction.tariffs.phrases import PhraseFinder, begins, joined
from broadsheet.extraction.tariffs.scan import Course
from broadsheet.extraction.tariffs.sharing import Sharer, shared
from broadsheet.extraction.tariffs.tellings import Group, Telling
from broadsheet.extraction.tariffs.verbs import CHARGING, LEAVING, PAYING, VerbReader
from broadsheet.extraction.tariffs.whose import WhoseReader

if TYPE_CHECKING:
    from broadsheet.analysis.document import Sentence
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.predicates import Predicate
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.scan import Found
    from broadsheet.extraction.tariffs.stance import Stance

_LOOSE = frozenset({"restriction", "curb", "limit", "barrier", "control"})
_DECIDING = word_set("deciding")
_POSTPONING = word_set("postponing")
_EXEMPTING = word_set("exempting")
_PONDERING = word_set("pondering")
_LICENCES = frozenset({"licence", "license", "permit"})
_USING = frozenset({"fill", "exhaust", "exceed", "meet", "use", "reach", "miss"})
_REVERSALS = frozenset({"remove", "suspend", "lower", "maintain"})
_STATUS_OF = MappingProxyType(
    {
        "possible": "threatened",
        "threatened": "threatened",
        "announced": "announced",
        "offered": "announced",
        "demanded": "announced",
        "hypothetical": "announced",
    }
)
"""Mood of a clause that states no act of the imposer, to the status that it has if it is a measure all the same."""
_DEFENCES = (("anti_dumping",), ("countervailing",), ("safeguard",))
"""Measures that follow a complaint about certain goods."""


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
        self.phrases = PhraseFinder(readers)
        self.governors = Governors(readers)
        self.sharer = Sharer(readers.document)

    def read(self, sentence: Sentence) -> list[Telling]:
        """The tellings of a sentence, in reading order."""
        self.governors.turn()
        phrases = self.phrases.find(sentence)
        out: list[Telling] = []
        waiting: list[Telling] = []
        for k, phrase in enumerate(phrases):
            stop = phrases[k + 1].first if k + 1 < len(phrases) else sentence.last
            told = self._measure(phrase, sentence, stop, beside=any(t.own_content for t in out))
            together = k + 1 < len(phrases) and joined(self.tokens, phrase, phrases[k + 1])
            for telling in told:
                if not telling.groups and together and not telling.own_content:
                    waiting.append(telling)
                elif waiting and telling.groups:
                    for other in waiting:
                        other.groups = [Group(list(g.items), replace(other.rate)) for g in telling.groups]
                        other.last = telling.last
                        other.imposers = other.imposers or shared(telling.imposers)
                    waiting = []
            if not together:
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
        self.sharer.share(out)
        for telling in out:
            telling.background = self.sharer.in_passing(telling)
        for a, b in pairwise(out):
            if b.window is not None:
                continue
            # "a tax on coal and a levy on gas, effective May 1"
            b.together = a.action_span == b.action_span and a.action == b.action
        return out

    def _measure(self, phrase: MeasurePhrase, sentence: Sentence, stop: int, *, beside: bool) -> list[Telling]:
        predicate = self.governors.governing(phrase)
        noun = self.tokens[phrase.noun]
        doubts: list[str] = []
        if predicate.pattern == "absorbed":
            doubts.append("absorbed")
        if phrase.negated:
            doubts.append("negated")
        if "quota" in phrase.measures and predicate.token.lemma in _USING:
            # how far it is used
            doubts.append("used")
        outer, changed = predicate, None
        if predicate.pattern == "bare" or not predicate.action:
            over = self.governors
            predicate = over.participle(noun) or over.change(phrase) or over.enjoyed(outer) or predicate
        elif phrase.change is not None and predicate.action == "impose" and phrase.change[0].tag != "JJR":
            predicate, changed = replace(predicate, action=phrase.change[1]), self.governors.change(phrase)
        relative = self.governors.participle(noun)
        hop = self.governors.hop(noun, predicate, stop)
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
        stance = self.governors.stance(predicate, noun)
        if self.before.is_total(phrase, found):
            doubts.append("total")
        if found.unnamed_traders and not found.groups:
            doubts.append("traders")
        if not self.before.is_trade(phrase, found, bool(beneficiaries), beside=beside):
            if phrase.certainty != RECALL and not phrase.definite:
                doubts.append("no trade")
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
        doubts += [stance.mood] if stance.mood != "actual" else []
        doubts += ["if"] if stance.conditional else []
        telling.doubts = tuple(doubts)
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
        if not telling.status:
            # a demand, a forecast, a refusal, a mere possibility: no act of the imposer
            telling.doubts = (*telling.doubts, "no status")
            telling.status = _STATUS_OF.get(stance.mood, "in_force")
            telling.note(status=because("status", "stated", word=word))
        if not action:
            telling.action = "impose"
            telling.doubts = (*telling.doubts, "no action")
            if any(t.standing for t in out):
                return out
        out.append(telling)
        return self._by_measure(out, phrase)

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
        imposes = predicate.action == "impose"
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
            begins=imposes and predicate.pattern == "subject" and begins(self.document, predicate.token),
            retaliation=retaliation,
            provoked_by=provoked,
            in_title=self.document.in_title(noun),
            exports=flow in ("export", "shipment"),
        )
        if telling.retaliation is None:
            telling.retaliation, telling.provoked_by = self.answers.read(predicate, sentence, noun)
        return telling

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
        done = self.governors.participle(self.tokens[phrase.noun])
        named = bool(phrase.owners) or phrase.owner_pronoun is not None or done is not None
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
