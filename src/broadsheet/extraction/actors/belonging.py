"""The countries of the persons and bodies of a page: by words, by offices, by the country that the article means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors.findings import SOCIAL_MEDIA
from broadsheet.extraction.actors.gazetteer import CHAMBERS, datelines
from broadsheet.extraction.actors.nationality import Told, home_country
from broadsheet.extraction.actors.setting import Setting
from broadsheet.extraction.found import rule
from broadsheet.reference.geography import EUROPEAN_UNION, countries, monarchies
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.nationality import Nationality
    from broadsheet.extraction.actors.roles import RoleDraft

_FARTHEST_OWNER = 4
_NOBODY = "?"
"""The owner that a pronoun tells of without it being clear who that is."""
OFFICIAL = frozenset({"state", "government", "legislature", "diplomatic", "military", "justice"})
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
_PLACE_WEIGHT, _BODY_WEIGHT = 0.3, 0.6
"""How much a place or body of a state adds to how much a page speaks of it."""


def settle_chambers(found: Findings) -> None:
    """*Congress* and the like are of the country that the article means, where that is another than the table says."""
    if not _appears_at_home(found):
        return
    for key, body in found.bodies.items():
        elsewhere = found.home is not None and key in found.told and found.told[key].country_code != found.home
        if elsewhere and found.told[key].first is None and " ".join(body.words) in CHAMBERS:
            assert found.home is not None
            body.known = None
            found.told[key] = _at_home(found, found.home, "chamber")


def _at_home(found: Findings, home: str, how: str = "home", *, assumed: bool = False) -> Told:
    """That somebody is of the country that the article means, and how that is known."""
    return Told(home, assumed=assumed, rule=rule(f"actors.country.{how}", because=found.home_rule))


def _appears_at_home(found: Findings) -> bool:
    """Whether the article's language is that of the country that it means."""
    region = found.page.document.article.language.partition("-")[2].upper()
    return found.home is not None and countries()[found.home].alpha_2 == region


def owner_of(found: Findings, first: int, named_at: Mapping[int, str]) -> str | None:
    """Who *its*, *his* or *her* before a name or title stands for."""
    tokens = found.page.tokens
    i = first - 1
    while i >= 0 and first - i <= _FARTHEST_OWNER and tokens[i].pos in ("ADJ", "NOUN", "NUM"):
        i -= 1
    if i < 0 or tokens[i].tag != "PRP$" or tokens[i].sentence != tokens[first].sentence:
        return None
    return named_at.get(i, _NOBODY)


def find_states_of_bodies(found: Findings, nationality: Nationality, named_at: Mapping[int, str]) -> None:
    """The countries of ministries, chambers and parties without one: their owner's, a seat's, home."""
    for key, body in found.bodies.items():
        if key in found.told or not nationality.is_of_some_state(body, found.names):
            continue
        first = found.names[body.names[0]].first
        owner = owner_of(found, first, named_at)
        if owner is not None:
            if owner.startswith("c"):
                found.told[key] = Told(owner[1:], rule=rule("actors.country.owner"))
            continue
        seat = nationality.of_seat(first)
        if seat is not None:
            found.told[key] = seat
        elif found.reported_from is not None and body.words[-1] == "court":
            found.told[key] = Told(found.reported_from, rule=rule("actors.country.court_reported"))
        elif found.home is not None and found.home_is_clear:
            found.told[key] = _at_home(found, found.home, assumed=found.home_is_setting)


def settle_states_of_bodies(found: Findings, nationality: Nationality) -> None:
    """The countries of ministries and courts in an article without a home: of the last court, of the subject."""
    for key, body in found.bodies.items():
        if key in found.told or not nationality.is_of_some_state(body, found.names):
            continue
        first = found.names[body.names[0]].first
        told = _of_last_court(found, first) if body.words[-1] == "court" else None
        told = told or _of_subject(found, first) or (_at_home(found, found.home) if found.home is not None else None)
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
    if not courts:
        return None
    place, last = max(courts)
    told = found.told[last]
    name = found.page.tokens[place].span
    why = rule("actors.country.last_court", because=told.rule, name=name)
    return Told(told.country_code, assumed=True, rule=why)


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
    if code is None or code == EUROPEAN_UNION:
        return None
    name = found.page.document.span(first.first, first.last)
    because = found.told[first.bearer].rule if first.bearer in found.told else None
    return Told(code, assumed=True, rule=rule("actors.country.sentence_subject", because=because, name=name))


def _is_faced(found: Findings, place: int) -> bool:
    """Whether a sentence tells of somebody as whom others meet, so that they may be of another state."""
    tokens = found.page.tokens
    token = tokens[place]
    return any(t.lemma in _FACING or t.lower == "with" for t in (token, *found.page.document.ancestors(token)))


def _is_subject(found: Findings, naming: Naming) -> bool:
    return any(found.page.tokens[i].dep in ("nsubj", "nsubjpass") for i in range(naming.first, naming.last))


def find_home(found: Findings, hits: dict[int, Hit]) -> str | None:
    """The country that the article means where it names none, by all that it says of countries."""
    led = [
        found.leaders[d.person].country_code
        for d in found.drafts
        if d.person in found.leaders and d.country_code is None and d.title.office.unique
    ]
    weights = dict(found.weights)
    for hit in hits.values():
        if hit.kind == "organization" and (hit.key in SOCIAL_MEDIA or known_organizations()[hit.key].sphere == "media"):
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
    meant = home_country(article.language, article.publisher, weights, led, [*foremost, *reported_from], reported_from)
    home, found.home_rule = meant if meant is not None else (None, None)
    found.reported_from = reported_from[0] if reported_from else None
    region = article.language.partition("-")[2].upper()
    found.home_is_sure = home in reported_from or (home is not None and countries()[home].alpha_2 == region)
    return home


def find_nationalities(found: Findings, nationality: Nationality) -> None:
    """The countries of the persons of whom none is known yet."""
    offices: dict[str, list[RoleDraft]] = {}
    for draft in found.drafts:
        offices.setdefault(draft.person, []).append(draft)
    for key in found.people:
        if key not in found.told:
            told = _nationality(found, key, offices.get(key, []), nationality)
            if told is not None:
                found.told[key] = told


def setting_of(found: Findings, hits: dict[int, Hit]) -> Setting:
    """Where the page plays, by all that is known of its actors so far."""
    acting = {i for use in found.uses if use.force == "acts" for i in range(use.first, use.last)}
    told = {n.first: code for n in found.namings if (code := found.country_of(n.bearer)) is not None}
    tag = found.page.document.article.language.partition("-")[2].upper()
    region = next((c.country_code for c in countries().values() if tag and c.alpha_2 == tag), None)
    home = found.home if found.home_is_sure else None
    return Setting(found.page, hits, acting, told, home, region, found.reported_from)


def settle_bodies(found: Findings, nationality: Nationality, setting: Setting) -> None:
    """The countries of the bodies of which no word tells one, by where the article plays."""
    for key, body in found.bodies.items():
        if key in found.told or nationality.is_stateless(body):
            continue
        told = setting.of([found.names[index].first for index in body.names])
        if told is not None:
            found.told[key] = told


def settle_people(found: Findings, setting: Setting) -> None:
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
            told = Told("GBR", rule=rule("actors.country.peer"))
        if told is not None:
            found.told[key] = told


def _nationality(found: Findings, key: str, offices: list[RoleDraft], nationality: Nationality) -> Told | None:
    """By an office of a country, by the table of leaders, by an adjective, by the body, by the office's name, by home.

    Nobody is a national of the Union, nor of the home country for an office at a body of many states.
    """
    for draft in offices:
        if draft.country_code not in (None, EUROPEAN_UNION) and draft.country_at is not None:
            assert draft.country_code is not None
            why = rule("actors.country.office", because=draft.rules["country_code"], title=_title(found, draft))
            return Told(draft.country_code, draft.country_at, draft.country_at + 1, rule=why)
    if key in found.leaders:
        leader = found.leaders[key]
        return Told(leader.country_code, rule=rule("actors.country.leader", file="leaders", entry=leader.leader))
    for index in found.people[key].names:
        beside = nationality.of_person(found.names[index])
        if beside is not None:
            return beside
    for draft in offices:
        code = found.country_of(draft.body) if draft.body is not None else None
        if code is not None and code != EUROPEAN_UNION:
            at = draft.body_at
            assert draft.body is not None
            employer = found.told[draft.body].rule
            why = rule("actors.country.employer", because=employer, title=_title(found, draft))
            return Told(code, at, None if at is None else at + 1, rule=why)
    for draft in offices:
        code = found.country_of(draft.owner) if draft.owner is not None else None
        if code is not None and draft.title.office.office not in _ENGAGED:
            assert draft.owner is not None
            superior = found.told[draft.owner].rule
            return Told(code, rule=rule("actors.country.superior", because=superior, title=_title(found, draft)))
    for draft in offices:
        if draft.country_code not in (None, EUROPEAN_UNION):
            assert draft.country_code is not None
            why = rule("actors.country.office", because=draft.rules["country_code"], title=_title(found, draft))
            return Told(draft.country_code, rule=why)
    official = [
        d
        for d in offices
        if d.title.office.sphere in OFFICIAL
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
            entry = draft.title.office.office
            why = rule("actors.country.office_name", file="offices", entry=entry, title=_title(found, draft))
            return Told(code, draft.first, draft.last, rule=why)
        if code is not None:
            shared_name = elsewhere or draft.title.office.office.endswith(" secretary")
            return _at_home(found, found.home) if shared_name and found.home is not None else None
    shared = any(d.country_code == EUROPEAN_UNION or (d.body is not None and found.is_shared(d.body)) for d in offices)
    union = "European Commission" in {b.known for b in found.bodies.values()}
    if union and any(d.title.office.office.endswith("commissioner") and d.body is None for d in offices):
        return None
    if shared or not official or any(d.owner == _NOBODY for d in offices):
        return None
    if found.reported_from is not None and all(d.title.office.sphere == "justice" for d in official):
        return Told(found.reported_from, rule=rule("actors.country.justice_reported"))
    ministers = [d for d in official if d.title.office.sphere in ("state", "government")]
    if found.home is None or not found.home_is_sure:
        near = next((t for d in ministers if (t := nationality.of_paragraph(d.first)) is not None), None)
        if near is not None:
            return near
    if found.home in monarchies() and official and all(d.title.office.office == "president" for d in official):
        return nationality.of_republic(official[0].first, monarchies())
    if found.home_is_clear or found.home is None:
        return _at_home(found, found.home) if found.home is not None else None
    return _of_subject(found, min(d.first for d in official)) or _at_home(found, found.home)


def _title(found: Findings, draft: RoleDraft) -> Span:
    return found.page.document.span(draft.first, draft.last)
