"""Curated rows: the tables hold what the corrections say, and the article prints what they cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import at

from broadsheet.base.span import Span
from broadsheet.curation import Action, Correction
from broadsheet.quality.validation.corrected import Corrections, check_corrected, check_curated_cells
from broadsheet.quality.validation.report import Failure, Findings, Severity
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.reading import Article


def corrections(*entries: Correction) -> Corrections:
    """The corrections of a package."""
    return Corrections("x", {(one.table, one.row_id): one for one in entries})


def of_row(tables: Tables, table: str, position: int, action: Action = Action.CHANGE, **parts: Any) -> Correction:
    """A correction of a row."""
    key = (str(tables[table].iloc[position, 0]),)
    return Correction(table, key, action, "misread", **{"span": at("12.5 percent duty"), **parts})


def compared(tables: Tables, given: Corrections, **options: Any) -> list[Failure]:
    """What is wrong with tables and corrections."""
    findings = Findings(TABLES)
    check_corrected(findings, tables.frames, given, **options)
    return list(findings.report().failures)


def test_rows_that_are_marked(tables: Tables, change: Callable[..., Tables]) -> None:
    """A row that says it was curated needs a correction; without the file's text nothing is known."""
    for origin in ("corrected", "added"):
        marked = change(tables, "tariffs", 1, origin=origin)
        (failure,) = compared(marked, corrections())
        assert (failure.table, failure.rule, failure.column) == ("tariffs", "origin_of_correction", "origin")
        assert (failure.key, failure.value) == (tables["tariffs"]["tariff_id"].iloc[1], origin)
        assert compared(marked, corrections(of_row(tables, "tariffs", 1))) == []
        assert compared(marked, Corrections(None)) == []
    assert compared(tables, corrections()) == []


def test_cells_that_a_correction_sets(tables: Tables, change: Callable[..., Tables]) -> None:
    """The corrected row is there with the new cells; a cell that is not is named with both values and its place."""
    wanted = {"product": "salmon", "rate_percent": Decimal(15)}
    entry = of_row(tables, "tariffs", 0, cells=wanted)
    right = change(tables, "tariffs", 0, **wanted, origin="corrected")
    assert compared(right, corrections(entry)) == []
    (failure,) = compared(change(right, "tariffs", 0, rate_percent=Decimal(99)), corrections(entry))
    assert (failure.rule, failure.column) == ("correction_applied", "rate_percent")
    assert (failure.key, Decimal(failure.value or "0")) == (entry.row_id, Decimal(99))
    assert "15" in failure.message
    assert failure.place is not None
    assert failure.place.span.start == right["tariffs"]["char_start"].iloc[0]
    (emptied,) = compared(change(right, "tariffs", 0, product=None), corrections(entry))
    assert (emptied.column, emptied.value) == ("product", None)


@pytest.mark.parametrize("is_part", [False, True])
@pytest.mark.parametrize(
    ("action", "is_there", "is_wrong"),
    [
        (Action.DROP, True, True),
        (Action.DROP, False, False),
        (Action.CHANGE, True, False),
        (Action.CHANGE, False, True),
        (Action.ADD, False, True),
    ],
)
def test_rows_that_a_correction_names(
    tables: Tables, action: Action, *, is_there: bool, is_wrong: bool, is_part: bool
) -> None:
    """A dropped row is gone and any other is there; a part of a package may have its rows elsewhere."""
    entry = of_row(tables, "tariffs", 0, action)
    entry = entry if is_there else replace(entry, key=("tar_0000000000000000",))
    failures = compared(tables, corrections(entry), is_part=is_part)
    expected = is_wrong and not (is_part and not is_there)
    assert [(f.rule, f.key) for f in failures] == [("correction_applied", entry.row_id)] * expected


def test_tables_that_cannot_be_compared(tables: Tables) -> None:
    """A table without its key or origin is another rule's matter, and a table that was not asked for none."""
    entry = of_row(tables, "tariffs", 0, Action.DROP)
    for column in ("origin", "tariff_id"):
        frames = {**tables.frames, "tariffs": tables["tariffs"].drop(columns=column)}
        findings = Findings(TABLES)
        check_corrected(findings, frames, corrections(entry), ["tariffs"])
        assert findings.report().failures == ()
    assert compared(tables, corrections(entry), names=["quotes", "countries"]) == []
    assert len(compared(tables, corrections(entry), names=["tariffs", "countries"])) == 1


def cited(tables: Tables, article: Article, **parts: Any) -> list[Failure]:
    """What is wrong with the cells that a correction cites characters for."""
    findings = Findings(TABLES)
    check_curated_cells(findings, tables.frames, corrections(of_row(tables, "tariffs", 0, **parts)), [article])
    return list(findings.report().failures)


@pytest.mark.parametrize(
    ("cells", "words", "rule"),
    [
        ({"rate_percent": Decimal("12.5")}, "12.5 percent", None),
        ({"rate_percent": Decimal(13)}, "12.5 percent", "curated_printed"),
        ({"rate_percent": Decimal("12.5")}, "on Chilean salmon", "curated_unread"),
        ({"effective_on": date(2024, 6, 1)}, "1 June 2024", None),
        ({"effective_on": date(2024, 6, 2)}, "1 June 2024", "curated_printed"),
        ({"effective_on": date(2024, 5, 9)}, "9 May", None),
        ({"rate_percent": None}, "on Chilean salmon", None),
        ({"product": "cod"}, "on Chilean salmon", None),
    ],
)
def test_numbers_and_days_are_printed(
    tables: Tables, article: Article, cells: dict[str, Any], words: str, rule: str | None
) -> None:
    """A curated number or day that the cited characters do not print is named with these, unless it is inferred."""
    failures = cited(tables, article, cells=cells, span=at(words))
    assert [f.rule for f in failures] == ([rule] if rule else [])
    for failure in failures:
        assert failure.column in cells
        assert failure.key == tables["tariffs"]["tariff_id"].iloc[0]
        assert words in failure.message
        assert failure.place is not None
        assert (failure.place.article_id, failure.place.span) == (article.article_id, at(words))
    assert cited(tables, article, cells=cells, span=at(words), inferred=tuple(cells)) == []
    assert cited(tables, article, cells=cells, span=at(words), action=Action.DROP) == []


def test_a_cell_with_evidence_of_its_own(tables: Tables, article: Article) -> None:
    """The characters cited for one cell count for it, and those of the correction for the others."""
    cells = {"rate_percent": Decimal("12.5"), "effective_on": date(2024, 6, 1)}
    evidence = {"effective_on": at("1 June 2024")}
    assert cited(tables, article, cells=cells, span=at("12.5 percent"), evidence=evidence) == []
    assert [f.column for f in cited(tables, article, cells=cells, span=at("12.5 percent"))] == ["effective_on"]


def test_a_source_that_is_not_at_hand(tables: Tables, article: Article) -> None:
    """Of an article that was not given nothing is said; a correction without an article is of the only one."""
    wrong = {"cells": {"rate_percent": Decimal(13)}}
    assert len(cited(tables, article, **wrong)) == 1
    assert len(cited(tables, article, **wrong, article_id=article.article_id)) == 1
    assert cited(tables, article, **wrong, article_id="art_0000000000000000") == []


def test_the_text_of_corrections() -> None:
    """A text that is no file of corrections has no entries, which is told elsewhere; an empty one has none."""
    assert Corrections.of("no corrections") == Corrections(None)
    assert Corrections.of(" \n").entries == {}
    assert Corrections.of(None).text is None
    entry = Correction("tariffs", ("tar_1",), Action.CHANGE, "x", Span(0, 1), inferred=("product",))
    given = corrections(entry)
    assert given.is_inferred("tariffs", "tar_1", "product")
    assert not given.is_inferred("tariffs", "tar_1", "rate_percent")
    assert not given.is_inferred("quotes", "tar_1", "product")


def test_what_cannot_be_read_is_a_warning(tables: Tables, article: Article) -> None:
    """Where the cited words cannot be read at all, it is not called wrong."""
    failures = cited(tables, article, cells={"effective_on": date(2024, 6, 1)}, span=at("after talks"))
    assert all(f.severity is (Severity.WARNING if f.rule == "curated_unread" else Severity.ERROR) for f in failures)
    assert failures
