"""The actors of a single article: the input of identity resolution."""

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
"""Forms of mentions that print the actor's name."""
_NEAR = 60
"""Characters on either side of a name that are searched for an occupation."""
_LONGEST = 3
"""Maximum number of words of an occupation."""
_PAST = frozenset({"ex", "former", "late", "onetime", "retired"})
_OPENING = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class LocalOffice:
    """An office that an article gives to an actor.

    Attributes:
        title: As printed.
        organization_id: Id in the article of the body that the office belongs to; None if there is none.
        country_code: Country that the office belongs to, ISO 3166-1 alpha-3.
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
        actor_id: The actor's slug in this article.
        name: Its fullest form in the article, or the name in the reference table.
        kind: ``person``, ``organization``, ``group`` or ``country``.
        country_code: Nationality or seat.
        country_is_stated: Whether the article states the country, rather than only being set there.
        wikidata_id: Wikidata item, if the reference tables have it.
        n_mentions: Number of mentions in the article.
        aliases: The forms of its name that the article prints, distinct and sorted.
        offices: Its offices in the article, in reading order, and its occupations (footballer), which also distinguish
            namesakes.
        published_on: Publication date.
    """

    article_id: str
    actor_id: str
    name: str
    kind: str
    country_code: str | None = None
    country_is_stated: bool = False
    wikidata_id: str | None = None
    n_mentions: int = 1
    aliases: tuple[str, ...] = ()
    offices: tuple[LocalOffice, ...] = ()
    published_on: date | None = None


def local_actors(tables: ArticleTables, article: Article) -> list[LocalActor]:
    """The actors of an article, sorted by id.

    Args:
        tables: The parsed article.
        article: The article itself, for the printed forms of names.
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
            for occupation in occupations(article.text, row.char_start, row.char_end):
                known = offices.setdefault(row.actor_id, {})
                if all(office.title.lower() != occupation.title for office in known):
                    known[occupation] = None
    return [
        LocalActor(
            article_id=tables.article_id,
            actor_id=found.row.actor_id,
            name=found.row.name,
            kind=found.row.kind,
            country_code=found.row.country_code,
            country_is_stated="country_code" in found.evidence,
            wikidata_id=found.row.wikidata_id,
            n_mentions=found.row.n_mentions,
            aliases=tuple(sorted(printed.get(found.row.actor_id, ()))),
            offices=tuple(offices.get(found.row.actor_id, ())),
            published_on=article.published_on,
        )
        for found in sorted(tables.actors, key=lambda found: found.row.actor_id)
    ]


def occupations(text: str, start: int, end: int) -> list[LocalOffice]:
    """The occupations in sport or art that are stated next to a person's name.

    *Footballer John Harlow*, *the striker John Harlow* and *John Harlow, a former footballer,* state one.

    Args:
        text: The article's text.
        start: Start of the name.
        end: End of the name, exclusive.
    """
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2].lower()
    out = []
    if before.endswith(" "):
        found = _occupation(before.replace("-", " ").split())
        if found is not None:
            out.append(found)
    after = text[end : end + _NEAR].partition("\n")[0].lower()
    if after.startswith(", "):
        words = after[2:].partition(",")[0].partition(".")[0].replace("-", " ").split()
        if words[:1] and words[0] in _OPENING:
            found = next((x for n in range(2, min(len(words), 6) + 1) if (x := _occupation(words[1:n]))), None)
            if found is not None:
                out.append(found)
    return out


def _occupation(words: list[str]) -> LocalOffice | None:
    """The occupation at the end of some words."""
    known = mapping("walks_of_life", "walk")
    for n in range(min(_LONGEST, len(words)), 0, -1):
        title = " ".join(words[-n:])
        if title in known:
            past = bool(_PAST & set(words[-n - 2 : -n]))
            return LocalOffice(title, tenure="former" if past else "current")
    return None


def in_order(actors: Iterable[LocalActor]) -> list[LocalActor]:
    """Local actors, sorted by article and id."""
    return sorted(actors, key=lambda actor: (actor.article_id, actor.actor_id))
