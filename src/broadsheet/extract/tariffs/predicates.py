"""What becomes of a measure: the verb or noun that governs it, and how real the clause makes that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from broadsheet.extract.tariffs.lexicon import actions, measure_nouns, stances

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.events.syntax import Syntax
    from broadsheet.extract.tariffs.nouns import MeasurePhrase

Mood = Literal["actual", "announced", "threatened", "possible", "demanded", "denied", "hypothetical"]

_DEPTH = 10
_CARRIERS = {"round", "series", "set", "wave", "package", "raft", "list", "rate", "level", "regime", "schedule", "system", "pair", "range", "number", "string", "barrage", "slew", "rates", "levels", "batch", "use", "kind", "type", "form", "part", "hundred", "billion", "dozen", "tranche", "layer"}  # fmt: skip
_GO_AHEAD = {"ahead", "forward", "through", "along"}
_FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
_POSSIBLE = {"can", "could", "may", "might", "ca"}
_OBLIGED = {"must", "should", "ought"}
_DOUBT = {"if", "unless", "whether", "lest", "provided", "should"}
_FACT = {"after", "when", "since", "as", "because", "before", "while", "although", "though", "until", "once", "whereas", "that", "where"}  # fmt: skip
_WITHOUT = {"without", "instead", "from", "against", "than", "rather"}
_SAYING = {"say", "tell", "add", "note", "report", "state", "write", "declare", "explain", "claim", "show", "mean", "insist", "post", "quote", "read", "reiterate", "stress", "comment", "acknowledge", "confirm", "know", "understand", "believe", "think", "indicate", "reveal", "disclose", "hear", "learn", "remark"}  # fmt: skip
_NEGATIONS = {"not", "n't", "n’t", "never", "no", "neither", "nor"}
_VERBAL = {"VERB", "AUX"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """The word that says what becomes of a measure.

    Attributes:
        pattern: How the measure depends on it: a pattern of ``trade_actions.csv``, ``bare`` where nothing acts on it,
            or ``absorbed`` where it only qualifies another noun (tariff war).
        action: The action, or the empty string.
        token: The governing word.
        noun: A noun of action between the two (*cut* in "announced a tariff cut").
        passive: Whether the measure is the subject of a passive.
    """

    pattern: str
    action: str
    token: Token
    noun: Token | None = None
    passive: bool = False


@dataclass(slots=True)
class Stance:
    """How real a clause is and who stands behind it."""

    mood: Mood
    conditional: bool = False
    negated: bool = False
    speakers: list[Token] = field(default_factory=list)
    demanders: list[Token] = field(default_factory=list)
    quoted: bool = False


class PredicateReader:
    """Finds what governs a measure noun in one document."""

    def __init__(self, document: Document, syntax: Syntax) -> None:
        self.document = document
        self.syntax = syntax

    def governing(self, phrase: MeasurePhrase) -> Predicate:
        """The predicate of a measure noun."""
        doc = self.document
        token = doc.tokens[phrase.noun]
        current = token
        for _ in range(_DEPTH):
            head = doc.head(current)
            if head.i == current.i:
                return self._rooted(current)
            match current.dep:
                case "compound" | "nmod" | "amod" | "npadvmod" | "poss" | "nummod" if head.pos in ("NOUN", "PROPN", "ADJ", "NUM"):
                    if head.i > current.i and head.lemma in actions("noun") and current.dep != "poss":
                        return self._noun(head)
                    if head.lemma in _CARRIERS or (head.lemma in measure_nouns() and head.i > current.i):
                        if head.lemma in measure_nouns() and head.lemma not in ("barrier", "measure", "action", "charge", "penalty"):
                            return Predicate("absorbed", "", head)
                        current = head
                        continue
                    if current.dep == "nmod" and head.i < current.i:
                        current = head
                        continue
                    return Predicate("absorbed", "", head)
                case "pobj":
                    found = self._behind_preposition(head)
                    if isinstance(found, Predicate):
                        return found
                    if found is None:
                        return Predicate("bare", "", head)
                    current = found
                    continue
                case "conj":
                    if head.pos in _VERBAL:
                        return self._verb(head, "dobj", current)
                    current = head
                    continue
                case "appos":
                    current = head
                    continue
            if head.pos in _VERBAL:
                return self._verb(head, current.dep, current)
            if head.lemma in actions("noun"):
                return self._noun(head)
            return Predicate("bare", "", head)
        return Predicate("bare", "", current)

    def _rooted(self, token: Token) -> Predicate:
        """A measure noun at the head of a sentence: a headline, or a verb taken for a noun."""
        for child in self.document.children(token, "relcl", "acl"):
            if child.i > token.i and child.lemma in actions("object"):
                return Predicate("object", actions("object")[child.lemma], child, None, True)
        return Predicate("bare", "", token)

    def _noun(self, noun: Token, depth: int = 3) -> Predicate:
        """A noun of action, and what is said of it in turn."""
        action = actions("noun")[noun.lemma]
        doc = self.document
        current = noun
        for _ in range(depth):
            head = doc.head(current)
            if head.i == current.i or current.dep not in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos", "compound"):
                break
            if current.dep == "compound":
                return Predicate("noun", action, noun, noun)
            if current.dep == "pobj":
                over = doc.head(head)
                if over.lemma in _CARRIERS and head.lower == "of":
                    current = over
                    continue
                if over.lemma in actions("noun") and head.lower in ("of", "on", "to", "in"):
                    return Predicate("noun", _compose(actions("noun")[over.lemma], action), over, noun)
                break
            if current.dep in ("conj", "appos"):
                current = head
                continue
            if head.pos in _VERBAL:
                outer = self._verb(head, current.dep, current)
                if outer.pattern == "object" and outer.action:
                    return Predicate("noun", _compose(outer.action, action), head, noun, outer.passive)
                if outer.pattern == "subject" and outer.action in ("remove",):
                    return Predicate("noun", _compose(outer.action, action), head, noun)
                return Predicate("noun", action, head if current.dep in ("dobj", "nsubjpass", "nsubj") else noun, noun)
            break
        return Predicate("noun", action, noun, noun)

    def _behind_preposition(self, preposition: Token) -> Predicate | Token | None:
        """What a measure depends on by a preposition; a noun to go on from, or ``None`` where nothing acts on it."""
        doc = self.document
        over = doc.head(preposition)
        name = preposition.lower
        if name == "of" and over.lemma in _CARRIERS | {"imposition"} and over.lemma not in actions("noun"):
            return over
        if over.lemma in actions("noun") and name in ("of", "in", "on", "to", "from", "for") and over.pos in ("NOUN", "PROPN", "ADJ"):
            if over.lemma not in ("order", "start", "halt", "end") or name in ("of", "to"):
                return self._noun(over)
        if over.dep == "prep" and over.i != preposition.i and name != "of":
            over, name = doc.head(over), over.lower
        if over.pos in _VERBAL or over.lemma in ("subject", "due", "exempt", "free"):
            lemma = self._lemma(over)
            if name in ("with", "by") and over.lemma in actions("with"):
                return Predicate("with", actions("with")[over.lemma], over, None, self.syntax.is_passive(over))
            if name == "with" and any(c.lower in _GO_AHEAD for c in doc.children(over)):
                return Predicate("object", "impose", over)
            if name == "to" and (over.lemma == "subject" or f"{over.lemma} to" in actions("bear")):
                return Predicate("bear", "impose", over)
            if name == "to" and f"{lemma} to" in actions("bear"):
                return Predicate("bear", "impose", over)
            if name in ("from", "of") and over.lemma in ("exempt", "spare", "exclude", "free", "excuse", "shield", "protect"):
                return Predicate("exempt", "remove", over, None, self.syntax.is_passive(over) or over.pos == "ADJ")
            if name in ("from", "by", "of") and over.lemma in actions("bear") and actions("bear")[over.lemma] == "remove":
                return Predicate("bear", "remove", over)
            if name == "from" and over.lemma in ("benefit", "gain"):
                return Predicate("bear", "", over)
            if name in ("on", "to", "of", "with") and over.lemma in ("agree", "decide"):
                return Predicate("object", "impose", over)
            if name == "on" and over.lemma in ("back", "double"):
                return Predicate("bare", "", over)
        return None

    def _lemma(self, verb: Token) -> str:
        """The verb with its particle, where that is one of the words we know."""
        for child in self.document.children(verb):
            if child.dep in ("prt", "advmod", "prep", "dobj", "acomp") and child.i > verb.i:
                joined = f"{verb.lemma} {child.lower}"
                if any(joined in actions(p) for p in ("object", "subject", "with")):
                    return joined
                if child.dep == "prep":
                    for inner in self.document.children(child, "pobj"):
                        longer = f"{joined} {inner.lower}"
                        if any(longer in actions(p) for p in ("object", "subject")):
                            return longer
        return verb.lemma

    def _verb(self, verb: Token, dep: str, argument: Token) -> Predicate:
        """A verb that has the measure as its argument ``dep``."""
        doc = self.document
        lemma = self._lemma(verb)
        passive = dep in ("nsubjpass", "csubjpass")
        if passive or dep == "nsubj":
            target = self._raised(verb)
            if target is not None and target.i != verb.i:
                verb = target
                lemma = self._lemma(verb)
                passive = self.syntax.is_passive(verb)
            if passive:
                if lemma in actions("object") or verb.lemma in actions("object"):
                    return Predicate("object", actions("object").get(lemma) or actions("object")[verb.lemma], verb, None, True)
                return Predicate("bare", "", verb, None, True)
            if lemma in actions("subject"):
                return Predicate("subject", actions("subject")[lemma], verb)
            if verb.lemma == "be":
                state = next((c for c in doc.children(verb, "prep", "acomp", "advmod", "attr")), None)
                phrase = f"be in {inner.lower}" if state is not None and state.lower == "in" and (inner := doc.child(state, "pobj")) else ""
                if phrase in actions("subject"):
                    return Predicate("subject", actions("subject")[phrase], verb)
                return Predicate("bare", "", verb)
            if lemma in actions("object") and argument.i < verb.i and verb.tag in ("VBN",) and doc.child(verb, "dobj") is None:
                return Predicate("object", actions("object")[lemma], verb, None, True)
            return Predicate("bare", "", verb)
        if dep in ("dobj", "dative", "attr", "oprd", "conj", "dep", "acomp", "ccomp", "nmod", "npadvmod", "obj", "xcomp"):
            if lemma in actions("object"):
                return Predicate("object", actions("object")[lemma], verb)
            if verb.lemma in actions("object"):
                return Predicate("object", actions("object")[verb.lemma], verb)
            if verb.lemma in actions("bear"):
                return Predicate("bear", actions("bear")[verb.lemma], verb)
        return Predicate("bare", "", verb)

    def _raised(self, verb: Token) -> Token | None:
        """The verb that a subject really belongs to: *imposed* in ``are expected to be imposed``."""
        doc = self.document
        current = verb
        for _ in range(3):
            if self._lemma(current) in actions("subject") and self._lemma(current) != current.lemma:
                return current
            inner = doc.child(current, "xcomp")
            if inner is None:
                for adjective in doc.children(current, "acomp", "oprd", "attr"):
                    inner = doc.child(adjective, "xcomp") or (adjective if adjective.tag == "VBN" else None)
                    if inner is not None:
                        break
            if inner is None or inner.pos not in _VERBAL:
                return current
            current = inner
        return current

    def stance(self, token: Token) -> Stance:
        """How real the clause of ``token`` is, by everything above it in its sentence."""
        return _Climb(self.document, self.syntax).run(token)


def _compose(outer: str, inner: str) -> str:
    """One action out of two: to impose a cut is to lower, to cancel a rise is to remove it."""
    if outer in ("impose", "threaten") or outer == inner:
        return inner if inner else outer
    if outer in ("remove", "suspend") and inner in ("raise", "impose"):
        return outer
    if outer in ("raise", "lower") and inner == "impose":
        return outer
    if inner == "threaten":
        return outer
    if outer == "maintain":
        return inner if inner in ("suspend", "remove") else "maintain"
    return inner


class _Climb:
    """Climbs from the action to the root of its sentence and gathers what bears on its truth."""

    def __init__(self, document: Document, syntax: Syntax) -> None:
        self.document = document
        self.syntax = syntax
        self.result = Stance("actual")
        self.done = False

    def run(self, token: Token) -> Stance:
        current = token
        inherited = False
        for _ in range(_DEPTH):
            if current.pos in _VERBAL or current.tag in ("VBN", "VBG", "VB", "VBD"):
                self._auxiliaries(current)
                inherited = False
            self._conditions(current)
            if self._headline_infinitive(current):
                self._become("announced")
            head = self.document.head(current)
            if head.i == current.i:
                break
            following = self._up(current, head)
            if following is None:
                break
            current = following
        return self.result

    def _become(self, mood: Mood) -> None:
        """The outermost doubt wins over certainty, a demand or denial over all."""
        order: dict[Mood, int] = {"actual": 0, "announced": 1, "possible": 2, "threatened": 3, "hypothetical": 4, "demanded": 5, "denied": 6}
        if order[mood] > order[self.result.mood]:
            self.result.mood = mood

    def _auxiliaries(self, verb: Token) -> None:
        for child in self.document.children(verb, "aux", "auxpass", "neg", "advmod", "det"):
            lower = child.lower
            if child.dep == "neg" or (lower in _NEGATIONS and child.dep in ("advmod", "det") and child.i < verb.i):
                self.result.negated = not self.result.negated
            elif child.dep != "aux":
                continue
            elif lower in _FUTURE or lower in ("would", "'d", "’d"):
                self._become("announced")
            elif lower in _POSSIBLE:
                self._become("possible")
            elif lower in _OBLIGED:
                self._become("demanded")
        if verb.lemma in ("have", "need") and self.document.child(verb, "xcomp") is not None:
            self._become("demanded")
        if verb.lemma == "be" and self.document.child(verb, "xcomp") is not None:
            self._become("announced")

    def _conditions(self, token: Token) -> None:
        for clause in self.document.children(token, "advcl"):
            mark = self.document.child(clause, "mark")
            if mark is not None and mark.lower in ("if", "unless") or (clause.children and self.document.tokens[clause.children[0]].lower in ("if", "unless")):
                self.result.conditional = True
        for prep in self.document.children(token, "prep"):
            if prep.lower == "unless":
                self.result.conditional = True

    def _headline_infinitive(self, token: Token) -> bool:
        """``Japan to impose tariffs``: an infinitive with a subject of its own at the root."""
        doc = self.document
        if token.tag != "VB" or token.head != token.i and token.dep not in ("ccomp", "conj", "relcl", "acl"):
            return False
        to = next((c for c in doc.children(token, "aux") if c.lower == "to"), None)
        return to is not None and (token.head == token.i or doc.child(token, "nsubj", "nsubjpass") is not None)

    def _up(self, current: Token, head: Token) -> Token | None:
        doc = self.document
        infinitive = current.tag == "VB" and any(c.lower == "to" for c in doc.children(current, "aux"))
        match current.dep:
            case "xcomp" | "ccomp" | "oprd" | "dep" | "parataxis":
                return self._over_complement(current, head, infinitive)
            case "acl":
                if head.pos in ("NOUN", "PROPN", "PRON") and (infinitive or current.tag == "VBG" and False):
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
                    self._become("hypothetical")
                    return None
                if word in _FACT:
                    return None
                if infinitive:
                    return self._over_complement(current, head, infinitive)
                return head
            case "conj":
                if current.pos in _VERBAL and doc.child(current, "nsubj", "nsubjpass") is not None:
                    # a clause of its own, under the same verb of saying
                    for _ in range(_DEPTH):
                        if head.dep != "conj":
                            break
                        head = doc.head(head)
                    return self._up(head, doc.head(head)) if head.head != head.i else None
                if current.pos in _VERBAL and doc.child(current, "aux") is not None and head.pos in _VERBAL:
                    for _ in range(_DEPTH):
                        if head.dep != "conj":
                            break
                        head = doc.head(head)
                    return self._up(head, doc.head(head)) if head.head != head.i else None
                return head
            case "pcomp":
                if head.lower in _WITHOUT or (head.lower == "of" and doc.head(head).lower in ("instead", "out")):
                    self._become("denied")
                    return None
                over = doc.head(head)
                if over.i == head.i or head.lower in ("because", "despite", "after", "before", "since", "following", "due"):
                    return None
                if over.pos in ("NOUN", "PROPN"):
                    return self._over_noun(over)
                return self._over_complement(current, over, infinitive=False)
            case "dobj" | "nsubjpass" | "nsubj" | "attr" | "dative" | "appos":
                return self._over_noun_argument(current, head)
            case "pobj":
                over = doc.head(head)
                if head.lower in _WITHOUT and head.lower not in ("from", "against"):
                    self._become("denied")
                    return None
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

    def _over_noun_argument(self, current: Token, head: Token) -> Token | None:
        """A noun of action as an argument of a verb (announced a cut)."""
        if head.pos not in _VERBAL:
            return None
        stance = stances("verb").get(head.lemma)
        if current.pos in ("NOUN", "PROPN") and stance in ("threatened", "demanded", "denied"):
            self._apply(stance, head)
        elif stance == "announced" and head.lemma in ("announce", "plan", "propose", "unveil", "promise", "pledge", "order", "approve", "prepare", "offer", "schedule"):
            self._become("announced")
        return head

    def _over_noun(self, noun: Token) -> Token | None:
        """``a plan to impose``: what the noun makes of it, then what is said of the noun."""
        stance = stances("noun").get(noun.lemma)
        if stance is not None:
            self._apply(stance, noun)
        head = self.document.head(noun)
        if noun.dep in ("dobj", "nsubjpass") and head.pos in _VERBAL and head.lemma in ("drop", "scrap", "abandon", "reject", "cancel", "withdraw", "oppose", "shelve"):
            self._become("denied")
        return noun if head.i != noun.i and noun.dep in ("dobj", "nsubj", "nsubjpass", "attr", "pobj", "conj") else None

    def _over_complement(self, current: Token, head: Token, infinitive: bool, noun: bool = False) -> Token | None:
        doc = self.document
        lemma = head.lemma
        particle = doc.child(head, "prt")
        if lemma == "rule" and particle is not None and particle.lower == "out":
            self._apply("denied", head)
            return head
        if lemma == "be" and infinitive:
            self._become("announced")
            return head
        stance = stances("verb").get(lemma)
        if head.pos == "ADJ" or head.tag in ("JJ", "VBN") and stance is None and infinitive:
            if stance is None:
                stance = "announced" if head.lower in ("due", "ready", "set", "sure", "certain", "poised") else "threatened" if head.lower in ("likely", "able", "free", "prepared", "willing", "possible") else None
        saying = lemma in _SAYING
        if saying or stance in ("demanded", "threatened", "forecast", "announced"):
            self.result.speakers.extend(c for c in doc.children(head, "nsubj", "csubj") if head.pos in _VERBAL)
        if saying and not infinitive and stance not in ("demanded", "threatened", "denied"):
            return head if head.dep in ("ccomp", "xcomp") else None
        if stance is not None:
            if stance == "announced" and not (infinitive or current.dep in ("ccomp", "pcomp", "advcl") or noun):
                return head
            if noun and stance == "announced" and lemma not in ("plan", "threaten", "propose", "promise", "pledge", "decide", "agree", "move", "proceed"):
                return head
            self._apply(stance, head)
        return head

    def _apply(self, stance: str, word: Token) -> None:
        doc = self.document
        match stance:
            case "announced":
                self._become("announced")
            case "threatened":
                self._become("threatened")
            case "demanded":
                self._become("demanded")
                if word.pos in _VERBAL:
                    self.result.demanders.extend(self.syntax.surface_subjects(word))
            case "forecast":
                self._become("possible")
            case "denied":
                self._become("denied")
        for child in doc.children(word, "neg"):
            if stance in ("announced", "threatened") and child.i < word.i:
                self._become("denied")
                return
