"""Why each cell of a row has its value: the rules that extraction gives when the articles are extracted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.formats import cell_text
from broadsheet.views.page.packing import frame

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.reading import Article
    from broadsheet.views.explain.explanation import Reason
    from broadsheet.views.page.sheets import Sheet

MOST_EXPLAINED = 100
"""The most articles that are extracted again for a page."""
_COLUMNS = ("table", "row", "column", "says")


def reasons(
    made_by: tuple[str, str, str], sheets: Mapping[str, Sheet], articles: Mapping[str, Article]
) -> dict[str, dict[str, Any]]:
    """Article to the reasons of its cells, for a pack: table, key and column of each, and its sentences.

    Empty if there are too many articles, or another extractor or model made the package: its rules may be others.

    Args:
        made_by: The package's extractor version, model name and model version.
        sheets: The tables of the package.
        articles: The articles whose text was given.
    """
    from broadsheet.analysis.pipeline import DEFAULT_MODEL
    from broadsheet.views.explain.reextraction import other_version

    if not articles or len(articles) > MOST_EXPLAINED or other_version(made_by, DEFAULT_MODEL) is not None:
        return {}
    mentions: dict[str, list[dict[str, str]]] = {}
    columns = ("mention_id", "actor_id", "article_id")
    for cells in zip(*(sheets["mentions"].texts(column) for column in columns), strict=True):
        mentions.setdefault(cells[2], []).append(dict(zip(columns, cells, strict=True)))
    printed = {name: _rows(sheet) for name, sheet in sheets.items()}
    packs = {}
    for key, article in articles.items():
        found = list(_of_article(article, mentions.get(key, []), printed))
        packs[key] = frame({name: [row[at] for row in found] for at, name in enumerate(_COLUMNS)}, len(found))
    return packs


def _of_article(
    article: Article, mentions: list[dict[str, str]], printed: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> Iterator[tuple[str, str, str, str]]:
    """The reasons of the cells that extraction still gives as the package has them."""
    from broadsheet.views.explain.cells import reason_of
    from broadsheet.views.explain.reextraction import Reextraction

    for table, key, again in Reextraction(article, mentions).rows():
        cells = printed[table].get("/".join(key), {})
        for column, rule in again.rules.items():
            if cells.get(column) == cell_text(getattr(again.row, column)):
                yield table, "/".join(key), column, "\n".join(_lines(reason_of(rule, article.text)))


def _rows(sheet: Sheet) -> dict[str, dict[str, str]]:
    """Key to the cells of a row, by column."""
    from broadsheet.tables.schema import schemas

    if sheet.name == "evidence":
        return {}
    columns = {name: sheet.texts(name) for name in sheet.cells}
    rows = (dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    keys = schemas()[sheet.name].primary_key
    return {"/".join(row.get(column, "") for column in keys): row for row in rows}


def _lines(reason: Reason, depth: int = 0) -> Iterator[str]:
    """The sentence of a reason, and, indented, those of what it is based on."""
    yield "\t" * depth + reason.says
    for under in reason.because:
        yield from _lines(under, depth + 1)
