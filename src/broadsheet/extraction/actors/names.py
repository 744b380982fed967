"""Proper names: runs of capitals cut into titles, forms of address, names of persons, bodies and states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference.organizations import is_head, other_heads
from broadsheet.reference.people import (
    family_names_first,
    given_names,
    honorifics,
    name_suffixes,
    surname_particles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

_ADJECTIVE_IS_NO_PART = frozenset(
    {"ministry", "ministries", "department", "departments", "embassy", "consulate", "cabinet"}
)
"""Heads before which a national adjective says whose they are, rather than being part of the name."""

_ORGANIZATION_SPHERES = frozenset({"organization", "company", "spokes", "academic", "media"})
_STATES = frozenset({"country", "demonym", "capital", "place", "people"})
_LONGEST_PERSON = 7
_LONGEST_ACRONYM = 7
_SPLIT = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as printed, tokens ``first`` to ``last`` (exclusive), without titles and forms of address.

    Attributes:
        first: First token.
        last: Token behind the last one.
        hit: What the reference tables know of exactly these tokens.
        title: The title right before it.
        honorific: The form of address right before it, in lower case.
        shape: ``person`` or ``organization`` where the form itself tells, ``other`` where it tells neither acts.
        head: The noun in it that makes it the name of a body, in lower case.
    """

    first: int
    last: int
    hit: Hit | None = None
    title: Title | None = None
    honorific: str | None = None
    shape: str | None = None
    head: str | None = None


class Segmenter:
    """Cuts the runs of one page into names."""

    def __init__(self, page: Page, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.titles = titles
        self.title_ending = {title.last: title for title in titles.values()}

    def cut(self, first: int, last: int) -> Iterator[Name]:
        """The names in the run ``first`` to ``last`` (exclusive), in reading order."""
        pending: list[Name | tuple[int, int]] = [(first, last)]
        while pending:
            piece = pending.pop()
            if isinstance(piece, Name):
                yield piece
            else:
                pending.extend(reversed([*self._pieces(*piece)]))

    def name_at(self, first: int, last: int) -> Name:
        """The name that some tokens are, whatever runs say."""
        hit = self._exact_hit(first, last)
        head = self._body_head(first, last) if hit is None else None
        shape = "organization" if head is not None or (hit is not None and hit.kind == "organization") else None
        return Name(first, last, hit, self._title_before(first), self._honorific_before(first), shape, head)

    def _pieces(self, first: int, last: int) -> Iterator[Name | tuple[int, int]]:
        """The first names of a run, and the runs that are left to be cut."""
        hit = self.hits.get(first)
        if hit is not None and hit.last == last:
            yield self.name_at(hit.first, hit.last)
            return
        person = self._person_behind_title(first, last)
        if person is not None:
            start, title, honorific, prefix_end = person
            if prefix_end > first:
                yield from self._prefix(first, prefix_end, title)
            yield Name(start, last, self._exact_hit(start, last), title, honorific, "person")
            return
        closing = self.title_ending.get(last)
        if closing is not None and not closing.is_plural and first <= closing.head:
            yield from self._prefix(first, max(first, min(closing.first, last)), closing)
            return
        yield from self._plain(first, last, self._title_before(first))

    def _title_before(self, first: int) -> Title | None:
        """The title that ends where a name begins, singular."""
        title = self.title_ending.get(first)
        return title if title is not None and not title.is_plural else None

    def _honorific_before(self, first: int) -> str | None:
        if first and self.tokens[first - 1].lower in honorifics() and self.tokens[first - 1].text[0].isupper():
            return self.tokens[first - 1].lower
        return None

    def _person_behind_title(self, first: int, last: int) -> tuple[int, Title | None, str | None, int] | None:
        """Where a person's name begins in a run, with the title and form of address before it.

        Returns:
            First token of the name, title, form of address, end of what stands before the title; None without either.
        """
        best: tuple[int, Title | None, str | None, int] | None = None
        for i in range(first, last - 1):
            title = self.titles.get(i)
            if title is not None and title.is_plural and is_head(self.tokens[last - 1].lower):
                continue  # part of a body's name: ``Grain Growers Union``
            if title is not None and title.last < last:
                best = (title.last, title, None, max(first, title.first))
            elif i == first and self.tokens[i].lower in honorifics():
                best = (i + 1, self._title_before(i), self.tokens[i].lower, i)
        return best

    def _prefix(self, first: int, last: int, title: Title | None) -> Iterator[Name]:
        """What stands before a title in one run: a state or a body."""
        if last <= first:
            return
        hit = self.hits.get(first)
        if hit is not None and hit.last == last:
            yield self.name_at(hit.first, hit.last)
            return
        closing = self.tokens[last - 1].lower
        head = self._body_head(first, last) or (closing if is_head(closing) else None)
        if head is not None or (title is not None and title.office.sphere in _ORGANIZATION_SPHERES):
            yield Name(first, last, shape="organization" if head is not None else None, head=head)

    def _exact_hit(self, first: int, last: int) -> Hit | None:
        hit = self.hits.get(first)
        return hit if hit is not None and hit.last == last else None

    def _plain(self, first: int, last: int, title: Title | None) -> Iterator[Name | tuple[int, int]]:
        """A run without a title inside: one name, or a state's name and the run behind it."""
        hit = self.hits.get(first)
        body_head = self._body_head(first, last)
        if hit is not None and hit.last < last:
            if hit.kind in _STATES or hit.kind == "region":
                strip = body_head is None or (body_head in _ADJECTIVE_IS_NO_PART and hit.kind in ("country", "demonym"))
                closing = self.tokens[last - 1].lower
                if closing in other_heads() and body_head is None:
                    yield self.name_at(hit.first, hit.last)
                    return
                if strip and not (hit.kind in ("place", "capital", "region") and not self._is_personal(hit.last, last)):
                    yield self.name_at(hit.first, hit.last)
                    # Old wire copy prints a capital behind ``U.S.`` as behind the end of a sentence.
                    if not (hit.is_short and hit.kind == "country" and last == hit.last + 1):
                        yield hit.last, last
                    return
            if hit.kind == "organization" and body_head is None:
                yield self.name_at(hit.first, hit.last)
                yield hit.last, last
                return
        closing = self.tokens[last - 1].lower
        shape = None
        if body_head is not None:
            shape = "organization"
        elif self._is_personal(first, last) and (title is not None or self.tokens[last - 1].ent == "PERSON"):
            shape = "person"  # Jo Park is no park
        elif last - first > 1 and closing in other_heads():
            shape = "other"
        elif self._is_personal(first, last):
            shape = "person"
        known, honorific = self._exact_hit(first, last), self._honorific_before(first)
        yield Name(first, last, known, title, honorific, shape, head=body_head)

    def _body_head(self, first: int, last: int) -> str | None:
        """The noun that makes the run the name of a body, if any: its last word, or the one before ``of``."""
        if last - first < 2:
            return None
        for i in range(first + 1, last):
            token = self.tokens[i]
            if token.lower in ("of", "for", "on", "against") and is_head(self.tokens[i - 1].lower):
                return self.tokens[i - 1].lower
        closing = self.tokens[last - 1].lower
        return closing if is_head(closing) else None

    def _is_personal(self, first: int, last: int) -> bool:
        """Whether a run has the form of a person's name: a known given name and at least one more word."""
        words = self.tokens[first:last]
        if not 2 <= len(words) <= _LONGEST_PERSON:
            return False
        if any(w.lower in ("of", "for", "&", "and") for w in words):
            return False
        return words[0].lower in given_names() or any(
            w.lower in surname_particles() and w.text.islower() for w in words[1:-1]
        )


def is_acronym(word: str) -> bool:
    """Whether a word is printed like an abbreviation: capitals, with or without full stops."""
    letters = word.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isalnum() and letters.isupper() and letters[0].isalpha()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without full stops, genitive and suffixes such as ``Jr.``."""
    lower = text.lower().replace("’", "'").replace(",", " ")
    lower = lower.removesuffix("'s").removesuffix("'")
    return tuple(w for w in _SPLIT.split(lower) if w and w not in name_suffixes())


def puts_family_first(words: tuple[str, ...]) -> bool:
    """Whether a name is in the Chinese, Korean or Vietnamese order (``Park Geun-hye``, ``Lee Kuan Yew``)."""
    if not 2 <= len(words) <= 4 or words[0] not in family_names_first():
        return False
    rest = words[1:]
    if words[0] not in given_names() or any("-" in w for w in rest):
        return True
    return len(words) == 3 and not any(w in given_names() for w in rest)
