"""Trade measures in 187 passages that were written from the data model, for every construction of trade reporting.

The passages are learned from by no model. Their rows are matched as ``broadsheet evaluate`` matches those of articles.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs.drafts import product_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.found import Found
    from broadsheet.tables.rows import TariffRow

CASES = Path(__file__).parents[1] / "gold" / "cases" / "tariffs.jsonl"
LIKENESS = 0.3
ROWS, STRICT, SILENT = 0.75, 0.68, 0.5
"""The least F1 of rows and of rows with action and rate, and the least share of the other passages that give no row."""


def _values(gold: dict[str, Any], field: str) -> list[Any]:
    return [gold.get(field), *(gold.get(f"{field}_alt") or [])]


def _same_goods(one: str | None, other: str | None) -> bool:
    a, b = product_key(one), product_key(other)
    return a == b or bool(a and b and len(a & b) / len(a | b) >= LIKENESS)


def _is_row(gold: dict[str, Any], row: TariffRow) -> bool:
    goods = any(_same_goods(product, row.product) for product in _values(gold, "product"))
    return goods and row.imposer_code in _values(gold, "imposer") and row.target_code in _values(gold, "target")


def _is_strict(gold: dict[str, Any], row: TariffRow) -> bool:
    rate = None if row.rate_percent is None else float(row.rate_percent)
    return row.action in _values(gold, "action") and rate in _values(gold, "rate")


@pytest.fixture(scope="module")
def found(document: Callable[..., Document]) -> list[tuple[dict[str, Any], Document, list[Found[TariffRow]]]]:
    """Each passage with its document and its rows."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    documents = [document(case["text"], date.fromisoformat(case["published_on"])) for case in cases]
    return [(case, d, list(parse(d).tariffs)) for case, d in zip(cases, documents, strict=True)]


def test_most_measures_are_found(found: list[tuple[dict[str, Any], Document, list[Found[TariffRow]]]]) -> None:
    """Rows, and their actions and rates, are right at least as often as stated."""
    counts: Counter[str] = Counter()
    for case, _, rows in found:
        left = [f.row for f in rows]
        for gold in case["tariffs"]:
            same = sorted((r for r in left if _is_row(gold, r)), key=lambda r: not _is_strict(gold, r))
            if same:
                left.remove(same[0])
            if gold.get("optional"):
                continue
            counts["expected"] += 1
            counts["right"] += bool(same)
            counts["strict"] += bool(same) and _is_strict(gold, same[0])
            counts["given"] += bool(same)
        counts["given"] += len(left)
    both = counts["given"] + counts["expected"]
    assert 2 * counts["right"] / both >= ROWS
    assert 2 * counts["strict"] / both >= STRICT


def test_many_passages_without_a_measure_give_none(
    found: list[tuple[dict[str, Any], Document, list[Found[TariffRow]]]],
) -> None:
    """Demands, forecasts, taxes at home and the like give no row."""
    without = [rows for case, _, rows in found if not case["tariffs"]]
    assert sum(not rows for rows in without) / len(without) >= SILENT


def test_every_cell_is_told_by_words_of_the_text(
    found: list[tuple[dict[str, Any], Document, list[Found[TariffRow]]]],
) -> None:
    """A cell has evidence if and only if it has a value."""
    for _, analysed, rows in found:
        for row in rows:
            assert {"imposer_code", "action", "measure", "status"} <= set(row.evidence)
            for column in ("target_code", "product", "rate_percent", "rate_before_percent", "effective_on"):
                assert (getattr(row.row, column) is not None) == (column in row.evidence), column
            assert all(span.end <= len(analysed.text) for spans in row.evidence.values() for span in spans)


def test_cells_do_not_contradict_each_other(
    found: list[tuple[dict[str, Any], Document, list[Found[TariffRow]]]],
) -> None:
    """Status, rates and dates fit each other and the day of publication."""
    for case, _, rows in found:
        published = date.fromisoformat(case["published_on"])
        for row in (f.row for f in rows):
            assert (row.action == "threaten") == (row.status == "threatened")
            assert row.imposer_code != row.target_code
            if row.rate_percent is not None and row.rate_before_percent is not None and row.action == "raise":
                assert row.rate_percent > row.rate_before_percent
            if row.effective_on is not None and row.effective_on > published:
                assert row.status != "in_force"
            if row.measure in ("ban", "export_control"):
                assert row.rate_percent is None
