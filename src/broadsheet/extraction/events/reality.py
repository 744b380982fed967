"""Whether a clause tells something that happened, lasts, is planned or is denied, or nothing of the kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import is_a, modifier_effect, noun_operators, noun_senses, operators
from broadsheet.extraction.events.status import Reality, Status

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.syntax import Syntax

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_CONDITIONAL = frozenset({"would", "'d", "’d"})
_POSSIBLE = frozenset({"can", "could", "may", "might", "ca"})
OBLIGATION = frozenset({"must", "should", "ought"})
_DOUBT = frozenset({"if", "unless", "whether", "lest", "provided"})
_OPEN = frozenset({"until", "till", "before"})
_NEGATION = frozenset({"never", "nor", "neither", "hardly", "scarcely"})
_WITHOUT = frozenset({"without", "against", "instead", "from", "than", "besides", "despite"})
_PRESENT = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "has", "have"})
_DEPTH = 12


class _Walk:
    """Climbs from a verb to the root of its sentence and gathers what bears on its truth."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.document = syntax.document
        self.status: Status | None = "occurred"
        self.negated = False
        self.refused = False
        self.conditional = False
        self.attempted = False
        self.speaker: Token | None = None
        self.why = ""
        self.word: Token | None = None

    def result(self) -> Reality:
        return Reality(
            self.status, self.negated, self.refused, self.conditional, self.attempted, self.speaker, self.why, self.word
        )

    def drop(self) -> None:
        self.status = None

    def plan(self, why: str, word: Token) -> None:
        if self.status in ("occurred", "ongoing"):
            self.status, self.why, self.word = "planned", why, word

    def deny(self, word: Token) -> None:
        self.status, self.why, self.word = "denied", "denied", word

    def auxiliaries(self, verb: Token) -> list[Token]:
        """Auxiliaries of the verb; in coordination those of the first verb where it has none."""
        for _ in range(4):
            own = list(self.document.children(verb, "aux", "auxpass"))
            if own or verb.dep != "conj" or self.document.child(verb, "nsubj", "nsubjpass") is not None:
                return own
            head = self.document.head(verb)
            if head.tag != verb.tag and not (head.tag in ("VB", "VBP") and verb.tag in ("VB", "VBP")):
                return own
            verb = head
        return []

    def own(self, verb: Token, *, first: bool) -> None:
        """What the verb's own auxiliaries, negation and conjunction say."""
        document = self.document
        words = {t.lower for t in self.auxiliaries(verb)}
        negated = any(
            c.dep == "neg" or c.lower in _NEGATION
            for c in document.children(verb)
            if c.dep in ("neg", "advmod", "preconj", "cc")
        ) or self._no_object(verb)
        marks = {c.lower for c in document.children(verb, "mark", "advmod")}
        if marks & _DOUBT:
            self.drop()
            return
        if marks & _OPEN and (verb.tag not in ("VBD", "VBN") or self._lies_ahead(verb)):
            self.drop()
            return
        future = bool(words & FUTURE)
        would = bool(words & _CONDITIONAL)
        if (future or would) and self._condition(verb):
            self.conditional = True
        if words & _POSSIBLE or words & OBLIGATION:
            self.drop()
            return
        if would and not self.conditional and not self._reported(verb):
            self.drop()
            return
        if negated:
            if (future or would) and first:
                self.refused = True
            self.negated = True
            self.drop()
            return
        if future or would:
            modals = FUTURE | _CONDITIONAL
            self.plan("future", next((a for a in self.auxiliaries(verb) if a.lower in modals), verb))
            if self.conditional:
                self.drop()
        if first and verb.tag == "VBG" and words & _PRESENT and self.status == "occurred":
            self.status, self.why, self.word = "ongoing", "progressive", verb
        if (
            "to" in words
            and verb.dep in ("ROOT", "ccomp", "conj")
            and document.child(verb, "nsubj", "nsubjpass") is not None
            and first
        ):
            self.plan("infinitive", verb)
        if "to" in words and verb.dep == "xcomp":
            head = document.head(verb)
            if head.lemma == "be" and head.pos in ("AUX", "VERB"):
                self.plan("be_to", head)
            if head.lemma == "go" and head.tag == "VBG":
                self.plan("be_to", head)
            if head.lemma == "have":
                self.drop()

    def _going_on_from_now(self, going: Token) -> bool:
        """``is going to``, or ``was going to`` where the past is that of a report; otherwise nothing came of it."""
        past = any(a.lower in ("was", "were") for a in self.document.children(going, "aux"))
        return not past or self._reported(going)

    def _lies_ahead(self, verb: Token) -> bool:
        """``would stay until he freed them``: a past tense that only depends on what is to come."""
        over = self.document.head(verb)
        words = {t.lower for t in self.document.children(over, "aux")}
        return verb.dep == "advcl" and bool(words & (FUTURE | _CONDITIONAL))

    def _no_object(self, verb: Token) -> bool:
        for child in self.document.children(verb, "dobj", "nsubj", "nsubjpass"):
            det = self.document.child(child, "det")
            if det is not None and det.lower == "no":
                return True
            if child.lower in ("nothing", "nobody", "none"):
                return True
        return False

    def _condition(self, verb: Token) -> bool:
        for child in self.document.children(verb, "advcl"):
            if any(m.lower in _DOUBT for m in self.document.children(child, "mark", "advmod")):
                return True
        return False

    def _reported(self, verb: Token) -> bool:
        """Whether ``would`` only shifts ``will`` into the past: the clause is what somebody said."""
        document = self.document
        current = verb
        for _ in range(4):
            if current.dep == "ccomp":
                head = document.head(current)
                return bool(operators(head.lemma, frozenset()) & {"say", "announce", "promise", "threaten", "plan"})
            if current.dep not in ("conj", "advcl", "xcomp") or current.head == current.i:
                return False
            current = document.head(current)
        return False

    def climb(self, verb: Token) -> Reality:
        if self.document.tokens[self.document.sentence_of(verb).last - 1].text == "?":
            self.drop()
            return self.result()
        self.own(verb, first=True)
        current = verb
        for _ in range(_DEPTH):
            open_threat = self.conditional and self.speaker is None
            if (self.status is None and not open_threat) or current.head == current.i:
                break
            head = self.document.head(current)
            following = self.step(current, head)
            if following is None:
                break
            current = following
        return self.result()

    def step(self, current: Token, head: Token) -> Token | None:
        """One step up; the next clause to look at, or None where the rest does not bear on it."""
        match current.dep:
            case "conj":
                if current.tag == "VBN" and head.tag == "VB" and self.document.child(current, "agent") is not None:
                    return None  # a bill to curb imports, passed in May but vetoed by the president
                if head.pos == "ADP" and current.tag == "VB":  # from 100 pct and lower …
                    over = next((a for a in self.document.ancestors(head) if a.pos == "VERB"), None)
                    if over is not None:
                        self.own(over, first=False)
                    return over
                return head if head.pos in ("VERB", "AUX", "ADJ", "NOUN") else None
            case "xcomp" | "ccomp" | "oprd" | "dep" | "parataxis" | "csubj":
                return self.complement(current, head)
            case "advcl":
                return self.adverbial(current, head)
            case "pcomp":
                return self.preposition(head)
            case "acl" | "relcl":
                return self.noun(current, head)
        return None

    def complement(self, current: Token, head: Token) -> Token | None:
        if head.pos in ("NOUN", "PROPN"):
            return self.noun(current, head)
        particles = self.syntax.frame(head).particles if head.pos == "VERB" else frozenset()
        found = operators(head.lemma, particles)
        infinitive = any(a.lower == "to" for a in self.document.children(current, "aux"))
        if "deny" in found:
            self.deny(head)
            return head
        if "say" in found:
            if self.speaker is None:
                self.speaker = head
            if current.dep == "ccomp" and not infinitive:
                if any(c.dep == "neg" for c in self.document.children(head)):
                    self.drop()
                return None if head.dep not in ("ccomp", "xcomp", "conj") else head
        if "attempt" in found:
            self.attempted = True
        elif "aim" in found and (infinitive or current.dep == "ccomp"):
            self.drop()
            return None
        going = infinitive and head.lemma == "go" and head.tag == "VBG"
        if going and not self._going_on_from_now(head):
            self.drop()
            return None
        if going or "plan" in found or (found & {"decide", "promise"} and infinitive):
            self.plan("plan_verb", head)
        elif not found and infinitive and head.pos == "VERB" and current.dep == "xcomp":
            self.drop()
            return None
        self.own(head, first=False)
        return head

    def adverbial(self, current: Token, head: Token) -> Token | None:
        infinitive = any(a.lower == "to" for a in self.document.children(current, "aux"))
        if infinitive and head.lemma == "vote":
            self.plan("vote", head)  # voted 14-7 on Monday to impose sanctions
            return head
        if infinitive:
            self.drop()
            return None
        if current.tag in ("VBG", "VBN") and self.document.child(current, "aux", "mark") is None:
            self.own(head, first=False)
            return head
        return None

    def preposition(self, prep: Token) -> Token | None:
        over = self.document.head(prep)
        if prep.lower in _WITHOUT:
            self.drop()
            return None
        if over.dep == "prep" and over.lower in _WITHOUT:
            self.drop()
            return None
        if over.pos in ("NOUN", "PROPN"):
            return self.governed(over)
        if over.pos in ("VERB", "AUX"):
            found = operators(over.lemma, frozenset())
            if "aim" in found and prep.lower in ("of", "at", "for", "about"):
                self.drop()
                return None
            if is_a(over.lemma, "alleging") and prep.lower in ("of", "with", "for"):
                self.drop()  # accused of torturing
                return None
            if "deny" in found:
                self.deny(over)
            if "plan" in found:
                self.plan("plan_verb", over)
            if prep.lower == "for" and over.lemma in ("call", "press", "push", "appeal", "ask", "hope"):
                self.drop()
            self.own(over, first=False)
            return over
        return None

    def noun(self, current: Token, noun: Token) -> Token | None:
        """A clause that hangs on a noun: what it says depends on the noun only where it is an infinitive."""
        det = self.document.child(noun, "det")
        if det is not None and det.lower == "no":
            self.drop()
            return None
        if any(a.lower == "to" for a in self.document.children(current, "aux")):
            if "plan" in noun_operators(noun.lemma):
                self.plan("plan_noun", noun)
                return None
            if any(
                c.lower in ("first", "last", "only", "latest") for c in self.document.children(noun)
            ) or noun.lower in ("first", "last", "latest"):
                return None
            self.drop()
        return None

    def governed(self, noun: Token) -> Token | None:
        """What hangs on a noun by a preposition (``the possibility of``)."""
        found = noun_operators(noun.lemma)
        if "aim" in found or is_a(noun.lemma, "accusation") or noun.lemma == "suspicion":
            self.drop()
        elif "plan" in found:
            self.plan("plan_noun", noun)
        return None


def of_verb(syntax: Syntax, verb: Token) -> Reality:
    """How the clause of ``verb`` is told."""
    return _Walk(syntax).climb(verb)


def of_noun(syntax: Syntax, noun: Token, governor: Token | None = None) -> Reality:
    """How an event that a noun names is told.

    Args:
        syntax: Of the document.
        noun: The noun.
        governor: The verb whose object it is and which only says that it took place (``hold talks``), if there is one.
    """
    walk = _Walk(syntax)
    document = syntax.document
    known = any(c.lower == "the" or c.dep == "poss" for c in document.children(noun, "det", "poss"))
    if governor is not None:
        walk.climb(governor)
    for child in document.children(noun):
        if child.dep in ("amod", "det", "neg"):
            if child.lower in ("no", "neither"):
                walk.drop()
            elif (effect := modifier_effect(child.lower)) == "planned":
                walk.plan("planned_word", child)
            elif effect == "unreal":
                walk.drop()
    if governor is not None or walk.status is None:
        return walk.result()
    current = noun
    for _ in range(_DEPTH):
        if current.head == current.i:
            break
        head = document.head(current)
        if current.dep in ("pobj",):
            prep, head = head, document.head(head)
            if prep.lower in _WITHOUT and prep.lower != "despite":
                walk.drop()
                break
            if head.pos in ("NOUN", "PROPN"):
                if prep.lower in ("of", "for", "on", "over", "about", "to"):
                    topical = prep.lower != "of" and any(p.type for p in noun_senses(head.lemma))
                    if topical or "aim" in noun_operators(head.lemma):
                        walk.drop()
                        break
                    if "plan" in noun_operators(head.lemma):
                        walk.plan("plan_noun", head)
                current = head
                continue
            if head.pos in ("VERB", "AUX"):
                found = operators(head.lemma, syntax.frame(head).particles if head.pos == "VERB" else frozenset())
                if prep.lower in ("for", "at", "to", "about", "of", "from") and found & {"aim", "plan", "demand"}:
                    walk.drop()
                    break
                if prep.lower in ("for", "at", "to", "in", "into"):
                    before = walk.status, walk.why, walk.word
                    walk.climb(head)
                    if known and walk.status is None:
                        walk.status, walk.why, walk.word = before
                break
            break
        if current.dep in ("dobj", "nsubj", "nsubjpass", "attr") and head.pos in ("VERB", "AUX"):
            found = operators(head.lemma, syntax.frame(head).particles if head.pos == "VERB" else frozenset())
            if current.dep in ("dobj", "nsubjpass") and found & {
                "aim",
                "demand",
                "refuse",
                "reject",
                "threaten",
                "deny",
            }:
                walk.drop()
            elif "plan" in found:
                walk.plan("plan_verb", head)
            elif current.dep != "nsubj" or is_a(head.lemma, "occurring"):
                walk.climb(head)
            break
        if current.dep in ("conj", "appos", "compound", "poss", "nmod") and head.pos in ("NOUN", "PROPN"):
            current = head
            continue
        break
    return walk.result()
