"""Decides which currency a shared word or sign means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference.geography import countries_named, language_country, reported_from

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts.lexicon import Lexicon
    from broadsheet.extraction.amounts.units import UnitFound


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
        self.country = country or language_country(language)
        self.named: dict[str, str] = {}
        """Root to the currency of its last adjective: after "French francs", "francs" are French."""

    def resolve(self, found: UnitFound) -> tuple[str, str, str] | None:
        """Unit, ``unit_basis`` and the reason for it; None if the word cannot be resolved."""
        unit = found.unit
        national = self.lexicon.plays(unit.root, "of_country")
        if unit.is_rate or (found.stated and unit.code):
            if national:
                self.named[unit.root] = unit.code
            return unit.code, "stated", "own"
        if not national and unit.root not in ("dollar", "yen"):
            return unit.code, "stated", "only"
        code = self.lexicon.regions.get((unit.root, self.country or ""))
        if code is not None:
            return code, "article_country", "country"
        if unit.root == "yen":
            return (unit.code, "stated", "own") if unit.code else self._yen_or_yuan()
        if unit.root in self.named:
            return self.named[unit.root], "stated", "named"
        if unit.subunits == 1 and (code := self._by_mentions(unit.root)) is not None:
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
        """Among countries with such a currency, the currency of the one the text names most; the first on a tie.

        Dollars are those of the country named most only if the text is reported from there and they are much traded.
        """
        named, regions = countries_named(self.text), self.lexicon.regions
        users = [country for country in named if (root, country) in regions]
        if root == "dollar":
            place, most = reported_from(self.text) if users else None, max(named.values(), default=0)
            users = [c for c in users if c == place and named[c] == most]
            users = [c for c in users if regions[(root, c)].lower() in self.lexicon.codes]
        return regions[(root, max(users, key=named.__getitem__))] if users else None
