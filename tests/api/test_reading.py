"""``broadsheet.read`` and ``broadsheet.extract``: every kind of input, and rejects as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pytest
from api.conftest import COPPER, FERRY

import broadsheet
from broadsheet import InputError
from broadsheet.analysis import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

DUMPS = ("jsonl", "csv", "parquet", "warc")


def _texts(articles: broadsheet.Articles) -> list[str]:
    return sorted(article.text for article in articles)


EXPECTED = _texts(broadsheet.read(text=[COPPER, FERRY]))


@pytest.mark.parametrize("kind", DUMPS)
@pytest.mark.parametrize("form", [str, Path])
def test_dumps(news: Path, kind: str, form: Callable[[Path], Any]) -> None:
    """A dump gives its articles; the record without text is a reject with place, problem and fix."""
    articles = broadsheet.read(form(news / f"copper.{kind}"))
    assert _texts(articles) == EXPECTED
    (reject,) = articles.rejects
    assert reject.place.startswith(str(news / f"copper.{kind}"))
    assert reject.problem
    assert reject.fix
    assert all(place.startswith(str(news)) for place in articles.places.values())


@pytest.mark.parametrize("name", ["copper.txt", "copper.html"])
@pytest.mark.parametrize("form", [str, Path])
def test_files_of_one_article(news: Path, name: str, form: Callable[[Path], Any]) -> None:
    """Plain text and a web page; options hold whatever the format."""
    (article,) = broadsheet.read(form(news / name), published_on="2024-05-17", publisher="Gazette")
    assert article.title == "Peru answers on copper"
    assert (article.published_on, article.publisher) == (date(2024, 5, 17), "Gazette")


def test_a_folder_gives_each_text_once(news: Path) -> None:
    """Text, page and dumps of one article are one article; what repeats it is listed."""
    articles = broadsheet.read(str(news))
    assert _texts(articles) == EXPECTED
    # Two in each of four dumps, and one in a text and a page.
    assert len(articles.duplicates) == 8
    assert len(articles.rejects) == 4


def test_patterns_and_lists(news: Path) -> None:
    """A pattern reads what fits it, and a list reads each of its members."""
    assert _texts(broadsheet.read(str(news / "*.csv"))) == EXPECTED
    named = broadsheet.read([news / "copper.txt", str(news / "copper.jsonl")])
    assert _texts(named) == EXPECTED
    assert len(named.duplicates) == 1
    (article,) = broadsheet.read(iter(broadsheet.read(text=FERRY)), url="https://example.org/1")
    assert article.url == "https://example.org/1"


FRAME = {"body": [COPPER, None, FERRY], "when": [date(2024, 5, 17)] * 3, "n": [1, 2, 3]}


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (pd.DataFrame(FRAME), "DataFrame:row 2"),
        (pd.DataFrame(FRAME).assign(when=pd.Timestamp("2024-05-17T08:00")), "DataFrame:row 2"),
        (pd.DataFrame(FRAME).convert_dtypes(dtype_backend="pyarrow"), "DataFrame:row 2"),
        (pa.table(FRAME), "Table:row 2"),
        (pa.table(FRAME).to_reader(), "RecordBatchReader:row 2"),
    ],
    ids=["pandas", "timestamps", "pandas of Arrow", "Arrow", "stream"],
)
def test_tables_in_memory(table: object, place: str) -> None:
    """A row is an article; columns are found by their usual names or as named."""
    articles = broadsheet.read(table, columns={"text": "body", "published_on": "when"})  # type: ignore[arg-type]
    assert _texts(articles) == EXPECTED
    assert {article.published_on for article in articles} == {date(2024, 5, 17)}
    assert [(reject.place, reject.problem) for reject in articles.rejects] == [(place, "has no text")]


def test_a_cell_of_another_type_is_a_reject() -> None:
    """One odd cell costs its row, not the table."""
    articles = broadsheet.read(pd.DataFrame({"text": [COPPER, 5]}))
    assert len(articles) == 1
    assert articles.rejects[0].problem == "the text is a number"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("Peru answers on copper", "pass a text as text="),
        (COPPER, "pass a text as text="),
        ("What? Copper again?", "pass a text as text="),
        ("missing.txt", "names no file"),
        (Path("missing.txt"), "no such file"),
        (b"bytes", "is of type int"),
        (3, "is of type int"),
        (pd.DataFrame({"n": [1]}), "has no column for the text"),
        (pa.chunked_array([[1]]), "is not a table with columns"),
    ],
)
def test_what_is_no_source(source: Any, problem: str) -> None:
    """The error says what to pass instead."""
    with pytest.raises(InputError, match=problem):
        broadsheet.read(source)


def test_source_and_text_exclude_each_other(news: Path) -> None:
    """One of them is needed."""
    for arguments in ({}, {"source": news, "text": COPPER}):
        with pytest.raises(InputError, match="pass either"):
            broadsheet.read(**arguments)  # type: ignore[arg-type]


def test_a_named_file_of_plain_text_must_be_good(news: Path) -> None:
    """As in a build: named it is an error, found in a folder it is a reject."""
    bad = news / "bad.txt"
    bad.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.txt: is empty"):
        broadsheet.read([news / "copper.txt", bad])
    assert str(bad) in {reject.place for reject in broadsheet.read(news).rejects}
    with pytest.raises(InputError, match="is named twice"):
        broadsheet.read([news / "copper.txt", news / "copper.txt"])


def test_options_for_one_article_alone(news: Path) -> None:
    """A title or address cannot hold for several."""
    with pytest.raises(InputError, match="title: is given for 2 articles"):
        broadsheet.read(text=[COPPER, FERRY], title="Copper")
    articles = broadsheet.read(news / "copper.jsonl", title="Copper")
    assert len(articles) == 1
    assert "title is given" in articles.rejects[-1].problem


def test_extract_takes_what_read_takes(news: Path) -> None:
    """Tables know their articles and what could not be read."""
    tables = broadsheet.extract(str(news / "copper.csv"), published_on="2024-05-17")
    assert [article.text for article in tables.sources] == [a.text for a in broadsheet.read(news / "copper.csv")]
    assert [reject.problem for reject in tables.rejects] == ["has no text"]
    assert len(tables.articles) == 2
    assert tables.validate().valid
    calls: list[tuple[int, int]] = []
    frame = pd.DataFrame({"text": [COPPER, FERRY]})
    same = broadsheet.extract(frame, published_on="2024-05-17", progress=lambda *n: calls.append(n))
    assert calls == [(1, 2), (2, 2)]
    for name in tables:
        pd.testing.assert_frame_equal(tables[name], same[name])


def test_extract_without_any_article_is_an_error(news: Path) -> None:
    """Tables without rows would hide that nothing could be read."""
    page = news / "empty.html"
    page.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(InputError, match=r"empty\.html.*no other article could be read \(1 rejects\)"):
        broadsheet.extract(page)
    assert len(broadsheet.extract([]).articles) == 0


def test_an_article_on_which_a_parser_fails(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a reject where it was found, and an error where it was named."""
    analyse = pipeline.analyse

    def failing(article: broadsheet.Article, **options: Any) -> Any:
        if "ferry" in article.text:
            raise RuntimeError("too deep")
        return analyse(article, **options)

    monkeypatch.setattr(pipeline, "analyse", failing)
    monkeypatch.delenv("BROADSHEET_DEFECTS")
    tables = broadsheet.extract(news / "copper.jsonl")
    assert len(tables.articles) == 1
    assert "too deep" in tables.rejects[-1].problem
    with pytest.raises(InputError, match="too deep"):
        broadsheet.extract(text=[COPPER, FERRY])
