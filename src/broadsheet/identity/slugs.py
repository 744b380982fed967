"""Ids of actors: the slug alone if it is unique, else with a discriminator."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from broadsheet.identity.cluster import sort_of
from broadsheet.identity.grouping import DOMINANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

KIND_ORDER = ("country", "organization", "group", "person")
"""Order in which actors of different sorts get a shared slug; the others' ids end with their kind."""
DIGITS = 12
"""Hex digits of a digest in an id: among 100,000 people with one name, a clash has a probability of 1 in 56,000."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """An actor that shares a slug, with the inputs of its id.

    Attributes:
        key: Key of its cluster.
        kind: As in the data model.
        country_code: Its country.
        organizations: Its bodies, most articles first.
        offices: Slugs of its offices, most articles first.
        is_isolated: Whether nothing links it to other articles, so that its traits may not distinguish it.
        is_split_off: Whether it is separate only because one article has both actors; the other keeps the slug.
        n_articles: Articles that mention it.
        middles: Slug of its middle names or initials, if any.
    """

    key: str
    kind: str
    country_code: str | None
    organizations: tuple[str, ...]
    offices: tuple[str, ...]
    is_isolated: bool = False
    is_split_off: bool = False
    middles: str | None = None
    n_articles: int = 1


def ids_of(base: str, namesakes: Iterable[Namesake]) -> dict[str, str]:
    """Cluster key to id, for all actors with one slug.

    Args:
        base: The slug.
        namesakes: The actors that have it.
    """
    by_sort: dict[str, list[Namesake]] = defaultdict(list)
    for one in sorted(namesakes, key=lambda one: one.key):
        by_sort[sort_of(one.kind)].append(one)
    first = _first_kind(list(by_sort.values()))
    ids: dict[str, str] = {}
    for some in by_sort.values():
        kind = min((one.kind for one in some), key=KIND_ORDER.index)
        slug = base if kind == first else f"{base}-{kind}"
        split_off = [one for one in some if one.is_split_off]
        whole = [one for one in some if not one.is_split_off] or some
        ids.update({whole[0].key: slug} if len(whole) == 1 else _disambiguated(slug, whole))
        ids.update({one.key: f"{slug}-{digest(one.key)}" for one in split_off if one.key not in ids})
    return ids


def _first_kind(sorts: Sequence[Sequence[Namesake]]) -> str:
    """The kind that gets the slug: the first in order, or of persons and bodies the one with far more articles.

    A person's name that a few articles misread as a body therefore stays with the person.
    """
    kinds = [min((one.kind for one in some), key=KIND_ORDER.index) for some in sorts]
    weights = [sum(one.n_articles for one in some) for some in sorts]
    heaviest = max(range(len(sorts)), key=lambda i: weights[i])
    if "country" not in kinds and weights[heaviest] >= DOMINANCE * (sum(weights) - weights[heaviest]):
        return kinds[heaviest]
    return min(kinds, key=KIND_ORDER.index)


def _disambiguated(slug: str, some: Sequence[Namesake]) -> dict[str, str]:
    """Ids of homonyms: with initials, else country, body, office or digest."""
    ids = {one.key: f"{slug}-{digest(one.key)}" for one in some if one.is_isolated}
    left = [one for one in some if not one.is_isolated]
    discriminators: tuple[Callable[[Namesake], str | None], ...] = (
        lambda one: one.middles,
        lambda one: one.country_code.lower() if one.country_code else None,
        lambda one: one.organizations[0] if one.organizations else None,
        lambda one: one.offices[0] if one.offices else None,
    )
    for discriminator in discriminators:
        marks = {one.key: discriminator(one) for one in left}
        shared = Counter(marks.values())
        ids.update({key: f"{slug}-{mark}" for key, mark in marks.items() if mark and shared[mark] == 1})
        left = [one for one in left if one.key not in ids]
    ids.update({one.key: f"{slug}-{digest(one.key)}" for one in left})
    return ids


def digest(key: str, digits: int = DIGITS) -> str:
    """A short digest of the key of a cluster."""
    return sha256(key.encode()).hexdigest()[:digits]
