"""Tables that keep every rule of validation: a row that breaks one is dropped, and its article stays.

An article is left out only if its own row, that of ``articles``, breaks a rule.
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
    """Key of an article to table name to the keys of rows, actors under their ids in the article alone."""


@cache
def _tables_by_prefix() -> dict[str, str]:
    """Prefix of a key to the table it is of; the keys of actors have none."""
    patterns = {name: schema.field(schema.primary_key[0]).pattern or "" for name, schema in schemas().items()}
    return {pattern.partition("_")[0]: name for name, pattern in patterns.items() if name not in _OTHERS_KEYS}


_OTHERS_KEYS = frozenset({"event_participants", "evidence", "actors", "countries"})
"""Tables whose key begins with that of another, or has no prefix."""


def valid_tables(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: tuple[str, str]) -> TableSet:
    """The tables of some articles, without the rows that break a rule.

    Which rows those are follows from the set of articles alone. They are listed in :attr:`TableSet.dropped`. An article
    whose own row breaks a rule is left out; that row is then listed.

    Args:
        parsed: What the parsers found in the articles.
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
    """The tables of an article without rows; the same object where it has none of them."""
    mine = gone.get(tables.article_id)
    if mine is None or not any(keys & mine.get(name, set()) for name, keys in keys_of(tables).items()):
        return tables
    return without(tables, mine)


def broken_rows(report: Report) -> list[DroppedRow]:
    """The rows that a report finds wrong, each with the first rule that it breaks.

    A row of ``evidence`` stands for the row whose cell it is about. What is wrong with a table as a whole is not among
    them.
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
    """Where the rows are: in which articles, and under which keys there.

    Args:
        broken: Rows of joined tables.
        homes: Id of an actor to the articles that name it, with its id in each.
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
    """The dropped rows of articles that stay, and the articles left out with their own row.

    Returns:
        The rows, and the key of each article that was left out, with what is wrong with it and the fix.
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
    """Warns of each row that was dropped."""
    for row in dropped:
        warnings.warn(str(row), DroppedRowWarning, stacklevel=3)


def extract_articles(
    articles: Sequence[Article], model: str = DEFAULT_MODEL, progress: Callable[[int, int], None] | None = None
) -> TableSet:
    """The tables of articles, extracted one after the other in this process, without the rows that break a rule.

    Args:
        articles: The articles.
        model: Name of an installed spaCy pipeline for English.
        progress: Called after each article with how many are done and how many there are.

    Raises:
        InputError: If the model is not installed, or is not one for English.
    """
    load_model(model)
    parsed = []
    for number, article in enumerate(articles, start=1):
        parsed.append(parse(analyse(article, model=model)))
        if progress is not None:
            progress(number, len(articles))
    return valid_tables(parsed, articles, model_version(model))
