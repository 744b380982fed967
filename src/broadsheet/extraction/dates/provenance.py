"""Provenance of a date: why it has its days, precision and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates import DateExpression

_DEPENDENCIES = {"anchor": "anchor", "year": "lent_year", "beside": "apposed"}


def day_rules(table: str, meant: DateExpression, published_on: date | None) -> dict[str, Rule]:
    """The rules of ``date_start``, ``date_end``, ``date_precision`` and ``date_basis`` of a row.

    Args:
        table: Name of the table.
        meant: The date expression.
        published_on: The day of publication.
    """
    words = (("date", meant.span),)
    days = days_rule(table, meant, published_on)
    exact = "approximate" if meant.precision == "approximate" else "exact"
    precision = Rule(f"{table}.date_precision.{exact}", (*words, ("precision", meant.precision or "")))
    basis = Rule(f"{table}.date_basis.{meant.basis}", words)
    return {"date_start": days, "date_end": days, "date_precision": precision, "date_basis": basis}


def days_rule(table: str, meant: DateExpression, published_on: date | None) -> Rule:
    """The source of the days: the words themselves, another date of the text, or the day of publication."""
    words = [("date", meant.span)]
    how = _DEPENDENCIES.get(meant.depends_on) if meant.depends_on != "year" or meant.basis == "stated" else None
    how = how or meant.basis or "stated"
    if meant.on is not None:
        return Rule(f"{table}.days.{how}", (*words, ("other", meant.on)))
    if how in ("published_on", "relative") and published_on is not None:
        return Rule(f"{table}.days.{how}", (*words, ("published", published_on.isoformat())))
    return Rule(f"{table}.days.{how}", tuple(words))
