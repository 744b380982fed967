"""What governs a measure in its clause, and how real that is: verb, participle, adjective, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import actions, word_set
from broadsheet.extraction.tariffs.nouns import acts
from broadsheet.extraction.tariffs.phrases import PRO_FORMS
from broadsheet.extraction.tariffs.predicates import Predicate

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.stance import Stance

_PLACING = word_set("placing")


class Governors:
    """Finds the predicates of the measures of one document."""

    def __init__(self, readers: Readers) -> None:
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.predicates = readers.predicates
        self._last: Predicate | None = None

    def turn(self) -> None:
        """Begins a sentence: no pronoun goes back beyond it."""
        self._last = None

    def governing(self, phrase: MeasurePhrase) -> Predicate:
        """The predicate of a phrase; a pronoun's is that of the measure it stands for, where it has none."""
        predicate = self.predicates.governing(phrase)
        noun = self.tokens[phrase.noun]
        if noun.lower in PRO_FORMS:
            if predicate.pattern == "bare" and self._last is not None:
                return self._last
            return predicate
        self._last = predicate
        return predicate

    def participle(self, noun: Token) -> Predicate | None:
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

    def change(self, phrase: MeasurePhrase) -> Predicate | None:
        """A participle or adjective before the noun that tells the action (reduced levies)."""
        if phrase.change is None:
            return None
        token, action = phrase.change
        return Predicate("modifier", action, token)

    def enjoyed(self, predicate: Predicate) -> Predicate | None:
        """Who gains or receives a quota is given one."""
        if predicate.pattern != "bear" or predicate.action:
            return None
        return replace(predicate, action="impose")

    def hop(self, noun: Token, predicate: Predicate, stop: int) -> Token | None:
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

    def stance(self, predicate: Predicate, noun: Token) -> Stance:
        """How real the act is that the predicate tells of the noun."""
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
