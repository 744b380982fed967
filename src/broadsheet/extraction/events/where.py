"""Where an event took place, as its sentence says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.reference import column
from broadsheet.reference.geography import capitals, places

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.event_mention import EventMention

_LOCATING = frozenset({"in", "at", "near", "outside", "inside", "across"})
_DESTINATION = frozenset({"to", "in", "at", "for"})
_NAMES = frozenset({"GPE", "LOC", "FAC"})
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A place as printed, the country it is in where that is known, and what other words name the country.

    Attributes:
        text: As printed.
        span: Its characters.
        country_code: The country.
        country_words: The words that name the country, where they are others.
        known: What knows the country: ``state`` (the actors of the article), ``places``, ``capitals`` or ``beside``.
        joint: The preposition before it; None for what is visited.
    """

    text: str
    span: Span
    country_code: str | None
    country_words: Span | None = None
    known: str = ""
    joint: Token | None = None


class Placing:
    """Finds the places of a document's events."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast

    def of(self, mention: EventMention) -> Place | None:
        """The place that the predicate's own phrases name; of a visit its destination."""
        document = self.document
        moves = mention.anchor.lemma in column("motion_verbs", "lemma")
        heads = [mention.anchor]
        if moves and mention.anchor.lemma in ("visit", "tour"):
            for child in document.children(mention.anchor, "dobj"):
                if (found := self.named(child)) is not None:
                    return found
        wanted = _DESTINATION if moves else _LOCATING
        if mention.type == "ASSAULT":
            for prep in document.children(mention.anchor, "prep"):
                if prep.lower in ("on", "against", "at"):
                    heads.extend(document.children(prep, "pobj"))
            heads.extend(document.children(mention.anchor, "nsubjpass"))
        for agent in document.children(mention.anchor, "agent"):
            heads.extend(document.children(agent, "pobj"))
        heads.extend(c for c in document.children(mention.anchor, "dobj") if c not in heads)
        for head in heads:
            for prep in document.children(head, "prep"):
                if prep.lower not in wanted:
                    continue
                inner = document.child(prep, "pobj")
                if inner is not None and (found := self.named(inner)) is not None:
                    return replace(found, joint=prep)
        return None

    def named(self, token: Token, depth: int = _DEPTH) -> Place | None:
        """The place that a phrase names by a proper name, directly or after ``of`` and ``in``.

        Args:
            token: The head of the phrase.
            depth: How many phrases inside one another are read.
        """
        if not depth:
            return None
        document = self.document
        first = token.i
        while first > 0 and document.tokens[first - 1].head == token.i and document.tokens[first - 1].dep == "compound":
            first -= 1
        name = document.text_of(first, token.i + 1)
        code, known = self._state(first, token.i + 1, name.lower())
        if token.pos == "PROPN" and (code is not None or token.ent in _NAMES):
            around = self._around(token, depth) if code is None else None
            code, country_words = around or (code, None)
            return Place(name, document.span(first, token.i + 1), code, country_words, "beside" if around else known)
        for prep in document.children(token, "prep"):
            if prep.lower in ("of", "in"):
                inner = document.child(prep, "pobj")
                if inner is not None and (found := self.named(inner, depth - 1)) is not None:
                    return found
        return None

    def _state(self, first: int, last: int, name: str) -> tuple[str | None, str]:
        """The country of a name, and what knows it."""
        if code := self.cast.state_of(first, last):
            return code, "state"
        if code := places().get(name):
            return code, "places"
        return capitals().get(name), "capitals"

    def _around(self, token: Token, depth: int) -> tuple[str, Span] | None:
        """The country named after a place (``Graz, Austria``; ``a town in Peru``), and where."""
        document = self.document
        for child in document.children(token, "appos", "npadvmod"):
            code = self.cast.state_of(child.i, child.i + 1)
            if code is not None:
                return code, document.span(child.i, child.i + 1)
        for prep in document.children(token, "prep"):
            inner = document.child(prep, "pobj")
            if prep.lower in ("in", "of") and inner is not None:
                found = self.named(inner, depth - 1)
                if found is not None:
                    code = found.country_code
                    return (code, found.country_words or found.span) if code is not None else None
        return None
