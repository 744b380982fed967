"""Rows that break a rule are dropped, and the rest of the article stays whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction import pipeline
from broadsheet.extraction.dropping import without
from broadsheet.extraction.pipeline import parse
from broadsheet.quality.valid_rows import split_rejected, valid_tables
from broadsheet.quality.validation import validate_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.pipeline import ArticleTables

TEXT = """Nordland and Sudovia open talks

Nordvik Prime Minister Ana Ruiz met Chilean Foreign Minister Olaf Berg in Lima on May 2.

"We will cut the duty," Ruiz said. "It is time," she said.

"That is good news for the copper trade," Berg told reporters.

Peru lent Chile $30 million and imposed a 25 percent tariff on Chilean copper.
"""
MODEL = ("en_core_web_sm", "3")


@pytest.fixture
def parsed(document: Callable[..., Document]) -> ArticleTables:
    """What the parsers find in the text."""
    return parse(document(TEXT))


def broken_cue(tables: ArticleTables) -> ArticleTables:
    """The same with a cue that its evidence does not bear out."""
    first, *others = tables.quotes
    return replace(tables, quotes=[replace(first, row=replace(first.row, cue="denounce")), *others])


def test_a_row_that_breaks_a_rule_is_dropped_and_named(
    document: Callable[..., Document], parsed: ArticleTables
) -> None:
    """The tables are valid without the row, which is named with its rule."""
    article = document(TEXT).article
    tables = valid_tables([broken_cue(parsed)], [article], MODEL)
    assert validate_tables(tables, [article]).valid
    (row,) = tables.dropped
    assert (row.table, row.key, row.rule, row.column) == ("quotes", parsed.quotes[0].row.quote_id, "says", "cue")
    assert row.article_id == article.article_id
    assert row.char_start is not None
    assert row.key in str(row)
    assert "says" in str(row)
    assert len(tables.quotes) == len(parsed.quotes) - 1
    assert list(tables.quotes["sequence"]) == list(range(1, len(tables.quotes) + 1))
    assert set(tables.events["event_id"]) == {found.row.event_id for found in parsed.events}


def test_extraction_warns_of_a_dropped_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """``extract`` warns of the row."""
    whole = pipeline.parse
    monkeypatch.setattr(pipeline, "parse", lambda document: broken_cue(whole(document)))
    with pytest.warns(broadsheet.DroppedRowWarning, match=r"dropped quo_\w+ of quotes, which breaks the rule says"):
        tables = broadsheet.extract(text=TEXT)
    assert tables.validate().valid
    assert len(tables.dropped) == 1


WEB = "https://gazette.example/talks"


def test_an_article_whose_own_row_breaks_a_rule_is_left_out(document: Callable[..., Document]) -> None:
    """The tables have the other article; the row of the first is listed with its rule."""
    bad = replace(document(TEXT).article, url="gazette.example/talks")
    good = replace(document(TEXT.replace("May 2", "May 3")).article, url=WEB)
    tables = valid_tables([parse(analyse(bad)), parse(analyse(good))], [bad, good], MODEL)
    assert list(tables.articles["url"]) == [WEB]
    assert validate_tables(tables, [good]).valid
    rows, rejected = split_rejected(tables.dropped)
    assert not rows
    problem, fix = rejected[bad.article_id]
    assert "gazette.example/talks" in problem
    assert fix == "correct its url"


def test_extraction_refuses_an_article_whose_own_row_breaks_a_rule() -> None:
    """An article that was passed as such is an error, which says what to correct."""
    article = replace(broadsheet.read(text=TEXT)[0], language="english")
    with pytest.raises(broadsheet.InputError, match=r"breaks the rule pattern .*english.*correct its language"):
        broadsheet.extract(article)


def test_an_actor_takes_along_what_is_its_own_and_leaves_the_rest(parsed: ArticleTables) -> None:
    """Mentions, roles and participations go with an actor; what it said stays without a speaker."""
    left = without(parsed, {"actors": {"ana-ruiz"}})
    assert "ana-ruiz" not in {found.row.actor_id for found in left.actors}
    assert "ana-ruiz" not in {found.row.actor_id for found in left.mentions}
    assert "ana-ruiz" not in {found.row.actor_id for found in left.roles}
    assert "ana-ruiz" not in {row.actor_id for row in left.participants}
    assert len(left.quotes) == len(parsed.quotes)
    assert "ana-ruiz" not in {found.row.speaker_id for found in left.quotes}


def test_an_actor_without_a_mention_is_none(parsed: ArticleTables) -> None:
    """An actor that has lost all its mentions goes too."""
    gone = {found.row.mention_id for found in parsed.mentions if found.row.actor_id == "olaf-berg"}
    left = without(parsed, {"mentions": gone})
    assert gone
    assert "olaf-berg" not in {found.row.actor_id for found in left.actors}


def test_the_count_of_mentions_follows(parsed: ArticleTables) -> None:
    """The number of mentions is that of the mentions that are left."""
    counts = {found.row.actor_id: found.row.n_mentions for found in parsed.actors}
    actor, number = max(counts.items(), key=lambda item: item[1])
    one = next(found.row.mention_id for found in parsed.mentions if found.row.actor_id == actor)
    left = without(parsed, {"mentions": {one}})
    assert {f.row.actor_id: f.row.n_mentions for f in left.actors} == {**counts, actor: number - 1}


def test_a_link_to_a_dropped_row_is_empty(parsed: ArticleTables) -> None:
    """A figure whose measure was dropped is of no measure."""
    figures = [replace(found, row=replace(found.row, tariff_id="tar_x")) for found in parsed.figures]
    left = without(replace(parsed, figures=figures), {"tariffs": {"tar_x"}})
    assert figures
    assert {found.row.tariff_id for found in left.figures} == {None}
