"""Extraction of a small corpus in several processes, all of it in memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadsheet.errors import InputError
from broadsheet.pool import Died, run_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.extract.pipeline import ArticleTables
    from broadsheet.read import Article
    from broadsheet.tables.frames import Tables

WORTH = 40_000
"""Words from which the start of another process, some seconds, is worth while."""

_BATCH = 8


def parse_side_by_side(
    articles: Sequence[Article], model: str, jobs: int, progress: Callable[[int, int], None]
) -> list[ArticleTables]:
    """What the parsers find in each of the articles, by several processes where there is enough to do; in no order.

    Args:
        articles: The articles.
        model: Name of an installed spaCy pipeline.
        jobs: Number of processes.
        progress: Called with how many articles are done and how many there are.

    Raises:
        InputError: If the model cannot be used, or a process dies at an article.
    """
    progress(0, len(articles))
    jobs = min(jobs, sum(article.n_words for article in articles) // WORTH + 1)
    parsed: list[ArticleTables] = []
    for batch, result in run_tasks(partial(_parse, model), _batches(articles, _BATCH if jobs > 1 else 1), jobs):
        if isinstance(result, Died):
            titles = "; ".join(article.title or article.article_id for article in batch)
            raise InputError(titles, "the process that extracted one of these died (out of memory?)", "leave it out")
        parsed += result
        progress(len(parsed), len(articles))
    return parsed


def join_tables(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: str) -> Tables:
    """The tables of some articles: what :func:`broadsheet.extract` makes of them.

    Args:
        parsed: What was found in them, and maybe in others.
        articles: The articles.
        model: Name of the pipeline.
    """
    from broadsheet.corpus.code import model_meta
    from broadsheet.extract.pipeline import join
    from broadsheet.tables.frames import Tables

    wanted = {article.article_id for article in articles}
    rows = join([tables for tables in parsed if tables.article_id in wanted], articles)
    return Tables.from_rows(rows, articles, model_meta(model))


def _batches(articles: Sequence[Article], size: int) -> Iterator[tuple[Article, ...]]:
    for start in range(0, len(articles), size):
        yield tuple(articles[start : start + size])


def _parse(model: str, articles: tuple[Article, ...]) -> list[ArticleTables]:
    from broadsheet.analyse.pipeline import analyse
    from broadsheet.extract.pipeline import parse

    return [parse(analyse(article, model=model)) for article in articles]
