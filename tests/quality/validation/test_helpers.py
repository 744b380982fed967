"""Helper columns: what the rules of the suites see beside the columns of a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.helpers import columns_of, helper, in_words, is_column, linked

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables


def made(name: str, table: str, tables: Tables) -> list[Any]:
    """The cells of a helper, null as None."""
    return [None if pd.isna(cell) else cell for cell in helper(name, table, tables.frames).astype(object)]


def test_cells_of_another_table(tables: Tables, change: Callable[..., Tables]) -> None:
    """Those of the row that a link names; null where it names none."""
    assert made("speaker_id__kind", "quotes", tables) == ["person"] * 3
    assert made("addressee_id__name", "quotes", tables) == [None, None, "Diário do Porto"]
    lost = change(tables, "quotes", 1, speaker_id="nobody")
    assert made("speaker_id__kind", "quotes", lost) == ["person", None, "person"]


def test_rows_by_their_keys() -> None:
    """The first of two rows with a key; a null names none, even where a key is null."""
    found = linked(pa.array(["b", None, "a", "x"]), pa.array([None, "a", "b", "a"]), pa.array([1, 2, 3, 4]))
    assert found.to_pylist() == [3, None, 2, None]


def test_lengths(tables: Tables, change: Callable[..., Tables]) -> None:
    """Characters and words of a text, and the characters of a span."""
    assert made("text__length", "quotes", tables) == [17, 16, 19]
    assert made("text__n_words", "quotes", tables) == [3, 4, 5]
    assert made("span__length", "quotes", tables) == [17, 16, 19]
    assert made("text__length", "quotes", change(tables, "quotes", 1, text=None)) == [17, None, 19]
    assert made("text__n_words", "quotes", change(tables, "quotes", 1, text=None)) == [3, None, 5]


@pytest.mark.parametrize(
    ("column", "precision", "expected"),
    [
        ("date_start", "year", date(2024, 1, 1)),
        ("date_start", "month", date(2024, 2, 1)),
        ("date_start", "day", date(2024, 2, 10)),
        ("date_end", "year", date(2024, 12, 31)),
        ("date_end", "month", date(2024, 2, 29)),
        ("date_end", "day", date(2024, 2, 10)),
    ],
)
def test_the_edges_of_a_period(
    tables: Tables, change: Callable[..., Tables], column: str, precision: str, expected: date
) -> None:
    """The first or last day of the month or year."""
    given = change(tables, "events", 0, **{column: date(2024, 2, 10), "date_precision": precision})
    assert made(f"{column}__of_period", "events", given)[0] == expected
    assert made(f"{column}__of_period", "events", change(given, "events", 0, **{column: None}))[0] is None


def test_the_edge_of_a_december(tables: Tables, change: Callable[..., Tables]) -> None:
    """The month after it is of the next year."""
    given = change(tables, "events", 0, date_end=date(2024, 12, 5), date_precision="month")
    assert made("date_end__of_period", "events", given)[0] == date(2024, 12, 31)


def test_the_period_of_a_measure(tables: Tables) -> None:
    """Its precision has a column of its own."""
    assert made("effective_on__of_period", "tariffs", tables) == [None, date(2024, 6, 1), date(2024, 3, 1)]


def test_any_date(tables: Tables, change: Callable[..., Tables]) -> None:
    """The first day, or the last one where there is no first."""
    half = change(tables, "events", 0, date_start=None, date_end=date(2024, 6, 3))
    assert made("dates__any", "events", half) == [date(2024, 6, 3), date(2024, 3, 1), date(2024, 5, 9)]


def test_the_span_before(tables: Tables) -> None:
    """The greatest end of the spans that begin earlier, whatever the order of the rows."""
    ends = list(tables["quotes"]["char_end"])
    assert made("previous__char_end", "quotes", tables) == [None, *ends[:2]]
    mixed = type(tables)(
        {**tables.frames, "quotes": tables["quotes"].iloc[[2, 0, 1]].reset_index(drop=True)}, tables.model
    )
    assert made("previous__char_end", "quotes", mixed) == [ends[1], None, ends[0]]
    assert made("reading__position", "quotes", mixed) == [3, 1, 2]
    first = tables["quotes"]["utterance_id"].iloc[0]
    assert made("previous__utterance_id", "quotes", mixed) == [first, None, first]
    assert made("utterance__is_first", "quotes", mixed) == [True, True, False]


def test_counts(tables: Tables, change: Callable[..., Tables]) -> None:
    """Mentions of an actor, and uses of a country; none is 0."""
    assert made("mentions__count", "actors", tables) == [1, 3, 1, 3, 1, 3]
    assert made("mentions__count", "actors", change(tables, "actors", 0, actor_id="x"))[0] == 0
    used = made("rows__count", "countries", tables)
    assert used == [4, 7]
    assert made("rows__count", "countries", change(tables, "countries", 0, country_code="FRA")) == [0, 7]
    assert made("rows__count", "countries", change(tables, "actors", 1, country_code=None)) == [3, 7]


def test_what_evidence_is_of(tables: Tables, change: Callable[..., Tables]) -> None:
    """Table, article and cell of the row that the key names; null where there is no such row or column."""
    evidence = tables["evidence"]
    place = next(n for n, row in enumerate(evidence.itertuples()) if row.column_name == "cue")
    assert made("row_id__table", "evidence", tables)[place] == "quotes"
    assert made("row_id__article_id", "evidence", tables)[place] == tables["articles"]["article_id"].iloc[0]
    assert made("column_name__cell", "evidence", tables)[place] in ("say", "tell")
    assert made("column_name__exists", "evidence", tables) == [True] * len(evidence)
    lost = change(tables, "evidence", place, row_id="quo_0")
    for name in ("row_id__table", "row_id__article_id", "column_name__cell"):
        assert made(name, "evidence", lost)[place] is None
    odd = change(tables, "evidence", place, column_name="trigger")
    assert made("column_name__exists", "evidence", odd)[place] is False
    assert made("column_name__cell", "evidence", odd)[place] is None
    actor = next(n for n, row in enumerate(evidence.itertuples()) if row.row_id == "banco-lusitano")
    assert made("row_id__table", "evidence", tables)[actor] == "actors"
    assert made("row_id__article_id", "evidence", tables)[actor] is None


def test_what_rows_give(tables: Tables, change: Callable[..., Tables]) -> None:
    """The key of a hash, the summary of an event, and whether a unit is one."""
    assert made("text_sha256__key", "articles", tables) == list(tables["articles"]["article_id"])
    assert made("summary__of_row", "events", tables) == list(tables["events"]["summary"])
    assert made("summary__of_row", "events", change(tables, "events", 0, status=None))[0] is None
    assert made("unit__is_known", "financial_figures", tables) == [True, True]
    for unit, is_known in (("percent", True), ("percentage_points", True), ("basis_points", True), ("XQZ", False)):
        assert (
            made("unit__is_known", "financial_figures", change(tables, "financial_figures", 0, unit=unit))[0]
            is is_known
        )


def test_what_is_no_helper(tables: Tables) -> None:
    """A name that no helper has, and a column that is missing."""
    with pytest.raises(InputError, match="no column and no helper is called speaker_id__colour"):
        helper("speaker_id__colour", "quotes", tables.frames)
    with pytest.raises(KeyError):
        helper("text", "quotes", tables.frames)


@pytest.mark.parametrize(
    ("name", "table", "known"),
    [
        ("text", "quotes", True),
        ("speaker_id__kind", "quotes", True),
        ("speaker_id__actor_id", "quotes", False),
        ("speaker_id__colour", "quotes", False),
        ("text__kind", "quotes", False),
        ("text__length", "quotes", True),
        ("colour__length", "quotes", False),
        ("span__length", "quotes", True),
        ("mentions__count", "actors", True),
        ("mentions__count", "quotes", False),
    ],
)
def test_names(name: str, table: str, known: bool) -> None:
    """Columns, helpers of the table, of any table, of a column, and of a link."""
    assert is_column(name, table) is known


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("text", "text"),
        ("span__length", "the length of the span"),
        ("speaker_id__kind", "kind of speaker_id"),
        ("text__length", "the length of text"),
        ("text__n_words", "the number of words of text"),
        ("date_end__of_period", "the edge of its period"),
        ("text_sha256__key", "the key of text_sha256"),
        ("summary__of_row", "the one its row gives"),
    ],
)
def test_names_in_words(name: str, words: str) -> None:
    """As a failure says them."""
    assert in_words(name) == words


def test_columns_of_a_suite() -> None:
    """In expectations and conditions at any depth."""
    condition = {"type": "and", "conditions": [{"column": {"name": "a"}}, {"column": {"type": "x"}}, {"column": 7}]}
    kwargs = {"column": "b", "column_A": "c", "column_B": "d", "column_list": ["e", 7], "row_condition": condition}
    assert columns_of([{"kwargs": kwargs}, "f", None]) == {"a", "b", "c", "d", "e"}
