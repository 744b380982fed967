"""Ids of actors: the slug alone where nobody else has it, and what tells homonyms apart where several have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from broadsheet.identity.grouping import DOMINANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

KIND_ORDER = ("country", "organization", "group", "person")
"""Of actors of one slug and different sorts, the earlier has it; the ids of the others carry their kind."""
DIGITS = 12
"""Hex digits of a digest in an id: among 100,000 bearers of one name, a clash has a chance of 1 in 56,000."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """An actor of a slug, as its id is made from it.

    Attributes:
        key: Key of its cluster.
        kind: As in the data model.
        country_code: Its country.
        organizations: Bodies that it serves, that of most articles first.
        offices: Slugs of its offices, likewise.
        is_apart: Whether it is in one article because nothing ties it to others, so that what is told of it may be told
            of the next one as well.
        is_parted: Whether it is another only because one article names both: the other one keeps the slug.
        n_articles: Articles that tell of it.
        middles: Slug of the middle names or initials, where its name has some.
    """

    key: str
    kind: str
    country_code: str | None
    organizations: tuple[str, ...]
    offices: tuple[str, ...]
    is_apart: bool = False
    is_parted: bool = False
    middles: str | None = None
    n_articles: int = 1


def ids_of(base: str, namesakes: Iterable[Namesake]) -> dict[str, str]:
    """Key of a cluster to its id, for all actors that have one slug.

    Args:
        base: The slug.
        namesakes: Who has it.
    """
    by_sort: dict[str, list[Namesake]] = defaultdict(list)
    for one in sorted(namesakes, key=lambda one: one.key):
        by_sort["body" if one.kind in ("organization", "group") else one.kind].append(one)
    first = _first_kind(list(by_sort.values()))
    ids: dict[str, str] = {}
    for some in by_sort.values():
        kind = min((one.kind for one in some), key=KIND_ORDER.index)
        slug = base if kind == first else f"{base}-{kind}"
        parted = [one for one in some if one.is_parted]
        whole = [one for one in some if not one.is_parted] or some
        ids.update({whole[0].key: slug} if len(whole) == 1 else _told_apart(slug, whole))
        ids.update({one.key: f"{slug}-{digest(one.key)}" for one in parted if one.key not in ids})
    return ids


def _first_kind(sorts: Sequence[Sequence[Namesake]]) -> str:
    """The kind that has the slug: the first in order, but of persons and bodies the one of by far most articles.

    A body that few articles make of a person's name takes nothing from the person.
    """
    kinds = [min((one.kind for one in some), key=KIND_ORDER.index) for some in sorts]
    weights = [sum(one.n_articles for one in some) for some in sorts]
    heaviest = max(range(len(sorts)), key=lambda i: weights[i])
    if "country" not in kinds and weights[heaviest] >= DOMINANCE * (sum(weights) - weights[heaviest]):
        return kinds[heaviest]
    return min(kinds, key=KIND_ORDER.index)


def _told_apart(slug: str, some: Sequence[Namesake]) -> dict[str, str]:
    """Ids of homonyms: by initials, else by country, by the body served, by the office, by a digest."""
    ids = {one.key: f"{slug}-{digest(one.key)}" for one in some if one.is_apart}
    left = [one for one in some if not one.is_apart]
    looks: tuple[Callable[[Namesake], str | None], ...] = (
        lambda one: one.middles,
        lambda one: one.country_code.lower() if one.country_code else None,
        lambda one: one.organizations[0] if one.organizations else None,
        lambda one: one.offices[0] if one.offices else None,
    )
    for look in looks:
        marks = {one.key: look(one) for one in left}
        shared = Counter(marks.values())
        ids.update({key: f"{slug}-{mark}" for key, mark in marks.items() if mark and shared[mark] == 1})
        left = [one for one in left if one.key not in ids]
    ids.update({one.key: f"{slug}-{digest(one.key)}" for one in left})
    return ids


def digest(key: str, digits: int = DIGITS) -> str:
    """A few hex digits of what tells a cluster from all others."""
    return sha256(key.encode()).hexdigest()[:digits]
