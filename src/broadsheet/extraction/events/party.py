"""An actor where a phrase names it, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.base.span import Span


@dataclass(frozen=True, slots=True)
class Party:
    """An actor and the characters that name it.

    Attributes:
        actor_id: Key of the actor.
        span: The characters.
        form: Form of the mention.
        how: How the phrase was taken for the actor, where the mention itself is not what stands there.
        slot: Where it stands, seen from the predicate, or what else gave it its part.
    """

    actor_id: str
    span: Span
    form: str
    how: str = field(default="", compare=False)
    slot: str = field(default="", compare=False)


def merged(*groups: tuple[Party, ...]) -> tuple[Party, ...]:
    """All parties of the groups, each actor once, in the order of their first place."""
    out: dict[str, Party] = {}
    for group in groups:
        for party in group:
            out.setdefault(party.actor_id, party)
    return tuple(out.values())


def read(parties: tuple[Party, ...], how: str) -> tuple[Party, ...]:
    """The parties, each with how its phrase was taken for it, where nothing nearer to the words has said so."""
    return tuple(p if p.how else Party(p.actor_id, p.span, p.form, how, p.slot) for p in parties) if parties else ()


def placed(parties: tuple[Party, ...], slot: str) -> tuple[Party, ...]:
    """The parties, each with what gave it its part, where nothing has said so yet."""
    return tuple(p if p.slot else Party(p.actor_id, p.span, p.form, p.how, slot) for p in parties) if parties else ()


def moved(parties: tuple[Party, ...], slot: str) -> tuple[Party, ...]:
    """The parties of another event in a part that they have in this one."""
    return tuple(Party(p.actor_id, p.span, p.form, p.how, slot) for p in parties) if parties else ()


def without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties whose actors are not among the others."""
    known = {p.actor_id for p in others}
    return tuple(p for p in parties if p.actor_id not in known)
