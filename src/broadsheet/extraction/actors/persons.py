"""Persons of an article: full names first, then surnames, given names and initials that lead to them."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.names import nearest_bearer
from broadsheet.reference.leaders import leader_named, leads_now, same_given_name, without_article
from broadsheet.reference.names import puts_family_first, words_of
from broadsheet.reference.people import (
    Gender,
    gendered_nouns,
    given_names,
    honorifics,
    name_suffixes,
    surname_particles,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.found import Rule

_NAMESAKES = 120
"""So many persons of one given or family name are distinguished; no news has more, and a list of names may."""

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
"""Suffixes that distinguish a son from a father; honours and degrees distinguish no one."""
_FITS = {4: "full", 3: "family", 2: "outline", 1: "given"}
"""How well a name fits a person, as by :meth:`Person.answers_to`, to what part of his name it is."""


@dataclass(slots=True, eq=False)
class Person:
    """A person and the names found so far.

    Attributes:
        words: The fullest name, word by word, in lower case.
        names: Places in the list of names, in reading order.
        gender: As stated by forms of address and gendered nouns, else by the given name.
        why: Why the name that the person was found by is one's.
    """

    words: tuple[str, ...]
    names: list[int] = field(default_factory=list)
    gender: Gender | None = None
    suffix: str = ""
    why: Rule | None = None

    def family(self) -> tuple[tuple[str, ...], ...]:
        """The forms of the family name, the likeliest first."""
        words = self.words
        start = len(words) - 1
        while start > 1 and words[start - 1] in surname_particles():
            start -= 1
        forms = [words[start:], words[-1:], (without_article(words[-1]),)]
        return tuple(dict.fromkeys([words[:1], *forms] if puts_family_first(words) else forms))

    def answers_to(self, words: tuple[str, ...]) -> int:
        """How well a shorter name fits: 3 family name, 2 end or outline of the name, 1 other words, 0 not at all."""
        own, n = self.words, len(words)
        if words == own:
            return 4
        if words in self.family():
            return 3
        if n >= len(own):
            return 0
        if own[-n:] == words or (n > 1 and (own[0], own[-1]) == (words[0], words[-1])):
            return 2
        return 1 if own[:n] == words or (n == 1 and len(words[0]) > 1 and words[0] in own[1:-1]) else 0

    def same_as(self, words: tuple[str, ...]) -> bool:
        """Whether a full name can be the same person's: middle names and initials may be left out."""
        shorter, longer = sorted((words, self.words), key=len)
        if longer[-len(shorter) :] == shorter and shorter[0] not in given_names():
            return True  # a family name of two words
        if shorter[0] != longer[0] and not same_given_name(shorter[0], longer[0]):
            return _initials(shorter[0], longer[0]) and shorter[1:] == longer[1:]
        if without_article(shorter[-1]) != without_article(longer[-1]):
            return False
        return all(m == s or _initials(m, s) for m, s in zip(shorter[1:-1], longer[1:-1], strict=False))


def _initials(one: str, other: str) -> bool:
    return (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other))


class Persons:
    """Gathers the persons of one page from its names in reading order and the states that it or its places name."""

    def __init__(self, page: Page, names: list[Name], states: Collection[str | None]) -> None:
        self.page = page
        self._states = states
        self.names = names
        self.people: list[Person] = []
        self.of_name: dict[int, Person] = {}
        self.linked: dict[int, str] = {}
        self._first_short: dict[tuple[str, ...], int] = {}
        self._last_full: dict[Person, int] = {}
        self._by_word: dict[str, dict[Person, None]] = {}
        self._by_words: dict[tuple[str, ...], Person] = {}
        self._titled = {self.words(k) for k, name in enumerate(names) if name.title or name.honorific}

    def words(self, index: int) -> tuple[str, ...]:
        """The words of a name."""
        name = self.names[index]
        return words_of(self.page.text_of(name.first, name.last))

    def add_full(self, indexes: Iterable[int], why: Callable[[int], Rule]) -> None:
        """Takes full names: each is a new person, or fuller or shorter for a known one; ``why`` it is a person's."""
        for index in indexes:
            words = self.words(index)
            known = self._known(words, self._suffix(index))
            if known is None:
                known = Person(words, why=why(index))
                self.people.append(known)
            elif len(words) > len(known.words):
                known.words = words
            self._index(known)
            self._join(known, index)
            self.linked[index] = "full"
            self._last_full[known] = max(index, self._last_full.get(known, -1))

    def _known(self, words: tuple[str, ...], suffix: str) -> Person | None:
        """The first person to whom a full name can refer: their last words are the same in all forms of a name."""
        likely = self._with_word(words[-1])
        if (same := self._by_words.get(words)) is not None:
            likely.append(same)
        return next((p for p in likely if p.same_as(words) and not (suffix and p.suffix not in ("", suffix))), None)

    def add_short(self, index: int) -> bool:
        """Links a shorter name to a person whose full name the article gives; False where it fits no one."""
        words = self.words(index)
        if not words:
            return False
        fits: dict[int, list[Person]] = {}
        for person in dict.fromkeys(self._with_word(words[-1]) + self._with_word(words[0])):
            if fit := person.answers_to(words):
                fits.setdefault(fit, []).append(person)
        if not fits:
            return False
        likely = fits[max(fits)]
        stated = self.stated_gender(index)
        if len(words) == 1 and leads_now(words[0], self.page.document.article.published_on, self._states):
            # Relatives of a leader are named in full; the family name alone is the leader's, if the page has one.
            leading = [p for p in likely if len(p.words) < 2 or _is_leader(p.words) or stated == p.gender == "female"]
            if not leading and words in self._titled:
                return False
            likely = leading or likely
        if stated is not None and len(likely) > 1:
            likely = [p for p in likely if p.gender in (stated, None, "either")] or likely
        if len(likely) > 1 and len(words) == 1:
            likely = [p for p in likely if not self._called_in_full(p, words, index)] or likely
        self._join(nearest_bearer(likely, index), index)
        self.linked[index] = _FITS[max(fits)]
        return True

    def _called_in_full(self, person: Person, words: tuple[str, ...], index: int) -> bool:
        """Whether a person is called by the full name after the first use of one word of it, which is a namesake's."""
        return self._last_full.get(person, -1) > self._first_short.setdefault(words, index)

    def add_surname(self, index: int, why: Rule) -> None:
        """Takes a name of one word as a person of whom no more is known; ``why`` it is a person's."""
        person = Person(self.words(index), why=why)
        self.people.append(person)
        self._index(person)
        self._join(person, index)
        self.linked[index] = "alone"

    def stated_gender(self, index: int) -> Gender | None:
        """The gender that the form of address or a gendered title before a name states."""
        name = self.names[index]
        noun = self.page.word(name.title.last - 1) if name.title is not None else ""
        return honorifics().get(name.honorific or "") or gendered_nouns().get(noun)

    def _suffix(self, index: int) -> str:
        last = self.names[index].last
        closing = self.page.lower_of(last - 1, last)
        return closing.rstrip(".") if closing in name_suffixes() and closing.rstrip(".") in _GENERATIONS else ""

    def _join(self, person: Person, index: int) -> None:
        insort(person.names, index)
        self.of_name[index] = person
        stated = self.stated_gender(index)
        if stated is not None:
            person.gender = stated
        elif person.gender is None:
            person.gender = _given_gender(person.words)
        person.suffix = person.suffix or self._suffix(index)

    def _index(self, person: Person) -> None:
        for key in {*person.words, *person.family()[-1]}:
            self._by_word.setdefault(key, {})[person] = None
        self._by_words.setdefault(person.words, person)

    def _with_word(self, word: str) -> list[Person]:
        """The first persons, up to a number, who have the word as given or family name."""
        forms = dict.fromkeys((word, without_article(word)))
        return [person for form in forms for person in islice(self._by_word.get(form, ()), _NAMESAKES)]


def _is_leader(words: tuple[str, ...]) -> bool:
    return leader_named(words, titled=False, named_states=(), published_on=None) is not None


def _given_gender(words: tuple[str, ...]) -> Gender | None:
    given = () if puts_family_first(words) else words[:-1]
    return next((given_names()[word] for word in given if word in given_names()), None)
