"""Rows without a place in their article are found, each with what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from quality.validation.conftest import ARTICLE, world

from broadsheet import Tables
from broadsheet.publishing import write_package
from broadsheet.views.page.gather import gather
from broadsheet.views.page.problems import why_no_span
from broadsheet.views.page.write import html_of

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.views.page.problems import Problem

SPANS: list[tuple[str, int | None, int | None, str | None]] = [
    ("art", 0, 1, None),
    ("art", 0, 10, None),
    ("art", 9, 11, "goes beyond the end of the article, which has 10 characters"),
    ("art", -1, 3, "begins before the article"),
    ("art", 3, -1, "ends before the article"),
    ("art", 5, 3, "ends before it begins"),
    ("art", 4, 4, "is empty: it ends where it begins"),
    ("art", None, None, "has no offsets"),
    ("art", None, 3, "has no offset of its start"),
    ("art", 3, None, "has no offset of its end"),
    ("short", 0, 1000, None),
    ("other", 0, 1, "names no article of the package (other)"),
    ("", 0, 1, "names no article"),
]


@pytest.mark.parametrize(("article", "start", "end", "why"), SPANS)
def test_why_a_span_is_none(article: str, start: int | None, end: int | None, why: str | None) -> None:
    """Offsets are judged against the length of their article, where that is known."""
    assert why_no_span(article, start, end, {"art": 10, "short": None}) == why


def spoilt(folder: Path, table: str, column: str, value: str | int) -> tuple[Problem, ...]:
    """What the page says of the package whose first row of a table, or evidence of a quote, has another cell."""
    tables = world()
    frame = tables[table].copy()
    row = int(frame["row_id"].str.startswith("quo_").to_numpy().argmax()) if table == "evidence" else 0
    frame.loc[row, column] = value
    write_package(Tables({**tables.frames, table: frame}), folder)
    return gather(folder, [ARTICLE]).problems


def test_a_sound_package_has_none(tmp_path: Path) -> None:
    """No row of a sound package is a problem, with the source or without it."""
    write_package(world(), tmp_path)
    assert gather(tmp_path, [ARTICLE]).problems == ()
    assert gather(tmp_path).problems == ()


CELLS: list[tuple[str, str, str | int, str]] = [
    ("quotes", "char_start", -4, "begins before the article"),
    ("quotes", "char_end", 10**6, "goes beyond the end"),
    ("quotes", "text", "These are other words", "the text at the span is «"),
    ("events", "char_end", 1, "ends before it begins"),
    ("mentions", "article_id", "art_0000000000000000", "names no article of the package"),
    ("evidence", "char_start", 10**6, "the evidence of "),
]


@pytest.mark.parametrize(("table", "column", "value", "why"), CELLS)
def test_a_spoilt_row_is_a_problem(tmp_path: Path, table: str, column: str, value: str | int, why: str) -> None:
    """A row whose span, words or evidence are not in the article is named with its position and the reason."""
    found = [problem for problem in spoilt(tmp_path, table, column, value) if why in problem.why]
    assert found
    for problem in found:
        assert problem.table == ("quotes" if table == "evidence" else table)
        assert problem.key
        assert problem.row >= 0


HOLES = [("financial_figures", "amount"), ("actors", "actor_id"), ("quotes", "n_words"), ("events", "type")]


@pytest.mark.parametrize(("table", "column"), HOLES)
def test_a_missing_cell_has_a_page(tmp_path: Path, table: str, column: str) -> None:
    """A row without a cell that must be given is in the tables of the page, and in no picture."""
    write_package(world(), tmp_path)
    data = gather(tmp_path)
    sheet = data.sheets[table]
    holed = replace(
        sheet,
        typed=sheet.typed.set_column(
            sheet.typed.schema.get_field_index(column), column, pa.nulls(len(sheet), sheet.typed.column(column).type)
        ),
    )
    assert html_of(replace(data, sheets={**data.sheets, table: holed}))
