"""The articles that a user names to check a package against: files, or a corpus that no memory holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.publish.layout import is_partitioned
from broadsheet.publish.package import read_descriptor
from broadsheet.read import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from broadsheet.read import Article
    from broadsheet.read.inputs import InputOptions
    from broadsheet.validate.partitions.sources import Sources

_SHOWN = 5
"""So many of what could not be read are told one by one."""


def sources_of(package: Path, named: Sequence[Path], encoding: str | None) -> Sources:
    """The articles of a package.

    Args:
        package: The folder of the package.
        named: What the user named: files with an article each; for a partitioned package all that a build reads, or
            the work folder of its build, which has the articles as they were read.
        encoding: Encoding of the files, where it is not UTF-8.

    Raises:
        InputError: If one does not exist, or a file with one article cannot be read.
    """
    # What is wrong with the package is told when it is validated.
    partitioned = (package / "datapackage.json").is_file() and is_partitioned(read_descriptor(package))
    if not named or not partitioned:
        return read_all(named, encoding=encoding)
    if len(named) == 1 and (named[0] / "corpus.json").is_file():
        return _spool(named[0])
    from broadsheet.read.inputs import InputOptions

    return _stream(named, InputOptions(encoding=encoding))


def _spool(work: Path) -> Sources:
    from broadsheet.corpus.index import Spool, make_index
    from broadsheet.corpus.reading import article_files
    from broadsheet.corpus.work import WorkFolder

    folder = WorkFolder(work)
    return Spool(make_index(article_files(folder, folder.readings())))


def _stream(named: Sequence[Path], options: InputOptions) -> Iterator[Article]:
    """The articles of inputs of any kind; what cannot be read is told and passed over."""
    from broadsheet.read.inputs import Found, Reject, read_unit, units

    rejected = 0
    for unit in units(named, options):
        for found in [unit] if isinstance(unit, Reject) else read_unit(unit, options):
            if isinstance(found, Found):
                yield found.article
                continue
            rejected += 1
            if rejected <= _SHOWN:
                streams.complain(f"{found.place}: {found.problem}; it is passed over")
    if rejected > _SHOWN:
        streams.complain(f"{rejected:,} articles of the sources could not be read")
