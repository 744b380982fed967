"""An actor of the corpus while it is being made, and what it announces to shorter forms of its name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from broadsheet.identity.profile import Profile, best_base
from broadsheet.identity.traits import NOTHING, Traits, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

Sort = Literal["country", "body", "person"]
"""What kinds can be one actor: articles may differ in whether a body is an organization or a group."""


STATE = "country/"
"""How the keys of the clusters of states begin."""
APART = "~"
"""What stands before the keys of clusters that are in one article because nothing ties them to others."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Profiles that are one actor.

    Attributes:
        sort: What it is.
        key: What tells it from all others: its sort and its least article and slug there.
        base: The slug where nobody else has it.
        profiles: Its profiles.
        traits: What they tell of a person.
        is_apart: Whether nothing ties the articles of its one profile together, so that each has an actor of its own.
    """

    sort: Sort
    key: str
    base: str
    profiles: tuple[Profile, ...]
    traits: Traits = NOTHING
    is_apart: bool = False

    @property
    def n_articles(self) -> int:
        """How many articles tell of it; of one that names it twice, both count."""
        return sum(profile.n_articles for profile in self.profiles)


def cluster_of(sort: Sort, profiles: Sequence[Profile], traits: Traits = NOTHING, *, is_apart: bool = False) -> Cluster:
    """The cluster of some profiles."""
    article_id, slug = min((profile.least, profile.slug) for profile in profiles)
    return Cluster(sort, f"{sort}/{article_id}/{slug}", best_base(profiles), tuple(profiles), traits, is_apart)


def sort_of(kind: str) -> Sort:
    """The sort of a kind of the data model."""
    if kind == "person":
        return "person"
    return "country" if kind == "country" else "body"


@dataclass(frozen=True, slots=True)
class Announced:
    """A cluster as it answers to shorter forms of its name.

    Attributes:
        cluster: Its key.
        base: Its slug.
        traits: What is told of it.
        is_company: Whether a body's name tells a company.
        n_articles: Articles that tell of it.
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
    """What :meth:`Announced.packed` wrote."""
    cells = json.loads(text)
    told = cells["traits"]
    sets = {name: frozenset(told[name]) for name in ("countries", "implied", "hinted", "walks", "offices", "telling")}
    traits = Traits(
        **sets,
        organizations=frozenset(told["organizations"]),
        companies=tuple((name, _period(period)) for name, period in told["companies"]),
        governs=tuple(_period(period) for period in told["governs"]),
        middles=frozenset(tuple(words) for words in told["middles"]),
        period=_period(told["period"]),
    )
    return Announced(cells["cluster"], cells["base"], traits, cells["is_company"], cells["n"])


def _period(cells: Sequence[int] | None) -> tuple[int, int] | None:
    return (cells[0], cells[1]) if cells is not None else None
