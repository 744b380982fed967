"""States visited: capitals and states that elsewhere only locate, but that a visit, an envoy or a delivery goes to."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.base.slugs import slug_of
from broadsheet.extraction.entity_index import FoundActors, Mention, StateName, index_entities
from broadsheet.extraction.events.frames import framed
from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.reference import column
from broadsheet.reference.geography import capitals, country_name, wikidata_items
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import ActorRow, MentionRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex

VISITED = "mentions.state.visited"
"""The rule of the mentions that are made here."""
_LONGEST = 3
"""Words in the name of a capital, at most."""
_OPENING = 3
"""Letters that are looked at first: hardly any word begins as a capital does."""
_WHITHER = frozenset({"to", "into", "from"})
_WHERE = frozenset({"in", "at", "for"})
_LINKS = ("conj", "appos")


@cache
def _openings() -> frozenset[str]:
    """The first letters of the names of capitals."""
    return frozenset(name[:_OPENING] for name in capitals())


def visited_states(document: Document, cast: EntityIndex) -> list[StateName]:
    """The names of states and capitals that may be visited and that are no mention of an actor, in reading order."""
    known = {s.first: s for s in cast.states if s.form in ("name", "alias")}
    found: list[StateName] = []
    for token in document.tokens:
        name = _capital(document, token.i) or known.get(token.i)
        if name is None or (found and name.first < found[-1].last):
            continue
        if not cast.touching(name.first, name.last) and _is_recipient(document, cast, name):
            found.append(name)
    return found


def _capital(document: Document, first: int) -> StateName | None:
    """The capital whose name begins at a token."""
    tokens, text = document.tokens, document.text
    start = tokens[first].start
    if not tokens[first].text[0].isupper() or text[start : start + _OPENING].lower() not in _openings():
        return None
    for last in range(min(first + _LONGEST, len(tokens)), first, -1):
        code = capitals().get(text[start : tokens[last - 1].end].lower())
        if code is not None and tokens[last - 1].pos == "PROPN":
            return StateName(code, "metonym", first, last)
    return None


def _is_recipient(document: Document, cast: EntityIndex, name: StateName) -> bool:
    """Whether the name of a state or capital is where one goes, and not where another is taken or invited."""
    mover = destined(document, name.last - 1)
    return mover is not None and all(cast.at(c.i) is None for c in document.children(mover, "dobj") if c.i < name.first)


def destined(document: Document, place: int) -> Token | None:
    """The word that takes one somewhere, where the name that ends at ``place`` is its destination; else None."""
    token = document.tokens[place]
    while token.dep in _LINKS:
        token = document.head(token)
    head = document.head(token)
    if token.dep == "dobj":
        return head if moves(head) else None
    if token.dep != "pobj":
        return None
    governor = document.head(head)
    if head.lower in _WHITHER:
        return governor
    receives = framed(governor, "envoys", "receives") or moves(governor)
    return governor if head.lower in _WHERE and receives else None


def moves(word: Token) -> bool:
    """Whether a word names a visit or a journey."""
    return word.lemma in column("motion_verbs", "lemma")


def with_states(found: FoundActors, document: Document, names: Iterable[StateName]) -> FoundActors:
    """The actors with further mentions of states; a state that is no actor yet becomes one.

    Args:
        found: The actors of the article.
        document: The article.
        names: Names of states that no mention covers.
    """
    names = list(names)
    if not names:
        return found
    index = found.entities
    actors = dict(index.actors)
    rows = {f.row.actor_id: f for f in found.actors}
    mentions = list(index.mentions)
    added = []
    for name, actor_id in _named(index, names):
        span = document.span(name.first, name.last)
        if actor_id not in actors:
            rows[actor_id] = _state(actor_id, name, document)
        row = replace(rows[actor_id].row, n_mentions=rows[actor_id].row.n_mentions + 1)
        rows[actor_id], actors[actor_id] = replace(rows[actor_id], row=row), row
        why = rule(VISITED, name=span, code=name.country_code)
        mentions.append(Mention(actor_id, name.form, span, name.first, name.last, why))
        article = document.article.article_id
        mention = MentionRow(row_key("men", article, span), article, actor_id, name.form, span.start, span.end)
        added.append(Found(mention, {}, {"actor_id": why, "form": why}))
    return FoundActors(
        index_entities(
            document, actors, mentions, list(index.states), index.office_holders, index.genders, index.roles
        ),
        tuple(rows[key] for key in sorted(rows)),
        tuple(sorted((*found.mentions, *added), key=lambda f: f.row.char_start)),
        found.roles,
    )


def _named(index: EntityIndex, names: Sequence[StateName]) -> Iterator[tuple[StateName, str]]:
    """The names with the actor that each means; none whose key another actor has."""
    known = {code: index.country_actor(code) for code in {name.country_code for name in names}}
    for name in names:
        actor_id = known[name.country_code] or slug_of(country_name(name.country_code))
        if known[name.country_code] is not None or actor_id not in index.actors:
            yield name, actor_id


def _state(actor_id: str, name: StateName, document: Document) -> Found[ActorRow]:
    """The row of a state that only a visit names."""
    code = name.country_code
    item = wikidata_items().get(code)
    span = (document.span(name.first, name.last),)
    rules = {
        "name": rule("actors.name.state", file="countries", entry=code),
        "kind": Rule("actors.kind.state"),
        "actor_id": Rule("actors.id.state"),
        "country_code": rule("actors.country.own", file="countries", entry=code),
    }
    if item is not None:
        rules["wikidata_id"] = rule("actors.wikidata_id", file="wikidata", entry=code)
    row = ActorRow(actor_id, country_name(code), "country", code, item, 0)
    return Found(row, {"name": span, "country_code": span}, rules)
