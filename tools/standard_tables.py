"""Writes the reference tables that come from public sources: countries, languages, currencies, listed companies.

    python3 dev.py run --dev python tools/standard_tables.py

The sources are ISO 3166-1 and ISO 4217 (pycountry) and CLDR (Babel); the languages are those that py3langid tells
apart. The companies of twenty stock indices, with the states of their headquarters, are those of pytickersymbols (MIT),
which collects them from Wikipedia. The tables of the same names in `reference/` add
what the standards lack, and override them row by row.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path

import py3langid
import pycountry
from babel import Locale
from babel.numbers import get_territory_currencies
from pytickersymbols import PyTickerSymbols

FOLDER = Path(__file__).resolve().parents[1] / "src" / "broadsheet" / "reference" / "standard"
NO_CURRENCY = {"XTS", "XXX"}
"""Codes for tests and for the absence of a currency."""
UNINHABITED = {"ATA", "UMI"}
"""Territories without inhabitants, which are never actors."""

LIKE_ENGLISH = {"en", "pcm", "zxx"}
"""Languages that are not refused: English, Nigerian Pidgin, which looks like it, and no language at all."""


def currencies() -> list[list[str]]:
    """Each code of ISO 4217; codes without a country (metals, units of account) are read only with large amounts."""
    tender = {code for country in pycountry.countries for code in get_territory_currencies(country.alpha_2)}
    rows = [
        [currency.alpha_3, currency.name, "", "capitals" if currency.alpha_3 in tender else "guarded"]
        for currency in pycountry.currencies
        if currency.alpha_3 not in NO_CURRENCY
    ]
    return [["code", "name", "withdrawn", "code_use"], *sorted(rows)]


def country_names() -> list[list[str]]:
    """The everyday and official names of each country."""
    territories = Locale("en").territories
    rows = {}
    for country in pycountry.countries:
        if country.alpha_3 in UNINHABITED:
            continue
        given = [country.name, territories[country.alpha_2]]
        given += [getattr(country, form, "") for form in ("common_name", "official_name")]
        for name in {plain for one in given if (plain := plain_name(one))}:
            rows[name] = [name, country.alpha_3, "name"]
    return [["name", "country_code", "form"], *(rows[name] for name in sorted(rows))]


def languages() -> list[list[str]]:
    """The languages that the classifier knows, and that CLDR has a name for."""
    names = Locale("en").languages
    labels = {label for label, _ in py3langid.rank("x")} - LIKE_ENGLISH
    return [["language", "name"], *([label, names[label]] for label in sorted(labels) if label in names)]


def listed_companies() -> list[list[str]]:
    """The companies of stock indices, as printed, with the code of the state where their headquarters are."""
    stocks = PyTickerSymbols()
    found: dict[str, set[str]] = {}
    for index in stocks.get_all_indices():
        for company in stocks.get_stocks_by_index(index):
            code = state_of(company.get("country") or "")
            name = re.sub(r" \([^)]*\)", "", company["name"]).strip()
            issued = {number[:2] for number in company.get("isins") or ()}
            # A state that is not that of the shares' numbers is often an error of the source.
            if code and "," not in name and (not issued or pycountry.countries.get(alpha_3=code).alpha_2 in issued):
                found.setdefault(name, set()).add(code)
    return [["company", "country_code"], *([name, *codes] for name, codes in sorted(found.items()) if len(codes) == 1)]


def state_of(place: str) -> str:
    """The code of the country that closes a place (``Dublin, Ireland``); empty where none does."""
    last = place.rpartition(",")[2].strip()
    if any(part.name == last for part in pycountry.subdivisions.get(country_code="US") or ()):
        return "USA"
    known = pycountry.countries.get(name=last) or pycountry.countries.get(common_name=last)
    return (
        known.alpha_3 if known is not None else {"UK": "GBR", "US": "USA", "U.S.": "USA", "D.C.": "USA"}.get(last, "")
    )


def plain_name(name: str) -> str:
    """A name as it appears in a text: lower case, no article or remarks; empty if it is inverted or ambiguous."""
    name = name.lower().replace("’", "'").replace("&", "and")
    name = re.sub(r" \([^)]*\)| sar china$", "", name)
    inverted = "," in name and not re.search(r", .* and ", name)
    return "" if inverted or " - " in name else name.removeprefix("the ")


def text_of(rows: list[list[str]]) -> str:
    """The rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def tables() -> dict[str, str]:
    """File name to content."""
    return {
        "country_names.csv": text_of(country_names()),
        "currencies.csv": text_of(currencies()),
        "languages.csv": text_of(languages()),
        "listed_companies.csv": text_of(listed_companies()),
    }


def main() -> int:
    """Writes the tables."""
    for name, content in tables().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
