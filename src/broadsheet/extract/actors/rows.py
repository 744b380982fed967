"""The rows of actors, mentions and roles, with their evidence, and the cast for the other parsers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from broadsheet.extract.actors.bodies import kind_of
from broadsheet.extract.actors.identity import body_slug, country_name, person_slug, slug_of
from broadsheet.extract.actors.page import DASHES
from broadsheet.extract.cast import CastFound, Mention, StateName, make_cast
from broadsheet.extract.found import Found
from broadsheet.reference.geography import EUROPEAN_UNION, countries, wikidata_items
from broadsheet.span import Span
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import ActorRow, MentionRow, RoleRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analyse.document import Document
    from broadsheet.extract.actors.bodies import Body
    from broadsheet.extract.actors.findings import Findings
    from broadsheet.extract.actors.names import Name
    from broadsheet.extract.actors.persons import Person
    from broadsheet.extract.roles import RoleDraft
    from broadsheet.reference.people import Leader

_KIND_ORDER = ("country", "organization", "group", "person")
_SMALL_WORDS = frozenset({"of", "for", "and", "the", "on"})
_SURELY_LONGER = 100
"""Weight of a word against that of a letter when the fullest form of a person's name is chosen."""


def rows_of(found: Findings) -> CastFound:
    """The cast of a page and the rows of its three tables."""
    document = found.page.document
    used = {n.bearer for n in found.namings} | {d.person for d in found.drafts}
    used |= {d.body for d in found.drafts if d.body is not None}
    labels = {key: _label(found, key) for key in sorted(used)}
    kinds = {key: _kind(found, key) for key in labels}
    ids = _ids({key: _slugs(found, key, label[0]) for key, label in labels.items()}, kinds)
    counts = Counter(ids[n.bearer] for n in found.namings)
    first_named: dict[str, tuple[int, int]] = {}
    for naming in found.namings:
        first_named.setdefault(naming.bearer, (naming.first, naming.last))
    actors: dict[str, ActorRow] = {}
    rows = []
    for key in sorted(labels, key=lambda k: (ids[k], k)):
        if ids[key] in actors:
            continue
        name, at = labels[key]
        code = key[1:] if key.startswith("c") else found.country_of(key)
        states = kinds[key] == "country" or (code == EUROPEAN_UNION and name == countries()[EUROPEAN_UNION].name)
        item = wikidata_items().get(code or "") if states else None
        actors[ids[key]] = ActorRow(ids[key], name, kinds[key], code, item, counts[ids[key]])
        rows.append(Found(actors[ids[key]], _evidence(found, key, at, first_named)))
    mentions = [
        Mention(ids[n.bearer], n.form, _words_of(document, n.first, n.last), n.first, n.last)
        for n in sorted(found.namings, key=lambda n: n.first)
    ]
    cast = make_cast(
        document,
        actors,
        mentions,
        [StateName(u.country_code, u.form, u.first, u.last) for u in found.uses],
        {i: ids[d.person] for d in reversed(found.drafts) for i in range(d.first, d.last)},
        {ids[k]: g for k, g in found.genders.items() if k in ids},
    )
    article = document.article.article_id
    governing = _governing(found)
    return CastFound(
        cast,
        tuple(rows),
        tuple(
            Found(MentionRow(row_key("men", article, m.span), article, m.actor_id, m.form, m.span.start, m.span.end))
            for m in mentions
        ),
        tuple(_role(found, article, draft, ids, governing) for draft in found.drafts),
    )


def _words_of(document: Document, first: int, last: int) -> Span:
    """The characters of tokens without the dashes that the tokenizer left on the last one."""
    span = document.span(first, last)
    return Span(span.start, span.start + len(span.of(document.text).rstrip(DASHES)))


def _kind(found: Findings, key: str) -> str:
    if key in found.people:
        return "person"
    if key in found.bodies:
        return kind_of(found.bodies[key])
    return "organization" if key[1:] == EUROPEAN_UNION else "country"


def _label(found: Findings, key: str) -> tuple[str, tuple[int, int] | None]:
    """The name of an actor and the tokens that print it."""
    if key in found.people:
        return _person_name(found, found.people[key], found.leaders.get(key))
    if key in found.bodies:
        return _body_name(found, found.bodies[key])
    return country_name(key[1:]), None


def _person_name(found: Findings, person: Person, leader: Leader | None) -> tuple[str, tuple[int, int]]:
    """The fullest printed form, or where only a surname is printed, that of the table of leaders."""

    def fullness(name: Name) -> tuple[int, int]:
        text = found.text_of(name)
        return (len(text.split()) * _SURELY_LONGER + len(text), -name.first)

    name = max((found.names[k] for k in person.names), key=fullness)
    text = found.text_of(name)
    if leader is not None and " " not in text:
        text = leader.leader
    return text, (name.first, found.end_of(name))


def _body_name(found: Findings, body: Body) -> tuple[str, tuple[int, int]]:
    """The fullest printed form, one that is not all capitals if there is one."""

    def is_loud(name: Name) -> bool:
        return found.page.tokens[name.first].paragraph in found.page.shouted

    name = max(
        (found.names[k] for k in body.names), key=lambda n: (not is_loud(n), len(n.label or found.text_of(n)), -n.first)
    )
    text = name.label or found.text_of(name)
    if body.known is not None and is_loud(name) and text.lower() == body.known.lower():
        text = body.known
    elif text.islower() or (body.known is None and is_loud(name)):
        text = " ".join(w if w in _SMALL_WORDS else w.capitalize() for w in text.lower().split())
    return text, (name.first, found.end_of(name))


def _slugs(found: Findings, key: str, label: str) -> tuple[str, str]:
    """The slug of an actor, and a fuller one in case that two of a kind share it."""
    if key in found.people:
        if key in found.leaders:
            slug = slug_of(found.leaders[key].leader)
            return slug, slug
        suffix = found.people[key].suffix
        plain = label.rstrip(".")
        plain = plain if not suffix or plain.lower().endswith(suffix) else f"{plain} {suffix}"
        return person_slug(plain), slug_of(plain)
    if key in found.bodies:
        known = found.bodies[key].known
        slug = slug_of(known) if known is not None else body_slug(label, found.country_of(key))
        code = found.country_of(key)
        return slug, f"{slug}-{code.lower()}" if code is not None and known is None else slug
    slug = slug_of(label)
    return slug, slug


def _ids(slugs: Mapping[str, tuple[str, str]], kinds: Mapping[str, str]) -> dict[str, str]:
    """Ids of all actors.

    A slug that two kinds share goes to the first of them, the others carry theirs; where two of one kind share it, each
    takes its fuller one, and those who share that too are one.
    """
    shared = Counter((plain, kinds[key]) for key, (plain, _) in slugs.items())
    out: dict[str, str] = {}
    kind_with: dict[str, str] = {}
    for key in sorted(slugs, key=lambda k: (_KIND_ORDER.index(kinds[k]), k)):
        plain, full = slugs[key]
        slug = full if shared[plain, kinds[key]] > 1 else plain
        if kind_with.setdefault(slug, kinds[key]) != kinds[key]:
            slug = f"{slug}-{kinds[key]}"
        out[key] = slug
    return out


def _evidence(
    found: Findings, key: str, at: tuple[int, int] | None, first_named: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[Span, ...]]:
    document = found.page.document
    place = at or first_named.get(key)
    if place is None:
        return {}
    evidence: dict[str, tuple[Span, ...]] = {"name": (document.span(*place),)}
    told = found.told.get(key)
    if told is not None and told.first is not None:
        evidence["country_code"] = (document.span(told.first, told.last or told.first + 1),)
    elif key.startswith("c"):
        evidence["country_code"] = evidence["name"]
    return evidence


def _role(
    found: Findings, article_id: str, draft: RoleDraft, ids: Mapping[str, str], governing: frozenset[str]
) -> Found[RoleRow]:
    document = found.page.document
    span = document.span(draft.first, draft.last)
    code = draft.country_code
    if code is None:
        told = found.told.get(draft.body if draft.body is not None else draft.person)
        code = told.country_code if told is not None and not told.assumed else None
    row = RoleRow(
        row_key("rol", article_id, span, ids[draft.person]),
        article_id,
        ids[draft.person],
        span.of(document.text),
        ids[draft.body] if draft.body is not None else None,
        code,
        _tenure(found, draft, governing),
        span.start,
        span.end,
    )
    evidence: dict[str, tuple[Span, ...]] = {"title": (span,)}
    if draft.body is not None and draft.body_at is not None:
        evidence["organization_id"] = (document.tokens[draft.body_at].span,)
    if draft.country_at is not None:
        evidence["country_code"] = (document.tokens[draft.country_at].span,)
    return Found(row, evidence)


def _tenure(found: Findings, draft: RoleDraft, governing: frozenset[str]) -> str:
    """Tenure by the article's words; then by what they imply.

    Who governs a state runs no firm any more, and a leader whose last term was over when the article appeared is a
    former one.
    """
    leader = found.leaders.get(draft.person)
    published_on = found.page.document.article.published_on
    if draft.tenure == "current" and draft.body in found.companies and draft.person in governing:
        return "former"
    if draft.tenure != "current" or leader is None or not draft.title.office.unique or published_on is None:
        return draft.tenure
    if leader.last_year is None or leader.last_year > published_on.year:
        return "current"
    succeeded = any(
        other.person != draft.person
        and other.title.office == draft.title.office
        and other.person in found.leaders
        and found.leaders[other.person].country_code == leader.country_code
        and found.leaders[other.person].first_year >= leader.last_year
        for other in found.drafts
    )
    return "former" if succeeded or leader.last_year < published_on.year else "current"


def _governing(found: Findings) -> frozenset[str]:
    """The persons who lead a state or its government at present."""
    return frozenset(
        d.person
        for d in found.drafts
        if d.title.office.sphere == "state" and d.title.office.unique and d.tenure == "current"
    )
