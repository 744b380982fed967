"""Builds a data package in one call, as ``broadsheet build`` does."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.api.reading import article_metadata
from broadsheet.base.coerce import StrPath, as_path, check_date, optional
from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.reading import PackageOptions, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from broadsheet.corpus.log import Counts
    from broadsheet.quality.validation import Report
    from broadsheet.reading.inputs import Reject
    from broadsheet.tables.dropped import DroppedRow


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build.

    Attributes:
        path: The folder of the package; nothing was written to it if the package is invalid.
        valid: Whether the package is valid.
        report: The validation report.
        rows: Table name to its number of rows.
        rejects: Inputs that could not be read or extracted.
        dropped: The rows that were dropped because they break a validation rule.
        counts: Articles, rejects and duplicates, unless all sources were named articles.

    Example:
        >>> result = build("news/", "built")
        >>> result.path, result.rows["articles"], len(result.rejects)
        (PosixPath('built'), 1, 1)
    """

    path: Path
    valid: bool
    report: Report | None
    rows: Mapping[str, int] = field(repr=False)
    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    dropped: tuple[DroppedRow, ...] = field(default=(), repr=False)
    counts: Counts | None = None


class _Progress:
    """Reports how many articles are done."""

    def __init__(self, call: Callable[[int, int], None] | None) -> None:
        self._call = call

    def step(self, doing: str) -> None:
        """Reports the start of a step."""

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Reports how many of a total are done."""
        if self._call is not None and did == "extracted":
            self._call(done, total)

    def warn(self, problem: str) -> None:
        """Warns of a problem and says how the build handles it."""
        import warnings

        warnings.warn(problem, stacklevel=2)

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Reports how many of a total of articles are done."""
        if self._call is not None and doing == "extracting" and total is not None:
            self._call(done, total)


def build(
    source: StrPath | Iterable[StrPath],
    out: StrPath = "package",
    *,
    name: str | None = None,
    version: str | None = None,
    created: date | str | None = None,
    curation: StrPath | None = None,
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
    model: str | None = None,
    in_place: bool = False,
    layout: str = "auto",
    csv: bool = False,
    jobs: int | None = 1,
    work: StrPath | None = None,
    add: bool = False,
    force: bool = False,
    fail_fast: bool = False,
    engine: str = "local",
    address: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BuildResult:
    """Reads, extracts and validates articles and writes the data package: all of it or nothing.

    Args:
        source: Files, folders and patterns. More than a thousand articles make a partitioned package, in bounded
            memory. For tables and texts in memory, use ``extract(…).write(…)``.
        out: The folder of the package.
        name: Name of the package, a slug.
        version: Its semantic version.
        created: Day of creation; by default, the latest day of publication.
        curation: File of corrections to apply.
        published_on: Day of publication. This and the other metadata apply to every article, as in
            :func:`broadsheet.read`.
        title: The headline.
        publisher: Who published it.
        authors: A byline, or several.
        url: Its address.
        language: BCP 47 tag of English, such as ``en-CA``.
        columns: For tables and JSON, the column of each field.
        format: Format of the files; detected by default.
        encoding: Encoding of the files, if it is neither UTF-8 nor declared.
        max_characters: The most code points that an article may have.
        model: Name of an installed spaCy pipeline for English.
        in_place: Whether ``out`` may hold other files.
        layout: ``package``, ``partitioned``, or ``auto``: by the number of articles.
        csv: Whether to write a partitioned package as CSV too.
        jobs: Number of processes; one per processor if None.
        work: The work folder of a partitioned package.
        add: Whether to add the articles to those of earlier runs.
        force: Whether to extract articles of another version again.
        fail_fast: Whether to stop at the first source that cannot be read.
        engine: ``local``, or ``ray`` for a Ray cluster.
        address: Address of the Ray cluster; a new local one by default.
        progress: Called with the number of extracted articles and the total.

    Returns:
        The validation report, the number of rows, and what was left out.

    Raises:
        InputError: If a source or an option is wrong, or the package cannot be written.

    Example:
        >>> build("copper.txt", "built", publisher="The Harbour Gazette").valid
        True
    """
    from broadsheet.corpus.building import BuildOptions, Built
    from broadsheet.corpus.building import build as build_package

    options = BuildOptions(
        sources=_paths(source),
        article=article_metadata(published_on, title, publisher, authors, url, language),
        package=PackageOptions(
            name=optional(metadata.check_slug, name, "name"),
            version=optional(metadata.check_version, version, "version"),
            out=as_path(out, "out"),
            model=optional(metadata.check_text, model, "model"),
            created=optional(check_date, created, "created"),
            curation=optional(as_path, curation, "curation"),
        ),
        encoding=encoding,
        columns=dict(columns or {}),
        format=format,
        max_characters=max_characters,
        in_place=in_place,
        layout=_one_of(layout, ("auto", "package", "partitioned"), "layout"),
        csv=csv,
        jobs=jobs,
        work=optional(as_path, work, "work"),
        add=add,
        force=force,
        fail_fast=fail_fast,
        engine=_one_of(engine, ("local", "ray"), "engine"),
        address=address,
    )
    job, made = build_package(options, _Progress(progress))
    if isinstance(made, Built):
        tables = made.curated.tables
        rows = {table: tables.n_rows(table) for table in tables}
        return BuildResult(job.out, made.report.valid, made.report, rows, made.rejects, tables.dropped, made.counts)
    valid = made.report is None or made.report.valid
    return BuildResult(job.out, valid, made.report, made.rows, made.rejects, made.dropped, made.counts)


def _paths(source: StrPath | Iterable[StrPath]) -> tuple[Path, ...]:
    paths = []
    for one in [source] if isinstance(source, (str, os.PathLike)) else source:
        if not isinstance(one, (str, os.PathLike)):
            fix = "pass paths; what is in memory goes through extract(…).write(…)"
            raise InputError("source", f"holds a {type(one).__name__}", fix)
        paths.append(as_path(one, "source"))
    if not paths:
        raise InputError("source", "is empty", "name a file, a folder or a pattern")
    return tuple(paths)


def _one_of(value: str, values: tuple[str, ...], place: str) -> str:
    if value not in values:
        raise InputError(place, f"cannot be {value!r}", f"write one of {', '.join(values)}")
    return value
