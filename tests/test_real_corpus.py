"""A seeded sample of real articles: none crashes, all tables are valid."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SAMPLE, SEED = 40, 15


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The command that checks a corpus."""
    spec = importlib.util.spec_from_file_location("check_corpus", ROOT / "tools" / "check_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_corpus"] = module
    spec.loader.exec_module(module)
    return module


def test_real_articles_give_valid_tables_without_a_crash(shared: Path, tool: ModuleType) -> None:
    """Forty articles of the corpus are extracted, and their tables keep all rules."""
    corpus = shared / "corpus"
    texts = tool.texts_of(corpus / "texts", corpus / "catalogue.jsonl", SAMPLE, SEED)
    said, well = tool.summary(tool.check(text) for text in texts)
    assert len(texts) == SAMPLE
    assert well, said


def test_the_summary_names_crashes_and_broken_rules(tool: ModuleType) -> None:
    """The summary counts crashes, invalid tables and dropped rows, and names where they are."""
    fine = {"name": "a", "crash": None, "rows": 3, "dropped": [["quotes", "says", "cue"]], "broken": [], "seconds": 0.1}
    bad = {**fine, "name": "b", "dropped": [], "broken": [["tariffs", "threat_status", "status"]]}
    crashed = {**fine, "name": "c", "dropped": [], "crash": "ValueError at span.py:25"}
    said, well = tool.summary([fine, bad, crashed])
    assert not well
    assert "3 texts, 9 rows: 1 crashes, 1 texts with invalid tables, 1 rows dropped in 1 texts" in said
    assert "crash: c: ValueError at span.py:25" in said
    assert "invalid: tariffs.status threat_status: 1 in b" in said
    assert "dropped: quotes.cue says: 1 in a" in said
    assert tool.summary([fine])[1]
