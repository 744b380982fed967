"""The steps that resolve the actors of a document, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extract.actors.bodies import kind_of
from broadsheet.extract.actors.counterparts import counterparts
from broadsheet.extract.actors.employers import Employers
from broadsheet.extract.actors.findings import SOCIAL_MEDIA, Findings
from broadsheet.extract.actors.gazetteer import CHAMBERS, datelines, find_hits
from broadsheet.extract.actors.identity import country_led_by, leader_named
from broadsheet.extract.actors.names import Segmenter
from broadsheet.extract.actors.namings import disjoint, namings_of
from broadsheet.extract.actors.nationality import Nationality, Told, home_country
from broadsheet.extract.actors.page import read_page
from broadsheet.extract.actors.people_and_bodies import Sorter
from broadsheet.extract.actors.rows import rows_of
from broadsheet.extract.actors.runs import Runs
from broadsheet.extract.actors.setting import Setting
from broadsheet.extract.actors.states import States, named_states
from broadsheet.extract.actors.titles import find_titles
from broadsheet.extract.mentions import Bearer, definite_descriptions, is_company, resolve_pronouns
from broadsheet.extract.roles import Surroundings, distinct, offices_said_of, titles_beside_names, with_shared_bodies
from broadsheet.reference.geography import EUROPEAN_UNION, countries, monarchies
from broadsheet.reference.organizations import head_of, known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analyse.document import Document
    from broadsheet.extract.actors.gazetteer import Hit
    from broadsheet.extract.actors.titles import Title
    from broadsheet.extract.cast import CastFound
    from broadsheet.extract.mentions import Naming
    from broadsheet.extract.roles import RoleDraft

_FARTHEST_OWNER = 4
_NOBODY = "?"
"""The owner that a pronoun tells of without it being clear who that is."""
_OFFICIAL = frozenset({"state", "government", "legislature", "diplomatic", "military", "justice"})
_ENGAGED = frozenset({"lawyer", "attorney", "counsel", "solicitor", "barrister", "doctor", "agent", "biographer"})
"""Offices that anybody can hold for a foreigner."""
_FACING = frozenset(
    {"meet", "host", "greet", "receive", "call", "telephone", "phone", "visit", "tell", "urge", "ask", "accuse"}
    | {"thank", "blame", "invite", "congratulate", "warn", "join", "see"}
)
"""What is done to those who may be of another state than who does it."""
_PEERS = frozenset({"sir", "dame", "lord", "lady", "baroness"})
_REALMS = frozenset({"GBR", "AUS", "BHS", "BLZ", "CAN", "IRL", "IND", "JAM", "NZL", "PNG", "SLB", "ATG", "GRD", "LCA"})
"""Countries whose nationals may bear such a form of address."""
_PUBLIC = _OFFICIAL | {"intergovernmental", "party"}
_PLACE_WEIGHT, _BODY_WEIGHT = 0.3, 0.6
"""How much a place or body of a state adds to how much a page speaks of it."""


def resolve(document: Document) -> CastFound:
    """Names, states, offices, countries, then pronouns and descriptions, then the rows."""
    page = read_page(document)
    hits = find_hits(page)
    titles = find_titles(page, hits)
    segmenter = Segmenter(page, hits, titles)
    names = [name for run in Runs(page, hits, titles).find() for name in segmenter.cut(*run)]
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
    found.home = _home(found, hits)
    _settle_chambers(found)
    bearers = _bearers(found)
    found.companies = {key for key, bearer in bearers.items() if bearer.is_company}
    found.namings = namings_of(found)
    bearers |= {n.bearer: Bearer(n.bearer, "country") for n in found.namings if n.bearer not in bearers}
    state_at = {i: use.country_code for use in found.uses for i in range(use.first, use.last)}
    described = definite_descriptions(document, found.namings, bearers, titles, found.drafts, state_at, _rulers(found))
    found.namings = disjoint([*found.namings, *described])
    for naming in described:
        if naming.bearer in found.bodies and naming.bearer not in found.told and not _knows(found, naming.bearer):
            told = nationality.of_description(naming.first, naming.last)
            if told is not None:
                found.told[naming.bearer] = told
    found.namings += resolve_pronouns(document, found.namings, bearers, found.genders)
    named_at = {n.first: n.bearer for n in found.namings}
    setting = _setting(found, hits)
    if found.home is None:
        found.home, found.home_is_setting = setting.country, True
    found.home_is_clear = found.home is not None and (found.home_is_sure or found.home == setting.country)
    _find_states_of_bodies(found, nationality, named_at)
    said = {i: n.bearer for n in found.namings if n.bearer in found.people for i in range(n.first, n.last)}
    more = offices_said_of(_surroundings(found, titles, said), found.drafts)
    found.drafts = distinct(with_shared_bodies(document, [*found.drafts, *more]), page.text_of)
    found.drafts = [_with_owner(found, draft, named_at) for draft in found.drafts]
    employers = Employers(found.page, found.namings, {k for k in found.bodies if bearers[k].is_private}, found.bodies)
    found.drafts = [employers.completed(draft) for draft in found.drafts]
    found.drafts += counterparts(found, named_at, setting)
    _find_nationalities(found, nationality)
    _settle_states_of_bodies(found, nationality)
    _settle_bodies(found, nationality, setting)
    _find_nationalities(found, nationality)
    _settle_people(found, setting)
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


def _settle_chambers(found: Findings) -> None:
    """*Congress* and the like are of the country that the article means, where that is another than the table says."""
    if not _appears_at_home(found):
        return
    for key, body in found.bodies.items():
        elsewhere = found.home is not None and key in found.told and found.told[key].country_code != found.home
        if elsewhere and found.told[key].first is None and " ".join(body.words) in CHAMBERS:
            assert found.home is not None
            body.known = None
            found.told[key] = Told(found.home)


def _appears_at_home(found: Findings) -> bool:
    """Whether the article's language is that of the country that it means."""
    region = found.page.document.article.language.partition("-")[2].upper()
    return found.home is not None and countries()[found.home].alpha_2 == region


def _knows(found: Findings, key: str) -> bool:
    return found.bodies[key].known is not None


def _owner(found: Findings, first: int, named_at: Mapping[int, str]) -> str | None:
    """Who *its*, *his* or *her* before a name or title stands for."""
    tokens = found.page.tokens
    i = first - 1
    while i >= 0 and first - i <= _FARTHEST_OWNER and tokens[i].pos in ("ADJ", "NOUN", "NUM"):
        i -= 1
    if i < 0 or tokens[i].tag != "PRP$" or tokens[i].sentence != tokens[first].sentence:
        return None
    return named_at.get(i, _NOBODY)


def _find_states_of_bodies(found: Findings, nationality: Nationality, named_at: Mapping[int, str]) -> None:
    """The countries of ministries, chambers and parties without one: their owner's, a seat's, home."""
    for key, body in found.bodies.items():
        if key in found.told or not nationality.is_of_some_state(body, found.names):
            continue
        first = found.names[body.names[0]].first
        owner = _owner(found, first, named_at)
        if owner is not None:
            if owner.startswith("c"):
                found.told[key] = Told(owner[1:])
            continue
        seat = nationality.of_seat(first)
        if seat is not None:
            found.told[key] = seat
        elif found.reported_from is not None and body.words[-1] == "court":
            found.told[key] = Told(found.reported_from)
        elif found.home is not None and found.home_is_clear:
            found.told[key] = Told(found.home, assumed=found.home_is_setting)


def _settle_states_of_bodies(found: Findings, nationality: Nationality) -> None:
    """The countries of ministries and courts in an article without a home: of the last court, of the subject."""
    for key, body in found.bodies.items():
        if key in found.told or not nationality.is_of_some_state(body, found.names):
            continue
        first = found.names[body.names[0]].first
        told = _of_last_court(found, first) if body.words[-1] == "court" else None
        told = told or _of_subject(found, first) or (Told(found.home) if found.home is not None else None)
        if told is not None:
            found.told[key] = told


def _of_last_court(found: Findings, place: int) -> Told | None:
    """The country of the court that is named last before a place."""
    courts = [
        (found.names[index].first, key)
        for key, body in found.bodies.items()
        if key in found.told and body.words[-1] == "court"
        for index in body.names
        if found.names[index].first < place
    ]
    return Told(found.told[max(courts)[1]].country_code, assumed=True) if courts else None


def _of_subject(found: Findings, place: int) -> Told | None:
    """The country of whom a sentence names as its first subject: *Lund ran the oil ministry*."""
    tokens = found.page.tokens
    sentence = tokens[place].sentence
    subjects = [
        n for n in found.namings if n.first < place and tokens[n.first].sentence == sentence and _is_subject(found, n)
    ]
    if not subjects or _is_faced(found, place):
        return None
    first = min(subjects, key=lambda n: n.first)
    code = first.bearer[1:] if first.bearer.startswith("c") else found.country_of(first.bearer)
    return Told(code, assumed=True) if code not in (None, EUROPEAN_UNION) and code is not None else None


def _is_faced(found: Findings, place: int) -> bool:
    """Whether a sentence tells of somebody as whom others meet, so that they may be of another state."""
    tokens = found.page.tokens
    token = tokens[place]
    return any(t.lemma in _FACING or t.lower == "with" for t in (token, *found.page.document.ancestors(token)))


def _is_subject(found: Findings, naming: Naming) -> bool:
    return any(found.page.tokens[i].dep in ("nsubj", "nsubjpass") for i in range(naming.first, naming.last))


def _with_owner(found: Findings, draft: RoleDraft, named_at: Mapping[int, str]) -> RoleDraft:
    """An office with the body, country or person that a pronoun before its title stands for."""
    unowned = draft.body is None and draft.country_code is None
    owner = _owner(found, draft.first, named_at) if unowned else None
    if owner is None or owner == draft.person:
        return draft
    if owner in found.bodies:
        return replace(draft, body=owner, body_at=found.names[found.bodies[owner].names[0]].first)
    if owner.startswith("c"):
        return replace(draft, country_code=owner[1:])
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
            found.told[key] = Told(code)
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


def _home(found: Findings, hits: dict[int, Hit]) -> str | None:
    """The country that the article means where it names none, by all that it says of countries."""
    led = [
        found.leaders[d.person].country_code
        for d in found.drafts
        if d.person in found.leaders and d.country_code is None and d.title.office.unique
    ]
    weights = dict(found.weights)
    for hit in hits.values():
        if hit.kind == "organization" and (
            hit.key in SOCIAL_MEDIA or known_organizations()[hit.key].sphere == "media"
        ):
            continue  # a page that quotes Facebook need not be about the United States
        if hit.country_code is not None and hit.kind in ("organization", "place", "seat", "people"):
            added = _PLACE_WEIGHT if hit.kind == "place" else _BODY_WEIGHT
            weights[hit.country_code] = weights.get(hit.country_code, 0.0) + added
    foremost = []
    for paragraph in (0, 1):
        first = next((u for u in found.uses if found.page.tokens[u.first].paragraph == paragraph), None)
        if first is not None and (first.force == "acts" or (paragraph == 0 and first.force == "names")):
            foremost.append(first.country_code)
    reported_from = [hit.country_code for hit in datelines(found.page) if hit.country_code is not None]
    article = found.page.document.article
    home = home_country(article.language, article.publisher, weights, led, [*foremost, *reported_from], reported_from)
    found.reported_from = reported_from[0] if reported_from else None
    region = article.language.partition("-")[2].upper()
    found.home_is_sure = home in reported_from or (home is not None and countries()[home].alpha_2 == region)
    return home


def _find_nationalities(found: Findings, nationality: Nationality) -> None:
    """The countries of the persons of whom none is known yet."""
    offices: dict[str, list[RoleDraft]] = {}
    for draft in found.drafts:
        offices.setdefault(draft.person, []).append(draft)
    for key in found.people:
        if key not in found.told:
            told = _nationality(found, key, offices.get(key, []), nationality)
            if told is not None:
                found.told[key] = told


def _setting(found: Findings, hits: dict[int, Hit]) -> Setting:
    acting = {i for use in found.uses if use.force == "acts" for i in range(use.first, use.last)}
    told = {n.first: code for n in found.namings if (code := found.country_of(n.bearer)) is not None}
    tag = found.page.document.article.language.partition("-")[2].upper()
    region = next((c.country_code for c in countries().values() if tag and c.alpha_2 == tag), None)
    home = found.home if found.home_is_sure else None
    return Setting(found.page, hits, acting, told, home, region, found.reported_from)


def _settle_bodies(found: Findings, nationality: Nationality, setting: Setting) -> None:
    """The countries of the bodies of which no word tells one, by where the article plays."""
    for key, body in found.bodies.items():
        if key in found.told or nationality.is_stateless(body):
            continue
        told = setting.of([found.names[index].first for index in body.names])
        if told is not None:
            found.told[key] = told


def _settle_people(found: Findings, setting: Setting) -> None:
    """The countries of the persons of whom none is known, by where the article plays.

    Who serves a body that is of no state, or of one that is not known, may come from anywhere.
    """
    elsewhere = {
        d.person
        for d in found.drafts
        if d.owner == _NOBODY
        or d.country_code == EUROPEAN_UNION
        or (d.body is not None and found.country_of(d.body) in (None, EUROPEAN_UNION))
        or (d.title.office.office.endswith("commissioner") and d.person not in found.told)
    }
    for key, person in found.people.items():
        if key in found.told or key in elsewhere:
            continue
        told = setting.of([found.names[index].first for index in person.names])
        peer = any(
            found.names[index].honorific in _PEERS or found.page.tokens[found.names[index].first].lower in _PEERS
            for index in person.names
        )
        if peer and (told is None or told.country_code not in _REALMS):
            told = Told("GBR")
        if told is not None:
            found.told[key] = told


def _nationality(found: Findings, key: str, offices: list[RoleDraft], nationality: Nationality) -> Told | None:
    """By an office of a country, by the table of leaders, by an adjective, by the body, by the office's name, by home.

    Nobody is a national of the Union, nor of the home country for an office at a body of many states.
    """
    for draft in offices:
        if draft.country_code not in (None, EUROPEAN_UNION) and draft.country_at is not None:
            assert draft.country_code is not None
            return Told(draft.country_code, draft.country_at, draft.country_at + 1)
    if key in found.leaders:
        return Told(found.leaders[key].country_code)
    for index in found.people[key].names:
        beside = nationality.of_person(found.names[index])
        if beside is not None:
            return beside
    for draft in offices:
        code = found.country_of(draft.body) if draft.body is not None else None
        if code is not None and code != EUROPEAN_UNION:
            at = draft.body_at
            return Told(code, at, None if at is None else at + 1)
    for draft in offices:
        code = found.country_of(draft.owner) if draft.owner is not None else None
        if code is not None and draft.title.office.office not in _ENGAGED:
            return Told(code)
    for draft in offices:
        if draft.country_code not in (None, EUROPEAN_UNION):
            assert draft.country_code is not None
            return Told(draft.country_code)
    official = [
        d
        for d in offices
        if d.title.office.sphere in _OFFICIAL
        and d.title.office.office not in _ENGAGED
        and (d.body is None or nationality.is_public(found.bodies[d.body]))
    ]
    for look in (nationality.of_seat, nationality.of_host, nationality.of_subject):
        for draft in official:
            near = look(draft.first) if draft.body is None and draft.owner is None else None
            if near is not None:
                return near
    for draft in offices:
        code = draft.title.office.country_code
        elsewhere = found.home_is_sure and code is not None and code not in found.weights
        if code is not None and (code == found.home or not (_appears_at_home(found) or elsewhere)):
            return Told(code, draft.first, draft.last)
        if code is not None:
            shared_name = elsewhere or draft.title.office.office.endswith(" secretary")
            return Told(found.home) if shared_name and found.home is not None else None
    shared = any(d.country_code == EUROPEAN_UNION or (d.body is not None and found.is_shared(d.body)) for d in offices)
    union = "European Commission" in {b.known for b in found.bodies.values()}
    if union and any(d.title.office.office.endswith("commissioner") and d.body is None for d in offices):
        return None
    if shared or not official or any(d.owner == _NOBODY for d in offices):
        return None
    if found.reported_from is not None and all(d.title.office.sphere == "justice" for d in official):
        return Told(found.reported_from)
    ministers = [d for d in official if d.title.office.sphere in ("state", "government")]
    if found.home is None or not found.home_is_sure:
        near = next((t for d in ministers if (t := nationality.of_paragraph(d.first)) is not None), None)
        if near is not None:
            return near
    if found.home in monarchies() and official and all(d.title.office.office == "president" for d in official):
        return nationality.of_republic(official[0].first, monarchies())
    if found.home_is_clear or found.home is None:
        return Told(found.home) if found.home is not None else None
    return _of_subject(found, min(d.first for d in official)) or Told(found.home)


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
        out[key] = Bearer(key, kind_of(body), None, head if known is not None else "", trades, private)
    return out
