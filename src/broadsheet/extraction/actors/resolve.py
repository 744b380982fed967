"""The steps that resolve the actors of a document, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.belonging import (
    OFFICIAL,
    find_home,
    owner_of,
    setting_of,
    settle_chambers,
)
from broadsheet.extraction.actors.bodies import kind_of
from broadsheet.extraction.actors.candidates import drop_non_actors
from broadsheet.extraction.actors.counterparts import counterparts
from broadsheet.extraction.actors.countries import CountryReader
from broadsheet.extraction.actors.employers import Employers
from broadsheet.extraction.actors.findings import SOCIAL_MEDIA, Findings
from broadsheet.extraction.actors.gazetteer import find_hits
from broadsheet.extraction.actors.identity import country_led_by, leader_named
from broadsheet.extraction.actors.mentions import Bearer, definite_descriptions, is_company, resolve_pronouns
from broadsheet.extraction.actors.names import Segmenter
from broadsheet.extraction.actors.namings import disjoint, namings_of
from broadsheet.extraction.actors.nationality import Nationality, Told
from broadsheet.extraction.actors.page import read_page
from broadsheet.extraction.actors.people_and_bodies import Sorter
from broadsheet.extraction.actors.roles import (
    Surroundings,
    distinct,
    offices_said_of,
    titles_beside_names,
    with_shared_bodies,
)
from broadsheet.extraction.actors.rows import rows_of
from broadsheet.extraction.actors.runs import Runs
from broadsheet.extraction.actors.spans import with_other_spans
from broadsheet.extraction.actors.states import States, named_states
from broadsheet.extraction.actors.titles import find_titles
from broadsheet.extraction.found import rule
from broadsheet.reference.organizations import head_of, known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import FoundActors

_PUBLIC = OFFICIAL | {"intergovernmental", "party"}


def resolve(document: Document) -> FoundActors:
    """Names, states, offices, countries, then pronouns and descriptions, then the rows."""
    page = read_page(document)
    hits = find_hits(page)
    titles = find_titles(page, hits)
    segmenter = Segmenter(page, hits, titles)
    names = [name for run in Runs(page, hits, titles).find() for name in segmenter.cut(*run)]
    names = with_other_spans(page, names, segmenter)
    found = Findings(page, Sorter(page, names, hits, titles).sort())
    _drop_platforms(found)
    _find_states(found, hits, titles)
    nationality = Nationality(page, hits, found.uses)
    _find_leaders(found)
    for key, body in found.bodies.items():
        told = nationality.of_body(body, found.names)
        if told is not None:
            found.told[key] = told
    around = _surroundings(found, titles, found.places_of_people())
    found.drafts = titles_beside_names(around)
    found.home = find_home(found, hits)
    settle_chambers(found)
    bearers = _bearers(found)
    found.companies = {key for key, bearer in bearers.items() if bearer.is_company}
    for use in found.uses:
        if use.force != "people":
            found.weights.setdefault(use.country_code, 0.0)
    found.namings = namings_of(found)
    drop_non_actors(found)
    bearers |= {n.bearer: Bearer(n.bearer, "country") for n in found.namings if n.bearer not in bearers}
    state_at = {i: use.country_code for use in found.uses for i in range(use.first, use.last)}
    described = definite_descriptions(document, found.namings, bearers, titles, found.drafts, state_at, _rulers(found))
    found.namings = disjoint([*found.namings, *described])
    found.namings += resolve_pronouns(document, found.namings, bearers, found.genders)
    named_at = {n.first: n.bearer for n in found.namings}
    setting = setting_of(found, hits)
    if found.home is None:
        found.home, found.home_is_setting = setting.country, True
        found.home_rule = rule("actors.country.home_setting")
    found.home_is_clear = found.home is not None and (found.home_is_sure or found.home == setting.country)
    said = {i: n.bearer for n in found.namings if n.bearer in found.people for i in range(n.first, n.last)}
    more = offices_said_of(_surroundings(found, titles, said), found.drafts)
    found.drafts = distinct(with_shared_bodies(document, [*found.drafts, *more]), page.text_of)
    found.drafts = [_with_owner(found, draft, named_at) for draft in found.drafts]
    employers = Employers(found)
    found.drafts = [employers.completed(draft) for draft in found.drafts]
    found.drafts += counterparts(found, named_at)
    CountryReader(found, setting, nationality).decide()
    return rows_of(found)


def _drop_platforms(found: Findings) -> None:
    """Takes away the social media on which something only was written."""
    tokens = found.page.tokens
    for key, body in list(found.bodies.items()):
        before = [tokens[found.names[k].first - 1].lower if found.names[k].first else "" for k in body.names]
        if body.known in SOCIAL_MEDIA and all(word in ("on", "via") for word in before):
            del found.bodies[key]
            for k in body.names:
                found.bearers.body_of.pop(k, None)


def _rulers(found: Findings) -> dict[str, set[str]]:
    """Code of a state to those who lead it or its government, by their offices or the table of leaders."""
    out: dict[str, set[str]] = {}
    for draft in found.drafts:
        office = draft.title.office
        code = draft.country_code or found.country_of(draft.person)
        if code is not None and draft.tenure == "current" and office.sphere == "state" and office.unique:
            out.setdefault(code, set()).add(draft.person)
    for key, leader in found.leaders.items():
        out.setdefault(leader.country_code, set()).add(key)
    return out


def _with_owner(found: Findings, draft: RoleDraft, named_at: Mapping[int, str]) -> RoleDraft:
    """An office with the body, country or person that a pronoun before its title stands for."""
    unowned = draft.body is None and draft.country_code is None
    owner = owner_of(found, draft.first, named_at) if unowned else None
    if owner is None or owner == draft.person:
        return draft
    title = found.page.document.span(draft.first, draft.last)
    if owner in found.bodies:
        rules = {**draft.rules, "organization_id": rule("actor_roles.body.owner", title=title)}
        return replace(draft, body=owner, body_at=found.names[found.bodies[owner].names[0]].first, rules=rules)
    if owner.startswith("c"):
        rules = {**draft.rules, "country_code": rule("actor_roles.country.owner", title=title)}
        return replace(draft, country_code=owner[1:], rules=rules)
    return replace(draft, owner=draft.owner or owner)


def _find_states(found: Findings, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
    bodies, people = found.places_of_bodies(), found.places_of_people()
    states = States(found.page, titles.values(), frozenset(bodies), frozenset(people))
    for hit in hits.values():
        inside_name = any(i in bodies or i in people for i in range(hit.first, hit.last))
        if hit.kind in ("organization", "place", "region") or inside_name:
            continue
        use = states.read(hit)
        if use is not None:
            found.uses.append(use)
    found.weights = named_states(found.uses)


def _find_leaders(found: Findings) -> None:
    published_on = found.page.document.article.published_on
    for key, person in found.people.items():
        titles = [found.names[k].title for k in person.names]
        titled = any(t is not None and t.office.sphere == "state" and t.office.unique for t in titles)
        leader = leader_named(person.words, titled=titled, named_states=found.weights, published_on=published_on)
        if leader is not None:
            found.leaders[key] = leader
        elif titled and (code := country_led_by(person.words, found.weights)) is not None:
            plain = " ".join(person.words)
            found.told[key] = Told(code, rule=rule("actors.country.led_by", file="leaders", entry=plain))
        gender = leader.gender if leader is not None else person.gender
        if gender is not None and gender != "either":
            found.genders[key] = gender


def _surroundings(found: Findings, titles: dict[int, Title], person_at: dict[int, str]) -> Surroundings:
    return Surroundings(
        found.page.document,
        titles,
        person_at,
        found.places_of_bodies(),
        {i: use.country_code for use in found.uses for i in range(use.first, use.last)},
        {found.names[k].first: found.key_of(person) for k, person in found.bearers.person_of.items()},
    )


def _bearers(found: Findings) -> dict[str, Bearer]:
    out = {key: Bearer(key, "person", found.genders.get(key)) for key in found.people}
    for key, body in found.bodies.items():
        words = body.words
        head = words[words.index("of", 1) - 1] if "of" in words[1:] else words[-1]
        sphere = known_organizations()[body.known].sphere if body.known is not None else None
        known = head_of(head)
        public = sphere or (known.sphere if known is not None else "")
        trades = is_company(head, sphere)
        private = public not in _PUBLIC
        kind, _ = kind_of(body)
        out[key] = Bearer(key, kind, None, head if known is not None else "", trades, private)
    return out
