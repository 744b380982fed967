"""Reads amounts, units and rates from the text at a row and its evidence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.quality.validation.readings.names import plain_words
from broadsheet.quality.validation.readings.printed import is_printed, quantities, units, values
from broadsheet.quality.validation.readings.rows import short
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from broadsheet.base.span import Span
    from broadsheet.quality.validation.readings.rows import Reading, Row

_MINUS = re.compile(r"(?:[-−–]|\b(?:minus|negative))\s?[^\s\w]{0,3}$", re.IGNORECASE)
_BEFORE = 60
_AFTER = 40
_US = re.compile(r"\bU\.?S\b|\bAmerican\b", re.IGNORECASE)


def amount(row: Row) -> str | None:
    """Checks that the amount is printed at the span; the sign may differ, since a fall is printed without a minus."""
    return amount_of(row["amount"], _text(row))


def amount_high(row: Row) -> str | None:
    """Checks that the upper end is printed at the span, and given if a range is printed."""
    return high_of(row["amount"], row["amount_high"], _text(row))


def unit(row: Row) -> str | None:
    """Checks that the sign, word or code at the span can mean the unit."""
    return unit_of(row["unit"], _text(row))


def unit_basis(row: Row) -> str | None:
    """Checks that ``unit_basis`` is ``stated`` if and only if the text says which currency it is."""
    return basis_of(row["unit_basis"], _text(row))


def amount_of(cell: Decimal | None, printed: str) -> str | None:
    """Returns a message if the printed amount cannot be the cell."""
    if cell is None or is_printed(cell, printed) is not False:
        return None
    return _reads(printed)


def high_of(low: Decimal | None, high: Decimal | None, printed: str) -> str | None:
    """Returns a message if the printed amount cannot have this upper end, or has one that the cell lacks."""
    if high is not None:
        return _reads(printed) if is_printed(high, printed) is False or len(quantities(printed)) == 1 else None
    numbers = quantities(printed)
    if low is None or len(numbers) != 2 or any(n.is_part for n in numbers):
        return None
    joined = sum(n.base * (n.factor or 1) for n in numbers)  # two trillion 345 billion is one amount
    return f"{short(printed)} prints two numbers" if abs(low) != joined else None


def unit_of(cell: str | None, printed: str) -> str | None:
    """Returns a message if the unit of the printed amount cannot be the cell."""
    found = units(printed)
    if cell is None or not found.known or cell in found.known:
        return None
    return f"{short(printed)} is in {' or '.join(sorted(found.known)[:4])}"


def basis_of(cell: str | None, printed: str) -> str | None:
    """Returns a message if the printed amount contradicts the basis of its unit."""
    found = units(printed)
    if found.stated and not found.shared and cell != "stated":
        return f"{short(printed)} states its unit"
    if "USD" in found.shared and not found.stated and cell == "stated" and not _US.search(printed):
        return f"{short(printed)} does not say whose dollar it is"
    return None


def amount_sign(row: Row) -> str | None:
    """Checks that a negative amount has a minus next to it, or a word for a fall or loss in its paragraph."""
    span = row.span
    if span is None or row["amount"] is None or row["amount"] >= 0:
        return None
    printed = _text(row).lower()
    if _MINUS.search(row.text[max(0, span.start - 12) : span.start]) or {"-", "−"} & set(printed[:4]):
        return None
    if printed.startswith(("minus", "negative")):
        return None
    return None if plain_words(_line(row, span)) & _falls() else "no word near it means a fall or a loss"


def approximation(row: Row) -> str | None:
    """Checks the approximation of an amount against the words around it or in its evidence."""
    span = row.span
    if span is None or row["approximation"] is None:
        return None
    if row["amount_high"] is not None:
        return None if row["approximation"] == "range" else f"{short(_text(row))} is a range"
    if any(number.is_part for number in quantities(span.of(row.text))):
        return None  # a fraction such as "a third" is rarely exact
    return _approximate(row, "approximation", span)


def rate_approximation(row: Row) -> str | None:
    """Checks the approximation of a rate against the words around it, unless the rate is a range."""
    spans = row.spans("rate_percent")
    if row["rate_approximation"] is None or not spans or row["rate_high_percent"] is not None:
        return None
    return _approximate(row, "rate_approximation", spans[0])


def _approximate(row: Row, column: str, span: Span) -> str | None:
    """Returns a message if the words around a number contradict its approximation."""
    before = " ".join(row.text[max(0, span.start - _BEFORE) : span.end].lower().split())
    after = " ".join(row.text[span.start : span.end + _AFTER].lower().split())
    if row.spans(column) and row[column] != "exact":
        return None  # the hedge is further away and has its own evidence
    hedges = {how for phrase, how in _hedges().items() if _has(phrase, before) or _has(phrase, after)}
    if row[column] == "exact":
        left = " ".join(row.text[max(0, span.start - _BEFORE) : span.start].lower().split())
        hedge = next((word for word in _sure_hedges() if left == word or left.endswith(f" {word}")), None)
        return f"«{hedge}» stands before {short(span.of(row.text))}" if hedge else None
    if row[column] == "range" or row[column] in hedges:
        return None
    return f"nothing beside {short(span.of(row.text))} says {row[column]}"


def _has(phrase: str, words: str) -> bool:
    at = words.lower().find(phrase)
    while at >= 0:
        end = at + len(phrase)
        cut = phrase[0].isalpha() and at > 0 and words[at - 1].isalpha()
        if not cut and not (phrase[-1].isalpha() and end < len(words) and words[end].isalpha()):
            return True
        at = words.lower().find(phrase, at + 1)
    return False


def per(row: Row) -> str | None:
    """Checks that the unit of a unit price is printed at its evidence or near the amount."""
    span = row.span
    if row["per"] is None or span is None:
        return None
    beside = row.text[max(0, span.start - _BEFORE) : span.end + _BEFORE]
    words = plain_words(" ".join([*row.words("per"), beside])) | {"annually"} & plain_words(beside)
    units = {unit for printed, unit in _priced().items() if plain_words(printed) <= words}
    if row["per"] in units or plain_words(row["per"]) <= words | units:
        return None
    return f"no {row['per']} is printed beside {short(_text(row))}"


def rate(column: str) -> Reading:
    """Checks that a rate is printed at its evidence."""

    def read(row: Row) -> str | None:
        words = row.words(column)
        read = [is_printed(row[column], text) for text in words] if row[column] is not None else []
        if not read or any(known is not False for known in read):
            return None
        return f"the text has {short(' … '.join(words))}"

    return read


def rate_of(cells: tuple[Decimal | None, ...], printed: str) -> str | None:
    """Returns a message if none of the cells can be the printed rate."""
    given = [cell for cell in cells if cell is not None]
    if not given or any(is_printed(cell, printed) is not False for cell in given):
        return None
    return f"{short(printed)} has another number"


def _text(row: Row) -> str:
    span = row.span
    return span.of(row.text) if span is not None else ""


def _reads(printed: str) -> str:
    said = sorted(values(printed))[:4]
    return f"{short(printed)} is read as {' or '.join(f'{value:f}' for value in said)}"


def _line(row: Row, span: Span) -> str:
    """Returns the paragraph of a span."""
    start, end = row.text.rfind("\n", 0, span.start) + 1, row.text.find("\n", span.end)
    return row.text[start : end if end >= 0 else len(row.text)]


@cache
def _falls() -> frozenset[str]:
    """Returns words for a fall, a loss or a lack."""
    falling = {row["word"] for row in table("change_words") if row["direction"] == "down"}
    return frozenset(falling | {"less", "fewer", "below", "cheaper", "smaller", "weaker", "short", "losses", "deficit"})


@cache
def _hedges() -> Mapping[str, str]:
    return {row["phrase"]: row["approximation"] for row in table("approximators")}


@cache
def _sure_hedges() -> tuple[str, ...]:
    """Returns words that always make the number after them inexact."""
    sure = ("at least", "at most", "about", "around", "approximately", "nearly", "almost", "roughly")
    return tuple(word for word in sure if word in _hedges())


@cache
def _priced() -> Mapping[str, str]:
    return {row["word"]: row["unit"] for row in table("price_units")}
