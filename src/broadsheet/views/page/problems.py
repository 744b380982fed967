"""Rows without a valid span in their article, or that their article does not support; a page shows them first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.quality.validation.report import Level, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.quality.validation import Report
    from broadsheet.views.page.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Problem:
    """A row without a valid span.

    Attributes:
        table: Its table.
        key: Its key.
        row: Its position in the table, from 0.
        article: The article that it names; empty for null.
        span: Its offsets in the package, None for one that is not a number.
        why: What is wrong, worded to follow the name of the row.
    """

    table: str
    key: str
    row: int
    article: str
    span: tuple[int | None, int | None]
    why: str


def problems(sheets: Mapping[str, Sheet], report: Report, lengths: Mapping[str, int]) -> tuple[Problem, ...]:
    """The rows with an invalid span, or with grounding errors, in the order of the tables.

    Args:
        sheets: All tables.
        report: The validation report.
        lengths: ``article_id`` to the number of code points, for the articles that were given; for others, the table
            ``articles`` has it.
    """
    articles = sheets["articles"]
    known = dict(zip(articles.texts("article_id"), articles.values("n_characters"), strict=True))
    known.pop("", None)
    known |= lengths
    objections = _objections(report)
    cited = _cited(sheets["evidence"], known)
    found: list[Problem] = []
    for name, sheet in sheets.items():
        if sheet.has_spans:
            found += _of_table(sheet, known, objections[name], cited)
    return tuple(found)


def _of_table(
    sheet: Sheet, lengths: Mapping[str, int | None], objections: Mapping[str, list[str]], cited: Mapping[str, list[str]]
) -> Iterator[Problem]:
    columns = (sheet.texts("article_id"), sheet.values("char_start"), sheet.values("char_end"), sheet.keys())
    for row, (article, start, end, key) in enumerate(zip(*columns, strict=True)):
        wrong = why_no_span(article, start, end, lengths)
        reasons = [wrong] if wrong else objections.get(key, [])
        reasons = [*reasons, *cited.get(key, ())]
        if reasons:
            yield Problem(sheet.name, key, row, article, (start, end), "; ".join(dict.fromkeys(reasons)))


def why_no_span(article: str, start: int | None, end: int | None, lengths: Mapping[str, int | None]) -> str | None:
    """Why offsets are not a valid span of their article; None if they are.

    Args:
        article: Key of the article.
        start: Offset of the first code point.
        end: Offset after the last one.
        lengths: Key of each known article to its number of code points, None if that is unknown.
    """
    if article not in lengths:
        return f"names no article of the package ({article})" if article else "names no article"
    if start is None or end is None:
        return "has no offsets" if start is end else f"has no offset of its {'start' if start is None else 'end'}"
    if start < 0 or end < 0:
        return "begins before the article" if start < 0 else "ends before the article"
    if end == start:
        return "is empty: it ends where it begins"
    if end < start:
        return "ends before it begins"
    length = lengths[article]
    if length is not None and end > length:
        return f"goes beyond the end of the article, which has {length:,} characters"
    return None


def _objections(report: Report) -> dict[str, dict[str, list[str]]]:
    """Table to key to the grounding errors of the row."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for failure in report.failures:
        if failure.level is Level.GROUNDING and failure.severity is Severity.ERROR and failure.key:
            found[failure.table][failure.key].append(f"{failure.column}: {failure.message}")
    return found


def _cited(evidence: Sheet, lengths: Mapping[str, int | None]) -> dict[str, list[str]]:
    """Key of a row to what is wrong with the evidence of its cells."""
    found: dict[str, list[str]] = defaultdict(list)
    columns = (evidence.texts("row_id"), evidence.texts("column_name"), evidence.texts("article_id"))
    spans = zip(evidence.values("char_start"), evidence.values("char_end"), strict=True)
    for row, column, article, (start, end) in zip(*columns, spans, strict=True):
        wrong = why_no_span(article, start, end, lengths)
        if wrong:
            found[row].append(f"the evidence of {column} {wrong}")
    return found
