"""Which nouns of a sentence name a measure, and which pronouns stand for one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import RECALL, actions, word_set
from broadsheet.extraction.tariffs.nouns import MeasurePhrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.extraction.tariffs.readers import Readers

_STANDS_FOR = frozenset({"both", "they", "it", "these", "all", "this"})
PRO_FORMS = frozenset({"those", "that", "one", "ones"})
"""Pronouns for the measure named before in the sentence (those on steel)."""

_DONE_TO_MEASURES = word_set("done_to_measures")
"""Verbs whose object, where it is a pronoun, is rather a measure than goods."""
_PRONOUN_REACH = 40
"""Words between a measure and a pronoun for it."""
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT", "appos"})


class PhraseFinder:
    """Finds the measures named in the sentences of one document."""

    def __init__(self, readers: Readers) -> None:
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.nouns = readers.nouns
        self.predicates = readers.predicates

    def find(self, sentence: Sentence) -> list[MeasurePhrase]:
        """The measures of a sentence, in reading order."""
        phrases: list[MeasurePhrase] = []
        for token in self.document.sentence_tokens(sentence):
            phrase = self.nouns.read(token) or self._pro_form(token, phrases)
            if phrase is None and not phrases:
                phrase = self._pronoun(token)
            if phrase is None:
                phrase = self._relative_pronoun(token, phrases) or self._object_pronoun(token)
            if phrase is not None and not (token.lemma == "rate" and phrases):
                phrases.append(phrase)
        return [p for p in phrases if not self._only_a_rate(p)]

    def _pro_form(self, token: Token, before: list[MeasurePhrase]) -> MeasurePhrase | None:
        """``those on steel``: a pronoun for the measure named before it in the sentence."""
        if not before or token.lower not in PRO_FORMS or token.i + 1 >= len(self.tokens):
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
        if verb.i < token.i or not begins(self.document, verb):
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


def joined(tokens: Sequence[Token], a: MeasurePhrase, b: MeasurePhrase) -> bool:
    """Whether two measures are coordinated right beside one another (tariffs and quotas on steel)."""
    between = tokens[a.last : b.first]
    return (
        len(between) <= 2
        and any(t.lower in ("and", "or", ",") for t in between)
        and all(t.lower in ("and", "or", ",") for t in between)
    )


def begins(document: Document, verb: Token) -> bool:
    """Whether the verb says that a measure takes effect."""
    if verb.lemma in ("begin", "start", "apply"):
        return True
    return any(
        c.lower in ("effect", "force", "effective", "in", "into")
        for c in document.children(verb, "dobj", "prep", "prt", "acomp")
    )
