"""Proper names: runs of capitals cut into titles, forms of address, names of persons, bodies and states."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from broadsheet.reference.leaders import leads_now
from broadsheet.reference.organizations import closed_by_legal_form, is_firm, is_head, other_heads
from broadsheet.reference.people import given_names, honorifics, surname_particles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

_STATE_BODIES = frozenset({"ministry", "ministries", "department", "departments", "embassy", "consulate", "cabinet"})
"""Heads before which a national adjective names the state of the body and is not part of the name."""
_ORGANIZATION_SPHERES = frozenset({"organization", "company", "spokes", "academic", "media"})
OF_A_LEADER = frozenset({"administration", "government", "cabinet", "regime"})
"""Nouns after which a leader's name means the state."""
_STATES = frozenset({"country", "demonym", "capital", "place", "people"})
_LONGEST_PERSON = 7


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as printed, tokens ``first`` to ``last`` (exclusive), without titles and forms of address.

    Attributes:
        first: First token.
        last: Token after the last one.
        hit: What the reference tables know of exactly these tokens.
        title: The title right before it.
        honorific: The form of address right before it, in lower case.
        shape: ``person`` or ``organization`` where the form itself shows it, ``other`` for names of neither.
        head: The noun in it that makes it the name of a body, in lower case.
    """

    first: int
    last: int
    hit: Hit | None = None
    title: Title | None = None
    honorific: str | None = None
    shape: str | None = None
    head: str | None = None


B = TypeVar("B", bound=Any)
"""A person or body, with the places of its names in reading order (``names``)."""


def nearest_bearer(bearers: Sequence[B], index: int) -> B:
    """The person or body named last before the place of a name, else the first one named after it."""
    before = [bearer for bearer in bearers if bearer.names[0] < index]
    if before:
        return max(before, key=lambda b: b.names[bisect_left(b.names, index) - 1])
    return min(bearers, key=lambda b: b.names[0])


class Segmenter:
    """Cuts the runs of one page into names."""

    def __init__(self, page: Page, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.titles = titles
        self.title_ending = {title.last: title for title in titles.values()}
        self.title_before = {last: title for last, title in self.title_ending.items() if not title.is_plural}

    def cut(self, first: int, last: int) -> Iterator[Name]:
        """The names in the run ``first`` to ``last`` (exclusive), in reading order."""
        hit = self._exact_hit(first, last)
        if hit is not None:
            yield self._known(hit)
            return
        if (origin := self.origin_of_firm(first, last)) is not None:
            yield from (*self.cut(first, origin), *self.cut(origin + 1, last))
            return
        published_on, before = self.page.document.article.published_on, self.tokens[last - 2].lower
        if last - 1 > first and self.tokens[last - 1].lower in OF_A_LEADER and leads_now(before, published_on):
            yield from self.cut(first, last - 1)
            return
        words = [t.text for t in self.tokens[first:last]]
        parted = first + (self.place_of_office(first, last) or closed_by_legal_form(words))
        if parted < last:
            yield from (*self.cut(first, parted), *self.cut(parted, last))
            return
        person = self._person_behind_title(first, last)
        if person is not None:
            prefix_end, name = person
            yield from self._prefix(first, prefix_end, name.title)
            yield name
            return
        closing = self.title_ending.get(last)
        of_body = closing is not None and closing.is_plural and self._body_head(first, last) is not None
        if closing is not None and closing.office.sphere == "legislature" and self._is_personal(first, closing.first):
            yield Name(first, closing.first, shape="person")  # Ana Lund MP
        elif closing is not None and not of_body and first <= closing.head:
            yield from self._prefix(first, min(closing.first, last), closing)
        else:
            yield from self._plain(first, last)

    def place_of_office(self, first: int, last: int) -> int:
        """How many words before a person's name say what the office before them is of: Mayor of Bergen Ana Lund."""
        if self.tokens[first - 1].lower not in ("of", "for") or first - 1 not in self.title_ending:
            return 0
        given = next((i for i in range(first, last) if self.tokens[i].lower in given_names()), last)
        return given - first if last - given > 1 and self._body_head(first, last) is None else 0

    def name_at(self, first: int, last: int) -> Name:
        """The name that some tokens are, whatever runs say."""
        head = self._body_head(first, last)
        hit = self._exact_hit(first, last)
        shape = "organization" if head is not None or (hit is not None and hit.kind == "organization") else None
        return Name(first, last, hit, self.title_before.get(first), shape=shape, head=head)

    def _known(self, hit: Hit) -> Name:
        shape = "organization" if hit.kind == "organization" else None
        return Name(hit.first, hit.last, hit, self.title_before.get(hit.first), shape=shape)

    def _person_behind_title(self, first: int, last: int) -> tuple[int, Name] | None:
        """A person's name that ends a run, behind a title or form of address, and the end of what is before these."""
        start, title, honorific, prefix_end = first, self.title_before.get(first), None, first
        for i in range(first + 1, last):
            opened = self.title_ending.get(i)
            if opened is not None and opened.head < first:
                start, title = i, opened
        for i in range(first, last - 1):
            found = self.titles.get(i)
            of_body = found is not None and found.is_plural and is_head(self.tokens[last - 1].lower)
            if found is not None and found.last < last and not of_body:  # ``Grain Growers Union`` is a body
                start, title, honorific, prefix_end = found.last, found, None, found.first
            elif i == start and self.tokens[i].lower in honorifics():
                start, honorific = i + 1, self.tokens[i].lower
        if start == first:
            return None
        return prefix_end, Name(start, last, self._exact_hit(start, last), title, honorific, "person")

    def _prefix(self, first: int, last: int, title: Title | None) -> Iterator[Name]:
        """What is before a title in one run: a state, a body, or both."""
        hit = self.hits.get(first)
        if hit is not None and hit.last < last and hit.kind in _STATES:
            yield self._known(hit)
            first = hit.last
        hit = self._exact_hit(first, last)
        if hit is not None:
            yield self._known(hit)
        elif first < last:
            of_body = is_head(self.tokens[last - 1].lower) or self._body_head(first, last) is not None
            if of_body or (title is not None and title.office.sphere in _ORGANIZATION_SPHERES):
                yield Name(first, last, shape="organization" if of_body else None)

    def origin_of_firm(self, first: int, last: int) -> int | None:
        """The *of* that only says from where a firm is: ``Lund Energy of Norway``, but not ``Royal Bank of Norway``."""
        for i in range(first + 2, last - 1):
            of_firm = self.tokens[i].lower == "of" and is_firm(self.tokens[i - 1].lower)
            hit = self.hits.get(i + 1)
            if of_firm and (self.tokens[i + 1].ent == "GPE" or (hit is not None and hit.kind in _STATES)):
                return i
        return None

    def _exact_hit(self, first: int, last: int) -> Hit | None:
        hit = self.hits.get(first)
        return hit if hit is not None and hit.last == last else None

    def _plain(self, first: int, last: int) -> Iterator[Name]:
        """A run without a title inside: one name, or a state's name and the run after it."""
        hit, title = self.hits.get(first), self.title_before.get(first)
        body_head = self._body_head(first, last)
        closing = self.tokens[last - 1].lower
        if hit is not None and hit.last < last:
            if hit.kind in _STATES or hit.kind == "region":
                if closing in other_heads() and body_head is None:
                    yield self._known(hit)
                    return
                strip = body_head is None or body_head in _STATE_BODIES
                if strip and (hit.kind in ("country", "demonym", "people") or self._is_personal(hit.last, last)):
                    yield self._known(hit)
                    # Old wire copy prints a capital after ``U.S.`` as after the end of a sentence.
                    if not (hit.is_short and hit.kind == "country" and last == hit.last + 1):
                        yield from self.cut(hit.last, last)
                    return
            if hit.kind == "organization" and body_head is None:
                yield self._known(hit)
                yield from self.cut(hit.last, last)
                return
        shape = "person" if self._is_personal(first, last) else None
        surely = shape is not None and (title is not None or self.tokens[last - 1].ent == "PERSON")
        if body_head is not None:
            shape = "organization"
        elif last - first > 1 and closing in other_heads() and not surely:  # Jo Park is no park
            shape = "other"
        yield Name(first, last, self._exact_hit(first, last), title, shape=shape, head=body_head)

    def _body_head(self, first: int, last: int) -> str | None:
        """The noun that makes the run the name of a body, if any: its last word, or the one before ``of``."""
        if last - first < 2:
            return None
        for i in range(first + 1, last):
            before = self.tokens[i - 1].lower
            if self.tokens[i].lower in ("of", "for", "on", "against") and is_head(before):
                return before
        closing = self.tokens[last - 1].lower
        return closing if is_head(closing) else None

    def _is_personal(self, first: int, last: int) -> bool:
        """Whether a run has the form of a person's name: a known given name and at least one more word."""
        words = self.tokens[first:last]
        if not 2 <= len(words) <= _LONGEST_PERSON:
            return False
        return words[0].lower in given_names() or any(w.lower in surname_particles() for w in words[1:-1])
