"""The picture of events in time."""

from __future__ import annotations

from datetime import date

import pytest
from views.plot.rows import actor, event, quote, side, tables
from views.plot.scenes import Scene, picture, scene

DAY, MONTH = ("2024-03-05", "2024-03-05", "day"), ("2024-03-01", "2024-03-31", "month")


def places(found: Scene, width: int = 680) -> tuple[float, float]:
    """Least and greatest x of what can be seen."""
    xs = [mark["x"] for kind in ("rect", "symbol") for mark in found.of(kind)]
    return min(xs), max(xs)


@pytest.mark.parametrize(
    ("when", "bars", "points", "arrows"),
    [
        (DAY, 1, 2, 0),
        (MONTH, 2, 1, 0),
        (("2024-03-05", "2024-03-09", "day"), 2, 1, 0),
        (("2024-01-01", "2024-12-31", "year"), 2, 1, 0),
        (("2024-01-01", "2024-03-31", "approximate"), 2, 1, 0),
        (("2024-03-05", None, "day"), 1, 2, 1),
        ((None, "2024-03-05", "day"), 1, 2, 1),
    ],
)
def test_a_day_is_a_point_and_what_is_longer_a_bar(
    when: tuple[str | None, str | None, str], bars: int, points: int, arrows: int
) -> None:
    """Beside one event of a day and one of a month; an open end has an arrow besides."""
    found = scene(tables(event(*DAY, kind="AGREE"), event(*MONTH, kind="AID"), event(*when)), "timeline")
    tips = [mark for mark in found.of("symbol") if mark["description"] is None]
    assert (len(found.of("rect")), len(found.of("symbol")) - len(tips), len(tips)) == (bars, points, arrows)


def test_a_bar_ends_behind_its_last_day() -> None:
    """A month of 31 days is 31 times as long as a day: up to the point of the first of the next month."""
    found = scene(
        tables(event(*MONTH), event("2024-03-01", "2024-03-01"), event("2024-04-01", "2024-04-01")), "timeline"
    )
    (bar,) = found.of("rect")
    first, last = sorted(mark["x"] for mark in found.of("symbol"))
    assert bar["x"] == pytest.approx(first)
    assert bar["x"] + bar["width"] == pytest.approx(last)


@pytest.mark.parametrize("precision", ["year", "approximate"])
def test_what_is_vague_is_lighter(precision: str) -> None:
    """A bar that is not exact shines through."""
    found = scene(tables(event(*MONTH), event("2024-01-01", "2024-12-31", precision)), "timeline")
    exact, vague = (bar["fillOpacity"] for bar in sorted(found.of("rect"), key=lambda bar: float(bar["width"])))
    assert vague < exact


@pytest.mark.parametrize(
    ("when", "side_of_end"),
    [(("2024-03-05", None, "day"), "triangle-right"), ((None, "2024-03-05", "day"), "triangle-left")],
)
def test_an_open_end_leads_away(when: tuple[str | None, str | None, str], side_of_end: str) -> None:
    """A dashed line and an arrowhead, on the side of the unknown date."""
    found = scene(tables(event(*when)), "timeline")
    (point,) = [mark for mark in found.of("symbol") if mark["description"]]
    (tip,) = found.of("symbol", shape=side_of_end)
    assert (tip["x"] > point["x"]) == (side_of_end == "triangle-right")
    assert any(mark["strokeDash"] == [3, 2] for mark in found.of("rule"))


def test_statuses_differ_in_form() -> None:
    """Four statuses have four forms, and what is planned is hollow."""
    statuses = ("occurred", "ongoing", "planned", "denied")
    found = scene(tables(*(event(*DAY, status=status, summary=status) for status in statuses)), "timeline")
    forms = {mark["description"]: (mark["shape"], mark["fillOpacity"]) for mark in found.of("symbol")}
    assert len({form for form, _ in forms.values()}) == 4
    assert [status for status in statuses if not forms[status][1]] == ["planned"]


def test_classes_differ_in_colour() -> None:
    """The types of one class of PLOVER have one colour, and no other class has it."""
    classes = (("AGREE", "CONCEDE"), ("COOPERATE", "RETREAT"), ("REQUEST", "THREATEN"), ("PROTEST", "ASSAULT"))
    rows = [event(*DAY, kind=kind, summary=kind) for kinds in classes for kind in kinds]
    colours = {mark["description"]: mark["fill"] for mark in scene(tables(*rows), "timeline").of("symbol")}
    assert [len({colours[kind] for kind in kinds}) for kinds in classes] == [1, 1, 1, 1]
    assert len(set(colours.values())) == 4


def test_what_has_no_date_is_counted() -> None:
    """In the lane of its type, where others of the type may have one."""
    found = scene(tables(event(*DAY), event(), event(), event(kind="SANCTION")), "timeline")
    assert sorted(found.said("text")) == ["CONSULT: 2 undated", "SANCTION: 1 undated"]
    assert found.axis[-2:] == ("Consult", "Sanction")


def test_where_nothing_has_a_date_the_counts_stay() -> None:
    """The picture has no axis then, and no fault."""
    assert scene(tables(event(), event()), "timeline").said("text") == ["CONSULT: 2 undated"]


def test_lanes_keep_the_order_of_the_types() -> None:
    """That of PLOVER: from agreement to assault."""
    found = scene(tables(*(event(*DAY, kind=kind) for kind in ("ASSAULT", "AGREE", "REJECT", "AID"))), "timeline")
    assert [word for word in found.axis if word.isalpha()] == ["Agree", "Aid", "Reject", "Assault"]


def test_a_few_events_are_named() -> None:
    """Each on a line of its own: who, to whom, what."""
    talks = event(*DAY)
    rows = (talks, event(*DAY), side(talks, "ada"), side(talks, "bo", "recipient"))
    found = scene(tables(*rows), "timeline")
    assert "Ada → Bo: met" in found.words
    assert len({mark["y"] for mark in found.of("symbol")}) == 2


def test_many_events_share_the_lane_of_their_type() -> None:
    """Forty days in one lane: forty points, one label, no words."""
    rows = [
        event(day, day) for day in (date(2024, 1, 1 + n % 28).replace(month=1 + n // 28).isoformat() for n in range(40))
    ]
    found = scene(tables(*rows), "timeline")
    assert len(found.of("symbol")) == 40
    assert [word for word in found.axis if word.isalpha() and word == "Consult"] == ["Consult"]
    assert not [mark for mark in found.of("text") if mark["text"] == "met"]


def test_of_many_events_equal_ones_are_one_mark() -> None:
    """Equal events of a corpus share a mark, which has their number and represents all of them."""
    rows = [event(*DAY) for _ in range(40)] + [event("2024-03-06", "2024-03-06")]
    assert len(picture(tables(*rows), "timeline").data["events"]) == 41
    assert len(scene(tables(*rows), "timeline").of("symbol")) == 2
    assert len(scene(tables(*rows[-30:]), "timeline").of("symbol")) == 30


@pytest.mark.parametrize(
    ("last", "tick"), [("2026-05-01", "2025"), ("2024-09-30", "Jun 2024"), ("2024-03-12", "10 Mar 2024")]
)
def test_ticks_tell_their_year(last: str, tick: str) -> None:
    """Whether they are years, months or days."""
    assert tick in scene(tables(event(*DAY), event(last, last)), "timeline").axis


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-07-20"])
def test_any_day_of_a_table_can_be_drawn(day: str) -> None:
    """The first, the last, and one before computers count."""
    found = scene(tables(event(day, day), event("2024-03-01", "2024-03-31", "month")), "timeline")
    assert len(found.of("symbol")) == 1
    least, greatest = places(found)
    assert 0 <= least <= greatest <= 680


def test_answers_are_columns_of_the_table() -> None:
    """What a mark knows is what the table has, cell by cell."""
    drawn = picture(tables(event(*MONTH), names=[actor("ada")]), "timeline")
    (line,) = drawn.data["events"].to_dict("records")
    answer = {column: line[field] for field, column in drawn.answers.items() if field != "own"}
    assert drawn.answers["own"] == "event_id"
    assert answer == {
        "type": "CONSULT",
        "status": "occurred",
        "date_start": "2024-03-01",
        "date_end": "2024-03-31",
        "date_precision": "month",
    }


def test_no_events_is_said() -> None:
    """Quotes alone make no line of time."""
    assert "The tables have nothing to show here." in scene(tables(quote(3)), "timeline").words
