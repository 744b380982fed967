"""Direct quotes and partial ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.quoted_document import FREE, MARKS

if TYPE_CHECKING:
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument
    from broadsheet.extraction.quotes.utterance import Utterance

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BOUNDARY = frozenset({":", ",", ".", "!", "?", "—", "–", "-", "--", ";", ")"})


def kind_of(quoted: QuotedDocument, utterance: Utterance) -> tuple[str, Rule]:
    """``direct`` if the quote begins with a whole clause that the reporter's words do not continue; and the rule.

    A separate sentence, from a capital to a closing mark, is direct even without a verb (*Never!*).
    """
    quote = utterance.quote
    if quote.layout != MARKS:
        return "direct", Rule(f"quotes.kind.{quote.layout}")
    if utterance.continues is not None and _is_separate(quoted, quote):
        return "direct", Rule("quotes.kind.goes_on")
    if _runs_into_text(quoted, quote):
        return "partial", rule("quotes.kind.continued", after=quoted.document.tokens[quote.last].span)
    clause = _clause(quoted, quote)
    if clause is not None:
        return "direct", clause
    if _is_separate(quoted, quote):
        return "direct", Rule("quotes.kind.sentence")
    return "partial", Rule("quotes.kind.fragment")


def _is_separate(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the quote is separate from the reporter's sentence before it and begins with a capital."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    first = next((c for c in quote.stretch.span.of(quoted.document.text)[:4] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()):
        return False
    before = tokens[quote.first - 1] if quote.first > low else None
    apart = before is None or before.text in _BOUNDARY or quoted.quote_of[before.i] != FREE
    return apart and quoted.document.text[quote.stretch.span.end - 1] in ".,!?…—-;:"


def _clause(quoted: QuotedDocument, quote: Quotation) -> Rule | None:
    """The rule by which the first clause has its subject and its finite verb inside the quote."""
    document = quoted.document
    for i in range(quote.inner_first, min(quote.inner_last, quote.inner_first + 40)):
        token = document.tokens[i]
        if token.dep in _SUBJECTS:
            verb = document.head(token)
            if quote.first <= verb.i < quote.last and (
                verb.tag in _FINITE or any(c.tag in _FINITE for c in document.children(verb, "aux", "auxpass"))
            ):
                if not _opens_with(quoted, quote, token.i, verb.i):
                    return None
                return rule("quotes.kind.clause", subject=token.span, verb=verb.span)
        if token.tag in _FINITE and i - quote.inner_first < 3 and token.dep not in {"relcl", "acl"}:
            return None
    first = document.tokens[quote.inner_first]
    imperative = first.tag == "VB" and first.text[:1].isupper()
    return rule("quotes.kind.imperative", verb=first.span) if imperative else None


def _opens_with(quoted: QuotedDocument, quote: Quotation, subject: int, verb: int) -> bool:
    """Whether the words before the subject do not depend on the reporter's words."""
    document = quoted.document
    governor = document.tokens[verb]
    if governor.dep in {"relcl", "acl"}:
        return False
    left, _ = document.edges(document.tokens[subject])
    lead = max(left, quote.inner_first) - quote.inner_first
    return lead <= 25


def _runs_into_text(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the reporter's sentence continues after the quote with words that are not an attribution."""
    tokens = quoted.document.tokens
    _, high = quoted.bounds[quote.paragraph]
    if quote.last >= high:
        return False
    after = tokens[quote.last]
    final = quoted.document.text[quote.stretch.span.end - 1]
    if final in ".,!?…—-":
        return False
    return after.pos not in {"PUNCT"} and quoted.quote_of[after.i] == FREE
