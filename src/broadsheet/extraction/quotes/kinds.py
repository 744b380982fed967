"""Direct quotes and partial ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.features import CLAUSE_SUBJECTS
from broadsheet.extraction.quotes.quoted_document import FREE, MARKS

if TYPE_CHECKING:
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUN_CLAUSES = frozenset({"relcl", "acl"})
_LEAD = 25
"""How many words of a first clause may precede its subject."""
_BOUNDARY = frozenset({":", ",", ".", "!", "?", "—", "–", "-", "--", ";", ")"})


def kind_of(quoted: QuotedDocument, quote: Quotation) -> tuple[str, Rule]:
    """``direct`` if the quote begins with a whole clause that the reporter's words do not continue; and the rule.

    A separate sentence, from a capital to a closing mark, is direct even without a verb (*Never!*).
    """
    if quote.layout != MARKS:
        return "direct", Rule(f"quotes.kind.{quote.layout}")
    words = quote.stretch.span.of(quoted.document.text)
    if words[-1] not in ".,!?…—-" and quote.last < quoted.bounds[quote.paragraph][1]:
        after = quoted.document.tokens[quote.last]
        if after.pos != "PUNCT" and quoted.quote_of[after.i] == FREE:
            return "partial", rule("quotes.kind.continued", after=after.span)
    clause = _clause(quoted, quote)
    if clause is not None:
        return "direct", clause
    if _is_separate(quoted, quote):
        return "direct", Rule("quotes.kind.sentence")
    return "partial", Rule("quotes.kind.fragment")


def _is_separate(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the quote is separate from the reporter's sentence before it and begins with a capital."""
    words = quote.stretch.span.of(quoted.document.text)
    first = next((c for c in words[:4] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()) or words[-1] not in ".,!?…—-;:":
        return False
    low, _ = quoted.bounds[quote.paragraph]
    before = quote.first - 1
    return before < low or quoted.document.tokens[before].text in _BOUNDARY or quoted.quote_of[before] != FREE


def _clause(quoted: QuotedDocument, quote: Quotation) -> Rule | None:
    """The rule by which the first clause has its subject and its finite verb inside the quote."""
    document = quoted.document
    for place, token in enumerate(document.tokens[quote.inner_first : quote.inner_last][:40]):
        verb = document.head(token)
        if (
            token.dep in CLAUSE_SUBJECTS
            and quote.first <= verb.i < quote.last
            and (verb.tag in _FINITE or any(c.tag in _FINITE for c in document.children(verb, "aux", "auxpass")))
        ):
            left, _ = document.edges(token)
            whole = verb.dep not in _NOUN_CLAUSES and left - quote.inner_first <= _LEAD
            return rule("quotes.kind.clause", subject=token.span, verb=verb.span) if whole else None
        if token.tag in _FINITE and place < 3 and token.dep not in _NOUN_CLAUSES:
            return None
    return None
