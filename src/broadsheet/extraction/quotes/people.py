"""Links the noun phrase that names a speaker to the actor, and finds the addressee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import verb_traits
from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.phrases import noun_phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument
    from broadsheet.extraction.quotes.utterance import Utterance

_NAMED = frozenset({"name", "alias", "adjective", "metonym"})
_NOBODY = Rule("quotes.attribution.nobody")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: the tokens that name them, the actor, the attribution, and the rules of the two."""

    phrase: tuple[int, int] | None = None
    actor_id: str | None = None
    attribution: str = "none"
    named: Rule | None = None
    attributed: Rule = _NOBODY


def speaker_of(quoted: QuotedDocument, entities: EntityIndex, utterance: Utterance) -> Speaker:
    """The speaker of an utterance that names one."""
    if utterance.source is None:
        return Speaker()
    document = quoted.document
    head = document.tokens[utterance.source]
    first, end = noun_phrase(document, head.i)
    actor, named = entities.resolve(head), entities.why(head)
    if head.pos == "PRON" or head.tag in {"PRP", "PRP$"}:
        return Speaker((first, end), actor, "pronoun", named, rule("quotes.attribution.pronoun", word=head.span))
    opening, closing = entities.at(first), entities.at(end - 1)
    first = opening.first if opening is not None else first
    end = max(end, closing.last) if closing is not None else end
    names = (m for m in entities.within(first, end) if m.form in _NAMED)
    printed = next((m for m in names if actor in (None, m.actor_id)), None)
    if printed is None:
        return Speaker((first, end), actor, "title", named, Rule("quotes.attribution.title"))
    why = rule("quotes.attribution.named", name=printed.span, form=printed.form)
    return Speaker((first, end), actor, "named", named, why)


def surnames_of(entities: EntityIndex) -> dict[str, str | None]:
    """Name and last name of each person, in lower case, to the actor; None if two people share it."""
    out: dict[str, str | None] = {}
    for actor_id, row in entities.actors.items():
        for form in {row.name.lower(), row.name.lower().rpartition(" ")[2]}:
            out[form] = None if form in out else actor_id
    return out


def actor_of_label(labels: Mapping[str, str | None], printed: str) -> str | None:
    """The actor that the label of a transcript turn names, usually in capitals."""
    return labels.get(printed.strip(" .").lower())


def addressee_of(quoted: QuotedDocument, entities: EntityIndex, cue: int) -> tuple[str, Span, Rule] | None:
    """The addressee of a cue, the characters that name them, and the rule; None if unknown."""
    document = quoted.document
    verb = document.tokens[cue]
    traits = verb_traits(verb)
    places: list[tuple[Token, str]] = []
    if "addressee" in traits:
        places.extend((t, "object") for t in document.children(verb, "dative", "dobj"))
    if traits & {"say", "addressee", "send"}:
        for preposition in document.children(verb, "prep", "dative"):
            if preposition.lower == "to":
                places.extend((t, "to") for t in document.children(preposition, "pobj"))
    for place, how in places:
        if place.i == cue or place.tag in {"PRP$", "WP"}:
            continue
        actor = entities.resolve(place)
        if actor is not None:
            why = rule(f"quotes.addressee.{how}", because=entities.why(place), cue=verb.span, name=place.span)
            return actor, document.span(*noun_phrase(document, place.i)), why
    return None
