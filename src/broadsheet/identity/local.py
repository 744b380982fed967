"""Actors as one article tells them: what identity across articles is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference import mapping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article

_PRINTED = ("name", "alias")
"""Forms of mentions that print a name of the actor's own."""
_NEAR = 60
"""Characters beside a name in which its calling is looked for."""
_LONGEST = 3
"""Words of the longest calling."""
_PAST = frozenset({"ex", "former", "late", "onetime", "retired"})
_OPENING = frozenset({"a", "an", "the"})


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
        offices: The offices that the article gives it, in reading order, and what it is called beside its name that is
            no office (footballer): that, too, tells two of one name apart.
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
    offices: dict[str, dict[LocalOffice, None]] = {}
    for role in tables.roles:
        held = LocalOffice(role.row.title, role.row.organization_id, role.row.country_code, role.row.tenure)
        offices.setdefault(role.row.actor_id, {})[held] = None
    persons = {found.row.actor_id for found in tables.actors if found.row.kind == "person"}
    for mention in tables.mentions:
        row = mention.row
        if row.form not in _PRINTED:
            continue
        printed.setdefault(row.actor_id, set()).add(article.text[row.char_start : row.char_end])
        if row.actor_id in persons:
            for calling in callings(article.text, row.char_start, row.char_end):
                held_so_far = offices.setdefault(row.actor_id, {})
                if all(office.title.lower() != calling.title for office in held_so_far):
                    held_so_far[calling] = None
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


def callings(text: str, start: int, end: int) -> list[LocalOffice]:
    """What the words beside a person's name call the person, where it is a calling of sport or art.

    *Footballer John Harlow*, *the striker John Harlow* and *John Harlow, a former footballer,* tell one.

    Args:
        text: The article's text.
        start: First character of the name.
        end: Character behind the last one.
    """
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2].lower()
    out = []
    if before.endswith(" "):
        found = _calling(before.replace("-", " ").split())
        if found is not None:
            out.append(found)
    behind = text[end : end + _NEAR].partition("\n")[0].lower()
    if behind.startswith(", "):
        words = behind[2:].partition(",")[0].partition(".")[0].replace("-", " ").split()
        if words[:1] and words[0] in _OPENING:
            found = next((x for n in range(2, min(len(words), 6) + 1) if (x := _calling(words[1:n]))), None)
            if found is not None:
                out.append(found)
    return out


def _calling(words: list[str]) -> LocalOffice | None:
    """The calling that some words end with."""
    known = mapping("walks_of_life", "walk")
    for n in range(min(_LONGEST, len(words)), 0, -1):
        title = " ".join(words[-n:])
        if title in known:
            past = bool(_PAST & set(words[-n - 2 : -n]))
            return LocalOffice(title, tenure="former" if past else "current")
    return None


def in_order(actors: Iterable[LocalActor]) -> list[LocalActor]:
    """Local actors by article and id, which is their key."""
    return sorted(actors, key=lambda actor: (actor.article_id, actor.actor_id))
