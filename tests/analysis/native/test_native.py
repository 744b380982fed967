"""The compiled loops give the same bits as NumPy, whatever processor they are compiled for."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from broadsheet.analysis.encoder.compiled import CompiledSteps
from broadsheet.analysis.encoder.encode import parts
from broadsheet.analysis.encoder.network import Layer
from broadsheet.analysis.encoder.steps import Embedding, Norm, Steps, Sums
from broadsheet.analysis.fast import arcs, network
from broadsheet.analysis.native import Library
from broadsheet.analysis.native.build import LEVELS, compile_loops
from broadsheet.analysis.pipeline import analyse, load_model
from broadsheet.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TEXT = """\
OSLO, 3 May 2024 - Ministers of Norway and Sweden, who had met twice in a week, signed an agreement on timber in Oslo.

"We will lift the duty of 4 percent that stood between our mills," said Ida Holm, Norway's trade minister, before she
left; her colleague Per Lund did not say when. Would he? In 2023 the firms paid 3.2 million kroner (a fifth less).
"""

BUILDS = (*LEVELS.values(), ("-O0",), ("-O1", "-DVECTOR=32"))
"""Flags of the compiler: those of each level, without optimisation, and with other vectors than those of the level."""


@pytest.fixture(scope="module", params=BUILDS, ids=" ".join)
def loops(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The loops, compiled for a kind of processor."""
    path = tmp_path_factory.mktemp("loops") / "loops-test.so"
    if not compile_loops(path, request.param):
        pytest.skip("there is no C compiler for these flags")
    built = next((level for level, flags in LEVELS.items() if flags == request.param), 0)
    if ctypes.CDLL(str(path)).level() < built:
        pytest.skip("this processor lacks the instructions")
    return Library(path)


def _sums(rng: np.random.Generator, count: int, width: int) -> Sums:
    products = rng.integers(-40_000, 40_000, (count, width), dtype=np.int32)
    units = rng.uniform(1e-4, 2e-2, (count, 1)).astype(np.float32)
    scale, bias = rng.uniform(1e-3, 1e-2, width), rng.normal(0, 1, width)
    return Sums(products, units, scale.astype(np.float32), bias.astype(np.float32))


def _same(found: Any, expected: Any) -> bool:
    return all(
        a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
        for a, b in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize("count", [1, 2, 3, 31, 64, 131, 160])
def test_steps_of_the_encoder_are_the_same(loops: Library, count: int) -> None:
    """Each step, for blocks of every kind of length, with rows of zeros and few places asked for."""
    rng = np.random.default_rng(count)
    compiled, plain = CompiledSteps(loops), Steps()
    rows = rng.normal(0, 3, (count, 384)).astype(np.float32)
    rows[0] = 0
    assert _same(compiled.quantise(rows), plain.quantise(rows))
    norm = Norm(*rng.normal(0, 1, (2, 384)).astype(np.float32))
    vectors, units = rng.integers(-127, 128, (500, 384), dtype=np.int8), rng.uniform(0, 0.1, 500).astype(np.float32)
    embedding = Embedding(vectors, units, rng.normal(0, 1, (160, 384)).astype(np.float32), norm)
    pieces = rng.integers(0, 500, count)
    assert _same([compiled.embed(embedding, pieces)], [plain.embed(embedding, pieces)])
    sums = _sums(rng, count, 384)
    expected = plain.normalise(sums, rows, norm)
    assert _same([compiled.normalise(sums, rows, norm)], [expected])
    inner = _sums(rng, count, 1536)._replace(bias=np.full(1536, 1024.5, np.float32))
    assert _same(compiled.activate(inner), plain.activate(inner))
    places: NDArray[np.int64] = np.unique(rng.integers(0, count, 40))
    for asked in (np.arange(count), places):
        attention = _sums(rng, count, 1152)
        expected = plain.attend(attention, asked)
        assert _same([compiled.attend(attention, asked)], [expected])


def test_layers_are_the_same(loops: Library) -> None:
    """A layer with the shipped weights, for two blocks."""
    rows = np.random.default_rng(4).normal(0, 1, (140, 384)).astype(np.float32)
    blocks, places = [rows, rows[:33]], [np.arange(5, 60), np.arange(33)]
    found = Layer(parts(), "L.1", CompiledSteps(loops))(blocks, places)
    assert _same(found, Layer(parts(), "L.1", Steps())(blocks, places))


def test_analysis_is_the_same(loops: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads, labels, names and sentences of an article."""
    found = []
    for used in (loops, None):
        for module in (arcs, network):
            monkeypatch.setattr(module, "library", lambda used=used: used)
        document = analyse(read(TEXT))
        found.append((document.tokens, document.sentences, document.entities))
    assert found[0] == found[1]
    assert len(found[0][1]) > 4


@pytest.mark.parametrize("count", [1, 2, 5, 33, 300])
def test_vectors_are_the_same(loops: Library, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the networks under the parser and under the names, for texts of some lengths, to the last bit."""
    model = load_model()
    for pipe in ("tok2vec", "ner"):
        component = model.get_pipe(pipe)
        made = network.Network(component.model if pipe == "tok2vec" else component.model.get_ref("tok2vec").layers[0])
        words = made.table(50)
        rng = np.random.default_rng(count)
        words.vectors[1:] = network.VECTORS.snap(rng.normal(0, 2, words.vectors[1:].shape).astype(np.float32))
        words.added[:, 1:] = rng.normal(0, 2, words.added[:, 1:].shape)
        numbers, places = rng.integers(0, 50, count), np.arange(count)
        found = []
        for used in (loops, None):
            monkeypatch.setattr(network, "library", lambda used=used: used)
            found.append(made.encode(words, numbers, places))
        assert _same(found[:1], found[1:])


def test_an_array_with_gaps_is_refused(loops: Library) -> None:
    """The loops read memory in a row: a part of an array would be misread."""
    with pytest.raises(ValueError, match="contiguous"):
        loops.call("quantise", np.zeros((4, 8), np.float32)[:, ::2], 4, 4, np.zeros(16, np.uint8), np.zeros(4))


def test_without_a_compiler_nothing_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a program that is not there nor one that fails leaves a file behind; nor is a folder needed."""
    for compiler in (tmp_path / "none", "false"):
        monkeypatch.setenv("CC", str(compiler))
        assert not compile_loops(tmp_path / "loops-test.so")
    assert not list(tmp_path.iterdir())
    assert not compile_loops(tmp_path / "nowhere" / "loops-test.so")
