"""Shared fixtures: real analysis of short texts, and the folder of gold if it is available."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from broadsheet.analysis.document import Document

# Notes of writes go to a separate folder, in child processes too.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")

ROOT = Path(__file__).resolve().parents[1]
# In tests an unexpected exception is a visible defect, in every process that a test starts.
os.environ["BROADSHEET_DEFECTS"] = "raise"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _no_notes_left() -> Iterator[None]:
    """Removes the notes when the tests end."""
    yield
    shutil.rmtree(os.environ["XDG_STATE_HOME"], ignore_errors=True)


LONGEST = (
    "corpus",
    "views/page/browser",
    "test_docs.py",
    "views/explain",
    "reading/inputs",
    "publishing/export",
    "publishing/metadata",
    "test_kill.py",
)
"""Tests that run first, so that no worker ends with them; the tests of a folder share session fixtures."""


def _group(nodeid: str) -> str:
    """The key of tests that share a worker: a folder of :data:`LONGEST`, or the test's file."""
    file = nodeid.partition("::")[0].removeprefix("tests/")
    return next((group for group in LONGEST if file.startswith(group)), file)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the longest groups first if pytest-xdist runs the tests."""
    if hasattr(config, "workerinput"):
        order = {group: number for number, group in enumerate(LONGEST)}
        items.sort(key=lambda item: order.get(_group(item.nodeid), len(order)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Keeps a group on one worker, so that its fixtures are created once.

    The mark ``xdist_group`` would do the same, but pytest-xdist 3.8 ignores it with pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return _group(nodeid)

    return ByGroup(config, log)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the source article and the gold, next to the repository on development machines."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with the source article and the gold is not here")
    return SHARED


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Analyses a text with the real model: ``document(text, published_on=…, language=…)``; cached by text."""
    from broadsheet.analysis.pipeline import analyse
    from broadsheet.reading import read

    known: dict[tuple[str, date | None, str | None], Document] = {}

    def analysed(text: str, published_on: date | None = None, language: str | None = None) -> Document:
        key = (text, published_on, language)
        if key not in known:
            known[key] = analyse(read(text, published_on=published_on, language=language))
        return known[key]

    return analysed
