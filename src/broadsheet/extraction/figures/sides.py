"""Puts payer and payee on the sides that the grammar of the sentence makes certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference.payments import payment_roles

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention


@dataclass(frozen=True, slots=True)
class Party:
    """Who pays or is paid: the mention that names the actor, and its score."""

    mention: Mention
    score: float


Sides = tuple[Party | None, Party | None]


def arranged(document: Document, cast: EntityIndex, head: int, kind: str, sides: Sides) -> Sides:
    """Payer and payee, with the subject of the active verb over an amount on the side that the verb gives it.

    Who sells, supplies or borrows is paid, and who buys or repays pays (``figure_frames.csv``). The other side is the
    model's, else whom the clause names with *to* or *from*, or as its indirect object.
    """
    path = [document.tokens[head]]
    while path[-1].pos != "VERB" and path[-1].head != path[-1].i:
        path.append(document.head(path[-1]))
    role = payment_roles().get((path[-1].lemma, kind))
    subject = document.subject(path[-1]) if role else None
    mention = cast.at(subject.i) if subject is not None else None
    if mention is None:
        return sides
    known = next((side for side in sides if side is not None and side.mention.actor_id == mention.actor_id), None)
    if known is None and cast.is_person(mention.actor_id):
        return sides
    taken, other = sides if role == "payer" else sides[::-1]
    if other is known:
        # The name that the model has on the subject's side is the other one's, if it comes after the verb.
        behind = taken is not None and path[-1].i < taken.mention.first < document.edges(path[-1])[1]
        other = taken if behind and taken is not known else None
    known = known or Party(mention, 0.0)
    if other is None:
        named = next(filter(None, (_object(document, cast, token) for token in path)), None)
        other = Party(named, known.score) if named is not None and named.actor_id != mention.actor_id else None
    return (known, other) if role == "payer" else (other, known)


def _object(document: Document, cast: EntityIndex, token: Token) -> Mention | None:
    """Whom a verb or its object names as the other side: sold Peru a ship, sold a ship to Peru, a ship from Peru."""
    for child in document.children(token, "dative", "prep"):
        noun = document.child(child, "pobj") if child.lower in ("to", "from") else child
        if noun is not None and noun.dep in ("pobj", "dative"):
            named = cast.at(noun.i) or cast.in_apposition(noun)
            if named is not None:
                return named
    return None
