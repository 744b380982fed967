"""Which sense a verb or a noun has in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import (
    adjective_senses,
    is_a,
    is_currency,
    is_people,
    noun_senses,
    verb_senses,
)

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.lexicon import Predicate
    from broadsheet.extraction.events.parties import Parties
    from broadsheet.extraction.events.syntax import Frame, Syntax


_BEHIND = 8
"""Tokens behind a verb within which its fixed words stand (``took … hostage``)."""

_AHEAD = frozenset({"will", "would", "should", "shall", "must"})
_THINGS = frozenset(
    {"it", "this", "that", "which", "what", "these", "those", "itself", "himself", "herself", "themselves", "myself"}
)


def of_verb(frame: Frame, syntax: Syntax, parties: Parties) -> Predicate | None:
    """The most specific sense whose conditions hold; None where none does or the one that does is no event."""
    for predicate in verb_senses(frame.verb.lemma):
        if _holds(predicate, frame, syntax, parties):
            return predicate if predicate.type else None
    return None


def _holds(predicate: Predicate, frame: Frame, syntax: Syntax, parties: Parties) -> bool:
    if predicate.particle and predicate.particle not in frame.particles:
        return False
    if predicate.subject and not any(_fits(predicate.subject, s, syntax, parties) for s in frame.subjects):
        return False
    if predicate.object and not _object(predicate.object, frame, syntax, parties):
        return False
    if predicate.complement and not _complement(predicate.complement, frame, syntax):
        return False
    if predicate.prepositions:
        return any(
            (name in frame.particles and not wanted)
            or (not wanted and _before_gerund(name, frame, syntax))
            or any(p == name and (not wanted or _fits((wanted,), t, syntax, parties)) for p, t in frame.prepositions)
            or (bool(wanted) and any(_fits((wanted,), t, syntax, parties) for t in _behind_object(name, frame, syntax)))
            for name, wanted in predicate.prepositions
        )
    return True


def _before_gerund(name: str, frame: Frame, syntax: Syntax) -> bool:
    """Whether a preposition of the verb stands before a clause (``booked her for cheating``)."""
    preps = syntax.document.children(frame.verb, "prep")
    return any(p.lower == name and syntax.document.child(p, "pcomp") is not None for p in preps)


def _behind_object(name: str, frame: Frame, syntax: Syntax) -> list[Token]:
    """What stands behind a preposition that the model attaches to the object (``claimed responsibility for``)."""
    document = syntax.document
    found = []
    for noun in frame.objects:
        for prep in document.children(noun, "prep"):
            inner = document.child(prep, "pobj") if prep.lower == name else None
            if inner is not None:
                found.append(inner)
    return found


def _object(wanted: tuple[str, ...], frame: Frame, syntax: Syntax, parties: Parties) -> bool:
    if wanted == ("-",):
        return not frame.objects and frame.complement is None
    if wanted == ("any",):
        return bool(frame.objects)
    return any(_fits(wanted, t, syntax, parties) for t in frame.objects)


def _fits(wanted: tuple[str, ...], token: Token, syntax: Syntax, parties: Parties) -> bool:
    core = syntax.core(token)
    for name in wanted:
        if name == "actor":
            if is_people(core) or core.pos == "PRON" or parties.at(core) is not None or parties.beside(core):
                return True
            if core.pos == "NOUN" and syntax.document.child(core, "det", "poss") is not None and parties.of(core):
                return True  # the central bank, its neighbour
        elif name == "named":
            if core.pos == "PROPN" and parties.at(core) is not None:
                return True
        elif name == "person":
            pronoun = core.pos == "PRON" and core.lower not in _THINGS
            if is_people(core) or pronoun or (parties.at(core) is not None and core.pos == "PROPN"):
                return True
        elif name == "sum":
            if is_money(syntax, token):
                return True
        elif name in ("measure", "tariff") and _is_levy(core, syntax):
            return True
        elif name == "movement":
            party = parties.at(core)
            if party is not None and _is_movement(party.actor_id, parties):
                return True
        elif (
            (name == "aid" and _carries_aid(core, syntax))
            or is_a(core.lower if core.tag == "VBG" else core.lemma, name)
            or any(
                is_a(f"{c.lemma} {core.lemma}", name)
                for c in (
                    *syntax.document.children(core, "compound", "amod"),
                    *syntax.document.tokens[core.i - 1 : core.i],
                )
            )
        ):
            return True
    return False


def _is_levy(token: Token, syntax: Syntax) -> bool:
    """Whether a pronoun goes back to a measure (``slapped them on``), or a rate is that of a duty."""
    document = syntax.document
    if token.lemma == "rate" and syntax.levies:
        return not any(is_a(c.lemma, "interest") for c in document.children(token, "compound", "amod", "poss"))
    if token.lower not in ("it", "them"):
        return False
    plural = token.lower == "them"
    first = document.sentences[max(0, token.sentence - 1)].first
    for other in reversed(document.tokens[first : token.i]):
        if other.pos == "NOUN" and other.dep in ("dobj", "nsubj", "nsubjpass", "pobj", "conj"):
            if is_a(other.lemma, "measure") and (other.tag == "NNS") == plural:
                return True
            if other.dep in ("dobj", "nsubj", "nsubjpass") and (other.tag == "NNS") == plural:
                return False
    return False


def is_money(syntax: Syntax, token: Token) -> bool:
    """Whether a phrase is a sum of money (``$40 million``, ``6 billion yen``)."""
    document = syntax.document
    for word in (token, syntax.core(token)):
        parts = [word, *document.children(word)]
        counted = any(t.pos == "NUM" for t in parts)
        if any(t.tag == "$" or (counted and is_currency(t.lower)) for t in parts):
            return True
    return False


def _carries_aid(vehicle: Token, syntax: Syntax) -> bool:
    """``two planes carrying tents``."""
    for child in syntax.document.children(vehicle, "acl"):
        if child.lemma in ("carry", "load", "fill", "bring"):
            cargo = (*syntax.document.children(child, "dobj"), *(t for _, t in syntax.frame(child).prepositions))
            return any(is_a(syntax.core(t).lemma, "aid") for c in cargo for t in syntax.conjuncts(c))
    return False


def _is_movement(actor_id: str, parties: Parties) -> bool:
    """Whether an actor is a group or a body of citizens, no part of a state."""
    actor = parties.cast.actors[actor_id]
    if actor.kind != "organization":
        return actor.kind == "group"
    return not any(w in _OF_STATE or is_a(w, "force") for w in actor.name.lower().split())


_OF_STATE = frozenset(
    {"ministry", "department", "authority", "court", "council", "office", "bank", "agency", "service"}
)


def _complement(wanted: tuple[str, ...], frame: Frame, syntax: Syntax) -> bool:
    clause = frame.complement
    match wanted[0]:
        case "none":
            return clause is None
        case "any":
            return clause is not None
        case "clause":
            return clause is not None and not frame.objects
        case "to":
            return clause is not None and any(a.lower == "to" for a in syntax.document.children(clause, "aux"))
        case "out":
            return "out" in frame.particles
        case "hostage" | "prisoner" | "grata" | "ablaze":
            after = syntax.document.tokens[frame.verb.i + 1 : frame.verb.i + _BEHIND]
            return any(t.lemma == wanted[0] for t in after)
        case "will":
            return clause is not None and any(a.lower in _AHEAD for a in syntax.document.children(clause, "aux"))
    return clause is not None and clause.lemma in wanted


def of_adjective(frame: Frame, *, negated: bool) -> Predicate | None:
    """The sense of an adjective; a row of complement ``not`` holds for the negated one alone."""
    for predicate in adjective_senses(frame.verb.lower):
        if bool(predicate.complement) != negated:
            continue
        if predicate.prepositions and not any(
            p == name for name, _ in predicate.prepositions for p, _ in frame.prepositions
        ):
            continue
        return predicate
    return None


def of_noun(noun: Token, syntax: Syntax) -> Predicate | None:
    """The sense of a noun, the longest expression first (``hunger strike`` before ``strike``)."""
    tokens = syntax.document.tokens
    for predicate in noun_senses(noun.lemma) or (noun_senses(noun.lower) if noun.tag == "VBG" else ()):
        n = len(predicate.words)
        if n:
            before = tokens[max(0, noun.i - n) : noun.i]
            if tuple(t.lemma for t in before) != predicate.words and tuple(t.lower for t in before) != predicate.words:
                continue
        if predicate.prepositions:
            preps = tuple(syntax.document.children(noun, "prep", "agent"))
            if not any(_leads(prep, name, wanted, syntax) for prep in preps for name, wanted in predicate.prepositions):
                continue
        return predicate if predicate.type else None
    return None


def _leads(prep: Token, name: str, wanted: str, syntax: Syntax) -> bool:
    """Whether a preposition of a noun is the one that a sense wants, before what it wants."""
    inner = syntax.document.child(prep, "pobj")
    fits = not wanted or (inner is not None and is_a(syntax.core(inner).lemma, wanted))
    return fits and (prep.lower == name or prep.lower in name.split("|"))
