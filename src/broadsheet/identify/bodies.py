"""Bodies of one name: which are one, and what they announce to abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.identify.cluster import Announced, cluster_of
from broadsheet.identify.grouping import DOMINANCE
from broadsheet.identify.names import body_name, short_key
from broadsheet.identify.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.identify.cluster import Cluster
    from broadsheet.identify.profile import Profile


def told_country(profile: Profile) -> str | None:
    """The country of a body where words tell it, or where it is an organ of a state or a party."""
    return profile.country_code if profile.is_told or profile.body.is_official else None


def bodies_of(profiles: Sequence[Profile]) -> list[Cluster]:
    """The bodies among the profiles of one name.

    They are one unless countries are told and differ; then each goes by its country, and those of which none of these
    is known are one more, or go to the country that by far the most are of. A name that only says what kind of office
    it is, without a country, is another body in each article.
    """
    ordered = sorted(profiles, key=lambda p: (p.least, p.slug))
    if any(profile.body.is_known or profile.wikidata_id for profile in ordered):
        return [cluster_of("body", ordered)]
    if ordered[0].body.is_generic:
        if ordered[0].country_code is None:
            return [cluster_of("body", [profile], is_apart=True) for profile in ordered]
        return [cluster_of("body", ordered)]
    told = {code for profile in ordered if (code := told_country(profile)) is not None}
    if len(told) < 2:
        return [cluster_of("body", ordered)]
    groups: dict[str, list[Profile]] = {}
    for profile in ordered:
        code = profile.country_code if profile.country_code in told else None
        groups.setdefault(code or "", []).append(profile)
    if "" in groups:
        weights = {code: sum(p.n_articles for p in some) for code, some in groups.items() if code}
        foremost = max(weights, key=lambda code: (weights[code], code))
        if weights[foremost] >= DOMINANCE * (sum(weights.values()) - weights[foremost]):
            groups[foremost] += groups.pop("")
    return [cluster_of("body", groups[code]) for code in sorted(groups)]


def announced_bodies(cluster: Cluster) -> Iterator[tuple[str, Announced]]:
    """The abbreviations and short names that articles print for a body of a longer name."""
    first = cluster.profiles[0]
    own = {profile.body.key for profile in cluster.profiles}
    keys: dict[str, bool] = {}
    for profile in cluster.profiles:
        for alias in profile.aliases:
            key = short_key(alias)
            if " " in key or not key or key in own:
                continue
            read = body_name(alias, "", first.kind, None)
            if not read.is_generic and not read.is_known:
                keys[key] = True
    if not keys:
        return
    codes = frozenset(p.country_code for p in cluster.profiles if p.country_code is not None)
    told = frozenset(code for p in cluster.profiles if (code := told_country(p)) is not None)
    is_company = any(profile.body.is_company for profile in cluster.profiles)
    for key in sorted(keys):
        yield key, Announced(cluster.key, cluster.base, Traits(countries=told, hinted=codes - told), is_company)
