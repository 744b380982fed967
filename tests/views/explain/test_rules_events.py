"""The rules of events and of those who took part in them tell what decided."""

from __future__ import annotations

import pytest
from firing import fired, ours, says, under

from broadsheet.extraction.rules import rule_texts

MET = "Ada Lund, the prime minister of Norway, met officials of Chile in Lima on Monday to talk about fishing rights."
SAID = [
    ("events", "type", 'the score of CONSULT for "met" exceeds that of no event by'),
    ("events", "status", 'occurred has the highest score for "met"'),
    ("events", "date_text", 'of the dates nearby, "Monday" has the highest score for the word that names the event'),
    ("events", "date_start", '"Monday" '),
    ("event_participants", "actor_id", '"Ada Lund" is a mention of the actor by its name'),
    ("event_participants", "role", 'its score as actor of "met'),
]
"""Table, column, and the beginning of what is said of a cell."""


@pytest.mark.parametrize(("table", "column", "told"), SAID)
def test_what_is_said_of_a_cell(table: str, column: str, told: str) -> None:
    """The sentence of a rule has the words that made it fire."""
    assert any(sentence.startswith(told) for sentence in says(f"{MET}\n", table, column))


def test_a_cell_of_an_event_has_the_rule_of_its_score() -> None:
    """Type, status and roles are scored."""
    assert "events.type.scored" in fired(f"{MET}\n", "type")
    assert "events.status.scored" in fired(f"{MET}\n", "status")
    assert "event_participants.role.scored" in fired(f"{MET}\n", "role")


CORRECTIONS = (
    *(f"events.status.{name}" for name in ("announced", "begun", "future", "over", "refusal")),
    "events.date_text.announced",
    "events.joined.headline",
)
"""Rules that decide in a few articles of the corpus, and in none of ours."""


@pytest.mark.parametrize(
    "rule",
    [
        r
        for r in rule_texts()
        if r.startswith(("events.joined", "events.status", "events.date_text")) and r not in CORRECTIONS
    ],
)
def test_rules_of_events_fire_in_our_articles(rule: str) -> None:
    """No sentence is kept for a branch that no article takes."""
    assert any(rule in {r.id for r in under(given)} for _, cells in ours() for *_, given in cells if given is not None)
