"""What a reading sees of a row: its span, its evidence, and who is named there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from quality.validation.readings.rows import ARTICLE, row

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings.rows import Named, Text, World, records, short, span_of, touching
from broadsheet.reading import Article
from broadsheet.tables.schema import schemas

TEXT = "The Sea Fund (the “FDM”) paid Ada Lund."


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((0, 3), ""),
        ((0, 4), "a"),
        ((4, 5), "a"),
        ((6, 7), ""),
        ((6, 9), "b"),
        ((5, 9), "ab"),
        ((6, 14), "bc"),
        ((0, 99), "abc"),
        ((14, 20), ""),
    ],
)
def test_what_shares_a_character(span: tuple[int, int], found: str) -> None:
    """Neighbours that only meet share none."""
    members = [Named(Span(*place), name, "") for place, name in (((3, 6), "a"), ((7, 9), "b"), ((11, 14), "c"))]
    assert "".join(one.actor_id for one in touching(members, Span(*span))) == found


@pytest.mark.parametrize(
    ("start", "end", "is_span"),
    [(0, 1, True), (3, 3, False), (4, 3, False), (-1, 3, False), (None, 3, False), (3, None, False)],
)
def test_spans(start: int | None, end: int | None, is_span: bool) -> None:
    """A span has at least one character."""
    expected = Span(start or 0, end or 0) if is_span else None
    assert span_of({"char_start": start, "char_end": end}) == expected
    assert span_of({}) is None


def test_a_text_in_a_message() -> None:
    """On one line, cut where it is long."""
    assert short("a\n b") == "«a b»"
    assert short("x" * 60) == f"«{'x' * 60}»"
    assert short("x" * 61) == f"«{'x' * 59}…»"
    assert short("abcd", 3) == "«ab…»"


def test_the_evidence_of_a_row() -> None:
    """The pieces of one cell, in the row's article and inside its text."""
    one = row("events", TEXT, "paid Ada Lund.", {"trigger": ["paid", "Lund"], "place": "Sea"})
    assert one.key == "the-row"
    assert one.span == Span(TEXT.index("paid"), len(TEXT))
    assert one.words("trigger") == ["paid", "Lund"]
    assert one.whole("trigger") == Span(TEXT.index("paid"), TEXT.index("."))
    assert one.words("status") == []
    assert one.whole("status") is None
    elsewhere = replace(one, article="art_1")
    assert elsewhere.spans("trigger") == []
    outside = replace(one, cells={**one.cells, "char_end": len(TEXT) + 1})
    assert outside.span is None
    cut = replace(one, source=Text(TEXT[:30], None, "en"))
    assert cut.words("trigger") == ["paid"]


def test_who_is_named() -> None:
    """Mentions of the forms asked for, of actors that the table has."""
    one = row(
        "events",
        TEXT,
        mentions=[
            ("Sea Fund", "fund", "name"),
            ("FDM", "fund", "alias"),
            ("Ada Lund", "ada", "name"),
            (".", "no", "name"),
        ],
        actors={"fund": ("Sea Fund", "organization", None), "ada": ("Ada Lund", "person", None)},
    )
    whole = Span(0, len(TEXT))
    assert [actor["name"] for actor in one.world.named_at(ARTICLE, whole)] == ["Sea Fund", "Sea Fund", "Ada Lund"]
    named = one.world.named_at(ARTICLE, whole, frozenset({"alias"}))
    assert [actor["name"] for actor in named] == ["Sea Fund"]
    assert one.world.named_at("art_1", whole) == []
    assert one.world.given(ARTICLE) == {("fund", "FDM")}


@pytest.mark.parametrize(
    ("text", "actor", "is_given"),
    [
        ("The Fund (FDM) paid.", "fund", True),
        ("The Fund(FDM) paid.", "fund", True),
        ("The Fund (the “FDM”) paid.", "fund", True),
        ("The Fund FDM paid.", "fund", False),
        ("The Fund (once FDM) paid.", "fund", False),
        ("The Fund (FDM) paid.", "ada", False),
    ],
)
def test_names_in_brackets(text: str, actor: str, is_given: bool) -> None:
    """A mention in brackets directly behind one of the same actor."""
    one = row("events", text, mentions=[("Fund", "fund", "name"), ("FDM", actor, "alias")])
    assert one.world.given(ARTICLE) == ({("fund", "FDM")} if is_given else set())


def test_what_the_package_knows_of_an_article() -> None:
    """Day and language of the source, or of the package where the source has none."""
    known = {"published_on": date(2024, 5, 10), "language": "pt"}
    source = Article("Text.\n")
    assert Text.of(source, known) == Text(source.text, date(2024, 5, 10), "pt")
    assert Text.of(source, {"published_on": None, "language": None}) == Text(source.text, None, "en")
    assert Text.of(source) == Text(source.text, None, "en")
    dated = replace(source, published_on=date(2020, 1, 1), language="fr")
    assert Text.of(dated, known) == Text(source.text, date(2020, 1, 1), "fr")


def frames(**tables: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Tables with these rows; the others are empty."""
    return {
        name: pd.DataFrame(tables.get(name, ()), columns=[*schema.columns]).convert_dtypes()
        for name, schema in schemas().items()
    }


def test_the_tables_of_a_package() -> None:
    """Mentions are in the order of their ends; rows without a span are left out; the first of two actors counts."""
    place = {"article_id": "a", "char_start": 1, "char_end": 5}
    world = World.of(
        frames(
            articles=[{"article_id": "a", "published_on": date(2024, 5, 10), "language": "en"}],
            actors=[{"actor_id": "x", "name": "X", "kind": "person"}, {"actor_id": "x", "name": "Y", "kind": "group"}],
            mentions=[
                {**place, "actor_id": "x", "form": "name", "char_start": 6, "char_end": 9},
                {**place, "actor_id": "y", "form": "alias"},
                {**place, "actor_id": "z", "form": "name", "char_end": 1},
            ],
            evidence=[
                {**place, "row_id": "eve_1", "column_name": "trigger"},
                {**place, "row_id": "eve_1", "column_name": "trigger", "char_end": 3},
                {**place, "row_id": "eve_1", "column_name": "place", "char_end": None},
            ],
            event_participants=[
                {**place, "event_id": "eve_1", "actor_id": "x", "role": "actor"},
                {**place, "event_id": "eve_1", "actor_id": "y", "role": "actor", "char_start": -1},
            ],
        ),
        {"a": Article("Text of it.\n")},
    )
    assert world.texts["a"].published_on == date(2024, 5, 10)
    assert world.actors["x"]["name"] == "X"
    assert [(m.actor_id, m.form) for m in world.mentions["a"]] == [("y", "alias"), ("x", "name")]
    assert world.evidence == {("eve_1", "trigger"): [("a", Span(1, 5)), ("a", Span(1, 3))]}
    assert world.participants == {"eve_1": [("x", "actor", Span(1, 5))]}


def test_records() -> None:
    """Rows as plain values; none where a column is missing."""
    frame = pd.DataFrame({"a": [1, None], "b": ["x", None]}).convert_dtypes()
    assert list(records(frame, ("a", "b"))) == [{"a": 1, "b": "x"}, {"a": None, "b": None}]
    assert list(records(frame, ("a",))) == [{"a": 1}, {"a": None}]
    assert list(records(frame, ("a", "c"))) == []
