"""Reads printed numbers and units: a small, independent reader that shares no code with the parsers.

It does not decide what an amount is. It returns every number and unit that the words can mean; any other cell is
wrong. If the words have no number or unit that it knows, it returns nothing, and no failure is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.reference import column, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST = 200
"""Longer texts are not amounts and are not read."""

_TOKEN = re.compile(r"(?P<digits>\d[\d,]*(?:[.·]\d+)?|\.\d+)|(?P<word>[^\W\d_]+)|(?P<other>\S)")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+")
_FRACTIONS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "0.3333",
    "⅔": "0.6667",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
}
_ORDINALS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_ORDINALS |= {"eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "sixteenth": 16, "twentieth": 20, "hundredth": 100}
_COUNTED = frozenset({"unit", "teen", "ten", "dozen", "couple"})
_FINEST = Decimal("0.0001")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number and the factor of its scale words; ``factor`` is None if there are none."""

    base: Decimal
    factor: Decimal | None = None
    is_part: bool = False


@lru_cache(maxsize=65536)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Returns the numbers of a text in order.

    >>> [str(q.base * (q.factor or 1)) for q in quantities("two and a half million to 3bn")]
    ['2500000.0', '3000000000']
    """
    if len(text) > LONGEST:
        return ()
    tokens = [(str(m.lastgroup), m.group().lower()) for m in _TOKEN.finditer(text)]
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        read = _number(tokens, place)
        if read is None:
            place += 1
            continue
        quantity, place = read
        found.append(quantity)
    return tuple(found)


@lru_cache(maxsize=65536)
def values(text: str) -> frozenset[Decimal]:
    """Returns every value that the numbers of a text can have, without signs; empty if it has no number."""
    found: set[Decimal] = set()
    numbers = quantities(text)
    coins = bool(_coins().search(text))
    last: Decimal | None = None
    for place, number in enumerate(numbers):
        factors = {n.factor for n in numbers[place:] if n.factor is not None} if number.factor is None else set()
        own = {number.base * (number.factor or 1)} | {number.base * factor for factor in factors}
        if number.is_part:
            own |= {value * _HUNDRED for value in own} | {value * n.base for value in own for n in numbers}
        if coins:
            own |= {value / _HUNDRED for value in own}
        if last is not None:
            own |= {last + value for value in own}  # two trillion 345 billion; 8 dollars 50 cents
        last = number.base * (number.factor or 1)
        found |= own
    return frozenset(_rounded(value) for value in found)


def _rounded(value: Decimal) -> Decimal:
    try:
        return value.quantize(_FINEST).normalize()
    except DecimalException:
        return value


def is_printed(cell: Decimal, text: str) -> bool | None:
    """Whether a text can mean the number, ignoring its sign; None if it has no number that can be read."""
    known = values(text)
    return _rounded(abs(cell)) in known if known else None


def _number(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Quantity, int] | None:
    """Returns the number that starts at a token, and its end."""
    kind, token = tokens[place]
    if kind == "digits":
        base, place = _figures(token), place + 1
        if base is None:
            return None
        part, place = _fraction(tokens, place)
        if part is None and place + 1 < len(tokens) and tokens[place][1] == "/" and tokens[place + 1][0] == "digits":
            below = _figures(tokens[place + 1][1])
            base, place = (base / below if below else base), place + 2
        return _scaled(base + (part or 0), tokens, place, is_part=False)
    if token in _FRACTIONS:
        return _scaled(Decimal(_FRACTIONS[token]), tokens, place + 1, is_part=True)
    return _in_words(tokens, place)


def _figures(token: str) -> Decimal | None:
    try:
        return Decimal(token.replace(",", "").replace("·", "."))
    except DecimalException:
        return None


def _fraction(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Decimal | None, int]:
    """Reads a fraction after a whole number: ``½``, ``1/2``, ``-1/2``, ``and a half``."""
    rest = [token for _, token in tokens[place : place + 6]]
    if rest and rest[0] in _FRACTIONS:
        return Decimal(_FRACTIONS[rest[0]]), place + 1
    for skipped in ([], ["-"]):
        if rest[: len(skipped)] == skipped:
            some = rest[len(skipped) : len(skipped) + 3]
            if len(some) == 3 and some[1] == "/" and some[0].isdecimal() and some[2].isdecimal() and int(some[2]):
                return Decimal(int(some[0])) / int(some[2]), place + len(skipped) + 3
    joined = [one for one in rest if one != "-"]
    if joined[:2] in (["and", "a"], ["and", "one"], ["and", "an"]) and joined[2:3] and joined[2] in _ORDINALS:
        used = next(n for n in range(3, 7) if len([t for t in rest[:n] if t != "-"]) == 3)
        return Decimal(1) / _ORDINALS[joined[2]], place + used
    return None, place


def _in_words(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Quantity, int] | None:
    """Reads a number in words, such as ``two hundred and five``, ``a third``, ``one point four``, ``half``."""
    total, last, place = _whole(tokens, place)
    words = [word for _, word in tokens[place : place + 2]]
    if words[:1] == ["-"] and len(words) > 1 and _ordinal(words[1]):
        place, words = place + 1, words[1:]
    if words and (below := _ordinal(words[0])):
        return _scaled((total or Decimal(1)) / below, tokens, place + 1, is_part=True)
    if not last or (last == "article" and _scale(tokens, place)[0] is None):
        return None
    if words[:1] == ["point"]:
        decimals, place = _decimals(tokens, place)
        total += decimals
    part, place = _fraction(tokens, place)
    return _scaled(total + (part or 0), tokens, place, is_part=False)


def _whole(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Decimal, str, int]:
    """Reads a whole number in words; returns it, the kind of its last word (empty if no number) and its end."""
    total, last = Decimal(0), ""
    while place < len(tokens):
        word = tokens[place][1]
        kind, value = _words().get(word, ("", Decimal(0)))
        if kind == "hundred":
            total = (total or Decimal(1)) * value
        elif kind == "article" and not last:
            total = value
        elif kind in _COUNTED and last not in ("unit", "teen"):
            total = value if last == "article" else total + value
        elif last and word in ("-", "and") and place + 1 < len(tokens) and _goes_on(tokens[place + 1][1], word, last):
            place += 1
            continue
        else:
            break
        last, place = kind, place + 1
    return total, last, place


def _decimals(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Decimal, int]:
    """Reads the decimals in words after ``point``."""
    end, digits = place + 1, ""
    while end < len(tokens) and _words().get(tokens[end][1], ("",))[0] == "unit":
        digits, end = digits + str(_words()[tokens[end][1]][1]), end + 1
    return (Decimal(f"0.{digits}"), end) if digits else (Decimal(0), place)


def _goes_on(token: str, joint: str, last: str) -> bool:
    kind = _words().get(token, ("",))[0]
    return kind in ("unit", "teen", "ten") and (last == "ten" if joint == "-" else last == "hundred")


def _ordinal(token: str) -> int:
    return _ORDINALS.get(token) or _ORDINALS.get(token.removesuffix("s")) or 0


def _scaled(base: Decimal, tokens: Sequence[tuple[str, str]], place: int, *, is_part: bool) -> tuple[Quantity, int]:
    """Reads the scale words after a number; ``of a`` may come between a fraction and its scale."""
    if is_part:
        skipped = place
        while skipped < len(tokens) and tokens[skipped][1] in ("of", "a", "an", "-"):
            skipped += 1
        factor, end = _scale(tokens, skipped)
        return Quantity(base, factor, is_part=True), end if factor is not None else place
    factor, place = _scale(tokens, place)
    return Quantity(base, factor), place


def _scale(tokens: Sequence[tuple[str, str]], place: int) -> tuple[Decimal | None, int]:
    factor: Decimal | None = None
    while place < len(tokens):
        word = tokens[place][1]
        if word == "-" and place + 1 < len(tokens) and tokens[place + 1][1] in _scales():
            place += 1
            continue
        if word not in _scales():
            break
        factor, place = (factor or 1) * _scales()[word], place + 1
    return factor, place


@cache
def _words() -> Mapping[str, tuple[str, Decimal]]:
    return {row["word"]: (row["kind"], Decimal(row["value"])) for row in table("number_words")}


@cache
def _scales() -> Mapping[str, Decimal]:
    found = {row["scale"]: Decimal(row["factor"]) for row in table("amount_scales")}
    kinds = ("scale", "hundred")
    codes = [row["code"].lower() for row in table("currencies") if row["code_use"] == "any_case"]
    found |= {letter + code: found[letter] for letter in "kmb" for code in codes}  # 14 MUSD
    return found | {word: value for word, (kind, value) in _words().items() if kind in kinds}


@cache
def _coins() -> re.Pattern[str]:
    words = sorted((row["word"] for row in table("currency_words") if row["subunits"] not in ("", "1")), key=len)
    return re.compile(
        rf"[¢₵]|(?<![^\W_])(?:{'|'.join(map(re.escape, reversed(words)))})(?![^\W_])|\dp\b|\d ?c\b", re.IGNORECASE
    )


@dataclass(frozen=True, slots=True)
class Units:
    """The units that a text names: ``stated`` explicitly, or ``shared`` by a sign or word of several currencies."""

    stated: frozenset[str]
    shared: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """Every unit that the text can mean."""
        return self.stated | self.shared


@lru_cache(maxsize=65536)
def units(text: str) -> Units:
    """Returns the units that a printed amount names.

    >>> sorted(units("70 US cents").known), sorted(units("12 per cent").known)
    (['USD'], ['percent'])
    """
    stated: set[str] = set()
    shared: set[str] = set()
    if len(text) > LONGEST:
        return Units(frozenset(), frozenset())
    if rates := [" ".join(m.group(1).lower().replace("-", " ").split()) for m in _rates().finditer(text)]:
        stated |= {_rate_units()[rate] for rate in rates}
    stated |= set(re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", text)) & column("currencies", "code")
    for m in _signs().finditer(text):
        for code, of in _sign_rows()[m.group("sign")]:
            (stated if code else shared).update([code] if code else _of_root(of))
    words = _WORD.findall(_rates().sub(" ", text).lower())
    for place, word in enumerate(words):
        for root in _roots().get(word, ()):
            codes = _of_root(root)
            before = (" ".join(words[max(0, place - size) : place]) for size in (3, 2, 1))
            named = [own for said in before if (own := _adjectives().get((said, root)))][:1]
            (stated if named or len(codes) == 1 else shared).update(named or codes)
    return Units(frozenset(stated), frozenset(shared))


@cache
def _rate_units() -> Mapping[str, str]:
    return {row["phrase"]: row["unit"] for row in table("rate_units")}


@cache
def _rates() -> re.Pattern[str]:
    phrases = sorted(_rate_units(), key=len, reverse=True)
    spelled = "|".join(r"(?:\s+|-)".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"(?<![^\W\d_])({spelled})(?![^\W\d_])", re.IGNORECASE)


@cache
def _sign_rows() -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in table("currency_signs"):
        found[row["sign"]] = (*found.get(row["sign"], ()), (row["code"], row["root"]))
    return found


@cache
def _signs() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, sorted(_sign_rows(), key=len, reverse=True)))
    return re.compile(rf"(?<![^\W\d_])(?P<sign>{signs})(?![^\W\d_])")


@cache
def _roots() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in table("currency_words"):
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["root"]}
    return found


@cache
def _adjectives() -> Mapping[tuple[str, str], str]:
    """Maps an adjective or country and a root to a currency: ``u.s.`` and ``dollar``, ``norwegian`` and ``crown``."""
    regions = {(row["country_code"], row["root"]): row["code"] for row in table("currency_regions")}
    found: dict[tuple[str, str], str] = {}
    words = [(row["demonym"].lower(), row["country_code"]) for row in table("demonyms")]
    words += [(row["name"], row["country_code"]) for row in table("country_names")]
    for word, of in words:
        for (country, root), code in regions.items():
            if country == of:
                found[word, root] = code
    return found | {(row["adjective"], row["root"]): row["code"] for row in table("currency_adjectives")}


@cache
def _of_root(root: str) -> frozenset[str]:
    """Returns the currencies that a sign or word can mean."""
    names = ("currency_regions", "currency_words", "currency_adjectives", "currency_signs")
    return frozenset(row["code"] for name in names for row in table(name) if row["root"] == root and row["code"])
