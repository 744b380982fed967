"""Events of sentences as codings of countries."""

from __future__ import annotations

import pytest

from broadsheet.quality.evaluation.events import Coding, codings, score_events
from broadsheet.quality.evaluation.measure import Count


def case(*golds: tuple[str | None, str | None, str | None]) -> dict[str, object]:
    """A sentence with codings: country of the actor, country of the recipient, type."""
    rows = [{"actor_country": a, "recipient_country": r, "type": kind} for a, r, kind in golds]
    return {"id": "a", "text": "Peru and Chile.", "gold": rows}


def test_type_countries_and_both() -> None:
    """The right countries with another type, and the reverse, are right in one measure each."""
    scores = score_events(case(("PER", "CHL", "ACCUSE")), [("PER", "CHL", "REJECT"), ("CHL", None, "ACCUSE")])
    assert scores.counts == {
        "events.type": Count(1, 2, 1),
        "events.countries": Count(1, 2, 1),
        "events.joint": Count(0, 2, 1),
    }
    assert [(f.kind, f.gold or f.given) for f in scores.faults] == [
        ("missed", ["ACCUSE", "PER", "CHL"]),
        ("spurious", ["ACCUSE", "CHL", ""]),
        ("spurious", ["REJECT", "PER", "CHL"]),
    ]


@pytest.mark.parametrize(
    ("gold", "given", "joint"),
    [
        (("PER", "CHL", "CONSULT"), ("CHL", "PER", "CONSULT"), Count(1, 1, 1)),
        (("PER", "CHL", "ACCUSE"), ("CHL", "PER", "ACCUSE"), Count(0, 1, 1)),
        (("IGO", "CHL", "AID"), ("EUU", "CHL", "AID"), Count(1, 1, 1)),
        (("PER", None, "PROTEST"), ("PER", None, "PROTEST"), Count(1, 1, 1)),
        ((None, None, "PROTEST"), (None, None, "PROTEST"), Count(0, 0, 0)),
        (("PER", "CHL", None), ("PER", "CHL", "AID"), Count(0, 1, 0)),
    ],
    ids=["mutual", "directed", "a union is a body of several", "one side", "no country", "an act that is no event"],
)
def test_what_is_compared(gold: Coding, given: Coding, joint: Count) -> None:
    """Sets of distinct items; some types have no direction, and without countries there is only a type."""
    counts = score_events(case(gold), [given, given]).counts
    assert counts.get("events.joint", Count()) == joint


@pytest.mark.parametrize(
    ("participants", "expected"),
    [
        ([("actor", "PER", "country"), ("recipient", "CHL", "person")], [("PER", "CHL")]),
        ([("actor", "PER", "country"), ("actor", "CHL", "country")], [("PER", "CHL")]),
        (
            [("actor", "PER", "country"), ("recipient", "CHL", "country"), ("recipient", "BOL", "country")],
            [("PER", "CHL"), ("PER", "BOL")],
        ),
        ([("actor", None, "organization"), ("recipient", "CHL", "country")], [("IGO", "CHL")]),
        ([("actor", None, "person")], [(None, None)]),
    ],
    ids=["actor and recipient", "two sides", "several recipients", "a body of no country", "nobody known"],
)
def test_codings_of_an_event(
    participants: list[tuple[str, str | None, str]], expected: list[tuple[str | None, str | None]]
) -> None:
    """Each actor with each recipient; the sides of a mutual event with one another."""
    assert codings(participants, "AID") == [(actor, recipient, "AID") for actor, recipient in expected]
