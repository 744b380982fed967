"""Links the noun phrase that names a speaker to the actor, and finds the addressee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.cues import noun_traits, verb_traits
from broadsheet.extraction.quotes.phrases import noun_phrase
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument
    from broadsheet.extraction.quotes.utterance import Utterance

_THINGS = frozenset({"what", "that", "which"})
_NAMED = frozenset({"name", "alias", "adjective", "metonym"})
_ISSUED_BY = frozenset({"by", "from", "of"})

_LONGEST = 30
"""How many tokens after a statement or readout to search for its issuer."""

_SHORT = 10
"""Longest phrase, in tokens, that is kept with its issuer; for a longer one only the issuer's name is kept."""

_NOBODY = Rule("quotes.attribution.nobody")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: the tokens that name them, the actor, and the attribution.

    ``named`` is the rule from the phrase to the actor, ``phrased`` the kind of phrase, ``attributed`` the rule of the
    attribution.
    """

    phrase: tuple[int, int] | None = None
    actor_id: str | None = None
    attribution: str = "none"
    named: Rule | None = None
    phrased: str = "phrase"
    attributed: Rule = _NOBODY


def speaker_of(quoted: QuotedDocument, entities: EntityIndex, utterance: Utterance) -> Speaker:
    """The speaker of an utterance that names one.

    Args:
        quoted: The document with its quotes.
        entities: Its actors.
        utterance: The utterance, with the head of the noun phrase that names the speaker.
    """
    if utterance.source is None:
        return Speaker()
    document = quoted.document
    head = document.tokens[utterance.source]
    first, end = noun_phrase(document, head.i)
    if head.lower in _THINGS and head.tag in {"WP", "WDT"}:
        # Things do not speak.
        return Speaker(attributed=rule("quotes.attribution.thing", word=head.span))
    if head.pos == "PRON" or head.tag in {"PRP", "PRP$"}:
        mention = entities.at(head.i)
        actor, named = (mention.actor_id, mention.rule) if mention is not None else (None, None)
        why = rule("quotes.attribution.pronoun", word=head.span)
        return Speaker((first, end), actor, "pronoun", named, attributed=why)
    if "document" in noun_traits(head) or "speech" in noun_traits(head):
        issuer = _issuer(document, entities, head, utterance.cue)
        if issuer is not None:
            by, own = issuer
            stop = own[1]
            phrase = (first, max(end, stop))
            phrased = "issued"
            if phrase[1] - phrase[0] > _SHORT:
                phrase, phrased = own, "issuer"
            named = rule("quotes.speaker.issuer", document=head.span, issuer=document.span(*own))
            return _speaker(document, entities, phrase, by, named, phrased, within=(first, stop))
    actor, named = entities.resolve(head), None
    if actor is not None:
        named = entities.why(head)
    first, end, beside = _whole_names(entities, head, first, end)
    if beside is not None and (actor is None or actor == beside):
        actor, named = beside, rule("quotes.speaker.body_beside", file="body_nouns", entry=head.lower, noun=head.span)
    return _speaker(document, entities, (first, end), actor, named)


def _speaker(
    document: Document,
    entities: EntityIndex,
    phrase: tuple[int, int],
    actor: str | None,
    named: Rule | None,
    phrased: str = "phrase",
    within: tuple[int, int] | None = None,
) -> Speaker:
    """A speaker from a noun phrase, which may be a name or a description; ``within``: where else to look for a name."""
    printed = _name_in(entities, *(within or phrase), None if within is not None else actor)
    if printed is None:
        return Speaker(phrase, actor, "title", named, phrased, Rule("quotes.attribution.title"))
    why = rule("quotes.attribution.named", name=printed.span, form=printed.form)
    return Speaker(phrase, actor, "named", named, phrased, why)


def _whole_names(entities: EntityIndex, head: Token, first: int, end: int) -> tuple[int, int, str | None]:
    """The phrase extended to whole names, and the body whose name follows a common noun: *the lender Fortuna*."""
    beside = None
    if end < len(entities.mention_of) and head.i == end - 1 and head.lower in body_nouns():
        named = entities.at(end)
        if named is not None and named.first == end and named.form in _NAMED and not entities.is_person(named.actor_id):
            beside, end = named.actor_id, named.last
    opening, closing = entities.at(first), entities.at(end - 1)
    if opening is not None:
        first = opening.first
    if closing is not None:
        end = max(end, closing.last)
    return first, end, beside


def _name_in(entities: EntityIndex, first: int, end: int, actor: str | None) -> Mention | None:
    """The mention of the actor in a phrase, or of any actor if ``actor`` is None."""
    return next((m for m in entities.within(first, end) if m.form in _NAMED and actor in (None, m.actor_id)), None)


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


def _issuer(
    document: Document, entities: EntityIndex, noun: Token, cue: int | None
) -> tuple[str, tuple[int, int]] | None:
    """Who issued a statement, readout or report, and the tokens that name the issuer.

    *The ministry's statement* · *a statement by the minister* · *a readout of the talks from the palace*: the parser
    often attaches the last to the talks, so any ``from`` or ``by`` before the cue counts.
    """
    for child in document.children(noun, "poss", "compound", "amod", "nmod"):
        actor = _within(document, entities, child.i)
        if actor is not None:
            first, last = noun_phrase(document, child.i)
            return actor, (first, noun.i + 1) if child.i < noun.i else (noun.i, last)
    stop = min(noun.i + _LONGEST, len(document.tokens))
    if cue is not None and noun.i < cue < stop:
        stop = cue
    ordered = sorted(
        (t for t in document.tokens[noun.i + 1 : stop] if t.lower in _ISSUED_BY and t.sentence == noun.sentence),
        key=lambda t: (t.lower == "of", t.i),
    )
    for preposition in ordered:
        if preposition.lower == "of" and preposition.head != noun.i:
            continue
        named = document.child(preposition, "pobj")
        if named is not None and named.i < stop:
            actor = _within(document, entities, named.i)
            if actor is not None:
                return actor, noun_phrase(document, named.i)
    return None


def _within(document: Document, entities: EntityIndex, place: int) -> str | None:
    """The actor that a noun phrase refers to, else the first that it mentions: *the Norwegian side*."""
    actor = entities.resolve(place)
    if actor is not None:
        return actor
    return next((m.actor_id for m in entities.within(*noun_phrase(document, place))), None)


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
    if "addressee" in traits and not places:
        places.extend((t, "clause") for t in _object_of_clause(document, verb))
    for place, how in places:
        if place.i == cue or place.tag in {"PRP$", "WP"}:
            continue
        actor = entities.resolve(place)
        if actor is not None:
            why = rule(f"quotes.addressee.{how}", because=entities.why(place), cue=verb.span, name=place.span)
            return actor, document.span(*noun_phrase(document, place.i)), why
    return None


def _object_of_clause(document: Document, verb: Token) -> list[Token]:
    """The noun phrase after the verb, if parsed as the subject of the reported clause: *told Lund it was*."""
    following = verb.i + 1
    if following >= len(document.tokens) or document.tokens[following].sentence != verb.sentence:
        return []
    token = document.tokens[following]
    while token.dep in {"det", "compound", "amod", "nmod", "poss"} and token.head > token.i:
        token = document.tokens[token.head]
    return [token] if token.dep in {"nsubj", "nsubjpass"} and token.i - verb.i <= 8 else []
