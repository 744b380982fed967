"""What becomes of a measure: the verb or noun that governs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import actions, carriers, measure_nouns, stances, word_set
from broadsheet.extraction.tariffs.nouns import acts
from broadsheet.extraction.tariffs.stance import Climb, Stance

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.events.syntax import Syntax
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase

_DEPTH = 10
_EXEMPTING = word_set("exempting")
_GO_AHEAD = frozenset({"ahead", "forward", "through", "along"})
_VERBAL = frozenset({"VERB", "AUX"})
_VERB_TAGS = frozenset({"VB", "VBD", "VBZ", "VBP", "VBG", "VBN"})
_PERCENT = frozenset({"cent", "percent", "pct", "%"})
_PERIODS = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})


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


class PredicateReader:
    """Finds what governs a measure noun in one document."""

    def __init__(self, document: Document, syntax: Syntax) -> None:
        self.document = document
        self.syntax = syntax

    def governing(self, phrase: MeasurePhrase) -> Predicate:
        """The predicate of a measure noun."""
        found = self._attached(phrase)
        if found.pattern == "bare":
            return self._adjacent(phrase) or found
        return found

    def _adjacent(self, phrase: MeasurePhrase) -> Predicate | None:
        """The verb right before the phrase, whose object it is however it was parsed (postponed by a year duties)."""
        tokens = self.document.tokens
        floor = self.document.sentence_of(tokens[phrase.noun]).first
        i = phrase.first - 1
        if i - 2 > floor and tokens[i].lower in _PERIODS:
            # "by six months", "for a year"
            i = next((k - 1 for k in range(i - 1, max(floor, i - 4), -1) if tokens[k].lower in ("by", "for")), i)
        while i > floor and tokens[i].tag == "RB":
            i -= 1
        if i < floor:
            return None
        verb = tokens[i]
        if acts(self.document, i):
            return Predicate("object", actions("object")[verb.lower], verb)
        if verb.lemma not in actions("object") or verb.tag not in _VERB_TAGS:
            return None
        if verb.tag == "VBN" and i > floor and tokens[i - 1].pos in ("NOUN", "PROPN", "AUX"):
            return None
        return Predicate("object", actions("object")[verb.lemma], verb)

    def _attached(self, phrase: MeasurePhrase) -> Predicate:
        """The predicate by the parse."""
        doc = self.document
        token = doc.tokens[phrase.noun]
        current = token
        for _ in range(_DEPTH):
            head = doc.head(current)
            if head.i == current.i:
                return self._rooted(current)
            match current.dep:
                case "compound" | "nmod" | "amod" | "npadvmod" | "poss" | "nummod" if head.pos in (
                    "NOUN",
                    "PROPN",
                    "ADJ",
                    "NUM",
                ):
                    if head.lower in _PERCENT and abs(head.i - current.i) == 1:
                        current = head
                        continue
                    if head.i > current.i and head.lemma in actions("noun") and current.dep != "poss":
                        return self._noun(head)
                    if head.lemma in carriers() or (head.lemma in measure_nouns() and head.i > current.i):
                        if head.lemma in measure_nouns() and measure_nouns()[head.lemma].measure:
                            return Predicate("absorbed", "", head)
                        current = head
                        continue
                    if current.dep == "nmod" and head.i < current.i:
                        current = head
                        continue
                    return Predicate("absorbed", "", head)
                case "pobj":
                    found = self._behind_preposition(head, phrase)
                    if isinstance(found, Predicate):
                        return found
                    if found is None:
                        return Predicate("bare", "", head)
                    current = found
                    continue
                case "conj":
                    orphan = self._orphan(token) if head.lemma not in measure_nouns() else None
                    if orphan is not None:
                        return self._verb(orphan, "nsubjpass" if self.syntax.is_passive(orphan) else "nsubj", current)
                    if head.pos in _VERBAL:
                        return self._verb(head, "dobj", current)
                    current = head
                    continue
                case "appos":
                    current = head
                    continue
            if head.pos in _VERBAL:
                dep = current.dep
                if dep == "mark":
                    # a pronoun (that on steel) taken for a conjunction
                    dep = "nsubjpass" if self.syntax.is_passive(head) else "nsubj"
                return self._verb(head, dep, current)
            if head.lemma in actions("noun"):
                return self._noun(head)
            return Predicate("bare", "", head)
        return Predicate("bare", "", current)

    def _orphan(self, noun: Token) -> Token | None:
        """A finite verb behind the noun that the parse leaves without a subject: the noun is it."""
        doc = self.document
        sentence = doc.sentence_of(noun)
        for token in doc.tokens[noun.i + 1 : min(sentence.last, noun.i + 16)]:
            if token.lower in (",", ";", ":", "which", "that", "who", "(", "—"):
                return None
            if token.tag in ("MD", "VBD", "VBZ", "VBP"):
                verb = doc.head(token) if token.dep in ("aux", "auxpass") else token
                subject = doc.child(verb, "nsubj", "nsubjpass")
                return verb if verb.pos in _VERBAL and subject is None else None
        return None

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
            if head.i == current.i or current.dep not in (
                "pobj",
                "dobj",
                "nsubj",
                "nsubjpass",
                "conj",
                "appos",
                "compound",
            ):
                break
            if current.dep == "compound":
                return Predicate("noun", action, noun, noun)
            if current.dep == "pobj":
                over = doc.head(head)
                if over.lemma in carriers() and head.lower == "of":
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
                if action == "threaten" and outer.action in ("remove", "suspend", "lower"):
                    return Predicate("absorbed", "", head)
                if outer.pattern == "object" and outer.action:
                    return Predicate("noun", _compose(outer.action, action), head, noun, outer.passive)
                if outer.pattern == "subject" and outer.action in ("remove",):
                    return Predicate("noun", _compose(outer.action, action), head, noun)
                return Predicate("noun", action, head if current.dep in ("dobj", "nsubjpass", "nsubj") else noun, noun)
            break
        return Predicate("noun", action, noun, noun)

    def _behind_preposition(self, preposition: Token, phrase: MeasurePhrase) -> Predicate | Token | None:
        """What a measure depends on by a preposition; a noun to go on from, or ``None`` where nothing acts on it."""
        doc = self.document
        over = doc.head(preposition)
        name = preposition.lower
        if name in ("for", "after", "within", "by") and phrase.first - preposition.i > 1 and over.pos in _VERBAL:
            # "suspended for one year export controls": the duration is the object of the preposition
            return self._verb(over, "dobj", doc.tokens[phrase.noun])
        if name == "of" and over.lemma in carriers() | {"imposition"} and over.lemma not in actions("noun"):
            return over
        if (
            over.lemma in actions("noun")
            and name in ("of", "in", "on", "to", "from", "for")
            and over.pos in ("NOUN", "PROPN", "ADJ")
            and (over.lemma not in ("order", "start", "halt", "end") or name in ("of", "to"))
        ):
            return self._noun(over)
        if over.pos in _VERBAL and name in ("of", "in", "on", "to", "from"):
            # "granted exemptions on duties": attached to the verb
            acting = next(
                (
                    c
                    for c in doc.children(over, "dobj", "nsubjpass")
                    if c.lemma in actions("noun") and 0 < preposition.i - c.i <= 2
                ),
                None,
            )
            if acting is not None and acting.lemma not in ("order", "start", "halt"):
                return self._noun(acting)
        if over.dep == "prep" and over.i != preposition.i and name != "of":
            over, name = doc.head(over), over.lower
        if name == "from" and over.pos in ("NOUN", "PROPN"):
            # "exempted phones and computers from its tariffs": attached to the last of them
            verb = over
            while verb.dep in ("conj", "nmod", "compound") and verb.head != verb.i:
                verb = doc.head(verb)
            if verb.dep in ("dobj", "nsubjpass") and doc.head(verb).lemma in _EXEMPTING:
                over = doc.head(verb)
        stance = stances("verb" if over.pos in _VERBAL else "noun").get(over.lemma)
        if name == "for" and stance == "demanded":
            # "calls for a ban"
            return Predicate("absorbed", "", over)
        if over.lemma == "free" and over.pos == "ADJ" and not self._to_come(over):
            # "enters free of duty": how it is, not what was done
            return Predicate("absorbed", "", over)
        if over.pos in _VERBAL or over.lemma in ("subject", "due", "exempt", "free"):
            lemma = self.lemma(over)
            if name in ("with", "by") and over.lemma in actions("with"):
                return Predicate("with", actions("with")[over.lemma], over, None, self.syntax.is_passive(over))
            idiom = f"{lemma} {name}"
            particle = next((c.lower for c in doc.children(over) if over.i < c.i < preposition.i), "")
            if idiom in actions("object") or f"{over.lemma} {particle} {name}" in actions("object"):
                # "do away with duties", "get rid of a quota"
                action = actions("object").get(idiom) or actions("object")[f"{over.lemma} {particle} {name}"]
                return Predicate("object", action, over)
            if name == "with" and any(c.lower in _GO_AHEAD for c in doc.children(over)):
                return Predicate("object", "impose", over)
            if name == "to" and (over.lemma == "subject" or f"{over.lemma} to" in actions("bear")):
                return Predicate("bear", "impose", over)
            if name == "to" and f"{lemma} to" in actions("bear"):
                return Predicate("bear", "impose", over)
            if name in ("from", "of") and over.lemma in _EXEMPTING:
                return Predicate("exempt", "remove", over, None, self.syntax.is_passive(over) or over.pos == "ADJ")
            if (
                name in ("from", "by", "of")
                and over.lemma in actions("bear")
                and actions("bear")[over.lemma] == "remove"
            ):
                return Predicate("bear", "remove", over)
            if name == "from" and over.lemma in ("benefit", "gain"):
                return Predicate("bear", "", over)
            if name in ("on", "to", "of", "with") and over.lemma in ("agree", "decide"):
                return Predicate("object", "impose", over)
            if name == "on" and over.lemma in ("back", "double"):
                return Predicate("bare", "", over)
        return None

    def _to_come(self, adjective: Token) -> bool:
        """Whether a verb of the future governs an adjective."""
        return any(c.tag == "MD" for c in self.document.children(self.document.head(adjective), "aux"))

    def lemma(self, verb: Token) -> str:
        """The verb with its particle, where that is one of the words we know."""
        if verb.i + 1 < len(self.document.tokens) and self.document.tokens[verb.i + 1].lower in ("up", "down"):
            # "go up to 5 percent", in which "up to" is taken for a hedge
            joined = f"{verb.lemma} {self.document.tokens[verb.i + 1].lower}"
            if any(joined in actions(p) for p in ("object", "subject")):
                return joined
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
        if verb.lower in ("pct", "pct.", "percent", "cent", "%") and verb.head != verb.i:
            # a unit taken for a verb: "halve to 10 pct the duty"
            verb = doc.head(verb)
            while verb.pos not in _VERBAL and verb.head != verb.i:
                verb = doc.head(verb)
            nearest = next(
                (
                    t
                    for t in reversed(doc.tokens[verb.i : argument.i])
                    if t.lemma in actions("object") and t.tag != "NN"
                ),
                None,
            )
            verb = nearest or verb
        lemma = self.lemma(verb)
        passive = dep in ("nsubjpass", "csubjpass")
        if passive or dep == "nsubj":
            target = self._raised(verb)
            if target is not None and target.i != verb.i:
                verb = target
                lemma = self.lemma(verb)
                passive = self.syntax.is_passive(verb)
            if passive:
                if lemma in actions("object") or verb.lemma in actions("object"):
                    return Predicate(
                        "object", actions("object").get(lemma) or actions("object")[verb.lemma], verb, None, True
                    )
                return Predicate("bare", "", verb, None, True)
            if lemma in actions("subject"):
                return Predicate("subject", actions("subject")[lemma], verb)
            if verb.lemma == "be":
                state = next((c for c in doc.children(verb, "prep", "acomp", "advmod", "attr")), None)
                phrase = (
                    f"be in {inner.lower}"
                    if state is not None and state.lower == "in" and (inner := doc.child(state, "pobj"))
                    else ""
                )
                if phrase in actions("subject"):
                    return Predicate("subject", actions("subject")[phrase], verb)
                return Predicate("bare", "", verb)
            if (
                lemma in actions("object")
                and argument.i < verb.i
                and verb.tag in ("VBN",)
                and doc.child(verb, "dobj") is None
            ):
                return Predicate("object", actions("object")[lemma], verb, None, True)
            return Predicate("bare", "", verb)
        if dep in (
            "dobj",
            "dative",
            "attr",
            "oprd",
            "conj",
            "dep",
            "acomp",
            "ccomp",
            "nmod",
            "npadvmod",
            "obj",
            "xcomp",
        ):
            if verb.lemma == "be" and dep == "attr" and doc.child(verb, "expl") is not None:
                return Predicate("object", "impose", verb)
            if (
                verb.lemma == "have"
                and doc.tokens[argument.i].lemma in measure_nouns()
                and not measure_nouns()[argument.lemma].measure
            ):
                return Predicate("bare", "", verb)
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
            if self.lemma(current) in actions("subject") and self.lemma(current) != current.lemma:
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
        return Climb(self.document, self.syntax).run(token)


def _compose(outer: str, inner: str) -> str:
    """One action out of two: to impose a cut is to lower, to cancel a rise is to remove it."""
    if outer in ("impose", "threaten"):
        return inner if inner else outer
    if outer in ("remove", "suspend") and inner in ("raise", "impose"):
        return outer
    if outer == "remove" and inner in ("remove", "suspend"):
        # an exemption that ends
        return "impose"
    if outer in ("raise", "lower") and inner == "impose":
        return outer
    if inner == "threaten":
        return outer
    if outer == "maintain":
        return inner if inner in ("suspend", "remove") else "maintain"
    return inner
