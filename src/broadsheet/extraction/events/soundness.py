"""Whether a verb that can name an event does so here, seen from who acts on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import senses
from broadsheet.extraction.events.lexicon import COOPERATIVE, is_a, is_people, noun_senses, verb_senses
from broadsheet.extraction.events.naming import can_act

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.roles import Sides
    from broadsheet.extraction.events.scene import Scene
    from broadsheet.extraction.events.syntax import Frame

_OPINION = frozenset({"SUPPORT", "REJECT", "AGREE", "ACCUSE"})
_HURT = ("place", "vessel", "force", "home", "village", "aircraft", "projectile", "property", "base")


def sound(scene: Scene, frame: Frame, kind: str, sides: Sides) -> str | None:
    """The type of the event; None where the verb is used of things, of what everybody thinks, or of restraint."""
    actors, recipients = sides
    cores = [scene.syntax.core(t) for t in frame.subjects]
    if kind in _OPINION and any(is_a(t.lemma, "populace") for t in cores):
        return None
    if kind == "REJECT":
        persons = bool(actors) and not recipients and all(scene.cast.is_person(p.actor_id) for p in actors)
        said = any(is_a(scene.syntax.core(t).lemma, "utterance") for t in frame.objects)
        public = any(_is_offer(scene.syntax.core(t)) for t in frame.objects)
        private = persons and not said and not public and not _public(scene, frame)
        restrained = frame.complement is not None and _hostile(frame.complement)
        return None if private or restrained else kind
    if kind == "COERCE":
        ordered = frame.verb.lemma in ("order", "fine") and bool(recipients)
        unnamed = not actors and not ordered and not is_a(frame.verb.lemma, "custody")
        return None if unnamed or _harmless(cores, sides) else kind
    return _assault(scene, frame, cores, sides) if kind == "ASSAULT" else kind


def _assault(scene: Scene, frame: Frame, cores: list[Token], sides: Sides) -> str | None:
    """Attack is told of those who can hurt and be hurt; of persons *attack* is a word for blame."""
    actors, recipients = sides
    objects = [scene.syntax.core(t) for t in frame.objects]
    if frame.verb.lemma == "shoot" and any(t.lower.endswith(("self", "selves")) for t in objects):
        return None
    if _harmless(cores, sides):
        return None
    if is_a(frame.verb.lemma, "launching") and not recipients:
        return "MOBILIZE" if any(t.lemma in ("missile", "rocket") for t in objects) else None
    if any(t.lemma in ("responsibility", "credit") for t in objects):
        return "ASSAULT" if actors else None
    if objects and not recipients and not any(_can_be_hurt(t) for t in objects):
        return None
    if is_a(frame.verb.lemma, "verbal attack"):
        if frame.subjects and not actors:
            return "ASSAULT" if any(is_a(t.lemma, "cause") or is_a(t.lemma, "force") for t in cores) else None
        if actors and all(scene.cast.is_person(p.actor_id) for p in actors):
            if not recipients:
                return None
            state = any(scene.cast.kind_of(p.actor_id) == "country" for p in recipients)
            return "ASSAULT" if state else "ACCUSE"
    return "ASSAULT"


def _harmless(cores: list[Token], sides: Sides) -> bool:
    """Whether the subject is a thing that neither acts nor is a weapon (``a storm hit``)."""
    return bool(cores) and not sides[0] and not any(can_act(t) or is_a(t.lemma, "cause") for t in cores)


def _can_be_hurt(token: Token) -> bool:
    return token.pos in ("PROPN", "PRON", "NUM") or is_people(token) or any(is_a(token.lemma, c) for c in _HURT)


def _public(scene: Scene, frame: Frame) -> bool:
    """Whether what somebody refuses to do would itself be an event (``refused to resign``)."""
    clause = frame.complement
    if clause is None or clause.pos != "VERB":
        return False
    sense = senses.of_verb(scene.syntax.frame(clause), scene.syntax, scene.parties)
    return sense is not None and sense.type in COOPERATIVE


def _is_offer(noun: Token) -> bool:
    """Whether to refuse what a noun names is of public moment (``ruled out a ceasefire``, ``talks``)."""
    return is_a(noun.lemma, "proposal") or any(p.type in COOPERATIVE for p in noun_senses(noun.lemma))


def _hostile(verb: Token) -> bool:
    """Whether to decline what a verb tells is no refusal but restraint (``declined to threaten``)."""
    kinds = {p.type for p in verb_senses(verb.lemma) if p.type}
    return bool(kinds) and kinds.isdisjoint(COOPERATIVE) and "REJECT" not in kinds
