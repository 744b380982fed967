"""Groups bodies with the same name, and lists the short forms that refer to them."""

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


def stated_country(profile: Profile) -> str | None:
    """The country of a body if words state it, or if the body is an organ of a state or a party."""
    return profile.country_code if profile.is_stated or profile.body.is_official else None


def bodies_of(profiles: Sequence[Profile]) -> list[Cluster]:
    """Groups the profiles of one name into bodies.

    They are one body unless their stated countries differ; then there is one body per country, and one without a known
    country. If one country has far more articles than the others, its body also takes the profiles without a known
    country or with a country that is not stated. A generic name (Ministry of Finance) has one body per country, and
    without a country a separate body in each article.
    """
    ordered = sorted(profiles, key=lambda p: (p.least, p.slug))
    if any(profile.body.is_known or profile.wikidata_id for profile in ordered):
        return [cluster_of("body", ordered)]
    is_generic = ordered[0].body.is_generic
    stated = {code for profile in ordered if (code := stated_country(profile)) is not None}
    if not is_generic and len(stated) < 2:
        return [cluster_of("body", ordered)]
    groups: dict[str, list[Profile]] = {}
    for profile in ordered:
        code = profile.country_code if is_generic or profile.country_code in stated else None
        groups.setdefault(code or "", []).append(profile)
    _absorb(groups, least=PROMINENT if is_generic and ordered[0].body.is_official else 1)
    unplaced = groups.pop("", [])
    clusters = [cluster_of("body", groups[code]) for code in sorted(groups)]
    if is_generic:
        return clusters + [cluster_of("body", [profile], is_isolated=True) for profile in unplaced]
    return [cluster_of("body", unplaced), *clusters] if unplaced else clusters


def _absorb(groups: dict[str, list[Profile]], least: int) -> None:
    """Moves profiles without a country, or with a rarely implied one, to the group of the dominant country.

    Args:
        groups: Country code to profiles; the empty text for no country.
        least: Articles that the dominant country needs to take the profiles without a country.
    """
    weights = {code: sum(p.n_articles for p in some) for code, some in groups.items() if code}
    if not weights:
        return
    dominant = max(weights, key=lambda code: (weights[code], code))
    for code in sorted(weights):
        implied = not any(profile.is_stated for profile in groups[code])
        if code != dominant and implied and weights[dominant] >= DOMINANCE * weights[code]:
            groups[dominant] += groups.pop(code)
    others = sum(weights[code] for code in groups if code not in ("", dominant))
    if "" in groups and weights[dominant] >= max(least, DOMINANCE * others):
        groups[dominant] += groups.pop("")


def announced_bodies(cluster: Cluster) -> Iterator[tuple[str, Announced]]:
    """Yields the abbreviations and short names that articles print for a body with a longer name."""
    first = cluster.profiles[0]
    own = {profile.body.key for profile in cluster.profiles}
    keys: set[str] = set()
    for profile in cluster.profiles:
        for alias in profile.aliases:
            key = short_key(alias)
            if " " in key or not key or key in own:
                continue
            read = body_name(alias, "", first.kind, None)
            if not read.is_generic and not read.is_known:
                keys.add(key)
    if not keys:
        return
    codes = frozenset(p.country_code for p in cluster.profiles if p.country_code is not None)
    stated = frozenset(code for p in cluster.profiles if (code := stated_country(p)) is not None)
    is_company = any(profile.body.is_company for profile in cluster.profiles)
    for key in sorted(keys):
        yield key, Announced(cluster.key, cluster.base, Traits(countries=stated, inferred=codes - stated), is_company)
