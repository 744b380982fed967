"""How a word and the phrases around it belong together: who takes part, which rate, which goods, which date.

A small network scores all phrases of a word at once, so that the choice of one can depend on the others, and *none*
with them. What exceeds the score of none is taken. All sums are exact (``analysis.encoder``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from broadsheet.analysis.encoder import GRID, Affine, array, parts
from broadsheet.analysis.encoder.encode import STEP
from broadsheet.analysis.encoder.network import gelu

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document, Token

    Doubles = NDArray[np.float64]
    # a word's token, the number of its type, and phrases near it
    Asked = tuple[int, int, "Sequence[Phrase]"]
    Groups = list[list["Phrase"]]

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
_ROWS = 500
"""Phrases that are scored together: more would leave the processor's cache."""
_GELU_FROM = -8
"""Below this, GELU is 0 on the grid."""
_STEPS, _UP, _DOWN = 6, 3, 4
"""How far a dependency path is followed, and how many labels of it may be kept in either direction."""
_TRANSPARENT = frozenset({"conj", "appos", "punct", "cc"})
"""Labels that are left out of paths: what is coordinated or in apposition hangs as its head does."""


class Phrase(NamedTuple):
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
        return 2 + bisect_left(_NEAR, abs(tokens)) + (8 if tokens < 0 else 0)
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
    return _path_to(document, word, _above(document, word), other)


def _above(document: Document, word: int) -> dict[int, list[str]]:
    """A token and those above it, each with the labels up to it."""
    tokens = document.tokens
    above: dict[int, list[str]] = {word: []}
    up: list[str] = []
    steps = 0
    while (head := tokens[word].head) != word and steps < _STEPS:
        if tokens[word].dep not in _TRANSPARENT:
            up = [*up, tokens[word].dep]
        above[head] = up
        word = head
        steps += 1
    return above


def _path_to(document: Document, word: int, above: Mapping[int, list[str]], other: int) -> str:
    tokens = document.tokens
    if word == other:
        return "self"
    if tokens[word].sentence != tokens[other].sentence:
        return "other"
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
    risen = above[place]
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


class Link(NamedTuple):
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
        self._word, self._phrase, self._own, self._set, self._out, self._joint = (
            Affine(f"{relation}.{part}") for part in "abuvoq"
        )
        self._distance, self._kind, self._type, self._path, self._frequency = (
            np.rint(array(f"{relation}.{part}.weight") * STEP) / STEP for part in ("dist", "kf", "ty", "path", "freq")
        )

    def __call__(self, linked: Linked, asked: Sequence[Asked]) -> Iterator[list[Link]]:
        """Scores the groups of phrases of some words.

        Args:
            linked: The document.
            asked: The words with their phrases, ``NOTHING`` among them.

        Yields:
            For each word, a link for each group but that of ``NOTHING``, in the order in which they first occur.
        """
        groups, words = _grouped(asked)
        sizes = [len(group) for group in groups]
        of_rows = [word for word, size in zip(words, sizes, strict=True) for _ in range(size)]
        starts = [*accumulate(sizes[:-1], initial=0)]
        single = _gelu(self._hidden(linked, asked, groups, of_rows))
        pooled: Doubles = np.maximum.reduceat(single, starts) if len(starts) < len(single) else single.copy()
        pooled += self._frequency.take([group[0].frequency for group in groups], axis=0)
        pooled = GRID.snap(pooled)
        none = [k for k, group in enumerate(groups) if group[0] is NOTHING]
        opening = [0, *(k + 1 for k in none[:-1])]
        sets = self._set(np.maximum.reduceat(pooled, opening))
        together = _gelu(self._own(pooled) + sets.take(words, axis=0))
        scores = self._out(pooled) + self._joint(together)
        alone = self._out(single).tolist()
        margins = (scores - scores[none][words]).tolist()
        for first, last in zip(opening, none, strict=True):
            yield [
                Link(_best(groups[k], alone[starts[k] : starts[k] + sizes[k]]), tuple(margins[k]))
                for k in range(first, last)
            ]

    def _hidden(self, linked: Linked, asked: Sequence[Asked], groups: Groups, words: Sequence[int]) -> Doubles:
        """The hidden layer for each phrase with the word of number ``words``."""
        document = linked.document
        phrases = [phrase for group in groups for phrase in group]
        places = [asked[word][0] for word in words]
        ranges = [(p.first, p.last) for p in phrases]
        rows = {tokens: row for row, tokens in enumerate(dict.fromkeys(ranges))}
        hidden = self._phrase(linked.means([*rows])).take([rows[tokens] for tokens in ranges], axis=0)
        of_words = self._word(linked.vectors.take([place for place, _, _ in asked], axis=0))
        of_words += self._type.take([kind for _, kind, _ in asked], axis=0)
        hidden += of_words.take(words, axis=0)
        hidden += self._kind.take([p.kind for p in phrases], axis=0)
        steps = [distance(document, place, *t) for place, t in zip(places, ranges, strict=True)]
        hidden += self._distance.take(steps, axis=0)
        known = _path_numbers()
        above = {place: _above(document, place) for place, _, _ in asked}
        heads = {tokens: head_of(document, *tokens) for tokens in rows}
        paths = [
            "none" if t[0] == t[1] else _path_to(document, place, above[place], heads[t])
            for place, t in zip(places, ranges, strict=True)
        ]
        hidden += self._path.take([known.get(path, 0) for path in paths], axis=0)
        return hidden


def _grouped(asked: Sequence[Asked]) -> tuple[Groups, list[int]]:
    """The groups of phrases of each word, and the number of the word that each is of."""
    groups: Groups = []
    words: list[int] = []
    for word, (_, _, phrases) in enumerate(asked):
        found: dict[Hashable, list[Phrase]] = {}
        for phrase in phrases:
            found.setdefault(phrase.group, []).append(phrase)
        groups += found.values()
        words += [word] * len(found)
    return groups, words


def _best(group: Sequence[Phrase], scores: Sequence[Sequence[float]]) -> tuple[Phrase, ...]:
    """The phrase of a group with the highest score for each part, the first of equal ones."""
    if len(group) == 1:
        return (group[0],) * len(scores[0])
    return tuple(group[part.index(max(part))] for part in zip(*scores, strict=True))


@cache
def _gelu_table() -> Doubles:
    """GELU of the points of the grid from ``_GELU_FROM`` on, on the grid."""
    points = np.arange(_GELU_FROM * STEP, GRID.limit * STEP + 1) / STEP
    return GRID.snap(gelu(points.astype(np.float32)).astype(np.float64))


def _gelu(values: Doubles) -> Doubles:
    places = (values * STEP).astype(np.intp)
    places -= _GELU_FROM * STEP
    found: Doubles = _gelu_table().take(places, mode="clip")
    return found


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
        self.document, self.vectors = document, vectors.astype(np.float64, copy=False)

    def means(self, ranges: Sequence[tuple[int, int]]) -> Doubles:
        """The mean vectors of ranges of tokens; zeros for an empty one."""
        means: Doubles = self.vectors.take([first for first, _ in ranges], axis=0)
        for row, (first, last) in enumerate(ranges):
            if last - first != 1:
                np.add.reduce(self.vectors[first:last], out=means[row])
                means[row] /= max(last - first, 1)
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
        return self.each(relation, [(place, kind, phrases)])[0]

    def each(self, relation: Relation, asked: Sequence[Asked]) -> list[list[Link]]:
        """The same for several words, which takes much less time than one after the other."""
        model = linker(relation)
        found = (links for some in _portions([a for a in asked if a[2]]) for links in model(self, some))
        return [next(found) if phrases else [] for _, _, phrases in asked]


def _portions(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """The words in portions, each with its nearest phrases and ``NOTHING``."""
    rows = 0
    some: list[Asked] = []
    for place, kind, phrases in asked:
        if len(phrases) > _MOST:  # a sentence that is a list without end: its words times its phrases would be too many
            farthest = sorted(abs(p.first - place) for p in phrases)[_MOST - 1]
            phrases = [p for p in phrases if abs(p.first - place) <= farthest]
        some.append((place, kind, [*phrases, NOTHING]))
        rows += len(phrases) + 1
        if rows > _ROWS:
            yield some
            rows, some = 0, []
    if some:
        yield some
