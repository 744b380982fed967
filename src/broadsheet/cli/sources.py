"""The articles that a user names for a package: files, folders, dumps, or a corpus too large for memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.base.safe_files import refuse_links
from broadsheet.cli.summary import MOST_REJECTS, print_rejects
from broadsheet.publishing.layout import is_partitioned
from broadsheet.publishing.package import read_descriptor
from broadsheet.reading import merge_package_options, read_sidecar, sidecar_path
from broadsheet.reading.inputs import is_named_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.api.reading import Articles
    from broadsheet.corpus.index import Spool
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article, PackageOptions
    from broadsheet.reading.inputs import InputOptions, Reject


def sources_of(
    package: Path, named: Sequence[Path], encoding: str | None, max_characters: int = MAX_CHARACTERS
) -> Sources:
    """The articles of a package.

    Args:
        package: The folder of the package.
        named: The sources: anything that a build reads, or the work folder of a build, which has the articles as they
            were read. If the package is not partitioned, each named file must be readable. Unreadable parts of a
            folder, pattern or dump are reported and skipped.
        encoding: Encoding of the files, if it is not UTF-8.
        max_characters: The most code points that an article may have.

    Raises:
        InputError: If a source does not exist, or a file with one article cannot be read. For articles that are read on
            demand, it is raised then.
    """
    # Validation reports any problems of the package.
    partitioned = (package / "datapackage.json").is_file() and is_partitioned(read_descriptor(package))
    if len(named) == 1 and (named[0] / "corpus.json").is_file():
        spool = _spool(named[0])
        return spool if partitioned else iter(spool)
    if partitioned and named:
        from broadsheet.reading.inputs import InputOptions, Limits

        return _stream(named, InputOptions(encoding=encoding, limits=Limits.of(max_characters)))
    from broadsheet.api.reading import read

    articles = read(named, encoding=encoding, max_characters=max_characters)
    _check_files(named, articles)
    print_rejects(articles.rejects, len(articles.rejects), "name the sources one by one to see them")
    return articles


def sidecar_of(named: Sequence[Path]) -> PackageOptions | None:
    """The package options in the sidecars of the articles that are named one by one; None if there are no sidecars.

    Raises:
        InputError: If a sidecar cannot be read, or two contradict each other.
    """
    paths = [path for path in named if is_named_text(path) and os.path.lexists(sidecar_path(path))]
    if not paths:
        return None
    return merge_package_options((str(sidecar_path(path)), read_sidecar(path).package) for path in paths)


def _spool(work: Path) -> Spool:
    from broadsheet.corpus.index import Spool, make_index
    from broadsheet.corpus.reading import article_files
    from broadsheet.corpus.work import WorkFolder

    refuse_links(work)
    folder = WorkFolder(work)
    for name in folder.readings():
        folder.check_reading(name)
    return Spool(make_index(article_files(folder, folder.readings())))


def _check_files(named: Sequence[Path], articles: Articles) -> None:
    """Refuses a named file that has no article.

    Raises:
        InputError: If there is one.
    """
    held = [*articles.places.values(), *(place for place, _ in articles.duplicates)]
    for path in filter(Path.is_file, named):
        first = next((reject for reject in articles.rejects if _is_in(reject.place, path)), None)
        if first is not None and not any(_is_in(place, path) for place in held):
            raise InputError(first.place, first.problem, first.fix)


def _is_in(place: str, path: Path) -> bool:
    return place == str(path) or place.startswith(f"{path}:")


def _stream(named: Sequence[Path], options: InputOptions) -> Iterator[Article]:
    """The articles of inputs of any kind; unreadable parts are reported and skipped.

    Raises:
        InputError: If a source does not exist.
    """
    from broadsheet.reading.inputs import Found, Reject, read_unit, units

    rejects: list[Reject] = []
    n_rejects = 0
    for unit in units(named, options):
        for found in [unit] if isinstance(unit, Reject) else read_unit(unit, options):
            if isinstance(found, Found):
                yield found.article
                continue
            n_rejects += 1
            rejects += [found] if n_rejects <= MOST_REJECTS else []
    print_rejects(rejects, n_rejects, "name the sources one by one to see them")
