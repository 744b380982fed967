"""Inputs of a reading: a row, its article, and the words that its evidence points to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.validation.rows import plain
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    import pandas as pd

    from broadsheet.reading import Article

    Reading: TypeAlias = Callable[["Row"], str | None]
    """Returns what the text says if it contradicts the cell; None if it supports the cell or cannot decide."""


_BRACKET = re.compile(r" ?\((?:the )?[\"“'‘]?")


@dataclass(frozen=True, slots=True)
class Text:
    """The parts of an article that readings use."""

    text: str
    published_on: date | None
    language: str

    @classmethod
    def of(cls, article: Article, row: Mapping[str, Any] | None = None) -> Text:
        """Returns the text of a source, with missing metadata filled in from the package's row."""
        known = row or {}
        published_on = article.published_on or known.get("published_on")
        language = article.language if article.language != "en" else known.get("language") or article.language
        return cls(article.text, published_on, language)


def touching(found: Sequence[Any], span: Span) -> list[Any]:
    """Returns the items that overlap ``span``. Each item has a ``span``; items are in reading order."""
    first = bisect_left(found, span.start, key=lambda item: item.span.end)
    result = []
    for item in found[first:]:
        if item.span.start >= span.end:
            break
        if item.span.end > span.start:
            result.append(item)
    return result


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an actor."""

    span: Span
    actor_id: str
    form: str


@dataclass(slots=True)
class World:
    """The tables that a reading may consult for a row."""

    texts: Mapping[str, Text]
    actors: dict[str, dict[str, Any]] = field(default_factory=dict)
    evidence: dict[tuple[str, str], list[tuple[str, Span]]] = field(default_factory=dict)
    mentions: dict[str, list[Named]] = field(default_factory=dict)
    participants: dict[str, list[tuple[str, str, Span]]] = field(default_factory=dict)
    _given: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame], sources: Mapping[str, Article]) -> World:
        """Builds the world of a package from its tables and sources."""
        articles = {r["article_id"]: r for r in records(frames["articles"], ("article_id", "published_on", "language"))}
        world = cls({key: Text.of(source, articles.get(key)) for key, source in sources.items()})
        for row in records(frames["actors"], ("actor_id", "name", "kind", "country_code")):
            world.actors.setdefault(row["actor_id"], row)
        evidence, mentions = defaultdict(list), defaultdict(list)
        for row in records(frames["evidence"], ("row_id", "column_name", "article_id", "char_start", "char_end")):
            if (span := span_of(row)) is not None:
                evidence[row["row_id"], row["column_name"]].append((row["article_id"], span))
        for row in records(frames["mentions"], ("article_id", "actor_id", "form", "char_start", "char_end")):
            if (span := span_of(row)) is not None:
                mentions[row["article_id"]].append(Named(span, row["actor_id"], row["form"]))
        parts = defaultdict(list)
        columns = ("event_id", "actor_id", "role", "char_start", "char_end")
        for row in records(frames["event_participants"], columns):
            if (span := span_of(row)) is not None:
                parts[row["event_id"]].append((row["actor_id"], row["role"], span))
        world.evidence, world.participants = dict(evidence), dict(parts)
        world.mentions = {
            key: sorted(found, key=lambda m: (m.span.end, m.span.start)) for key, found in mentions.items()
        }
        return world

    def named_at(self, article: str, span: Span, forms: frozenset[str] | None = None) -> list[dict[str, Any]]:
        """Returns the actors with a mention that overlaps ``span``, limited to ``forms`` if given."""
        found = touching(self.mentions.get(article, ()), span)
        named = [mention.actor_id for mention in found if forms is None or mention.form in forms]
        return [self.actors[actor] for actor in named if actor in self.actors]

    def given(self, article: str) -> frozenset[tuple[str, str]]:
        """Returns pairs of an actor and the name in brackets after its name: ``the Sea Fund (FDM)``."""
        if article not in self._given:
            mentions, text = self.mentions.get(article, ()), self.texts[article].text
            at = {mention.span.start: mention for mention in mentions}
            found = set()
            for mention in mentions:
                opened = _BRACKET.match(text, mention.span.end)
                other = at.get(opened.end()) if opened is not None else None
                if other is not None and other.actor_id == mention.actor_id:
                    found.add((other.actor_id, other.span.of(text)))
            self._given[article] = frozenset(found)
        return self._given[article]


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its evidence in one article."""

    table: str
    position: int
    cells: Mapping[str, Any]
    article: str
    source: Text
    world: World

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    @property
    def key(self) -> Any:
        """The first part of the primary key, which evidence refers to."""
        return self.cells[schemas()[self.table].primary_key[0]]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.source.text

    @property
    def span(self) -> Span | None:
        """The row's own span; None if it is invalid or outside the text."""
        return self._inside(span_of(self.cells))

    def spans(self, column: str) -> list[Span]:
        """Returns the evidence spans of a cell."""
        found = self.world.evidence.get((self.key, column), ())
        return [span for article, span in found if article == self.article and self._inside(span) is not None]

    def words(self, column: str) -> list[str]:
        """Returns the text of each evidence span."""
        return [span.of(self.text) for span in self.spans(column)]

    def whole(self, column: str) -> Span | None:
        """Returns the span from the first to the last evidence span."""
        spans = self.spans(column)
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None

    def _inside(self, span: Span | None) -> Span | None:
        return span if span is not None and span.end <= len(self.text) else None


def records(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yields the rows as plain Python values, null as None; yields nothing if a column is missing."""
    if not set(columns) <= set(frame.columns):
        return
    for cells in zip(*(plain(frame[column]) for column in columns), strict=True):
        yield dict(zip(columns, cells, strict=True))


def span_of(cells: Mapping[str, Any]) -> Span | None:
    """Returns the span of a row; None if it is invalid."""
    start, end = cells.get("char_start"), cells.get("char_end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        return None
    return Span(start, end)


def short(text: str, most: int = 60) -> str:
    """Shortens a text for messages."""
    line = " ".join(text.split())
    return f"«{line if len(line) <= most else line[: most - 1] + '…'}»"
