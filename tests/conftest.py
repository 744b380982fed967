"""What several test modules use: real analysis of short texts, and the folder of gold where it is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from broadsheet.analyse.document import Document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


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
