"""Runs any pipeline with spaCy itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.analysis.analysed import Analysed, NamedEntity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language
    from spacy.tokens import Doc


class SpacyRunner:
    """A pipeline run by spaCy."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp

    def run(self, docs: Sequence[Doc], offsets: Sequence[int]) -> Analysed:
        """The analysed tokens of tokenised texts; each text begins at its offset in the article."""
        analysed = Analysed([], [], [], [], [], [], [], [], [], [], [])
        for doc, offset in zip(self._nlp.pipe(docs, batch_size=len(docs)), offsets, strict=True):
            _add(analysed, doc, offset)
        return analysed


def _add(analysed: Analysed, doc: Doc, offset: int) -> None:
    """Adds the tokens of a text."""
    first = len(analysed.starts)
    openings = {sentence.start for sentence in doc.sents}
    for token in doc:
        analysed.starts.append(offset + token.idx)
        analysed.lengths.append(len(token))
        analysed.blank.append(token.is_space)
        analysed.lemmas.append(token.lemma_)
        analysed.pos.append(token.pos_)
        analysed.tags.append(token.tag_)
        analysed.deps.append(token.dep_)
        analysed.heads.append(first + token.head.i)
        analysed.edges.append((first + token.left_edge.i, first + token.right_edge.i + 1))
        analysed.opens.append(token.i in openings)
    analysed.entities.extend(NamedEntity(first + e.start, first + e.end, e.label_) for e in doc.ents)
