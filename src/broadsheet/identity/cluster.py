"""Clusters of profiles of the same actor, and what short forms of its name are matched with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from broadsheet.identity.profile import Profile, best_base
from broadsheet.identity.traits import NOTHING, Traits, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

Sort = Literal["country", "body", "person"]
"""Kinds that can be one actor: articles may disagree on whether a body is an organization or a group."""

STATE = "country/"
"""Prefix of the keys of states."""
ISOLATED = "~"
"""Prefix of the keys of isolated clusters."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Profiles that are one actor.

    Attributes:
        sort: Its sort.
        key: A unique key: its sort, its first article and its slug there.
        base: Its slug before homonyms are distinguished.
        profiles: Its profiles.
        traits: The traits of a person.
        is_isolated: Whether nothing links the articles of its one profile, so that each has its own actor.
    """

    sort: Sort
    key: str
    base: str
    profiles: tuple[Profile, ...]
    traits: Traits = NOTHING
    is_isolated: bool = False

    @property
    def n_articles(self) -> int:
        """Number of articles that mention it; an article with two of its actors counts twice."""
        return sum(profile.n_articles for profile in self.profiles)


def cluster_of(
    sort: Sort, profiles: Sequence[Profile], traits: Traits = NOTHING, *, is_isolated: bool = False
) -> Cluster:
    """The cluster of some profiles."""
    article_id, slug = min((profile.least, profile.slug) for profile in profiles)
    return Cluster(sort, f"{sort}/{article_id}/{slug}", best_base(profiles), tuple(profiles), traits, is_isolated)


def sort_of(kind: str) -> Sort:
    """The sort of a kind of the data model."""
    if kind == "person":
        return "person"
    return "country" if kind == "country" else "body"


@dataclass(frozen=True, slots=True)
class Announced:
    """The part of a cluster that short forms of its name are matched with.

    Attributes:
        cluster: Its key.
        base: Its slug.
        traits: Its traits.
        is_company: Whether a body's name says that it is a company.
        n_articles: Articles that mention it.
    """

    cluster: str
    base: str
    traits: Traits
    is_company: bool = False
    n_articles: int = 1

    def packed(self) -> str:
        """The JSON form, the same for the same content."""
        cells = {"cluster": self.cluster, "base": self.base, "is_company": self.is_company, "n": self.n_articles}
        return json.dumps({**cells, "traits": packed(self.traits)}, sort_keys=True)


def read_announced(text: str) -> Announced:
    """Reads what :meth:`Announced.packed` wrote."""
    cells = json.loads(text)
    traits = unpacked(cells["traits"])
    return Announced(cells["cluster"], cells["base"], traits, cells["is_company"], cells["n"])
