"""How a word and the phrases around it belong together: who takes part, which rate, which goods, which date.

A small network scores all phrases of a word at once, so that the choice of one can depend on the others, and *none*
with them. What exceeds the score of none is taken. All sums are exact (``analysis.encoder``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from broadsheet.analysis.encoder import GRID, Affine, array, parts
from broadsheet.analysis.encoder.network import gelu

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document, Token

    Doubles = NDArray[np.float64]

Relation = Literal["rev", "rfig", "rtar", "rprod", "rdate", "rspk", "rquo", "rhold", "rorg"]
RELATIONS: Mapping[Relation, tuple[int, int]] = MappingProxyType(
    {
        "rev": (17, 2),
        "rfig": (16, 2),
        "rtar": (1, 4),
        "rprod": (1, 1),
        "rdate": (34, 1),
        "rspk": (1, 1),
        "rquo": (1, 1),
        "rhold": (2, 1),
        "rorg": (1, 1),
    }
)
"""How many types of words and parts of phrases each model has: actor and recipient of an event; payer and payee of a
figure; imposer, target, rate and rate before of a measure; its goods; a date; whom the words for a speaker mean; who
utters a quote; who holds the office with a title in the singular or plural, and for which body."""

DISTANCES, PHRASE_KINDS, PATHS, FREQUENCIES = 24, 32, 1024, 8
"""How many steps of distance, kinds of phrase, dependency paths and frequencies of an actor are distinguished."""
_ACTOR_KINDS = ("person", "organization", "country", "group")
_FORMS = ("name", "alias", "title", "adjective", "metonym", "description", "pronoun")
DATE, NONE, THING, RATE = 7, 15, 23, 31
"""Kinds of phrases that are no mention of an actor."""

_NEAR = (1, 2, 3, 5, 8, 12, 20)
"""Tokens between two places of a sentence, in steps."""
IN_TITLE, WITHIN = 0, 1
AFTER, BEFORE = 18, (19, 20, 21)
FAR, NOWHERE = 22, 23
_MOST = 100
"""Phrases of a word that are scored, the nearest; those of hardly any word are more."""
_STEPS, _UP, _DOWN = 6, 3, 4
"""How far a dependency path is followed, and how many labels of it may be kept in either direction."""
_TRANSPARENT = frozenset({"conj", "appos", "punct", "cc"})
"""Labels that are left out of paths: what is coordinated or in apposition hangs as its head does."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (exclusive) near a word.

    Attributes:
        first: Its first token.
        last: The token after its last one.
        kind: What it is (``mention_kind``, or ``RATE`` and the like).
        group: What it names: phrases of one group name the same.
        frequency: How often the article names it (``frequency``); 0 where that does not matter.
    """

    first: int
    last: int
    kind: int
    group: Hashable
    frequency: int = 0


NOTHING = Phrase(0, 0, NONE, None)
"""None of the phrases."""


def mention_kind(kind: str, form: str) -> int:
    """The number of a mention's kind of actor and form."""
    return _ACTOR_KINDS.index(kind) * 8 + _FORMS.index(form)


def frequency(mentions: int) -> int:
    """The number of how often an article names an actor: 1, 2 to 3, 4 to 7, and so on."""
    return min(mentions.bit_length(), FREQUENCIES - 1)


def distance(document: Document, place: int, first: int, last: int) -> int:
    """Where tokens ``first`` to ``last`` (exclusive) stand, seen from the token at ``place``, in steps."""
    if first == last:
        return NOWHERE
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


def phrase_path(document: Document, place: int, phrase: Phrase) -> str:
    """The dependency path from the token at ``place`` to the head of a phrase."""
    if phrase.first == phrase.last:
        return "none"
    return dependency_path(document, place, head_of(document, phrase.first, phrase.last))


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


def says_on(document: Document, phrase: Phrase, word: Token) -> bool:
    """Whether a date is that of the statement that has a word: *said on Monday that it would close the border*."""
    date = document.tokens[head_of(document, phrase.first, phrase.last)]
    saying = next((t for t in document.ancestors(date) if t.pos in ("VERB", "AUX")), None)
    below, content = word, False
    for above in document.ancestors(word):
        shared = below.dep == "conj" and document.child(below, "nsubj") is None
        content = below.dep == "ccomp" or (content and shared)
        if above == saying:
            return content
        below = above
    return False


@dataclass(frozen=True, slots=True)
class Link:
    """What a phrase, or the phrases of one group, have to do with a word.

    Attributes:
        phrase: For each part, the phrase of the group with the highest score.
        scores: For each part, by how much the score exceeds that of none.
    """

    phrase: tuple[Phrase, ...]
    scores: tuple[float, ...]


class Linker:
    """A relation's model.

    Args:
        relation: Its name.
    """

    def __init__(self, relation: Relation) -> None:
        self.word, self.phrase, self._own, self._set, self._out, self._joint = (
            Affine(f"{relation}.{part}") for part in "abuvoq"
        )
        self._distance, self._kind, self._type, self._path, self._frequency = (
            np.rint(array(f"{relation}.{part}.weight") * 4096) / 4096 for part in ("dist", "kf", "ty", "path", "freq")
        )

    def __call__(
        self, document: Document, place: int, kind: int, phrases: Sequence[Phrase], word: Doubles, vectors: Doubles
    ) -> list[Link]:
        """Scores the groups of some phrases for a word.

        Args:
            document: The analysed article.
            place: The token of the word.
            kind: Number of its type.
            phrases: The phrases; the last is ``NOTHING``.
            word: What ``self.word`` makes of the word's vector.
            vectors: What ``self.phrase`` makes of the vectors of the phrases, a row each.

        Returns:
            A link for each group, in the order in which they first occur.
        """
        known = _path_numbers()
        hidden = vectors + word
        hidden += self._distance[[distance(document, place, p.first, p.last) for p in phrases]]
        hidden += self._kind[[p.kind for p in phrases]]
        hidden += self._path[[known.get(phrase_path(document, place, p), 0) for p in phrases]]
        hidden += self._type[kind]
        single = _gelu(hidden)
        groups: dict[Hashable, list[int]] = {}
        for row, phrase in enumerate(phrases):
            groups.setdefault(phrase.group, []).append(row)
        pooled: Doubles = np.stack([single[rows].max(axis=0) for rows in groups.values()])
        pooled += self._frequency[[phrases[rows[0]].frequency for rows in groups.values()]]
        pooled = GRID.snap(pooled)
        together = _gelu(self._own(pooled) + self._set(pooled.max(axis=0, keepdims=True)))
        scores = self._out(pooled) + self._joint(together)
        alone = self._out(single)
        margins = (scores[:-1] - scores[-1]).tolist()
        return [
            Link(tuple(phrases[rows[int(best)]] for best in alone[rows].argmax(axis=0)), tuple(margin))
            for rows, margin in zip(groups.values(), margins, strict=False)
        ]


def _gelu(values: Doubles) -> Doubles:
    return GRID.snap(gelu(values.astype(np.float32)).astype(np.float64))


@cache
def linker(relation: Relation) -> Linker:
    """The model of a relation."""
    return Linker(relation)


class Linked:
    """What phrases of one document have to do with its words.

    Args:
        document: The analysed article.
        vectors: The encoder's vectors of its tokens, a row each.
    """

    def __init__(self, document: Document, vectors: Doubles) -> None:
        self.document, self.vectors = document, vectors.astype(np.float64)
        self._phrase_vectors: dict[Relation, dict[tuple[int, int], Doubles]] = {}

    def means(self, ranges: Sequence[tuple[int, int]]) -> Doubles:
        """The mean vectors of ranges of tokens; zeros for an empty one."""
        means = np.zeros((len(ranges), self.vectors.shape[1]))
        for row, (first, last) in enumerate(ranges):
            if first < last:
                np.divide(self.vectors[first:last].sum(axis=0), last - first, out=means[row])
        return GRID.round(means)

    def __call__(self, relation: Relation, place: int, kind: int, phrases: Sequence[Phrase]) -> list[Link]:
        """What phrases have to do with what a word names.

        Args:
            relation: Which relation.
            place: The token of the word.
            kind: Number of its type.
            phrases: The phrases.

        Returns:
            A link for each group of phrases, in the order in which they first occur.
        """
        if not phrases:
            return []
        if len(phrases) > _MOST:  # a sentence that is a list without end: its words times its phrases would be too many
            farthest = sorted(abs(p.first - place) for p in phrases)[_MOST - 1]
            phrases = [p for p in phrases if abs(p.first - place) <= farthest]
        model = linker(relation)
        known = self._phrase_vectors.setdefault(relation, {})
        every = [*phrases, NOTHING]
        ranges = [(p.first, p.last) for p in every]
        if new := sorted({r for r in ranges if r not in known}):
            known.update(zip(new, model.phrase(self.means(new)), strict=True))
        vectors = np.stack([known[r] for r in ranges])
        return model(self.document, place, kind, every, model.word(self.vectors[[place]]), vectors)
