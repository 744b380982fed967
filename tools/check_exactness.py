"""Checks that every processor gives the same rows: `python3 dev.py run python tools/check_exactness.py TEXT…`.

TEXT is an article (`.txt`) or a folder of articles; `--articles N` takes N of them, drawn by `--seed`. For each
processor, a process of its own makes OpenBLAS use the kernels of that processor (`OPENBLAS_CORETYPE`) and the last one
makes numpy use no vector instructions (`NPY_DISABLE_CPU_FEATURES`) and does without the loops in C. It takes a digest
of all vectors (to the last bit), tokens and rows of each article, and of the vectors of the encoder. Articles and
processors take turns at batches of one text, of eight and of all, and at one thread and two, so that each article is
analysed in all these ways. No setting makes ONNX Runtime use the kernels of another processor: its products are exact
because of the bounds of its inputs (`analysis.encoder.products`).
Prints a line for each processor, and ends with 1 if any digest differs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from hashlib import sha256
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CORES = ("", "Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX", "Cooperlake", "SapphireRapids")
"""Processors with kernels in OpenBLAS; it falls back to the closest available one."""

PLAIN = "plain"
"""No vector instructions in numpy, and no loops in C."""

BATCHES = (1, 8, sys.maxsize)
THREADS = (1, 2)


def read_texts(arguments: Namespace) -> list[Path]:
    """The files to check."""
    paths = [p for name in arguments.texts for p in ([name] if name.is_file() else sorted(name.glob("*.txt")))]
    count = min(arguments.articles or len(paths), len(paths))
    return sorted(Random(arguments.seed).sample(paths, count))  # noqa: S311 - a sample, no secret


class _Recorder:
    """Takes a digest of all vectors that a network makes."""

    def __init__(self, network: Any) -> None:
        self._encode = network.encode
        self._hash = sha256()
        network.encode = self.encode

    def encode(self, *arguments: Any) -> Any:
        """The result of the network's own method."""
        vectors = self._encode(*arguments)
        self._hash.update(vectors.tobytes())
        return vectors

    def digest(self) -> str:
        """The digest of the vectors since the last call."""
        value, self._hash = self._hash.hexdigest(), sha256()
        return value


def digests(paths: Sequence[Path], turn: int) -> Iterator[str]:
    """A line for each article: its name and a digest of the results."""
    from broadsheet.analysis.encoder import encode
    from broadsheet.analysis.fast import fast_pipeline
    from broadsheet.analysis.pipeline import Batch, analyse_with, load_model
    from broadsheet.extraction.pipeline import parse
    from broadsheet.identity.joining import join
    from broadsheet.reading import read

    runner = fast_pipeline(load_model())
    assert runner is not None
    recorders = [_Recorder(network) for network in runner._networks]
    ways = list(product(BATCHES, THREADS))
    for number, path in enumerate(paths, start=turn):
        article = read(path)
        texts, threads = ways[number % len(ways)]
        document = analyse_with(article, runner, batch=Batch(texts, sys.maxsize), threads=threads)
        try:
            rows = repr(join([parse(document)], [article]))
        except (ValueError, RecursionError) as error:
            rows = type(error).__name__
        found = [*(one.digest() for one in recorders), document.tokens, document.sentences, document.entities, rows]
        found.append(sha256(encode(document).tobytes()).hexdigest())
        yield f"{path.name} {sha256(repr(found).encode()).hexdigest()}"


def environment(core: str) -> dict[str, str]:
    """The environment of a process that emulates a processor."""
    import numpy as np

    if core == PLAIN:
        simd = np.show_config(mode="dicts")["SIMD Extensions"]
        return {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(simd.get("found", []))}
    return {**os.environ, **({"OPENBLAS_CORETYPE": core} if core else {})}


def kernels() -> str:
    """The kernels that the linear algebra libraries use."""
    import numpy as np
    from threadpoolctl import threadpool_info

    assert np.ones(1).sum() == 1
    return ", ".join(sorted({str(one.get("architecture")) for one in threadpool_info() if one["user_api"] == "blas"}))


def main() -> int:
    """Command line."""
    parser = ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, help="how many to draw (all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processors", nargs="+", default=[*CORES, PLAIN], help=f"of {', '.join(CORES)}, {PLAIN}")
    parser.add_argument("--turn", type=int, help="print the digests of this process alone")
    arguments = parser.parse_args()
    if arguments.turn is not None:
        from broadsheet.analysis import native

        if arguments.processors[arguments.turn] == PLAIN:
            native.place = lambda level: Path("none")
        print(kernels())
        print(*digests(read_texts(arguments), arguments.turn), sep="\n")
        return 0
    expected: list[str] | None = None
    faults = 0
    for turn, core in enumerate(arguments.processors):
        command = [sys.executable, __file__, "--turn", str(turn), *sys.argv[1:]]
        done = subprocess.run(command, env=environment(core), check=False, capture_output=True, text=True)
        name = core or "as it is"
        if done.returncode < 0:
            print(f"{name:16} this machine lacks its instructions")
            continue
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        used, *lines = done.stdout.splitlines()
        expected = expected or lines
        other = [line.split()[0] for line, one in zip(lines, expected, strict=True) if line != one]
        faults += len(other)
        print(f"{name:16} {used:12} {len(lines)} articles, {len(other)} differ {' '.join(other[:5])}", flush=True)
    return int(faults > 0)


if __name__ == "__main__":
    raise SystemExit(main())
