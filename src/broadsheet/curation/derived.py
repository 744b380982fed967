"""The columns that follow from others, computed anew after curation."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.corpus import reading_order
from broadsheet.tables.rows import ActorRow, EventRow, MentionRow, ParticipantRow, QuoteRow
from broadsheet.tables.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.tables.rows import Row


def derive(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows with every derived column as the others have it: counts, sequence and summaries."""
    actors = list(_counted(rows["actors"], rows["mentions"]))
    names = {actor.actor_id: actor.name for actor in actors}
    return {
        **rows,
        "actors": list(actors),
        "quotes": list(_numbered(reading_order("quotes", rows["quotes"]))),
        "events": list(_summarised(rows["events"], rows["event_participants"], names)),
    }


def _counted(actors: Iterable[Row], mentions: Iterable[Row]) -> Iterable[ActorRow]:
    counts = Counter(m.actor_id for m in mentions if isinstance(m, MentionRow))
    return (replace(a, n_mentions=counts[a.actor_id]) for a in actors if isinstance(a, ActorRow))


def _numbered(quotes: Iterable[Row]) -> Iterable[QuoteRow]:
    """The quotes, in reading order, numbered from 1 in each article."""
    last: Counter[str] = Counter()
    for quote in quotes:
        if isinstance(quote, QuoteRow):
            last[quote.article_id] += 1
            yield replace(quote, sequence=last[quote.article_id], n_words=len(quote.text.split()))


def _summarised(events: Iterable[Row], participants: Iterable[Row], names: Mapping[str, str]) -> Iterable[EventRow]:
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in participants:
        if isinstance(part, ParticipantRow):
            parts[part.event_id].append((names.get(part.actor_id, part.actor_id), part.role))
    return (replace(e, summary=summarise(e, parts[e.event_id])) for e in events if isinstance(e, EventRow))
