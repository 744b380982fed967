"""Indexes the rows of a package by article for the scorer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.pairing import plain, shared, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.tables.frames import TableSet

    Row = Mapping[str, Any]

TITLE_LIKENESS = 0.6
_SCORED = ("mentions", "actor_roles", "quotes", "events", "event_participants", "tariffs", "financial_figures")


class PackageRows:
    """The rows of a package, read once.

    Args:
        tables: The package.
        texts: Maps article ids to known texts, for context in errors.
    """

    def __init__(self, tables: TableSet, texts: Mapping[str, str] | None = None) -> None:
        self.articles: list[Row] = tables.arrow("articles").to_pylist()
        self.texts = dict(texts or {})
        self._actors: list[Row] = tables.arrow("actors").to_pylist()
        self._rows: dict[str, dict[str, list[Row]]] = {}
        for name in _SCORED:
            by_article: dict[str, list[Row]] = defaultdict(list)
            for row in tables.arrow(name).to_pylist():
                by_article[row["article_id"]].append(row)
            self._rows[name] = by_article

    def of(self, table: str, article_id: str | None) -> list[Row]:
        """Returns the rows of a table for an article; empty if the package lacks the article."""
        return self._rows[table].get(article_id or "", [])

    def actors(self, article_id: str | None) -> list[Row]:
        """Returns the actors that an article mentions, or all actors if it is the only article."""
        if article_id is None:
            return []
        if len(self.articles) == 1:
            return self._actors
        here = {row["actor_id"] for row in self.of("mentions", article_id)}
        return [row for row in self._actors if row["actor_id"] in here]

    def find(self, gold: Mapping[str, Any], *, only: bool = False) -> tuple[str | None, bool]:
        """Finds the article of some gold; returns its id and whether its text equals the gold's.

        Args:
            gold: Gold of a whole article.
            only: Whether there is no other gold; then a package's only article matches, whatever its title.
        """
        about = gold["article"]
        digest, title, address = (about.get(key) for key in ("text_sha256", "title", "source"))
        same = [r for r in self.articles if r["text_sha256"] == digest]
        if len(same) == 1:
            return same[0]["article_id"], True
        candidates = [
            [r for r in self.articles if title and plain(r["title"]) == plain(title)],
            [r for r in self.articles if title and shared(words(r["title"]), words(title)) > TITLE_LIKENESS],
            [r for r in self.articles if address and r["url"] == address],
            self.articles if only else [],
        ]
        return next((hits[0]["article_id"] for hits in candidates if len(hits) == 1), None), False
