"""How much it takes to part the bearers of one full name: evidence that is told again and again, not once."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from broadsheet.identity.names import middles_fit
from broadsheet.identity.offices import AFFAIRS
from broadsheet.identity.traits import at_one_time

if TYPE_CHECKING:
    from broadsheet.identity.traits import Traits

FEW = 4
"""Articles of a name up to which one article can part two: there, neither is the odd one."""
PAIR = 2
"""The same for a country alone, where with a third article the one that differs is the odd one."""
REPEATED = 3
"""Articles that tell another country, and nothing else, before it parts anybody of a name that more than two have."""
_SHARES = {1: 4, 2: 4, 3: 20}
"""How many articles of the one there may be for each of the other, by how telling the difference is."""


class Difference(IntEnum):
    """How telling it is what differs between two bearers of a name."""

    NONE = 0
    """They can be one."""
    COUNTRY = 1
    """Countries differ that words tell, and nothing else: that is often read wrongly."""
    WEAK = 2
    """A company differs, or an implied country along with offices."""
    STRONG = 3
    """Walks of life differ, or told countries along with offices or companies."""
    NAMES = 4
    """Middle names differ, so that the full names are not one."""


def difference(one: Traits, other: Traits) -> Difference:
    """What tells two bearers of a name apart.

    Who serves one organization is one. An implied country parts nobody who holds the same office.
    """
    if any(not middles_fit(a, b) for a in one.middles for b in other.middles):
        return Difference.NAMES
    if one.organizations & other.organizations:
        return Difference.NONE
    if one.walks and other.walks and not one.walks & other.walks:
        return Difference.STRONG
    in_business = _lead_apart(one, other) or _governs_apart(one, other) or _governs_apart(other, one)
    if one.countries and other.countries and not one.countries & other.countries:
        lead_apart = bool(one.companies and other.companies)  # as they share no organization
        serve_apart = bool(one.offices and other.offices) and not one.offices & other.offices
        is_told_otherwise = in_business or lead_apart or serve_apart
        if one.countries - one.implied and other.countries - other.implied:
            return Difference.STRONG if is_told_otherwise else Difference.COUNTRY
        if is_told_otherwise:
            return Difference.WEAK
    return Difference.WEAK if in_business else Difference.NONE


def is_enough(found: Difference, n: int, of_other: int, of_name: int) -> bool:
    """Whether so many articles make a person of their own beside another of the name.

    Args:
        found: What tells the two apart.
        n: Articles that tell of the one of fewer articles.
        of_other: Articles that tell of the other.
        of_name: Articles that have the name.
    """
    if found is Difference.NAMES:
        return True
    if found is Difference.NONE or (n == 1 and of_name > FEW):
        return False
    if found is Difference.COUNTRY and n < REPEATED and of_name > PAIR:
        return False
    return n * _SHARES[found] >= of_other


def _lead_apart(one: Traits, other: Traits) -> bool:
    mine, theirs = dict(one.companies), dict(other.companies)
    if not mine or not theirs or mine.keys() & theirs.keys():
        return False
    return any(at_one_time(a, b, unknown=True) for a in mine.values() for b in theirs.values())


def _governs_apart(one: Traits, other: Traits) -> bool:
    if one.companies or other.governs:  # told of both kinds, so somebody who went from one to the other
        return False
    return any(at_one_time(a, b, unknown=False) for a in one.governs for _, b in other.companies)


def tells(traits: Traits) -> bool:
    """Whether anything is told that could tell a bearer of a name from another."""
    return bool(traits.countries or traits.middles or traits.companies or traits.walks - {AFFAIRS})
