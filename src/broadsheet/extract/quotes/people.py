"""From the noun phrase that names a speaker to the actor, and whom he speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extract.quotes.cues import noun_traits, verb_traits
from broadsheet.extract.quotes.phrases import noun_phrase

if TYPE_CHECKING:
    from broadsheet.analyse.document import Token
    from broadsheet.extract.cast import Cast
    from broadsheet.extract.quotes.scene import Scene
    from broadsheet.extract.quotes.speakers import Utterance
    from broadsheet.span import Span

_SELF = frozenset({"i", "we", "my", "our", "me", "us", "you", "your"})
_HE = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_IT = frozenset({"it", "its", "they", "their", "them"})
_NAMED = frozenset({"name", "alias", "adjective", "metonym"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: the tokens that name him, the actor, and how he was found."""

    phrase: tuple[int, int] | None = None
    actor_id: str | None = None
    attribution: str = "none"


def speaker_of(scene: Scene, cast: Cast, utterance: Utterance, last: Speaker | None) -> Speaker:
    """The speaker of an utterance that names one.

    Args:
        last: The speaker before, whom a pronoun that the cast leaves open may stand for.
    """
    if utterance.source is None:
        return Speaker()
    document = scene.document
    head = document.tokens[utterance.source]
    phrase = noun_phrase(document, head.i)
    if head.pos == "PRON" or head.tag in {"PRP", "PRP$"}:
        return Speaker(phrase, _of_pronoun(cast, head, last), "pronoun")
    actor = cast.resolve(head)
    named = _is_named(cast, *phrase)
    traits = noun_traits(head)
    if actor is None and traits:
        actor, named = _issuer(scene, cast, head)
        if actor is None and last is not None and head.lower != "statement" and not any(
            c.dep in {"poss", "prep"} for c in document.children(head)
        ):
            actor = None
    return Speaker(phrase, actor, "named" if named else "title")


def _is_named(cast: Cast, first: int, last: int) -> bool:
    return any(m.form in _NAMED for m in cast.within(first, last))


def _issuer(scene: Scene, cast: Cast, noun: Token) -> tuple[str | None, bool]:
    """Who issued a statement, readout or report, and whether by name."""
    document = scene.document
    holders = list(document.children(noun, "poss"))
    for preposition in document.children(noun, "prep", "agent"):
        if preposition.lower in {"by", "from", "of"}:
            holders.extend(document.children(preposition, "pobj"))
    for holder in holders:
        actor = cast.resolve(holder)
        if actor is None:
            actor = next((m.actor_id for m in cast.within(*noun_phrase(document, holder.i))), None)
        if actor is not None:
            return actor, True
    for child in document.children(noun, "compound", "amod", "nmod"):
        mention = cast.at(child.i)
        if mention is not None:
            return mention.actor_id, True
    return None, False


def _of_pronoun(cast: Cast, pronoun: Token, last: Speaker | None) -> str | None:
    mention = cast.at(pronoun.i)
    if mention is not None:
        return mention.actor_id
    if pronoun.lower in _SELF:
        return None
    gender = _HE.get(pronoun.lower)
    if gender is None and pronoun.lower not in _IT:
        return None
    if last is not None and last.actor_id is not None and last.phrase is not None:
        near = cast.document.tokens[last.phrase[0]].paragraph >= pronoun.paragraph - 2
        person = cast.is_person(last.actor_id)
        fits = person and cast.gender(last.actor_id) in {gender, "either", None} if gender else not person
        if near and fits:
            return last.actor_id
    return None


def addressee_of(scene: Scene, cast: Cast, cue: int) -> tuple[str, Span] | None:
    """Whom a cue says that the words are spoken to, and the words that name him; None where nobody known is named."""
    document = scene.document
    verb = document.tokens[cue]
    traits = verb_traits(verb)
    places: list[Token] = []
    if "addressee" in traits:
        places.extend(document.children(verb, "dative", "dobj"))
    if traits & {"say", "addressee", "send"}:
        for preposition in document.children(verb, "prep", "dative"):
            if preposition.lower == "to":
                places.extend(document.children(preposition, "pobj"))
    for place in places:
        actor = cast.resolve(place)
        if actor is not None:
            return actor, document.span(*noun_phrase(document, place.i))
    return None
