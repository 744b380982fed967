"""Extracts a corpus that fits in memory, in several processes."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.base.pool import Died, run_tasks
from broadsheet.base.timing import timed
from broadsheet.corpus.extraction import DIED, Defect, parse_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

_log = logging.getLogger(__name__)

WORDS_PER_PROCESS = 40_000
"""Another process takes seconds to start, which pays off from this many words."""

_BATCH = 8


def parse_side_by_side(
    articles: Sequence[Article], model: str, jobs: int, progress: Callable[[int, int], None]
) -> tuple[list[ArticleTables], list[Defect]]:
    """Parses articles, in several processes if there are enough words; the results come in no particular order.

    An article on which a parser fails, or which no process survives, becomes a defect.

    Args:
        articles: The articles.
        model: Name of an installed spaCy pipeline.
        jobs: Number of processes.
        progress: Called with the number of finished articles and the total.

    Raises:
        InputError: If the model cannot be used.
    """
    progress(0, len(articles))
    jobs = min(jobs, sum(article.n_words for article in articles) // WORDS_PER_PROCESS + 1)
    with timed(_log, "extracting %s articles in %s processes", len(articles), jobs):
        return _parse_all(articles, model, jobs, progress)


def _parse_all(
    articles: Sequence[Article], model: str, jobs: int, progress: Callable[[int, int], None]
) -> tuple[list[ArticleTables], list[Defect]]:
    results: list[ArticleTables | Defect] = []
    died: list[Article] = []
    for batch, result in run_tasks(partial(_parse, model), _batches(articles, _BATCH if jobs > 1 else 1), jobs):
        if isinstance(result, Died):
            died += batch
        else:
            results += result
            progress(len(results), len(articles))
    # A single article may have killed the process of its batch.
    for batch, result in run_tasks(partial(_parse, model), _batches(died, 1), jobs):
        results += [Defect(article.article_id, DIED) for article in batch] if isinstance(result, Died) else result
        progress(len(results), len(articles))
    defects = [one for one in results if isinstance(one, Defect)]
    return [one for one in results if not isinstance(one, Defect)], defects


def join_tables(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: str) -> TableSet:
    """The tables of some articles, including rows that break a rule of validation.

    Args:
        parsed: The parsed rows of these articles, and perhaps of others.
        articles: The articles.
        model: Name of the pipeline.
    """
    from broadsheet.corpus.versions import model_meta
    from broadsheet.identity.joining import join
    from broadsheet.tables.frames import TableSet

    return TableSet.from_rows(join(_of(parsed, articles), articles), model_meta(model))


def join_valid(parsed: Sequence[ArticleTables], articles: Sequence[Article], model: str) -> TableSet:
    """The tables of some articles without the rows that break a rule, as :func:`broadsheet.extract` returns them."""
    from broadsheet.corpus.versions import model_meta
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
