"""Every public name has an example in its docstring, and it prints what it says."""

from __future__ import annotations

import doctest
import inspect
from typing import TYPE_CHECKING, Any

import needs
import pandas as pd
import pytest

import broadsheet
from broadsheet.views.plot import Plots

if TYPE_CHECKING:
    from pathlib import Path

COPPER = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
NAMES = {name: getattr(broadsheet, name) for name in broadsheet.__all__ if name != "__version__"}
METHODS = {
    f"{owner.__name__}.{name}": member
    for owner in (broadsheet.Tables, Plots)
    for name, member in vars(owner).items()
    if not name.startswith("_") and name not in ("sources", "rejects", "info", "of")
}
OBJECTS: dict[str, Any] = {"broadsheet": broadsheet, "Plots": Plots, **NAMES, **METHODS}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article, its sidecar, its package and a corrected one."""
    folder = tmp_path_factory.mktemp("examples")
    (folder / "news").mkdir()
    for place in (folder, folder / "news"):
        (place / "copper.txt").write_text(COPPER, encoding="utf-8")
        (place / "copper.toml").write_text("published_on = 2024-05-17\n", encoding="utf-8")
    (folder / "news" / "empty.html").write_text("<html></html>", encoding="utf-8")
    tables = broadsheet.extract(folder / "copper.txt")
    tables.write(folder / "package")
    reason = "It is a part of what she said."
    corrected = tables.correct("quotes", tables.quotes.quote_id[0], {"kind": "partial"}, reason=reason)
    corrected.write(folder / "corrected")
    (folder / "curation.toml").write_text(corrected.curation or "", encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", OBJECTS)
def test_example(name: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """There is one, and it runs in a folder with the article that it names."""
    if "Plots" in name or name == "Tables.plot":
        needs.module("altair")
    if name in ("page", "Tables.page"):
        needs.module("itables")
    monkeypatch.chdir(desk)
    text = inspect.getdoc(OBJECTS[name]) or ""
    example = doctest.DocTestParser().get_doctest(text, {**NAMES, "pd": pd}, name, None, None)
    assert example.examples, "the docstring has no example"
    doctest.DocTestRunner(optionflags=FLAGS).run(example)
    shown = capsys.readouterr().out
    assert not shown, shown
