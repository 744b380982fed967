"""Part of speech and lemma of a word, by the pipeline's own rules, each case computed once.

The results of the attribute ruler and the lemmatizer for a token depend on its letters, tag and dependency label, and,
for a few rules, on those of the adjacent token. Each case is therefore computed only once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from broadsheet.analysis.fast.shape import OtherShapeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

CAPACITY = 65_536
"""Size of the two caches: words with tag and label, and words with part of speech. A full cache is cleared."""

_SUPPORTED = {"TAG", "LOWER", "DEP", "IS_SPACE"}
"""The token attributes that rules may use."""

_PLAIN, _BLANK = "x", " "
"""Placeholders for every word that no rule names, and for white space."""


class Form(NamedTuple):
    """The result of the rules for a token."""

    lemma: str
    pos: str
    tag: str
    dep: str
    begins: int
    """The two-token rules that it may be the first token of, as bits."""
    ends: int
    """The two-token rules that it may be the second token of, as bits."""


class _Case(NamedTuple):
    """Everything about a token that rules can use."""

    word: str
    tag: int
    dep: int


@dataclass(frozen=True, slots=True)
class _Ruling:
    """The attribute ruler's result for a case; ``lemma`` is empty if it sets none."""

    pos: int
    morph: str
    lemma: str
    tag: str
    dep: str
    begins: int
    ends: int


class Forms:
    """The ruler and the lemmatizer of a pipeline, computed once for each case.

    Raises:
        OtherShapeError: If it has rules on more than two tokens, or on more than form, tag and label.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher

        self._vocab = nlp.vocab
        self._ruler: Any = nlp.get_pipe("attribute_ruler")
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        patterns = [pattern for rule in self._ruler.patterns for pattern in rule["patterns"]]
        self._literals, self._expressions = _named(token for pattern in patterns for token in pattern)
        self._halves = Matcher(nlp.vocab)
        pairs = [pattern for pattern in patterns if len(pattern) > 1]
        for number, pattern in enumerate(pairs):
            if len(pattern) > 2:
                raise OtherShapeError("a rule on more than two tokens")
            for half, token in enumerate(pattern):
                self._halves.add(f"{half} {number}", [[token]])
        self._forms: dict[tuple[int, int, int], Form] = {}
        self._rulings: dict[_Case, _Ruling] = {}
        self._besides: dict[tuple[_Case, ...], tuple[_Ruling, ...]] = {}
        self._lemmas: dict[tuple[int, int, str], str] = {}

    def of(self, keys: Sequence[tuple[int, int, int]], firsts: Iterable[int]) -> list[Form]:
        """The forms of tokens by their letters, tag and label; ``firsts`` are the indexes at which texts begin."""
        known = self._forms
        if len(known) + len(keys) >= CAPACITY:
            known.clear()
        new = dict.fromkeys(key for key in keys if key not in known)
        made = self._formed([key[0] for key in new], [self._alone(self._case(key)) for key in new])
        known.update(zip(new, made, strict=True))
        forms = [known[key] for key in keys]
        opening = [place for place, form in enumerate(forms) if form.begins]
        if opening:
            starts = {*firsts, len(keys)}
            for place in opening:
                if place + 1 not in starts and forms[place].begins & forms[place + 1].ends:
                    self._pair(place, keys, starts, forms)
        return forms

    def _pair(self, place: int, keys: Sequence[tuple[int, int, int]], starts: set[int], forms: list[Form]) -> None:
        """Corrects the forms of a token and the next one, to which a two-token rule may apply."""
        first = place - (place not in starts)
        last = place + 2 + (place + 2 not in starts)
        cases = tuple(self._case(key) for key in keys[first:last])
        rulings = self._besides.get(cases)
        if rulings is None:
            rulings = self._besides[cases] = self._ruled(cases)
        orths = [key[0] for key in keys[place : place + 2]]
        forms[place : place + 2] = self._formed(orths, rulings[place - first : place - first + 2])

    def _case(self, key: tuple[int, int, int]) -> _Case:
        """The case of a token."""
        lexeme = self._vocab[key[0]]
        word = _BLANK if lexeme.is_space else lexeme.lower_
        if word not in self._literals and not any(e.search(word) for e in self._expressions) and word != _BLANK:
            word = _PLAIN
        return _Case(word, key[1], key[2])

    def _alone(self, case: _Case) -> _Ruling:
        """The result of the rules for a single token."""
        ruling = self._rulings.get(case)
        if ruling is None:
            ruling = self._rulings[case] = self._ruled((case,))[0]
        return ruling

    def _ruled(self, cases: Sequence[_Case]) -> tuple[_Ruling, ...]:
        """The ruler's results for a text of such tokens."""
        doc = self._doc([case.word for case in cases])
        for token, case in zip(doc, cases, strict=True):
            token.tag, token.dep = case.tag, case.dep
        halves: list[list[int]] = [[0, 0] for _ in cases]
        for name, place, _ in self._halves(doc, allow_missing=True):
            half, number = map(int, self._vocab.strings[name].split())
            halves[place][half] |= 1 << number
        self._ruler(doc)
        return tuple(
            _Ruling(t.pos, str(t.morph), t.lemma_, t.tag_, t.dep_, begins, ends)
            for t, (begins, ends) in zip(doc, halves, strict=True)
        )

    def _formed(self, orths: Sequence[int], rulings: Sequence[_Ruling]) -> list[Form]:
        """The forms of words with the ruler's results."""
        keys = [(orth, ruling.pos, ruling.morph) for orth, ruling in zip(orths, rulings, strict=True)]
        self._lemmatize([key for key, ruling in zip(keys, rulings, strict=True) if not ruling.lemma])
        names = self._vocab.strings
        return [
            Form(r.lemma or self._lemmas[key], names[r.pos], r.tag, r.dep, r.begins, r.ends)
            for key, r in zip(keys, rulings, strict=True)
        ]

    def _lemmatize(self, keys: Sequence[tuple[int, int, str]]) -> None:
        """Caches the lemmatizer's results for words, parts of speech and morphology: in one text, which takes time."""
        known = self._lemmas
        if len(known) + len(keys) >= CAPACITY:
            known.clear()
            # It caches everything, and would grow with the corpus.
            self._lemmatizer.cache.clear()
        new = [key for key in dict.fromkeys(keys) if key not in known]
        for token, key in zip(self._doc([self._vocab.strings[orth] for orth, _, _ in new]), new, strict=True):
            token.pos = key[1]
            token.set_morph(key[2])
            known[key] = str(self._lemmatizer.lemmatize(token)[0])

    def _doc(self, words: Sequence[str]) -> Doc:
        """A text with these words."""
        from spacy.tokens import Doc

        return Doc(self._vocab, words=list(words))


def _named(tokens: Iterable[dict[str, Any]]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The words and regular expressions in the rules, without white space and the plain word."""
    literals: set[str] = set()
    expressions: set[str] = set()
    for token in tokens:
        if not token.keys() <= _SUPPORTED:
            raise OtherShapeError(f"a rule on {', '.join(token.keys() - _SUPPORTED)}")
        condition = token.get("LOWER", {})
        if isinstance(condition, str):
            literals.add(condition)
        elif condition.keys() == {"IN"}:
            literals.update(condition["IN"])
        elif condition.keys() == {"REGEX"}:
            expressions.add(condition["REGEX"])
        elif condition:
            raise OtherShapeError(f"a rule on {', '.join(condition)} of a form")
    compiled = tuple(re.compile(e) for e in sorted(expressions))
    if _PLAIN in literals or any(e.search(_PLAIN) for e in compiled):
        raise OtherShapeError(f"a rule names {_PLAIN!r}")
    return frozenset(literals), compiled
