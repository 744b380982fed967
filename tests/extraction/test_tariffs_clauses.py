"""Which measures a clause tells, construction by construction, as ``tariffs_clauses.txt`` lists them.

All its sentences are made up for these tests. In it ``##`` opens a group, ``#`` names a case, then comes the text and,
behind ``=``, a row in one line: imposer>target, product, measure, action, status, rate before and after, ``+`` where it
comes on top of duties in force, ``in answer`` where it retaliates, ``from`` the day of effect.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.tariffs import find_tariffs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow

PUBLISHED = date(2025, 6, 16)


def cases() -> Iterator[tuple[str, str, list[str]]]:
    """Name, text and expected rows of each case."""
    group, name, text = "", "", ""
    rows: list[str] = []
    listed = Path(__file__).with_name("tariffs_clauses.txt").read_text(encoding="utf-8").splitlines()
    for line in [*listed, "#"]:
        mark, _, rest = line.partition(" ")
        if mark in ("#", "##") and text:
            yield f"{group}: {name}", text.replace("\\n", "\n") + "\n", rows
            text, rows = "", []
        if mark == "##":
            group = rest
        elif mark == "#":
            name = rest
        elif mark == "=":
            rows.append(rest)
        elif line:
            text = line


def brief(row: TariffRow, *, dated: bool) -> str:
    """A row in one line."""
    rate = "" if row.rate_percent is None else f"{row.rate_percent:g}"
    if row.rate_high_percent is not None:
        rate += f"..{row.rate_high_percent:g}"
    if row.rate_before_percent is not None:
        rate = f"{row.rate_before_percent:g}->{rate}"
    if row.rate_is_additional:
        rate += "+"
    told = f"{row.imposer_code}>{row.target_code or '*'} {row.product or '-'}: {row.measure} {row.action} {row.status}"
    line = f"{told} {rate}".strip()
    if row.is_retaliation:
        line += " in answer"
    if dated and row.effective_on is not None:
        line += f" from {row.effective_on}"
    return line


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, rows, id=name) for name, text, rows in cases()])
def test_a_clause_tells_its_measures(document: Callable[..., Document], text: str, expected: list[str]) -> None:
    """Each measure of a sentence is a row with its parties, goods, action, status and rate, and nothing else is."""
    analysed = document(text, PUBLISHED)
    found = find_tariffs(analysed, find_actors(analysed).entities)
    dated = any(" from 2" in line for line in expected)
    assert sorted(brief(f.row, dated=dated) for f in found) == sorted(expected)
