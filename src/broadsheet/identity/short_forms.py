"""Resolves actors known only by a short form: which full name they mean, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.identity.bodies import stated_country
from broadsheet.identity.cluster import cluster_of
from broadsheet.identity.evidence import difference
from broadsheet.identity.grouping import DOMINANCE, MAX_COMPARED, PROMINENT, connected
from broadsheet.identity.profile import traits_of
from broadsheet.identity.traits import near_in_time

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from broadsheet.identity.cluster import Announced, Cluster
    from broadsheet.identity.profile import Profile
    from broadsheet.identity.traits import Traits

_SAME_YEARS = 365
"""Days within which articles mean the same holder of an office, if several of a family name have held it."""
_MANY = 20
"""The most people with one name, by articles, that the name alone can mean."""


def short_persons(profiles: Sequence[Profile], announced: Sequence[Announced]) -> Iterator[tuple[Profile, Announced]]:
    """Yields the profiles of a single name that mean a person with a full name, each with that person."""
    choose = _Chooser(announced)
    for profile in profiles:
        found = choose.of(traits_of(profile))
        if found is not None:
            yield profile, found


class _Chooser:
    """Finds the one person with a family name that shares a body, an office or a country."""

    def __init__(self, announced: Sequence[Announced]) -> None:
        self._all = sorted(announced, key=lambda one: one.cluster)
        self._most_prominent = sorted(self._all, key=lambda one: -one.n_articles)[:_MANY]
        self._n_articles = sum(one.n_articles for one in self._all)
        self._by_mark: dict[tuple[str, str], list[Announced]] = {}
        for one in self._all:
            traits = one.traits
            marks = [("body", x) for x in traits.organizations] + [("office", x) for x in traits.rare_offices]
            marks += [("country", x) for x in traits.countries | traits.inferred]
            for mark in marks:
                self._by_mark.setdefault(mark, []).append(one)

    def of(self, traits: Traits) -> Announced | None:
        """The person, if there is exactly one."""
        strong = [("body", x) for x in traits.organizations] + [("office", x) for x in traits.rare_offices]
        found = self._fitting(traits, strong, _same_office)
        if len(found) > 1:
            found = [one for one in found if near_in_time(traits.period, one.traits.period, _SAME_YEARS)]
            return found[0] if len(found) == 1 else None
        if not found:
            found = self._fitting(traits, [("country", x) for x in traits.countries], _no_other_office)
        return found[0] if len(found) == 1 else self._prominent(traits)

    def _prominent(self, traits: Traits) -> Announced | None:
        """The person with ten times as many articles as all others, first among those with the same office."""
        near = [one for one in self._most_prominent if _can_be(traits, one.traits)]
        same = [one for one in near if traits.offices & one.traits.offices]
        for some, others in ((same, sum(one.n_articles for one in same)), (near, self._n_articles)):
            if some:
                first = some[0]
                if first.n_articles >= max(PROMINENT, DOMINANCE * (others - first.n_articles)):
                    return first
        return None

    def _fitting(
        self, traits: Traits, marks: Sequence[tuple[str, str]], supports: Callable[[Traits, Traits], bool]
    ) -> list[Announced]:
        if sum(len(self._by_mark.get(mark, ())) for mark in marks) > MAX_COMPARED:
            return []
        near = {one.cluster: one for mark in marks for one in self._by_mark.get(mark, ())}
        return [
            near[key]
            for key in sorted(near)
            if not difference(traits, near[key].traits) and supports(traits, near[key].traits)
        ]


def _same_office(one: Traits, other: Traits) -> bool:
    """Whether two share a body, or a rare office in compatible countries."""
    if one.organizations & other.organizations:
        return True
    mine, theirs = one.countries | one.inferred, other.countries | other.inferred
    return bool(one.rare_offices & other.rare_offices) and (not mine or not theirs or bool(mine & theirs))


def _can_be(short: Traits, whole: Traits) -> bool:
    """Whether nothing contradicts the match: country, traits, or a date far from the articles about the full name."""
    mine, theirs = short.countries | short.inferred, whole.countries | whole.inferred
    if mine and theirs and not mine & theirs:
        return False
    dated = short.period is not None and whole.period is not None
    return not (dated and not near_in_time(short.period, whole.period, _SAME_YEARS)) and not difference(short, whole)


def _no_other_office(one: Traits, other: Traits) -> bool:
    """Whether the offices are compatible: unknown, or with one in common."""
    return not one.offices or not other.offices or bool(one.offices & other.offices)


def persons_left(profiles: Sequence[Profile]) -> list[Cluster]:
    """Groups the profiles of a single name that match no full name into persons.

    Two are one person if they share a body, or a rare office of one country. All others are a different person in each
    article, as many people share a family name.
    """
    ordered = sorted(profiles, key=lambda p: (p.least, p.slug))
    groups = connected(ordered, lambda profile: _marks(profile, traits_of(profile)))
    return [
        cluster_of("person", group, is_isolated=not any(True for _ in _marks(group[0], traits_of(group[0]))))
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
        for office in traits.rare_offices:
            yield "office", office, country


def short_bodies(profiles: Sequence[Profile], announced: Sequence[Announced]) -> Iterator[tuple[Profile, Announced]]:
    """Yields the profiles of one word that mean a body with a longer name, each with that body."""
    candidates = sorted(announced, key=lambda one: one.cluster)
    for profile in profiles:
        stated, code = stated_country(profile), profile.country_code
        fits = []
        for one in candidates if len(candidates) <= MAX_COMPARED else ():
            codes = one.traits.countries | one.traits.inferred
            differs = stated is not None and bool(one.traits.countries) and stated not in one.traits.countries
            if not differs and (profile.body.is_acronym or (one.is_company and code is not None and code in codes)):
                fits.append((one, code is not None and code in codes))
        if len(fits) > 1:
            fits = [(one, same) for one, same in fits if same]
        if len(fits) == 1:
            yield profile, fits[0][0]
