"""Units to read, and what they give: articles and rejects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.base.errors import InputError
    from broadsheet.reading.article import Article

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Unit:
    """A file to be read by one process, or the standard input.

    Attributes:
        name: How the user named it.
        path: The file; None for the standard input, which only the process that owns it can read.
        size: Bytes of the file, by which work is divided; None if unknown.
    """

    name: str
    path: Path | None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article and its place.

    Attributes:
        place: As in :class:`Reject`.
        article: The article.
    """

    place: str
    article: Article


@dataclass(frozen=True, slots=True)
class Reject:
    """Input that could not be read as an article.

    Attributes:
        place: The file as the user named it, and the place inside: ``site/a.html``, ``dump.jsonl.gz:17``,
            ``crawl.warc.gz:record 4``, ``news.zip:a/b.txt``.
        problem: What is wrong there.
        fix: What the user can do about it.

    Example:
        >>> reject = read("news/").rejects[0]
        >>> reject.place, reject.problem
        ('news/empty.html', 'no text of an article is on the page')
    """

    place: str
    problem: str
    fix: str

    @classmethod
    def of(cls, error: InputError) -> Reject:
        """The reject for an error."""
        return cls(error.place, error.problem, error.fix)
