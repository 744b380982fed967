"""Financial figures: each distinct sum of money and financial percentage of an article, with kind, payer and payee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.parser import Parser

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.found import Found
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.tables.rows import FigureRow, TariffRow

__all__ = ["find_figures"]


def find_figures(
    document: Document, cast: EntityIndex, meaning: Meaning, tariffs: list[TariffRow]
) -> list[Found[FigureRow]]:
    """Every distinct sum of money and financial percentage of an article, at its first mention in the body.

    Args:
        document: The analysed article.
        cast: Its actors.
        meaning: The encoder's view of it.
        tariffs: Its measures: their rates are not figures, but the trade that they cover is.
    """
    return Parser(document, cast, meaning, tariffs).rows()
