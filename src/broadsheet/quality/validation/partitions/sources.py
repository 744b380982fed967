"""Provides the articles of a corpus to validation, one part at a time."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from broadsheet.publishing.layout import part_of
from broadsheet.reading.preference import preference

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.reading import Article

    Sources = Mapping[str, Article] | Callable[[str], Article | None] | Iterable[Article]
    """Articles by key, a function that finds one by its key, or articles in any order, which are read once."""

_HELD = 2_000
"""Number of articles to hold in memory before writing them to files by part."""


class Shelf:
    """The articles by part. Articles in any order are written to files, so memory holds only a few."""

    def __init__(self, sources: Sources, folder: Path, parts: int) -> None:
        self._find: Callable[[str], Article | None] | None = None
        self._folder, self._parts = folder, parts
        self.given = True
        """Whether there are any articles."""
        if isinstance(sources, Mapping):
            self._find, self.given = sources.get, bool(sources)
        elif callable(sources):
            self._find = sources
        else:
            self.given = self._put_aside(sources)

    def _put_aside(self, sources: Iterable[Article]) -> bool:
        self._folder.mkdir()
        held: dict[int, list[Article]] = defaultdict(list)
        number = 0
        for number, article in enumerate(sources, start=1):
            held[part_of(article.article_id, self._parts)].append(article)
            if number % _HELD == 0:
                self._write(held)
        self._write(held)
        return number > 0

    def _write(self, held: dict[int, list[Article]]) -> None:
        for part, articles in held.items():
            with (self._folder / str(part)).open("ab") as file:
                pickle.dump(articles, file)
        held.clear()

    def of_part(self, part: int, keys: Callable[[], Iterable[str]]) -> list[Article]:
        """Returns the articles of a part: those given for it, or those found by key.

        Args:
            part: Number of the part.
            keys: Returns the keys of the package's articles in this part.
        """
        if self._find is not None:
            found = (self._find(key) for key in keys())
            return [article for article in found if article is not None]
        place = self._folder / str(part)
        articles: list[Article] = []
        if place.is_file():
            with place.open("rb") as file:
                while chunk := file.peek(1):  # this process wrote the file
                    del chunk
                    articles += pickle.load(file)  # noqa: S301
        # Of two articles with the same text, the last one is used; it must be the one that a build keeps.
        return sorted(articles, key=preference, reverse=True)
