"""`docs/accuracy.md` says what is true of the parsers as they are."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_the_figures_are_those_of_today(shared: Path) -> None:
    """But for the day, the page is what `tools/accuracy.py` writes; run it again after a change of a parser."""
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "tools" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    day = re.search(r"Last written: (\d{4}-\d\d-\d\d)", page)
    assert day is not None
    assert page == module.written(shared / "benchmarks", day[1])
