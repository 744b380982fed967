"""Whose act a phrase takes up: ``rejected the warning``, ``a move that Lima denounced``, ``accepted the offer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import is_a, noun_senses
from broadsheet.extraction.events.party import Party, merged, moved, placed

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.events.scene import Scene
    from broadsheet.extraction.events.syntax import Frame

TAKING_UP = frozenset({"REJECT", "ACCUSE", "SUPPORT"})
"""Types of which somebody's act can be the object."""

_THE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "such"})
_DEEDS = frozenset(
    {"SANCTION", "CONCEDE", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "AID", "REJECT", "ACCUSE", "THREATEN", "AGREE"}
)
_HARM = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "ACCUSE", "THREATEN", "REJECT", "PROTEST"})
_ALIKE = {"COERCE": ("ASSAULT", "SANCTION"), "ASSAULT": ("COERCE",), "SANCTION": ("COERCE",)}
_RULINGS = frozenset({"ruling", "verdict", "judgment", "judgement", "acquittal", "conviction", "sentence"})
_COURTS = frozenset({"court", "tribunal"})
_OFFERS = frozenset({"REQUEST", "AID", "CONCEDE", "AGREE"})
_OFFERING = frozenset({"offer", "invite", "propose"})
_ANSWERING = frozenset({"respond", "retaliate", "react", "reply", "answer", "counter"})
_REACH = 12
"""Late events among which the act is sought."""

_SENTENCES = 12
_SAID = 3
"""Sentences before in which somebody said what ``that reading`` takes up."""

_TWO = 2
_OTHERS = frozenset({"it", "its", "them", "their", "him", "his", "her"})
_PERSONS = frozenset({"him", "his", "her"})
_WORDS = frozenset({"pledge", "promise", "vow", "commitment", "commit", "undertake", "guarantee"})
_LEVIES = frozenset({"duty", "tariff", "levy", "surtax", "tax", "surcharge"})


def doer(scene: Scene, frame: Frame, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whoever did or said what the object of a verb takes up, the nearest before; an act against the subject first."""
    for head in frame.objects:
        core = scene.syntax.core(head)
        if is_a(core.lemma, "utterance") and not is_a(core.lemma, "deed") and not _types(core):
            det = scene.document.child(core, "det", "poss")
            if is_a(core.lemma, "proposal") and (found := _offering(scene, frame.verb, actors)):
                return found
            if det is not None and det.lower in _THE and (found := scene.accuser(frame.verb, _SAID)):
                return tuple(p for p in found if p.actor_id not in {a.actor_id for a in actors})
            continue
        if core.lemma in _RULINGS and (court := _court(scene, core, actors)):
            return court
        if is_a(core.lemma, "involvement"):
            return moved(_latest(scene, frame.verb, actors, frozenset({"ACCUSE"})), "doer")
        wanted = _wanted(scene, frame, head)
        if wanted and (found := _latest(scene, frame.verb, actors, wanted, scene.syntax.core(head))):
            return moved(found, "doer")
    return ()


def _court(scene: Scene, ruling: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``welcomed the ruling``: the court that the article named last before."""
    det = scene.document.child(ruling, "det", "poss")
    if det is None or det.lower not in _THE:
        return ()
    acting = {p.actor_id for p in actors}
    for mention in reversed(scene.cast.within(0, ruling.i)):
        name = scene.cast.actors[mention.actor_id].name.lower().split()
        rules = scene.document.tokens[mention.last - 1].dep in ("nsubj", "pobj") and mention.actor_id not in acting
        if rules and any(w in _COURTS for w in name) and scene.document.tokens[mention.first - 1].lower != "to":
            return (Party(mention.actor_id, mention.span, mention.form, slot="court"),)
    return ()


def inviter(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whoever made the offer that *accepted* without an object answers: it was made to the subject."""
    return _offering(scene, verb, actors) or moved(
        _latest(scene, verb, actors, frozenset({"REQUEST", "AID"})), "offering"
    )


def _offering(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """Who offers or proposes something in the sentence or the one before."""
    acting = {p.actor_id for p in actors}
    document = scene.document
    first = document.sentences[max(0, verb.sentence - 1)].first
    for other in reversed(document.tokens[first : verb.i]):
        if other.pos == "VERB" and other.lemma in _OFFERING:
            found = scene.parties.all_of(scene.syntax.surface_subjects(other))
            if found := tuple(p for p in found if p.actor_id not in acting):
                return placed(found, "offering")
    return ()


def answered(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``responded by expelling two envoys``: whoever did what the subject answers."""
    over = scene.document.head(scene.document.head(verb))
    if verb.dep != "pcomp" or over.lemma not in _ANSWERING:
        return ()
    return moved(scene.parties.states(_latest(scene, over, actors, _HARM)), "answered")


def accused(scene: Scene, verb: Token, deniers: tuple[Party, ...]) -> tuple[Party, ...]:
    """``accused Nordvik of fraud, which the company denies``: whoever is accused in a sentence denies it there."""
    if any(p.form not in ("description", "pronoun") for p in deniers):
        return ()
    for event in reversed(scene.parties.definite.told[-_REACH:]):
        if event.anchor.sentence != verb.sentence:
            break
        if event.type == "ACCUSE" and event.anchor.i < verb.i:
            return moved(event.recipients, "accused")
    return ()


def charged(scene: Scene, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``dropped the case``: whom the subject accused before."""
    acting = {p.actor_id for p in actors}
    for event in reversed(scene.parties.definite.told[-_REACH:]):
        if event.type == "ACCUSE" and not acting.isdisjoint(p.actor_id for p in event.actors):
            return moved(event.recipients, "charged")
    return ()


def offender(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whoever did what ``filed a complaint`` is about: an act against the complainant, else one of the sentence."""
    found = _latest(scene, verb, actors, _HARM)
    if found:
        return moved(found, "offender")
    acting = {p.actor_id for p in actors}
    for event in reversed(scene.parties.definite.told[-_REACH:]):
        foreign = all(scene.cast.kind_of(p.actor_id) == "country" for p in event.actors)
        near = event.anchor.sentence == verb.sentence or (event.type == "SANCTION" and foreign)
        if near and event.actors and event.type in _HARM and acting.isdisjoint(_ids(event)):
            return moved(event.actors, "offender")
    return ()


def counterpart(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """With whom the subject is at odds: the other side of the latest event between it and somebody."""
    acting = {p.actor_id for p in actors}
    for event in reversed(scene.parties.definite.told[-_REACH:]):
        if event.anchor.sentence < verb.sentence - _SENTENCES:
            break
        if acting.isdisjoint(_ids(event)) or event.anchor.i >= verb.i:
            continue
        doing = not acting.isdisjoint(p.actor_id for p in event.actors)
        others = event.recipients or event.actors if doing else event.actors
        found = scene.parties.states(tuple(p for p in others if p.actor_id not in acting))
        if found := tuple(p for p in found if p.actor_id not in acting):
            return moved(found, "counterpart")
    return ()


def other_side(scene: Scene, frame: Frame, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``blamed Peru and shelled its camps``, ``which had accused it``: whom *it* and *its* mean, if not the subject.

    The subject of the clause over a relative clause first, else whom the sentence names last before.
    """
    document, cast = scene.document, scene.cast
    acting = {p.actor_id for p in actors}
    for head in frame.objects:
        core = scene.syntax.core(head)
        pronoun = core if core.pos == "PRON" else document.child(core, "poss")
        if pronoun is None or pronoun.lower not in _OTHERS:
            continue
        person = pronoun.lower in _PERSONS

        def fits(actor_id: str, person: bool = person) -> bool:
            return actor_id not in acting and cast.is_person(actor_id) == person

        if frame.verb.dep == "relcl":
            over = next((a for a in document.ancestors(frame.verb) if a.pos in ("VERB", "AUX")), None)
            subjects = scene.parties.all_of(scene.syntax.surface_subjects(over)) if over is not None else ()
            if found := tuple(p for p in subjects if fits(p.actor_id)):
                return placed(found, "other_side")
        for event in reversed(scene.parties.definite.told[-2:]):
            same = event.anchor.sentence == frame.verb.sentence and {p.actor_id for p in event.actors} == acting
            if same and (found := tuple(p for p in event.recipients if fits(p.actor_id))):
                return moved(found, "other_side")
        for mention in reversed(cast.within(document.sentence_of(pronoun).first, pronoun.i)):
            if fits(mention.actor_id):
                return (Party(mention.actor_id, pronoun.span, "pronoun", "pronoun_of_another", "other_side"),)
    return ()


def helped_before(scene: Scene, verb: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``will lend Nordvik $3 million, and Lima is adding a million``: whom the clause before helps."""
    if verb.dep != "conj":
        return ()
    for event in reversed(scene.parties.definite.told[-2:]):
        if event.type == "AID" and event.anchor.sentence == verb.sentence:
            helped = tuple(p for p in event.recipients if p.actor_id not in {a.actor_id for a in actors})
            return moved(helped, "helped_before")
    return ()


def signatories(scene: Scene, frame: Frame) -> tuple[Party, ...]:
    """Who made an agreement that a passive does not say of whom it is (``the truce was signed``, ``a deal struck``)."""
    document = scene.document
    nouns = [scene.syntax.core(t) for t in frame.objects]
    for noun in nouns:
        if noun.dep == "pobj" and document.head(noun).lower == "under":
            over = document.head(document.head(noun))
            verbs = [over, *document.children(over, "advcl", "conj")] if over.pos == "VERB" else []
            found = merged(*(scene.parties.all_of(scene.syntax.surface_subjects(v)) for v in verbs))
            if len(found) >= _TWO and all(not scene.cast.is_person(p.actor_id) for p in found):
                return placed(found[:_TWO], "signatories")
        det = document.child(noun, "det")
        if det is None or det.lower not in _THE:
            continue
        for other in scene.named_before(noun):
            found = scene.parties.after(other, ("between",)) or scene.parties.modifiers(other)
            if len(found) >= _TWO:
                return placed(found, "signatories")
        for event in reversed(scene.parties.definite.told[-_REACH:]):
            if event.type in ("AGREE", "RETREAT") and len(_ids(event)) == _TWO:
                return moved(merged(event.actors, event.recipients), "signatories")
    return ()


def _ids(event: EventMention) -> set[str]:
    return {p.actor_id for p in (*event.actors, *event.recipients)}


def carried_on(scene: Scene, frame: Frame, kind: str, actors: tuple[Party, ...]) -> tuple[Party, ...]:
    """``scrapped its tariff on Peru's fish and lifted a ban``: the target of the verb before in one predicate."""
    verb = frame.verb
    if verb.dep != "conj" or scene.document.child(verb, "nsubj", "nsubjpass") is not None:
        return ()
    acting = {p.actor_id for p in actors}
    for event in reversed(scene.parties.definite.told[-2:]):
        same = {p.actor_id for p in event.actors} == acting
        if event.anchor.sentence == verb.sentence and event.type == kind and same:
            return moved(event.recipients, "carried_on")
    return ()


def _wanted(scene: Scene, frame: Frame, head: Token) -> frozenset[str]:
    """The types of event that the object can take up."""
    document = scene.document
    core = scene.syntax.core(head)
    det = document.child(core, "det", "poss") or document.child(head, "det", "poss")
    relative = frame.verb.dep == "relcl" and document.head(frame.verb).i in (core.i, head.i)
    if (det is None or det.lower not in _THE) and not relative:
        return frozenset()
    kinds = _types(core)
    if is_a(core.lemma, "accusation"):
        return frozenset({"ACCUSE"})
    if is_a(core.lemma, "deed"):
        return _DEEDS | kinds
    if is_a(core.lemma, "proposal") and not kinds - {"AGREE", "THREATEN"}:
        return _OFFERS | kinds
    return frozenset(kinds.union(*(_ALIKE.get(k, ()) for k in kinds)))


def _types(noun: Token) -> set[str]:
    return {p.type for p in noun_senses(noun.lemma) if p.type and not p.words}


def _latest(
    scene: Scene, verb: Token, actors: tuple[Party, ...], wanted: frozenset[str], noun: Token | None = None
) -> tuple[Party, ...]:
    """The actors of the latest event of a wanted type that is aimed at the subject, else of one that the noun names."""
    acting = {p.actor_id for p in actors}
    near: tuple[Party, ...] = ()
    for event in reversed(scene.parties.definite.told[-_REACH:]):
        if event.anchor.sentence < verb.sentence - _SENTENCES:
            break
        doers = tuple(p for p in event.actors if p.actor_id not in acting)
        if not doers or len(doers) < len(event.actors):
            continue
        if event.type == "AGREE" and len(_ids(event)) < _TWO:
            continue
        of_noun = noun is None or _is_named(scene, event, noun)
        harm = "ACCUSE" in wanted and event.type in _HARM
        if _is_aimed(scene, event, acting) and ((event.type in wanted and of_noun) or harm):
            return doers
        if not near and event.type in wanted and noun is not None and of_noun:
            near = doers
    return near


def _is_named(scene: Scene, event: EventMention, noun: Token) -> bool:
    """Whether a noun can name an event: a measure only where its trigger is a measure of the kind, too."""
    if noun.lemma in _WORDS:
        return any(t.lemma in _WORDS for t in (event.anchor, event.noun) if t is not None)
    if not is_a(noun.lemma, "measure") or noun.lemma in ("measure", "sanction"):
        return True
    first, last = scene.document.range_of(event.trigger)
    lemmas = {t.lemma for t in scene.document.tokens[first:last]}
    return noun.lemma in lemmas or (noun.lemma in _LEVIES and not _LEVIES.isdisjoint(lemmas))


def _is_aimed(scene: Scene, event: EventMention, acting: set[str]) -> bool:
    """Whether an event is done to one of those who now act, or to the state of one of them."""
    cast = scene.cast
    codes = {cast.country_of(a) for a in acting} - {None}
    return any(
        p.actor_id in acting or (cast.kind_of(p.actor_id) == "country" and cast.country_of(p.actor_id) in codes)
        for p in event.recipients
    )
