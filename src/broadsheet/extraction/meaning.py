"""What the encoder says of an article: which words name events and measures, and who takes what part in them.

Linear models and small networks on the encoder's vectors give scores, which are compared and never turned into
probabilities. All numbers are rounded so that sums are exact (``analysis.encoder``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from broadsheet.analysis.encoder import encode, parts
from broadsheet.analysis.encoder.network import gelu
from broadsheet.analysis.fast.exact import Grid
from broadsheet.extraction.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.entity_index import EntityIndex, Mention

    Doubles = NDArray[np.float64]
    Ranges = Sequence[tuple[int, int]]

Head = Literal["trig", "stat", "fig", "tact", "tst", "tms", "tret", "dnull"]
HEADS: Mapping[Head, int] = MappingProxyType(
    {"trig": 17, "stat": 4, "fig": 16, "tact": 8, "tst": 5, "tms": 9, "tret": 2, "dnull": 34}
)
"""Linear models on a word or phrase, and how many classes they have: type of event, status of event, kind of figure,
action, status and kind of a measure, whether it answers another, and no date, for each type of what can have one."""

Relation = Literal["rev", "rfig", "rtar", "rprod", "rdate"]
RELATIONS: Mapping[Relation, tuple[int, int]] = MappingProxyType(
    {"rev": (17, 2), "rfig": (16, 2), "rtar": (1, 4), "rprod": (1, 1), "rdate": (34, 1)}
)
"""Models of a word and a phrase, and how many types of words and parts of phrases they have: actor and recipient of an
event; payer and payee of a figure; imposer, target, rate and rate before of a measure; its goods; a date."""

_GRID = Grid(limit=32, bits=12)
DISTANCES, MENTION_KINDS, PATHS = 23, 32, 1024
"""How many steps of distance, kinds of mention and dependency paths are told apart."""
_KINDS = ("person", "organization", "country", "group")
_FORMS = ("name", "alias", "title", "adjective", "metonym", "description", "pronoun")
RATE, THING = 31, 30
"""Stand for a rate and for goods where a mention has its kind and form."""

_NEAR = (1, 2, 3, 5, 8, 12, 20)
"""Tokens between two places of a sentence, in steps."""
IN_TITLE, WITHIN = 0, 1
AFTER, BEFORE = 18, (19, 20, 21)
FAR = 22
SENTENCES_BEFORE, SENTENCES_AFTER = 3, 1
"""How many sentences around a word those who take part may be mentioned in."""
_STEPS, _UP, _DOWN = 6, 3, 4
"""How far a dependency path is followed, and how many labels of it may be kept in either direction."""
_TRANSPARENT = frozenset({"conj", "appos", "punct", "cc"})
"""Labels that are left out of paths: what is coordinated or in apposition hangs as its head does."""
DATES_BEFORE, DATES_AFTER, OPENING = 2, 1, 1
"""How many sentences around a word its date may stand in, and the last of the first sentences, where it may, too."""


def _array(name: str) -> Doubles:
    """An array of the file of weights; rows stored as whole numbers are multiplied by their scale."""
    stored = parts()[name].astype(np.float64)
    scale = parts().get(f"{name}.scale")
    return stored if scale is None else stored * scale.astype(np.float64)[:, None]


class _Affine:
    """An affine map whose sums are exact for inputs on the grid."""

    def __init__(self, name: str) -> None:
        weights = _array(f"{name}.weight").T
        bias = _array(f"{name}.bias") if f"{name}.bias" in parts() else None
        self._weights, self._bias = _GRID.weights(weights, np.zeros(weights.shape[1]) if bias is None else bias)

    def __call__(self, rows: Doubles) -> Doubles:
        found: Doubles = _GRID.snap(rows @ self._weights + self._bias)
        return found


class _Pairs:
    """Scores how a word and a phrase belong together: a network of one hidden layer."""

    def __init__(self, name: str) -> None:
        self.word, self.phrase, self.out = _Affine(f"{name}.a"), _Affine(f"{name}.b"), _Affine(f"{name}.o")
        self.distance, self.kind, self.type, self.path = (
            np.rint(_array(f"{name}.{part}.weight") * 4096) / 4096 for part in ("dist", "kf", "ty", "path")
        )


@cache
def _head(name: Head) -> _Affine:
    return _Affine(name)


@cache
def _relation(name: Relation) -> _Pairs:
    return _Pairs(name)


def mention_kind(kind: str, form: str) -> int:
    """The number that stands for a mention's kind of actor and form."""
    return _KINDS.index(kind) * 8 + _FORMS.index(form)


def distance(document: Document, place: int, first: int, last: int) -> int:
    """Where tokens ``first`` to ``last`` (exclusive) stand, seen from the token at ``place``, in steps."""
    word, other = document.tokens[place], document.tokens[first]
    if document.in_title(other) and not document.in_title(word):
        return IN_TITLE
    sentences = word.sentence - other.sentence
    if sentences == 0:
        if first <= place < last:
            return WITHIN
        tokens = first - place if first > place else last - 1 - place
        step = next((k for k, most in enumerate(_NEAR) if abs(tokens) <= most), len(_NEAR))
        return 2 + step + (8 if tokens < 0 else 0)
    if sentences == -1:
        return AFTER
    return BEFORE[sentences - 1] if 1 <= sentences <= len(BEFORE) else FAR


@cache
def _path_numbers() -> Mapping[str, int]:
    """The dependency paths that the models know, numbered from 1."""
    names = parts()["paths"].tobytes().decode().split("\n")
    return {name: number for number, name in enumerate(names, 1)}


def dependency_path(document: Document, word: int, other: int) -> str:
    """How one token hangs on another: the labels up from ``word``, a slash, and down to ``other``.

    >>> dependency_path(document, verb, subject)  # doctest: +SKIP
    '/nsubj'
    """
    tokens = document.tokens
    if word == other:
        return "self"
    if tokens[word].sentence != tokens[other].sentence:
        return "other"
    above: dict[int, int] = {}
    up: list[str] = []
    place = word
    while True:
        above[place] = len(up)
        if tokens[place].head == place or len(up) >= _STEPS:
            break
        up.append(tokens[place].dep)
        place = tokens[place].head
    down: list[str] = []
    steps, place = 0, other
    while place not in above:
        token = tokens[place]
        if token.head == place or steps >= _STEPS:
            return "far"
        if token.dep not in _TRANSPARENT:
            down.append(f"{token.dep}:{token.lower}" if token.dep in ("prep", "agent") else token.dep)
        place = token.head
        steps += 1
    risen = [dep for dep in up[: above[place]] if dep not in _TRANSPARENT]
    if len(risen) > _UP or len(down) > _DOWN:
        return "far"
    return f"{'^'.join(risen)}/{'.'.join(reversed(down))}"


def head_of(document: Document, first: int, last: int) -> int:
    """The head of a phrase: the first token that hangs on one outside it; else the last one."""
    for token in document.tokens[first:last]:
        if (token.head == token.i or not first <= token.head < last) and token.pos not in ("PUNCT", "DET", "PART"):
            return token.i
    return last - 1


class Meaning:
    """The encoder's view of one article.

    Args:
        document: The analysed article.
        cast: Its actors.
    """

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document, self.cast = document, cast

    @cached_property
    def _vectors(self) -> Doubles:
        return encode(self.document)

    @cached_property
    def _sums(self) -> Doubles:
        vectors = self._vectors
        return np.concatenate([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])

    def scores(self, head: Head, places: Sequence[int]) -> Doubles:
        """The scores of the classes of a head for the tokens at ``places``, a row each."""
        return _head(head)(self._vectors[list(places)])

    def phrase_scores(self, head: Head, ranges: Ranges) -> Doubles:
        """The scores of the classes of a head for ranges of tokens."""
        return _head(head)(self._means(ranges))

    def _means(self, ranges: Ranges) -> Doubles:
        first, last = np.array([r[0] for r in ranges]), np.array([r[1] for r in ranges])
        means = (self._sums[last] - self._sums[first]) / (last - first)[:, None]
        return _GRID.round(means)

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.first for m in self.cast.mentions]

    def around(self, place: int) -> list[Mention]:
        """The mentions near a word: in the title, in its sentence, three sentences before and one after."""
        document = self.document
        sentence = document.tokens[place].sentence
        first = document.sentences[max(0, sentence - SENTENCES_BEFORE)].first
        last = document.sentences[min(len(document.sentences) - 1, sentence + SENTENCES_AFTER)].last
        low, high = (bisect_left(self._mention_starts, edge) for edge in (first, last))
        mentions = self.cast.mentions
        title = []
        for mention in mentions[:low]:
            if not document.in_title(document.tokens[mention.first]):
                break
            title.append(mention)
        return [*title, *mentions[low:high]]

    def relations(self, relation: Relation, place: int, kind: int, ranges: Ranges, kinds: Sequence[int]) -> Doubles:
        """Scores of the parts that phrases have in what a word names.

        Args:
            relation: Which relation.
            place: The token of the word.
            kind: Number of its type.
            ranges: The tokens of the phrases.
            kinds: What each phrase is (``mention_kind``).

        Returns:
            A row for each phrase, a column for each part.
        """
        pairs = _relation(relation)
        hidden = pairs.phrase(self._means(ranges)) + pairs.word(self._vectors[[place]])
        hidden += pairs.distance[[distance(self.document, place, first, last) for first, last in ranges]]
        hidden += pairs.kind[list(kinds)]
        known = _path_numbers()
        heads = (head_of(self.document, first, last) for first, last in ranges)
        hidden += pairs.path[[known.get(dependency_path(self.document, place, head), 0) for head in heads]]
        hidden += pairs.type[kind]
        return pairs.out(_GRID.snap(gelu(hidden.astype(np.float32)).astype(np.float64)))

    @cached_property
    def dates(self) -> tuple[tuple[DateExpression, int, int], ...]:
        """The date expressions of the document with their tokens, in reading order."""
        document = self.document
        text = document.text
        found = find_dates(text, published_on=document.article.published_on, max_characters=len(text))
        ranged = [(date, *document.range_of(date.span)) for date in found]
        return tuple(r for r in ranged if r[1] < r[2])

    def dates_near(self, place: int) -> list[tuple[DateExpression, int, int]]:
        """The dates, with their tokens, that can tell when what a word names takes place."""
        tokens = self.document.tokens
        sentence = tokens[place].sentence
        near = []
        for date, first, last in self.dates:
            apart = sentence - tokens[first].sentence
            if -DATES_AFTER <= apart <= DATES_BEFORE or tokens[first].sentence <= OPENING:
                near.append((date, first, last))
        return near

    def date_of(self, place: int, kind: int) -> DateExpression | None:
        """The date expression that tells when what a word names takes place; None where none does.

        Args:
            place: The token of the word.
            kind: Number of its type among those of events, figures and measures.
        """
        near = self.dates_near(place)
        if not near:
            return None
        ranges = [(first, last) for _, first, last in near]
        scores = self.relations("rdate", place, kind, ranges, [0] * len(near))[:, 0]
        best = int(np.argmax(scores))
        return near[best][0] if scores[best] > self.scores("dnull", [place])[0, kind] else None
