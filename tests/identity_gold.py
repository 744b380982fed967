"""Gold for identity across articles: short articles with their actors and their true identities.

One line of JSON per article: ``id``, ``published_on``, ``publisher``, ``text`` and ``actors``; an actor has ``who``
(the same for one actor in all articles), ``name``, ``kind``, ``country``, ``aliases`` and ``offices`` of ``title``,
``organization`` (the ``who`` of one), ``country`` and ``tenure``. Countries are left out, as codes identify them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.slugs import ascii_of, slug_of
from broadsheet.identity.cluster import sort_of
from broadsheet.identity.local import LocalActor, LocalOffice
from broadsheet.reading import read
from broadsheet.reference.geography import country_name
from broadsheet.reference.names import body_slug, person_slug
from broadsheet.reference.organizations import known_organizations, organization_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its actors as a reader sees them.

    Attributes:
        article: The article.
        actors: Its actors as the input of resolution, in the order of the gold.
        who: The identity of each.
    """

    article: Article
    actors: tuple[LocalActor, ...]
    who: tuple[str, ...]


def read_gold(path: Path) -> list[GoldArticle]:
    """Reads a file of gold.

    Raises:
        OSError, ValueError, KeyError: If it cannot be read.
    """
    return [gold_article(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def gold_article(cells: Mapping[str, Any]) -> GoldArticle:
    """An article of gold from its JSON object."""
    article = read(cells["text"], published_on=cells["published_on"], publisher=cells["publisher"])
    slugs = {actor["who"]: _slug(actor) for actor in cells["actors"]}
    actors = tuple(
        LocalActor(
            article_id=article.article_id,
            actor_id=slugs[actor["who"]],
            name=actor["name"],
            kind=actor["kind"],
            country_code=actor["country"],
            country_is_stated=actor["country"] is not None,
            n_mentions=1,
            aliases=tuple(sorted(actor["aliases"])),
            offices=tuple(_office(office, slugs) for office in actor["offices"]),
            published_on=article.published_on,
        )
        for actor in cells["actors"]
    )
    return GoldArticle(article, actors, tuple(actor["who"] for actor in cells["actors"]))


def _slug(actor: Mapping[str, Any]) -> str:
    """The id that the extractor gives the actor; a known body has the name in the reference table."""
    name, code = actor["name"], actor["country"]
    if actor["kind"] in ("person", "country"):
        return person_slug(name) if actor["kind"] == "person" else slug_of(country_name(code) if code else name)
    known = name if name in known_organizations() else organization_aliases().get(name)
    return slug_of(known) if known is not None else body_slug(name, code)


def _office(office: Mapping[str, Any], slugs: Mapping[str, str]) -> LocalOffice:
    body = office["organization"]
    return LocalOffice(office["title"], slugs.get(body, body), office["country"], office["tenure"])


def aligned(gold: Sequence[LocalActor], found: Iterable[LocalActor]) -> dict[int, LocalActor]:
    """Maps the position of each gold actor to the matching actor that was found in the article.

    Actors of one sort match if they share a printed name; persons without one, if they share the family name.
    """
    left = sorted(found, key=lambda actor: actor.actor_id)
    pairs: dict[int, LocalActor] = {}
    for alike in (_share_a_name, _share_a_family_name):
        for place, actor in enumerate(gold):
            if place in pairs:
                continue
            sort = sort_of(actor.kind)
            match = next((other for other in left if sort_of(other.kind) == sort and alike(actor, other)), None)
            if match is not None:
                pairs[place] = match
                left.remove(match)
    return pairs


def _forms(actor: LocalActor) -> set[str]:
    return {ascii_of(form) for form in (actor.name, *actor.aliases)}


def _share_a_name(one: LocalActor, other: LocalActor) -> bool:
    return ascii_of(one.name) == ascii_of(other.name) or len(_forms(one) & _forms(other)) > 0


def _share_a_family_name(one: LocalActor, other: LocalActor) -> bool:
    return one.kind == "person" and ascii_of(one.name).split()[-1:] == ascii_of(other.name).split()[-1:]
