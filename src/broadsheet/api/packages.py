"""Works with packages on disk: export, page, explain, diff and cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.coerce import StrPath, as_path, optional
from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped
from broadsheet.publishing.checksums import package_hash
from broadsheet.publishing.metadata.citation import FORMATS, CitedRow
from broadsheet.publishing.metadata.citation import cite as cite_descriptor
from broadsheet.publishing.package import DESCRIPTOR, read_descriptor
from broadsheet.publishing.release import compare, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.publishing.release import Difference, Snapshot
    from broadsheet.reading import Article
    from broadsheet.views.explain import Explanation
    from broadsheet.views.page import Written


def export(package: StrPath, to: str, out: StrPath | None = None) -> Path:
    """Exports a package to another format: all of it or nothing.

    Args:
        package: Folder of the package.
        to: ``duckdb``, ``sqlite``, ``xlsx``, ``hyper``, ``postgres`` or ``csv-excel``.
        out: The file or folder to write; by default, one in this folder, named after the package and its version.

    Returns:
        The path that was written.

    Raises:
        InputError: If the package cannot be read, or the export cannot be written.

    Example:
        >>> export("package", "sqlite", "news.sqlite")
        PosixPath('news.sqlite')
    """
    from broadsheet.publishing.export import export as export_package

    return export_package(as_path(package, "package"), to, optional(as_path, out, "out"))


def export_database(package: StrPath, url: str) -> str:
    """Loads a package into a PostgreSQL database, in one transaction.

    Args:
        package: Folder of the package.
        url: Address of the database, ``postgresql://user@host/name``.

    Returns:
        Where the tables are, without the password.

    Raises:
        InputError: If the package cannot be read, the driver is not installed, or the database cannot be reached or
            reports an error.

    Example:
        >>> export_database("package", "postgresql://ada@localhost/news")  # doctest: +SKIP
        'schema broadsheet of postgresql://ada@localhost/news'
    """
    from broadsheet.publishing.export import export_database as load_database

    return load_database(as_path(package, "package"), url)


def page(
    package: StrPath, out: StrPath | None = None, *, sources: Sequence[Article] = (), rebuild: bool = False
) -> Written:
    """Writes a package as one HTML page.

    Args:
        package: Folder of the package.
        out: The file; ``NAME-VERSION.html`` in this folder by default.
        sources: The articles that the package was built from, as :func:`broadsheet.read` returns them; without them,
            the page shows offsets instead of the text.
        rebuild: Whether validation also rebuilds the tables from the articles.

    Returns:
        The path, the verdict, and the numbers of what the page shows.

    Raises:
        InputError: If the package cannot be read, or the page cannot be written.

    Example:
        >>> written = page("package", "page.html", sources=read("copper.txt"))
        >>> written.path, written.valid
        (PosixPath('page.html'), True)
    """
    from broadsheet.quality.valid_rows import extract_articles
    from broadsheet.quality.validation.package import Settings
    from broadsheet.views.page import write_page

    target = optional(as_path, out, "out")
    settings = Settings(rebuild=extract_articles if rebuild else None)
    return write_page(as_path(package, "package"), sources, target, settings)


def explain(key: str, package: StrPath | None = None, *, sources: Sequence[Article] = ()) -> Explanation:
    """Explains a row: its passage, the rule that gave each cell, and what a curator changed.

    Args:
        key: Key of the row; join the columns of a compound key with ``/``.
        package: Folder of the package; the published dataset by default.
        sources: The articles that the package was built from, as :func:`broadsheet.read` returns them.

    Raises:
        InputError: If the package cannot be read, or has no such row.

    Example:
        >>> explanation = explain("rosa-quispe", "package", sources=read("copper.txt"))
        >>> [cell.value for cell in explanation.cells if cell.column == "name"]
        ['Rosa Quispe']
    """
    from broadsheet.views.explain import explain as explain_row

    return explain_row(key, optional(as_path, package, "package"), sources)


def diff(old: StrPath, new: StrPath) -> Difference:
    """Compares two packages, row by row and cell by cell.

    Args:
        old: Folder of the old package.
        new: Folder of the new package.

    Raises:
        InputError: If a folder is not a Broadsheet package.

    Example:
        >>> diff("package", "corrected").of_kind("changed")[0].table
        'quotes'
    """
    return compare(read_snapshot(as_path(old, "old")), read_snapshot(as_path(new, "new")))


def cite(package: StrPath | None = None, *, form: str = "text", row: str | None = None) -> str:
    """Returns the citation of a package, or of a row of it.

    Args:
        package: Folder of the package; the published dataset by default.
        form: ``text``, ``bibtex``, ``ris`` or ``csl-json``.
        row: Key of the row; join the columns of a compound key with ``/``.

    Raises:
        InputError: If the folder is not a Broadsheet package, it has no such row, or the form is unknown.

    Example:
        >>> print(cite("package", form="bibtex").splitlines()[0])
        @misc{broadsheet-0.1.0,
        >>> cite("package", row="rosa-quispe")
        'Peru answers on copper ...'
    """
    if form not in FORMATS:
        raise InputError("form", f"cannot be {form!r}", f"write one of {', '.join(FORMATS)}")
    folder = shipped(DESCRIPTOR).parent if package is None else as_path(package, "package")
    descriptor = read_descriptor(folder)
    checksum = package_hash(folder)
    cited = _cited_row(read_snapshot(folder), row) if row else None
    return cite_descriptor(descriptor, checksum, form, cited)


def _cited_row(package: Snapshot, key: str) -> CitedRow:
    wanted = tuple(key.split("/"))
    for name, table in package.tables.items():
        place = table.by_key().get(wanted)
        if place is None or name == "evidence":
            continue
        span = None
        if {"char_start", "char_end"} <= table.types.keys():
            span = (int(table.cell("char_start", place)), int(table.cell("char_end", place)))
        article = table.cell("article_id", place) if "article_id" in table.types else None
        articles = package.tables["articles"]
        at = articles.by_key().get((article,)) if article else None
        return CitedRow(name, key, articles.cell("title", at) or article if at is not None else None, span)
    raise InputError(f"row {key}", "is in no table of the package", "take a key from one of its tables")
