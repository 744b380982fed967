"""Events that verbs tell, by themselves or with the noun that they stage, receive, end or refuse."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.extraction.events import acts, denials, grounds, reality, senses
from broadsheet.extraction.events.clauses import verb_trigger
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.lexicon import (
    COOPERATIVE,
    ENDED,
    MUTUAL,
    is_a,
    is_people,
    noun_operators,
    noun_senses,
    operators,
    verb_senses,
)
from broadsheet.extraction.events.party import merged, placed, without
from broadsheet.extraction.events.roles import enough
from broadsheet.extraction.events.soundness import sound
from broadsheet.extraction.events.status import MADE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.lexicon import Predicate
    from broadsheet.extraction.events.party import Party
    from broadsheet.extraction.events.roles import Sides
    from broadsheet.extraction.events.scene import Scene
    from broadsheet.extraction.events.status import Reality, Status
    from broadsheet.extraction.events.syntax import Frame

_ABSORBING = frozenset({"REQUEST", "THREATEN", "REJECT", "ACCUSE", "AGREE"})
"""Types that are about what their object and complement name, so that these tell no event of their own."""

_HOSTILE = frozenset({"ASSAULT", "COERCE", "ACCUSE", "THREATEN"})
"""Types that nobody does to what is his own."""

_TOPIC = frozenset({"for", "of", "to", "on", "with", "upon", "against", "at", "from"})
_AGENDA = frozenset({"on", "about", "over"})
_EACH_OTHER = frozenset({("each", "other"), ("one", "another")})
_STAGING = frozenset({"perform", "start", "keep", "complete", "announce", "decide", "allow"})


def find(scene: Scene, verb: Token) -> Iterator[EventMention]:
    """The events that a verb and its object tell."""
    if verb.lemma == "call" and (rejected := denials.called(scene, verb)) is not None:
        yield rejected
        return
    if verb.lemma in ("call", "ring") and scene.document.child(verb, "oprd", "attr", "ccomp", "acomp") is not None:
        return  # to name, not to telephone
    if verb.tag == "VB" and verb.dep == "ROOT" and scene.document.child(verb, "aux", "nsubj") is None:
        return  # an imperative
    if verb.tag == "VBN" and any(c.lower == "as" for c in scene.document.children(verb, "mark")):
        return  # as agreed, as opposed to
    if is_a(verb.lemma, "denying") and (denied := denials.denied(scene, verb)) is not None:
        yield denied
        return
    frame = scene.syntax.frame(verb)
    predicate = senses.of_verb(frame, scene.syntax, scene.parties)
    if predicate is not None:
        yield from _plain(scene, frame, predicate)
    elif frame.objects and (found := operators(verb.lemma, frame.particles)):
        for head in frame.objects:
            noun, stage = scene.syntax.core(head), verb
            if "plan" in noun_operators(noun.lemma) and (inner := _planned(scene, noun)) is not None:
                noun, stage, found = inner, noun, frozenset({"plan"})
            sense = senses.of_noun(noun, scene.syntax)
            if sense is not None:
                yield from _staged(scene, frame, noun, sense, found, stage)


def _planned(scene: Scene, plan: Token) -> Token | None:
    """What a plan is for (``plans for a summit``)."""
    for prep in scene.document.children(plan, "prep"):
        inner = scene.document.child(prep, "pobj")
        if prep.lower in ("for", "of") and inner is not None:
            return scene.syntax.core(inner)
    return None


def _plain(scene: Scene, frame: Frame, predicate: Predicate) -> Iterator[EventMention]:
    verb = frame.verb
    if verb.dep == "acl" and frame.passive and not frame.subjects and not _exists(scene, verb):
        dated = any(t.ent == "DATE" for p in scene.document.children(verb, "prep") for t in scene.document.children(p))
        whose = predicate.type == "AGREE" or (predicate.type == "SANCTION" and scene.imposer(verb))
        if not dated or not whose:
            return
    told = reality.of_verb(scene.syntax, verb)
    kind, status, turned = _told(predicate.type, verb, told)
    absorb(scene, frame, kind or predicate.type)
    if kind is None or status is None:
        return
    actors, recipients = scene.roles.of_verb(frame, predicate.slots)
    if kind == "REJECT" and predicate.type in MUTUAL:
        subjects = placed(scene.parties.agents(frame.subjects), "by" if frame.passive else "subject")
        actors, recipients = subjects, merged(recipients, without(actors, subjects))
    if not recipients and (kind in acts.TAKING_UP or any(s.name == "author" for s in predicate.slots)):
        recipients = acts.doer(scene, frame, actors)
    if kind == "REJECT" and not recipients and _takes_up_charge(scene, frame):
        recipients = without(scene.accuser(verb), actors)
    if not recipients and kind == "AGREE" and verb.lemma == "accept" and not frame.objects:
        recipients = acts.inviter(scene, verb, actors)
    if kind == "REJECT" and _takes_up_charge(scene, frame):
        actors = acts.accused(scene, verb, actors) or actors
    if kind == "ACCUSE" and not recipients and any(is_a(scene.syntax.core(t).lemma, "protest") for t in frame.objects):
        recipients = acts.counterpart(scene, verb, actors)
    if kind == "THREATEN" and kind != predicate.type:
        recipients = recipients or without(placed(scene.roles.condition(verb), "condition"), actors)
    if kind == "THREATEN" == predicate.type and frame.complement is not None:
        actors = without(_threatening(scene, frame.complement), recipients) or actors
    if not recipients and kind in ("SANCTION", "CONCEDE"):
        recipients = acts.carried_on(scene, frame, kind, actors) or acts.answered(scene, verb, actors)
        if not recipients and any(is_a(scene.syntax.core(t).lemma, "charge") for t in frame.objects):
            recipients = acts.charged(scene, actors)
        at_odds = any(is_a(scene.syntax.core(t).lemma, name) for t in frame.objects for name in ("envoy", "aid"))
        if not recipients and kind == "SANCTION" and at_odds:
            recipients = acts.counterpart(scene, verb, actors)
    if verb.dep == "pcomp" and not recipients and _under_noun(scene, verb):
        return
    if not recipients and actors and kind in _HOSTILE:
        recipients = acts.other_side(scene, frame, actors)
    if not recipients and kind == "AID":
        recipients = acts.helped_before(scene, verb, actors)
    if not actors and kind in ("SANCTION", "CONCEDE"):
        actors = scene.imposer(verb)
        recipients = without(recipients, actors)
    if kind in ("SANCTION", "CONCEDE") and any(is_a(scene.syntax.core(t).lemma, "rate") for t in frame.objects):
        own = {scene.cast.country_of(p.actor_id) for p in actors}
        recipients = tuple(p for p in recipients if scene.cast.country_of(p.actor_id) not in own)
    if kind == "AGREE" and not actors and frame.passive:
        actors = acts.signatories(scene, frame)
    if predicate.needs_recipient and not recipients:
        return
    withheld = _withheld(scene, frame, kind, verb)
    meant = withheld or sound(scene, frame, kind, (actors, recipients))
    mutual = len(actors) > 1 and _is_mutual(scene, frame)
    known = mutual or enough(meant or "", actors, recipients) or _charged(verb, meant or "", frame, recipients)
    if meant is not None and (known or (status == "occurred" and _by_a_crowd(scene, frame, meant))):
        trigger = verb_trigger(scene.document, scene.syntax, scene.parties, frame)
        why = grounds.of_word("verb", verb, predicate)
        if turned:
            why = grounds.turned(turned, verb, kind, why)
        if meant != kind:
            why = grounds.turned("withheld" if withheld else grounds.SOUND[meant], verb, meant, why)
        real = MADE if turned else told.rule
        yield EventMention(meant, verb, trigger, verb, status, actors, recipients, typed=why, real=real)


def _is_mutual(scene: Scene, frame: Frame) -> bool:
    """Whether each does it to the other (``accused each other``, ``traded accusations``)."""
    after = scene.document.tokens[frame.verb.i + 1 : frame.verb.i + 4]
    if any((t.lower, n.lower) in _EACH_OTHER for t, n in pairwise(after)):
        return True
    return frame.verb.lemma in ("trade", "exchange", "swap") and bool(frame.objects)


def _threatening(scene: Scene, clause: Token) -> tuple[Party, ...]:
    """``warned that Peru would close the border``: whoever would do it threatens, not whoever says so."""
    own = scene.document.child(clause, "nsubj")
    if own is None or own.pos == "PRON" or not verb_senses(clause.lemma):
        return ()
    found = placed(scene.parties.agents(scene.syntax.conjuncts(own)), "threatening")
    return found if all(not scene.cast.is_person(p.actor_id) for p in found) else ()


def _takes_up_charge(scene: Scene, frame: Frame) -> bool:
    """Whether the object is a charge made before (``the accusation``, ``which``)."""
    return any(
        t.lower in ("which", "this", "that", "it") or is_a(scene.syntax.core(t).lemma, "accusation")
        for t in frame.objects
    )


def _withheld(scene: Scene, frame: Frame, kind: str, verb: Token) -> str | None:
    """SANCTION where a verb that eases a measure takes away what others enjoy (``suspended Peru's quota``)."""
    if kind != "CONCEDE" or not is_a(verb.lemma, "withholding"):
        return None
    cores = [scene.syntax.core(t) for t in frame.objects]
    if not any(is_a(t.lemma, "benefit") for t in cores):
        return None
    own = {p.actor_id for p in scene.parties.all_of(frame.subjects)}
    owners = merged(
        *(scene.parties.modifiers(t) for t in cores), *(scene.parties.after(t, ("for", "of")) for t in cores)
    )
    return "SANCTION" if any(p.actor_id not in own for p in owners) else None


def _charged(verb: Token, kind: str, frame: Frame, recipients: tuple[Party, ...]) -> bool:
    """Whether a passive tells what only an authority does (``was indicted``), though it names none."""
    return kind == "ACCUSE" and frame.passive and bool(recipients) and is_a(verb.lemma, "legal")


def _by_a_crowd(scene: Scene, frame: Frame, kind: str) -> bool:
    """Whether people without a name protest, or are taken into custody, so that nobody takes part whom a row names."""
    if frame.verb.tag not in ("VBD", "VBN") or frame.verb.dep in ("acl", "amod"):
        return False
    if kind == "PROTEST":
        return any(_is_crowd(scene, t) for t in frame.subjects)
    taken = [scene.syntax.core(t) for t in frame.objects]
    by_force = frame.passive or any(is_a(scene.syntax.core(t).lemma, "force") for t in frame.subjects)
    people = any(is_people(t) or t.pos in ("NUM", "PRON") for t in taken)
    return kind == "COERCE" and by_force and people and is_a(frame.verb.lemma, "custody")


def _is_crowd(scene: Scene, token: Token) -> bool:
    core = scene.syntax.core(token)
    return is_a(core.lemma, "public") and (token.tag in ("NNS", "CD") or core.tag == "NNS")


def _exists(scene: Scene, verb: Token) -> bool:
    """``there were ten soldiers killed``: a bare participle that is the sentence's own."""
    over = scene.document.head(scene.document.head(verb))
    return over.lemma == "be" and scene.document.child(over, "expl") is not None


def _under_noun(scene: Scene, verb: Token) -> bool:
    """Whether a gerund hangs on a noun (``involvement in killing``), which tells a kind of act oftener than one."""
    return scene.document.head(scene.document.head(verb)).pos in ("NOUN", "PROPN")


def _told(kind: str, verb: Token, told: Reality) -> tuple[str | None, Status | None, str]:
    """Type and status of an event as its clause tells it: a refusal to come is REJECT, a threat made is THREATEN.

    The third is what turned the type into another, empty where nothing did.
    """
    if told.status is not None:
        if told.status == "planned" and is_a(verb.lemma, "answer"):
            return "THREATEN", "occurred", "answer_ahead"
        if told.attempted and kind != "ASSAULT":
            return None, None, ""
        return kind, told.status, ""
    if told.conditional and not told.negated and kind not in COOPERATIVE and told.speaker is not None:
        return "THREATEN", "occurred", "conditional"
    if told.refused and kind in COOPERATIVE:
        return ("SANCTION" if is_a(verb.lemma, "allowing") else "REJECT"), "occurred", "refused"
    if told.negated and is_a(verb.lemma, "approving") and kind in COOPERATIVE:
        return "REJECT", "occurred", "not_approved"
    return None, None, ""


def _staged(
    scene: Scene, frame: Frame, noun: Token, predicate: Predicate, found: frozenset[str], stage: Token
) -> Iterator[EventMention]:
    """An event that an object names (``hold talks``, ``lift the ban``, ``turn down the offer``).

    ``found`` is what ``stage`` does to it: the verb, or a noun between the two (``plans for a summit``).
    """
    told = reality.of_verb(scene.syntax, frame.verb)
    turned = ""
    if noun.lemma == "strike" and predicate.type == "ASSAULT" and not predicate.words and _stops_work(scene, frame):
        predicate = noun_senses("walkout")[0]
    kind, status, done = _operated(predicate.type, found, told.status)
    if kind is None:
        return
    operated = kind
    real = grounds.operated(done, stage) if status in ("denied", "planned") and told.status != status else told.rule
    modified = reality.of_noun(scene.syntax, noun, frame.verb)
    if status == "occurred" and modified.status == "planned":
        status, real = "planned", modified.rule
    if status == "planned" and kind == "SANCTION" and is_a(noun.lemma, "answer"):
        kind, status, turned = "THREATEN", "occurred", "answer_ahead"
    if status is None or (modified.status is None and told.status is not None and status != "denied"):
        if not told.refused or kind not in COOPERATIVE:
            return
        kind, status, turned = "REJECT", "occurred", "refused"
    parties = scene.parties
    actors, recipients = _sides(scene, frame, noun, predicate, kind, inverse="undergo" in found)
    if kind == "PROTEST" and any(is_a(t.lemma, "rebel") for t in frame.subjects):
        actors = placed(merged(*(parties.modifiers(t) for t in frame.subjects)), "subject")  # not Chad: rebels in Chad
    absorb(scene, frame, kind)
    scene.taken.token(noun)
    if predicate.needs_recipient and not recipients:
        return
    if kind == "SANCTION" and "keep" in found and is_a(noun.lemma, "benefit"):
        return  # keeps its quota
    if kind == predicate.type == "AGREE" and "announce" not in found and len(actors) < 2:
        return
    if kind == "COOPERATE" and len(actors) + len(recipients) == 1 and is_a(noun.lemma, "manoeuvre"):
        kind, turned = "MOBILIZE", "manoeuvre_alone"  # nobody else takes part
    if enough(kind, actors, recipients):
        trigger = verb_trigger(scene.document, scene.syntax, scene.parties, frame, noun)
        why = grounds.staged(done, stage, noun, predicate, operated)
        if turned:
            why = grounds.turned(turned, frame.verb, kind, why)
        real = real if turned in ("", "manoeuvre_alone") else MADE
        yield EventMention(
            kind, frame.verb, trigger, frame.verb, status, actors, recipients, noun, typed=why, real=real
        )


def _stops_work(scene: Scene, frame: Frame) -> bool:
    """Whether those who strike are workers or their union, and no army."""
    cores = [scene.syntax.core(t) for t in frame.subjects]
    return any(is_a(t.lemma, "public") or t.lemma in ("union", "federation", "staff", "guild") for t in cores)


def _operated(kind: str, found: frozenset[str], status: Status | None) -> tuple[str | None, Status | None, str]:
    """Type and status of what a verb does to the event of its object, and which of its operators did it."""
    if found & _STAGING or "undergo" in found:
        return kind, status, "undergo" if "undergo" in found else min(found & _STAGING)
    if found & {"reject", "refuse"}:
        return "REJECT", status, min(found & {"reject", "refuse"})
    if "accept" in found:
        return (None if kind == "AID" else "AGREE"), status, "accept"
    if "end" in found:
        return ENDED.get(kind), status, "end"
    if "threaten" in found:
        return "THREATEN", status, "threaten"
    if "demand" in found:
        return "REQUEST", status, "demand"
    if "deny" in found:
        return kind, "denied" if status else None, "deny"
    if "plan" in found:
        return kind, "planned" if status else None, "plan"
    return None, None, ""


def _sides(scene: Scene, frame: Frame, noun: Token, predicate: Predicate, kind: str, *, inverse: bool) -> Sides:
    roles, parties = scene.roles, scene.parties
    actors = placed(parties.agents(frame.subjects), "by" if frame.passive else "subject")
    own_actors, own_recipients = roles.of_noun(noun, predicate)
    if inverse:
        from_or_by = tuple(t for p, t in frame.prepositions if p in ("from", "by"))
        given = own_actors or placed(parties.all_of(from_or_by), "behind:from or by")
        if predicate.type in MUTUAL:
            return merged(actors, given), roles.seek(predicate.slots, frame, actors, noun)
        return given, actors
    if kind in MUTUAL and predicate.type in MUTUAL:
        sides = merged(*(roles.slot(s, frame, noun) for s in predicate.slots if s.role == "actor"))
        directed = merged(*(roles.slot(s, frame, noun) for s in predicate.slots if s.role == "recipient"))
        actors = merged(actors, own_actors, sides)
        return actors, without(directed or own_recipients, actors)
    recipients = roles.seek(predicate.slots, frame, actors, noun)
    if kind == predicate.type == "ACCUSE" and actors:
        own_actors = placed(parties.modifiers(noun), "possessor")
        recipients = recipients or own_recipients or acts.offender(scene, frame.verb, actors)
    if not actors:
        return own_actors, recipients
    inside = without(placed(parties.inside(noun), "inner"), actors) if kind in ("SANCTION", "CONCEDE") else ()
    return actors, recipients or own_recipients or without(own_actors, actors) or inside


def _is_meeting(scene: Scene, clause: Token) -> bool:
    """Whether what somebody agrees to is itself an event to come (``agreed to hold talks in May``)."""
    if clause.pos != "VERB":
        return False
    frame = scene.syntax.frame(clause)
    predicate = senses.of_verb(frame, scene.syntax, scene.parties)
    if predicate is not None:
        return predicate.type == "CONSULT"
    if not operators(clause.lemma, frame.particles) & {"perform", "start", "keep"}:
        return False
    named = (senses.of_noun(scene.syntax.core(t), scene.syntax) for t in frame.objects)
    return any(sense is not None and sense.type == "CONSULT" for sense in named)


def absorb(scene: Scene, frame: Frame, kind: str) -> None:
    """Takes the tokens that belong to this event and tell none of their own."""
    document, verb = scene.document, frame.verb
    for head in frame.objects:
        scene.taken.token(head)
        scene.taken.token(scene.syntax.core(head))
        if kind in _ABSORBING:
            scene.take(head, verb)
    wide = kind in _ABSORBING or is_a(verb.lemma, "allowing") or is_a(verb.lemma, "ordering")
    if wide and frame.complement is not None and not (kind == "AGREE" and _is_meeting(scene, frame.complement)):
        scene.take(frame.complement, verb)
    for prep in document.children(verb, "prep"):
        if prep.lower == "with" and prep.i > verb.i and document.tokens[prep.i - 1].text == ",":
            continue  # with its leader saying …
        if (wide and prep.lower in _TOPIC) or (kind == "CONSULT" and prep.lower in _AGENDA):
            scene.take(prep, verb)
