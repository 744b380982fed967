"""Whether a person holds an office, held it or will hold it, by the words at the title and in the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors.titles import head_place
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.people import office_qualifiers

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.reference.people import Leader

CHOOSING = frozenset({"nominate", "tap", "pick", "select", "choose"})
"""Verbs that make someone a nominee."""
_AWAITED = frozenset({"nominee", "designate"})


def tenure_at(document: Document, title: Title, cue: str | None = None, verb: Token | None = None) -> tuple[str, Rule]:
    """Tenure by the words at the title, and the rule.

    Args:
        document: The document.
        title: The title.
        cue: What the clause says, which the title's own words overrule.
        verb: The verb that says so.
    """
    tokens = document.tokens
    words = " ".join(t.lower for t in tokens[title.head : title.last])
    behind = tokens[title.last : title.last + 3]
    if title.qualifier is not None:
        tenure = office_qualifiers()[title.qualifier]
        return tenure, rule("actor_roles.tenure.qualified", file="office_qualifiers", entry=title.qualifier)
    inside = words.startswith("nominee") or words.endswith("designate")
    if inside or any(t.lower in _AWAITED for t in behind[:2]):
        near = (*tokens[title.head : title.last], *behind[:2])
        awaited = next((t for t in near if t.lower in _AWAITED), tokens[title.last - 1])
        return "nominated", rule("actor_roles.tenure.awaited", word=awaited.span)
    if cue is not None and verb is not None:
        return cue, rule(f"actor_roles.tenure.{cue}", verb=verb.span)
    return cue or "current", Rule("actor_roles.tenure.current")


def tenure_of_clause(document: Document, title: Title, verb: Token) -> tuple[str, Rule]:
    """Tenure by the verb of the clause that says an office of someone; and the rule."""
    auxiliaries = {t.lower for t in document.children(verb, "aux", "auxpass")}
    past = verb.tag == "VBD" or "had" in auxiliaries
    if verb.lemma == "become":
        past = False
    head = document.tokens[head_place(document.tokens, title)]
    if verb.lemma in CHOOSING:
        return "nominated", rule("actor_roles.tenure.nominated", verb=verb.span)
    nominee = next((t for t in document.subtree(head) if t.lower == "nominee"), None)
    if nominee is not None:
        return "nominated", rule("actor_roles.tenure.awaited", word=nominee.span)
    if verb.lemma in ("appoint", "name", "elect", "make"):
        past = False
    return tenure_at(document, title, "former" if past else None, verb)


def is_over(title: Title, leader: Leader | None, published_on: date | None) -> bool:
    """Whether someone led a state until a year before that of publication: *President Nixon*, years later."""
    leads = title.office.sphere == "state" and title.office.unique
    ended = leader.last_year if leader is not None and leads else None
    return ended is not None and published_on is not None and published_on.year > ended
