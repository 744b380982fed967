"""Scores the events of single sentences against hand codings.

A line of the gold has ``id``, ``text``, ``date`` (or null) and ``gold``, a list of codings with ``type`` (PLOVER),
``actor_country`` and ``recipient_country`` (ISO 3166-1 alpha-3; ``IGO`` for an intergovernmental body).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.measure import Count, Fault, Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MUTUAL = frozenset(["AGREE", "CONSULT", "COOPERATE"])
"""Types for which actor and recipient are interchangeable."""

Coding = tuple[str | None, str | None, str | None]
"""Country of the actor, country of the recipient, type."""


def score_events(case: Mapping[str, Any], given: Iterable[Coding]) -> Scores:
    """Scores one sentence by sets of distinct items.

    The measures are ``events.type``, ``events.countries`` and ``events.joint``, which requires both.
    """
    scores = Scores.empty()
    asked = _items((g["actor_country"], g["recipient_country"], g["type"]) for g in case["gold"])
    found = _items(given)
    for measure, want in asked.items():
        have = found[measure]
        scores.add(f"events.{measure}", Count(len(want & have), len(have), len(want)))
    want, have = asked["joint"], found["joint"]
    for kind, items in (("missed", want - have), ("spurious", have - want)):
        for item in sorted(items):
            gold, other = (list(item), None) if kind == "missed" else (None, list(item))
            scores.faults.append(Fault("events.joint", kind, case["id"], item[0], gold, other, case["text"]))
    return scores


def codings(participants: Sequence[tuple[str, str | None, str]], kind: str) -> list[Coding]:
    """Returns the codings of one event: each actor with each recipient, or each pair of actors without a recipient.

    Args:
        participants: Role, country code and kind of actor of each participant.
        kind: PLOVER type of the event.
    """
    actors = [_side(code, what) for role, code, what in participants if role == "actor"]
    recipients = [_side(code, what) for role, code, what in participants if role == "recipient"]
    if recipients or len(actors) < 2:
        return [(a, r, kind) for a in actors or [None] for r in recipients or [None]]
    return [(a, b, kind) for i, a in enumerate(actors) for b in actors[i + 1 :]]


def _side(code: str | None, kind: str) -> str | None:
    return "IGO" if kind == "organization" and code is None else code


def _items(events: Iterable[Coding]) -> dict[str, set[tuple[str, ...]]]:
    items: dict[str, set[tuple[str, ...]]] = {"type": set(), "countries": set(), "joint": set()}
    for actor, recipient, kind in events:
        if not kind:
            continue
        pair = tuple("IGO" if c == "EUU" else c or "" for c in (actor, recipient))
        items["type"].add((kind,))
        if any(pair):
            items["countries"].add(pair)
            items["joint"].add((kind, *(sorted(pair) if kind in MUTUAL else pair)))
    return items
