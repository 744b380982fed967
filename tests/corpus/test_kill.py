"""A run that is killed goes on where it was."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from corpora import write_folder
from corpus_kills import undisturbed

if TYPE_CHECKING:
    from pathlib import Path


def test_killed_three_times(tmp_path: Path) -> None:
    """However often it is killed, the package is the old one or the new one, and in the end that of a run in peace."""
    kills = undisturbed(write_folder(tmp_path / "news", 8, words=100), tmp_path / "package")
    kills.until_done(Random(5), 3)
    assert kills.faults == []
    assert kills.killed == 3
