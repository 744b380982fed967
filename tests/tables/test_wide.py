"""Wide tables."""

from __future__ import annotations

import pandas as pd
import pytest

import broadsheet
from broadsheet.tables.schema import TABLES
from broadsheet.tables.wide import wide_columns


@pytest.mark.parametrize("table", TABLES)
def test_rows_and_columns_of_their_own_stay(table: str) -> None:
    """A wide table is the table and more, row by row."""
    narrow, wide = broadsheet.load(table), broadsheet.load(table, wide=True)
    assert wide[narrow.columns.tolist()].equals(narrow)
    assert list(wide.columns[len(narrow.columns) :]) == [column.name for column in wide_columns(table)]


def test_names_stand_beside_their_keys() -> None:
    """A speaker's name is that of the actor, with a date that is a date, and null where the key is."""
    names = broadsheet.load("actors").set_index("actor_id").name
    wide = broadsheet.load("quotes", wide=True)
    spoken = wide[wide.speaker_id.notna()]
    assert list(spoken.speaker_name) == [names[key] for key in spoken.speaker_id]
    assert wide[wide.addressee_id.isna()].addressee_name.isna().all()
    assert wide.article_published_on.dtype == broadsheet.load("articles").published_on.dtype


def test_an_unknown_table_is_named() -> None:
    """As without the option."""
    with pytest.raises(KeyError, match="quotes"):
        broadsheet.load("quotations", wide=True)


def test_a_measure_answered_is_told() -> None:
    """Keys within one table lead to its other rows."""
    wide = broadsheet.load("tariffs", wide=True)
    answers = wide[wide.retaliates_for_id.notna()]
    assert len(answers)
    assert answers.retaliates_for_imposer_code.map(pd.notna).all()
