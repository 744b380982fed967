"""How real a clause is: stated, decided, threatened, possible, demanded, denied, supposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from broadsheet.extraction.tariffs.lexicon import carriers, stances, word_set

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.events.syntax import Syntax

Mood = Literal["actual", "offered", "announced", "threatened", "possible", "demanded", "denied", "hypothetical"]

_RANK: dict[Mood, int] = {
    "actual": 0,
    "announced": 1,
    "offered": 1,
    "possible": 2,
    "threatened": 3,
    "hypothetical": 4,
    "demanded": 5,
    "denied": 6,
}
"""The outermost doubt wins over certainty, a demand or denial over all."""

_DEPTH = 10
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_CONDITIONAL = frozenset({"would", "'d", "’d"})
_POSSIBLE = frozenset({"can", "could", "may", "might", "ca"})
_OBLIGED = frozenset({"must", "should", "ought"})
_DOUBT = word_set("doubt")
_FACT = word_set("fact")
_WITHOUT = word_set("without")
_SAYING = word_set("saying")
_NEGATIONS = word_set("negations")
_PLANNING = word_set("planning")
_DROPPING = word_set("dropping")
_CAUSES = word_set("causes")
_RESOLVED = word_set("resolved")
_DUE = frozenset({"due", "ready", "set", "sure", "certain", "poised"})
_LIKELY = frozenset({"likely", "able", "free", "prepared", "willing", "possible"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Stance:
    """How real a clause is and who stands behind it; ``word`` is what gave the mood, ``negation`` what negates it."""

    mood: Mood
    conditional: bool = False
    negated: bool = False
    speakers: list[Token] = field(default_factory=list)
    demanders: list[Token] = field(default_factory=list)
    quoted: bool = False
    word: Token | None = None
    negation: Token | None = None
    condition: Token | None = None


class Climb:
    """Climbs from the action to the root of its sentence and gathers what bears on its truth."""

    def __init__(self, document: Document, syntax: Syntax) -> None:
        self.document = document
        self.syntax = syntax
        self.result = Stance("actual")
        self.done = False

    def run(self, token: Token) -> Stance:
        """The stance of the clause of ``token``."""
        current = token
        for _ in range(_DEPTH):
            if current.pos in _VERBAL or current.tag in ("VBN", "VBG", "VB", "VBD"):
                self._auxiliaries(current)
            self._conditions(current)
            if self._headline_infinitive(current):
                self._become("announced", current)
            head = self.document.head(current)
            if head.i == current.i:
                break
            following = self._up(current, head)
            if following is None:
                break
            current = following
        return self.result

    def _become(self, mood: Mood, word: Token) -> None:
        if _RANK[mood] > _RANK[self.result.mood]:
            self.result.mood, self.result.word = mood, word

    def _negate(self, word: Token) -> None:
        self.result.negated = not self.result.negated
        self.result.negation = word

    def _auxiliaries(self, verb: Token) -> None:
        for child in self.document.children(verb, "aux", "auxpass", "neg", "advmod", "det"):
            lower = child.lower
            if (
                child.dep == "auxpass"
                and lower == "be"
                and not any(c.dep == "aux" for c in self.document.children(verb))
            ):
                # the subjunctive of what is proposed: "that duties be cut"
                self._become("announced", child)
            if child.dep == "neg" or (lower in _NEGATIONS and child.dep in ("advmod", "det") and child.i < verb.i):
                self._negate(child)
            elif child.dep != "aux":
                continue
            elif lower in _FUTURE | _CONDITIONAL:
                self._become("announced", child)
            elif lower in _POSSIBLE:
                self._become("possible", child)
            elif lower in _OBLIGED:
                self._become("demanded", child)
        if verb.lemma in ("have", "need") and self.document.child(verb, "xcomp") is not None:
            self._become("demanded", verb)
        if verb.lemma == "be" and self.document.child(verb, "xcomp") is not None:
            self._become("announced", verb)

    def _past(self, verb: Token) -> bool:
        """Whether an auxiliary puts the verb into the past."""
        return any(c.tag == "VBD" for c in self.document.children(verb, "aux", "auxpass"))

    def _conditions(self, token: Token, before: int | None = None) -> None:
        for clause in self.document.children(token, "advcl"):
            if before is not None and clause.i > before:
                continue
            mark = self.document.child(clause, "mark")
            if (mark is not None and mark.lower in ("if", "unless")) or (
                clause.children and self.document.tokens[clause.children[0]].lower in ("if", "unless")
            ):
                said = mark is not None and mark.lower in ("if", "unless")
                self.result.conditional = True
                self.result.condition = mark if said else self.document.tokens[clause.children[0]]
        for prep in self.document.children(token, "prep"):
            if prep.lower == "unless":
                self.result.conditional, self.result.condition = True, prep

    def _headline_infinitive(self, token: Token) -> bool:
        """``Japan to impose tariffs``: an infinitive with a subject of its own at the root."""
        doc = self.document
        if token.tag != "VB" or (token.head != token.i and token.dep not in ("ccomp", "conj", "relcl", "acl")):
            return False
        to = next((c for c in doc.children(token, "aux") if c.lower == "to"), None)
        return to is not None and (token.head == token.i or doc.child(token, "nsubj", "nsubjpass") is not None)

    def _up(self, current: Token, head: Token) -> Token | None:
        doc = self.document
        if current.dep == "conj":
            if not self._is_own_clause(current, head):
                return head
            # a clause of its own, under the same verb of saying
            current = head
            while current.dep == "conj" and current.head != current.i:
                current = doc.head(current)
            if current.head == current.i:
                return None
            head = doc.head(current)
        infinitive = current.tag == "VB" and any(c.lower == "to" for c in doc.children(current, "aux"))
        match current.dep:
            case "xcomp" | "ccomp" | "oprd" | "dep" | "parataxis":
                return self._over_complement(current, head, infinitive)
            case "acl":
                clause = any(c.lower == "that" for c in doc.children(current, "mark"))
                if head.pos in ("NOUN", "PROPN", "PRON") and (infinitive or clause):
                    return self._over_noun(head)
                return None
            case "relcl":
                if infinitive:
                    return self._over_noun(head)
                return None
            case "advcl":
                mark = doc.child(current, "mark")
                word = mark.lower if mark is not None else ""
                first = doc.child(current, "advmod")
                if first is not None and first.tag == "WRB":
                    word = first.lower
                if word in _DOUBT:
                    self._become("hypothetical", current)
                    return None
                if word in ("until", "till") and current.tag != "VBD" and not self._past(current):
                    self._become("hypothetical", current)
                    return None
                if word in _FACT:
                    return None
                if infinitive:
                    return self._over_complement(current, head, infinitive)
                return head
            case "pcomp":
                if head.lower in _WITHOUT or (head.lower == "of" and doc.head(head).lower in ("instead", "out")):
                    self._become("denied", head)
                    return None
                over = doc.head(head)
                if over.i == head.i or head.lower in _CAUSES:
                    return None
                if over.pos in ("NOUN", "PROPN"):
                    return self._over_noun(over)
                return self._over_complement(current, over, infinitive=False)
            case "dobj" | "nsubjpass" | "nsubj" | "attr" | "dative" | "appos":
                return self._over_noun_argument(current, head)
            case "pobj":
                over = doc.head(head)
                if head.lower in _WITHOUT and head.lower not in ("from", "against"):
                    self._become("denied", head)
                    return None
                for _ in range(3):
                    if head.lower != "of" or over.lemma not in carriers() or over.dep != "pobj":
                        break
                    head = doc.head(over)
                    over = doc.head(head)
                if over.pos in ("NOUN", "PROPN") and over.lemma in stances("noun"):
                    return self._over_noun(over)
                if over.pos in _VERBAL:
                    return self._over_complement(current, over, infinitive=False, noun=True)
                return None
            case "prep":
                return head
            case "amod" | "compound":
                return None
        return None

    def _is_own_clause(self, current: Token, head: Token) -> bool:
        """Whether a joined verb has a subject, or an auxiliary beside another verb."""
        if current.pos not in _VERBAL:
            return False
        if self.document.child(current, "nsubj", "nsubjpass") is not None:
            return True
        return self.document.child(current, "aux") is not None and head.pos in _VERBAL

    def _over_noun_argument(self, current: Token, head: Token) -> Token | None:
        """A noun of action as an argument of a verb (announced a cut)."""
        if head.pos not in _VERBAL:
            return None
        stance = stances("verb").get(head.lemma)
        if current.pos in ("NOUN", "PROPN") and stance in ("threatened", "demanded", "denied"):
            self._apply(stance, head)
        elif stance == "announced" and head.lemma in _PLANNING:
            self._become("announced", head)
        return head

    def _over_noun(self, noun: Token) -> Token | None:
        """``a plan to impose``: what the noun makes of it, then what is said of the noun."""
        stance = stances("noun").get(noun.lemma)
        head = self.document.head(noun)
        taken = noun.lemma in ("decision", "move", "order", "deal", "agreement") and noun.dep in ("nsubj", "nsubjpass")
        if (
            stance == "announced"
            and taken
            and head.tag in ("VBD", "VBN", "VBZ")
            and not any(c.lower in _FUTURE for c in self.document.children(head, "aux"))
        ):
            # what was decided has been felt
            return None
        if stance is not None:
            self._apply(stance, noun)
        no = next((c for c in self.document.children(noun, "det") if c.lower == "no"), None)
        if no is not None:
            self._negate(no)
        head = self.document.head(noun)
        if noun.dep in ("dobj", "nsubjpass") and head.pos in _VERBAL and head.lemma in _DROPPING:
            self._become("denied", head)
        return noun if head.i != noun.i and noun.dep in ("dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj") else None

    def _over_complement(self, current: Token, head: Token, infinitive: bool, noun: bool = False) -> Token | None:
        doc = self.document
        lemma = head.lemma
        if lemma == "be" and infinitive:
            # "the offer is to cut duties"
            for subject in doc.children(head, "nsubj"):
                if stances("noun").get(subject.lemma) is not None:
                    self._apply(stances("noun")[subject.lemma], subject)
        particle = doc.child(head, "prt")
        if lemma == "rule" and particle is not None and particle.lower == "out":
            self._apply("denied", head)
            return head
        if lemma == "be" and infinitive:
            self._become("announced", head)
            return head
        stance = stances("verb").get(lemma)
        if lemma == "expect" and infinitive and doc.child(current, "nsubj") and not self.syntax.is_passive(head):
            # others expect it of somebody
            stance = "forecast"
        if stance is None and (head.pos == "ADJ" or (head.tag in ("JJ", "VBN") and infinitive)):
            stance = "announced" if head.lower in _DUE else "threatened" if head.lower in _LIKELY else None
        saying = lemma in _SAYING
        if saying and current.i < head.i:
            # "will tax it if talks fail, he said": the condition may hang on the verb of saying
            self._conditions(head, before=head.i)
        if (
            current.dep == "ccomp"
            and current.i < head.i
            and not infinitive
            and stance in ("demanded", "denied", "forecast")
        ):
            # a clause of its own before the reporter's verb (a step critics call harsh)
            return None
        if saying or stance in ("demanded", "threatened", "forecast", "announced"):
            self.result.speakers.extend(c for c in doc.children(head, "nsubj", "csubj") if head.pos in _VERBAL)
        if saying and not infinitive and stance not in ("demanded", "threatened", "denied"):
            return head if head.dep in ("ccomp", "xcomp") else None
        if stance is not None:
            if stance == "announced" and not (infinitive or current.dep in ("ccomp", "pcomp", "advcl") or noun):
                return head
            if noun and stance == "announced" and lemma not in _RESOLVED:
                return head
            self._apply(stance, head)
        return head

    def _apply(self, stance: str, word: Token) -> None:
        doc = self.document
        match stance:
            case "announced":
                self._become("announced", word)
            case "offered":
                if self.result.mood in ("actual", "announced"):
                    self.result.mood, self.result.word = "offered", word
            case "threatened":
                self._become("threatened", word)
            case "demanded":
                self._become("demanded", word)
                if word.pos in _VERBAL:
                    self.result.demanders.extend(self.syntax.surface_subjects(word))
            case "forecast":
                self._become("possible", word)
            case "denied":
                self._become("denied", word)
        for child in doc.children(word, "neg"):
            if stance in ("announced", "threatened") and child.i < word.i:
                self._become("denied", child)
                return
