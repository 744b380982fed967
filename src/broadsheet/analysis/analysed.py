"""The model's results for the tokens of some paragraphs, the same for every runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class NamedEntity(NamedTuple):
    """A named entity: tokens ``first`` to ``last`` (exclusive) with its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Analysed:
    """The tokens of some texts of an article, including white space tokens; one column per attribute.

    Attributes:
        starts: Offset of each token in the article.
        lengths: Length in code points.
        blank: Whether it is white space.
        lemmas: Its lemma, in the model's case.
        pos: Universal part of speech.
        tags: Penn Treebank tag.
        deps: Dependency label.
        heads: Index of its syntactic head; a root is its own.
        edges: First and last (exclusive) token of its subtree.
        opens: Whether it is the first of a sentence.
        entities: The named entities, in reading order.
    """

    starts: list[int]
    lengths: list[int]
    blank: list[bool]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    edges: list[tuple[int, int]]
    opens: list[bool]
    entities: list[NamedEntity]
