"""Level 4: what a row copies from the article stands where the row says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.quality.validation.grounding import check_grounding, is_printed, passage
from broadsheet.quality.validation.report import Findings, Severity
from broadsheet.quality.validation.reports import Report
from broadsheet.reading import Article
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet import Tables


def grounded(tables: Tables, sources: Sequence[Article]) -> Report:
    """The report of the level."""
    findings = Findings(TABLES)
    check_grounding(findings, tables.frames, sources)
    return Report.of(findings.report())


CASES: list[tuple[str, str, int, dict[str, object], str, str]] = [
    ("word of a quote", "quotes", 2, {"text": "This is a bad day,"}, "at_span", "text"),
    ("case of a quote", "quotes", 2, {"text": "this is a good day,"}, "at_span", "text"),
    ("amount text", "financial_figures", 1, {"amount_text": "49 million euros"}, "at_span", "amount_text"),
    ("title", "actor_roles", 0, {"title": "Prime Minister"}, "at_span", "title"),
    ("trigger", "events", 0, {"trigger": "lift"}, "within_span", "trigger"),
    ("rate text", "tariffs", 0, {"rate_text": "12.6 percent"}, "printed", "rate_text"),
    ("speaker text", "quotes", 0, {"speaker_text": "he"}, "printed", "speaker_text"),
    ("speaker elsewhere", "quotes", 2, {"speaker_text": "she"}, "printed", "speaker_text"),
    ("date text", "events", 0, {"date_text": "2 June 2024"}, "printed", "date_text"),
    ("place", "events", 2, {"place": "Porto Alegre"}, "printed", "place"),
    ("span outside", "mentions", 0, {"char_end": 9999}, "span_in_text", "char_start, char_end"),
    ("span negative", "mentions", 0, {"char_start": -3}, "span_in_text", "char_start, char_end"),
    ("span reversed", "mentions", 2, {"char_end": 40}, "span_in_text", "char_start, char_end"),
    ("span of nothing", "mentions", 2, {"char_start": 51, "char_end": 53}, "span_in_text", "char_start, char_end"),
    ("one early", "mentions", 1, {"char_start": 26}, "span_edges", "char_start, char_end"),
    ("one late", "mentions", 0, {"char_end": 7}, "span_edges", "char_start, char_end"),
    ("evidence cut", "evidence", 5, {"char_end": 278}, "span_edges", "char_start, char_end"),
    ("characters", "articles", 0, {"n_characters": 508}, "of_text", "n_characters"),
    ("words", "articles", 0, {"n_words": 80}, "of_text", "n_words"),
    ("paragraphs", "articles", 0, {"n_paragraphs": 4}, "of_text", "n_paragraphs"),
    ("key", "articles", 0, {"article_id": "art_0000000000000000"}, "of_text", "article_id"),
    ("day", "articles", 0, {"published_on": date(2024, 10, 5)}, "of_source", "published_on"),
    ("publisher", "articles", 0, {"publisher": "Gazeta Velha"}, "of_source", "publisher"),
    ("hash", "articles", 0, {"text_sha256": "0" * 64}, "source_known", "text_sha256"),
]


@pytest.mark.parametrize(
    ("table", "position", "cells", "rule", "column"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_the_article_does_not_say(
    tables: Tables,
    article: Article,
    change: Callable[..., Tables],
    table: str,
    position: int,
    cells: dict[str, object],
    rule: str,
    column: str,
) -> None:
    """A cell or span that the text does not bear out is named by table, key, column and rule."""
    failures = grounded(change(tables, table, position, **cells), [article]).failures
    assert (table, rule, column) in {(f.table, f.rule, f.column) for f in failures}


def test_what_the_article_says(tables: Tables, article: Article) -> None:
    """Right tables have no failure, and every check of the level was made."""
    report = grounded(tables, [article])
    assert report.failures == ()
    assert {check.rule for check in report.checks} >= {
        "span_in_text",
        "span_edges",
        "at_span",
        "within_span",
        "printed",
    }


def test_the_passage_is_shown(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """A failure carries the words around the span, so that a person sees what the article has there."""
    failure = grounded(change(tables, "quotes", 2, text="This is a bad day,"), [article]).failures[0]
    assert failure.place is not None
    assert failure.place.passage is not None
    assert "“«This is a good day,»” Valadão told" in failure.place.passage
    assert failure.to_dict()["char_start"] == failure.place.span.start


def test_a_source_of_another_text(tables: Tables, article: Article) -> None:
    """A source that is no article of the tables is an error, the article without its source a warning."""
    other = replace(article, text=article.text.replace("salmon", "trout"), title=None)
    report = grounded(tables, [other])
    assert [(f.rule, f.severity) for f in report.failures] == [
        ("source_given", Severity.WARNING),
        ("source_known", Severity.ERROR),
    ]
    assert [f.value for f in report.failures] == [article.text_sha256, other.text_sha256]
    assert article.text_sha256 in report.failures[0].message
    assert other.text.split("\n")[0][:60] in report.failures[1].message


def test_a_source_without_what_was_said_of_it(tables: Tables, article: Article) -> None:
    """A source that was read without the options of the build has nothing to contradict the tables with."""
    assert grounded(tables, [Article(article.text)]).failures == ()
    assert grounded(tables, [Article(article.text, article.title)]).valid


@pytest.mark.parametrize(
    ("words", "text", "printed"),
    [
        ("took over", "the bank took over the port", True),
        ("took over", "the bank took the port over", True),
        ("took over", "over the port the bank took", False),
        ("", "anything", True),
        ("Took", "took", False),
        ("he", "what she said", False),
        ("he", "what she and he said", True),
        ("did", "they didn’t say", True),
        ("did", "a candid word", False),
    ],
)
def test_words_in_order(words: str, text: str, printed: bool) -> None:
    """Words count as printed where they stand in their order, letter by letter."""
    assert is_printed(words, text) is printed


@pytest.mark.parametrize(
    ("text", "start", "end", "right"),
    [
        ("they cannot go", 8, 11, True),
        ("a rise of 5pct", 10, 11, True),
        ("US$20 million", 3, 5, True),
        ("naïve plan", 0, 3, False),
        ("in 1987 or", 3, 6, False),
        ("Chinese-made cars", 0, 7, True),
    ],
    ids=["cannot", "unit without a blank", "currency sign", "inside a word", "inside a number", "hyphen"],
)
def test_edges_of_words(tables: Tables, text: str, start: int, end: int, right: bool) -> None:
    """A span may end between a number and its unit and inside "cannot", but not inside a word or a number."""
    from broadsheet.quality.validation.grounding import _on_edges

    assert _on_edges(text, start, end) is right


def test_a_passage_is_one_line() -> None:
    """The words around a span stand on one line, cut on both sides."""
    text = "x" * 100 + " one\n\ntwo three " + "y" * 100
    shown = passage(text, text.index("two"), text.index("two") + 3)
    assert "one «two» three" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 100
