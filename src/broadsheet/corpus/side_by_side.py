"""Extraction of a small corpus in several processes, all of it in memory."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.base.timing import timed
from broadsheet.corpus.extraction import Defect, parse_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

_log = logging.getLogger(__name__)

WORTH = 40_000
"""Words from which the start of another process, some seconds, is worth while."""

_BATCH = 8


def parse_side_by_side(
    articles: Sequence[Article], model: str, jobs: int, progress: Callable[[int, int], None]
) -> tuple[list[ArticleTables], list[Defect]]:
    """What the parsers find in each of the articles, by several processes where there is enough to do; in no order.

    An article on which a parser fails is given as a defect.

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
    with timed(_log, "extracting %s articles in %s processes", len(articles), jobs):
        return _parse_all(articles, model, jobs, progress)


def _parse_all(
    articles: Sequence[Article], model: str, jobs: int, progress: Callable[[int, int], None]
) -> tuple[list[ArticleTables], list[Defect]]:
    parsed: list[ArticleTables] = []
    defects: list[Defect] = []
    done = 0
    for batch, result in run_tasks(partial(_parse, model), _batches(articles, _BATCH if jobs > 1 else 1), jobs):
        if isinstance(result, Died):
            titles = "; ".join(article.title or article.article_id for article in batch)
            raise InputError(titles, "the process that extracted one of these died (out of memory?)", "leave it out")
        parsed += [one for one in result if not isinstance(one, Defect)]
        defects += [one for one in result if isinstance(one, Defect)]
        done += len(batch)
        progress(done, len(articles))
    return parsed, defects


def join_tables(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: str) -> TableSet:
    """The tables of some articles with all rows, of which those that break a rule are still to be dropped.

    Args:
        parsed: What was found in them, and maybe in others.
        articles: The articles.
        model: Name of the pipeline.
    """
    from broadsheet.corpus.code import model_meta
    from broadsheet.identity.joining import join
    from broadsheet.tables.frames import TableSet

    return TableSet.from_rows(join(_of(parsed, articles), articles), model_meta(model))


def join_valid(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: str) -> TableSet:
    """The same without the rows that break a rule: what :func:`broadsheet.extract` makes of the articles."""
    from broadsheet.corpus.code import model_meta
    from broadsheet.quality.valid_rows import valid_tables

    return valid_tables(_of(parsed, articles), articles, model_meta(model))


def _of(parsed: Sequence[ArticleTables], articles: Sequence[Article]) -> list[ArticleTables]:
    wanted = {article.article_id for article in articles}
    return [tables for tables in parsed if tables.article_id in wanted]


def _batches(articles: Sequence[Article], size: int) -> Iterator[tuple[Article, ...]]:
    for start in range(0, len(articles), size):
        yield tuple(articles[start : start + size])


def _parse(model: str, articles: tuple[Article, ...]) -> list[ArticleTables | Defect]:
    return [parse_article(article, model) for article in articles]
