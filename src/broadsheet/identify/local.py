"""Actors as one article tells them: what identity across articles is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadsheet.extract.pipeline import ArticleTables
    from broadsheet.read import Article

_PRINTED = ("name", "alias")
"""Forms of mentions that print a name of the actor's own."""


@dataclass(frozen=True, slots=True)
class LocalOffice:
    """An office that an article gives to an actor.

    Attributes:
        title: As printed.
        organization_id: The body it is an office of, by its id in the article; ``None`` where none is named.
        country_code: The country it is an office of, ISO 3166-1 alpha-3.
        tenure: ``current``, ``former`` or ``nominated``.
    """

    title: str
    organization_id: str | None = None
    country_code: str | None = None
    tenure: str = "current"


@dataclass(frozen=True, slots=True)
class LocalActor:
    """An actor of one article.

    Attributes:
        article_id: Key of the article.
        actor_id: The actor's slug in the article alone.
        name: Its fullest form there, or the reference table's.
        kind: ``person``, ``organization``, ``group`` or ``country``.
        country_code: Nationality or seat.
        country_is_told: Whether words of the article tell the country, rather than where the article plays.
        wikidata_id: Item of Wikidata, where the reference tables have it.
        n_mentions: How often the article mentions it.
        aliases: The forms of its name that the article prints, distinct and sorted.
        offices: The offices that the article gives it, in reading order.
        published_on: Day of publication.
    """

    article_id: str
    actor_id: str
    name: str
    kind: str
    country_code: str | None = None
    country_is_told: bool = False
    wikidata_id: str | None = None
    n_mentions: int = 1
    aliases: tuple[str, ...] = ()
    offices: tuple[LocalOffice, ...] = ()
    published_on: date | None = None


def local_actors(tables: ArticleTables, article: Article) -> list[LocalActor]:
    """The actors of an article as its parsers found them, by id.

    Args:
        tables: What the parsers found.
        article: The article itself, whose text has the printed forms of names.
    """
    printed: dict[str, set[str]] = {}
    for mention in tables.mentions:
        row = mention.row
        if row.form in _PRINTED:
            printed.setdefault(row.actor_id, set()).add(article.text[row.char_start : row.char_end])
    offices: dict[str, dict[LocalOffice, None]] = {}
    for role in tables.roles:
        held = LocalOffice(role.row.title, role.row.organization_id, role.row.country_code, role.row.tenure)
        offices.setdefault(role.row.actor_id, {})[held] = None
    return [
        LocalActor(
            article_id=tables.article_id,
            actor_id=found.row.actor_id,
            name=found.row.name,
            kind=found.row.kind,
            country_code=found.row.country_code,
            country_is_told="country_code" in found.evidence,
            wikidata_id=found.row.wikidata_id,
            n_mentions=found.row.n_mentions,
            aliases=tuple(sorted(printed.get(found.row.actor_id, ()))),
            offices=tuple(offices.get(found.row.actor_id, ())),
            published_on=article.published_on,
        )
        for found in sorted(tables.actors, key=lambda found: found.row.actor_id)
    ]


def in_order(actors: Iterable[LocalActor]) -> list[LocalActor]:
    """Local actors by article and id, which is their key."""
    return sorted(actors, key=lambda actor: (actor.article_id, actor.actor_id))
