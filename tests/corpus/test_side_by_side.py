"""Extraction in several processes, all of it in memory."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from broadsheet.cli import main
from broadsheet.corpus import side_by_side
from broadsheet.corpus.extraction import DIED, parse_article
from broadsheet.publishing import read_package

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.corpus.extraction import Defect
    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article

FATAL = "Fatal"


def parse_or_die(model: str, articles: tuple[Article, ...]) -> list[ArticleTables | Defect]:
    """Extracts articles, and kills the process at one of a certain title, as a lack of memory does."""
    if any(article.title == FATAL for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return [parse_article(article, model) for article in articles]


@pytest.fixture(autouse=True)
def _fatal_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few words are worth another process, whose work is to die at the fatal one."""
    monkeypatch.setattr(side_by_side, "WORDS_PER_PROCESS", 1)
    monkeypatch.setattr(side_by_side, "_parse", parse_or_die)


def test_an_article_that_no_process_survives_is_a_reject(tmp_path: Path) -> None:
    """A folder of articles gives a package of the others, also of one that is extracted together with it."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for title in ("Ports open", FATAL):
        (folder / f"{title}.txt").write_text(f"{title}\n\nPeru said it would act.\n")
    out = tmp_path / "package"
    assert main(["build", str(folder), "--jobs", "2", "--layout", "package", "--quiet", "--out", str(out)]) == 0
    assert len(read_package(out)["articles"]) == 1
    rejects = (out / "run" / "rejects.csv").read_text()
    assert FATAL in rejects
    assert DIED in rejects
