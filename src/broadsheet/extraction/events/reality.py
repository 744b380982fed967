"""Whether an event happened, and of which type it is, where the grammar of its clause makes that certain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.events.frames import framed
from broadsheet.extraction.events.participants import MUTUAL, is_union
from broadsheet.reference.trade import measures_named, trade_actions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.event_mention import EventMention

_UNREAL = frozenset({"would", "could", "might", "'d", "’d"})
_ENDS = frozenset({"remove", "suspend"})
_BARRIERS = frozenset({"anti_dumping", "ban", "countervailing", "duty", "safeguard", "surtax", "tariff"})
_INSIDE = ("dobj", "nsubjpass", "nsubj")


def happened(document: Document, anchor: Token) -> bool:
    """Whether the clause of an event does not say that it failed to happen: *would have signed*, *nearly signed*."""
    auxiliaries = list(document.children(anchor, "aux"))
    words = {a.lower for a in auxiliaries}
    if "have" in words and (words & _UNREAL or ("to" in words and document.head(anchor).lemma == "be")):
        return False
    subject = document.child(anchor, "nsubj")
    if anchor.dep == "advcl" and subject is not None and any(a.lower == "had" and a.i < subject.i for a in auxiliaries):
        return False  # Had Peru signed
    if any(framed(word, "fails") for word in document.children(anchor, "advmod")):
        return False
    head = document.head(anchor)
    if anchor.dep == "xcomp":
        return not framed(head, "weighs")
    return not (anchor.dep == "pcomp" and framed(document.head(head), "fails"))


def retyped(document: Document, cast: EntityIndex, mention: EventMention) -> EventMention:
    """The mention with its type.

    Who leaves a body or a treaty, withdraws an envoy, fines a company or ends an exemption imposes a sanction; who ends
    a tariff concedes; who calls a claim false rejects it.
    """
    anchor, kind = mention.anchor, mention.type
    fined = kind == "COERCE" and any(framed(word, "fines") for word in (anchor, *document.children(anchor, "dobj")))
    if fined or (kind == "RETREAT" and _leaves(document, cast, mention)):
        kind = "SANCTION"
    elif kind in ("SANCTION", "CONCEDE"):
        kind = _of_end(document, anchor) or kind
    elif kind == "ACCUSE" and framed(anchor, "calls"):
        said_of = [*document.children(anchor, "dobj")] or document.children(anchor, "oprd")
        kind = "REJECT" if any(framed(word, "claims") for word in said_of) else kind
    return mention if kind == mention.type else replace(mention, type=kind, scored=mention.type)


def _of_end(document: Document, anchor: Token) -> str:
    """The type of an end put to a tariff or ban (*halted duties*) or to an exemption (*revoked a waiver*), if any."""
    verb = document.head(anchor) if anchor.dep in ("dobj", "nsubjpass") else anchor
    if not trade_actions(verb.lemma) & _ENDS:
        return ""
    for thing in document.children(verb, "dobj", "nsubjpass"):
        if trade_actions(thing.lemma) & _ENDS:
            return "SANCTION"
        if measures_named(thing.text) & _BARRIERS:
            return "CONCEDE"
    return ""


def is_refusal(document: Document, mention: EventMention) -> bool:
    """Whether an event is a refusal, which has occurred once it is said: *will not take part*."""
    refuses = framed(mention.anchor, "refuses") or document.child(mention.anchor, "neg") is not None
    return mention.type == "REJECT" and refuses


def _leaves(document: Document, cast: EntityIndex, mention: EventMention) -> bool:
    """Whether what is left or withdrawn is a treaty, a body of no state or an envoy."""
    anchor = mention.anchor
    left = list(document.children(anchor, "dobj", "nsubjpass"))
    if any(framed(thing, "envoys") for thing in left):
        return True
    preps = [p for p in document.children(anchor, "prep") if p.lower in ("from", "of")]
    preps += [inner for p in document.children(anchor, "prep") for inner in document.children(p, "prep")]
    things = left or [thing for prep in preps for thing in document.children(prep, "pobj")]
    left_bodies = {p.actor_id for p in mention.recipients if is_union(cast, p.actor_id)}
    for thing in things:
        named = cast.at(thing.i)
        if framed(thing, "treaties") if named is None else named.actor_id in left_bodies:
            return True
    return False


def without_doubles(document: Document, mentions: Iterable[EventMention]) -> list[EventMention]:
    """The mentions without those that tell no event of their own.

    A meeting called off is REJECT alone; who holds an exercise does not confer as well; who denies an act, which is a
    row, rejects nothing else; praise and thanks are none.
    """
    given = [m for m in mentions if happened(document, m.anchor)]
    by_anchor = {m.anchor.i: m for m in given}
    kept: list[EventMention] = []
    for mention in given:
        anchor, head = mention.anchor, document.head(mention.anchor)
        governing = by_anchor.get(head.i) if anchor.dep in _INSIDE and head != anchor else None
        if mention.type == "CONSULT" and anchor.dep in _INSIDE and _is_cancelled(document, head):
            if governing is None or governing.type != "REJECT":
                kept.append(replace(mention, type="REJECT", status="occurred", scored=mention.type))
        elif not _is_told_elsewhere(document, mention, by_anchor):
            kept.append(mention)
    return kept


def _is_cancelled(document: Document, verb: Token) -> bool:
    off = any(p.lower == "off" for p in document.children(verb, "prt"))
    asked = any(a.lower == "to" for a in document.children(verb, "aux"))
    return framed(verb, "cancels") and (verb.lemma != "call" or off) and not asked


def _is_told_elsewhere(document: Document, mention: EventMention, by_anchor: dict[int, EventMention]) -> bool:
    anchor = mention.anchor
    if mention.type == "SUPPORT":
        return framed(anchor, "greets")
    inner = [by_anchor[c.i] for c in document.children(anchor) if c.i in by_anchor]
    if mention.type in MUTUAL and framed(anchor, "holds"):
        return any(m.type in MUTUAL and m.type != mention.type and m.anchor.dep == "dobj" for m in inner)
    if mention.type == "REJECT" and framed(anchor, "denies"):
        return any(m.status == "denied" and m.anchor.dep in ("ccomp", "xcomp") for m in inner)
    return False
