"""Mentions of events: which words name one, of which type, and who takes part, by the scores of the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from broadsheet.extraction.events.participants import TYPES, participants
from broadsheet.extraction.events.triggers import trigger_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.participants import Party
    from broadsheet.extraction.meaning import Meaning

Status = Literal["occurred", "ongoing", "planned", "denied"]

STATUSES: tuple[Status, ...] = ("occurred", "ongoing", "planned", "denied")
CANDIDATES = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
"""Parts of speech of words that can name an event."""

GATE = -0.25
"""By how much the score of the best type must exceed that of no event; chosen on the development articles."""


@dataclass(frozen=True, slots=True)
class EventMention:
    """A mention of an event.

    Attributes:
        type: PLOVER type.
        score: By how much the score of the type exceeds that of no event.
        second: The second best type.
        anchor: The word that names it.
        trigger: Its words.
        clause: The verb whose clause has it; the word itself where there is none.
        status: As in the table.
        actors: Who does it, the likeliest first.
        recipients: Whom it is done to, the likeliest first.
        scored: The type with the highest score, where grammar makes certain that it is another.
    """

    type: str
    score: float
    second: str
    anchor: Token
    trigger: Span
    clause: Token
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    scored: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """The keys of everybody who takes part."""
        return frozenset(p.actor_id for p in (*self.actors, *self.recipients))


def find_mentions(document: Document, cast: EntityIndex, meaning: Meaning) -> Iterator[EventMention]:
    """The mentions of events in reading order."""
    places = [t.i for t in document.tokens if t.pos in CANDIDATES or t.tag[:2] in ("VB", "NN")]
    if not places:
        return
    scores = meaning.scores("trig", places)
    margins = scores[:, 1:] - scores[:, :1]
    chosen = [k for k, best in enumerate(margins.max(axis=1)) if best > GATE]
    if not chosen:
        return
    words = [places[k] for k in chosen]
    statuses = meaning.scores("stat", words)
    orders = np.argsort(-margins[chosen], kind="stable")
    kinds = [int(order[0]) + 1 for order in orders]
    asked = [(word, kind, meaning.actors_near(word)) for word, kind in zip(words, kinds, strict=True)]
    links = meaning.links.each("rev", asked)
    for k, kind, order, status, near in zip(chosen, kinds, orders, statuses, links, strict=True):
        anchor = document.tokens[places[k]]
        actors, recipients = participants(cast, meaning, anchor, kind, near)
        if not actors and not recipients:
            continue
        yield EventMention(
            TYPES[order[0]],
            float(margins[k][order[0]]),
            TYPES[order[1]],
            anchor,
            trigger_span(document, cast, anchor),
            next((t for t in (anchor, *document.ancestors(anchor)) if t.pos in ("VERB", "AUX")), anchor),
            STATUSES[int(np.argmax(status))],
            actors,
            recipients,
        )
