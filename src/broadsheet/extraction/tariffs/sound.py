"""Takes out of a row what its other cells gainsay: a text may tell nonsense, and a reading of it be wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.tellings import Rate

if TYPE_CHECKING:
    from broadsheet.extraction.tariffs.drafts import Draft

_UNRATED = frozenset({"ban", "control"})
"""Families of measures that have no rate."""


def make_sound(drafts: list[Draft]) -> None:
    """Brings rates and dates of each draft in line with its measure and action, and with one another."""
    for draft in drafts:
        draft.rate = Rate() if FAMILY[draft.measure] in _UNRATED else _sound_rate(draft.rate, draft.action)
        effective, ended = draft.timing.effective, draft.timing.ended
        if effective is not None and ended is not None and ended.value < effective.value:
            draft.timing = replace(draft.timing, ended=None)


def _sound_rate(rate: Rate, action: str) -> Rate:
    """The rate with its range from low to high, and without a rate before that the action did not move from."""
    if rate.percent is not None and rate.high is not None:
        low, high = sorted((rate.percent, rate.high))
        if low == high:
            rate = replace(rate, high=None, approximation="exact")
        elif low != rate.percent:
            rate = replace(rate, percent=low, high=high)
    if rate.percent is None or rate.before is None:
        return rate
    moved = {"raise": rate.percent > rate.before, "lower": rate.percent < rate.before}.get(action, True)
    return rate if moved else replace(rate, before=None, before_text=None)
