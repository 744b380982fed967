"""The curator's corrections of a package, which a page shows next to the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.curation import parse_curation
from broadsheet.curation.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.views.page.sheets import Sheet


@dataclass(frozen=True, slots=True)
class CuratedRow:
    """A row that a curator corrected.

    Attributes:
        table: Its table.
        key: Its key; a dropped row is no longer in the table.
        action: ``change``, ``add`` or ``drop``.
        reason: Why, in the curator's words.
        columns: The columns that were set, in the order of the file.
        was: Changed column to the extracted cell, as in the CSV.
        span: The characters of the article that support the correction.
        article: Key of the article; empty if it is not given and there are several.
    """

    table: str
    key: str
    action: str
    reason: str
    columns: tuple[str, ...]
    was: Mapping[str, str]
    span: tuple[int, int]
    article: str


def curated_rows(text: str, sheets: Mapping[str, Sheet]) -> tuple[CuratedRow, ...]:
    """The corrections of a file.

    Args:
        text: The package's ``data/curation.toml``. An invalid file gives none: validation reports it, and ``origin``
            still marks the curated rows.
        sheets: The tables.
    """
    try:
        corrections = parse_curation(text, "curation").corrections
    except InputError:
        return ()
    articles = sheets["articles"].texts("article_id")
    only = articles[0] if len(articles) == 1 else ""
    return tuple(
        CuratedRow(
            correction.table,
            correction.row_id,
            correction.action.value,
            correction.reason,
            tuple(correction.cells),
            {column: cell_text(value) for column, value in correction.was.items()},
            (correction.span.start, correction.span.end),
            correction.article_id or only,
        )
        for correction in corrections
    )
