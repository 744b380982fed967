"""The layers of the encoder in whole numbers, so that every processor gets the same bits.

Weights are whole numbers with a scale for each output, and activations are bytes with a unit for each token before
every product (``products``); between the products are ``steps``. (The network is BERT's, Devlin et al. 2019.)
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder.compiled import CompiledSteps
from broadsheet.analysis.encoder.products import Product
from broadsheet.analysis.encoder.steps import (
    GELU_LEAST,
    GELU_LIMIT,
    GELU_STEPS,
    HEAD,
    Embedding,
    Norm,
    Steps,
    Sums,
    gelu_table,
)
from broadsheet.analysis.native import library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.encoder.steps import Floats


@cache
def _steps() -> Steps:
    loops = library()
    return CompiledSteps(loops) if loops else Steps()


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, to 1/128 of its argument within -8 and 8."""
    places = np.rint(values * np.float32(GELU_STEPS))
    bound = np.float32(GELU_LIMIT * GELU_STEPS)
    np.clip(places, -bound, bound, out=places)
    found: Floats = gelu_table().take(places.astype(np.int32) + GELU_LIMIT * GELU_STEPS)
    return np.maximum(found, values, out=found, where=values > GELU_LIMIT)


class Linear:
    """An affine map.

    Args:
        weights: Whole numbers, a row for each input and a column for each output.
        scale: What a unit of each output's weights is worth.
        bias: The bias of each output.
        zero: The byte for 0 in the input.
    """

    def __init__(self, weights: NDArray[np.int8], scale: Floats, bias: Floats, zero: int = 128) -> None:
        self._product, self._scale, self._bias = Product(weights, zero), scale, bias

    def __call__(self, rows: NDArray[np.uint8], units: Floats) -> Sums:
        """The outputs for inputs that are bytes, with what a unit of each row is worth."""
        return Sums(self._product(rows), units, self._scale, self._bias)


class Layer:
    """Self-attention and a feed-forward network, each added to its input and normalised.

    Args:
        parts: The arrays of the encoder by name.
        name: What the names of the layer's arrays begin with.
        steps: The steps between the products.
    """

    def __init__(self, parts: Mapping[str, NDArray[Any]], name: str, steps: Steps | None = None) -> None:
        def arrays(part: str, *kinds: str) -> list[NDArray[Any]]:
            return [parts[f"{name}.{part}.{kind}"] for kind in kinds]

        self._steps = steps or _steps()
        weights, scale, bias = arrays("qkv", "weight", "scale", "bias")
        # Scores are divided by the root of the dimensions, and by log 2 because they are exponents of 2.
        factor = np.ones(len(bias), np.float32)
        factor[: len(bias) // 3] = 1 / (math.sqrt(HEAD) * math.log(2))
        self._attention = Linear(weights, scale * factor, bias * factor)
        weights, scale, bias = arrays("o", "weight", "scale", "bias")
        self._output = Linear(weights, scale, bias)
        weights, scale, bias = arrays("f1", "weight", "scale", "bias")
        # The inner map gives places of the table of GELU, and the outer takes 0.17 off again.
        offset = np.float32(GELU_LIMIT * GELU_STEPS + 0.5)
        self._inner = Linear(weights, scale * np.float32(GELU_STEPS), bias * np.float32(GELU_STEPS) + offset)
        weights, scale, bias = arrays("f2", "weight", "scale", "bias")
        sums = weights.sum(axis=0, dtype=np.int32).astype(np.float32)
        self._outer = Linear(weights, scale, bias - sums * scale * GELU_LEAST, zero=0)
        self._first, self._second = Norm(*arrays("n1", "weight", "bias")), Norm(*arrays("n2", "weight", "bias"))

    def __call__(self, blocks: Sequence[Floats], places: Sequence[NDArray[np.int64]]) -> list[Floats]:
        """The rows at some ``places`` of each block after the layer.

        All blocks go through a product before the next one, while its weights are in the processor's cache.
        """
        steps = self._steps
        mixed = [
            steps.attend(self._attention(*steps.quantise(rows)), asked)
            for rows, asked in zip(blocks, places, strict=True)
        ]
        middle = [
            steps.normalise(self._output(*steps.quantise(found)), rows[asked], self._first)
            for found, rows, asked in zip(mixed, blocks, places, strict=True)
        ]
        inner = [steps.activate(self._inner(*steps.quantise(rows))) for rows in middle]
        return [
            steps.normalise(self._outer(*found), rows, self._second) for found, rows in zip(inner, middle, strict=True)
        ]


class Network:
    """The encoder's embeddings and layers; ``parts`` are its arrays by name."""

    def __init__(self, parts: Mapping[str, NDArray[Any]]) -> None:
        places: Floats = parts["pos"].astype(np.float32) * parts["pos.scale"][:, None]
        norm = Norm(parts["n.weight"], parts["n.bias"])
        self._embedding = Embedding(parts["tok.weight"], parts["tok.scale"], places, norm)
        self._layers = [Layer(parts, f"L.{k}") for k in range(int(parts["layers"]))]
        self.width = int(places.shape[1])

    def __call__(self, blocks: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[Floats]:
        """The vectors of some pieces of blocks that are read together, a row each.

        Args:
            blocks: The numbers of the pieces of each block, and the places of those whose vectors are asked for.
        """
        rows = [_steps().embed(self._embedding, np.array(pieces, np.int64)) for pieces, _ in blocks]
        every = [np.arange(len(block)) for block in rows]
        *layers, last = self._layers
        for layer in layers:
            rows = layer(rows, every)
        return last(rows, [np.array(places, np.int64) for _, places in blocks])
