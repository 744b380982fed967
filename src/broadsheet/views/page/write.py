"""Makes the page of a package, and writes it: whole or not at all."""

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
"""A larger page is not written."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was written.

    Attributes:
        path: Its file.
        valid: Whether the package is valid.
        verdict: What validation says of it, as the page shows it.
        sha256: SHA-256 of its ``datapackage.json``.
        articles: How many articles it has.
        with_source: How many of them the page shows the text of.
        strangers: How many of the given articles are none of the package's.
        rows: How many rows all tables have.
        problems: How many rows have no place in their article.
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
        sources: Its articles, in any order; without one, the page shows where in it each row stands, not the words.
        settings: How the package is validated for the verdict.

    Raises:
        InputError: If the folder holds no package of ours, or the page's libraries are not installed.
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
        out: The file; ``NAME-VERSION.html`` in this folder, if none is given.
        settings: How the package is validated for the verdict.

    Raises:
        InputError: As :func:`page`, or if the file cannot be written, is a folder, or would be one of the package's.
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
        mend = "leave out --source" if data.articles else "make a package of fewer articles"
        raise InputError(str(path), f"would have {len(content):,} bytes, which no browser opens gladly", mend)
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
    """The page of what was gathered, as HTML."""
    from broadsheet.views.page.document import document
    from broadsheet.views.page.libraries import bundle
    from broadsheet.views.page.payload import payload
    from broadsheet.views.page.pictures import pictures

    libraries = bundle()
    made = payload(data, pictures(data.sheets), libraries)
    listed = made.head["articles"]
    return document(made, libraries, data.articles.get(listed[0]["id"]) if listed else None)


def default_name(data: PageData) -> str:
    """The name of the file: that of the package with its version, where these can be part of one."""
    return f"{file_stem(data.descriptor) or 'page'}.html"
