"""The dependency parser, fed with vectors that are at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from broadsheet.analyse.lean.network import Floats


class Arcs:
    """A parser with the moves and the weights of a pipeline's; ``component`` itself is left as it is."""

    def __init__(self, component: Any) -> None:
        from spacy.ml.tb_framework import TransitionModel
        from thinc.api import Model

        model = component.model
        linear = model.get_ref("tok2vec").layers[2]
        self._reduce = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        self._given: Floats = np.zeros((0, linear.get_dim("nO")), dtype=np.float32)
        given: Any = Model("given", lambda _, docs, is_train: (self._given, lambda d: d), dims={"nI": None})
        self._parser = type(component)(
            component.vocab,
            TransitionModel(given, model.get_ref("lower"), model.get_ref("upper"), model.attrs["resize_output"]),
            component.name,
            component.moves,
        )

    def parse(self, docs: Sequence[Doc], vectors: Floats) -> NDArray[np.int64]:
        """The heads (relative to the token) and the labels of all tokens, a row each."""
        weights, bias = self._reduce
        self._given = vectors @ weights + bias
        self._parser.set_annotations(docs, self._parser.predict(docs))
        return np.concatenate([doc.to_array(["HEAD", "DEP"]) for doc in docs]).astype(np.uint64).view(np.int64)
