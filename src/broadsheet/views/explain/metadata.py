"""Explains the metadata of an article: from its sidecar, the source itself, or an option."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading import read, read_sidecar
from broadsheet.reading.sidecar import sidecar_path
from broadsheet.views.explain.explanation import CellExplanation, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from broadsheet.reading import Article, Metadata

_METADATA = ("title", "publisher", "authors", "url", "published_on", "language")
_TEXT = ("", ".txt", ".text")


def metadata_reasons(
    cells: Iterable[CellExplanation], article: Article, files: Sequence[Path], encoding: str | None, max_characters: int
) -> tuple[CellExplanation, ...]:
    """The cells of an article, with the origin of its metadata.

    Args:
        cells: The cells.
        article: The article, as it was read.
        files: The files named as sources.
        encoding: Their encoding.
        max_characters: The most code points that an article may have.
    """
    found = _sidecar(article, files, encoding, max_characters)
    return tuple(_with_origin(cell, found) if cell.column in _METADATA else cell for cell in cells)


def _with_origin(cell: CellExplanation, found: tuple[Path, Metadata] | None) -> CellExplanation:
    """A cell with its origin, as far as the source shows it."""
    if cell.value is None:
        return cell
    if cell.differs:
        says = "set by an option of the build, or the source has changed since"
        return replace(cell, reasons=(Reason("articles.option", says, "read.metadata"),))
    if found is not None and getattr(found[1], cell.column):
        says = f"the sidecar {found[0].name} says so"
        return replace(cell, reasons=(Reason("articles.sidecar", says, "read.sidecar"),))
    return cell


def _sidecar(
    article: Article, files: Sequence[Path], encoding: str | None, max_characters: int
) -> tuple[Path, Metadata] | None:
    """The sidecar of the file that an article was read from, and its metadata."""
    for path in files:
        if path.suffix.lower() not in _TEXT or not path.is_file() or not sidecar_path(path).is_file():
            continue
        try:
            if read(path, encoding=encoding, max_characters=max_characters).text_sha256 == article.text_sha256:
                return sidecar_path(path), read_sidecar(path).metadata
        except InputError:
            continue  # not an article of the package
    return None
