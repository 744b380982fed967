"""Whether a measure answers an act of its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Sentence, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.predicates import Predicate
    from broadsheet.extraction.tariffs.readers import Readers

_COUNTER = frozenset({"countermeasure", "counter-measure", "reprisal", "counteraction"})
_RESPONSES = frozenset({"retaliation", "response", "reprisal"})


class AnswerReader:
    """Reads the words of a clause that call it an answer."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties

    def read(self, predicate: Predicate, sentence: Sentence, noun: Token) -> tuple[Span | None, int | None]:
        """Words of the clause that say that the measure answers an act."""
        token = predicate.token
        is_subject = noun.dep in ("nsubj", "nsubjpass") and noun.head == token.i
        if predicate.pattern == "bare" and not is_subject:
            return None, None
        if predicate.pattern == "with" and token.lemma in (
            "retaliate",
            "respond",
            "counter",
            "reply",
            "answer",
            "react",
            "reciprocate",
        ):
            return token.span, None
        if predicate.pattern == "with" and any(c.lower == "back" for c in self.document.children(token)):
            return token.span, None
        chain = [token]
        if predicate.pattern != "bare":
            chain += list(self.document.ancestors(token))[:5]
        for word in chain:
            counter = next((w for w in (word, *self.document.children(word, "dobj")) if w.lemma in _COUNTER), None)
            if counter is not None and counter.i < noun.i:
                return (None, None) if self._complement(counter, noun) else (counter.span, None)
            if word.lemma in ("retaliate", "respond", "reciprocate", "counter") and word.pos == "VERB":
                return (word.span, None) if self._does(word, noun) else (None, None)
            for prep in self.document.children(word, "prep"):
                if (
                    prep.lower in ("in", "as")
                    and (inner := self.document.child(prep, "pobj")) is not None
                    and inner.lemma in _RESPONSES
                ):
                    if prep.i < noun.i and self._complement(inner, noun):
                        return None, None
                    return self.document.span(prep.i, inner.i + 1), inner.i + 1
            for clause in self.document.children(word, "advcl", "conj"):
                own = clause.dep == "conj" and self.document.child(clause, "nsubj") is not None
                if clause.lemma in ("retaliate", "respond") and clause.i > noun.i and not own:
                    return clause.span, clause.i + 1
        return None, None

    def _complement(self, answer: Token, noun: Token) -> bool:
        """Whether the measure is what is answered (in retaliation for *duties*)."""
        following = self.tokens[answer.i + 1] if answer.i + 1 < len(self.tokens) else None
        if following is None or following.lower not in ("for", "to", "against", "over"):
            return False
        after = self.tokens[following.i + 1] if following.i + 1 < len(self.tokens) else None
        if after is not None and after.tag == "VB":
            # countermeasures to impose
            return False
        return not any(t.lower == "," for t in self.tokens[answer.i + 1 : noun.i])

    def _does(self, verb: Token, noun: Token) -> bool:
        """Whether the measure is what somebody answers with, not what is answered (retaliated against the duties)."""
        for prep in self.document.children(verb, "prep"):
            first, last = self.document.edges(prep)
            if first <= noun.i < last:
                return prep.lower in ("with", "by", "through")
        return True
