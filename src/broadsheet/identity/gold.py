"""Gold for identity across articles: short articles with their actors, each with who it is.

A line of JSON an article: ``id``, ``published_on``, ``publisher``, ``text`` and ``actors``; an actor has ``who`` (the
same for one actor in all articles), ``name``, ``kind``, ``country``, ``aliases`` and ``offices`` of ``title``,
``organization`` (the ``who`` of one), ``country`` and ``tenure``. Persons and bodies stand there; countries are one by
their codes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.extraction.actors.identity import ascii_of, body_slug, country_name, person_slug, slug_of
from broadsheet.identity.local import LocalActor, LocalOffice
from broadsheet.reading import read
from broadsheet.reference.organizations import known_organizations, organization_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its actors as a reader tells them.

    Attributes:
        article: The article.
        actors: Its actors as the step of resolution takes them, by their place in the gold.
        who: Who each of them is.
    """

    article: Article
    actors: tuple[LocalActor, ...]
    who: tuple[str, ...]


def read_gold(path: Path) -> list[GoldArticle]:
    """Reads a file of gold.

    Raises:
        OSError, ValueError, KeyError: If it cannot be read; it is a file of ours.
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
            country_is_told=actor["country"] is not None,
            n_mentions=1,
            aliases=tuple(sorted(actor["aliases"])),
            offices=tuple(_office(office, slugs) for office in actor["offices"]),
            published_on=article.published_on,
        )
        for actor in cells["actors"]
    )
    return GoldArticle(article, actors, tuple(actor["who"] for actor in cells["actors"]))


def _slug(actor: Mapping[str, Any]) -> str:
    """The id that the extractor gives an actor of that name: a known body has the name of the reference table."""
    name, code = actor["name"], actor["country"]
    if actor["kind"] in ("person", "country"):
        return person_slug(name) if actor["kind"] == "person" else slug_of(country_name(code) if code else name)
    known = name if name in known_organizations() else organization_aliases().get(name)
    return slug_of(known) if known is not None else body_slug(name, code)


def _office(office: Mapping[str, Any], slugs: Mapping[str, str]) -> LocalOffice:
    body = office["organization"]
    return LocalOffice(office["title"], slugs.get(body, body), office["country"], office["tenure"])


def aligned(gold: Sequence[LocalActor], found: Iterable[LocalActor]) -> dict[int, LocalActor]:
    """Place of an actor of the gold to the actor of the same article that stands for it.

    They are one of a sort whose printed names are alike; of a person the family name is enough where no name is.
    """
    left = sorted(found, key=lambda actor: actor.actor_id)
    pairs: dict[int, LocalActor] = {}
    for alike in (_share_a_name, _share_a_family_name):
        for place, actor in enumerate(gold):
            if place in pairs:
                continue
            match = next((other for other in left if _sort(other) == _sort(actor) and alike(actor, other)), None)
            if match is not None:
                pairs[place] = match
                left.remove(match)
    return pairs


def _sort(actor: LocalActor) -> str:
    return "body" if actor.kind in ("organization", "group") else actor.kind


def _forms(actor: LocalActor) -> set[str]:
    return {ascii_of(form) for form in (actor.name, *actor.aliases)}


def _share_a_name(one: LocalActor, other: LocalActor) -> bool:
    return ascii_of(one.name) == ascii_of(other.name) or len(_forms(one) & _forms(other)) > 0


def _share_a_family_name(one: LocalActor, other: LocalActor) -> bool:
    return one.kind == "person" and ascii_of(one.name).split()[-1:] == ascii_of(other.name).split()[-1:]
