"""Runs a pipeline with the known shape over the tokens of some paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.analysed import Analysed
from broadsheet.analysis.fast.arcs import Arcs
from broadsheet.analysis.fast.forms import Forms
from broadsheet.analysis.fast.names import Names
from broadsheet.analysis.fast.network import VECTORS, Network
from broadsheet.analysis.fast.shape import PADDING, OtherShapeError, check
from broadsheet.analysis.fast.words import KEY, Words
from broadsheet.analysis.trees import subtree_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc


class FastPipeline:
    """A pipeline with the known shape.

    Raises:
        OtherShapeError: If a part of it has another shape.
    """

    def __init__(self, nlp: Language) -> None:
        tagger: Any = nlp.get_pipe("tagger")
        shared: Any = nlp.get_pipe("tok2vec")
        recogniser: Any = nlp.get_pipe("ner")
        self._networks = [Network(shared.model), Network(recogniser.model.get_ref("tok2vec").layers[0])]
        self._words = Words(self._networks)
        self._columns = _Columns([network.columns for network in self._networks])
        softmax = tagger.model.layers[1].layers[0]
        self._tag = VECTORS.weights(softmax.get_param("W").T, softmax.get_param("b"))
        self._tags = np.array([nlp.vocab.strings[label] for label in tagger.labels], dtype=np.uint64)
        self._arcs = Arcs(nlp.get_pipe("parser"))
        self._names = Names(recogniser)
        self._forms = Forms(nlp)

    def run(self, docs: Sequence[Doc], offsets: Sequence[int]) -> Analysed:
        """The analysed tokens of tokenised texts; each text begins at its offset in the article."""
        table = self._columns.of(docs)
        lengths = [len(doc) for doc in docs]
        firsts = np.concatenate([[0], np.cumsum(lengths)])
        total = int(firsts[-1])
        orths, *others = (table[:, column].tolist() for column in range(len(KEY)))
        words = list(zip(orths, *others, strict=True))
        numbers = self._words.numbers(words, [table[:, c] for c in self._columns.features])
        text = np.repeat(np.arange(len(docs)), lengths)
        rows = np.arange(total) + PADDING * (text + 1)
        padded = np.zeros(total + PADDING * (len(docs) + 1), dtype=np.intp)
        padded[rows] = numbers
        shared, own = (
            network.encode(words, padded, rows)
            for network, words in zip(self._networks, self._words.tables, strict=True)
        )
        weights, bias = self._tag
        tags = self._tags[(shared @ weights + bias).argmax(axis=1)]
        heads, labels = self._arcs.parse(lengths, shared, (table[:, self._columns.opens] == 1).tolist())
        edges: list[tuple[int, int]] = []
        opens: list[bool] = []
        for first, last in pairwise(firsts.tolist()):
            bounds, starting = subtree_bounds(heads, first, last)
            edges += bounds
            opens += starting
        keys = list(zip(orths, tags.tolist(), labels, strict=True))
        forms = self._forms.of(keys, firsts[:-1].tolist())
        blank = table[:, self._columns.blank].astype(bool)
        closes = np.array([*opens[1:], True])
        starts = table[:, self._columns.start].astype(np.int64) + np.repeat(np.array(offsets, dtype=np.int64), lengths)
        return Analysed(
            starts.tolist(),
            table[:, self._columns.length].tolist(),
            blank.tolist(),
            [form.lemma for form in forms],
            [form.pos for form in forms],
            [form.tag for form in forms],
            [form.dep for form in forms],
            heads,
            edges,
            opens,
            self._names.find(own, blank, closes),
        )


class _Columns:
    """The token attributes that are read, one column each."""

    def __init__(self, networks: Sequence[Sequence[str]]) -> None:
        names = [*KEY, "LENGTH", "IDX", "IS_SPACE", "SENT_START"]
        self.length, self.start, self.blank, self.opens = range(len(KEY), len(names))
        names += sorted({column for columns in networks for column in columns} - set(names))
        self._names = names
        self.features = [[names.index(column) for column in columns] for columns in networks]

    def of(self, docs: Sequence[Doc]) -> NDArray[np.uint64]:
        """The tokens of all texts, one row each."""
        table: NDArray[np.uint64] = np.concatenate([doc.to_array(self._names) for doc in docs]).astype(np.uint64)
        return table


def fast_pipeline(nlp: Language) -> FastPipeline | None:
    """The fast pipeline for a spaCy pipeline; ``None`` if it has another shape or does not use numpy."""
    try:
        check(nlp)
        return FastPipeline(nlp)
    except OtherShapeError:
        return None
