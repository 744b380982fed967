"""Writes the page of a package, atomically."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import check_outside
from broadsheet.publishing.exchange import placed
from broadsheet.publishing.package import file_stem

if TYPE_CHECKING:
    from broadsheet.quality.validation.package import Settings
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.views.page.gather import PageData

MOST_BYTES = 1 << 28
"""The largest page that is written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was written.

    Attributes:
        path: Its file.
        valid: Whether the package is valid.
        verdict: The verdict of validation, as on the page.
        sha256: SHA-256 of the package's ``datapackage.json``.
        articles: Number of articles in the package.
        with_source: Number of articles whose text the page shows.
        strangers: Number of given articles that are not in the package.
        rows: Number of rows in all tables.
        problems: Number of rows without a valid span.
        size: Bytes of the file.
    """

    path: Path
    valid: bool
    verdict: str
    sha256: str
    articles: int
    with_source: int
    strangers: int
    rows: int
    problems: int
    size: int


def page(package: Path, sources: Sources = (), settings: Settings | None = None) -> str:
    """The page of a package as HTML.

    Args:
        package: The folder that holds its ``datapackage.json``.
        sources: Its articles, in any order; for others, the page shows offsets instead of the text.
        settings: How to validate the package.

    Raises:
        InputError: If the folder does not hold a Broadsheet package, or the page's libraries are not installed.
    """
    from broadsheet.views.page.gather import gather

    return html_of(gather(package, sources, settings))


def write_page(
    package: Path, sources: Sources = (), out: Path | None = None, settings: Settings | None = None
) -> Written:
    """Writes the page of a package.

    Args:
        package: The folder that holds its ``datapackage.json``.
        sources: Its articles, as in :func:`page`.
        out: The file; ``NAME-VERSION.html`` in the current folder if None.
        settings: How to validate the package.

    Raises:
        InputError: As :func:`page`, or if the file cannot be written, is a folder, or is inside the package.
    """
    from broadsheet.quality.validation.groups import headline
    from broadsheet.views.page.gather import gather
    from broadsheet.views.page.libraries import bundle

    bundle()
    if out is not None:
        check_outside(package, out)
    data = gather(package, sources, settings)
    path = out or Path(default_name(data))
    check_outside(package, path)
    content = html_of(data).encode("utf-8")
    if len(content) > MOST_BYTES:
        fix = "leave out --source" if data.articles else "make a package of fewer articles"
        raise InputError(str(path), f"would have {len(content):,} bytes, too many for a browser", fix)
    with placed(path) as new:
        new.write_bytes(content)
    return Written(
        path,
        data.report.valid,
        headline(data.report),
        data.checksum,
        len(data.sheets["articles"]),
        len(data.articles),
        data.strangers,
        sum(len(sheet) for sheet in data.sheets.values()),
        len(data.problems),
        len(content),
    )


def html_of(data: PageData) -> str:
    """The HTML of a page for this data."""
    from broadsheet.views.page.document import document
    from broadsheet.views.page.libraries import bundle
    from broadsheet.views.page.payload import payload
    from broadsheet.views.page.pictures import pictures

    libraries = bundle()
    content = payload(data, pictures(data.sheets), libraries)
    listed = content.head["articles"]
    return document(content, libraries, data.articles.get(listed[0]["id"]) if listed else None)


def default_name(data: PageData) -> str:
    """The default file name: the package's name and version, if they can be part of one."""
    return f"{file_stem(data.descriptor) or 'page'}.html"
