"""Validates a package on disk or tables in memory at all levels, and reports all failures at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from broadsheet.base.coerce import StrPath, as_path
from broadsheet.base.errors import InputError
from broadsheet.base.timing import timed
from broadsheet.publishing.layout import is_partitioned
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.grounding import passage_at
from broadsheet.quality.validation.levels import check_contents, check_package_files, typed_frame
from broadsheet.quality.validation.partitions import validate_partitions
from broadsheet.quality.validation.report import Findings, Level
from broadsheet.quality.validation.reports import Report
from broadsheet.quality.validation.settings import Settings
from broadsheet.quality.validation.structure import read_descriptor
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

__all__ = ["Settings", "validate_package", "validate_tables"]

_log = logging.getLogger(__name__)

NO_FILES = "the tables are in memory: there are no files to check"


def validate_package(
    directory: StrPath, sources: Sources = (), settings: Settings | None = None, *, expect: str | None = None
) -> Report:
    """Checks a data package, which may be untrusted: nothing is written, fetched or read outside its folder.

    Args:
        directory: The folder that contains ``datapackage.json``.
        sources: Articles to check spans and values against. For a partitioned package, they may also be a mapping or
            function from ``article_id`` to article, or an iterator in any order; few articles are in memory at a time.
        settings: Further rules, and whether to extract the tables again.
        expect: Overrides :attr:`Settings.expect`.

    Returns:
        A report of all failures.

    Raises:
        InputError: If the folder does not contain a Broadsheet package, a suite cannot be loaded, ``expect`` is not a
            hash, or a library that ``cross_check`` needs is not installed.

    Example:
        >>> validate_package("package", read("copper.txt")).valid
        True
    """
    directory = as_path(directory, "directory")
    settings = settings or Settings()
    settings = settings if expect is None else replace(settings, expect=expect)
    content = read_descriptor(directory)
    if settings.cross_check:
        from broadsheet.quality.validation.library import need_library

        need_library("--cross-check")
    if is_partitioned(content):
        return validate_partitions(directory, content, sources, settings)
    if isinstance(sources, Mapping) or callable(sources):
        problem = "articles by their key are for partitioned packages"
        raise InputError(str(directory), problem, "give the articles in a sequence")
    findings, sources = Findings(TABLES), tuple(sources)
    with timed(_log, "validating the files of %s", directory):
        frames, made_by = check_package_files(findings, directory, settings)
    return _report(findings, frames, sources, made_by, settings)


def validate_tables(tables: TableSet, sources: Sequence[Article] = ()) -> Report:
    """Checks tables in memory: levels 3 and 4.

    Args:
        tables: The tables, whose frames the user may have changed.
        sources: Articles to check spans and values against.
    """
    findings = Findings(TABLES)
    findings.skipped[Level.TABLE_SCHEMA] = findings.skipped[Level.PARQUET] = NO_FILES
    frames = Frames({name: typed_frame(findings, name, tables) for name in TABLES})
    findings.rows.update({name: len(frame) for name, frame in frames.items()})
    return _report(findings, frames, sources, {"curation": tables.curation}, Settings())


def _report(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    made_by: Mapping[str, Any],
    settings: Settings,
) -> Report:
    with timed(_log, "validating %s rows against %s articles", sum(map(len, frames.values())), len(sources)):
        check_contents(findings, frames, sources, made_by, settings)
    texts = {source.article_id: source.text for source in sources}
    return Report.of(findings.report(lambda place: passage_at(texts.get(place.article_id), place.span)))
