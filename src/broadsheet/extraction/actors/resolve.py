"""The steps that resolve the actors of a document, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from broadsheet.extraction.actors.bodies import kind_of
from broadsheet.extraction.actors.candidates import drop_non_actors
from broadsheet.extraction.actors.countries import CountryReader
from broadsheet.extraction.actors.employers import Employers
from broadsheet.extraction.actors.findings import Findings
from broadsheet.extraction.actors.gazetteer import find_hits
from broadsheet.extraction.actors.holders import Holders
from broadsheet.extraction.actors.mentions import Bearer, definite_descriptions
from broadsheet.extraction.actors.names import Segmenter
from broadsheet.extraction.actors.namings import disjoint, namings_of
from broadsheet.extraction.actors.nationality import OFFICIAL, Nationality
from broadsheet.extraction.actors.page import read_page
from broadsheet.extraction.actors.people_and_bodies import Sorter
from broadsheet.extraction.actors.pronouns import resolve_pronouns
from broadsheet.extraction.actors.roles import Surroundings, distinct, titles_beside_names
from broadsheet.extraction.actors.rows import rows_of
from broadsheet.extraction.actors.runs import Runs
from broadsheet.extraction.actors.setting import setting_of
from broadsheet.extraction.actors.spans import with_other_spans
from broadsheet.extraction.actors.states import States, named_states
from broadsheet.extraction.actors.titles import find_titles
from broadsheet.extraction.found import rule
from broadsheet.reference.leaders import leader_named
from broadsheet.reference.organizations import head_of, known_organizations

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import FoundActors


_PUBLIC = OFFICIAL | {"intergovernmental", "party"}


def find_actors(document: Document, vectors: NDArray[Any] | None = None) -> FoundActors:
    """The actors of an article with their mentions and roles. Pure: the same document gives the same rows.

    First come names, states, offices and countries, then the pronouns and descriptions that refer to them. The
    encoder's vectors of the tokens are computed if not given.
    """
    page = read_page(document, vectors)
    hits = find_hits(page)
    titles = find_titles(page, hits)
    segmenter = Segmenter(page, hits, titles)
    names = [name for run in Runs(page, hits, titles).find() for name in segmenter.cut(*run)]
    names = with_other_spans(page, names, segmenter)
    found = Findings(page, Sorter(page, names, hits, titles).sort())
    _find_states(found, hits, titles)
    nationality = Nationality(page, hits, found.uses)
    _find_leaders(found)
    for key, body in found.bodies.items():
        country = nationality.of_body(body, found.names)
        if country is not None:
            found.country_evidence[key] = country
    found.drafts = titles_beside_names(_surroundings(found, titles, found.places_of_people()))
    bearers = _bearers(found)
    found.states.update(use.country_code for use in found.uses if use.force != "people")
    found.namings = namings_of(found)
    drop_non_actors(found)
    bearers |= {n.bearer: Bearer(n.bearer, "country") for n in found.namings if n.bearer not in bearers}
    year = document.article.published_on.year if document.article.published_on is not None else 0
    serving = {k: x for k, x in found.leaders.items() if x.first_year <= year <= (x.last_year or year)}
    leaders = {
        found.state_key(serving[key].country_code): key for key in sorted(serving, key=lambda k: serving[k].first_year)
    }
    described = definite_descriptions(document, found.namings, bearers, titles, found.drafts, leaders)
    found.namings = disjoint([*found.namings, *described])
    found.namings += resolve_pronouns(document, found.namings, bearers, found.genders)
    country_of_name = {n.first: code for n in found.namings if (code := found.country_of(n.bearer)) is not None}
    setting = setting_of(page, hits, country_of_name)
    said = {i: n.bearer for n in found.namings if n.bearer in found.people for i in range(n.first, n.last)}
    found.drafts = distinct(Holders(found, _surroundings(found, titles, said)).drafts(), page)
    found.drafts = [_dated(found, draft) for draft in Employers(found).completed(found.drafts)]
    CountryReader(found, hits, setting, nationality).decide()
    return rows_of(found)


def _find_states(found: Findings, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
    bodies, people = found.places_of_bodies(), found.places_of_people()
    states = States(found.page, titles.values(), frozenset(bodies), frozenset(people))
    for hit in hits.values():
        is_inside_name = any(i in bodies or i in people for i in range(hit.first, hit.last))
        is_state = hit.kind not in ("organization", "place", "region") and not is_inside_name
        if is_state and (use := states.read(hit)) is not None:
            found.uses.append(use)
    found.states = named_states(found.uses)


def _find_leaders(found: Findings) -> None:
    published_on = found.page.document.article.published_on
    for key, person in found.people.items():
        titles = [found.names[k].title for k in person.names]
        titled = any(t is not None and t.office.sphere == "state" and t.office.unique for t in titles)
        leader = leader_named(
            person.words,
            titled=titled,
            titled_otherwise=not titled and any(titles),
            named_states=found.states,
            published_on=published_on,
        )
        if leader is not None:
            found.leaders[key] = leader
        gender = leader.gender if leader is not None else person.gender
        if gender is not None and gender != "either":
            found.genders[key] = gender


def _dated(found: Findings, draft: RoleDraft) -> RoleDraft:
    """The office as a former one, where its holder led a state until a year before: *President Nixon*, years later."""
    published_on, leader = found.page.document.article.published_on, found.leaders.get(draft.person)
    leads = draft.title.office.sphere == "state" and draft.title.office.unique
    if leader is None or leader.last_year is None or published_on is None or not leads or draft.tenure != "current":
        return draft
    if published_on.year <= leader.last_year:
        return draft
    why = rule("actor_roles.tenure.over", file="leaders", entry=leader.leader)
    return replace(draft, tenure="former", rules={**draft.rules, "tenure": why})


def _surroundings(found: Findings, titles: dict[int, Title], person_at: dict[int, str]) -> Surroundings:
    return Surroundings(
        found.page.document,
        titles,
        person_at,
        found.places_of_bodies(),
        {i: use.country_code for use in found.uses for i in range(use.first, use.last)},
    )


def _bearers(found: Findings) -> dict[str, Bearer]:
    out = {key: Bearer(key, "person", found.genders.get(key)) for key in found.people}
    for key, body in found.bodies.items():
        words = body.words
        head = words[words.index("of", 1) - 1] if "of" in words[1:] else words[-1]
        noun = head_of(head)
        entry = known_organizations()[body.known] if body.known is not None else noun
        sphere = entry.sphere if entry is not None else ""
        trades, is_private = sphere in ("company", "media"), sphere not in _PUBLIC
        out[key] = Bearer(key, kind_of(body)[0], None, head if noun is not None else "", trades, is_private)
    return out
