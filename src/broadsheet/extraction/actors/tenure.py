"""Whether a person holds an office, held it or will hold it, by the words at the title and in the clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.people import office_qualifiers

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.titles import Title

_CHOOSING = frozenset({"nominate", "tap", "pick", "select", "choose"})
"""Verbs that make someone a nominee."""
_LEAVING = frozenset(
    {"resign", "retire", "quit", "leave", "oust", "fire", "dismiss", "sack", "depose", "step", "replace"}
)
_STINTS = frozenset({"serve", "work"})
_HOLDING = _STINTS | {"be", "remain", "act"}
"""Verbs whose past tense says that an office is held no more."""
_AWAITED = frozenset({"nominee", "designate"})


def tenure_at(document: Document, title: Title, cue: str | None = None, verb: Token | None = None) -> tuple[str, Rule]:
    """Tenure by the words at the title, and the rule.

    Args:
        document: The document.
        title: The title.
        cue: What the clause says, which the title's own words overrule.
        verb: The verb that says so.
    """
    if title.qualifier is not None:
        tenure = office_qualifiers()[title.qualifier]
        return tenure, rule("actor_roles.tenure.qualified", file="office_qualifiers", entry=title.qualifier)
    awaited = next((t for t in document.tokens[title.head : title.last + 2] if t.lower in _AWAITED), None)
    if awaited is not None:
        return "nominated", rule("actor_roles.tenure.awaited", word=awaited.span)
    if cue is not None and verb is not None:
        return cue, rule(f"actor_roles.tenure.{cue}", verb=verb.span)
    return "current", Rule("actor_roles.tenure.current")


def tenure_of_clause(document: Document, title: Title, verb: Token) -> tuple[str, Rule]:
    """Tenure by the verb of the clause that says an office of someone; and the rule."""
    past = verb.tag == "VBD" or any(t.lower == "had" for t in document.children(verb, "aux", "auxpass"))
    past = past or (verb.tag == "VBN" and verb.lemma in _STINTS)
    former = verb.lemma in _LEAVING or (past and verb.lemma in _HOLDING)
    return tenure_at(document, title, "nominated" if verb.lemma in _CHOOSING else "former" if former else None, verb)
