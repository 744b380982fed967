"""The countries of the persons and bodies of a page: by words, by offices, by the country that the article means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors.findings import SOCIAL_MEDIA
from broadsheet.extraction.actors.gazetteer import CHAMBERS, datelines
from broadsheet.extraction.actors.nationality import Told, home_country
from broadsheet.extraction.actors.setting import Setting
from broadsheet.extraction.found import rule
from broadsheet.reference.geography import countries
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.gazetteer import Hit

_FARTHEST_OWNER = 4
_NOBODY = "?"
"""The owner that a pronoun tells of without it being clear who that is."""
OFFICIAL = frozenset({"state", "government", "legislature", "diplomatic", "military", "justice"})
_PLACE_WEIGHT, _BODY_WEIGHT = 0.3, 0.6
"""How much a place or body of a state adds to how much a page speaks of it."""


def settle_chambers(found: Findings) -> None:
    """*Congress* and the like are of the country that the article means, where that is another than the table says."""
    if not _appears_at_home(found):
        return
    for key, body in found.bodies.items():
        elsewhere = found.home is not None and key in found.told and found.told[key].country_code != found.home
        if elsewhere and found.told[key].first is None and " ".join(body.words) in CHAMBERS:
            assert found.home is not None
            body.known = None
            found.told[key] = _at_home(found, found.home, "chamber")


def _at_home(found: Findings, home: str, how: str = "home", *, assumed: bool = False) -> Told:
    """That somebody is of the country that the article means, and how that is known."""
    return Told(home, assumed=assumed, rule=rule(f"actors.country.{how}", because=found.home_rule))


def _appears_at_home(found: Findings) -> bool:
    """Whether the article's language is that of the country that it means."""
    region = found.page.document.article.language.partition("-")[2].upper()
    return found.home is not None and countries()[found.home].alpha_2 == region


def owner_of(found: Findings, first: int, named_at: Mapping[int, str]) -> str | None:
    """Who *its*, *his* or *her* before a name or title stands for."""
    tokens = found.page.tokens
    i = first - 1
    while i >= 0 and first - i <= _FARTHEST_OWNER and tokens[i].pos in ("ADJ", "NOUN", "NUM"):
        i -= 1
    if i < 0 or tokens[i].tag != "PRP$" or tokens[i].sentence != tokens[first].sentence:
        return None
    return named_at.get(i, _NOBODY)


def find_home(found: Findings, hits: dict[int, Hit]) -> str | None:
    """The country that the article means where it names none, by all that it says of countries."""
    led = [
        found.leaders[d.person].country_code
        for d in found.drafts
        if d.person in found.leaders and d.country_code is None and d.title.office.unique
    ]
    weights = dict(found.weights)
    for hit in hits.values():
        if hit.kind == "organization" and (hit.key in SOCIAL_MEDIA or known_organizations()[hit.key].sphere == "media"):
            continue  # a page that quotes Facebook need not be about the United States
        if hit.country_code is not None and hit.kind in ("organization", "place", "seat", "people"):
            added = _PLACE_WEIGHT if hit.kind == "place" else _BODY_WEIGHT
            weights[hit.country_code] = weights.get(hit.country_code, 0.0) + added
    foremost = []
    for paragraph in (0, 1):
        first = next((u for u in found.uses if found.page.tokens[u.first].paragraph == paragraph), None)
        if first is not None and (first.force == "acts" or (paragraph == 0 and first.force == "names")):
            foremost.append(first.country_code)
    reported_from = [hit.country_code for hit in datelines(found.page) if hit.country_code is not None]
    article = found.page.document.article
    meant = home_country(article.language, article.publisher, weights, led, [*foremost, *reported_from], reported_from)
    home, found.home_rule = meant if meant is not None else (None, None)
    found.reported_from = reported_from[0] if reported_from else None
    region = article.language.partition("-")[2].upper()
    found.home_is_sure = home in reported_from or (home is not None and countries()[home].alpha_2 == region)
    return home


def setting_of(found: Findings, hits: dict[int, Hit]) -> Setting:
    """Where the page plays, by all that is known of its actors so far."""
    acting = {i for use in found.uses if use.force == "acts" for i in range(use.first, use.last)}
    told = {n.first: code for n in found.namings if (code := found.country_of(n.bearer)) is not None}
    tag = found.page.document.article.language.partition("-")[2].upper()
    region = next((c.country_code for c in countries().values() if tag and c.alpha_2 == tag), None)
    home = found.home if found.home_is_sure else None
    return Setting(found.page, hits, acting, told, home, region, found.reported_from)
