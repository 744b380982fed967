"""What is told of a bearer of a name, and when two such hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Period = tuple[int, int] | None
"""First and last day, as ordinals, of the articles that tell something; ``None`` where they have no date."""

SAME_TIME = 30
"""Days between two articles within which what both call current is so at one time."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What articles tell of one bearer of a name.

    Attributes:
        countries: Countries that words tell, or that an office implies.
        implied: Those of them that only an office implies, in an article that plays there.
        hinted: Countries inferred from where articles play.
        walks: Walks of life of current offices.
        offices: Keys of offices.
        telling: Those of them that few bear.
        organizations: Bodies where an office is held.
        companies: Companies where one is held now, with when that was told.
        governs: When a current office of government was told; empty where none was.
        middles: What stands between given and family name, where something does.
        period: When articles speak of the bearer.
    """

    countries: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    walks: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    companies: tuple[tuple[str, Period], ...] = ()
    governs: tuple[Period, ...] = ()
    middles: frozenset[tuple[str, ...]] = frozenset()
    period: Period = None


NOTHING = Traits()


def together(traits: Iterable[Traits]) -> Traits:
    """What several tell of one bearer."""
    some = list(traits)
    if len(some) == 1:
        return some[0]
    companies: dict[str, list[Period]] = {}
    for one in some:
        for company, period in one.companies:
            companies.setdefault(company, []).append(period)
    governing = [period for one in some for period in one.governs]
    return Traits(
        frozenset().union(*(one.countries for one in some)),
        frozenset().union(*(one.implied for one in some)).difference(*(one.countries - one.implied for one in some)),
        frozenset().union(*(one.hinted for one in some)),
        frozenset().union(*(one.walks for one in some)),
        frozenset().union(*(one.offices for one in some)),
        frozenset().union(*(one.telling for one in some)),
        frozenset().union(*(one.organizations for one in some)),
        tuple((company, span(companies[company])) for company in sorted(companies)),
        (span(governing),) if governing else (),
        frozenset().union(*(one.middles for one in some)),
        span(one.period for one in some),
    )


def span(periods: Iterable[Period]) -> Period:
    """The period that holds all that are known."""
    known = [period for period in periods if period is not None]
    return (min(p[0] for p in known), max(p[1] for p in known)) if known else None


def at_one_time(one: Period, other: Period, *, unknown: bool) -> bool:
    """Whether two periods are one time; of unknown ones, what ``unknown`` says."""
    if one is None or other is None:
        return unknown
    return one[0] - SAME_TIME <= other[1] and other[0] - SAME_TIME <= one[1]


def near_in_time(one: Period, other: Period, days: int) -> bool:
    """Whether two periods lie within so many days; unknown ones do not."""
    return one is not None and other is not None and one[0] - days <= other[1] and other[0] - days <= one[1]


def hang_together(one: Traits, other: Traits) -> bool:
    """Whether something speaks for two bearers of a full name being one: a body, an office or a country of both."""
    if one.organizations & other.organizations or one.offices & other.offices:
        return True
    all_mine, all_theirs = one.countries | one.hinted, other.countries | other.hinted
    return bool(one.countries & all_theirs or other.countries & all_mine)


def packed(traits: Traits) -> Mapping[str, object]:
    """Traits as JSON can hold them, sorted."""
    return {
        "countries": sorted(traits.countries),
        "implied": sorted(traits.implied),
        "hinted": sorted(traits.hinted),
        "walks": sorted(traits.walks),
        "offices": sorted(traits.offices),
        "telling": sorted(traits.telling),
        "organizations": sorted(traits.organizations),
        "companies": [[name, period] for name, period in traits.companies],
        "governs": list(traits.governs),
        "middles": sorted(traits.middles),
        "period": traits.period,
    }
