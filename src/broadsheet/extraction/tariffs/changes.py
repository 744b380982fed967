"""Rates that the text gives as a change from one to another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.extraction.tariffs.mentions import MeasureMention
    from broadsheet.extraction.tariffs.rates import Rate

_FROM, _TO = re.compile(r"\bfrom $"), re.compile(r"\b(?:to|at) $")
_THEN_TO = re.compile(r"[\w ]{0,24}\bto $")
_NOW = r"(?:the )?(?:current |present |previous )?$"
_THEN_FROM = re.compile(r"(?:[ ,]| [\w ,.]{0,24}[ ,])from " + _NOW)
_UP_FROM = re.compile(r",? (?:up|down|raised|increased|lowered|cut|reduced) from " + _NOW)
_CHANGED = frozenset({"impose", "raise", "lower", "remove", "maintain"})
_NEAR = 5
"""Characters before a rate that are read."""


def find_changes(text: str, rates: Sequence[Rate]) -> dict[int, Rate]:
    """Where the rate after each change begins, to the rate before it: *from 8% to 15%*, *to 15% from 8%*."""
    out: dict[int, Rate] = {}
    taken: Rate | None = None
    for first, second in pairwise(rates):
        before, between = (
            text[max(0, first.span.start - _NEAR) : first.span.start],
            text[first.span.end : second.span.start],
        )
        if first is not taken and _FROM.search(before) and _THEN_TO.fullmatch(between):
            out[second.span.start] = first
        elif first.span.start not in out and (
            _UP_FROM.fullmatch(between) or (_TO.search(before) and _THEN_FROM.fullmatch(between))
        ):
            out[first.span.start] = taken = second
    return out


def with_changes(
    mentions: Iterable[MeasureMention], rates: Sequence[Rate], changes: Mapping[int, Rate]
) -> Iterator[MeasureMention]:
    """The mentions, those with a rate of a change with both of its rates, and the action that follows from them."""
    known = {rate.span.start: rate for rate in rates}
    after_of = {before.span.start: known[start] for start, before in changes.items()}
    for mention in mentions:
        own = tuple(dict.fromkeys(after_of.get(rate.span.start, rate) for rate in mention.rates))
        if not any(rate.span.start in changes for rate in own):
            yield mention
            continue
        for rate in own:
            before = changes.get(rate.span.start, mention.before if len(own) == 1 else None)
            action = _moved(mention.action, before, rate)
            source = mention.action_from if action == mention.action else "rates"
            yield replace(mention, rates=(rate,), before=before, action=action, action_from=source)


def _moved(action: str, before: Rate | None, after: Rate) -> str:
    """The action that takes a rate from one number to another."""
    if before is None or before.percent is None or after.percent is None or action not in _CHANGED:
        return action
    return "raise" if before.percent < after.percent else "lower" if before.percent > after.percent else action
