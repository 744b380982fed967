"""Decides which currency a shared word or sign means."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.reference.geography import countries, country_names, demonyms

if TYPE_CHECKING:
    from broadsheet.extraction.amounts.lexicon import Lexicon
    from broadsheet.extraction.amounts.units import UnitFound

_WORD = re.compile(r"[A-ZÀ-Ý][A-Za-zÀ-ɏ]+")

_BY_TEXT = frozenset({"crown", "dinar", "franc", "lira", "peso", "riyal", "rupee", "shilling"})
"""Roots that an article uses without adjective for the currency of its own country. Dollars and pounds are not among
them: news everywhere uses those of the United States and Britain.
"""


class Resolver:
    """Resolves the units of one text."""

    def __init__(self, text: str, lexicon: Lexicon, language: str, country: str | None) -> None:
        self.text = text
        self.lexicon = lexicon
        self.country = country or _country_of(language)
        self.named: dict[str, str] = {}
        """Root to the currency of its last adjective: after "French francs", "francs" are French."""
        self._mentions: Counter[str] | None = None
        codes: dict[str, set[str]] = {}
        for (root, _), code in lexicon.regions.items():
            codes.setdefault(root, set()).add(code)
        self._shared = {root for root, seen in codes.items() if len(seen) >= 3}

    def resolve(self, found: UnitFound) -> tuple[str, str, str] | None:
        """Unit, ``unit_basis`` and the reason for it; None if the word cannot be resolved."""
        unit = found.unit
        if unit.is_rate:
            return unit.code, "stated", "own"
        if found.stated and unit.code:
            if unit.root in _BY_TEXT:
                self.named[unit.root] = unit.code
            return unit.code, "stated", "own"
        if unit.root not in self._shared and unit.root != "yen":
            return (unit.code or self.lexicon.bare[unit.root]), "stated", "only"
        code = self.lexicon.regions.get((unit.root, self.country or ""))
        if code is not None:
            return code, "article_country", "country"
        if unit.root == "yen":
            return (unit.code, "stated", "own") if unit.code else self._yen_or_yuan()
        if unit.root in self.named:
            return self.named[unit.root], "stated", "named"
        if unit.root in _BY_TEXT and (code := self._by_mentions(unit.root)) is not None:
            return code, "article_country", "mentions"
        code = unit.code or self.lexicon.bare.get(unit.root)
        return (code, "default", "default") if code else None

    def _yen_or_yuan(self) -> tuple[str, str, str]:
        """The sign shared by yen and yuan: the currency that the text names, else the yen."""
        if self.country == "CHN":
            return "CNY", "article_country", "country"
        says_yuan = re.search(r"\b(?:yuan|renminbi|RMB)\b", self.text) is not None
        says_yen = re.search(r"\b[Yy]en\b", self.text) is not None
        if says_yuan and not says_yen:
            return "CNY", "stated", "yen_or_yuan"
        return ("JPY", "stated", "yen_or_yuan") if says_yen else ("JPY", "default", "default")

    def _by_mentions(self, root: str) -> str | None:
        """Among countries with such a currency, the currency of the one the text names most; the first on a tie."""
        if self._mentions is None:
            names, peoples = country_names(), demonyms()
            self._mentions = Counter()
            for word in _WORD.findall(self.text):
                lower = word.lower()
                if lower in names:
                    self._mentions[names[lower].country_code] += 1
                elif lower in peoples:
                    self._mentions[peoples[lower].country_code] += 1
        users = [(country, n) for country, n in self._mentions.items() if (root, country) in self.lexicon.regions]
        if not users:
            return None
        return self.lexicon.regions[(root, max(users, key=lambda user: user[1])[0])]


def _country_of(language: str) -> str | None:
    """The three-letter country code of a language tag's region."""
    for part in language.replace("_", "-").split("-")[1:]:
        if len(part) == 2 and part.isalpha():
            alpha_2 = part.upper()
            return next((c.country_code for c in countries().values() if c.alpha_2 == alpha_2), None)
    return None
