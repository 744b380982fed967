"""The country in which an article plays, for the bodies and persons whose own words name none.

A reader takes a firm, a court, a union or an expert for a national of the country of which the text speaks where they
are named: that of the article, unless the sentence or paragraph plays elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.gazetteer import reported_from
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page

_WEIGHTS = {"country": 1.0, "seat": 1.0, "capital": 0.8}
_LEAST_WEIGHT = 0.6
"""How much a name of each of these kinds, or of another, says that the text speaks of its country."""
_FOREMOST = 2.5
"""What being named in the title or the first paragraph multiplies that by."""
_CLEAR = 1.5
"""How much more than of any other the article must speak of a country to play in it."""
_RIVAL = 2.0
"""How much less than of the first the article may speak of a second for this to be the other side of its subject."""
_STATED = 0.4
"""What the name of a person or body adds where the words state its country."""
_FEWEST = 1.5
"""What a country must have for the article to play there."""
_SOCIAL_MEDIA = frozenset(
    {"Facebook", "Instagram", "LinkedIn", "Telegram", "TikTok", "Twitter", "WeChat", "Weibo", "WhatsApp", "YouTube"}
)
"""Known bodies that most often are only where something was written."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The country in which an article plays, if one is clear.

    Attributes:
        country: Its code.
        has_rival: Whether the article speaks of a second country nearly as much.
        reported_from: Code of the country of its first dateline.
    """

    country: str | None
    has_rival: bool
    reported_from: str | None


def setting_of(page: Page, hits: Mapping[int, Hit], country_of_name: Mapping[int, str]) -> Setting:
    """Where a page plays; ``country_of_name`` has the countries that the words state, by the first token of a name."""
    points = _points(page, hits, country_of_name)
    ranked = sorted(points, key=lambda code: (-points[code], code))
    first, second, *_ = [*(points[code] for code in ranked), 0.0, 0.0]
    dateline = reported_from(page)
    unclear = first < _FEWEST or second * _CLEAR > first
    country = None if unclear or ranked[0] == EUROPEAN_UNION or dateline not in (None, ranked[0]) else ranked[0]
    return Setting(country, second * _RIVAL > first, dateline)


def _points(page: Page, hits: Mapping[int, Hit], country_of_name: Mapping[int, str]) -> dict[str, float]:
    """Code of a country to how much the page speaks of it."""
    points: dict[str, float] = {}
    counted = set()
    for i, hit in sorted(hits.items()):
        # What a body that is quoted all over the world says plays no more in its country than elsewhere.
        sphere = known_organizations()[hit.key].sphere if hit.kind == "organization" else ""
        if hit.country_code is not None and sphere != "media" and hit.key not in _SOCIAL_MEDIA:
            counted.add(i)
            weight = _WEIGHTS.get(hit.kind, _LEAST_WEIGHT) * (_FOREMOST if page.tokens[i].paragraph <= 1 else 1.0)
            points[hit.country_code] = points.get(hit.country_code, 0.0) + weight
    for i, code in sorted(country_of_name.items()):
        points[code] = points.get(code, 0.0) + (0.0 if i in counted else _STATED)
    return points
