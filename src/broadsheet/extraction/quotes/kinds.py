"""Direct quotes and partial ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.scene import FREE, MARKS

if TYPE_CHECKING:
    from broadsheet.extraction.quotes.scene import Quoted, Scene
    from broadsheet.extraction.quotes.utterance import Utterance

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BOUNDARY = frozenset({":", ",", ".", "!", "?", "—", "–", "-", "--", ";", ")"})


def kind_of(scene: Scene, utterance: Utterance) -> tuple[str, Rule]:
    """``direct`` where the quote begins with a whole clause that the reporter's words do not continue; and why.

    What stands as a sentence of its own, from a capital to a closing mark, is direct also without a verb (*Never!*).
    """
    quote = utterance.quote
    if quote.layout != MARKS:
        return "direct", Rule(f"quotes.kind.{quote.layout}")
    if utterance.goes_on is not None and _stands_alone(scene, quote):
        return "direct", Rule("quotes.kind.goes_on")
    if _continued(scene, quote):
        return "partial", rule("quotes.kind.continued", behind=scene.document.tokens[quote.last].span)
    clause = _clause(scene, quote)
    if clause is not None:
        return "direct", clause
    if _stands_alone(scene, quote):
        return "direct", Rule("quotes.kind.sentence")
    return "partial", Rule("quotes.kind.fragment")


def _stands_alone(scene: Scene, quote: Quoted) -> bool:
    """Whether the quote is set off from the reporter's sentence before it and begins with a capital."""
    tokens = scene.document.tokens
    low, _ = scene.bounds[quote.paragraph]
    first = next((c for c in quote.stretch.span.of(scene.document.text)[:4] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()):
        return False
    before = tokens[quote.first - 1] if quote.first > low else None
    apart = before is None or before.text in _BOUNDARY or scene.quote_of[before.i] != FREE
    return apart and scene.document.text[quote.stretch.span.end - 1] in ".,!?…—-;:"


def _clause(scene: Scene, quote: Quoted) -> Rule | None:
    """What tells that the first clause of the quote has its subject and its finite verb in the quote."""
    document = scene.document
    for i in range(quote.inner_first, min(quote.inner_last, quote.inner_first + 40)):
        token = document.tokens[i]
        if token.dep in _SUBJECTS:
            verb = document.head(token)
            if quote.first <= verb.i < quote.last and (
                verb.tag in _FINITE or any(c.tag in _FINITE for c in document.children(verb, "aux", "auxpass"))
            ):
                if not _opens_with(scene, quote, token.i, verb.i):
                    return None
                return rule("quotes.kind.clause", subject=token.span, verb=verb.span)
        if token.tag in _FINITE and i - quote.inner_first < 3 and token.dep not in {"relcl", "acl"}:
            return None
    first = document.tokens[quote.inner_first]
    imperative = first.tag == "VB" and first.text[:1].isupper()
    return rule("quotes.kind.imperative", verb=first.span) if imperative else None


def _opens_with(scene: Scene, quote: Quoted, subject: int, verb: int) -> bool:
    """Whether nothing that needs the reporter's words stands before the subject."""
    document = scene.document
    governor = document.tokens[verb]
    if governor.dep in {"relcl", "acl"}:
        return False
    left, _ = document.edges(document.tokens[subject])
    lead = max(left, quote.inner_first) - quote.inner_first
    return lead <= 25


def _continued(scene: Scene, quote: Quoted) -> bool:
    """Whether the reporter's sentence goes on behind the quote with words that are no attribution."""
    tokens = scene.document.tokens
    _, high = scene.bounds[quote.paragraph]
    if quote.last >= high:
        return False
    behind = tokens[quote.last]
    final = scene.document.text[quote.stretch.span.end - 1]
    if final in ".,!?…—-":
        return False
    return behind.pos not in {"PUNCT"} and scene.quote_of[behind.i] == FREE
