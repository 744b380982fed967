"""Mentions of events: which words name one, of which type, and who takes part, by the scores of the encoder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from broadsheet.extraction.events.frames import is_backer
from broadsheet.extraction.events.triggers import trigger_span
from broadsheet.extraction.events.visits import VISITED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.links import Link
    from broadsheet.extraction.meaning import Meaning

Status = Literal["occurred", "ongoing", "planned", "denied"]

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES: tuple[Status, ...] = ("occurred", "ongoing", "planned", "denied")
CANDIDATES = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
"""Parts of speech of words that can name an event."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose sides act together."""

GATE = -0.25
"""By how much the score of the best type must exceed that of no event; chosen on the development articles."""

PART = 0.5
"""The least score of a participant."""

ALONE = (-0.5, -1.0)
"""The least score of the best actor and of the best recipient where no one on that side reaches ``PART``."""

_STATE_ACTS = frozenset({"SANCTION", "CONCEDE"})
"""Types in which a state acts, no matter who signs for it."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, the characters that name it, the form of the mention and the score of its part."""

    actor_id: str
    span: Span
    form: str
    score: float
    source: str = "scored"
    """What gave it its part: ``scored``, ``between``, ``listed`` or ``pair`` (``Sides``), or ``target_of_row``."""


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
    statuses = meaning.scores("stat", [places[k] for k in chosen])
    for k, status in zip(chosen, statuses, strict=True):
        order = np.argsort(-margins[k], kind="stable")
        anchor = document.tokens[places[k]]
        actors, recipients = participants(cast, meaning, anchor, int(order[0]) + 1)
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


def participants(
    cast: EntityIndex, meaning: Meaning, anchor: Token, kind: int
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients of an event of type number ``kind``, the likeliest first."""
    links = meaning.links("rev", anchor.i, kind, meaning.actors_near(anchor.i))
    kind_name = TYPES[kind - 1]
    acting = [link for link in links if not is_backer(cast.document, anchor, link.phrase[0].first)]
    best = [_parties(cast, acting, 0, acts_alone=kind_name not in MUTUAL), _parties(cast, links, 1, acts_alone=False)]
    if kind_name in _STATE_ACTS:
        best[0] = _states(best[0], cast)
    sides: list[list[Party]] = []
    for role in (0, 1):
        other = best[1 - role]
        ranked = sorted(best[role].values(), key=lambda p: (-p.score, p.span.start))
        ranked = [p for p in ranked if p.actor_id not in other or p.score >= other[p.actor_id].score]
        sides.append([p for p in ranked if p.score > PART] or [p for p in ranked[:1] if p.score > ALONE[role]])
    return _leader_or_state(sides[0], cast), _leader_or_state(sides[1], cast)


def _states(parties: dict[str, Party], cast: EntityIndex) -> dict[str, Party]:
    """The parties, with a person's state in his place where the article has it as an actor."""
    out: dict[str, Party] = {}
    for actor_id, party in parties.items():
        country = cast.country_of(actor_id)
        state = cast.country_actor(country) if country is not None and cast.is_person(actor_id) else None
        substitute = replace(party, actor_id=state or actor_id)
        known = out.get(substitute.actor_id)
        if known is None or substitute.score > known.score:
            out[substitute.actor_id] = substitute
    return out


def _parties(cast: EntityIndex, links: Sequence[Link], role: int, *, acts_alone: bool) -> dict[str, Party]:
    """Each actor near an event with the score of a role and the mention that shows it best.

    Args:
        cast: The actors.
        links: Their scores.
        role: 0 for who acts, 1 for whom it is done to.
        acts_alone: Whether the role is that of the one side that acts.
    """
    out: dict[str, Party] = {}
    for link in links:
        mention = cast.at(link.phrase[role].first)
        assert mention is not None
        if acts_alone and mention.rule is not None and mention.rule.id == VISITED:
            continue  # where a journey goes does not act
        out[mention.actor_id] = Party(mention.actor_id, mention.span, mention.form, link.scores[role])
    return out


def _leader_or_state(parties: list[Party], cast: EntityIndex) -> tuple[Party, ...]:
    """Never a state and one of its people or bodies on one side: the likelier of the two."""
    kept: list[Party] = []
    for party in parties:
        country, is_state = cast.country_of(party.actor_id), cast.kind_of(party.actor_id) == "country"
        rivals = [p for p in kept if country is not None and cast.country_of(p.actor_id) == country]
        if all((cast.kind_of(p.actor_id) == "country") == is_state for p in rivals):
            kept.append(party)
    return tuple(kept)
