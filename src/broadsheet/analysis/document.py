"""An analysed article: its tokens, sentences and entities, immutable and shared by all parsers.

Tokens are plain Python objects rather than spaCy's own, for three reasons: parsers are pure functions that tests can
feed, reading an attribute costs a tenth of a spaCy call, and only the code that runs the model depends on spaCy.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.reading.article import Article


# A frozen class would take eight times as long to make; type checkers refuse changes.
@dataclass(slots=True, unsafe_hash=True)
class Token:
    """One token of the canonical text.

    Attributes:
        i: Index in ``Document.tokens``.
        text: As printed.
        lower: ``text`` in lower case.
        lemma: Lemma in lower case.
        pos: Universal part of speech (https://universaldependencies.org/u/pos/).
        tag: Penn Treebank tag.
        dep: Dependency label of spaCy's English models (ClearNLP labels).
        head: Index of the syntactic head; a root is its own.
        children: Indexes of the dependents, in reading order.
        start: Offset of the first code point.
        end: Offset after the last one.
        sentence: Index of its sentence.
        paragraph: Index of its paragraph; the title, if any, is 0.
        ent: Label of the named entity that it is part of, or the empty string.
    """

    i: Final[int]
    text: Final[str]
    lower: Final[str]
    lemma: Final[str]
    pos: Final[str]
    tag: Final[str]
    dep: Final[str]
    head: Final[int]
    children: Final[tuple[int, ...]]
    start: Final[int]
    end: Final[int]
    sentence: Final[int]
    paragraph: Final[int]
    ent: Final[str]

    @property
    def span(self) -> Span:
        """The characters of the token."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive), all of one paragraph."""

    index: int
    first: int
    last: int
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity found by the model: tokens ``first`` to ``last`` (exclusive) with its OntoNotes label."""

    first: int
    last: int
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """An analysed article.

    Attributes:
        article: The article.
        tokens: All tokens except white space, in reading order.
        sentences: In reading order; no sentence crosses the end of a paragraph.
        entities: In reading order; they do not overlap.
        paragraphs: Spans of the paragraphs, the title first if there is one.
        has_title: Whether ``paragraphs[0]`` is the title.
    """

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    paragraphs: tuple[Span, ...]
    has_title: bool
    _starts: tuple[int, ...] = field(repr=False, default=())
    _edges: tuple[tuple[int, int], ...] = field(repr=False, default=())

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.article.text

    def __len__(self) -> int:
        return len(self.tokens)

    def head(self, token: Token) -> Token:
        """The syntactic head; the token itself if it is a root."""
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> Iterator[Token]:
        """The dependents in reading order; only those with one of the labels ``deps``, if any are given."""
        tokens = self.tokens
        if not deps:
            return iter([tokens[i] for i in token.children])
        return iter([child for i in token.children if (child := tokens[i]).dep in deps])

    def child(self, token: Token, *deps: str) -> Token | None:
        """The first dependent with one of the labels ``deps``."""
        tokens = self.tokens
        for i in token.children:
            child = tokens[i]
            if not deps or child.dep in deps:
                return child
        return None

    def subject(self, verb: Token) -> Token | None:
        """The subject of an active verb, also one that it shares: agreed to sell, urged Peru to sell, made and sold."""
        while self.child(verb, "nsubj", "nsubjpass", "auxpass") is None and verb.dep in ("xcomp", "conj"):
            controlled, verb = verb.dep == "xcomp", self.head(verb)
            if controlled and (controller := self.child(verb, "dobj")) is not None:
                return controller
        return self.child(verb, "nsubj") if self.child(verb, "nsubjpass", "auxpass") is None else None

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The head, its head, and so on up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def edges(self, token: Token) -> tuple[int, int]:
        """First and last (exclusive) index of the token's subtree."""
        return self._edges[token.i]

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens ``first`` to ``last`` (exclusive, not empty)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def text_of(self, first: int, last: int) -> str:
        """The canonical text of tokens ``first`` to ``last`` (exclusive)."""
        return self.span(first, last).of(self.text)

    def range_of(self, span: Span) -> tuple[int, int]:
        """First and last (exclusive) index of the tokens that overlap ``span``; equal if none does."""
        first = bisect_right(self._starts, span.start) - 1
        if first < 0 or self.tokens[first].end <= span.start:
            first += 1
        last = bisect_right(self._starts, span.end - 1) if span.end > span.start else first
        return first, max(first, last)

    def sentence_of(self, token: Token) -> Sentence:
        """The sentence that the token is part of."""
        return self.sentences[token.sentence]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def in_title(self, token: Token) -> bool:
        """Whether the token is in the title."""
        return self.has_title and token.paragraph == 0


def build(
    article: Article,
    tokens: list[Token],
    sentences: list[Sentence],
    entities: list[Entity],
    edges: list[tuple[int, int]],
    paragraphs: list[Span],
    *,
    has_title: bool,
) -> Document:
    """A document with the indexes that its helpers use; ``edges`` are first and last (exclusive) of each subtree."""
    return Document(
        article,
        tuple(tokens),
        tuple(sentences),
        tuple(entities),
        tuple(paragraphs),
        has_title,
        tuple(t.start for t in tokens),
        tuple(edges),
    )
