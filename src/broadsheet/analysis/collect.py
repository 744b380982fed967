"""Builds the document of an article from the model's results for its paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.analysis.document import Document, Entity, Sentence, Token, build
from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.analysed import Analysed
    from broadsheet.reading.article import Article

_LEMMA_FIXES = {"fin": "fine"}
"""Verbs that the model's inflection rules shorten too much (``fined``)."""


class DocumentBuilder:
    """Collects the tokens, sentences and entities of one article; white space tokens are left out."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._tokens: list[Token] = []
        self._sentences: list[Sentence] = []
        self._entities: list[Entity] = []
        self._edges: list[tuple[int, int]] = []

    def add(self, analysed: Analysed, paragraphs: Sequence[int]) -> None:
        """Adds analysed tokens; ``paragraphs`` are the indexes of their paragraphs."""
        place = self._places(analysed.blank)
        heads = _heads(analysed.heads, analysed.blank)
        children = _children(analysed.heads, analysed.blank, place)
        labels = [""] * len(place)
        for first, last, label in analysed.entities:
            labels[first:last] = [label] * (last - first)
        text = self._article.text
        tokens, edges = self._tokens, self._edges
        index = len(self._sentences) - 1
        fresh = True
        opened: list[int] = []
        for i, (start, length, blank, lemma, pos, tag, dep, (left, right), opens, paragraph) in enumerate(
            zip(
                analysed.starts,
                analysed.lengths,
                analysed.blank,
                analysed.lemmas,
                analysed.pos,
                analysed.tags,
                analysed.deps,
                analysed.edges,
                analysed.opens,
                paragraphs,
                strict=True,
            )
        ):
            fresh = fresh or opens
            if blank:
                continue
            if fresh:
                index += 1
                opened.append(len(tokens))
                fresh = False
            end = start + length
            head = heads[i]
            printed = text[start:end]
            low = lemma.lower()
            tokens.append(
                Token(
                    place[i],
                    printed,
                    printed.lower(),
                    _LEMMA_FIXES.get(low, low) if pos == "VERB" else low,
                    pos,
                    tag,
                    dep,
                    place[i] if head is None else place[head],
                    children[i],
                    start,
                    end,
                    index,
                    paragraph,
                    labels[i],
                )
            )
            edges.append((place[left], place[right]))
        for first, last in zip(opened, [*opened[1:], len(tokens)], strict=True):
            span = Span(tokens[first].start, tokens[last - 1].end)
            self._sentences.append(Sentence(len(self._sentences), first, last, span, tokens[first].paragraph))
        for first, last, label in analysed.entities:
            first, last = place[first], place[last]
            if first < last:
                span = Span(tokens[first].start, tokens[last - 1].end)
                self._entities.append(Entity(first, last, label, span))

    def document(self, paragraphs: Sequence[Span], *, has_title: bool) -> Document:
        """The document of everything added."""
        return build(
            self._article,
            self._tokens,
            self._sentences,
            self._entities,
            self._edges,
            list(paragraphs),
            has_title=has_title,
        )

    def _places(self, blank: Sequence[bool]) -> list[int]:
        """Index in the document of each token; for white space, that of the next token."""
        places = []
        place = len(self._tokens)
        for space in blank:
            places.append(place)
            place += not space
        places.append(place)
        return places


def _heads(heads: Sequence[int], blank: Sequence[bool]) -> Sequence[int | None]:
    """The nearest ancestor of each token that is not white space; ``None`` if there is none."""
    if not any(blank):
        return heads
    found: list[int | None] = []
    for head in heads:
        while blank[head] and heads[head] != head:
            head = heads[head]
        found.append(None if blank[head] else head)
    return found


def _children(heads: Sequence[int], blank: Sequence[bool], place: Sequence[int]) -> list[tuple[int, ...]]:
    """The indexes of the dependents of each token, in reading order."""
    children: list[tuple[int, ...]] = [()] * len(heads)
    by_head: dict[int, list[int]] = {}
    for i, head in enumerate(heads):
        if head != i and not blank[i]:
            by_head.setdefault(head, []).append(place[i])
    for head, members in by_head.items():
        children[head] = tuple(members)
    return children
