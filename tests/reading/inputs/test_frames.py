"""Articles of tables in memory, of pandas and Arrow."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pytest
from reading.inputs import samples

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import Found, InputOptions, Limits, Reject, is_table, read_table
from broadsheet.reading.metadata import Metadata

ROWS = [{**samples.RECORD, "date": date(2024, 3, 9)}, {"text": None}, samples.OTHER_RECORD]
TABLES = {"DataFrame": pd.DataFrame(ROWS), "Table": pa.Table.from_pylist(ROWS[:2])}


@pytest.mark.parametrize("name", TABLES)
def test_a_row_is_an_article(name: str) -> None:
    """Text and metadata come from the row; a row without a text is a reject with its number."""
    first, second, *_ = read_table(TABLES[name], InputOptions(metadata=Metadata(language="en-CA")))
    assert isinstance(first, Found)
    article = first.article
    assert (first.place, article.text, article.title) == (f"{name}:row 1", samples.TEXT, samples.TITLE)
    assert (article.published_on, article.publisher) == (samples.PUBLISHED, "The Harbour Gazette")
    assert article.authors == ("Ada Quill", "Tom Marsh")
    assert article.language == "en-CA"  # what the user says wins
    assert isinstance(second, Reject)
    assert (second.place, second.problem) == (f"{name}:row 2", "has no text")


@pytest.mark.parametrize("name", TABLES)
def test_named_columns(name: str) -> None:
    """The user may name columns; a named one that does not exist is an error that lists the others."""
    first, *_ = read_table(TABLES[name], InputOptions(columns={"text": "title", "title": "author"}))
    assert isinstance(first, Found)
    assert first.article.title == samples.RECORD["author"]
    with pytest.raises(InputError, match="has no column 'body'; its columns are title, text") as caught:
        list(read_table(TABLES[name], InputOptions(columns={"text": "body"})))
    assert caught.value.place == name


@pytest.mark.parametrize("name", TABLES)
def test_limits_hold_for_tables(name: str) -> None:
    """An article over the limit is a reject."""
    first, *_ = read_table(TABLES[name], InputOptions(limits=Limits.of(100)))
    assert isinstance(first, Reject)
    assert first.place == f"{name}:row 1"
    assert "over the limit of 100" in first.problem


@pytest.mark.parametrize("name", TABLES)
def test_a_title_belongs_to_one_row(name: str) -> None:
    """A title given for a table of several articles is taken by the first."""
    options = InputOptions(metadata=Metadata(title="Ferries"))
    table = TABLES[name] if name == "DataFrame" else pa.Table.from_pylist([samples.RECORD, samples.OTHER_RECORD])
    found = list(read_table(table, options))
    assert isinstance(found[0], Found)
    assert found[0].article.title == "Ferries"
    assert isinstance(found[-1], Reject)


def test_a_reader_of_batches() -> None:
    """A table may come as a stream of Arrow batches."""
    table = pa.Table.from_pylist([samples.RECORD, samples.OTHER_RECORD])
    found = list(read_table(table.to_reader(max_chunksize=1), InputOptions()))
    assert [item.place for item in found] == ["RecordBatchReader:row 1", "RecordBatchReader:row 2"]
    assert all(isinstance(item, Found) for item in found)


def test_two_columns_of_one_name() -> None:
    """It is not known which of them has the text."""
    with pytest.raises(InputError, match="has 2 columns called text"):
        list(read_table(pd.DataFrame([["a", "b"]], columns=["text", "text"]), InputOptions()))


def test_what_is_a_table() -> None:
    """Anything else is an error."""
    assert all(map(is_table, TABLES.values()))
    assert not is_table([samples.RECORD])
    with pytest.raises(InputError, match="is not a table with columns"):
        list(read_table([samples.RECORD], InputOptions()))


def test_missing_cells_are_empty() -> None:
    """The null values of pandas are no metadata."""
    rows = [{"text": samples.BODY, "title": float("nan"), "date": pd.NaT, "publisher": pd.NA}]
    (found,) = read_table(pd.DataFrame(rows), InputOptions())
    assert isinstance(found, Found)
    assert (found.article.title, found.article.published_on, found.article.publisher) == (None, None, None)
