"""A package may come from anyone: no command writes outside its own outputs, hangs or crashes, whatever is in it."""

from __future__ import annotations

import os
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from attacks import ATTACKS, LAYOUTS, hostile, judge, made, readers, tree, warm_up, writers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="packages are attacked in forks"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning"),
]

CASES = [(name, layout) for name in ATTACKS for layout in LAYOUTS if layout == "package" or name in ("link", "pipe")]


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    warm_up(made(tmp_path_factory.mktemp("warm"), "package"))


@pytest.fixture(autouse=True)
def _no_locks_are_held(tmp_path: Path) -> Iterator[None]:
    """Whatever a command does, no lock outlives it."""
    yield
    fcntl = pytest.importorskip("fcntl")
    for folder in (tmp_path, tmp_path / "package"):
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)


@pytest.mark.parametrize(("name", "layout"), CASES)
def test_readers_change_nothing(tmp_path: Path, name: str, layout: str) -> None:
    """Each command that reads ends with 0, 1 or 2 and no traceback; package and canaries are untouched."""
    place = hostile(tmp_path, layout, [name], Random(name))
    before = tree(place.package), tree(place.canary)
    faults = {
        f"{command}: {verdict.fault}"
        for command, run in readers(place).items()
        if (verdict := judge(run, place, reads=True)).fault
    }
    assert not faults
    assert (tree(place.package), tree(place.canary)) == before


@pytest.mark.parametrize("name", ["journal", "drafts", "link", "curation", "repository"])
def test_writers_stay_inside(tmp_path: Path, name: str) -> None:
    """A command that writes into such a folder is refused, or changes that folder alone."""
    place = hostile(tmp_path, "package", [name], Random(name))
    faults = {
        f"{command}: {verdict.fault}"
        for command, run in writers(place).items()
        if (verdict := judge(run, place, reads=False)).fault
    }
    assert not faults
