"""Level 5: the tables that were made again, compared with those of the package."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.analysis.model_files import DEFAULT_MODEL, read_meta
from broadsheet.base.version import __version__
from broadsheet.quality.validation.rebuild import articles_of, check_maker, check_rebuild, compare, installed_model
from broadsheet.quality.validation.report import KEPT_FAILURES, OTHER_MAKER, Findings, Level, Severity
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from broadsheet import Tables
    from broadsheet.reading import Article

MADE_BY: dict[str, Any] = {
    "extractor": __version__,
    "model": {"name": DEFAULT_MODEL, "version": read_meta(DEFAULT_MODEL)["version"]},
}


def compared(table: str, frame: pd.DataFrame, built: pd.DataFrame) -> Report:
    """The report on a table and what the source gives."""
    findings = Findings(TABLES)
    compare(findings, table, frame, built)
    return Report.of(findings.report())


def test_equal_tables(tables: Tables) -> None:
    """Tables that are alike have no failure, and each rule counts as checked."""
    for table in TABLES:
        report = compared(table, tables[table], tables[table])
        assert report.failures == ()
        assert {check.rule for check in report.checks} == {"rebuilt_rows", "rebuilt_order", "rebuilt_cells"}
        assert {check.table for check in report.checks} == {table}


def test_a_cell_that_differs(tables: Tables, change: Callable[..., Tables]) -> None:
    """The failure names row, column, both values and the place in the article."""
    spoilt = change(tables, "quotes", 1, cue="told")["quotes"]
    (failure,) = compared("quotes", spoilt, tables["quotes"]).failures
    row = tables["quotes"].iloc[1]
    assert (failure.table, failure.rule, failure.column) == ("quotes", "rebuilt_cells", "cue")
    assert (failure.key, failure.value, failure.severity) == (row["quote_id"], "told", Severity.ERROR)
    assert "told" in failure.message
    assert "say" in failure.message
    assert failure.place is not None
    assert (failure.place.span.start, failure.place.span.end) == (row["char_start"], row["char_end"])


def test_rows_that_differ(tables: Tables) -> None:
    """A row that the source does not give and one that is missing are both named by key."""
    frame = tables["quotes"]
    keys = list(frame["quote_id"])
    extra = compared("quotes", frame, frame.iloc[1:].reset_index(drop=True))
    assert [(f.rule, f.key) for f in extra.failures] == [("rebuilt_rows", keys[0])]
    assert extra.failures[0].place is not None
    gone = compared("quotes", frame.iloc[:1], frame)
    assert [(f.rule, f.key) for f in gone.failures] == [("rebuilt_rows", key) for key in keys[1:]]
    assert gone.failures[0].message != extra.failures[0].message


def test_many_missing_rows_are_counted(tables: Tables) -> None:
    """Of more missing rows than a report keeps, all are counted."""
    import pandas as pd

    one = tables["quotes"].iloc[:1]
    many = pd.concat([one] * (KEPT_FAILURES + 5), ignore_index=True)
    many["quote_id"] = [f"quo_{number:016x}" for number in range(len(many))]
    report = compared("quotes", one.iloc[:0], many)
    assert len(report.failures) == KEPT_FAILURES
    assert {check.rule: check.failed for check in report.checks}["rebuilt_rows"] == KEPT_FAILURES + 5


def test_the_order_of_rows(tables: Tables) -> None:
    """Rows in another order are one failure, at the first that is out of place."""
    frame = tables["quotes"]
    (failure,) = compared("quotes", frame.iloc[[0, 2, 1]].reset_index(drop=True), frame).failures
    assert (failure.rule, failure.key) == ("rebuilt_order", frame["quote_id"].iloc[2])


def test_columns_that_are_missing(tables: Tables) -> None:
    """A missing column is another rule's failure: the others are compared, unless the key is missing."""
    frame = tables["quotes"]
    spoilt = frame.drop(columns="cue").assign(n_words=99)
    assert {f.column for f in compared("quotes", spoilt, frame).failures} == {"n_words"}
    assert compared("quotes", frame.drop(columns="quote_id"), frame).failures == ()


def test_articles_as_they_were_extracted(tables: Tables, article: Article) -> None:
    """What the source file lacks is taken from the package; what it has is its own."""
    frame = tables["articles"]
    bare = replace(article, title=None, publisher=None, authors=(), url=None, published_on=None)
    assert articles_of(frame, [bare]) == (article,)
    assert articles_of(frame, [replace(article, publisher="Other")]) == (replace(article, publisher="Other"),)
    british = frame.assign(language="en-GB")
    assert articles_of(british, [article]) == (replace(article, language="en-GB"),)
    assert articles_of(british, [replace(article, language="en-NZ")]) == (replace(article, language="en-NZ"),)
    assert articles_of(frame.assign(language=None), [article]) == (article,)
    assert articles_of(frame.assign(authors="Ana Prado; Li Na"), [bare]) == (
        replace(article, authors=("Ana Prado", "Li Na")),
    )


def test_articles_without_a_source(tables: Tables, article: Article) -> None:
    """Sources that are not those of the articles, or too few of them, give nothing to compare with."""
    import pandas as pd

    frame = tables["articles"]
    assert articles_of(frame, []) is None
    assert articles_of(frame.iloc[:0], [article]) is None
    assert articles_of(frame.drop(columns="text_sha256"), [article]) is None
    assert articles_of(frame.assign(text_sha256="0" * 64), [article]) is None
    assert articles_of(pd.concat([frame, frame]), [article]) == (article,)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"extractor": "0.0.1"}, "0.0.1"),
        ({"extractor": None}, __version__),
        ({"model": {**MADE_BY["model"], "version": "0.0.2"}}, "0.0.2"),
        ({"model": {"name": "en_of_mine", "version": "1.0.0"}}, "en_of_mine"),
        ({"model": "x"}, ""),
        ({"model": {"name": 7, "version": "1.0.0"}}, "7"),
    ],
)
def test_who_made_the_package(changes: dict[str, Any], said: str | None) -> None:
    """Another extractor or model is a warning that names it, and nothing is made again then."""
    made_by = {**MADE_BY, **changes}
    findings = Findings(TABLES)
    check_maker(findings, made_by)
    failures = findings.report().failures
    assert (installed_model(made_by) == DEFAULT_MODEL) == (said is None)
    assert [f.severity for f in failures] == [Severity.WARNING] * (said is not None)
    assert said is None or said in failures[0].message
    assert findings.report().unverified in (OTHER_MAKER, "the level was not run", None)
    assert (findings.report().unverified == OTHER_MAKER) == (said is not None)


def rebuilt(tables: Tables, article: Article, built: Tables, **changes: Any) -> Report:
    """The report of the level where extraction gives ``built``."""
    findings = Findings(TABLES)
    asked: list[object] = []

    def extract(articles: tuple[Article, ...], model: str) -> Tables:
        asked.append((articles, model))
        return built

    sources = changes.pop("sources", [article])
    check_rebuild(findings, tables.frames, sources, {**MADE_BY, **changes}, extract)
    assert asked in ([], [((article,), DEFAULT_MODEL)])
    return Report.of(findings.report())


def test_every_table_is_compared(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """A difference in any table is named with the table."""
    assert rebuilt(tables, article, tables).failures == ()
    spoilt = change(change(tables, "quotes", 0, cue="told"), "countries", 0, name="Chili")
    report = rebuilt(spoilt, article, tables)
    assert {(f.table, f.column) for f in report.failures} == {("quotes", "cue"), ("countries", "name")}


def test_what_cannot_be_made_again(tables: Tables, article: Article) -> None:
    """Without all sources, or with another model, the level is skipped with its reason and nothing is called wrong."""
    report = rebuilt(tables, article, tables, sources=[])
    assert [(f.rule, f.severity) for f in report.failures] == [("rebuild_sources", Severity.WARNING)]
    assert "sources" in report.skipped[Level.REBUILD]
    report = rebuilt(tables, article, tables, extractor="0.0.1")
    assert report.failures == ()
    assert report.skipped[Level.REBUILD] == OTHER_MAKER


def test_corrections_that_do_not_fit(tables: Tables, article: Article) -> None:
    """Corrections of the package that cannot be applied are a failure, and the tables are compared without them."""
    report = rebuilt(tables, article, tables, curation="no corrections at all")
    assert [(f.rule, f.severity) for f in report.failures] == [("rebuild_curation", Severity.ERROR)]
    assert report.failures[0].message
    assert rebuilt(tables, article, tables, curation=" \n").failures == ()
