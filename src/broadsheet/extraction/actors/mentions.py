"""Mentions by a title (*the prime minister*) or a noun (*the company*) instead of a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import Form
    from broadsheet.reference.people import Gender

_A_COMPANY, _A_GROUP = " company", " group"
"""Keys in the table of bodies named last: the last company, and the last body that belongs to no state."""
_LOOSE = frozenset({"group", "organisation", "organization"})
"""Nouns for any body that belongs to no state."""
_OF_LEADERS = frozenset({"chancellor", "premier", "president", "prime minister"})
_DEFINITE = frozenset({"the", "this", "that"})


@dataclass(frozen=True, slots=True)
class Naming:
    """Tokens ``first`` to ``last`` (exclusive) that refer to the entity with the key ``bearer``, and the rule."""

    bearer: str
    first: int
    last: int
    form: Form
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """What is known of a person, body or state that a mention can refer to.

    Attributes:
        kind: ``person``, ``organization``, ``group`` or ``country``.
        gender: Of a person.
        head: Noun that heads a body's name, in lower case.
        is_company: Whether a body trades.
        is_private: Whether a body belongs to no state.
    """

    key: str
    kind: str
    gender: Gender | None = None
    head: str = ""
    is_company: bool = False
    is_private: bool = False


def definite_descriptions(
    document: Document,
    namings: Iterable[Naming],
    bearers: Mapping[str, Bearer],
    titles: Mapping[int, Title],
    roles: Iterable[RoleDraft],
    leaders: Mapping[str, str],
) -> list[Naming]:
    """Titles (*the prime minister*) and nouns (*the company*) that refer to a person or body named before.

    ``leaders`` has the persons who lead a state, by its key.
    """
    tokens = document.tokens
    ordered = sorted(namings, key=lambda n: n.first)
    bearer_at = {i: n.bearer for n in ordered for i in range(n.first, n.last)}
    roles = list(roles)
    beside = {draft.title.head for draft in roles}
    holders: dict[str, list[RoleDraft]] = {}
    for draft in roles:
        holders.setdefault(_spelled(draft.title, tokens[draft.last - 1].lower), []).append(draft)
    titled = {draft.person for draft in roles if draft.title.office.sphere == "state"}
    found: list[Naming] = []
    recent = _RecentMentions(bearers)
    position = 0
    for token in tokens:
        while position < len(ordered) and ordered[position].first <= token.i:
            recent.add(ordered[position])
            position += 1
        title = titles.get(token.i)
        naming = None
        if title is not None and title.head not in beside and not title.is_plural:
            leader = leaders.get(bearer_at.get(title.first - 1, ""))
            naming = _by_title(document, title, recent.last_seen, holders, leader, is_untitled=leader not in titled)
            if naming is not None:
                recent.last_seen[naming.bearer] = token.i
        elif token.lower in body_nouns() and token.i not in bearer_at:
            described = _described_by(document, token, bearer_at)
            if described is not None and bearers[described].kind in ("organization", "group"):
                recent.by_noun[token.lower] = described
            elif _is_alone_and_definite(document, token):
                naming = _by_noun(document, token, recent)
        if naming is not None:
            found.append(naming)
    return found


@dataclass(slots=True)
class _RecentMentions:
    """The first token of the last mention of each bearer, and the body named last that a noun heads or describes."""

    bearers: Mapping[str, Bearer]
    last_seen: dict[str, int] = field(default_factory=dict)
    by_noun: dict[str, str] = field(default_factory=dict)

    def add(self, naming: Naming) -> None:
        seen = self.bearers[naming.bearer]
        self.last_seen[seen.key] = naming.first
        if seen.kind == "organization":
            self.by_noun[seen.head] = seen.key
            if seen.is_company:
                self.by_noun[_A_COMPANY] = seen.key
            if seen.is_private:
                self.by_noun[_A_GROUP] = seen.key


def _by_title(
    document: Document,
    title: Title,
    last_seen: Mapping[str, int],
    holders: Mapping[str, list[RoleDraft]],
    leader: str | None,
    *,
    is_untitled: bool,
) -> Naming | None:
    """A definite title as a mention of the person named last whose office it can be.

    After the name of a state it is that of its ``leader``, also where the article prints no title of theirs.
    """
    tokens = document.tokens
    before = title.first - 1
    if before > 0 and (tokens[before].pos == "ADJ" or leader is not None):
        before -= 1
    if before < 0 or tokens[before].lower not in _DEFINITE:
        return None
    words = {t.lower for t in tokens[title.first : title.last]}
    fitting: list[tuple[int, str]] = []
    if leader is not None and leader in last_seen and is_untitled and title.office.office in _OF_LEADERS:
        fitting.append((last_seen[leader], leader))
    for draft in holders.get(tokens[title.last - 1].lower, ()):
        if leader is not None and draft.person != leader:
            continue
        own = {t.lower for t in tokens[draft.first : draft.last]}
        own.add(_spelled(draft.title, tokens[draft.last - 1].lower))
        if draft.person in last_seen and words <= own:
            fitting.append((last_seen[draft.person], draft.person))
    if not fitting:
        return None
    seen, person = max(fitting)
    why = rule(
        "mentions.title.holder",
        file="offices",
        entry=title.office.office,
        title=document.span(title.first, title.last),
        name=tokens[seen].span,
    )
    return Naming(person, title.first, title.last, "title", why)


def _by_noun(document: Document, noun: Token, recent: _RecentMentions) -> Naming | None:
    """A definite noun as a mention of the body named last that it fits."""
    how = "loose" if noun.lower in _LOOSE else "noun"
    body = recent.by_noun.get(_A_GROUP if how == "loose" else noun.lower)
    if body is None and body_nouns()[noun.lower] == "company":
        how, body = "company", recent.by_noun.get(_A_COMPANY)
    if body is None:
        return None
    name = document.tokens[recent.last_seen.get(body, noun.i)].span
    why = rule(f"mentions.description.{how}", file="body_nouns", entry=noun.lower, noun=noun.span, name=name)
    return Naming(body, noun.i, noun.i + 1, "description", why)


def _spelled(title: Title, closing: str) -> str:
    """The last word of a title, written out where it is abbreviated."""
    return (title.office.stands_for or closing).rpartition(" ")[2]


def _described_by(document: Document, noun: Token, bearer_at: Mapping[int, str]) -> str | None:
    """The body that a noun describes: ``Fortuna, a Dutch lender``, ``the lender Fortuna``."""
    if noun.dep == "appos" and noun.head in bearer_at:
        return bearer_at[noun.head]
    return bearer_at.get(noun.i + 1)


def _is_alone_and_definite(document: Document, token: Token) -> bool:
    """Whether a noun in the singular has only a definite article before it: ``the ministry``."""
    is_head = token.tag == "NN" and token.dep not in ("compound", "nmod")
    return is_head and document.tokens[token.i - 1].lower in _DEFINITE
