"""How much evidence separates people with the same full name: repeated evidence, not a single article."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from broadsheet.identity.names import middles_fit
from broadsheet.identity.offices import AFFAIRS
from broadsheet.identity.traits import at_one_time

if TYPE_CHECKING:
    from broadsheet.identity.traits import Traits

FEW = 4
"""The most articles with a name for which one article can separate two persons: among so few, neither is an outlier."""
PAIR = 2
"""The same for a difference of country alone: with a third article, the one that differs is an outlier."""
REPEATED = 3
"""Beyond that, articles needed to separate persons who differ only in country."""
_SHARES = {1: 4, 2: 4, 3: 20}
"""The most articles of one person for each article of the other, by the strength of the difference."""


class Difference(IntEnum):
    """The strength of the difference between two people with the same name."""

    NONE = 0
    """They can be the same person."""
    COUNTRY = 1
    """Only stated countries differ; these are often misread."""
    WEAK = 2
    """Companies differ, or an implied country and the offices."""
    STRONG = 3
    """Walks of life differ, or stated countries and the offices or companies."""
    NAMES = 4
    """Middle names differ, so these are different full names."""


def difference(one: Traits, other: Traits) -> Difference:
    """The difference between two people with the same name.

    If they share an organization, they are the same person. An implied country does not separate holders of the same
    office.
    """
    if any(not middles_fit(a, b) for a in one.middles for b in other.middles):
        return Difference.NAMES
    if one.organizations & other.organizations:
        return Difference.NONE
    if one.walks and other.walks and not one.walks & other.walks:
        return Difference.STRONG
    in_business = _lead_apart(one, other) or _governs_apart(one, other) or _governs_apart(other, one)
    if one.countries and other.countries and not one.countries & other.countries:
        lead_apart = bool(one.companies and other.companies)  # they share no organization
        serve_apart = bool(one.offices and other.offices) and not one.offices & other.offices
        differs_otherwise = in_business or lead_apart or serve_apart
        if one.countries - one.implied and other.countries - other.implied:
            return Difference.STRONG if differs_otherwise else Difference.COUNTRY
        if differs_otherwise:
            return Difference.WEAK
    return Difference.WEAK if in_business else Difference.NONE


def is_enough(found: Difference, n: int, of_other: int, of_name: int) -> bool:
    """Whether enough articles support a second person with the name.

    Args:
        found: The difference between the two.
        n: Articles about the one with fewer articles.
        of_other: Articles about the other.
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
    if one.companies or other.governs:  # has posts of both kinds, so may have moved from one to the other
        return False
    return any(at_one_time(a, b, unknown=False) for a in one.governs for _, b in other.companies)


def is_distinctive(traits: Traits) -> bool:
    """Whether a person has any trait that could separate them from another."""
    return bool(traits.countries or traits.middles or traits.companies or traits.walks - {AFFAIRS})
