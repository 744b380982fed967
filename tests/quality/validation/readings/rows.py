"""Rows beside a short text of a test, as a reading gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings.rows import Named, Row, Text, World
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

ARTICLE = "art_0123456789abcdef"
KEY = "the-row"


def row(
    table: str,
    text: str,
    words: str = "",
    evidence: Mapping[str, str | Sequence[str]] | None = None,
    *,
    mentions: Sequence[tuple[str, str, str]] = (),
    actors: Mapping[str, tuple[str, str, str | None]] | None = None,
    participants: Sequence[tuple[str, str, str]] = (),
    published_on: date | None = None,
    **cells: Any,
) -> Row:
    """A row whose span is that of ``words`` in the text.

    Args:
        table: Its table.
        text: The article.
        words: What is at the span of the row; without it, the row has no span.
        evidence: Column to the words that are its evidence.
        mentions: Words, actor and form of each mention, in reading order.
        actors: Actor to name, kind and country.
        participants: Actor, role and words of each participant of the row.
        published_on: When the article appeared.
        cells: The cells of the row; all others are empty.
    """

    def at(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    cited = {
        (KEY, column): [(ARTICLE, at(part)) for part in ([parts] if isinstance(parts, str) else parts)]
        for column, parts in (evidence or {}).items()
    }
    known = {
        actor: {"actor_id": actor, "name": name, "kind": kind, "country_code": code}
        for actor, (name, kind, code) in (actors or {}).items()
    }
    source = Text(text, published_on, "en")
    world = World(
        {ARTICLE: source},
        actors=known,
        evidence=cited,
        mentions={ARTICLE: [Named(at(part), actor, form) for part, actor, form in mentions]},
        participants={KEY: [(actor, role, at(part)) for actor, role, part in participants]} if participants else {},
    )
    schema = schemas()[table]
    given: dict[str, Any] = {**dict.fromkeys(schema.columns), "article_id": ARTICLE, schema.primary_key[0]: KEY}
    if words:
        given |= {"char_start": at(words).start, "char_end": at(words).end}
    return Row(table, 0, {**given, **cells}, ARTICLE, source, world)
