"""No input ends a run: a seeded sample of what `tools/fuzz_inputs.py` searches at length."""

from __future__ import annotations

import tracemalloc
from time import process_time
from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, exponent, processor_time
from reading.inputs import samples, soup
from reading.inputs.damage import SECRET, damaged, faults, hostile

from broadsheet.reading.inputs import Found, InputOptions, Limits, Unit, read_unit

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 1 << 26
SEEDS = 150
SECONDS = 60
"""Processor time; any of these files is read in a small fraction of it, by a slow machine too."""


@pytest.mark.parametrize("first", range(0, SEEDS, 30))
def test_damaged_inputs(first: int, tmp_path: Path) -> None:
    """Whatever is broken in a file, it gives clean articles or rejects with reasons."""
    for seed in range(first, first + 30):
        name, kinds, data = damaged(seed)
        path = tmp_path / name
        path.write_bytes(data)
        found, _, _ = faults(path)
        assert not found, f"seed {seed}, {kinds}: {found}"


def test_soups(tmp_path: Path) -> None:
    """A page of sixteen thousand elements of any kind takes seconds at most, wherever they stand."""
    path = tmp_path / "soup.html"
    for seed in range(12):
        path.write_bytes(soup.page(seed))
        start = process_time()
        found, _, _ = faults(path)
        assert not found, f"seed {seed}: {found}"
        assert process_time() - start < SECONDS, f"seed {seed}"


@pytest.fixture(scope="module")
def made_to_harm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files that are made to harm, with a file of the host that they try to include."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret").write_text(SECRET)
    paths = {}
    for name, data in hostile(folder / "secret", SIZE).items():
        paths[name] = folder / name
        paths[name].write_bytes(data)
    return paths


def test_inputs_made_to_harm(made_to_harm: dict[str, Path]) -> None:
    """Bombs, entities, nesting and endless lines cost seconds at most and include nothing of the host's."""
    for name, path in made_to_harm.items():
        start = process_time()
        found, _, _ = faults(path)
        assert not found, f"{name}: {found}"
        assert process_time() - start < SECONDS, name


@pytest.mark.parametrize("name", ["zeros.jsonl.gz", "zeros.jsonl.zst", "zeros.tar.gz", "line.jsonl", "quote.csv"])
def test_memory_is_bounded(name: str, made_to_harm: dict[str, Path]) -> None:
    """What a file unpacks to is never in memory: of 64 MB, less than 20 are, with lines of 1 MB at most."""
    limits = Limits(line_bytes=1 << 20, article_bytes=1 << 20, expansion_floor=1 << 22)
    faults(made_to_harm[name])
    tracemalloc.start()
    faults(made_to_harm[name], InputOptions(limits=limits))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20


def test_members_are_written_nowhere(tmp_path: Path) -> None:
    """A member whose name leads out of the archive is read like any other; no file comes to be."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.zip").write_bytes(
        samples.zipped({"../outside.txt": samples.TEXT.encode(), "/b.txt": samples.OTHER_TEXT.encode()})
    )
    found = list(read_unit(Unit("a.zip", inside / "a.zip"), InputOptions()))
    assert [item.place for item in found] == ["a.zip:../outside.txt", "a.zip:/b.txt"]
    assert all(isinstance(item, Found) for item in found)
    assert [path.name for path in tmp_path.rglob("*")] == ["inside", "a.zip"]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "html", "xml"])
def test_time_is_linear(kind: str, tmp_path: Path) -> None:
    """The work grows as the input does."""

    def cost(n: int) -> float:
        words = "The ferry was late, said the mayor of the town. " * n
        data = {
            "jsonl": samples.lines(*[{"text": samples.BODY}] * n),
            "csv": b"title,text\n" + b'x,"' + samples.BODY.encode() + b'"\n' * 1 + b'y,"The and of it."\n' * n,
            "html": samples.PAGE.replace("<p>", f"<p>{words}", 1).encode(),
            "xml": samples.NITF.replace("<p>", f"<p>{words}", 1).encode(),
        }[kind]
        path = tmp_path / f"{n}.{kind}"
        path.write_bytes(data)
        return processor_time(lambda: list(read_unit(Unit(path.name, path), InputOptions())))

    cost(50)
    assert exponent(cost, 250, 4_000) < BELOW_QUADRATIC
