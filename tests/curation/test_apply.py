"""What corrections do to tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from broadsheet import Tables
from broadsheet.base.errors import InputError
from broadsheet.base.span import Span
from broadsheet.curation import Action, Correction, Curation, curate

SPAN = Span(31, 81)
"""The clause of the tariff."""


def correction(tables: Tables, table: str, number: int = 0, **parts: Any) -> Correction:
    """A correction of the row of that number."""
    from broadsheet.tables.schema import schemas

    row = tables.arrow(table).to_pylist()[number]
    key = tuple(str(row[column]) for column in schemas()[table].primary_key)
    parts.setdefault("was", {column: row[column] for column in parts.get("cells", {})})
    return Correction(table, key, parts.pop("action", Action.CHANGE), "It is wrong.", SPAN, place="c", **parts)


def applied(tables: Tables, *corrections: Correction) -> Tables:
    """The tables after the corrections."""
    return Tables.of(curate(tables, Curation(corrections)).tables, tables.sources)


def test_a_change_sets_cells_origin_and_evidence(tables: Tables) -> None:
    """The row says that it was corrected, and the new cell points to the correction's characters."""
    after = applied(tables, correction(tables, "tariffs", cells={"product": "copper ore"}))
    row = after.tariffs.iloc[0]
    assert (row["product"], row["origin"], row["tariff_id"]) == ("copper ore", "corrected", tables.tariffs.tariff_id[0])
    evidence = after.evidence.query("row_id == @row.tariff_id and column_name == 'product'")
    assert evidence[["char_start", "char_end"]].values.tolist() == [[SPAN.start, SPAN.end]]
    assert len(after.tariffs) == len(tables.tariffs)


def test_evidence_of_its_own_is_taken(tables: Tables) -> None:
    """A correction may point to the very words of one cell."""
    change = correction(tables, "tariffs", cells={"product": "copper ore"}, evidence={"product": Span(30, 34)})
    after = applied(tables, change)
    evidence = after.evidence.query("row_id == @change.row_id and column_name == 'product'")
    assert evidence[["char_start", "char_end"]].values.tolist() == [[30, 34]]


def test_a_cell_made_null_loses_its_evidence(tables: Tables) -> None:
    """Nothing points to the words of a cell that is empty."""
    change = correction(tables, "tariffs", cells={"rate_text": None})
    after = applied(tables, change)
    assert after.evidence.query("row_id == @change.row_id and column_name == 'rate_text'").empty


def test_an_actor_renamed_is_renamed_in_the_summaries(tables: Tables) -> None:
    """What follows from a corrected cell follows the correction."""
    names = list(tables.actors.name)
    after = applied(tables, correction(tables, "actors", names.index("Ana Soto"), cells={"name": "Ana María Soto"}))
    assert after.events.summary.str.contains("Ana María Soto").any()
    assert not after.events.summary.str.contains("Ana Soto").any()


def test_a_dropped_event_takes_its_participants_along(tables: Tables) -> None:
    """Rows that are nothing without it go too, and so does its evidence."""
    drop = correction(tables, "events", action=Action.DROP)
    after = applied(tables, drop)
    assert drop.row_id not in set(after.events.event_id) | set(after.event_participants.event_id)
    assert drop.row_id not in set(after.evidence.row_id)


def test_a_dropped_quote_closes_the_sequence(tables: Tables) -> None:
    """The quotes that stay are numbered from 1 without a gap."""
    after = applied(tables, correction(tables, "quotes", action=Action.DROP))
    assert list(after.quotes.sequence) == [1]


def test_a_dropped_actor_that_speaks_is_refused(tables: Tables) -> None:
    """The rows that name it are listed, so that the curator corrects them first."""
    speaker = tables.quotes.speaker_id[0]
    number = list(tables.actors.actor_id).index(speaker)
    with pytest.raises(InputError, match=f"speaker_id → {speaker}"):
        applied(tables, correction(tables, "actors", number, action=Action.DROP))


def test_an_added_row_stands_in_reading_order(tables: Tables) -> None:
    """It has the correction's span unless it says another, is marked, and its country is in the dimension."""
    cells: dict[str, Any] = {
        "imposer_code": "BOL",
        "measure": "tariff",
        "action": "impose",
        "status": "in_force",
        "is_retaliation": False,
    }
    key = ("tar_0123456789abcdef",)
    unnamed = {"imposer_code": Span(36, 43)}  # a word that names no other country
    added = Correction("tariffs", key, Action.ADD, "It was missed.", SPAN, cells=cells, evidence=unnamed, place="c")
    after = applied(tables, added)
    row = after.tariffs.query("tariff_id == 'tar_0123456789abcdef'").iloc[0]
    assert (row["origin"], row["char_start"], row["char_end"]) == ("added", SPAN.start, SPAN.end)
    assert "BOL" in set(after.countries.country_code)
    assert after.validate().valid


def test_an_added_row_without_a_required_cell_is_refused(tables: Tables) -> None:
    """The missing columns are named."""
    added = Correction("tariffs", ("tar_0123456789abcdef",), Action.ADD, "Why not.", SPAN, place="c")
    with pytest.raises(InputError, match="without imposer_code, measure, action"):
        applied(tables, added)


def test_a_stale_correction_is_refused(tables: Tables) -> None:
    """One whose row is gone, or whose old value is no longer there; all of them are named at once."""
    gone = replace(correction(tables, "tariffs", cells={"product": "ore"}), key=("tar_0123456789abcdef",), place="c1")
    other = correction(tables, "quotes", cells={"cue": "shout"}, was={"cue": "whisper"})
    with pytest.raises(
        InputError, match=r"no row tar_0123456789abcdef in tariffs.*cue was 'whisper', and is 'say' now"
    ):
        applied(tables, gone, other)


def test_a_correction_that_changes_nothing_is_reported(tables: Tables) -> None:
    """The extractor has learnt it; the row stays extracted."""
    idle = correction(tables, "quotes", cells={"cue": "say"}, was={"cue": "whisper"})
    outcome = curate(tables, Curation((idle,)))
    assert outcome.idle == (idle,)
    assert set(outcome.tables.quotes.origin) == {"extracted"}


def test_the_order_of_corrections_does_not_matter(tables: Tables) -> None:
    """The same file in another order gives the same tables."""
    one = correction(tables, "quotes", cells={"cue": "declare"})
    two = correction(tables, "tariffs", cells={"product": "copper ore"})
    forth, back = applied(tables, one, two), applied(tables, two, one)
    assert all(forth.arrow(name).equals(back.arrow(name)) for name in forth)
