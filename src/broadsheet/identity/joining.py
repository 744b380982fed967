"""Joins the rows of several articles: one actor across all of them, rows in reading order."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.collection import no_collection
from broadsheet.base.timing import timed
from broadsheet.extraction.corpus import (
    actor_columns,
    agreeing_evidence,
    country_rows,
    reading_order,
    rename_actors,
    unique_evidence,
)
from broadsheet.extraction.evidence import evidence_rows
from broadsheet.identity.local import local_actors
from broadsheet.identity.run import resolve
from broadsheet.tables.rows import ActorRow, EventRow, ParticipantRow
from broadsheet.tables.schema import TABLES, schemas
from broadsheet.tables.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.identity.run import Identities
    from broadsheet.reading import Article
    from broadsheet.tables.rows import EvidenceRow, Row

_log = logging.getLogger(__name__)


def join(parsed: Iterable[ArticleTables], articles: Iterable[Article]) -> dict[str, list[Row]]:
    """The rows of all tables over all articles, in reading order; see :func:`join_all`."""
    return join_all(parsed, articles)[0]


@no_collection()
def join_all(parsed: Iterable[ArticleTables], articles: Iterable[Article]) -> tuple[dict[str, list[Row]], Identities]:
    """The rows of all tables over all articles, in reading order, and the identities.

    Args:
        parsed: The parser results of each article.
        articles: The articles themselves, in any order.
    """
    parsed = sorted(parsed, key=lambda tables: tables.article_id)
    by_id = {article.article_id: article for article in articles}
    local = [actor for tables in parsed for actor in local_actors(tables, by_id[tables.article_id])]
    with timed(_log, "identifying %s actors of %s articles", len(local), len(parsed)):
        identities = resolve(local)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    evidence: list[EvidenceRow] = []
    supported: list[tuple[ActorRow, EvidenceRow]] = []
    for tables in parsed:
        ids = identities.of_article(tables.article_id, (found.row.actor_id for found in tables.actors))
        for name, found in tables.by_table().items():
            key = schemas()[name].primary_key[0]
            kept = rename_actors((f.row for f in found), _own_and_linked(name), ids)
            rows[name] += kept
            for row, f in zip(kept, found, strict=True):
                cells = evidence_rows(getattr(row, key), tables.article_id, f)
                if isinstance(row, ActorRow):
                    supported += ((row, cell) for cell in cells)
                else:
                    evidence += cells
        rows["event_participants"] += rename_actors(tables.participants, ("actor_id",), ids)
    actors = identities.actors
    rows["actors"] = list(actors)
    evidence += agreeing_evidence(actors, supported)
    rows["events"] = summarised(rows["events"], rows["event_participants"], {a.actor_id: a.name for a in actors})
    rows["evidence"] = list(unique_evidence(evidence))
    rows["countries"] = list(country_rows(rows))
    return {name: reading_order(name, members) for name, members in rows.items()}, identities


def _own_and_linked(table: str) -> tuple[str, ...]:
    return ("actor_id",) if table == "actors" else actor_columns(table)


def summarised(events: Iterable[Row], participants: Iterable[Row], names: Mapping[str, str]) -> list[Row]:
    """The events with new summaries.

    Args:
        events: The events.
        participants: Their participants.
        names: Id to name of the actors; an actor without a name goes by its id.
    """
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in participants:
        if isinstance(part, ParticipantRow):
            parts[part.event_id].append((names.get(part.actor_id, part.actor_id), part.role))
    return [replace(e, summary=summarise(e, parts[e.event_id])) for e in events if isinstance(e, EventRow)]
