"""What the words around a row rule out; in all other cases nothing is said."""

from __future__ import annotations

from typing import Any

import pytest
from quality.validation.readings.rows import row

from broadsheet.quality.validation.readings import context

ACTORS: dict[str, tuple[str, str, str | None]] = {
    "peru": ("Peru", "country", "PER"),
    "chile": ("Chile", "country", "CHL"),
}


@pytest.mark.parametrize(
    ("text", "trigger", "status", "said"),
    [
        ("Peru will visit Chile.", "visit", "occurred", "the text has «will visit»"),
        ("Peru will visit Chile.", "visit", "ongoing", "the text has «will visit»"),
        ("Peru shall soon visit Chile.", "visit", "occurred", None),
        ("Peru shall surely visit Chile.", "visit", "occurred", "the text has «surely visit»"),
        ("Peru will be hosted.", "hosted", "occurred", "the text has «be hosted»"),
        ("Peru will visit Chile.", "visit", "planned", None),
        ("Peru did visit Chile.", "visit", "occurred", None),
        ("That is its will.\n\nVisit Chile.", "Visit", "occurred", None),
        ("Peru has visited Chile.", "visited", "planned", "the text has «has visited»"),
        ("They have already met Chile.", "met", "planned", "the text has «already met»"),
        ("They who visited Chile.", "visited", "planned", None),
        ("Peru has been visited.", "visited", "planned", None),
        ("Peru visited Chile.", "visited", "planned", "the text has «Peru visited»"),
        ("Peru has visit Chile.", "visit", "planned", None),
        ("Peru has visited by night.", "visited", "planned", None),
        ("Peru visited Chile.", "visited", "occurred", None),
        ("Peru visited Chile.", "visited", None, None),
    ],
)
def test_the_status_of_an_event(text: str, trigger: str, status: str | None, said: str | None) -> None:
    """What will be done has not occurred; what has been done is not planned."""
    mentions = [("Peru", "peru", "name")] if text.startswith("Peru") else []
    cells: dict[str, Any] = {"status": status, "type": "ACCUSE"}
    one = row("events", text, evidence={"trigger": trigger}, mentions=mentions, actors=ACTORS, **cells)
    assert context.event_status(one) == said
    assert context.event_status(row("events", text, status=status, type="ACCUSE")) is None
    if status == "planned":
        called = row("events", text, evidence={"trigger": trigger}, mentions=mentions, status=status, type="CONSULT")
        assert context.event_status(called) is None  # a meeting may be called


@pytest.mark.parametrize(
    ("text", "words", "action", "status", "said"),
    [
        ("Peru will abolish the duty.", "abolish", "remove", "in_force", "the text has «will abolish»"),
        ("Peru will abolish the duty.", "abolish", "remove", "ended", "the text has «will abolish»"),
        ("Peru will abolish the duty.", "abolish", "remove", "announced", None),
        ("Peru will abolish the duty.", "abolish", "impose", "in_force", None),
        ("Peru will abolish the duty.", "abolish", "maintain", "in_force", None),
        ("Peru may abolish the duty.", "abolish", "remove", "in_force", None),
        ("Peru will abolish the duty.", None, "remove", "in_force", None),
    ],
)
def test_the_status_of_a_measure(text: str, words: str | None, action: str, status: str, said: str | None) -> None:
    """What will be taken is not in force."""
    evidence = {"action": words} if words else {}
    assert context.tariff_status(row("tariffs", text, evidence=evidence, action=action, status=status)) == said


@pytest.mark.parametrize(
    ("text", "is_retaliation", "is_right"),
    [
        ("Peru imposed a duty in retaliation.", True, True),
        ("Peru hit back with a duty.", True, True),
        ("Peru imposed a duty.", True, False),
        ("Peru imposed a duty.", False, True),
        ("Peru imposed a duty.", None, True),
    ],
)
def test_a_retaliation(text: str, is_retaliation: bool | None, is_right: bool) -> None:
    """It is told by a word of answering."""
    said = context.retaliation(row("tariffs", text, is_retaliation=is_retaliation))
    assert said == (None if is_right else "no word of the article says so")


NOBODY = "nothing in the paragraph says that the office is to be taken up"


@pytest.mark.parametrize(
    ("text", "tenure", "said"),
    [
        ("The former minister spoke.", "current", "the text has «former minister»"),
        ("The former minister spoke.", "former", None),
        ("The Former minister spoke.", "current", "the text has «former minister»"),
        ("The ex-minister spoke.", "current", "the text has «ex minister»"),
        ("The incoming minister spoke.", "current", "the text has «incoming minister»"),
        ("The incoming minister spoke.", "nominated", None),
        ("The acting minister spoke.", "former", None),
        ("The former (minister) spoke.", "current", None),
        ("The minister spoke.", "former", None),
        ("The minister spoke.", "nominated", NOBODY),
        ("The minister spoke, who was appointed.", "nominated", None),
        ("The minister spoke.\n\nHe was appointed.", "nominated", NOBODY),
        ("He was appointed.\n\nThe minister spoke.", "nominated", NOBODY),
        ("The former minister spoke.", None, None),
    ],
)
def test_the_tenure_of_a_role(text: str, tenure: str | None, said: str | None) -> None:
    """A word before the title tells it; a nominee is called one."""
    assert context.tenure(row("actor_roles", text, "minister", tenure=tenure)) == said
    assert context.tenure(row("actor_roles", text, tenure=tenure)) is None


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        (["loan"], "fine", "«loan» is loan"),
        (["loan"], "loan", None),
        (["loan"], "other", None),
        (["loan"], None, None),
        (["talk"], "fine", None),
        (["loan", "talk"], "fine", None),
        ([], "fine", None),
    ],
)
def test_the_kind_of_a_figure(words: list[str], kind: str | None, said: str | None) -> None:
    """A loan is no fine."""
    one = row("financial_figures", "A talk about a loan.", evidence={"kind": words}, kind=kind)
    assert context.figure_kind(one) == said


LENT = "Peru advanced Chile 5 million."


@pytest.mark.parametrize(
    ("text", "cue", "kind", "sides", "said"),
    [
        (LENT, "advanced", "loan", {"payer_id": "Peru", "payee_id": "Chile"}, None),
        (LENT, "advanced", "loan", {"payee_id": "Peru", "payer_id": "Chile"}, "«Peru advanced» names the other side"),
        (LENT, "advanced", "loan", {"payee_id": "Peru"}, "«Peru advanced» names the other side"),
        (LENT, "advanced", "loan", {"payer_id": "Peru"}, None),
        (LENT, "advanced", "loan", {}, None),
        (LENT, "advanced", "price", {"payee_id": "Peru"}, None),
        (LENT, None, "loan", {"payee_id": "Peru"}, None),
        ("Peru, as it was said on that day, advanced it.", "advanced", "loan", {"payee_id": "Peru"}, None),
        (
            "Peru rested then. It advanced 5 to Chile.",
            "advanced",
            "loan",
            {"payee_id": "Peru", "payer_id": "Chile"},
            None,
        ),
        ("Peru was advanced 5 by Chile.", "advanced", "loan", {"payee_id": "Peru", "payer_id": "Chile"}, None),
    ],
)
def test_the_sides_of_a_payment(text: str, cue: str | None, kind: str, sides: dict[str, str], said: str | None) -> None:
    """The subject of an active verb that lends is the payer."""
    evidence = {**({"kind": cue} if cue else {}), **sides}
    assert context.paying(row("financial_figures", text, evidence=evidence, kind=kind)) == said


@pytest.mark.parametrize(
    ("text", "how", "said"),
    [
        ("Lund walked home. They said so.", "named", "«Lund» is in another sentence than «said»"),
        ("Lund walked home. They said so.", "pronoun", "«Lund» is in another sentence than «said»"),
        ("Lund walked home. They said so.", "collective", None),
        ("Lund walked home and said so.", "named", None),
        ("They said so. It was late. Then came Lund.", "named", "«Lund» is in another sentence than «said»"),
        ("Lund of the U.S. said so.", "named", None),
        ("Lund went\n\nand said so.", "named", "«Lund» is in another sentence than «said»"),
    ],
)
def test_the_sentence_of_the_speaker(text: str, how: str, said: str | None) -> None:
    """It is that of the reporting verb."""
    evidence = {"cue": "said", "speaker_text": "Lund"}
    assert context.speaker(row("quotes", text, evidence=evidence, attribution=how)) == said
    for column in evidence:
        alone = {column: evidence[column]}
        assert context.speaker(row("quotes", text, evidence=alone, attribution=how)) is None


FLIPPED = [("chile", "actor", "Chile"), ("peru", "recipient", "Peru")]


def accused(text: str, participants: Any, **cells: Any) -> Any:
    """An event whose trigger is the verb."""
    trigger = next(verb for verb in ("accused", "accuse", "invited", "said") if verb in text)
    mentions = [(name, name.lower(), "name") for name in ("Peru", "Chile") if name in text]
    mentions.sort(key=lambda mention: text.index(mention[0]))
    given = {"type": "ACCUSE", **cells}
    return row(
        "events",
        text,
        evidence={"trigger": trigger},
        mentions=mentions,
        actors=ACTORS,
        participants=participants,
        **given,
    )


@pytest.mark.parametrize(
    ("text", "participants", "cells", "said"),
    [
        ("Peru accused Chile.", FLIPPED, {}, "«Peru» acts in «Peru accused Chile»"),
        ("Peru accused Chile.", [("peru", "actor", "Peru"), ("chile", "recipient", "Chile")], {}, None),
        ("Peru accused Chile.", [], {}, None),
        ("Peru accused Chile.", FLIPPED[:1], {}, None),
        ("Peru accused Chile.", FLIPPED[1:], {}, None),
        ("Peru accused Chile.", [*FLIPPED, ("x", "actor", "Chile")], {}, None),
        ("Peru accused Chile.", [*FLIPPED, ("x", "recipient", "Chile")], {}, None),
        ("Peru was accused: Chile.", FLIPPED, {}, None),
        ("Peru accused “Chile.”", FLIPPED, {}, None),
        ("Peru had gone; accuse Chile.", FLIPPED, {}, None),
        ("Peru invited Chile.", FLIPPED, {"type": "REQUEST"}, "«Peru» acts in «Peru invited Chile»"),
        ("Peru accused Chile.", FLIPPED, {"type": "CONSULT"}, None),
        ("Peru, whose fish was bad all year, accused Chile.", FLIPPED, {}, None),
        ("Peru accused of it, and of so much more, Chile.", FLIPPED, {}, None),
    ],
)
def test_the_sides_of_an_event(text: str, participants: Any, cells: dict[str, Any], said: str | None) -> None:
    """Who is named close before an active verb acts on who is named close after it."""
    assert context.sides(accused(text, participants, **cells)) == said


@pytest.mark.parametrize(
    ("text", "participants", "said"),
    [
        ("Peru accused Chile.", FLIPPED, None),
        ("Peru accused Chile.", FLIPPED[:1], "«Peru» is named beside the verb"),
        ("Peru accused Chile.", FLIPPED[1:], "«Chile» is named beside the verb"),
        ("Peru has accused Chile.", FLIPPED[:1], "«Peru» is named beside the verb"),
        ("Peru then accused Chile.", FLIPPED[:1], None),
        ("The mayor of Peru accused Chile.", FLIPPED[:1], None),
        ("Lund, Peru accused Chile.", FLIPPED[:1], None),
        ("Peru accused Chile's banks.", FLIPPED[1:], None),
        ("Peru accused Chile-born men.", FLIPPED[1:], None),
        ("Peru accused Chile x.", FLIPPED[1:], None),
        ("Peru accused the Chile.", FLIPPED[1:], None),
        ("Peru was accused: Chile.", FLIPPED[:0], None),
    ],
)
def test_who_takes_part(text: str, participants: Any, said: str | None) -> None:
    """Who is named directly before an active verb, or directly after it."""
    assert context.takes_part(accused(text, participants)) == said
