"""A seeded sample of real articles: none crashes, all tables are valid, and no process is needed for it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from check_corpus import check, summary, texts_of  # type: ignore[import-not-found]

SAMPLE, SEED = 40, 15


def test_a_sample_of_real_articles_is_extracted_without_a_crash_or_an_invalid_table(shared: Path) -> None:
    """Forty articles of the corpus are extracted, and their tables keep all rules."""
    corpus = shared / "corpus"
    texts = texts_of(corpus / "texts", corpus / "catalogue.jsonl", SAMPLE, SEED)
    said, well = summary(check(text) for text in texts)
    assert len(texts) == SAMPLE
    assert well, said


def test_the_summary_names_crashes_and_broken_rules() -> None:
    """The summary counts crashes, invalid tables and dropped rows, and names where they are."""
    fine = {"name": "a", "crash": None, "rows": 3, "dropped": [["quotes", "says", "cue"]], "broken": [], "seconds": 0.1}
    bad = {**fine, "name": "b", "dropped": [], "broken": [["tariffs", "threat_status", "status"]]}
    crashed = {**fine, "name": "c", "dropped": [], "crash": "ValueError at span.py:25"}
    said, well = summary([fine, bad, crashed])
    assert not well
    assert "3 texts, 9 rows: 1 crashes, 1 texts with invalid tables, 1 rows dropped in 1 texts" in said
    assert "crash: c: ValueError at span.py:25" in said
    assert "invalid: tariffs.status threat_status: 1 in b" in said
    assert "dropped: quotes.cue says: 1 in a" in said
    assert summary([fine])[1]
