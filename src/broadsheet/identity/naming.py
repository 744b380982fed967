"""Turns clusters into actors with names, kinds, countries and unique ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.base.slugs import slug_of
from broadsheet.identity.cluster import ISOLATED, STATE
from broadsheet.identity.names import known_leaders, person_name
from broadsheet.identity.profile import Profile, read_signature
from broadsheet.identity.slugs import KIND_ORDER, Namesake, digest, ids_of
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa


_FAIR_SHARE = 0.1
"""Share of the articles with the most common form of a person's name that a fuller form needs to be chosen."""
_SLASHES = 2
"""Slashes in the key of a cluster; a cluster that was split off has one more."""
_LONG = 20
"""Hex digits of a digest if shorter digests, or other slugs, clash."""


def _is_party(name: str) -> bool:
    body = known_organizations().get(name)
    return body is not None and body.sphere == "party"


@dataclass(slots=True)
class _Actor:
    """The totals of the profiles of a cluster."""

    names: Counter[str]
    kinds: Counter[str]
    countries: Counter[str]
    items: set[str]
    organizations: Counter[str]
    offices: Counter[str]
    mentions: int = 0
    least: str = ""

    def add(self, profile: Profile) -> None:
        """Adds a profile, weighted by its articles and mentions."""
        self.names[profile.name] += profile.n_articles
        self.kinds[profile.kind] += profile.n_articles
        if profile.country_code is not None:
            self.countries[profile.country_code] += profile.n_articles
        if profile.wikidata_id is not None:
            self.items.add(profile.wikidata_id)
        for office in profile.offices:
            self.offices[slug_of(office.title)] += profile.n_articles
            if office.organization_id is not None:
                self.organizations[office.organization_id] += profile.n_articles
        self.mentions += profile.n_mentions
        self.least = min(self.least or profile.least, profile.least)

    @property
    def name(self) -> str:
        """The name that most articles have, each its fullest; of a person the fullest that enough of them have.

        Preferably a leader's or a party's in the reference table, and not in capitals; of several names the one of the
        reference table, else the fullest.
        """
        enough = _FAIR_SHARE * max(self.names.values())

        def rank(name: str) -> tuple[bool, bool, int, bool, int, int, str]:
            person = self.kind == "person"
            articles = self.names[name]
            known = slug_of(name) in known_leaders() if person else _is_party(name)
            order = -int(articles >= enough) if person else -articles
            tabled = name in known_organizations()
            return not known, name.isupper() and " " in name, order, not tabled, -len(name), -articles, name

        return min(self.names, key=rank)

    @property
    def kind(self) -> str:
        """The kind in most articles."""
        return min(self.kinds, key=lambda kind: (-self.kinds[kind], KIND_ORDER.index(kind)))

    @property
    def country_code(self) -> str | None:
        """The country in most articles that give one."""
        return _most_common(self.countries)[0] if self.countries else None


def _most_common(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def named(members: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Names the clusters of a bucket, before the ids of other slugs are known.

    Args:
        members: All members of the clusters of some slugs.

    Returns:
        ``base``, ``article_id``, ``local_id`` and ``cluster`` of each member; and each cluster's actor with
        ``is_plain``, whether its id is its slug.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    grouped = members.group_by(["base", "cluster", "signature"]).aggregate(
        [("article_id", "count"), ("article_id", "min"), ("n_mentions", "sum")]
    )
    actors: dict[str, dict[str, _Actor]] = {}
    names = ("base", "cluster", "signature", "article_id_count", "article_id_min", "n_mentions_sum")
    for base, key, signature, articles, least, mentions in zip(
        *(grouped.column(name).to_pylist() for name in names), strict=True
    ):
        actor = actors.setdefault(base, {}).get(key)
        if actor is None:
            actor = actors[base][key] = _Actor(Counter(), Counter(), Counter(), set(), Counter(), Counter())
        actor.add(read_signature(signature, articles, mentions, None, least))
    cells: list[tuple[object, ...]] = []
    for base, by_key in actors.items():
        ids = ids_of(base, [_namesake(base, key, actor) for key, actor in by_key.items()])
        for key, actor in by_key.items():
            item = min(actor.items, default=None)
            row = (actor.name, actor.kind, actor.country_code, item, actor.mentions)
            cells.append((base, key, ids[key], ids[key] == base, *row))
    columns = zip(*cells, strict=True) if cells else [[] for _ in actor_schema()]
    found = pa.table([pa.array(list(c), f.type) for c, f in zip(columns, actor_schema(), strict=True)], actor_schema())
    placed = members.select(["base", "article_id", "local_id", "cluster"])
    return placed.filter(pc.invert(pc.starts_with(placed.column("cluster"), STATE))), found


def _namesake(base: str, key: str, actor: _Actor) -> Namesake:
    organizations, offices = _most_common(actor.organizations), _most_common(actor.offices)
    middles = person_name(actor.name, "").middles if actor.kind == "person" else ()
    isolated = key.startswith(ISOLATED)
    return Namesake(
        key,
        actor.kind,
        actor.country_code,
        organizations,
        offices,
        is_isolated=isolated,
        is_split_off=not isolated and key.count("/") > _SLASHES,
        middles=slug_of("-".join(middles)) if middles else None,
        n_articles=actor.kinds.total(),
    )


@cache
def actor_schema() -> pa.Schema:
    """The Arrow schema of the actors from :func:`named`."""
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            ("base", text),
            ("cluster", text),
            ("actor_id", text),
            ("is_plain", pa.bool_()),
            ("name", text),
            ("kind", text),
            ("country_code", text),
            ("wikidata_id", text),
            ("n_mentions", pa.int64()),
        ]
    )


def clashes(ids: Iterable[tuple[str, str, bool]]) -> dict[str, str]:
    """Cluster to new id, for actors of different slugs with the same id.

    Args:
        ids: Id, cluster, and whether the id is the slug, in which case it is kept.
    """
    seen: dict[str, list[tuple[bool, str]]] = {}
    for actor_id, cluster, is_plain in ids:
        seen.setdefault(actor_id, []).append((not is_plain, cluster))
    return {
        cluster: f"{actor_id}-{digest(cluster, _LONG)}"
        for actor_id, some in seen.items()
        if len(some) > 1
        for marked, cluster in some
        if marked
    }
