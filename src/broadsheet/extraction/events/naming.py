"""Whether what a noun names acts as people do, and in which country the place lies that a phrase names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import is_a, is_people, noun_senses
from broadsheet.reference.geography import capitals, country_names, places

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span

_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "ure", "acy")
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ant", "ee", "man", "men", "ess")
_ENTERPRISES = frozenset(
    {"utility", "charity", "university", "institution", "partnership", "association", "corporation"}
)
"""Bodies whose names end as those of abstract things do."""


def can_act(token: Token) -> bool:
    """Whether what a noun names acts of its own: persons, bodies, forces, their vessels and their papers."""
    if token.pos in ("PROPN", "PRON", "NUM", "ADJ") or is_people(token) or is_a(token.lemma, "agent"):
        return True
    return token.lemma.endswith(_PERSON_ENDINGS) and not noun_senses(token.lemma) and not is_a(token.lemma, "mishap")


def acts(token: Token) -> bool:
    """Whether what a noun names can act or be acted upon as people do."""
    if token.pos not in ("NOUN", "PROPN", "ADJ"):
        return token.pos == "VERB" and token.tag.startswith("NN")
    if is_people(token) or is_a(token.lemma, "vessel") or token.lemma in _ENTERPRISES:
        return True
    return not (token.lemma.endswith(_ABSTRACT) or noun_senses(token.lemma) or is_a(token.lemma, "mishap"))


def place_of(document: Document, token: Token) -> tuple[str | None, Span | None]:
    """Country code and span of the place that the phrase headed by ``token`` names."""
    pending = [token]
    while pending:
        token = pending.pop()
        code, span = _place_named(document, token)
        if code is not None:
            return code, span
        inner = [child for child in document.children(token, "appos") if child.i != token.i]
        for prep in document.children(token, "prep"):
            if prep.lower in ("of", "in") and (behind := document.child(prep, "pobj")) is not None:
                inner.append(behind)
        pending.extend(reversed(inner))
    return None, None


def _place_named(document: Document, token: Token) -> tuple[str | None, Span | None]:
    """Country code and span of the place that a noun, with the compounds before it, is the name of."""
    first = token.i
    while first > 0 and document.tokens[first - 1].dep == "compound" and document.tokens[first - 1].head == token.i:
        first -= 1
    for start in range(first, token.i + 1):
        name = document.text_of(start, token.i + 1).lower()
        code = places().get(name) or capitals().get(name)
        if code is None and (known := country_names().get(name)) is not None:
            code = known.country_code
        if code is not None and document.tokens[start].text[0].isupper():
            return code, document.span(start, token.i + 1)
    return None, None
