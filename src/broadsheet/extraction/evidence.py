"""The evidence table: which characters gave which cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.tables.rows import EvidenceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.found import Found
    from broadsheet.tables.rows import Row


def evidence_rows(row_id: str, article_id: str, found: Found[Row]) -> Iterator[EvidenceRow]:
    """A row for each span that states a cell of ``found``; null cells have none.

    Of two spans of one cell with the same start only the longer is kept, since the key is row, column, start.
    """
    for column in sorted(found.evidence):
        if getattr(found.row, column) is None:
            continue
        longest: dict[int, int] = {}
        for span in found.evidence[column]:
            longest[span.start] = max(span.end, longest.get(span.start, 0))
        for start in sorted(longest):
            yield EvidenceRow(row_id, column, article_id, start, longest[start])
