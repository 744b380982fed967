"""The cells of a row with what states and what gave each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.curation.corrections import DERIVED
from broadsheet.extraction.found import Rule
from broadsheet.extraction.rules import rule_texts, sentence
from broadsheet.publishing.formats import cell_text
from broadsheet.tables.schema import schemas
from broadsheet.views.explain.explanation import CellTold, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.curation import Correction
    from broadsheet.reading import Article
    from broadsheet.views.explain.again import Extracted
    from broadsheet.views.explain.package import Package, Place

_SUMMED = {("actors", "n_mentions"), ("events", "summary")}
"""Cells that hang on other articles, so that one article alone may say otherwise."""

_DEPTH = 12


def reason_of(rule: Rule, text: str, depth: int = _DEPTH) -> Reason:
    """A rule in words.

    Args:
        rule: The rule.
        text: The text that it fired in.
        depth: How many levels of the rules that it rests on are included; an article decides how many there are.
    """
    told = rule_texts()[rule.id]
    because = tuple(reason_of(under, text, depth - 1) for under in rule.because) if depth else ()
    return Reason(rule.id, sentence(rule, text), told.module, rule.file, rule.entry, because)


def cells_of(
    content: Package,
    place: Place,
    extracted: Mapping[str, Extracted],
    texts: Mapping[str, Article],
    correction: Correction | None,
    *,
    always: bool = False,
) -> tuple[CellTold, ...]:
    """Every cell of a row, in the order of the table's columns.

    Args:
        content: The package.
        place: The row.
        extracted: What extraction gives of it now, by article.
        texts: The articles that were extracted.
        correction: What a curator did to the row.
        always: Whether the rules of its cells hold without an article.
    """
    stated = _stated(content, place)
    out = []
    for column in schemas()[place.table].columns:
        value = _text(place.cells[column])
        spans = tuple(span for _, span in stated.get(column, ()))
        words = tuple(span.of(texts[article].text) for article, span in stated.get(column, ()) if article in texts)
        now = {key: _text(getattr(row.row, column)) for key, row in extracted.items()}
        agree = [key for key in extracted if now[key] == value or (place.table, column) in _SUMMED]
        was = _was(correction, column)
        reasons: tuple[Reason, ...] = ()
        if correction is not None and (was is not None or correction.action.value == "add"):
            reasons = (by_curator(correction, column),)
        elif value is not None:
            reasons = _distinct(
                reason_of(extracted[key].rules[column], texts[key].text)
                for key in agree
                if column in extracted[key].rules
            )
            if always and not reasons:
                reasons = (reason_of(Rule(f"{place.table}.{column}"), ""),)
        other = next(iter(now.values()), None) if now and not agree else None
        differs = bool(now) and not agree and column != "origin"
        out.append(CellTold(column, value, spans, words, reasons, other or "", differs, was))
    return tuple(out)


def _stated(content: Package, place: Place) -> dict[str, list[tuple[str, Span]]]:
    """Column to the places that state its cell, each with its article."""
    out: dict[str, list[tuple[str, Span]]] = {}
    for row in content.evidence(place):
        span = Span(row["char_start"], row["char_end"])
        out.setdefault(row["column_name"], []).append((row["article_id"], span))
    return out


def _text(cell: object) -> str | None:
    return None if cell is None else cell_text(cell)


def _was(correction: Correction | None, column: str) -> str | None:
    """What a curator found in a cell that he changed."""
    if correction is None or column not in correction.was:
        return None
    return _text(correction.was[column]) or ""


def by_curator(correction: Correction, column: str) -> Reason:
    """That a curator set a cell, or added its row."""
    if correction.action.value == "add" and column in DERIVED.get(correction.table, ()):
        return Reason("curate.derived", "computed from the row that a curator added", "curate.derived")
    what = "a curator added the row" if correction.action.value == "add" else "a curator set the cell"
    return Reason("curate.set", f"{what}: {correction.reason}", "curate.apply")


def _distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
