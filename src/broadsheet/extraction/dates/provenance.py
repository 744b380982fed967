"""Provenance of a date: why it has its days, precision and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression

_DEPENDENCIES = {"anchor": "anchor", "year": "lent_year", "beside": "apposed"}


def day_rules(table: str, meant: DateExpression, published_on: date | None) -> dict[str, Rule]:
    """The rules of ``date_start``, ``date_end``, ``date_precision`` and ``date_basis`` of a row.

    Args:
        table: Name of the table.
        meant: The date expression.
        published_on: The day of publication.
    """
    how: str = meant.basis or "stated"
    if meant.depends_on and (meant.depends_on != "year" or how == "stated"):
        how = _DEPENDENCIES[meant.depends_on]
    words: dict[str, Span | str] = {"date": meant.span}
    if meant.on is not None:
        words["other"] = meant.on
    elif how in ("published_on", "relative") and published_on is not None:
        words["published"] = published_on.isoformat()
    days = Rule(f"{table}.days.{how}", tuple(words.items()))
    exact = "approximate" if meant.precision == "approximate" else "exact"
    precision = rule(f"{table}.date_precision.{exact}", date=meant.span, precision=meant.precision or "")
    basis = rule(f"{table}.date_basis.{meant.basis}", date=meant.span)
    return {"date_start": days, "date_end": days, "date_precision": precision, "date_basis": basis}
