"""The entity recogniser's moves, for all tokens at once.

Outside an entity, the recogniser sees only the token, so its choice does not depend on earlier ones. All of these
choices are scored in one product. Only the few tokens that may begin a longer entity are followed further, in parallel;
the only choice there is whether the next token is the last one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.analysed import NamedEntity
from broadsheet.analysis.fast.exact import Grid
from broadsheet.analysis.fast.network import VECTORS
from broadsheet.analysis.fast.shape import OtherShapeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.fast.exact import Doubles

_FEATURES = 3
"""The token, the first token of the open entity, and the previous token."""

_REDUCED = Grid(limit=64, bits=20)
"""The values of vectors of the recogniser's own width."""
_HIDDEN = Grid(limit=512, bits=20)
"""The values of the layer that scores the moves."""


class Names:
    """The recogniser of a pipeline, given its component."""

    def __init__(self, component: Any) -> None:
        model, moves = component.model, component.moves
        linear, lower, upper = model.get_ref("tok2vec").layers[2], model.get_ref("lower"), model.get_ref("upper")
        weights, padding = lower.get_param("W"), lower.get_param("pad")[0]
        features, outputs, pieces, inputs = weights.shape
        if features != _FEATURES or pieces != 2:
            raise OtherShapeError(f"{features} features of {pieces} pieces")
        self._reduce = VECTORS.weights(linear.get_param("W").T, linear.get_param("b"))
        # Join the pieces, so that one pass finds their maximum.
        self._bias = lower.get_param("b").T.reshape(pieces * outputs)
        sides = [w.transpose(2, 1, 0).reshape(inputs, pieces * outputs) for w in weights]
        self._weights = [_REDUCED.weights(side, self._bias)[0] for side in sides]
        self._padding = [pad.T.reshape(pieces * outputs) for pad in padding]
        self._half = outputs
        names = [moves.get_class_name(i) for i in range(moves.n_moves)]
        labels = [name.partition("-")[2] for name in names]
        self._labels = labels
        self._kinds = [name[0] for name in names]
        begin, unit, out = ([i for i, n in enumerate(names) if n[0] == kind and n != "U-"] for kind in "BUO")
        self._outside = np.array(sorted([*begin, *unit, *out]))
        self._begins = np.isin(self._outside, begin)
        self._named = self._outside != out[0]
        self._out = out[0]
        self._score = _HIDDEN.weights(upper.get_param("W").T, upper.get_param("b"))
        inside = {label: i for i, (label, kind) in enumerate(zip(labels, self._kinds, strict=True)) if kind == "I"}
        final = {label: i for i, (label, kind) in enumerate(zip(labels, self._kinds, strict=True)) if kind == "L"}
        self._further = {i: (inside[labels[i]], final[labels[i]]) for i in begin}

    def find(self, vectors: Doubles, blank: NDArray[np.bool_], closes: NDArray[np.bool_]) -> list[NamedEntity]:
        """The entities of tokens by their ``vectors``.

        ``closes`` marks the last tokens of sentences and paragraphs, which no entity crosses; none begins with a
        ``blank`` one.
        """
        weights, bias = self._reduce
        reduced = _REDUCED.snap(vectors @ weights + bias)
        here = reduced @ self._weights[0]
        here += self._bias
        choice = self._choose(here, blank, closes)
        begins = [i for i, c in enumerate(choice) if self._kinds[c] == "B"]
        ends = self._follow(begins, [self._further[choice[i]] for i in begins], reduced, here, closes)
        return self._read(choice, ends)

    def _choose(self, here: Doubles, blank: NDArray[np.bool_], closes: NDArray[np.bool_]) -> list[int]:
        """The move at each token outside an entity."""
        unmaxed = here + self._padding[1]
        unmaxed += self._padding[2]
        scores = self._scored(unmaxed, self._outside)
        scores[np.ix_(closes, self._begins)] = -np.inf
        scores[np.ix_(blank, self._named)] = -np.inf
        chosen: list[int] = self._outside[scores.argmax(axis=1)].tolist()
        return chosen

    def _follow(
        self,
        begins: Sequence[int],
        moves: Sequence[tuple[int, int]],
        reduced: Doubles,
        here: Doubles,
        closes: NDArray[np.bool_],
    ) -> dict[int, int]:
        """The last token of the entity that begins at each of the tokens; ``moves`` continue and close it."""
        ends: dict[int, int] = {}
        if not begins:
            return ends
        first = np.array(begins)
        further, final = np.array(moves).T
        opened = reduced[first] @ self._weights[1]
        place = first + 1
        while len(first):
            unmaxed = here[place] + opened
            unmaxed += reduced[place - 1] @ self._weights[2]
            scores = self._scored(unmaxed, slice(None))
            every = np.arange(len(first))
            last = closes[place] | (scores[every, final] > scores[every, further])
            ends.update(zip(first[last].tolist(), place[last].tolist(), strict=True))
            on = ~last
            first, further, final, opened, place = first[on], further[on], final[on], opened[on], place[on] + 1
        return ends

    def _scored(self, unmaxed: Doubles, moves: NDArray[np.intp] | slice) -> Doubles:
        """The scores of some moves."""
        weights, bias = self._score
        hidden = _HIDDEN.snap(np.maximum(unmaxed[:, : self._half], unmaxed[:, self._half :]))
        scores: Doubles = hidden @ weights[:, moves]
        scores += bias[moves]
        return scores

    def _read(self, choice: Sequence[int], ends: dict[int, int]) -> list[NamedEntity]:
        """The entities that the moves give, from the left."""
        found = []
        end = 0
        for place, move in enumerate(choice):
            if move == self._out or place < end:
                continue
            end = ends.get(place, place) + 1
            found.append(NamedEntity(place, end, self._labels[move]))
        return found
