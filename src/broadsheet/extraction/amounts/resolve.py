"""Decides which currency a shared word or sign means."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference.geography import countries, country_names, demonyms

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts.lexicon import Lexicon
    from broadsheet.extraction.amounts.units import UnitFound

_WORD = re.compile(r"[A-ZÀ-Ý][A-Za-zÀ-ɏ]+")

_BY_TEXT = frozenset({"crown", "dinar", "franc", "lira", "peso", "riyal", "rupee", "shilling"})
"""Roots that an article uses without adjective for the currency of its own country. Dollars and pounds are not among
them: news everywhere uses those of the United States and Britain.
"""


@dataclass(frozen=True, slots=True)
class ResolvedUnit:
    """The unit of an amount, the basis on which it was read, the reason for that, and the characters that state it."""

    code: str
    basis: str
    based: str
    span: Span


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
        if unit.is_rate or (found.stated and unit.code):
            if unit.root in _BY_TEXT:
                self.named[unit.root] = unit.code
            return unit.code, "stated", "own"
        if unit.root not in self._shared and unit.root != "yen":
            return unit.code, "stated", "only"
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
        says_yuan = re.search(r"\b(?:yuan|renminbi|RMB)\b", self.text) is not None
        says_yen = re.search(r"\b[Yy]en\b", self.text) is not None
        if says_yuan and not says_yen:
            return "CNY", "stated", "yen_or_yuan"
        return ("JPY", "stated", "yen_or_yuan") if says_yen else ("JPY", "default", "default")

    def _by_mentions(self, root: str) -> str | None:
        """Among countries with such a currency, the currency of the one the text names most; the first on a tie."""
        if self._mentions is None:
            codes = {name: demonym.country_code for name, demonym in demonyms().items()}
            codes |= {name: country.country_code for name, country in country_names().items()}
            words = map(str.lower, _WORD.findall(self.text))
            self._mentions = Counter(codes[word] for word in words if word in codes)
        users = [country for country in self._mentions if (root, country) in self.lexicon.regions]
        return self.lexicon.regions[(root, max(users, key=self._mentions.__getitem__))] if users else None


def _country_of(language: str) -> str | None:
    """The three-letter country code of a language tag's region."""
    regions = [part.upper() for part in language.replace("_", "-").split("-")[1:] if len(part) == 2]
    return next((c.country_code for c in countries().values() if regions and c.alpha_2 == regions[0]), None)
