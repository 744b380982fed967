"""Groups the full names with one family name into persons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.base.slugs import ascii_of
from broadsheet.identity.cluster import Announced, cluster_of
from broadsheet.identity.evidence import difference, is_distinctive
from broadsheet.identity.grouping import MAX_COMPARED, connected
from broadsheet.identity.names import PersonName, fold_family, is_part_of
from broadsheet.identity.person_groups import PersonGroup, choose_person
from broadsheet.identity.profile import Profile, traits_of
from broadsheet.identity.traits import Traits, are_linked, merged
from broadsheet.reference.people import given_names

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from broadsheet.identity.cluster import Cluster


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Profiles that are certainly one person, with their joint traits."""

    profiles: tuple[Profile, ...]
    traits: Traits
    givens: frozenset[str]

    @property
    def names(self) -> frozenset[PersonName]:
        return frozenset(profile.person for profile in self.profiles)


def persons_of(profiles: Sequence[Profile]) -> list[Cluster]:
    """Groups the profiles of one family name, with given names or initials, into persons.

    Profiles of one given name are one person unless evidence separates them; a name of initials or of two family names
    joins the one full name that it can be part of, if they have a trait in common.
    """
    groups: dict[tuple[str, str], list[Profile]] = {}
    for profile in sorted(profiles, key=lambda p: (p.least, p.slug)):
        name = profile.person
        given = name.usual if name.is_spelled else " ".join((name.given, *name.middles))
        groups.setdefault((given, name.suffix), []).append(profile)
    bearers = [bearer for key in sorted(groups) for bearer in _of_one_name(groups[key])]
    return [cluster_of("person", bearer.profiles, bearer.traits) for bearer in _with_parts(_with_suffixes(bearers))]


def _of_one_name(profiles: Sequence[Profile]) -> list[_Bearer]:
    """Groups the profiles with one given and family name into persons.

    Profiles that share a body, or a country and a walk of life, form a *camp*. Camps with distinctive traits and many
    articles come first. Each joins a person that it does not differ from; it is a separate person only if enough
    articles support it.
    """
    single = [_Bearer((p,), traits_of(p), frozenset([p.person.given])) for p in profiles]
    if len(single) == 1:
        return single
    camps = _joined(connected(single, lambda bearer: _marks(bearer.profiles[0], bearer.traits)))
    camps.sort(key=lambda camp: (not is_distinctive(camp.traits), -_weight(camp), _key(camp)))
    persons: list[PersonGroup[_Bearer]] = []
    of_name = sum(map(_weight, camps))
    for camp in camps:
        home = choose_person(camp.traits, camp.givens, _weight(camp), persons, of_name)
        if home is None:
            persons.append(PersonGroup(camp, camp.traits, camp.givens, _weight(camp)))
        else:
            home.add(camp, camp.traits, camp.givens, _weight(camp))
    return _joined(person.members for person in persons)


def _weight(bearer: _Bearer) -> int:
    return sum(profile.n_articles for profile in bearer.profiles)


def _key(bearer: _Bearer) -> tuple[str, str]:
    return min((profile.least, profile.slug) for profile in bearer.profiles)


def _marks(profile: Profile, traits: Traits) -> Iterator[Hashable]:
    """Marks that make profiles of one name one person: a leader's name, a body, or a country and walk of life.

    For heads of companies, country and walk of life are not enough.
    """
    printed = (profile.person.given, profile.person.middles[:1])
    if profile.is_leader:
        yield "leader", printed, profile.slug
    for body in traits.organizations:
        yield "body", printed, body
    if not traits.companies:
        for country in traits.countries or traits.inferred or {""}:
            for walk in traits.walks or {""}:
                yield "walk", printed, bool(traits.countries), country, walk


def _joined(groups: Iterable[Sequence[_Bearer]]) -> list[_Bearer]:
    return [group[0] if len(group) == 1 else _one(group) for group in groups]


def _one(bearers: Sequence[_Bearer]) -> _Bearer:
    profiles = tuple(profile for bearer in bearers for profile in bearer.profiles)
    givens = frozenset().union(*(bearer.givens for bearer in bearers))
    return _Bearer(profiles, merged(bearer.traits for bearer in bearers), givens)


def _with_parts(bearers: Sequence[_Bearer]) -> list[_Bearer]:
    """Joins bearers whose name is part of exactly one other's name to that one."""
    wholes: dict[str, set[int]] = {}
    for i, bearer in enumerate(bearers):
        for name in bearer.names:
            for mark in (f"{name.given[:1]}.", *name.middles[-1:]):
                wholes.setdefault(mark, set()).add(i)
    target: dict[int, int] = {}
    for i, bearer in enumerate(bearers):
        names = bearer.names
        if any(name.is_spelled and (name.middles or name.given in given_names()) for name in names):
            continue
        marks = [name.given if name.is_spelled else f"{name.given}." for name in names]
        near = {j for mark in marks if len(some := wholes.get(mark, set())) <= MAX_COMPARED for j in some if j != i}
        fits = [j for j in sorted(near) if _can_be(bearer, bearers[j])]
        if len(fits) == 1:
            target[i] = fits[0]
    kept: dict[int, list[_Bearer]] = {}
    for i, bearer in enumerate(bearers):
        goal = target.get(i, i)
        kept.setdefault(i if goal in target else goal, []).append(bearer)
    return _joined(kept.values())


def _with_suffixes(bearers: Sequence[_Bearer]) -> list[_Bearer]:
    """Joins bearers with a suffix to the one without it who shares a body or a rare office.

    A son has his own offices; a person who is called Jr. only in some articles has the same offices in all.
    """
    wholes: dict[str, list[int]] = {}
    for i, bearer in enumerate(bearers):
        name = bearer.profiles[0].person
        if not name.suffix:
            wholes.setdefault(name.usual, []).append(i)
    kept: dict[int, list[_Bearer]] = {}
    for i, bearer in enumerate(bearers):
        name = bearer.profiles[0].person
        near = wholes.get(name.usual, [])[:MAX_COMPARED] if name.suffix and name.is_spelled else []
        fits = [j for j in near if _share_post(bearer, bearers[j])]
        kept.setdefault(fits[0] if len(fits) == 1 else i, []).append(bearer)
    return _joined(kept.values())


def _share_post(one: _Bearer, other: _Bearer) -> bool:
    """Whether most articles about one state a body or a rare office that both share."""
    bodies, offices = other.traits.organizations, other.traits.rare_offices
    n_shared = 0
    for profile in one.profiles:
        traits = traits_of(profile)
        n_shared += profile.n_articles if traits.organizations & bodies or traits.rare_offices & offices else 0
    return 2 * n_shared > _weight(one) and not difference(one.traits, other.traits)


def _can_be(part: _Bearer, whole: _Bearer) -> bool:
    if not all(any(is_part_of(a, b) for b in whole.names) for a in part.names):
        return False
    mine, theirs = part.traits, whole.traits
    return are_linked(mine, theirs) and not difference(replace(mine, middles=frozenset()), theirs)


def announced_persons(cluster: Cluster) -> Iterator[tuple[str, Announced]]:
    """Yields the lookup keys of a person, each with the cluster."""
    announced = Announced(cluster.key, cluster.base, cluster.traits, n_articles=cluster.n_articles)
    words = {profile.person.family for profile in cluster.profiles}
    for profile in cluster.profiles:
        words.update(fold_family(ascii_of(alias)) for alias in profile.aliases if " " not in alias.strip())
    for word in sorted(words):
        yield word, announced
