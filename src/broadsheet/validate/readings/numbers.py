"""Amounts and rates, read anew from the characters at the row and at its evidence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from broadsheet.validate.readings.names import plain_words
from broadsheet.validate.readings.rows import short, touching

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.extract.amounts import Amount
    from broadsheet.extract.tariffs.rates import Rate
    from broadsheet.span import Span
    from broadsheet.validate.readings.rows import Reading, Row


def amount(row: Row) -> str | None:
    """The amount is the one printed at the span; a fall, printed without its sign, is negative."""
    found = _at(row)
    if row["amount"] is None or any(abs(row["amount"]) in _ends(a) for a in found):
        return None
    return _says([str(a.amount.normalize().__format__("f")) for a in found], row)


def amount_sign(row: Row) -> str | None:
    """A negative amount has a minus or a word of falling or losing beside it."""
    span = row.span
    if span is None or row["amount"] is None or row["amount"] >= 0 or any(a.amount < 0 for a in _at(row)):
        return None
    return None if plain_words(_line(row, span)) & _falls() else "nothing beside it tells of a fall or a loss"


def amount_high(row: Row) -> str | None:
    """The upper end is that of the range printed at the span."""
    found = _at(row)
    if not found or any(_same(a.amount_high, row["amount_high"]) or _mirrored(a, row) for a in found):
        return None
    return _says([str(a.amount_high) for a in found], row)


def unit(row: Row) -> str | None:
    """The unit is the one printed, or one that the sign printed can stand for."""
    found = _at(row)
    if not found or any(a.unit == row["unit"] for a in found):
        return None
    by_country = row["unit_basis"] == "article_country" and any(a.unit_basis != "stated" for a in found)
    if by_country and _can_be(row["amount_text"] or "", row["unit"]):
        return None
    return _says([a.unit for a in found], row)


def unit_basis(row: Row) -> str | None:
    """A unit is stated where the text prints which currency it is, and only there."""
    found = _at(row)
    if not found or any((a.unit_basis == "stated") == (row["unit_basis"] == "stated") for a in found):
        return None
    return _says([a.unit_basis for a in found], row)


def approximation(row: Row) -> str | None:
    """How exact the amount is follows from the words beside it, or from those that the evidence names."""
    found = _at(row)
    if not found or row.spans("approximation") or any(a.approximation == row["approximation"] for a in found):
        return None
    return _says([a.approximation for a in found], row)


def per(row: Row) -> str | None:
    """What it is the price of one of is printed beside it."""
    found = _at(row)
    if not found or any(a.per == row["per"] for a in found):
        return None
    return _says([str(a.per) for a in found], row)


def rate(column: str) -> Reading:
    """A rate is one of those printed at its evidence."""

    def read(row: Row) -> str | None:
        spans = row.spans(column)
        found = [r for span in spans for r in touching(row.source.rates(), span)]
        numbers = [n for r in found for n in (r.percent, r.high) if n is not None]
        if row[column] is None or not numbers or row[column] in numbers:
            return None
        return f"the text has {short(' … '.join(s.of(row.text) for s in spans))}"

    return read


def rate_approximation(row: Row) -> str | None:
    """How exact a rate is follows from the words before it; one of two rates of a change is exact."""
    found = _rates(row, "rate_percent")
    told = {r.approximation for r in found} | ({"exact"} if any(r.high is not None for r in found) else set())
    if row["rate_approximation"] is None or not told or row["rate_approximation"] in told:
        return None
    return f"the text has {short(' … '.join(row.words('rate_percent')))}"


def _rates(row: Row, column: str) -> list[Rate]:
    return [r for span in row.spans(column) for r in touching(row.source.rates(), span)]


def _at(row: Row) -> list[Amount]:
    """The amounts at the span, whatever the text is printed in; none where the row has none that makes sense."""
    span = row.span
    return [] if span is None else touching(row.source.amounts(), span)


def _says(readings: list[str], row: Row) -> str:
    said = " or ".join(dict.fromkeys(readings)) or "no amount"
    return f"{short(row['amount_text'] or '')} is read as {said}"


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    return one == other if one is not None and other is not None else one is other


def _ends(amount: Amount) -> set[Decimal]:
    """What an amount is without its sign: of a range that falls the upper end comes first."""
    return {abs(end) for end in (amount.amount, amount.amount_high) if end is not None}


def _mirrored(amount: Amount, row: Row) -> bool:
    """Whether the row has the range printed, as a fall."""
    if amount.amount_high is None or row["amount"] is None or row["amount_high"] is None:
        return False
    return bool((-amount.amount_high, -amount.amount) == (row["amount"], row["amount_high"]))


def _line(row: Row, span: Span) -> str:
    """The paragraph that the row stands in."""
    start, end = row.text.rfind("\n", 0, span.start) + 1, row.text.find("\n", span.end)
    return row.text[start : end if end >= 0 else len(row.text)]


@cache
def _falls() -> frozenset[str]:
    """Words that tell of a fall, a loss or a lack."""
    from broadsheet.reference import table

    falling = {row["word"] for row in table("change_words") if row["direction"] == "down"}
    return frozenset(falling | {"less", "fewer", "below", "cheaper", "smaller", "weaker", "short", "losses", "deficit"})


def _can_be(printed: str, unit: object) -> bool:
    """Whether a sign or word that several currencies share is that of ``unit`` in one of its countries."""
    from broadsheet.extract.amounts import find_amounts
    from broadsheet.reference import table

    places = [row["country_code"] for row in table("currency_regions") if row["code"] == unit]
    return any(a.unit == unit for place in places for a in find_amounts(printed, country=place))
