"""The traits that distinguish people with the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Period = tuple[int, int] | None
"""First and last publication date, as ordinals, of some articles; None if they have no date."""

SAME_TIME = 30
"""Days within which current offices in two articles count as simultaneous."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of one person with a name.

    Attributes:
        countries: Countries that are stated, or that an office implies.
        implied: Those that only an office implies, in an article that is set there.
        inferred: Countries inferred from where articles are set.
        walks: Walks of life of current offices.
        offices: Keys of offices.
        rare_offices: Those offices that few people hold.
        organizations: Bodies where an office is held.
        companies: Companies where an office is held currently, with the period of the articles.
        governs: Periods of current offices in a government.
        middles: Middle names, if any.
        period: Period of the articles.
    """

    countries: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()
    inferred: frozenset[str] = frozenset()
    walks: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    rare_offices: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    companies: tuple[tuple[str, Period], ...] = ()
    governs: tuple[Period, ...] = ()
    middles: frozenset[tuple[str, ...]] = frozenset()
    period: Period = None


NOTHING = Traits()

_SETS = ("countries", "implied", "inferred", "walks", "offices", "rare_offices", "organizations", "middles")
"""The attributes that are sets."""


def merged(traits: Iterable[Traits]) -> Traits:
    """Merges the traits of one person from several sources."""
    some = list(traits)
    if len(some) == 1:
        return some[0]
    companies: dict[str, list[Period]] = {}
    for one in some:
        for company, period in one.companies:
            companies.setdefault(company, []).append(period)
    governing = [period for one in some for period in one.governs]
    sets = {name: frozenset().union(*(getattr(one, name) for one in some)) for name in _SETS}
    sets["implied"] = sets["implied"].difference(*(one.countries - one.implied for one in some))
    return Traits(
        **sets,
        companies=tuple((company, span(companies[company])) for company in sorted(companies)),
        governs=(span(governing),) if governing else (),
        period=span(one.period for one in some),
    )


def span(periods: Iterable[Period]) -> Period:
    """The period that spans all known periods."""
    known = [period for period in periods if period is not None]
    return (min(p[0] for p in known), max(p[1] for p in known)) if known else None


def at_one_time(one: Period, other: Period, *, unknown: bool) -> bool:
    """Whether two periods are simultaneous; ``unknown`` if one is unknown."""
    if one is None or other is None:
        return unknown
    return one[0] - SAME_TIME <= other[1] and other[0] - SAME_TIME <= one[1]


def near_in_time(one: Period, other: Period, days: int) -> bool:
    """Whether two periods are within a number of days; unknown periods are not."""
    return one is not None and other is not None and one[0] - days <= other[1] and other[0] - days <= one[1]


def are_linked(one: Traits, other: Traits) -> bool:
    """Whether two people with the same full name share a body, an office or a country."""
    if one.organizations & other.organizations or one.offices & other.offices:
        return True
    all_mine, all_theirs = one.countries | one.inferred, other.countries | other.inferred
    return bool(one.countries & all_theirs or other.countries & all_mine)


def packed(traits: Traits) -> dict[str, Any]:
    """Traits as sorted, JSON-compatible values."""
    sets = {name: sorted(getattr(traits, name)) for name in _SETS}
    return {**sets, "companies": traits.companies, "governs": traits.governs, "period": traits.period}


def unpacked(cells: Mapping[str, Any]) -> Traits:
    """The traits that :func:`packed` wrote, after a round trip through JSON."""
    return Traits(
        **{name: frozenset(cells[name]) for name in _SETS if name != "middles"},
        middles=frozenset(map(tuple, cells["middles"])),
        companies=tuple((name, _period(period)) for name, period in cells["companies"]),
        governs=tuple(map(_period, cells["governs"])),
        period=_period(cells["period"]),
    )


def _period(days: Sequence[int] | None) -> Period:
    return (days[0], days[1]) if days is not None else None
