"""The dependency parser, over all texts at once.

The parser sees eight words of a state. The contribution of each word in each of the eight places is precomputed. Then
the loops in C parse one text after another; without them, every text makes one move at a time, and the moves of all
texts are scored together.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from broadsheet.analysis.fast import moves
from broadsheet.analysis.fast.exact import Grid
from broadsheet.analysis.fast.network import VECTORS
from broadsheet.analysis.fast.projectivity import DELIMITER, restore_heads
from broadsheet.analysis.fast.shape import OtherShapeError
from broadsheet.analysis.native import BLOCK, library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.fast.exact import Doubles, Floats
    from broadsheet.analysis.native import Library

_KINDS = {"S": moves.SHIFT, "D": moves.REDUCE, "L": moves.LEFT, "R": moves.RIGHT, "B": moves.BREAK}

_FEATURES = 8

_REDUCED = Grid(limit=64, bits=20)
"""The values of vectors of the parser's own width."""
_ADDED = 64.0
"""The most that a word contributes in a place."""
_HIDDEN = Grid(limit=_FEATURES * _ADDED, bits=20)
"""The values of the layer that scores the moves."""


class Parsed(NamedTuple):
    """The heads of tokens, and their labels as numbers of the vocabulary."""

    heads: list[int]
    labels: list[int]


class Arcs:
    """The parser of a pipeline, given its component.

    Raises:
        OtherShapeError: If it is of another shape.
    """

    def __init__(self, component: Any) -> None:
        model = component.model
        linear, lower, upper = model.get_ref("tok2vec").layers[2], model.get_ref("lower"), model.get_ref("upper")
        self._strings = component.vocab.strings
        names = [component.moves.get_class_name(i) for i in range(component.moves.n_moves)]
        self._kinds = [_KINDS[name[0]] for name in names]
        labels = [name.partition("-")[2] for name in names]
        if "subtok" in labels or self._kinds.count(moves.SHIFT) != 1:
            raise OtherShapeError("the parser has other moves than those known")
        self._labels = [self._strings[label] for label in labels]
        self._moved = [DELIMITER in label for label in labels]
        self._root = self._strings["ROOT"]
        self._reduce = VECTORS.weights(linear.get_param("W").T, linear.get_param("b"))
        weights, padding, bias = lower.get_param("W"), lower.get_param("pad")[0], lower.get_param("b")
        features, outputs, pieces, inputs = weights.shape
        if features != _FEATURES or pieces != 2:
            raise OtherShapeError(f"{features} features of {pieces} pieces")
        # Join the pieces, so that one pass finds their maximum; the bias is added once, with the first feature.
        side = weights.transpose(0, 3, 2, 1).reshape(features, inputs, pieces * outputs)
        self._half = outputs
        self._bias = np.ascontiguousarray(bias.T.reshape(pieces * outputs), np.float32)
        self._lower = [_REDUCED.weights(weights, self._bias)[0] for weights in side]
        blocks = np.stack(self._lower).reshape(features, inputs, -1, BLOCK)
        self._blocks = np.ascontiguousarray(blocks.transpose(0, 2, 1, 3))
        self._padding = np.ascontiguousarray(padding.transpose(0, 2, 1).reshape(features, pieces * outputs), np.float32)
        weights, bias = _HIDDEN.weights(upper.get_param("W").T, upper.get_param("b"))
        self._score = np.ascontiguousarray(weights)
        self._allowed = self._allowances(bias)

    def _allowances(self, bias: Doubles) -> Doubles:
        """The term added to the scores for each set of allowed moves: the bias, or minus infinity if not allowed."""
        bits = np.array([moves.MAY_SHIFT, moves.MAY_REDUCE, moves.MAY_ATTACH, moves.MAY_ATTACH, moves.MAY_BREAK])
        sets = np.arange(int(np.bitwise_or.reduce(bits)) + 1)
        return np.where(sets[:, None] & bits[self._kinds], bias, -np.inf)

    def parse(self, lengths: Sequence[int], vectors: Doubles, opens: Sequence[bool]) -> Parsed:
        """The heads and labels of the tokens of texts of some ``lengths``, one text after another.

        ``opens`` marks the tokens known in advance to start a sentence.
        """
        weights, bias = self._reduce
        ends = np.cumsum(lengths).tolist()
        spans = [(end - length, end) for length, end in zip(lengths, ends, strict=True)]
        reduced = _REDUCED.snap(vectors @ weights + bias)
        loops = library()
        if loops is None:
            tree = self._side_by_side(spans, self._table(reduced), opens)
        else:
            tree = self._one_by_one(loops, spans, reduced, opens)
        heads = [i if head < 0 else head for i, head in enumerate(tree.heads)]
        labels = [self._root if move < 0 else self._labels[move] for move in tree.moves]
        moved = [i for i, move in enumerate(tree.moves) if move >= 0 and self._moved[move]]
        restore_heads(moved, spans, heads, labels, self._strings)
        return Parsed(heads, labels)

    def _table(self, reduced: Doubles) -> Floats:
        """What each token adds in each place, the missing token first: places, tokens, pieces of the hidden layer."""
        table: Floats = np.empty((_FEATURES, len(reduced) + 1, 2 * self._half), dtype=np.float32)
        table[:, 0] = self._padding
        for place, weights in enumerate(self._lower):
            table[place, 1:] = reduced @ weights
        table[0] += self._bias
        return np.clip(table, -_ADDED, _ADDED, out=table)

    def _one_by_one(
        self, loops: Library, spans: Sequence[tuple[int, int]], reduced: Doubles, opens: Sequence[bool]
    ) -> moves.Tree:
        """Parses the texts by the loops in C."""
        kinds, places = np.array(self._kinds, np.int32), np.array(spans, np.int32).reshape(-1, 2)
        tree = np.full((5, len(opens)), -1, np.int32)
        put_back, opened = np.zeros(len(opens), np.bool_), np.array(opens, np.bool_)
        loops.call(
            *("parse", reduced, *reduced.shape, self._blocks, self._padding, self._bias, _ADDED),
            *(self._score, self._half, self._allowed, len(kinds), kinds),
            *(places, len(places), tree, put_back, opened),
        )
        heads, moved, left, right, before = tree.tolist()
        return moves.Tree(heads, moved, left, right, before, put_back.tolist(), opened.tolist())

    def _side_by_side(self, spans: Sequence[tuple[int, int]], table: Floats, opens: Sequence[bool]) -> moves.Tree:
        """Parses the texts together, one move of each at a time."""
        tree = moves.Tree.of(opens)
        tokens = table.shape[1]
        rows = table.reshape(-1, table.shape[2])
        # A row per place and token, the missing token first: the offset of each place, and 0 for the allowed moves.
        places = np.array([*(np.arange(_FEATURES) * tokens + 1), 0])
        live = [moves.parse(first, last, tree, self._kinds) for first, last in spans if first < last]
        states = [next(text) for text in live]
        while live:
            features = np.fromiter(chain.from_iterable(states), dtype=np.intp, count=len(states) * len(places))
            features = features.reshape(-1, len(places)) + places
            summed = rows.take(features[:, :_FEATURES], axis=0, mode="clip")
            summed = summed[:, :4] + summed[:, 4:]
            summed = summed[:, :2] + summed[:, 2:]
            unmaxed = summed[:, 0] + summed[:, 1]
            hidden = np.maximum(unmaxed[:, : self._half], unmaxed[:, self._half :]).astype(np.float64)
            scores = _HIDDEN.round(hidden) @ self._score
            scores += self._allowed.take(features[:, _FEATURES], axis=0)
            chosen = scores.argmax(axis=1).tolist()
            states = []
            unfinished = []
            for text, move in zip(live, chosen, strict=True):
                try:
                    states.append(text.send(move))
                except StopIteration:
                    continue
                unfinished.append(text)
            live = unfinished
        return tree
