"""Who takes part in an event, by the scores of the encoder and the syntax around its word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.events.frames import is_backer
from broadsheet.extraction.events.visits import VISITED
from broadsheet.extraction.links import head_of
from broadsheet.reference import column
from broadsheet.reference.geography import EUROPEAN_UNION
from broadsheet.reference.leaders import leader_named
from broadsheet.reference.organizations import known_organizations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.links import Link
    from broadsheet.extraction.meaning import Meaning

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""The types of PLOVER, in the order of the models."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types whose sides act together."""

PART = 0.75
"""The least score of a participant."""

ALONE = (-0.5, -1.0)
"""The least score of the best actor and of the best recipient where no one on that side reaches ``PART``."""

LISTED = -1.0
"""The least score of who is coordinated with a participant."""

OTHER_SIDE = -1.0
"""The least score of the other side of a meeting of which one side alone is known otherwise."""

_STATE_ACTS = frozenset({"SANCTION", "CONCEDE"})
"""Types in which a state acts, no matter who signs for it."""
_GOVERNING = frozenset({"state", "government", "diplomatic"})
"""Spheres of offices whose holders act for their state."""
_STEPS = 3
"""Steps up from the word of a measure to who acts, at most."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, the characters that name it, the form of the mention and the score of its part."""

    actor_id: str
    span: Span
    form: str
    score: float
    source: str = "scored"
    """What gave it its part: ``scored``, ``listed`` or ``signer``; ``between``, ``pair`` or ``exchange`` (``Sides``);
    ``target_of_row`` or ``imposer_of_row`` (``measures``)."""


def participants(
    cast: EntityIndex, meaning: Meaning, anchor: Token, kind: int, links: Sequence[Link] | None = None
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and recipients of an event of type number ``kind``, the likeliest first.

    What the actors near have to do with its word, ``links``, is computed if not given.
    """
    if links is None:
        links = meaning.links("rev", anchor.i, kind, meaning.actors_near(anchor.i))
    name = TYPES[kind - 1]
    links = [link for link in links if not _is_source(cast, anchor, link)]
    acting = [link for link in links if not is_backer(cast.document, anchor, link.phrase[0].first)]
    actors = _parties(cast, acting, 0, acts_alone=name not in MUTUAL)
    recipients = _parties(cast, links, 1, acts_alone=False)
    if name in _STATE_ACTS:
        actors = _states(actors, cast)
    acting_first, receiving_first = _ranked(actors, recipients), _ranked(recipients, actors)
    first = _taken(acting_first, ALONE[0], cast)
    second = _taken(_without_own_states(receiving_first, first, cast), ALONE[1], cast)
    if name == "CONSULT":
        first = _of_meeting(first, anchor, cast) or _with_other_side(first, second, acting_first, anchor, cast)
    elif name in _STATE_ACTS and not first:
        first = _signers(anchor, second, cast)
    return _leader_or_state(first, cast), _leader_or_state(second, cast)


def _is_source(cast: EntityIndex, anchor: Token, link: Link) -> bool:
    """Whether an actor is a paper or agency that only reports an event: *Bloomberg reported that Peru sued Chile*."""
    document, mention = cast.document, cast.at(link.phrase[0].first)
    known = known_organizations().get(cast.actors[mention.actor_id].name) if mention is not None else None
    if mention is None or known is None or known.sphere != "media":
        return False
    word, sentence = document.tokens[mention.last - 1], document.sentence_of(anchor)
    others = (m for m in cast.within(sentence.first, sentence.last) if m.actor_id == mention.actor_id and m != mention)
    tells = document.head(word).lemma in column("reporting_cues", "lemma")
    return word.dep == "nsubj" and word.head != anchor.i and tells and next(others, None) is None


def _without_own_states(recipients: list[Party], actors: list[Party], cast: EntityIndex) -> list[Party]:
    """The recipients without the states of those who act for them: a minister does not threaten his own state.

    A state visited stays: without a better clue the country of the visitor is that of the place.
    """
    codes = {cast.country_of(p.actor_id) for p in actors if _governs(p.actor_id, cast)}
    own = {cast.country_actor(code) for code in codes if code is not None}
    return [p for p in recipients if p.actor_id not in own or _is_visited(cast, cast.document.range_of(p.span)[0])]


def _is_visited(cast: EntityIndex, place: int) -> bool:
    """Whether the mention at a token is only where a journey goes."""
    mention = cast.at(place)
    return mention is not None and mention.rule is not None and mention.rule.id == VISITED


def _governs(actor_id: str, cast: EntityIndex) -> bool:
    """Whether an actor is an institution of the EU, or a person who governs a state about the day of publication."""
    if not cast.is_person(actor_id):
        return cast.country_of(actor_id) == EUROPEAN_UNION
    if any(sphere in _GOVERNING for _, sphere in cast.roles.get(actor_id, ())):
        return True
    words, published_on = tuple(cast.actors[actor_id].name.split()), cast.document.article.published_on
    return leader_named(words, titled=False, named_states=(), published_on=published_on) is not None


def _ranked(parties: dict[str, Party], others: dict[str, Party]) -> list[Party]:
    """The parties of one role that are no likelier in the other, the likeliest first."""
    ranked = sorted(parties.values(), key=lambda p: (-p.score, p.span.start))
    return [p for p in ranked if p.actor_id not in others or p.score >= others[p.actor_id].score]


def _taken(ranked: list[Party], alone: float, cast: EntityIndex) -> list[Party]:
    """Those whose score suffices, and those that are coordinated with one of them: *in Peru and Chile*."""
    taken = [p for p in ranked if p.score > PART] or [p for p in ranked[:1] if p.score > alone]
    known = {p.actor_id: p for p in ranked if p.score > LISTED and p not in taken}
    document = cast.document
    read: set[str] = set()
    for party in taken[:]:
        head = document.tokens[head_of(document, *document.range_of(party.span))]
        listed = [named.actor_id for named in coordinated(head, cast)] if party.actor_id not in read else []
        read.update(listed)
        for actor_id in listed:
            if actor_id in known and cast.kind_of(actor_id) == cast.kind_of(party.actor_id):
                taken.append(replace(known.pop(actor_id), source="listed"))
    return _without_owners(taken, cast)


def _without_owners(parties: list[Party], cast: EntityIndex) -> list[Party]:
    """The parties without those that only own another one: *Lund's Nordvik*."""
    document, ids = cast.document, {p.actor_id for p in parties}
    kept = []
    for party in parties:
        word = document.tokens[document.range_of(party.span)[1] - 1]
        owned = cast.resolve(document.head(word)) if word.dep == "poss" else None
        if owned == party.actor_id or owned not in ids:
            kept.append(party)
    return kept


def coordinated(part: Token | None, cast: EntityIndex) -> Iterator[Mention]:
    """The names in the list that a word begins or is a part of."""
    while part is not None and part.dep == "conj":
        part = cast.document.head(part)
    while part is not None:
        named = cast.at(part.i)
        if named is not None and named.form in ("name", "alias", "metonym"):
            yield named
        part = cast.document.child(part, "conj")


def _of_meeting(parties: list[Party], anchor: Token, cast: EntityIndex) -> list[Party]:
    """The bodies of many states whose own meeting an event is (*the G7 summit*), and not who attends it."""
    document = cast.document
    preps = [prep for prep in document.children(anchor, "prep") if prep.lower == "of"]
    parts = [*document.children(anchor, "compound", "poss"), *(t for p in preps for t in document.children(p, "pobj"))]
    named = {m.actor_id for m in (cast.at(part.i) for part in parts) if m is not None and anchor.pos != "VERB"}
    return [party for party in parties if party.actor_id in named and is_union(cast, party.actor_id)]


def _with_other_side(
    actors: list[Party], recipients: list[Party], ranked: list[Party], anchor: Token, cast: EntityIndex
) -> list[Party]:
    """The actors of a meeting; where one side alone is known, with the likeliest other one of the sentence."""
    if len(known := [*actors, *recipients]) != 1:
        return actors
    tokens, range_of = cast.document.tokens, cast.document.range_of
    for party in ranked:
        near = tokens[range_of(party.span)[0]].sentence == anchor.sentence
        other = party.actor_id != known[0].actor_id and len(_leader_or_state([known[0], party], cast)) > 1
        if near and other and party.score > OTHER_SIDE:
            return [*actors, party]
    return actors


def _signers(anchor: Token, recipients: list[Party], cast: EntityIndex) -> list[Party]:
    """The state of whom the grammar of a measure's clause has as acting (*Lund's tariffs*); himself without one."""
    document = cast.document
    for word in (anchor, *islice(document.ancestors(anchor), _STEPS)):
        subjects = [*document.children(word, "poss", "nsubj")]
        subjects += [inner for by in document.children(word, "agent") for inner in document.children(by, "pobj")]
        for noun in (owner for subject in subjects for owner in (subject, *document.children(subject, "poss"))):
            actor_id, named = cast.resolve(noun), cast.at(noun.i)
            if actor_id is None or named is None:
                continue
            country = cast.country_of(actor_id)
            state = cast.country_actor(country) if country is not None else None
            if not cast.is_person(actor_id) and state != actor_id:
                return []
            party = Party(state or actor_id, named.span, named.form, PART, "signer")
            return [party] if party.actor_id not in {p.actor_id for p in recipients} else []
        if word.pos == "VERB" and document.child(word, "nsubj", "nsubjpass") is not None:
            return []
    return []


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
        if acts_alone and _is_visited(cast, mention.first):
            continue  # it does not act
        out[mention.actor_id] = Party(mention.actor_id, mention.span, mention.form, link.scores[role])
    return out


def _leader_or_state(parties: list[Party], cast: EntityIndex) -> tuple[Party, ...]:
    """Never a state and one of its people or bodies on one side: the likelier of the two."""
    kept: list[Party] = []
    for party in parties:
        country, is_state = cast.country_of(party.actor_id), cast.is_state(party.actor_id)
        rivals = [p for p in kept if country is not None and cast.country_of(p.actor_id) == country]
        if all(cast.is_state(p.actor_id) == is_state for p in rivals):
            kept.append(party)
    return tuple(kept)


def is_union(cast: EntityIndex, actor_id: str) -> bool:
    """Whether an actor is a body of no single state."""
    return cast.kind_of(actor_id) == "organization" and cast.country_of(actor_id) in (None, "EUU")
