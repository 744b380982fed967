"""Bodies of one name: which are one, and what they announce to abbreviations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.identity.cluster import Announced, cluster_of
from broadsheet.identity.grouping import DOMINANCE, PROMINENT
from broadsheet.identity.names import body_name, short_key
from broadsheet.identity.traits import Traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.identity.cluster import Cluster
    from broadsheet.identity.profile import Profile


def told_country(profile: Profile) -> str | None:
    """The country of a body where words tell it, or where it is an organ of a state or a party."""
    return profile.country_code if profile.is_told or profile.body.is_official else None


def bodies_of(profiles: Sequence[Profile]) -> list[Cluster]:
    """The bodies among the profiles of one name.

    They are one unless countries are told and differ; then each goes by its country, and those of which none of these
    is known are one more. By far the foremost has those of no known country, and those of a country that no words tell.
    Of a name that only says what kind of office it is, each country has its own, and without a country it is another
    body in each article.
    """
    ordered = sorted(profiles, key=lambda p: (p.least, p.slug))
    if any(profile.body.is_known or profile.wikidata_id for profile in ordered):
        return [cluster_of("body", ordered)]
    is_generic = ordered[0].body.is_generic
    told = {code for profile in ordered if (code := told_country(profile)) is not None}
    if not is_generic and len(told) < 2:
        return [cluster_of("body", ordered)]
    groups: dict[str, list[Profile]] = {}
    for profile in ordered:
        code = profile.country_code if is_generic or profile.country_code in told else None
        groups.setdefault(code or "", []).append(profile)
    _gather(groups, least=PROMINENT if is_generic and ordered[0].body.is_official else 1)
    lost = groups.pop("", [])
    clusters = [cluster_of("body", groups[code]) for code in sorted(groups)]
    if is_generic:
        return clusters + [cluster_of("body", [profile], is_apart=True) for profile in lost]
    return [cluster_of("body", lost), *clusters] if lost else clusters


def _gather(groups: dict[str, list[Profile]], least: int) -> None:
    """Gives the group of the foremost country those whose country is not known, or only implied and hardly ever.

    Args:
        groups: The profiles of each country, those of none under the empty text.
        least: Articles that must tell of the foremost before it can have those of no country.
    """
    weights = {code: sum(p.n_articles for p in some) for code, some in groups.items() if code}
    if not weights:
        return
    foremost = max(weights, key=lambda code: (weights[code], code))
    for code in sorted(weights):
        implied = not any(profile.is_told for profile in groups[code])
        if code != foremost and implied and weights[foremost] >= DOMINANCE * weights[code]:
            groups[foremost] += groups.pop(code)
    others = sum(weights[code] for code in groups if code not in ("", foremost))
    if "" in groups and weights[foremost] >= max(least, DOMINANCE * others):
        groups[foremost] += groups.pop("")


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
