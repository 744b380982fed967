"""The money entries of the reference tables, indexed for lookup by token."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.reference import mapping, table
from broadsheet.reference.geography import country_names, demonyms

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PHRASE = 4
"""Number of words in the longest phrase of the tables of units and approximators."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The meaning of a word, sign or code as a unit.

    Attributes:
        root: Word family (``dollar``) or, for a rate, its unit.
        code: ISO 4217 code or name of a rate; empty if only the root is given and several currencies share it.
        subunits: How many of it make one of the currency: 100 for cents and pence.
        use: ``free``, or the condition for the word to mean money (see the tables).
        is_rate: Whether it is a kind of percentage.
    """

    root: str
    code: str
    subunits: int = 1
    use: str = "free"
    is_rate: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lookups of the amount parser; keys are lower case except those of ``signs`` and ``codes``.

    Phrases of approximation have the place where they stand, ``before`` or ``after``, in their key.
    """

    words: Mapping[Phrase, Unit]
    rates: Mapping[Phrase, Unit]
    signs: Mapping[str, Unit]
    codes: Mapping[str, tuple[Unit, Decimal | None]]
    adjectives: Mapping[tuple[str, str], str]
    regions: Mapping[tuple[str, str], str]
    bare: Mapping[str, str]
    scales: Mapping[str, tuple[Decimal, bool]]
    number_words: Mapping[str, tuple[str, Decimal]]
    approximators: Mapping[tuple[str, Phrase], str]
    price_units: Mapping[str, str]
    change_words: Mapping[str, str]
    context: frozenset[tuple[str, str]]
    anchors: frozenset[str]

    def plays(self, word: str, *roles: str) -> bool:
        """Whether a lower-case word has one of the roles of ``amount_context.csv``."""
        return any((word, role) in self.context for role in roles)


def phrase(text: str) -> Phrase:
    """The tokens of a phrase, as split by the lexer: words, and every other character by itself."""
    spaced = "".join(c if c.isalpha() else f" {c} " for c in text)
    return tuple(spaced.split())


@cache
def lexicon() -> Lexicon:
    """The lexicon, cached."""
    words = {
        phrase(r["word"]): Unit(r["root"], r["code"], int(r["subunits"]), r["use"]) for r in table("currency_words")
    }
    rates = {phrase(r["phrase"]): Unit(r["unit"], r["unit"], 1, r["use"], True) for r in table("rate_units")}
    signs = {r["sign"]: Unit(r["root"], r["code"], 1, r["use"]) for r in table("currency_signs")}
    codes = _codes()
    regions = {(r["root"], r["country_code"]): r["code"] for r in table("currency_regions")}
    scales = {r["scale"]: (Decimal(r["factor"]), r["spacing"] == "glued") for r in table("amount_scales")}
    anchors = {p[0] for p in [*words, *rates]} | set(scales)
    number_words = {r["word"]: (r["kind"], Decimal(r["value"])) for r in table("number_words")}
    for word, (kind, value) in number_words.items():
        if kind in ("scale", "hundred"):
            scales[word] = (value, False)
            anchors.add(word)
        elif (kind == "ordinal_unit" and value >= 3) or kind == "fraction" or word == "tenth":
            anchors |= {word, f"{word}s"}
    spelled = {f(w) for w in anchors for f in (str.lower, str.capitalize, str.upper)}
    # A sign is found by its symbol, or by the whole of it if it is made of letters.
    marks = {s.rstrip(".") if s.rstrip(".").isalpha() else s[-1] for s in signs}
    return Lexicon(
        words=words,
        rates=rates,
        signs=signs,
        codes=codes,
        adjectives=_adjectives(regions),
        regions=regions,
        bare=_bare(),
        scales=scales,
        number_words=number_words,
        approximators={(r["place"], phrase(r["phrase"])): r["approximation"] for r in table("approximators")},
        price_units=mapping("price_units", "unit"),
        change_words=mapping("change_words", "direction"),
        context=frozenset((r["word"], r["role"]) for r in table("amount_context")),
        anchors=frozenset(spelled | marks | set(codes)),
    )


def _codes() -> dict[str, tuple[Unit, Decimal | None]]:
    """Codes in every spelling to the currency, and the scale of a letter before it (MUSD)."""
    roots = {r["code"]: r["root"] for r in table("currency_regions")}
    codes: dict[str, tuple[Unit, Decimal | None]] = {}
    for r in table("currencies"):
        code, use = r["code"], r["code_use"]
        unit = Unit(roots.get(code, code), code, 1, "large" if use == "guarded" else "free")
        codes[code] = (unit, None)
        if use == "any_case":
            codes[code.lower()] = (unit, None)
            for letter, factor in (("K", 1000), ("M", 1000000), ("B", 1000000000)):
                codes.setdefault(letter + code, (unit, Decimal(factor)))
    return codes


def _adjectives(regions: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """National adjective or country name and root to the code: (``canadian``, ``dollar``) to CAD."""
    named = {name: c.country_code for name, c in country_names().items()}
    named |= {d.demonym: d.country_code for d in demonyms().values() if d.form == "adjective"}
    by_country: dict[str, list[tuple[str, str]]] = {}
    for (root, country), code in regions.items():
        by_country.setdefault(country, []).append((root, code))
    out = {(name, root): code for name, country in named.items() for root, code in by_country.get(country, ())}
    out |= {(r["adjective"], r["root"]): r["code"] for r in table("currency_adjectives")}
    return out


def _bare() -> dict[str, str]:
    """Root to the default currency of its bare sign: the code of its first word in the table."""
    out: dict[str, str] = {}
    for r in table("currency_words"):
        if r["code"]:
            out.setdefault(r["root"], r["code"])
    return out
