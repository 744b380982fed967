"""The country in which an article plays, for the bodies and persons whose own words name none.

A reader takes a firm, a court, a union or an expert for a national of the country of which the text speaks where they
are named: that of the article, unless the sentence or paragraph plays elsewhere.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.findings import SOCIAL_MEDIA
from broadsheet.reference import table
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

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
_HOME = 3.0
"""What a dateline, or the region of the article's English, adds."""
_CLEAR = 1.5
"""How much more than of any other the article must speak of a country to play in it."""
_RIVAL = 2.0
"""How much less than of the first the article may speak of a second for this to be the other side of its subject."""
_CLEAR_AT_HOME = 0.4
"""The same for the country in which it appears or from which it reports."""
_TOLD = 0.4
"""What the name of somebody adds of whose country the words tell."""
_MONEY = 1.2
"""What counting in a country's money adds, once."""
_FEWEST = 1.5
"""What a country must have for the article to play there, where it does not appear there."""
_EVERYWHERE = frozenset({"dollar", "euro"})


@cache
def _moneys() -> Mapping[str, frozenset[str]]:
    """Word or sign of a currency to the countries that have one of the name, dollar and euro aside."""
    regions: dict[str, set[str]] = {}
    for row in table("currency_regions"):
        regions.setdefault(row["root"], set()).add(row["country_code"])
    out = {row["word"]: frozenset(regions.get(row["root"], ())) for row in table("currency_words") if _is_plain(row)}
    out["£"] = frozenset({"GBR"})
    return MappingProxyType(out)


def _is_plain(row: Mapping[str, str]) -> bool:
    return row["use"] == "free" and row["root"] not in _EVERYWHERE


class Setting:
    """Where one page, and each of its sentences and paragraphs, plays.

    Args:
        page: The page.
        hits: Its known names.
        acting: Tokens at which a state acts.
        told: First token of a name to the code of its bearer's country, where the words tell it.
        home: Code of the country in which the article appears or from which it reports, where that is sure.
        region: Code of the country whose English it is written in, if one is told.
        reported_from: Code of the country of its first dateline.
    """

    def __init__(
        self,
        page: Page,
        hits: Mapping[int, Hit],
        acting: Collection[int],
        told: Mapping[int, str],
        home: str | None,
        region: str | None,
        reported_from: str | None,
    ) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = {
            i: hit
            for i, hit in sorted(hits.items())
            if hit.country_code is not None and hit.kind in _WEIGHTS and not self._is_everywhere(hit)
        }
        self.places = sorted(self.hits)
        self.acting = frozenset(acting)
        self._acting_in_order = sorted(self.acting)
        self.told = dict(told)
        self.is_sure = False
        self.has_rival = False
        self.ranked: list[str] = []
        self.country = self._country(home, region, reported_from)

    @staticmethod
    def _is_everywhere(hit: Hit) -> bool:
        """Whether a body is quoted all over the world: what it says plays no more in its country than elsewhere."""
        return hit.kind == "organization" and (
            hit.key in SOCIAL_MEDIA or known_organizations()[hit.key].sphere == "media"
        )

    def _country(self, home: str | None, region: str | None, reported_from: str | None) -> str | None:
        """The country in which the article plays; None where two are equally its setting."""
        points: dict[str, float] = {}
        for i, hit in self.hits.items():
            assert hit.country_code is not None
            foremost = _FOREMOST if self.tokens[i].paragraph <= 1 else 1.0
            points[hit.country_code] = points.get(hit.country_code, 0.0) + _WEIGHTS[hit.kind] * foremost
        for i, code in sorted(self.told.items()):
            points[code] = points.get(code, 0.0) + (0.0 if i in self.hits else _TOLD)
        for codes in self._moneys():
            likely = sorted(codes & set(points)) if len(codes) > 1 else sorted(codes)
            points.update({code: points.get(code, 0.0) + _MONEY for code in likely})
        self.ranked = sorted(points, key=lambda code: (-points[code], code))
        most = sorted(points.values())[-2:]
        self.has_rival = len(most) > 1 and most[0] * _RIVAL > most[1]
        home = home or (region if region is not None and points.get(region, 0.0) >= 1 else None)
        if home is not None and home != EUROPEAN_UNION:
            points[home] = points.get(home, 0.0) + _HOME
        ranked = sorted(points, key=lambda code: (-points[code], code))
        if not ranked or points[ranked[0]] < _FEWEST:
            self.is_sure = region is not None and reported_from is None
            return region if self.is_sure else None
        if home in points and points[home] >= _CLEAR_AT_HOME * points[ranked[0]]:
            self.is_sure = True
            return home
        elsewhere = reported_from not in (None, ranked[0])
        unclear = len(ranked) > 1 and points[ranked[1]] * _CLEAR > points[ranked[0]]
        return None if unclear or elsewhere or ranked[0] == EUROPEAN_UNION else ranked[0]

    def _moneys(self) -> list[frozenset[str]]:
        """The countries whose moneys the text counts in, once for each set of them that share a name."""
        return sorted({_moneys()[t.lower] for t in self.tokens if _moneys().get(t.lower)}, key=sorted)
