"""A small corpus, and a package built from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from corpora import write_jsonl
from runs import run

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.corpus import Outcome

COUNT, WORDS = 12, 120


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JSON Lines file with a few articles."""
    return write_jsonl(tmp_path_factory.mktemp("dump") / "news.jsonl", COUNT, words=WORDS)


@pytest.fixture(scope="session")
def built(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A package built from the dump, and the outcome of the run."""
    out = tmp_path_factory.mktemp("built") / "package"
    return out, run(dump, out, csv=True)
