"""Keys are digests that validation computes again from the cells of the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from broadsheet.base.span import Span
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.keys import MOST_OF_ONE_SPAN, check_keys
from broadsheet.quality.validation.report import Failure, Findings
from broadsheet.tables.keys import event_key, row_key, tariff_key
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ARTICLE = "art_0123456789abcdef"
SPAN = Span(10, 40)
PLACE = {"article_id": ARTICLE, "char_start": 10, "char_end": 40, "origin": "extracted"}
MEASURE = {"imposer_code": "PER", "target_code": "CHL", "product": None, "measure": "tariff", "action": "impose"}


def frames(articles: int = 1, /, **tables: Sequence[Mapping[str, Any]]) -> Frames:
    """Tables with these rows; the others are empty."""
    rows = {"articles": [{"article_id": f"art_{number}"} for number in range(articles)], **tables}
    return Frames(
        {name: pd.DataFrame(rows.get(name, ()), columns=[*schemas()[name].columns]).convert_dtypes() for name in TABLES}
    )


def wrong(table: str, given: Frames, *, is_part: bool = False) -> list[Failure]:
    """The failures of the rule on keys."""
    findings = Findings(TABLES)
    check_keys(findings, given, table, is_part=is_part)
    return list(findings.report().failures)


def event(number: int, start: int = 15, end: int = 23, kind: str = "VISIT") -> dict[str, object]:
    """An event whose key has this number and this trigger."""
    return {"event_id": event_key(ARTICLE, SPAN, kind, start, end, number), "type": "VISIT", **PLACE}


def trigger(row: Mapping[str, object], start: int, end: int) -> dict[str, object]:
    """Evidence of the trigger of an event."""
    return {"row_id": row["event_id"], "column_name": "trigger", "char_start": start, "char_end": end}


@pytest.mark.parametrize(("table", "prefix"), [("mentions", "men"), ("quotes", "quo"), ("financial_figures", "fig")])
def test_a_key_of_another_place(table: str, prefix: str) -> None:
    """The key follows from article and span; the failure names row, cell and place."""
    key = schemas()[table].primary_key[0]
    right, other = row_key(prefix, ARTICLE, SPAN), row_key(prefix, ARTICLE, Span(11, 40))
    assert wrong(table, frames(**{table: [{key: right, **PLACE}]})) == []
    (failure,) = wrong(table, frames(**{table: [{key: right, **PLACE}, {key: other, **PLACE}]}))
    assert (failure.rule, failure.column, failure.key, failure.value) == ("key_digest", key, other, other)
    assert failure.message == f"{key} is {other}, but its article, span and cells give another key"
    assert failure.place is not None
    assert (failure.place.article_id, failure.place.span) == (ARTICLE, SPAN)


@pytest.mark.parametrize(
    "cells", [{"origin": "added"}, {"char_end": None}, {"char_start": -1}, {"char_end": 9}, {"article_id": None}]
)
def test_rows_that_are_not_checked(cells: dict[str, object]) -> None:
    """A curator's row has a key of its own, and a broken span or article is the matter of other rules."""
    row = {"mention_id": "men_0000000000000000", **PLACE, **cells}
    assert wrong("mentions", frames(mentions=[row])) == []


def test_a_table_without_a_column() -> None:
    """A missing column is another rule's matter."""
    given = frames(mentions=[{"mention_id": "men_0000000000000000", **PLACE}])
    assert len(wrong("mentions", given)) == 1
    for column in ("mention_id", "origin", "char_end"):
        assert wrong("mentions", given.with_table("mentions", given["mentions"].drop(columns=column))) == []


def test_events_of_one_trigger_are_numbered() -> None:
    """Any number up to the limit is right; another trigger or type is not."""
    for number in (0, 1, MOST_OF_ONE_SPAN - 1):
        row = event(number)
        assert wrong("events", frames(events=[row], evidence=[trigger(row, 15, 23)])) == []
    for row in (event(MOST_OF_ONE_SPAN), event(0, kind="AID"), event(0, start=16), event(0, end=24)):
        assert len(wrong("events", frames(events=[row], evidence=[trigger(row, 15, 23)]))) == 1


def test_a_trigger_in_two_parts() -> None:
    """The trigger reaches from the first to the last of its parts."""
    row = event(0, 15, 30)
    parts = [trigger(row, 27, 30), trigger(row, 15, 19), {**trigger(row, 1, 2), "column_name": "place"}]
    assert wrong("events", frames(events=[row], evidence=parts)) == []
    assert wrong("events", frames(events=[event(0, 1, 2)])) == []  # evidence of a trigger is required elsewhere


def test_measures() -> None:
    """All cells of a measure enter its key, and its number; one with a printed rate is not checked."""
    seen = [*MEASURE.values(), None]
    for number in (0, 1, MOST_OF_ONE_SPAN - 1):
        row = {"tariff_id": tariff_key(ARTICLE, SPAN, seen, number), **PLACE, **MEASURE}
        assert wrong("tariffs", frames(tariffs=[row])) == []
    for cells in ({"imposer_code": "CHL"}, {"product": "copper"}, {"action": "raise"}, {"target_code": None}):
        assert len(wrong("tariffs", frames(tariffs=[{**row, **cells}]))) == 1
        assert wrong("tariffs", frames(tariffs=[{**row, **cells, "rate_text": "5%"}])) == []


def test_the_actor_of_a_role() -> None:
    """An actor's id is part of the key, unless it may have changed since: several articles, or a shared slug."""
    right = {"role_id": row_key("rol", ARTICLE, SPAN, "ada-lund"), "actor_id": "ada-lund", **PLACE}
    other = {**right, "actor_id": "erik-moe"}
    ids = [{"actor_id": "ada-lund"}, {"actor_id": "erik-moe"}]
    assert wrong("actor_roles", frames(actor_roles=[right], actors=ids)) == []
    assert len(wrong("actor_roles", frames(actor_roles=[other], actors=ids))) == 1
    assert wrong("actor_roles", frames(2, actor_roles=[other], actors=ids)) == []
    assert wrong("actor_roles", frames(actor_roles=[other], actors=ids), is_part=True) == []
    shared = [*ids, {"actor_id": "erik-moe-0a1b"}]
    assert wrong("actor_roles", frames(actor_roles=[other], actors=shared)) == []
    longer = {**right, "actor_id": "erik-moe-0a1b"}
    assert wrong("actor_roles", frames(actor_roles=[longer], actors=shared)) == []
    assert len(wrong("actor_roles", frames(actor_roles=[longer], actors=ids))) == 1
