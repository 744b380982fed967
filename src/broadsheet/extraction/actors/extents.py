"""Decides where a title begins and ends: which of the words around an office say what it is for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from broadsheet.extraction.models import MODELS, Decision
from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import given_names, office_qualifiers, portfolios

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.reference.people import Office

_MOST_BEFORE, _MOST_BEHIND = 5, 14
"""Tokens that a title may have before and after the office proper."""
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "X", "NUM"})
_PARTICIPLES = frozenset({"VBG", "VBN"})
_JOINING = frozenset({"-", "&", "and", ",", "/"})
_PREPOSITIONS = frozenset({"of", "for", "on", "to", "in", "at"})


class Extents:
    """Finds the extents of the titles of one page."""

    def __init__(self, page: Page, hits: Mapping[int, Hit]) -> None:
        self.page, self.tokens = page, page.tokens
        self.hit_at = {i: hit.kind for hit in hits.values() for i in range(hit.first, hit.last)}

    def around(self, head: int, last: int, office: Office, free: int) -> tuple[int, int]:
        """First and last (exclusive) token of the title with an office, which has tokens ``head`` to ``last``.

        No token before ``free`` belongs to it: those are in other titles.
        """
        starts, ends = [*self._starts(head, free)], [*self._ends(last)]
        options = [*product(starts, ends)]
        if len(options) == 1:
            return options[0]
        before = {start: [*self._before(start, head, office)] for start in starts}
        behind = {end: [*self._behind(last, end, office)] for end in ends}
        features = [[*before[start], *behind[end]] for start, end in options]
        texts = [self.page.text_of(*option) for option in options]
        return options[MODELS.best(Decision("title", texts[0], texts, features))]

    def _starts(self, head: int, free: int) -> Iterator[int]:
        """Where a title may begin: at the office, or at a word of the noun phrase before it."""
        yield head
        sentence = self.tokens[head].sentence
        for i in range(head - 1, max(free, head - _MOST_BEFORE) - 1, -1):
            token = self.tokens[i]
            if token.sentence != sentence or i in self.page.silent:
                return
            if token.lower in _JOINING:
                continue
            if token.pos not in _MODIFIERS and token.tag not in _PARTICIPLES:
                return
            yield i

    def _ends(self, last: int) -> Iterator[int]:
        """Where a title may end: after the office, or after a noun of the prepositional phrase that follows it."""
        yield last
        tokens = self.tokens
        if last >= len(tokens) or tokens[last].lower not in _PREPOSITIONS:
            return
        if tokens[last].sentence != tokens[last - 1].sentence:
            return
        _, edge = self.page.document.edges(tokens[last])
        stop = min(edge, last + _MOST_BEHIND)
        for i in range(last + 1, stop):
            if tokens[i].pos in _NOUNS and (i + 1 == stop or tokens[i + 1].pos not in _NOUNS or self._is_name(i + 1)):
                yield i + 1

    def _is_name(self, i: int) -> bool:
        """Whether a noun behind another one begins the name of the holder: minister for trade Ana Lund."""
        before, word = self.tokens[i - 1].lower, self.tokens[i]
        opens = word.text[0].isupper() and word.lower not in portfolios()
        return opens and (before in portfolios() or word.lower in given_names())

    def _before(self, start: int, head: int, office: Office) -> Iterator[str]:
        yield f"before {head - start}"
        yield f"before {start < head} {office.office}"
        for i in range(start, head):
            yield from self._of_word(i, "before adds")
        if start < head:
            yield f"before opens {self.tokens[start].lower}"
        if start > 0 and self.tokens[start - 1].sentence == self.tokens[head].sentence:
            yield from self._of_word(start - 1, "before leaves")

    def _behind(self, last: int, end: int, office: Office) -> Iterator[str]:
        yield f"behind {end > last} {office.office}"
        if last < len(self.tokens):
            preposition = self.tokens[last].lower
            yield f"behind {end > last} {preposition}"
            yield f"behind {end > last} {preposition} {office.office}"
        for i in range(last + 1, end):
            yield from self._of_word(i, "behind adds")
        if end > last:
            yield f"behind closes {self.tokens[end - 1].lower}"
            yield f"behind opens {self.tokens[last + 1].lower}"
            yield f"behind {min(end - last, 6)}"
        if end < len(self.tokens) and self.tokens[end].sentence == self.tokens[last - 1].sentence:
            yield from self._of_word(end, "behind leaves")

    def _of_word(self, i: int, what: str) -> Iterator[str]:
        token = self.tokens[i]
        lower = token.lower
        yield f"{what} {lower}"
        yield f"{what} {token.pos} {'large' if token.text[0].isupper() else 'small'}"
        yield f"{what} in {self.hit_at.get(i, 'nothing')}"
        yield f"{what} entity {token.ent or 'none'}"
        if lower in portfolios():
            yield f"{what} portfolio"
        if lower in office_qualifiers():
            yield f"{what} tenure"
        if is_head(lower):
            yield f"{what} noun for a body"
