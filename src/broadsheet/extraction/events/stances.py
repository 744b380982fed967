"""Stands that somebody takes by saying something: demands, charges, disapproval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import grounds, reality, senses
from broadsheet.extraction.events.clauses import verb_trigger
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.lexicon import adjective_senses, charge_senses, operators
from broadsheet.extraction.events.party import placed, without
from broadsheet.extraction.events.status import MADE
from broadsheet.extraction.events.syntax import Frame
from broadsheet.extraction.events.verbs import absorb
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.party import Party
    from broadsheet.extraction.events.scene import Scene

_NO_PARTICLES: frozenset[str] = frozenset()
_PREDICATIVE = frozenset({"acomp", "oprd"})
_DEPTH = 6


def find(scene: Scene, word: Token) -> EventMention | None:
    """The stand that the clause of a verb or adjective takes."""
    if word.pos != "ADJ":
        found = _demand(scene, word) or _charge(scene, word)
        if found is not None:
            return found
    return _adjective(scene, word) if adjective_senses(word.lower) else None


def says(scene: Scene, verb: Token) -> Token | None:
    """The verb of saying whose complement the clause of ``verb`` is."""
    document = scene.document
    for _ in range(_DEPTH):
        if verb.head == verb.i:
            return None
        head = document.head(verb)
        if verb.dep in ("ccomp", "parataxis") and "say" in operators(head.lemma, _NO_PARTICLES):
            return head
        if verb.dep not in ("conj", "ccomp", "xcomp", "advcl", "parataxis"):
            return None
        verb = head
    return None


def _speakers(scene: Scene, over: Token | None) -> tuple[Party, ...]:
    return placed(scene.parties.all_of(scene.syntax.surface_subjects(over)), "speaker") if over is not None else ()


def _demand(scene: Scene, verb: Token) -> EventMention | None:
    """``X said that Y must do it``: X asks Y."""
    document = scene.document
    modal = next((a for a in document.children(verb, "aux") if a.lower in reality.OBLIGATION), None)
    if modal is None or modal.i > verb.i or document.child(verb, "nsubj") is None or scene.syntax.is_passive(verb):
        return None
    perfect = any(a.lemma == "have" or a.lower == "have" for a in document.children(verb, "aux"))
    if any(c.lower == "if" for c in document.children(verb, "mark")) or verb.tag == "VBN" or perfect:
        return None  # should have done
    over = says(scene, verb)
    speakers = _speakers(scene, over)
    asked = without(placed(scene.parties.all_of(scene.syntax.surface_subjects(verb)), "spoken_of"), speakers)
    if not speakers or not asked:
        return None
    scene.take(verb, verb)
    trigger = document.span(modal.i, verb.i + 1)
    why = rule("events.type.demand", word=modal.span)
    return EventMention(
        "REQUEST", verb, trigger, verb, "occurred", speakers, asked, telling=over,
        typed=why, real=MADE, worded="modal",
    )  # fmt: skip


def _charge(scene: Scene, verb: Token) -> EventMention | None:
    """``X said that Y broke the rules``: X accuses Y."""
    if not charge_senses(verb.lemma):
        return None
    over = says(scene, verb)
    speakers = _speakers(scene, over)
    if not speakers:
        return None
    frame = scene.syntax.frame(verb)
    accused = without(placed(scene.parties.all_of(frame.subjects), "spoken_of"), speakers)
    if not accused or reality.of_verb(scene.syntax, verb).status in (None, "planned"):
        return None
    scene.take(verb, verb)
    trigger = verb_trigger(scene.document, scene.syntax, scene.parties, frame)
    why = grounds.of_word("charge", verb, charge_senses(verb.lemma)[0])
    return EventMention(
        "ACCUSE", verb, trigger, verb, "occurred", speakers, accused, telling=over, typed=why, real=MADE
    )


def _adjective(scene: Scene, word: Token) -> EventMention | None:
    """The stand of an adjective or a participle (``is opposed to``, ``said it was unacceptable``)."""
    document, syntax = scene.document, scene.syntax
    verbal = word.pos == "VERB" and word.dep not in _PREDICATIVE
    if verbal and (word.dep == "acl" or not syntax.is_passive(word)):
        return None
    if not verbal and word.dep not in (*_PREDICATIVE, "ccomp", "xcomp"):
        return None
    copula = word if verbal else document.head(word)
    negated = any(c.dep == "neg" for t in (word, copula) for c in document.children(t))
    frame = _frame(scene, word, copula)
    predicate = senses.of_adjective(frame, negated=negated)
    if predicate is None:
        return None
    told = reality.of_verb(syntax, copula)
    if told.status != "occurred" and not (negated and told.negated and not told.refused):
        return None
    over = says(scene, copula) if any(s.name == "speaker" for s in predicate.slots) else None
    actors = placed(scene.parties.all_of(frame.subjects), "subject") if over is None else _speakers(scene, over)
    if over is None and any(s.name == "speaker" for s in predicate.slots):
        return None
    recipients = scene.roles.seek(predicate.slots, frame, actors)
    if not actors or not recipients:
        return None
    absorb(scene, frame, predicate.type)
    return EventMention(
        predicate.type, word, word.span, copula, "occurred", actors, recipients, telling=over,
        typed=grounds.of_word("adjective", word, predicate), real=MADE, worded="word",
    )  # fmt: skip


def _frame(scene: Scene, word: Token, copula: Token) -> Frame:
    """The adjective with its own phrases and those that the model attaches to the copula."""
    document, syntax = scene.document, scene.syntax
    own = syntax.frame(copula)
    prepositions = list(own.prepositions)
    if word.i != copula.i:
        for prep in document.children(word, "prep"):
            inner = document.child(prep, "pobj")
            if inner is not None:
                prepositions.extend((prep.lower, t) for t in syntax.conjuncts(inner))
    complement = document.child(word, "ccomp", "xcomp") or (own.complement if word.i == copula.i else None)
    subjects = syntax.surface_subjects(copula)
    return Frame(word, False, subjects, (), (), tuple(prepositions), complement, own.particles)
