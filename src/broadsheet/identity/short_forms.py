"""Actors of whom only a short form is known: which one of the full names they stand for, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.identity.bodies import bodies_of, told_country
from broadsheet.identity.cluster import cluster_of
from broadsheet.identity.evidence import difference
from broadsheet.identity.grouping import DOMINANCE, MOST, PROMINENT, connected
from broadsheet.identity.profile import traits_of
from broadsheet.identity.traits import near_in_time

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from broadsheet.identity.cluster import Announced, Cluster
    from broadsheet.identity.profile import Profile
    from broadsheet.identity.traits import Traits

_SAME_YEARS = 365
"""Days within which articles speak of the same holder of an office, where several of a family name have held it."""

_MANY = 20
"""So many of the bearers of a name of most articles can be whom the name alone means."""


def short_persons(profiles: Sequence[Profile], announced: Sequence[Announced]) -> Iterator[tuple[Profile, Announced]]:
    """The profiles of one name alone that stand for a person of a full name, each with that person."""
    choose = _Chooser(announced)
    for profile in profiles:
        found = choose.of(traits_of(profile))
        if found is not None:
            yield profile, found


class _Chooser:
    """Finds the one person of a family name for whom a body, an office or a country speaks."""

    def __init__(self, announced: Sequence[Announced]) -> None:
        self._all = sorted(announced, key=lambda one: one.cluster)
        self._foremost = sorted(self._all, key=lambda one: -one.n_articles)[:_MANY]
        self._n_articles = sum(one.n_articles for one in self._all)
        self._by_mark: dict[tuple[str, str], list[Announced]] = {}
        for one in self._all:
            traits = one.traits
            marks = [("body", x) for x in traits.organizations] + [("office", x) for x in traits.telling]
            marks += [("country", x) for x in traits.countries | traits.hinted]
            for mark in marks:
                self._by_mark.setdefault(mark, []).append(one)

    def of(self, traits: Traits) -> Announced | None:
        """The person, where there is one only."""
        strong = [("body", x) for x in traits.organizations] + [("office", x) for x in traits.telling]
        found = self._fitting(traits, strong, _same_office)
        if len(found) > 1:
            found = [one for one in found if near_in_time(traits.period, one.traits.period, _SAME_YEARS)]
            return found[0] if len(found) == 1 else None
        if not found:
            found = self._fitting(traits, [("country", x) for x in traits.countries], _no_other_office)
        return found[0] if len(found) == 1 else self._prominent(traits)

    def _prominent(self, traits: Traits) -> Announced | None:
        """The one of whom ten times as many articles speak as of all others, of those of the office first."""
        near = [one for one in self._foremost if _can_be(traits, one.traits)]
        same = [one for one in near if traits.offices & one.traits.offices]
        for some, others in ((same, sum(one.n_articles for one in same)), (near, self._n_articles)):
            if some:
                first = some[0]
                if first.n_articles >= max(PROMINENT, DOMINANCE * (others - first.n_articles)):
                    return first
        return None

    def _fitting(
        self, traits: Traits, marks: Sequence[tuple[str, str]], speaks: Callable[[Traits, Traits], bool]
    ) -> list[Announced]:
        if sum(len(self._by_mark.get(mark, ())) for mark in marks) > MOST:
            return []
        near = {one.cluster: one for mark in marks for one in self._by_mark.get(mark, ())}
        return [
            near[key]
            for key in sorted(near)
            if not difference(traits, near[key].traits) and speaks(traits, near[key].traits)
        ]


def _same_office(one: Traits, other: Traits) -> bool:
    """Whether two serve one body, or hold an office that few bear, in a country that can be one."""
    if one.organizations & other.organizations:
        return True
    mine, theirs = one.countries | one.hinted, other.countries | other.hinted
    return bool(one.telling & other.telling) and (not mine or not theirs or bool(mine & theirs))


def _can_be(short: Traits, whole: Traits) -> bool:
    """Whether nothing speaks against it: a country, what both do, a time far from when articles speak of the whole."""
    mine, theirs = short.countries | short.hinted, whole.countries | whole.hinted
    if mine and theirs and not mine & theirs:
        return False
    dated = short.period is not None and whole.period is not None
    return not (dated and not near_in_time(short.period, whole.period, _SAME_YEARS)) and not difference(short, whole)


def _no_other_office(one: Traits, other: Traits) -> bool:
    """Whether neither is told of offices that the other does not have."""
    return not one.offices or not other.offices or bool(one.offices & other.offices)


def persons_left(profiles: Sequence[Profile]) -> list[Cluster]:
    """The persons among the profiles of one name that stand for nobody of a full name.

    Two are one where they serve one body or hold one telling office of one country; all others are themselves in each
    article, since many bear one family name.
    """
    ordered = sorted(profiles, key=lambda p: (p.least, p.slug))
    groups = connected(ordered, lambda profile: _marks(profile, traits_of(profile)))
    return [
        cluster_of("person", group, is_apart=not any(True for _ in _marks(group[0], traits_of(group[0]))))
        for group in groups
    ]


def _marks(profile: Profile, traits: Traits) -> Iterator[Hashable]:
    if profile.is_leader:
        yield "leader", profile.slug
    if " " in profile.name.strip():  # a particle that is also a given name (Al Gore), a regnal number
        yield "name", profile.slug
    for body in traits.organizations:
        yield "body", body
    for country in traits.countries:
        for office in traits.telling:
            yield "office", office, country


def short_bodies(profiles: Sequence[Profile], announced: Sequence[Announced]) -> Iterator[tuple[Profile, Announced]]:
    """The profiles of one word that stand for a body of a longer name, each with that body."""
    candidates = sorted(announced, key=lambda one: one.cluster)
    for profile in profiles:
        told, code = told_country(profile), profile.country_code
        fits = []
        for one in candidates if len(candidates) <= MOST else ():
            codes = one.traits.countries | one.traits.hinted
            apart = told is not None and bool(one.traits.countries) and told not in one.traits.countries
            if not apart and (profile.body.is_acronym or (one.is_company and code is not None and code in codes)):
                fits.append((one, code is not None and code in codes))
        if len(fits) > 1:
            fits = [(one, same) for one, same in fits if same]
        if len(fits) == 1:
            yield profile, fits[0][0]


def bodies_left(profiles: Sequence[Profile]) -> list[Cluster]:
    """The bodies among the profiles of one word that stand for none of a longer name."""
    return bodies_of(profiles)
