"""What several test modules use: real analysis of short texts, and the folder of gold where it is at hand."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from broadsheet.analyse.document import Document

# Notes of writes go to a folder of the tests' own, in child processes too.
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="broadsheet-tests-")

ROOT = Path(__file__).resolve().parents[1]
# Here an unexpected exception is a defect to see, in every process that a test starts.
os.environ["BROADSHEET_DEFECTS"] = "raise"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def _no_notes_left() -> Iterator[None]:
    """Removes the notes when the tests end."""
    yield
    shutil.rmtree(os.environ["XDG_STATE_HOME"], ignore_errors=True)


LONGEST = ("corpus", "page/browser", "test_docs.py", "explain", "read/inputs", "export", "metadata", "test_kill.py")
"""What runs first, so that no worker is left with it at the end; the tests of a folder share its session's fixtures."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Makes the groups that pytest-xdist hands to its workers: a folder of :data:`LONGEST`, or a file.

    A group stays on one worker, so that its fixtures are made once.
    """
    if not config.pluginmanager.hasplugin("xdist"):
        return
    tests = ROOT / "tests"
    for item in items:
        place = item.path.relative_to(tests).as_posix()
        item.add_marker(pytest.mark.xdist_group(next((group for group in LONGEST if place.startswith(group)), place)))
    if hasattr(config, "workerinput"):
        order = {group: number for number, group in enumerate(LONGEST)}
        items.sort(key=lambda item: order.get(_group(item), len(order)))


def _group(item: pytest.Item) -> str:
    """The group of a test."""
    mark = item.get_closest_marker("xdist_group")
    return str(mark.args[0]) if mark else ""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the source article and the gold, which stands beside the repository where it is developed."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with the source article and the gold is not here")
    return SHARED


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Analyses a text with the real model: ``document(text, published_on=…, language=…)``; one pass for each text."""
    from broadsheet.analyse.pipeline import analyse
    from broadsheet.read import read

    known: dict[tuple[str, date | None, str | None], Document] = {}

    def analysed(text: str, published_on: date | None = None, language: str | None = None) -> Document:
        key = (text, published_on, language)
        if key not in known:
            known[key] = analyse(read(text, published_on=published_on, language=language))
        return known[key]

    return analysed
