"""How much it takes to part the bearers of one full name: evidence that is told again and again, not once."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from broadsheet.identify.names import middles_fit
from broadsheet.identify.offices import AFFAIRS
from broadsheet.identify.traits import at_one_time

if TYPE_CHECKING:
    from broadsheet.identify.traits import Traits

FEW = 4
"""Articles of a name up to which one article can part two: there, neither is the odd one."""
_SHARES = {1: 4, 2: 20}
"""How many articles of the one there may be for each of the other, by how telling the difference is."""


class Difference(IntEnum):
    """How telling it is what differs between two bearers of a name."""

    NONE = 0
    """They can be one."""
    WEAK = 1
    """One thing differs, which our reading of an article often gets wrong: a country, a company."""
    STRONG = 2
    """Walks of life differ, or told countries along with offices or companies."""
    NAMES = 3
    """Middle names differ, so that the full names are not one."""


def difference(one: Traits, other: Traits) -> Difference:
    """What tells two bearers of a name apart.

    Who serves one organization is one. A country that is only implied does not part the holders of one office that few
    bear.
    """
    if any(not middles_fit(a, b) for a in one.middles for b in other.middles):
        return Difference.NAMES
    if one.organizations & other.organizations:
        return Difference.NONE
    if one.walks and other.walks and not one.walks & other.walks:
        return Difference.STRONG
    in_business = _lead_apart(one, other) or _governs_apart(one, other) or _governs_apart(other, one)
    if one.countries and other.countries and not one.countries & other.countries:
        if one.countries - one.implied and other.countries - other.implied:
            return Difference.STRONG if in_business or _serve_apart(one, other) else Difference.WEAK
        if not one.telling & other.telling:
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
    return n * _SHARES[found] >= of_other


def _serve_apart(one: Traits, other: Traits) -> bool:
    """Whether each is told of offices, none of them the same."""
    return bool(one.offices and other.offices) and not one.offices & other.offices


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
