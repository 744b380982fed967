"""Writes the reference tables that come from standards: names of countries and languages, and codes of currencies.

    python3 dev.py run --dev python tools/standard_tables.py

The sources are ISO 3166-1 and ISO 4217 (pycountry) and CLDR (Babel); the languages are those that py3langid tells
apart. The tables of the same names in `reference/` add
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
    }


def main() -> int:
    """Writes the tables."""
    for name, content in tables().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
