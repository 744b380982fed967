"""From the noun phrase that names a speaker to the actor, and whom he speaks to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extract.quotes.cues import noun_traits, verb_traits
from broadsheet.extract.quotes.phrases import noun_phrase
from broadsheet.reference import column
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.cast import Cast
    from broadsheet.extract.quotes.scene import Scene
    from broadsheet.extract.quotes.speakers import Utterance
    from broadsheet.span import Span

_GENDERS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_THINGS = frozenset({"what", "that", "which"})
_NEUTRAL = frozenset({"it", "its", "they", "their", "them"})
_NAMED = frozenset({"name", "alias", "adjective", "metonym"})
_ISSUED_BY = frozenset({"by", "from", "of"})
_FAR = 2
"""How many paragraphs back the speaker before may stand that a pronoun is taken for."""

_NOUNS = 2
_LONGEST = 30
"""How many tokens behind a statement or readout its issuer is looked for."""

_SHORT = 10
"""Up to how many tokens a statement is printed with its issuer; of a longer phrase the issuer's name stands alone."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: the tokens that name him, the actor, and how he was found."""

    phrase: tuple[int, int] | None = None
    actor_id: str | None = None
    attribution: str = "none"


def speaker_of(scene: Scene, cast: Cast, utterance: Utterance, last: Speaker | None) -> Speaker:
    """The speaker of an utterance that names one.

    Args:
        scene: The document with its quotes.
        cast: Its actors.
        utterance: What is uttered, and the head of the noun phrase that names the speaker.
        last: The speaker before, whom a pronoun that the cast leaves open may stand for.
    """
    if utterance.source is None:
        return Speaker()
    document = scene.document
    head = document.tokens[utterance.source]
    first, end = noun_phrase(document, head.i)
    if head.lower in _THINGS and head.tag in {"WP", "WDT"}:
        return Speaker()  # what has become known so has no mouth
    if head.pos == "PRON" or head.tag in {"PRP", "PRP$"}:
        return Speaker((first, end), _of_pronoun(cast, head, last), "pronoun")
    if "document" in noun_traits(head) or "speech" in noun_traits(head):
        issuer = _issuer(document, cast, head, utterance.cue)
        if issuer is not None:
            by, own = issuer
            stop = own[1]
            phrase = (first, max(end, stop))
            if phrase[1] - phrase[0] > _SHORT:
                phrase = own
            return Speaker(phrase, by, "named" if _is_named(cast, first, stop, None) else "title")
    actor = cast.resolve(head) or _body_before(cast, head, first)
    first, end, beside = _whole_names(cast, head, first, end)
    if beside is not None and (actor is None or actor == beside):
        actor = beside
    return Speaker((first, end), actor, "named" if _is_named(cast, first, end, actor) else "title")


def _whole_names(cast: Cast, head: Token, first: int, end: int) -> tuple[int, int, str | None]:
    """The phrase with the names that it cuts, and the body whose name follows a common noun: *the lender Fortuna*."""
    beside = None
    if end < len(cast.mention_of) and head.i == end - 1 and head.lower in body_nouns():
        named = cast.at(end)
        if named is not None and named.first == end and named.form in _NAMED and not cast.is_person(named.actor_id):
            beside, end = named.actor_id, named.last
    opening, closing = cast.at(first), cast.at(end - 1)
    if opening is not None:
        first = opening.first
    if closing is not None:
        end = max(end, closing.last)
    return first, end, beside


def _is_named(cast: Cast, first: int, end: int, actor: str | None) -> bool:
    """Whether a phrase prints the name of the actor, or of whomever it names where the actor is unknown."""
    return any(m.form in _NAMED and actor in (None, m.actor_id) for m in cast.within(first, end))


def _body_before(cast: Cast, head: Token, first: int) -> str | None:
    """The body whose name stands before what it is: *the Eastport Echo newspaper*."""
    if head.lemma not in column("organization_heads", "head"):
        return None
    mentions = cast.within(first, head.i)
    if not mentions or cast.kind_of(mentions[-1].actor_id) != "organization":
        return None
    between = cast.document.tokens[mentions[-1].last : head.i]  # the Tass news agency
    if len(between) <= _NOUNS and all(t.tag == "NN" and t.text.islower() for t in between):
        return mentions[-1].actor_id
    return None


def surnames_of(cast: Cast) -> dict[str, str | None]:
    """Name and last name of each person, in lower case, to the actor; None where two share it."""
    out: dict[str, str | None] = {}
    for actor_id, row in cast.actors.items():
        for form in {row.name.lower(), row.name.lower().rpartition(" ")[2]}:
            out[form] = None if form in out else actor_id
    return out


def of_label(labels: Mapping[str, str | None], printed: str) -> str | None:
    """The actor whom the label of a turn in a transcript names, mostly in capitals."""
    return labels.get(printed.strip(" .").lower())


def _issuer(document: Document, cast: Cast, noun: Token, cue: int | None) -> tuple[str, tuple[int, int]] | None:
    """Who issued a statement, readout or report, and the tokens that name him.

    *The ministry's statement* · *a statement by the minister* · *a readout of the talks from the palace*: the parser
    often hangs the last on the talks, so that any ``from`` or ``by`` before the cue counts.
    """
    for child in document.children(noun, "poss", "compound", "amod", "nmod"):
        actor = _within(document, cast, child.i)
        if actor is not None:
            return actor, (noun_phrase(document, child.i)[0], noun.i + 1)
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
            actor = _within(document, cast, named.i)
            if actor is not None:
                return actor, noun_phrase(document, named.i)
    return None


def _within(document: Document, cast: Cast, place: int) -> str | None:
    """The actor that a noun phrase stands for, or else the first that it names: *the Norwegian side*."""
    actor = cast.resolve(place)
    if actor is not None:
        return actor
    return next((m.actor_id for m in cast.within(*noun_phrase(document, place))), None)


def _of_pronoun(cast: Cast, pronoun: Token, last: Speaker | None) -> str | None:
    mention = cast.at(pronoun.i)
    if mention is not None:
        return mention.actor_id
    gender = _GENDERS.get(pronoun.lower)
    if gender is None and pronoun.lower not in _NEUTRAL:
        return None
    if last is None or last.actor_id is None or last.phrase is None:
        return None
    if cast.document.tokens[last.phrase[0]].paragraph < pronoun.paragraph - _FAR:
        return None
    person = cast.is_person(last.actor_id)
    if gender is None:
        return None if person else last.actor_id
    return last.actor_id if person and cast.gender(last.actor_id) in {gender, "either", None} else None


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
    if "addressee" in traits and not places:
        places.extend(_object_of_clause(document, verb))
    for place in places:
        if place.i == cue or place.tag in {"PRP$", "WP"}:
            continue
        actor = cast.resolve(place)
        if actor is not None:
            return actor, document.span(*noun_phrase(document, place.i))
    return None


def _object_of_clause(document: Document, verb: Token) -> list[Token]:
    """The noun phrase behind the verb, where the parser makes it the subject of what is told: *told Lund it was*."""
    following = verb.i + 1
    if following >= len(document.tokens) or document.tokens[following].sentence != verb.sentence:
        return []
    token = document.tokens[following]
    while token.dep in {"det", "compound", "amod", "nmod", "poss"} and token.head > token.i:
        token = document.tokens[token.head]
    return [token] if token.dep in {"nsubj", "nsubjpass"} and token.i - verb.i <= 8 else []
