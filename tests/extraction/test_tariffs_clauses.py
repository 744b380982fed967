"""Which measures a clause tells, construction by construction, as ``tariffs_clauses.txt`` lists them.

All its sentences are made up for these tests. In it ``##`` opens a group, ``#`` names a case, then comes the text and,
behind ``=``, a row in one line: imposer>target, product, measure, action, status, rate before and after, ``+`` where it
comes on top of duties in force, ``in answer`` where it retaliates, ``from`` the day of effect.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.tariffs import find_tariffs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow

PUBLISHED = date(2025, 6, 16)
ROWS = 0.70
"""F1 of the rows of all cases, at least."""
CASES = 0.65
"""Share of the cases that are read without a mistake, at least."""


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


def test_clauses_tell_their_measures(document: Callable[..., Document]) -> None:
    """Most measures of most constructions are read with parties, goods, action, status and rate, and few others are.

    The models learn from news and not from these sentences, so that the shares are those of sentences not seen before.
    """
    exact, right, given, asked = 0, 0, 0, 0
    missed = []
    for name, text, expected in cases():
        analysed = document(text, PUBLISHED)
        dated = any(" from 2" in line for line in expected)
        found = [brief(f.row, dated=dated) for f in find_tariffs(analysed, find_actors(analysed).entities)]
        exact += sorted(found) == sorted(expected)
        right += len(set(found) & set(expected))
        given += len(found)
        asked += len(expected)
        missed += [name] if sorted(found) != sorted(expected) else []
    assert 2 * right / (given + asked) >= ROWS, missed
    assert exact / (exact + len(missed)) >= CASES, missed
