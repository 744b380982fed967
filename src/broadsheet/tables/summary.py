"""The summary of an event: a line made only from its row and participants."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadsheet.tables.rows import EventRow


def summarise(event: EventRow, participants: Iterable[tuple[str, str]]) -> str:
    """One line that describes the event, such as ``Norway → Chile: AID (sent medicine), 2021-04-03, Santiago``.

    Args:
        event: The row; its own ``summary`` is not read.
        participants: Name and role of each; in any order.

    Returns:
        Actors, an arrow and the recipients where there are any, the type, the trigger in brackets, the days, the
        place, and the status where it is not ``occurred``.
    """
    sides: dict[str, set[str]] = {"actor": set(), "recipient": set()}
    for name, role in participants:
        sides[role].add(name)
    actors, recipients = (_list(sides[role]) for role in ("actor", "recipient"))
    who = f"{actors or 'somebody'} → {recipients}" if recipients else actors or "somebody"
    parts = [f"{who}: {event.type} ({event.trigger})"]
    if days := _days(event.date_start, event.date_end, event.date_precision):
        parts.append(days)
    if event.place is not None:
        parts.append(event.place)
    if event.status != "occurred":
        parts.append(event.status)
    return ", ".join(parts)


def _list(names: set[str]) -> str:
    *others, last = sorted(names, key=lambda name: (name.casefold(), name)) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _days(start: date | None, end: date | None, precision: str | None) -> str:
    """The days in ISO 8601; the month or year alone if no more is known."""
    if start is None and end is None:
        return ""
    if start is None:
        return f"until {end}"
    if end is None:
        return f"from {start}"
    about = "about " if precision == "approximate" else ""
    if precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%Y-%m}"
    if precision == "year" and start.year == end.year:
        return f"{start:%Y}"
    return f"{about}{start}" if start == end else f"{about}{start} to {end}"
