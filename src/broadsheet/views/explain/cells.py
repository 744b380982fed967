"""Explains the cells of a row: the words that state each, and the rule that gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.curation.corrections import DERIVED
from broadsheet.extraction.found import Rule
from broadsheet.extraction.rules import rule_texts, sentence
from broadsheet.publishing.formats import cell_text
from broadsheet.tables.schema import schemas
from broadsheet.views.explain.explanation import CellExplanation, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.curation import Correction
    from broadsheet.reading import Article
    from broadsheet.views.explain.package import FoundRow, Package
    from broadsheet.views.explain.reextraction import ReextractedRow

_SUMMED = {("actors", "n_mentions"), ("events", "summary")}
"""Cells that depend on other articles too, so one article alone may give another value."""

_DEPTH = 12


def reason_of(rule: Rule, text: str, depth: int = _DEPTH) -> Reason:
    """A rule in words.

    Args:
        rule: The rule.
        text: The text in which it fired.
        depth: How many levels of underlying rules to include; an article does not bound their depth.
    """
    because = tuple(reason_of(under, text, depth - 1) for under in rule.because) if depth else ()
    return Reason(rule.id, sentence(rule, text), rule_texts()[rule.id].module, rule.file, rule.entry, because)


def cells_of(
    content: Package,
    row: FoundRow,
    extracted: Mapping[str, ReextractedRow],
    texts: Mapping[str, Article],
    correction: Correction | None,
    *,
    always: bool = False,
) -> tuple[CellExplanation, ...]:
    """Every cell of a row, in the order of the table's columns.

    Args:
        content: The package.
        row: The row.
        extracted: The same row extracted again, by article.
        texts: The articles that were extracted.
        correction: The curator's correction of the row, if there is one.
        always: Whether the rules of its cells hold without an article.
    """
    stated = _stated(content, row)
    out = []
    for column in schemas()[row.table].columns:
        value = _text(row.cells[column])
        spans = tuple(span for _, span in stated.get(column, ()))
        words = tuple(span.of(texts[article].text) for article, span in stated.get(column, ()) if article in texts)
        now = {key: _text(getattr(found.row, column)) for key, found in extracted.items()}
        agree = [key for key in extracted if now[key] == value or (row.table, column) in _SUMMED]
        was = _was(correction, column)
        reasons: tuple[Reason, ...] = ()
        if correction is not None and (was is not None or correction.action.value == "add"):
            reasons = (by_curator(correction, column),)
        elif value is not None:
            rules = ((extracted[key].rules.get(column), texts[key].text) for key in agree)
            reasons = tuple(dict.fromkeys(reason_of(rule, text) for rule, text in rules if rule is not None))
            if always and not reasons:
                reasons = (reason_of(Rule(f"{row.table}.{column}"), ""),)
        other = next(iter(now.values()), None) if now and not agree else None
        differs = bool(now) and not agree and column != "origin"
        out.append(CellExplanation(column, value, spans, words, reasons, other or "", differs, was))
    return tuple(out)


def _stated(content: Package, row: FoundRow) -> dict[str, list[tuple[str, Span]]]:
    """Column to the spans that state its cell, each with its article."""
    out: dict[str, list[tuple[str, Span]]] = {}
    for evidence in content.evidence(row):
        span = Span(evidence["char_start"], evidence["char_end"])
        out.setdefault(evidence["column_name"], []).append((evidence["article_id"], span))
    return out


def _text(cell: object) -> str | None:
    return None if cell is None else cell_text(cell)


def _was(correction: Correction | None, column: str) -> str | None:
    """The value that a curator replaced."""
    if correction is None or column not in correction.was:
        return None
    return _text(correction.was[column]) or ""


def by_curator(correction: Correction, column: str) -> Reason:
    """The reason for a cell that a curator set, or whose row a curator added."""
    if correction.action.value == "add" and column in DERIVED.get(correction.table, ()):
        return Reason("curate.derived", "computed from the row that a curator added", "curate.derived")
    what = "a curator added the row" if correction.action.value == "add" else "a curator set the cell"
    return Reason("curate.set", f"{what}: {correction.reason}", "curate.apply")
