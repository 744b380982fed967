"""Direct quotes and partial ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.features import CLAUSE_SUBJECTS
from broadsheet.extraction.quotes.quoted_document import FREE, MARKS

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_AUXILIARIES = ("aux", "auxpass")
_NOUN_CLAUSES = frozenset({"relcl", "acl"})
_LEAD = 25
"""How many words of a first clause may precede its subject."""
_BOUNDARY = frozenset({":", ",", ".", "!", "?", "—", "–", "-", "--", ";", ")"})


def kind_of(quoted: QuotedDocument, quote: Quotation, continues: int | None = None) -> tuple[str, Rule]:
    """``direct`` if the quote begins with a whole clause that the reporter's words do not continue; and the rule.

    A separate sentence, from a capital to a closing mark, is direct even without a verb (*Never!*). So is the rest of
    a direct quote that the reporter's words only split: it ``continues`` the quote with that index after a comma.
    """
    if quote.layout != MARKS:
        return "direct", Rule(f"quotes.kind.{quote.layout}")
    words = quote.stretch.span.of(quoted.document.text).rstrip("'’") or "-"
    if words[-1] not in ".,!?…—-" and quote.last < quoted.bounds[quote.paragraph][1]:
        after = quoted.document.tokens[quote.last]
        if after.pos != "PUNCT" and quoted.quote_of[after.i] == FREE:
            return "partial", rule("quotes.kind.continued", after=after.span)
    if continues is not None and quoted.document.tokens[quote.first - 1].text == ",":
        kind, _ = kind_of(quoted, quoted.quotes[continues])
        return kind, Rule("quotes.kind.split")
    clause = _clause(quoted, quote)
    if clause is not None:
        return "direct", clause
    if _is_separate(quoted, quote, words):
        return "direct", Rule("quotes.kind.sentence")
    return "partial", Rule("quotes.kind.fragment")


def _is_separate(quoted: QuotedDocument, quote: Quotation, words: str) -> bool:
    """Whether the quote is separate from the reporter's sentence before it and begins with a capital."""
    first = next((c for c in words[:4] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()) or words[-1] not in ".,!?…—-;:":
        return False
    low, _ = quoted.bounds[quote.paragraph]
    before = quote.first - 1
    return before < low or quoted.document.tokens[before].text in _BOUNDARY or quoted.quote_of[before] != FREE


def _clause(quoted: QuotedDocument, quote: Quotation) -> Rule | None:
    """The rule by which the first clause has its subject and its finite verb inside the quote."""
    document = quoted.document
    inside = range(quote.first, quote.last)
    for place, token in enumerate(document.tokens[quote.inner_first : quote.inner_last][:40]):
        verb = document.head(token)
        if token.dep in CLAUSE_SUBJECTS and verb.i in inside and _is_finite(document, verb, inside):
            near = document.edges(token)[0] - quote.inner_first <= _LEAD
            whole = near and _is_whole(document, verb, inside)
            return rule("quotes.kind.clause", subject=token.span, verb=verb.span) if whole else None
        if token.tag in _FINITE and place < 3 and token.dep not in _NOUN_CLAUSES:
            return None
    return None


def _is_finite(document: Document, verb: Token, inside: range) -> bool:
    return verb.tag in _FINITE or any(
        c.tag in _FINITE and c.i in inside for c in document.children(verb, *_AUXILIARIES)
    )


def _is_whole(document: Document, verb: Token, inside: range) -> bool:
    """Whether the head of a verb's words heads a clause: no fragment, and no adverbial of the reporter's clause."""
    while verb.head != verb.i and verb.head in inside:
        verb = document.head(verb)
    adverbial = verb.dep == "advcl" and verb.head < inside.start and document.child(verb, "mark") is not None
    return _is_finite(document, verb, inside) and verb.dep not in _NOUN_CLAUSES and not adverbial
