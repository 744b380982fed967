"""Extracts an article again, to find the rules behind its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from broadsheet.analysis.loading import installed_models
from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse, load_model, model_version
from broadsheet.base.errors import InputError
from broadsheet.extraction.corpus import actor_columns
from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.rules import rules_of
from broadsheet.identity import local_actors, resolve
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article
    from broadsheet.tables.rows import Row


@dataclass(frozen=True, slots=True)
class ReextractedRow:
    """A row as extraction gives it now, with the package's actor ids, and the rule of each of its cells.

    ``local_id`` is an actor's id in the article alone.
    """

    row: Row
    rules: Mapping[str, Rule]
    local_id: str | None = None


class Reextraction:
    """One article, extracted again.

    Args:
        article: The article.
        mentions: Its rows in the package's ``mentions``, which link its actors to those of the package.
        model: Name of an installed spaCy pipeline.
    """

    def __init__(self, article: Article, mentions: Iterable[Mapping[str, Any]], model: str = DEFAULT_MODEL) -> None:
        self.article = article
        self.tables = parse(analyse(article, model=model))
        self._ids = _ids(article, self.tables, mentions)

    def row(self, table: str, key: tuple[str, ...]) -> ReextractedRow | None:
        """The row with a key of the package, or ``None`` if extraction no longer gives it."""
        return next((row for name, found, row in self.rows() if (name, found) == (table, key)), None)

    def rows(self) -> Iterator[tuple[str, tuple[str, ...], ReextractedRow]]:
        """Every row, after its table and its key in the package."""
        for table, rows in self.tables.by_table().items():
            columns = schemas()[table].primary_key
            for found in rows:
                row = self._renamed(table, found.row)
                key = tuple(str(getattr(row, column)) for column in columns)
                local = getattr(found.row, "actor_id", None) if table == "actors" else None
                yield table, key, ReextractedRow(row, rules_of(table, row, found.rules), local)
        events = {found.row.event_id: found for found in self.tables.events}
        for part in self.tables.participants:
            rules = events[part.event_id].parts.get((part.actor_id, part.role), {})
            row = self._renamed("event_participants", part)
            key = (part.event_id, self._ids.get(part.actor_id, part.actor_id), part.role)
            yield "event_participants", key, ReextractedRow(row, rules_of("event_participants", row, rules))

    def _renamed(self, table: str, row: Row) -> Row:
        columns = {*actor_columns(table), *(("actor_id",) if table == "actors" else ())}
        names = {field.name for field in fields(row)} & columns
        changes = {c: self._ids[v] for c in sorted(names) if (v := getattr(row, c)) in self._ids}
        changed: Row = replace(row, **changes)  # type: ignore[arg-type]  # the columns are those of this row's own table
        return changed


def _ids(article: Article, tables: ArticleTables, mentions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Id of an actor in the article to its id in the package: by shared mentions, else the id in the article alone.

    Mention ids do not depend on other articles, so they link the two.
    """
    local = [found.row.actor_id for found in tables.actors]
    ids = dict(resolve(local_actors(tables, article)).of_article(tables.article_id, local))
    known = {row["mention_id"]: row["actor_id"] for row in mentions}
    counts: dict[str, Counter[str]] = {}
    for found in tables.mentions:
        actor = known.get(found.row.mention_id)
        if actor is not None:
            counts.setdefault(found.row.actor_id, Counter())[actor] += 1
    return ids | {key: min(actors, key=lambda actor: (-actors[actor], actor)) for key, actors in counts.items()}


def model_of(name: str) -> str:
    """The model to extract with: the package's if it is installed, else the default."""
    if not name or name == model_version(DEFAULT_MODEL)[0]:
        return DEFAULT_MODEL
    try:
        if name in installed_models():
            load_model(name)
            return name
    except InputError:
        pass
    return DEFAULT_MODEL


def other_version(made_by: tuple[str, str, str], model: str) -> str | None:
    """A note if a package was made by another version than the one that explains it.

    Args:
        made_by: The package's extractor version, model name and model version.
        model: The model that explains it.
    """
    from broadsheet.base.version import __version__

    now = (__version__, *model_version(model))
    if made_by == now:
        return None

    def label(version: str, name: str, model_version: str) -> str:
        with_model = f" with {name} {model_version}" if name else ""
        return f"broadsheet {version or '(unknown version)'}{with_model}"

    return f"The package was made by {label(*made_by)}; the rules are those of {label(*now)}."
