"""Profiles: actors with the same content in many articles, resolved only once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.identity.local import LocalOffice
from broadsheet.identity.names import (
    BodyName,
    PersonName,
    body_name,
    known_bodies,
    known_leaders,
    person_base,
    person_name,
)
from broadsheet.identity.offices import title_of
from broadsheet.identity.traits import Period, Traits
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.organizations import head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELD, ITEM, PART = "\x1f", "\x1e", "\x1d"
"""Separators of fields of a signature, items of a list and parts of an office; they are removed from names."""
FIELDS = ("kind", "actor_id", "name", "country_code", "stated", "wikidata_id", "aliases", "offices", "year")


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor with the same content in one or more articles.

    Attributes:
        signature: All attributes except the counts, as one text.
        kind: As in the data model.
        slug: Its id in each article.
        name: Its name.
        country_code: Nationality or seat.
        is_stated: Whether the articles state the country.
        wikidata_id: Wikidata item.
        aliases: Printed forms of the name.
        offices: Its offices and occupations.
        n_articles: Number of articles.
        n_mentions: Number of mentions in them.
        period: First and last publication date of the articles with a date.
        least: The smallest key of the articles.
    """

    signature: str
    kind: str
    slug: str
    name: str
    country_code: str | None
    is_stated: bool
    wikidata_id: str | None
    aliases: tuple[str, ...]
    offices: tuple[LocalOffice, ...]
    n_articles: int = 1
    n_mentions: int = 1
    period: Period = None
    least: str = ""

    @property
    def person(self) -> PersonName:
        """The parsed name of a person."""
        return person_name(self.name, self.slug)

    @property
    def body(self) -> BodyName:
        """The parsed name of an organization or group."""
        return body_name(self.name, self.slug, self.kind, self.country_code)

    @property
    def base(self) -> str:
        """The slug before homonyms are distinguished."""
        if self.kind == "person":
            return person_base(self.name, self.slug)
        return self.slug if self.kind == "country" else self.body.base

    @property
    def is_leader(self) -> bool:
        """Whether the reference table of leaders has the person."""
        return self.kind == "person" and self.slug in known_leaders()


def read_signature(
    signature: str, n_articles: int = 1, n_mentions: int = 1, period: Period = None, least: str = ""
) -> Profile:
    """The profile of a signature written by :mod:`broadsheet.identity.signatures`."""
    kind, slug, name, code, stated, item, aliases, offices, _ = signature.split(FIELD)
    return Profile(
        signature,
        kind,
        slug,
        name,
        code or None,
        stated == "1",
        item or None,
        tuple(aliases.split(ITEM)) if aliases else (),
        tuple(_office(*text.split(PART)) for text in offices.split(ITEM)) if offices else (),
        n_articles,
        n_mentions,
        period,
        least,
    )


def _office(title: str, organization: str, code: str, tenure: str) -> LocalOffice:
    return LocalOffice(title, organization or None, code or None, tenure)


def traits_of(profile: Profile) -> Traits:
    """The traits of a person.

    The country counts as stated if the person holds an office of a state, and for leaders in the reference table.
    """
    titles = [(office, title_of(office.title)) for office in profile.offices]
    current = [(office, title) for office, title in titles if office.tenure == "current"]
    official = any(title.is_public for _, title in titles)
    code = profile.country_code if profile.country_code != EUROPEAN_UNION else None
    in_words = profile.is_stated or profile.is_leader
    codes = frozenset([code] if code is not None else [])
    middles = profile.person.middles
    companies = {
        office.organization_id: profile.period
        for office, title in current
        if office.organization_id is not None and (title.is_company or _is_company(office.organization_id))
    }
    return Traits(
        countries=codes if in_words or official else frozenset(),
        implied=codes if official and not in_words else frozenset(),
        inferred=frozenset() if in_words or official else codes,
        walks=frozenset(title.walk for _, title in current),
        offices=frozenset(title.key for _, title in titles),
        rare_offices=frozenset(title.key for _, title in titles if title.is_rare),
        organizations=frozenset(office.organization_id for office, _ in titles if office.organization_id is not None),
        companies=tuple(sorted(companies.items(), key=lambda item: item[0])),
        governs=(profile.period,) if any(title.is_governing for _, title in current) else (),
        middles=frozenset([middles] if middles else []),
        period=profile.period,
    )


@lru_cache(50_000)
def _is_company(slug: str) -> bool:
    sphere = known_bodies().get(slug)
    if sphere is not None:
        return sphere == "company"
    head = head_of(slug.rpartition("-")[2])
    return head is not None and head.sphere == "company"


def best_base(profiles: Sequence[Profile]) -> str:
    """The best slug of several profiles of one actor.

    Preferred, in this order: a name that is written out or a generic body's name with its country, a body of the
    reference tables, fewest words, most articles, alphabetical order.
    """
    articles: Counter[str] = Counter()
    for profile in profiles:
        articles[profile.base] += profile.n_articles

    def rank(profile: Profile) -> tuple[bool, bool, int, int, str]:
        is_person = profile.kind == "person"
        initials = is_person and not profile.person.is_spelled and not profile.person.is_short
        bare = not is_person and profile.kind != "country" and profile.body.is_generic and profile.country_code is None
        unknown = not is_person and profile.base not in known_bodies()
        return (initials or bare, unknown, profile.base.count("-"), -articles[profile.base], profile.base)

    return min(profiles, key=rank).base
