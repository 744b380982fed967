"""The country in which an article plays, for the bodies and persons whose own words name none.

A reader takes a firm, a court, a union or an expert for a national of the country of which the text speaks where they
are named: that of the article, unless the sentence or paragraph plays elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors.gazetteer import datelines
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page

_WEIGHTS = {
    "country": 1.0,
    "demonym": 0.6,
    "people": 0.6,
    "capital": 0.8,
    "seat": 1.0,
    "place": 0.6,
    "organization": 0.6,
}
"""How much a name of each kind says that the text speaks of its country."""
_FOREMOST = 2.5
"""What being named in the title or the first paragraph multiplies that by."""
_CLEAR = 1.5
"""How much more than of any other the article must speak of a country to play in it."""
_RIVAL = 2.0
"""How much less than of the first the article may speak of a second for this to be the other side of its subject."""
_TOLD = 0.4
"""What the name of somebody adds of whose country the words tell."""
_FEWEST = 1.5
"""What a country must have for the article to play there."""


def setting_of(page: Page, hits: Mapping[int, Hit], told: Mapping[int, str]) -> tuple[str | None, bool]:
    """Code of the country in which a page plays, if one is clear; and whether it speaks of a second nearly as much.

    Args:
        page: The page.
        hits: Its known names.
        told: First token of a name to the code of its bearer's country, where the words tell it.
    """
    points = _points(page, hits, told)
    ranked = sorted(points, key=lambda code: (-points[code], code))
    rivals = [points[code] for code in ranked[1:2]]
    has_rival = any(rival * _RIVAL > points[ranked[0]] for rival in rivals)
    if not ranked or points[ranked[0]] < _FEWEST or any(rival * _CLEAR > points[ranked[0]] for rival in rivals):
        return None, has_rival
    reported_from = next((hit.country_code for hit in datelines(page) if hit.country_code is not None), ranked[0])
    clear = reported_from == ranked[0] and ranked[0] != EUROPEAN_UNION
    return ranked[0] if clear else None, has_rival


def _points(page: Page, hits: Mapping[int, Hit], told: Mapping[int, str]) -> dict[str, float]:
    """Code of a country to how much the page speaks of it."""
    points: dict[str, float] = {}
    for i, hit in sorted(hits.items()):
        if hit.country_code is None or hit.kind not in _WEIGHTS:
            continue
        if hit.kind == "organization" and known_organizations()[hit.key].sphere == "media":
            continue  # quoted all over the world
        foremost = _FOREMOST if page.tokens[i].paragraph <= 1 else 1.0
        points[hit.country_code] = points.get(hit.country_code, 0.0) + _WEIGHTS[hit.kind] * foremost
    for i, code in sorted(told.items()):
        points[code] = points.get(code, 0.0) + (0.0 if i in hits else _TOLD)
    return points
