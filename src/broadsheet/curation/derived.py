"""Recomputes the columns that follow from others after curation."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.corpus import reading_order
from broadsheet.identity.joining import summarised
from broadsheet.tables.rows import ActorRow, MentionRow, QuoteRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.tables.rows import Row


def derive(rows: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The rows with every derived column recomputed: counts, sequence and summaries."""
    counts = Counter(m.actor_id for m in rows["mentions"] if isinstance(m, MentionRow))
    actors = [replace(a, n_mentions=counts[a.actor_id]) for a in rows["actors"] if isinstance(a, ActorRow)]
    names = {actor.actor_id: actor.name for actor in actors}
    return {
        **rows,
        "actors": list(actors),
        "quotes": list(_numbered(reading_order("quotes", rows["quotes"]))),
        "events": summarised(rows["events"], rows["event_participants"], names),
    }


def _numbered(quotes: Iterable[Row]) -> Iterable[QuoteRow]:
    """The quotes, in reading order, numbered from 1 in each article."""
    last: Counter[str] = Counter()
    for quote in quotes:
        if isinstance(quote, QuoteRow):
            last[quote.article_id] += 1
            yield replace(quote, sequence=last[quote.article_id], n_words=len(quote.text.split()))
