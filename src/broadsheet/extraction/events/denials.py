"""Charges and deeds that somebody denies or characterises: ``which Lima denied``, ``called the charge absurd``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import acts, grounds, reality
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.lexicon import adjective_senses, is_a
from broadsheet.extraction.events.party import merged, moved, placed, without
from broadsheet.extraction.events.status import MADE
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.scene import Scene
    from broadsheet.extraction.events.syntax import Frame

_NEAR = 4
"""Late events among which the charge stands, and tokens between a verb and the charge that belongs to its trigger."""


def denied(scene: Scene, verb: Token) -> EventMention | None:
    """``accused them of spying, which Lima denied``: a clause that takes up the whole charge rejects it."""
    document = scene.document
    which = document.child(verb, "dobj")
    behind = which is not None and which.i > 0 and document.tokens[which.i - 1].text == ","
    if verb.dep != "relcl" or which is None or which.lower != "which" or not behind:
        return None
    charges = (e for e in reversed(scene.parties.definite.told[-_NEAR:]) if e.type == "ACCUSE" and e.anchor.i < verb.i)
    charge = next((e for e in charges if e.anchor.sentence == verb.sentence), None)
    actors = placed(scene.parties.agents(scene.syntax.surface_subjects(verb)), "subject")
    if charge is None or not actors or reality.of_verb(scene.syntax, verb).status is None:
        return None
    actors = acts.accused(scene, verb, actors) or actors
    accusers = without(moved(charge.actors, "accuser"), actors)
    why = rule("events.type.denied_charge", verb=verb.span, charge=charge.trigger)
    return EventMention(
        "REJECT", verb, verb.span, verb, "occurred", actors, accusers, typed=why, real=MADE, worded="word"
    )


def called(scene: Scene, verb: Token) -> EventMention | None:
    """``called the charge "absurd"``, ``a charge that X called absurd``: whoever characterises a charge rejects it."""
    frame = scene.syntax.frame(verb)
    charges = [t for t in frame.objects if is_a(scene.syntax.core(t).lemma, "accusation")]
    if not charges and (found := _characterised(scene, frame)) is not None:
        return found
    named = charges or [c for c in scene.document.children(verb, "ccomp") for c in _small_subject(scene, c)]
    if not named or reality.of_verb(scene.syntax, verb).status != "occurred":
        return None
    actors = placed(scene.parties.agents(frame.subjects), "subject")
    if not actors:
        return None
    authors = placed(merged(*(scene.roles.author(t) for t in named)), "author")
    recipients = without(authors or scene.accuser(verb), actors)
    first, last = sorted((verb.i, named[0].i))
    span = scene.document.span(first, last + 1) if verb.i < named[0].i <= verb.i + _NEAR else verb.span
    why = rule("events.type.called_charge", verb=verb.span, charge=named[0].span)
    return EventMention("REJECT", verb, span, verb, "occurred", actors, recipients, typed=why, real=MADE, worded="word")


def _characterised(scene: Scene, frame: Frame) -> EventMention | None:
    """``called the expulsions unjustified``: the stand of the adjective on whoever did it."""
    verb = frame.verb
    words = [*scene.document.children(verb, "oprd", "acomp", "xcomp", "ccomp")]
    words += [c for t in frame.objects for c in scene.document.children(t, "amod", "acl") if c.i > t.i]
    stands = [
        (w, p) for w in words for p in adjective_senses(w.lower) if not p.complement and p.type in ("ACCUSE", "REJECT")
    ]
    actors = placed(scene.parties.agents(frame.subjects), "subject")
    if not stands or not actors or reality.of_verb(scene.syntax, verb).status != "occurred":
        return None
    by = placed(merged(*(scene.parties.after(scene.syntax.core(t), ("by", "of")) for t in frame.objects)), "author")
    recipients = without(by or acts.doer(scene, frame, actors), actors)
    if not recipients:
        return None
    word, stand = stands[0]
    why = grounds.of_word("adjective", word, stand)
    return EventMention(
        stand.type, verb, verb.span, verb, "occurred", actors, recipients, typed=why, real=MADE, worded="word"
    )


def _small_subject(scene: Scene, clause: Token) -> list[Token]:
    """The subject of the small clause as which the model reads ``the charge absurd``."""
    return [
        t
        for t in scene.document.children(clause, "nsubj")
        if is_a(t.lemma, "accusation") and scene.document.child(clause, "aux", "mark") is None
    ]
