"""Why a date has the days, the precision and the basis that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates import DateExpression

_LEANING = {"anchor": "anchor", "year": "lent_year", "beside": "apposed"}


def day_rules(table: str, said: DateExpression, published_on: date | None) -> dict[str, Rule]:
    """The rules of ``date_start``, ``date_end``, ``date_precision`` and ``date_basis`` of a row.

    Args:
        table: Name of the table.
        said: The words.
        published_on: The day of publication.
    """
    words = (("date", said.span),)
    days = days_rule(table, said, published_on)
    exact = "approximate" if said.precision == "approximate" else "exact"
    precision = Rule(f"{table}.date_precision.{exact}", (*words, ("precision", said.precision or "")))
    basis = Rule(f"{table}.date_basis.{said.basis}", words)
    return {"date_start": days, "date_end": days, "date_precision": precision, "date_basis": basis}


def days_rule(table: str, said: DateExpression, published_on: date | None) -> Rule:
    """What gave the days: the words themselves, another date of the text, or the day of publication."""
    words = [("date", said.span)]
    how = _LEANING.get(said.leans) if said.leans != "year" or said.basis == "stated" else None
    how = how or said.basis or "stated"
    if said.on is not None:
        return Rule(f"{table}.days.{how}", (*words, ("other", said.on)))
    if how in ("published_on", "relative") and published_on is not None:
        return Rule(f"{table}.days.{how}", (*words, ("published", published_on.isoformat())))
    return Rule(f"{table}.days.{how}", tuple(words))
