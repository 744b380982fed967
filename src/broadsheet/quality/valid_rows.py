"""Builds tables that pass validation: drops each row that breaks a rule, and keeps its article.

An article is left out only if its own row in ``articles`` breaks a rule.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from dataclasses import fields, replace
from functools import cache
from operator import is_
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse, load_model, model_version
from broadsheet.base.errors import DEFECT_FIX
from broadsheet.extraction.dropping import NEVER_DROPPED, keys_of, without
from broadsheet.extraction.pipeline import parse
from broadsheet.identity.joining import join_all
from broadsheet.reading.metadata import Metadata
from broadsheet.tables.dropped import DroppedRow, DroppedRowWarning
from broadsheet.tables.frames import TableSet
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.quality.validation import Report
    from broadsheet.reading import Article

    Keys = dict[str, dict[str, set[str]]]
    """Maps article key to table name to row keys; actors use their ids within the article."""


@cache
def _tables_by_prefix() -> dict[str, str]:
    """Maps each key prefix to its table; keys of actors have no prefix."""
    patterns = {name: schema.field(schema.primary_key[0]).pattern or "" for name, schema in schemas().items()}
    return {pattern.partition("_")[0]: name for name, pattern in patterns.items() if name not in _OTHERS_KEYS}


_OTHERS_KEYS = frozenset({"event_participants", "evidence", "actors", "countries"})
"""Tables whose key starts with another table's key, or has no prefix."""


def valid_tables(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: tuple[str, str]) -> TableSet:
    """Builds the tables of some articles, without the rows that break a rule.

    The dropped rows depend only on the set of articles. :attr:`TableSet.dropped` lists them. An article whose own row
    breaks a rule is left out, and that row is listed.

    Args:
        parsed: The parser output for each article.
        articles: The articles.
        model: Name and version of the language model.
    """
    from broadsheet.quality.validation import validate_tables

    dropped: dict[tuple[str, str], DroppedRow] = {}
    while True:
        rows, who = join_all(parsed, articles)
        tables = TableSet.from_rows(rows, model)
        broken = broken_rows(validate_tables(tables, articles))
        homes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for (article_id, local), actor_id in who.ids.items():
            homes[actor_id].append((article_id, local))
        gone = located(broken, homes)
        articles = [article for article in articles if "articles" not in gone.get(article.article_id, ())]
        fewer = [_dropped(one, gone) for one in parsed if "articles" not in gone.get(one.article_id, ())]
        if len(fewer) == len(parsed) and all(map(is_, fewer, parsed)):
            return replace(tables, dropped=tuple(sorted(dropped.values())))
        parsed = fewer
        for row in broken:
            dropped.setdefault((row.table, row.key), row)


def _dropped(tables: ArticleTables, gone: Keys) -> ArticleTables:
    """Returns the tables of an article without the rows in ``gone``; the same object if it has none of them."""
    mine = gone.get(tables.article_id)
    if mine is None or not any(keys & mine.get(name, set()) for name, keys in keys_of(tables).items()):
        return tables
    return without(tables, mine)


def broken_rows(report: Report) -> list[DroppedRow]:
    """Returns the rows with errors in a report, each with the first rule that it breaks.

    For a row of ``evidence``, it returns the row that the evidence supports. It ignores errors about whole tables.
    """
    found: dict[tuple[str, str, str], DroppedRow] = {}
    for failure in report.errors:
        table, key = failure.table, failure.key
        if table == "evidence":
            key = key.partition("/")[0]
            table = _tables_by_prefix().get(key.partition("_")[0], "actors")
        is_article = table == "articles" and key.startswith("art_")
        if not is_article and (not key or key.startswith(("row ", "art_")) or table in NEVER_DROPPED or not table):
            continue
        place = failure.place
        article_id = key if is_article else place.article_id if place is not None else ""
        span = (place.span.start, place.span.end) if place is not None else (None, None)
        row = DroppedRow(article_id, table, key, failure.column, failure.rule, failure.message, *span)
        found.setdefault((article_id, table, key), row)
    return list(found.values())


def located(broken: Iterable[DroppedRow], homes: Mapping[str, Sequence[tuple[str, str]]]) -> Keys:
    """Finds the articles of the rows, and their keys within each article.

    Args:
        broken: Rows of joined tables.
        homes: Maps each actor id to the articles that name it, with its id in each.
    """
    gone: Keys = defaultdict(lambda: defaultdict(set))
    for row in broken:
        if row.table == "actors":
            for article_id, local in homes.get(row.key, ()):
                if row.article_id in ("", article_id):
                    gone[article_id]["actors"].add(local)
        elif row.table == "event_participants":
            event_id, actor_id, role = row.key.split("/")
            for article_id, local in homes.get(actor_id, ()):
                if row.article_id in ("", article_id):
                    gone[article_id][row.table].add(f"{event_id}/{local}/{role}")
        else:
            gone[row.article_id][row.table].add(row.key)
    return gone


def split_rejected(dropped: Iterable[DroppedRow]) -> tuple[tuple[DroppedRow, ...], dict[str, tuple[str, str]]]:
    """Separates the dropped rows of kept articles from the rejected articles.

    Returns:
        The rows, and a map from the key of each rejected article to its problem and the fix.
    """
    rows, rejected = [], {}
    for row in dropped:
        if row.is_article:
            is_stated = row.column in {field.name for field in fields(Metadata)}
            fix = f"correct its {row.column}" if is_stated else DEFECT_FIX
            rejected[row.article_id] = (f"breaks the rule {row.rule} (articles.{row.column}: {row.problem})", fix)
        else:
            rows.append(row)
    return tuple(row for row in rows if row.article_id not in rejected), rejected


def warn_of(dropped: Iterable[DroppedRow]) -> None:
    """Issues a warning for each dropped row."""
    for row in dropped:
        warnings.warn(str(row), DroppedRowWarning, stacklevel=3)


def extract_articles(
    articles: Sequence[Article], model: str = DEFAULT_MODEL, progress: Callable[[int, int], None] | None = None
) -> TableSet:
    """Extracts the tables of articles one by one in this process, without the rows that break a rule.

    Args:
        articles: The articles.
        model: Name of an installed spaCy pipeline for English.
        progress: Called after each article with the number of articles done and the total.

    Raises:
        InputError: If the model is not installed, or is not for English.
    """
    load_model(model)
    parsed = []
    for number, article in enumerate(articles, start=1):
        parsed.append(parse(analyse(article, model=model)))
        if progress is not None:
            progress(number, len(articles))
    return valid_tables(parsed, articles, model_version(model))
