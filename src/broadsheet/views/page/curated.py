"""The corrections that a package carries, as a page shows them beside the rows."""

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
class Curated:
    """A row put right by a curator.

    Attributes:
        table: Its table.
        key: Its key; a row that was dropped is there no more.
        action: ``change``, ``add`` or ``drop``.
        reason: Why, in the curator's words.
        columns: The columns that were set, in the order of the file.
        was: Column to the cell that the extractor gave, as the CSV would have it, of each changed column.
        span: The characters of the article that bear it out.
        article: Key of the article; empty where it is not said and there are several.
    """

    table: str
    key: str
    action: str
    reason: str
    columns: tuple[str, ...]
    was: Mapping[str, str]
    span: tuple[int, int]
    article: str


def curated(text: str, sheets: Mapping[str, Sheet]) -> tuple[Curated, ...]:
    """The corrections of a file.

    Args:
        text: The content of the package's ``data/curation.toml``; one that is no file of corrections gives none, since
            validation says so, and ``origin`` still tells which rows were curated.
        sheets: The tables.
    """
    try:
        corrections = parse_curation(text, "curation").corrections
    except InputError:
        return ()
    articles = sheets["articles"].texts("article_id")
    only = articles[0] if len(articles) == 1 else ""
    return tuple(
        Curated(
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
