"""The rows of actors, mentions and roles, with their evidence, and the cast for the other parsers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.base.slugs import slug_of
from broadsheet.extraction.actors.bodies import fighters_beside, kind_of
from broadsheet.extraction.entity_index import FoundActors, Mention, StateName, index_entities
from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.reference.geography import EUROPEAN_UNION, countries, country_name, wikidata_items
from broadsheet.reference.names import body_slug, is_generic, person_slug
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import ActorRow, MentionRow, RoleRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.bodies import Body
    from broadsheet.extraction.actors.findings import Findings
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.persons import Person
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.reference.people import Leader

_KIND_ORDER = ("country", "organization", "group", "person")
_SMALL_WORDS = frozenset({"of", "for", "and", "the", "on"})
_FULLEST = Rule("actors.name.fullest")
_SURELY_LONGER = 100
"""Weight of a word against that of a letter when the fullest form of a person's name is chosen."""


def rows_of(found: Findings) -> FoundActors:
    """The cast of a page and the rows of its three tables."""
    document = found.page.document
    used = {n.bearer for n in found.namings} | {d.person for d in found.drafts}
    used |= {d.body for d in found.drafts if d.body is not None}
    labels = {key: _label(found, key) for key in sorted(used)}
    kinds = {key: _kind(found, key) for key in labels}
    slugs = {key: _slugs(found, key, label.name) for key, label in labels.items()}
    ids = _ids(slugs, kinds)
    counts = Counter(ids[n.bearer] for n in found.namings)
    first_named = {n.bearer: (n.first, n.last) for n in reversed(found.namings)}
    actors: dict[str, ActorRow] = {}
    rows = []
    for key in sorted(labels, key=lambda k: (ids[k], k)):
        if ids[key] in actors:
            continue
        name = labels[key].name
        code = key[1:] if key.startswith("c") else found.country_of(key)
        states = kinds[key][0] == "country" or (code == EUROPEAN_UNION and name == countries()[EUROPEAN_UNION].name)
        item = wikidata_items().get(code or "") if states else None
        actors[ids[key]] = ActorRow(ids[key], name, kinds[key][0], code, item, counts[ids[key]])
        rules = {
            "name": labels[key].rule,
            "kind": kinds[key][1],
            "actor_id": _of_slug(slugs[key][:2], slugs[key][2], ids[key]),
        }
        if code is not None:
            country = found.country_evidence.get(key)
            stated = country.rule if country is not None else None
            rules["country_code"] = stated or _coded("actors.country.own", "countries", code)
            if item is not None:
                rules["wikidata_id"] = _coded("actors.wikidata_id", "wikidata", code)
        rows.append(Found(actors[ids[key]], _evidence(found, key, labels[key].at, first_named), rules))
    mentions = [
        Mention(ids[n.bearer], n.form, document.span(n.first, n.last), n.first, n.last, n.rule)
        for n in sorted(found.namings, key=lambda n: n.first)
    ]
    cast = index_entities(
        document,
        actors,
        mentions,
        [StateName(u.country_code, u.form, u.first, u.last) for u in found.uses],
        {i: ids[d.person] for d in reversed(found.drafts) for i in range(d.first, d.last)},
        {ids[k]: g for k, g in found.genders.items() if k in ids},
        _titles(found, ids),
    )
    article = document.article.article_id
    return FoundActors(
        cast,
        tuple(rows),
        tuple(_mention(article, m) for m in mentions),
        tuple(_role(found, article, draft, ids) for draft in found.drafts),
    )


def _titles(found: Findings, ids: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The titles of the offices of each person, in lower case, with their spheres."""
    out: dict[str, list[tuple[str, str]]] = {}
    for draft in found.drafts:
        title = found.page.lower_of(draft.first, draft.last)
        out.setdefault(ids[draft.person], []).append((title, draft.title.office.sphere))
    return {actor: tuple(titles) for actor, titles in out.items()}


def _mention(article_id: str, mention: Mention) -> Found[MentionRow]:
    start, end = mention.span.start, mention.span.end
    key = row_key("men", article_id, mention.span)
    rules = {"actor_id": mention.rule, "form": mention.rule} if mention.rule is not None else {}
    return Found(MentionRow(key, article_id, mention.actor_id, mention.form, start, end), {}, rules)


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of an actor, the tokens that print it, and why it is this one."""

    name: str
    at: tuple[int, int] | None
    rule: Rule


def _kind(found: Findings, key: str) -> tuple[str, Rule]:
    if key in found.people:
        return "person", rule("actors.kind.person", because=found.people[key].why)
    if key in found.bodies:
        body = found.bodies[key]
        kind, how = kind_of(body)
        beside = (fighters_beside(found.page.document, found.names[k]) for k in body.names if body.known is None)
        if (word := next(filter(None, beside), None)) is not None:
            return "group", rule("actors.kind.fighters", because=body.why, word=word.span)
        return kind, rule(f"actors.kind.{how}", because=body.why)
    if key[1:] == EUROPEAN_UNION:
        return "organization", Rule("actors.kind.union")
    return "country", Rule("actors.kind.state")


def _label(found: Findings, key: str) -> _Label:
    """The name of an actor and the tokens that print it."""
    if key in found.people:
        return _person_name(found, found.people[key], found.leaders.get(key))
    if key in found.bodies:
        return _body_name(found, found.bodies[key])
    return _Label(country_name(key[1:]), None, _coded("actors.name.state", "countries", key[1:]))


@cache
def _coded(key: str, file: str, code: str) -> Rule:
    """A rule that all mentions of a country in a reference table share."""
    return rule(key, file=file, entry=code)


def _person_name(found: Findings, person: Person, leader: Leader | None) -> _Label:
    """The fullest printed form, or where only a surname is printed, that of the table of leaders."""

    def fullness(name: Name) -> tuple[int, int]:
        text = found.text_of(name)
        return (len(text.split()) * _SURELY_LONGER + len(text), -name.first)

    name = max((found.names[k] for k in person.names), key=fullness)
    text = found.text_of(name)
    if leader is not None and " " not in text:
        text = leader.leader
        reason = rule("actors.name.leader", file="leaders", entry=text)
    else:
        reason = _FULLEST
    return _Label(text, (name.first, name.last), reason)


def _body_name(found: Findings, body: Body) -> _Label:
    """The fullest printed form, if possible not in capitals and no adjective (``Democratic``)."""

    def is_loud(name: Name) -> bool:
        return found.page.tokens[name.first].paragraph in found.page.shouted

    def is_adjective(name: Name) -> bool:
        token = found.page.tokens[name.first]
        return token.tag == "JJ" and name.last - name.first == 1 and token.text[1:].islower()

    def fullness(name: Name) -> tuple[bool, bool, int, int]:
        return not is_loud(name), not is_adjective(name), len(found.text_of(name)), -name.first

    name = max((found.names[k] for k in body.names), key=fullness)
    text = found.text_of(name)
    reason = _FULLEST
    shouted = is_loud(name) and body.known is not None and text.lower() == body.known.lower()
    if body.known is not None and (shouted or is_adjective(name)):
        text = body.known
        reason = rule("actors.name.known", file="known_organizations", entry=text)
    elif text.islower() or (body.known is None and is_loud(name)):
        text = " ".join(w if w in _SMALL_WORDS else w.capitalize() for w in text.lower().split())
        reason = Rule("actors.name.capitals")
    return _Label(text, (name.first, name.last), reason)


def _slugs(found: Findings, key: str, label: str) -> tuple[str, str, Rule]:
    """The slug of an actor, a fuller one in case that two of a kind share it, and what it is made of."""
    if key in found.people:
        if key in found.leaders:
            leader = found.leaders[key].leader
            slug = slug_of(leader)
            return slug, slug, rule("actors.id.leader", file="leaders", entry=leader)
        return person_slug(label), slug_of(label), Rule("actors.id.person")
    if key in found.bodies:
        known = found.bodies[key].known
        code = found.country_of(key)
        if known is not None:
            slug = slug_of(known)
            return slug, slug, rule("actors.id.known", file="known_organizations", entry=known)
        shared = code is not None and is_generic(label)
        slug = body_slug(label, code if shared else None)
        reason = Rule("actors.id.office" if shared else "actors.id.body")
        return slug, f"{slug}-{code.lower()}" if code is not None else slug, reason
    slug = slug_of(label)
    return slug, slug, Rule("actors.id.state")


def _of_slug(slugs: tuple[str, str], reason: Rule, actor_id: str) -> Rule:
    """What an id is made of; also where two actors would share the plain slug."""
    plain, full = slugs
    if actor_id == plain:
        return reason
    return rule("actors.id.fuller" if actor_id == full else "actors.id.of_kind", because=reason)


def _ids(slugs: Mapping[str, tuple[str, str, Rule]], kinds: Mapping[str, tuple[str, Rule]]) -> dict[str, str]:
    """Ids of all actors.

    A slug that two kinds share goes to the first of them, the others carry theirs; where two of one kind share it, each
    takes its fuller one, and those who share that too are one.
    """
    shared = Counter((plain, kinds[key][0]) for key, (plain, _, _) in slugs.items())
    out: dict[str, str] = {}
    kind_with: dict[str, str] = {}
    for key in sorted(slugs, key=lambda k: (_KIND_ORDER.index(kinds[k][0]), k)):
        (plain, full, _), kind = slugs[key], kinds[key][0]
        slug = full if shared[plain, kind] > 1 else plain
        out[key] = slug if kind_with.setdefault(slug, kind) == kind else f"{slug}-{kind}"
    return out


def _evidence(
    found: Findings, key: str, at: tuple[int, int] | None, first_named: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[Span, ...]]:
    document = found.page.document
    evidence: dict[str, tuple[Span, ...]] = {"name": (document.span(*(at or first_named[key])),)}
    country = found.country_evidence.get(key)
    if country is not None and country.first is not None and country.last is not None:
        evidence["country_code"] = (document.span(country.first, country.last),)
    elif key.startswith("c"):
        evidence["country_code"] = evidence["name"]
    return evidence


def _role(found: Findings, article_id: str, draft: RoleDraft, ids: Mapping[str, str]) -> Found[RoleRow]:
    document = found.page.document
    span = document.span(draft.first, draft.last)
    office = draft.title.office.office
    rules = {**draft.rules, "title": rule("actor_roles.title", file="offices", entry=office, title=span)}
    code = draft.country_code
    if code is None:
        of = draft.body if draft.body is not None else draft.person
        country = found.country_evidence.get(of)
        code = country.country_code if country is not None else None
        if country is not None and code is not None:
            how = "body" if draft.body is not None else "holder"
            rules["country_code"] = rule(f"actor_roles.country.{how}", because=country.rule)
    row = RoleRow(
        row_key("rol", article_id, span, ids[draft.person]),
        article_id,
        ids[draft.person],
        span.of(document.text),
        ids[draft.body] if draft.body is not None else None,
        code,
        draft.tenure,
        span.start,
        span.end,
    )
    evidence: dict[str, tuple[Span, ...]] = {"title": (span,)}
    if draft.body is not None and draft.body_at is not None:
        evidence["organization_id"] = (document.tokens[draft.body_at].span,)
    if draft.country_at is not None:
        evidence["country_code"] = (document.tokens[draft.country_at].span,)
    return Found(row, evidence, rules)
