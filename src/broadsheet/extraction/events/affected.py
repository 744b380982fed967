"""Whether an event is done to a state that only a place name tells: attacked, visited, put under curfew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import is_a, is_event_verb, is_people, is_quantity, noun_senses, verb_senses

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

_DONE_TO = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "CONCEDE"})
_PLACING = frozenset({"in", "at", "near", "outside", "inside", "into", "to", "across", "from"})
_WITHIN = frozenset({"in", "at", "inside", "into", "to"})
_UPON = frozenset({"on", "against", "of", "upon"})
_ARGUMENTS = frozenset({"dobj", "nsubjpass", "nsubj"})
_STAY = frozenset({"currently", "now", "today", "already", "still", "until", "till", "through"})
_LOOSE = frozenset({"any", "-", "actor"})
_DEPTH = 4


def affected(document: Document, token: Token, *, people: bool = False) -> bool:
    """Whether the state that the phrase headed by ``token`` names is one to which an event of the sentence is done.

    A place that only locates something is no actor; one that is bombed, visited, put under curfew or sent troops is.

    Args:
        document: The analysed article.
        token: Head of the name of a state, of its capital or of its people.
        people: Whether it names the people (``three Chadians``), to whom things are done by more prepositions.
    """
    within = _WITHIN | _UPON if people else _WITHIN
    placing = _PLACING | _UPON if people else _PLACING
    for _ in range(_DEPTH):
        while token.dep == "conj" and token.head != token.i:
            token = document.head(token)
        head = document.head(token)
        if token.dep == "dobj":
            return _is_done_by(document, head, "obj")
        if people and token.dep == "nsubjpass":
            return _is_done_by(document, head, "obj")
        if token.dep != "pobj" or head.lower not in placing | {"of"}:
            return False
        over = document.head(head)
        if is_quantity(over.lemma) and head.lower == "of":
            token = over
            continue
        if over.lower in ("due", "expected") and over.dep == "acomp":
            return head.lower == "in"
        if over.lemma == "be":
            return head.lower == "in" and is_stay(document, over, token)
        if over.pos in ("VERB", "AUX"):
            return head.lower in placing and _is_done_by(document, over, head.lower)
        if over.pos not in ("NOUN", "PROPN"):
            return False
        if _has_owner(document, over):
            return False
        if head.lower in within:
            counted = _counted(document, over)
            verb = document.head(counted)
            if any(p.type in _DONE_TO for p in noun_senses(over.lemma)) or is_a(over.lemma, "motion"):
                return True
            if counted.dep in _ARGUMENTS and verb.pos == "VERB":
                if counted.dep != "nsubj" and (_is_done_by(document, verb, head.lower) or is_a(over.lemma, "mission")):
                    return True
                return is_people(over) and is_event_verb(verb.lemma)
        if head.lower not in ("in", "of", "at") or not is_a(over.lemma, "place"):
            return False
        token = over
    return False


def is_stay(document: Document, copula: Token, place: Token) -> bool:
    """Whether a word beside *is in* a place says that it is a stay and no home (*now*, *until*, *on a visit*)."""
    for child in (*document.children(copula), *document.children(place)):
        if child.lower in _STAY:
            return True
        inner = document.child(child, "pobj") if child.lower in ("on", "for") else None
        if inner is not None and (is_a(inner.lemma, "motion") or is_a(inner.lemma, "meeting")):
            return True
    return False


def _counted(document: Document, noun: Token) -> Token:
    """``hundreds`` of ``hundreds of people``: the word that stands in the clause."""
    of = document.head(noun)
    counter = document.head(of)
    return counter if noun.dep == "pobj" and of.lower == "of" and is_quantity(counter.lemma) else noun


def _has_owner(document: Document, noun: Token) -> bool:
    """Whether what lies in the place is named as somebody else's (``the Chilean embassy in``)."""
    return any(c.pos == "PROPN" or c.ent == "NORP" for c in document.children(noun, "amod", "compound", "poss", "nmod"))


def _is_done_by(document: Document, verb: Token, where: str) -> bool:
    """Whether the verb does something to what stands in the slot ``where``: a preposition or ``obj``."""
    if is_a(verb.lemma, "motion"):
        return True
    things = [c.lemma for c in document.children(verb, "dobj", "nsubjpass")]
    for sense in verb_senses(verb.lemma):
        if sense.type not in _DONE_TO or not any(s.name == where and s.role == "recipient" for s in sense.slots):
            continue
        loose = not sense.object or sense.object[0] in _LOOSE
        if loose or any(is_a(thing, wanted) for thing in things for wanted in sense.object):
            return True
    return False
