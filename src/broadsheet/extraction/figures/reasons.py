"""The rules of the cells of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates.provenance import day_rules
from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.figure import Figure
    from broadsheet.extraction.figures.naming import Party
    from broadsheet.extraction.figures.reading import Reading

EXACT = Rule("financial_figures.approximation.exact")
"""No word beside the amount, and none that governs it, makes it less than exact."""

_UNIT_TABLES = {
    "rate": "rate_units",
    "sign": "currency_signs",
    "code": "currencies",
    "word": "currency_words",
}
"""What tells a unit to the reference table that has it."""


def figure_rules(figure: Figure, published_on: date | None, by_publisher: bool) -> dict[str, Rule]:
    """The rules of a figure's row.

    Args:
        figure: The figure.
        published_on: The day of publication.
        by_publisher: Whether the publisher tells whose a bare dollar is, and not the language.
    """
    amount, reading, parties = figure.sighting.amount, figure.reading, figure.parties
    out = {"amount": _amount(amount, reading), "kind": reading.told, "approximation": figure.about}
    out |= _unit(amount, by_publisher)
    if figure.covered is not None:
        out["tariff_id"] = figure.covered
    if amount.per_span is not None:
        out["per"] = rule("financial_figures.per", per=amount.per_span)
    for role, party in (("payer", parties.payer), ("payee", parties.payee)):
        if party is not None and party.told is not None:
            out[f"{role}_id"] = _named(party)
    if figure.date is not None:
        out |= _dates(figure.date, figure.dated, published_on)
    return out


def _amount(amount: Amount, reading: Reading) -> Rule:
    value = rule(f"financial_figures.amount.{amount.valued}", text=amount.span)
    if reading.fell is not None and reading.sign < 0 and min(amount.amount, amount.amount_high or amount.amount) >= 0:
        return rule("financial_figures.amount.fall", because=value, text=amount.span, word=reading.fell)
    return value


def _unit(amount: Amount, by_publisher: bool) -> dict[str, Rule]:
    words = amount.unit_span
    file = _UNIT_TABLES.get(amount.united, "")
    unit = Rule(f"financial_figures.unit.{amount.united}", (("word", words), ("unit", amount.unit)), file)
    if amount.united != "inherited" and not amount.span.contains(words):
        unit = rule("financial_figures.unit.shared", because=unit, word=words, unit=amount.unit)
    based = amount.based
    if based == "country":
        based = "publisher" if by_publisher else "language"
    return {"unit": unit, "unit_basis": rule(f"financial_figures.unit_basis.{based}", word=words, unit=amount.unit)}


def _named(party: Party) -> Rule:
    """What gave a party its role, which rests on how its phrase was taken for it."""
    told = party.told
    assert told is not None
    how = Rule(f"financial_figures.named.{party.how}", (("words", party.span),))
    return Rule(told.id, told.words, told.file, told.entry, (*told.because, how))


def _dates(said: DateExpression, dated: str, published_on: date | None) -> dict[str, Rule]:
    out = day_rules("financial_figures", said, published_on)
    if dated == "year_before":
        out["date_start"] = out["date_end"] = rule("financial_figures.days.year_before", date=said.span)
    out["date_text"] = rule(f"financial_figures.date_text.{dated}", date=said.span)
    return out
