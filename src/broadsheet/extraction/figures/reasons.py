"""The rules of the cells of a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates.provenance import day_rules
from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.figures.figure import Figure
    from broadsheet.extraction.figures.sides import Party

EXACT = Rule("financial_figures.approximation.exact")
"""No word next to the amount or above it makes it less than exact."""

_UNIT_TABLES = {
    "rate": "rate_units",
    "sign": "currency_signs",
    "code": "currencies",
    "word": "currency_words",
}
"""Kind of unit evidence to the reference table with its entry."""


def figure_rules(figure: Figure, published_on: date | None, by_publisher: bool) -> dict[str, Rule]:
    """The rules of a figure's row.

    Args:
        figure: The figure.
        published_on: The day of publication.
        by_publisher: Whether the publisher, not the language, decides the currency of a bare dollar.
    """
    amount, decision = figure.mention.amount, figure.decision
    out = {"amount": _amount(figure), "kind": _kind(figure), "approximation": figure.about}
    out |= _unit(amount, by_publisher)
    if figure.covered is not None:
        out["tariff_id"] = figure.covered
    if amount.per_span is not None:
        out["per"] = rule("financial_figures.per", per=amount.per_span)
    for side, party in (("payer", decision.payer), ("payee", decision.payee)):
        if party is not None:
            out[f"{side}_id"] = _party(figure, side, party)
    if figure.date is not None:
        out |= day_rules("financial_figures", figure.date, published_on)
        how = "scored" if figure.converts is None else "converted"
        out["date_text"] = rule(f"financial_figures.date_text.{how}", date=figure.date.span)
    return out


def _kind(figure: Figure) -> Rule:
    decision = figure.decision
    learned = rule(
        "financial_figures.kind.scored",
        kind=decision.kind,
        margin=f"{decision.score:.1f}",
        second=decision.second,
        behind=f"{decision.behind:.1f}",
    )
    if figure.converts is not None:
        other = figure.converts.mention.amount.span
        return rule("financial_figures.kind.converted", because=learned, other=other, kind=decision.kind)
    if decision.like is not None:
        return rule("financial_figures.kind.compared", because=learned, other=decision.like, kind=decision.kind)
    return learned


def _party(figure: Figure, side: str, party: Party) -> Rule:
    learned = rule(
        "financial_figures.party.scored",
        words=party.mention.span,
        role=side,
        others=str(figure.decision.n_candidates - 1),
        margin=f"{party.score:.1f}",
    )
    if figure.converts is not None:
        return rule("financial_figures.party.converted", because=learned, role=side)
    if figure.decision.like is not None:
        return rule("financial_figures.party.compared", because=learned, role=side, other=figure.decision.like)
    return learned


def _amount(figure: Figure) -> Rule:
    amount = figure.mention.amount
    value = rule(f"financial_figures.amount.{amount.valued}", text=amount.span)
    if figure.fell is not None:
        return rule("financial_figures.amount.fall", because=value, text=amount.span, word=figure.fell)
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
