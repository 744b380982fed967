"""Extracts tables from articles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.api.reading import read
from broadsheet.api.tables import Tables
from broadsheet.base.errors import DEFECT_FIX, InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.reading.inputs import Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from broadsheet.api.reading import Articles, Source
    from broadsheet.reading import Article


def extract(
    source: Source | None = None,
    *,
    text: str | Iterable[str] | None = None,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,  # noqa: A002 - the name of the option
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
    model: str = DEFAULT_MODEL,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Tables:
    r"""Extracts tables from articles, in memory; for large inputs, use :func:`broadsheet.build`.

    Args:
        source: What to read, as in :func:`broadsheet.read`: paths, folders, patterns, tables, articles.
        text: The text of one or more articles, instead of ``source``.
        published_on: Day of publication, used to resolve relative dates.
        title: The title, if it is not the first line.
        publisher: Who published it.
        authors: Who wrote it.
        url: Its address.
        language: BCP 47 tag of English, such as ``en-CA``; it helps to decide the currency of a bare dollar sign.
        columns: For tables and JSON, the column of each field: ``{"text": "body"}``.
        format: Format of the files; detected by default.
        encoding: Encoding of the files, if it is neither UTF-8 nor declared.
        max_characters: The most code points that an article may have; time and memory grow with it.
        model: Name of an installed spaCy pipeline for English.
        jobs: Number of processes; one per processor if None.
        progress: Called with the number of finished articles and the total.

    Returns:
        All tables. :attr:`Tables.sources` has the articles. :attr:`Tables.rejects` has unreadable inputs, and articles
        whose own row breaks a validation rule. Any other row that breaks a rule is dropped with a warning and listed in
        :attr:`Tables.dropped`.

    Raises:
        InputError: If a source cannot be used, or none has an article; nothing is extracted then.

    Example:
        >>> tables = extract("copper.txt", published_on="2024-05-17")
        >>> tables.quotes.speaker_id[0]
        'rosa-quispe'
        >>> tables = extract(text="Talks open\n\nNorway's foreign minister met her Danish counterpart.\n")
        >>> sorted(tables.countries.name)
        ['Denmark', 'Norway']
    """
    articles = read(
        source,
        text=text,
        published_on=published_on,
        title=title,
        publisher=publisher,
        authors=authors,
        url=url,
        language=language,
        columns=columns,
        format=format,
        encoding=encoding,
        max_characters=max_characters,
    )
    if not articles and articles.rejects:
        first = articles.rejects[0]
        problem = f"{first.problem}; no other article could be read ({len(articles.rejects):,} rejects)"
        raise InputError(first.place, problem, first.fix)
    tables = _extracted(articles, model, jobs, progress)

    from broadsheet.quality.valid_rows import warn_of

    warn_of(tables.dropped)
    return tables


def _extracted(articles: Articles, model: str, jobs: int | None, progress: Callable[[int, int], None] | None) -> Tables:
    from broadsheet.analysis.pipeline import load_model
    from broadsheet.corpus.building import jobs_of
    from broadsheet.corpus.side_by_side import join_valid, parse_side_by_side
    from broadsheet.quality.valid_rows import split_rejected

    def tell(done: int, total: int) -> None:
        if progress is not None and done:
            progress(done, total)

    n_jobs = jobs_of(jobs)
    load_model(model)
    parsed, defects = parse_side_by_side(articles, model, n_jobs, tell)
    failed = {defect.article_id: (defect.problem, DEFECT_FIX) for defect in defects}
    good, defective = _split(articles, failed, articles.places)
    tables = join_valid(parsed, good, model)
    dropped, rejected = split_rejected(tables.dropped)
    good, invalid = _split(good, rejected, articles.places)
    return Tables.of(replace(tables, dropped=dropped), good, [*articles.rejects, *defective, *invalid])


def _split(
    articles: Sequence[Article], failed: Mapping[str, tuple[str, str]], places: Mapping[str, str]
) -> tuple[tuple[Article, ...], list[Reject]]:
    """The articles that did not fail, and the others as rejects.

    Raises:
        InputError: If an article that was named failed, or if all failed.
    """
    good = tuple(article for article in articles if article.article_id not in failed)
    rejects = []
    for article in articles:
        if why := failed.get(article.article_id):
            place = places.get(article.article_id)
            if place is None or not good:
                raise InputError(place or article.title or article.article_id, *why)
            rejects.append(Reject(place, *why))
    return good, rejects
