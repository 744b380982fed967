"""The network of actors."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from views.plot.rows import actor, event, figure, quote, side, tables
from views.plot.scenes import picture, scene

import broadsheet
from broadsheet.views.plot.placing import HEIGHT, MOST, WIDTH

if TYPE_CHECKING:
    from broadsheet import Tables

SAID = re.compile(r"(.+), (event|quote|money): (\d+) rows?")
CAST = [actor(name) for name in ("ada", "bo", "cy", "dee")]


def links(found: Tables) -> list[tuple[str, str, str, bool]]:
    """The lines of the data set: source, target, kind, and whether it is mutual."""
    frame = picture(found, "network").data["links"]
    return [(row["source"], row["target"], row["kind"], row["mutual"]) for row in frame.to_dict("records")]


def test_an_event_joins_its_doers_with_those_it_is_done_to() -> None:
    """Each with each; doers are not joined where there is somebody else."""
    visit = event("2024-03-05", "2024-03-05")
    sides = (side(visit, "ada"), side(visit, "bo"), side(visit, "cy", "recipient"), side(visit, "dee", "recipient"))
    pairs = [("ada", "cy"), ("ada", "dee"), ("bo", "cy"), ("bo", "dee")]
    assert links(tables(visit, *sides, names=CAST)) == [(*pair, "event", False) for pair in pairs]


def test_a_mutual_event_joins_its_doers() -> None:
    """With one another, each pair once and without a direction."""
    talks = event()
    sides = (side(talks, "cy"), side(talks, "ada"), side(talks, "bo"))
    pairs = [("ada", "bo"), ("ada", "cy"), ("bo", "cy")]
    assert links(tables(talks, *sides, names=CAST)) == [(*pair, "event", True) for pair in pairs]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (quote(3, "ada", addressee="bo"), [("ada", "bo", "quote", False)]),
        (quote(3, "ada"), []),
        (quote(3, None, addressee="bo"), []),
        (quote(3, "ada", addressee="ada"), []),
        (figure("5", payer="bo", payee="ada"), [("bo", "ada", "money", False)]),
        (figure("5", payer="bo"), []),
    ],
)
def test_only_what_the_tables_say_joins(row: object, expected: list[tuple[str, str, str, bool]]) -> None:
    """A speaker is linked with the addressee, a payer with the payee, and no actor with itself."""
    assert links(tables(row)) == expected  # type: ignore[arg-type]


def test_numbers_are_those_of_the_published_dataset() -> None:
    """Each line represents as many rows as a count in Python finds."""
    published = broadsheet.load()
    expected: Counter[tuple[str, str, str]] = Counter()
    for _, sides in published.event_participants.groupby("event_id"):
        doers = sorted(sides[sides.role == "actor"].actor_id)
        others = sides[sides.role == "recipient"].actor_id
        pairs = product(doers, others) if len(others) else combinations(doers, 2)
        expected.update((*pair, "event") for pair in pairs)
    for table, ends, kind in (
        (published.quotes, ("speaker_id", "addressee_id"), "quote"),
        (published.financial_figures, ("payer_id", "payee_id"), "money"),
    ):
        expected.update((*pair, kind) for pair in table[list(ends)].dropna().itertuples(index=False, name=None))
    names = published.actors.set_index("actor_id").name
    counted: Counter[tuple[frozenset[str], str]] = Counter()
    for (source, target, kind), number in expected.items():
        counted[frozenset((names[source], names[target])), kind] += number
    drawn: Counter[tuple[frozenset[str], str]] = Counter()
    for text in scene(published, "network").said("rule"):
        match = SAID.fullmatch(text)
        assert match is not None, text
        drawn[frozenset(re.split(" [–→] ", match[1])), match[2]] += int(match[3])
    assert drawn == counted


def test_lines_of_one_pair_stand_side_by_side() -> None:
    """What is said and what is paid both ways are four lines, each with its own dash, arrow and place."""
    rows = (
        quote(3, "ada", addressee="bo"),
        quote(3, "bo", addressee="ada"),
        figure("5", payer="ada", payee="bo"),
        figure("6", payer="bo", payee="ada"),
    )
    found = scene(tables(*rows), "network")
    lines = [mark for mark in found.of("rule") if mark["description"]]
    assert len(lines) == 4
    assert len({frozenset(((mark["x"], mark["y"]), (mark["x2"], mark["y2"]))) for mark in lines}) == 4
    assert len({tuple(mark["strokeDash"]) for mark in lines}) == 2
    arrows = [mark["angle"] % 360 for mark in found.of("symbol") if not mark["description"]]
    assert len(arrows) == 4
    assert len({round(angle) for angle in arrows}) == 2


def test_more_rows_are_wider_and_larger() -> None:
    """A line by its rows, a point by all that join it."""
    rows = [quote(3, "ada", addressee="bo") for _ in range(9)]
    found = scene(tables(*rows, quote(3, "bo", addressee="cy"), names=CAST), "network")
    widths = {
        mark["description"].split(", ")[0]: mark["strokeWidth"] for mark in found.of("rule") if mark["description"]
    }
    assert widths["Ada → Bo"] > 1.5 * widths["Bo → Cy"]
    sizes = {mark["description"]: mark["size"] for mark in found.of("symbol") if mark["description"]}
    assert sizes["Bo, person: 10 links"] > sizes["Ada, person: 9 links"] > sizes["Cy, person: 1 link"]


def test_kinds_of_actors_differ_in_form() -> None:
    """A person is none of the other three."""
    kinds = ("person", "organization", "country", "group")
    cast = [actor(kind, kind=kind) for kind in kinds]
    rows = [quote(3, one, addressee=two) for one, two in combinations(kinds, 2)]
    found = scene(tables(*rows, names=cast), "network")
    assert len({mark["shape"] for mark in found.of("symbol") if mark["description"]}) == 4


def test_the_forty_with_most_links_are_shown() -> None:
    """Ties are broken by key."""
    cast = [actor(f"a{number:03}") for number in range(101)]
    rows = [quote(1, "a100", addressee=f"a{number:03}") for number in range(100)]
    found = scene(tables(*rows, names=cast), "network")
    shown = {mark["description"].split(",")[0] for mark in found.of("symbol") if mark["description"]}
    assert shown == {"A100", *(f"A{number:03}" for number in range(MOST - 1))}


@pytest.mark.parametrize("number", [2, 3, 40])
def test_points_stand_apart_in_the_picture(number: int) -> None:
    """All of them, at places of their own."""
    cast = [actor(f"a{at:03}") for at in range(number)]
    rows = [quote(1, f"a{at:03}", addressee=f"a{(at * 7 + 1) % number:03}") for at in range(number)]
    drawn = picture(tables(*rows, names=cast), "network")
    assert drawn.place is not None
    nodes = drawn.place(drawn.data)["nodes"]
    places = list(zip(nodes["x"], nodes["y"], strict=True))
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)
    assert all(abs(x - u) + abs(y - v) > 20 for (x, y), (u, v) in combinations(places, 2))


def test_places_are_found_again() -> None:
    """The same rows give the same picture, to the last digit."""
    published = broadsheet.load()
    drawn = picture(published, "network")
    assert drawn.place is not None
    first, second = (drawn.place(drawn.data)["nodes"].to_dict("records") for _ in range(2))
    assert first == second


def test_no_links_is_said() -> None:
    """Actors alone are no network."""
    assert "The tables have nothing to show here." in scene(tables(quote(3)), "network").words
