"""Events that nouns tell by themselves: ``the arrest of``, ``talks between``, ``the lifting of the ban``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import acts, grounds, reality, senses
from broadsheet.extraction.events.clauses import noun_trigger
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.lexicon import ENDED, MUTUAL, is_a, modifier_effect, noun_operators, noun_senses
from broadsheet.extraction.events.party import Party, merged, placed, without
from broadsheet.extraction.events.syntax import Frame
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.lexicon import Predicate
    from broadsheet.extraction.events.scene import Scene

_TALKS = frozenset({"talk", "negotiation", "discussion", "dialogue", "consultation"})
_COURSE = frozenset(
    {"resume", "begin", "start", "open", "continue", "end", "conclude", "break", "collapse", "stall", "fail", "restart"}
)
_AHEAD_OF = 6
"""Tokens behind talks within which the model has taken their verb for a noun."""

_PROSPECTIVE = frozenset({"REJECT", "REQUEST", "THREATEN"})
"""Types whose nouns say by an infinitive what they are about."""

_EFFECT = frozenset({"perform", "start", "end"})


def find(scene: Scene, noun: Token) -> Iterator[EventMention]:
    """The event that a noun names by itself."""
    if noun.dep == "compound":
        return
    if not _EFFECT.isdisjoint(done := noun_operators(noun.lemma)):
        yield from _nominalised(scene, noun, done)
    if not noun_senses(noun.lemma):
        return
    predicate = senses.of_noun(noun, scene.syntax)
    if predicate is None:
        return
    told = reality.of_noun(scene.syntax, noun)
    if told.status is None:
        return
    actors, recipients = scene.roles.of_noun(noun, predicate)
    if predicate.type == "REQUEST" and noun.dep == "pobj" and scene.document.head(noun).lower == "at":
        actors = placed(scene.parties.modifiers(noun), "possessor")
        actors = actors or placed(scene.parties.after(noun, ("of", "from")), "behind:of or from")
        recipients = without(_granting(scene, noun), actors)
    if predicate.type in _PROSPECTIVE and actors and not recipients:
        recipients = without(_infinitive(scene, noun), actors)
    if predicate.type == "CONSULT" and len(actors) + len(recipients) < 2:
        actors = merged(actors, without(scene.roles.attending(noun), recipients))
    if predicate.type == "CONSULT" and len(actors) == 1 and not recipients and _takes_place(scene, noun):
        actors = merged(actors, _across_the_table(scene, noun, actors))
    if _specific(scene, noun, predicate, len(actors), len(recipients)):
        trigger = noun_trigger(scene.document, scene.parties, noun)
        clause = scene.clause_of(noun)
        kind = predicate.type
        why = grounds.of_word("noun", noun, predicate)
        if kind == "ASSAULT" and is_a(noun.lemma, "verbal attack") and _among_persons(scene, actors, recipients):
            kind = "ACCUSE"
            why = grounds.turned("attack_with_words", noun, kind, why)
        ahead = told.status == "occurred" and _ahead(scene, noun)
        real = rule("events.status.on_the_way", word=noun.span) if ahead else told.rule
        status = "planned" if ahead else told.status
        yield EventMention(
            kind, noun, trigger, clause, status, actors, recipients, nominal=True, typed=why, real=real, worded="noun"
        )


def _infinitive(scene: Scene, noun: Token) -> tuple[Party, ...]:
    """``Peru's refusal to open its market to Chilean fish``: who stands in what the noun is about."""
    for clause in scene.document.children(noun, "acl"):
        if clause.pos == "VERB" and any(a.lower == "to" for a in scene.document.children(clause, "aux")):
            found = scene.roles.complement(Frame(noun, False, (), (), (), (), clause, frozenset()))
            return placed(found, "complement")
    return ()


def _granting(scene: Scene, noun: Token) -> tuple[Party, ...]:
    """``halved it at the request of Peru``: the subject of the clause has been asked."""
    prep = scene.document.head(noun)
    over = scene.document.head(prep)
    if over.pos not in ("VERB", "AUX"):
        return ()
    frame = scene.syntax.frame(over)
    granting = placed(scene.parties.agents(frame.subjects), "granting")
    return granting or (acts.doer(scene, frame, ()) if frame.passive else ())


def _among_persons(scene: Scene, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """Whether persons attack persons or bodies: with words, unless more is said."""
    cast = scene.cast
    return all(cast.is_person(p.actor_id) for p in actors) and all(
        cast.kind_of(p.actor_id) != "country" for p in recipients
    )


def _ahead(scene: Scene, noun: Token) -> bool:
    """Whether somebody is on the way to what the noun names (``left for talks``, ``a departure for talks``)."""
    document = scene.document
    for _ in range(3):
        prep = document.head(noun)
        if noun.dep != "pobj" or prep.i == noun.i:
            return False
        over = document.head(prep)
        if prep.lower == "for":
            return any(
                is_a(t.lemma, "starting") or is_a(t.lemma, "motion") or t.pos == "PROPN"
                for t in (over, *document.ancestors(over))
            )
        noun = over
    return False


def _specific(scene: Scene, noun: Token, predicate: Predicate, n_actors: int, n_recipients: int) -> bool:
    """Whether a noun with so many participants tells an event rather than a kind of event.

    Nouns are far oftener generic than verbs, so both sides must be named, with few exceptions.
    """
    if predicate.type == "CONSULT" and n_actors == 1 and not n_recipients and _takes_place(scene, noun):
        return True
    if predicate.type == "CONSULT":
        return n_actors + n_recipients > 1 or (n_actors > 0 and _convened(scene, noun))
    if predicate.type in MUTUAL:
        return n_actors > 1
    if predicate.type == "SANCTION" and n_actors and _fresh(scene, noun):
        return True
    return n_recipients > 0 and (n_actors > 0 or predicate.possessor == "recipient")


def _takes_place(scene: Scene, noun: Token) -> bool:
    """Whether talks with one who is named are told to begin, go on or end (``talks with Peru broke down``)."""
    if noun.lemma not in _TALKS or noun.dep not in ("nsubj", "advcl", "nsubjpass"):
        return False
    if not any(c.lower == "with" for c in scene.document.children(noun, "prep")):
        return False
    over = scene.document.head(noun)
    ahead = scene.document.tokens[noun.i + 1 : noun.i + _AHEAD_OF]
    return any(t.lemma in _COURSE for t in (over, *(ahead if noun.dep == "advcl" else ())))


def _across_the_table(scene: Scene, noun: Token, named: tuple[Party, ...]) -> tuple[Party, ...]:
    """With whom the one who is named talks: the subject of the sentence, else of the one before, of the same kind."""
    document, cast = scene.document, scene.cast
    kind = cast.kind_of(named[0].actor_id)
    sentence = document.sentence_of(noun)
    for first, last in (
        (sentence.first, noun.i),
        (document.sentences[max(0, sentence.index - 2)].first, sentence.first),
    ):
        for mention in reversed(cast.within(first, last)):
            subject = document.tokens[mention.last - 1].dep in ("nsubj", "poss", "nsubjpass")
            if subject and cast.kind_of(mention.actor_id) == kind and mention.actor_id != named[0].actor_id:
                return (Party(mention.actor_id, mention.span, mention.form, slot="across_the_table"),)
    return ()


def _convened(scene: Scene, noun: Token) -> bool:
    """Whether a meeting is of a body and placed (``a meeting of the council in Geneva``)."""
    names = {c.lower for c in scene.document.children(noun, "prep")}
    return "of" in names and "in" in names


def _fresh(scene: Scene, noun: Token) -> bool:
    """Whether a measure is told as new (``a new round of sanctions``)."""
    document = scene.document
    over = document.head(document.head(noun)) if noun.dep == "pobj" else noun
    words = [*document.children(noun, "amod"), *document.children(over, "amod"), over]
    return any(modifier_effect(w.lower) == "new" for w in words)


def _nominalised(scene: Scene, noun: Token, done: frozenset[str]) -> Iterator[EventMention]:
    """What one noun does to the event of another (``the imposition of duties``, ``the lifting of the ban``)."""
    document = scene.document
    of = document.child(noun, "prep")
    inner = document.child(of, "pobj") if of is not None and of.lower == "of" else None
    if inner is None:
        return
    staged = scene.syntax.core(inner)
    predicate = senses.of_noun(staged, scene.syntax)
    if predicate is None:
        return
    kind = ENDED.get(predicate.type) if "end" in done else predicate.type
    told = reality.of_noun(scene.syntax, noun)
    if kind is None or kind in MUTUAL or told.status is None:
        return
    own, recipients = scene.roles.of_noun(staged, predicate)
    owners = placed(scene.parties.modifiers(noun), "possessor")
    actors = merged(owners, placed(scene.parties.after(noun, ("by",)), "behind:by")) or own
    behind = ("on", "against", "for", "to")
    aimed = recipients or placed(scene.parties.after(noun, behind), "behind:on, against, for or to")
    recipients = without(aimed, actors)
    if actors and recipients:
        scene.taken.token(staged)
        clause = scene.clause_of(noun)
        operator = "end" if "end" in done else min(done & _EFFECT)
        why = grounds.staged(operator, noun, staged, predicate, kind)
        yield EventMention(
            kind, noun, noun.span, clause, told.status, actors, recipients, staged, nominal=True,
            typed=why, real=told.rule, worded="word",
        )  # fmt: skip
