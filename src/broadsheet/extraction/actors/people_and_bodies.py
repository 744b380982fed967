"""Decides for every proper name whether a person, a body or neither bears it, and gathers the names of each bearer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.bodies import Bodies, Body
from broadsheet.extraction.actors.kinds import KindReader
from broadsheet.extraction.actors.names import Name
from broadsheet.extraction.actors.page import Matcher
from broadsheet.extraction.actors.persons import Person, Persons
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.names import is_acronym, words_of
from broadsheet.reference.organizations import head_of, is_head
from broadsheet.reference.people import given_names, portfolios, surname_particles

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

_STATE_KINDS = frozenset({"country", "demonym", "people", "capital", "seat", "place", "region"})
_LONGEST_PLAIN = 4
"""Letters that the first word of a body's name must exceed to name the body in a headline."""
_MARKS = frozenset("\"“'‘")
_AFTER_BRACKETED = frozenset({")", '"', "”", "'", "’", ",", ";", "or"})
_TOWNS = ("place", "capital")
_OF_REGIONS = frozenset({"city", "county", "municipal", "provincial", "regional", "state"})
_OFFICE_NOUNS = frozenset({"ministry", "department", "secretariat", "directorate"})


@dataclass(frozen=True, slots=True)
class Bearers:
    """The persons and bodies of a page with the names in which they appear, headlines included.

    ``linked`` gives the relation of each name to its bearer's: full, abbreviated, in brackets, a family name.
    """

    names: list[Name]
    people: list[Person]
    bodies: list[Body]
    person_of: dict[int, Person]
    body_of: dict[int, Body]
    linked: dict[int, str]


class Sorter:
    """Sorts the names of one page."""

    def __init__(self, page: Page, names: list[Name], hits: dict[int, Hit], titles: dict[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        offices = self._lower_case_offices(names)
        self.names = sorted([*names, *offices, *self._headline_bodies()], key=lambda n: n.first)
        self.words = [words_of(page.text_of(n.first, n.last)) for n in self.names]
        self._before_of = {
            words[: words.index("of")]: name.hit.key if name.hit is not None else ""
            for words, name in zip(self.words, self.names, strict=True)
            if "of" in words
        }
        self.by_form = KindReader(page, self.names, hits, titles).judge()
        self.titled = {w for w, n in zip(self.words, self.names, strict=True) if n.honorific or n.title}
        self.persons = Persons(page, self.names, {hit.country_code for hit in hits.values()})
        self.bodies = Bodies(page, self.names)

    def sort(self) -> Bearers:
        """Full names first, then what leads to them, then what is linked to no other name."""
        left: list[int] = []
        full: list[int] = []
        offices: list[int] = []
        for index, name in enumerate(self.names):
            if self._is_state(index) or self._is_code(index):
                continue
            has_noun = name.shape == "organization" and len(self.words[index]) > 1
            if name.shape == "organization" and self._text(index).islower():
                offices.append(index)
            elif has_noun or (self._is_known(index) and not self._is_personal(index)):
                self.bodies.add(index, self._by_form(index))
            elif self._is_full(index) and self._winner(index) == "person":
                full.append(index)
            else:
                left.append(index)
        for index in offices:
            self.bodies.add(index, rule("actors.body.office", name=self._span(index)))
        self.persons.add_full([i for i in full if i not in self.bodies.of_name], self._by_votes)
        for index in (*left, *sorted(self.bodies.of_name)):
            self._abbreviates(index)
        left = [i for i in left if i not in self.bodies.of_name]
        for index in left:
            if len(self.words[index]) > 1 and self._winner(index) == "organization":
                self.bodies.add(index, self._by_votes(index))
        left = self._link([i for i in left if i not in self.bodies.of_name])
        self._alone(left)
        return self._bearers()

    def _span(self, index: int) -> Span:
        return self.page.document.span(self.names[index].first, self.names[index].last)

    def _by_form(self, index: int) -> Rule:
        """That the reference tables know a name as a body's, or that a noun in it makes it one."""
        name = self.names[index]
        if name.hit is not None and name.hit.kind == "organization" and not name.hit.is_stranger:
            return rule("actors.body.known", file="known_organizations", entry=name.hit.key, name=self._span(index))
        head = name.head or ""
        file = "organization_heads" if head_of(head) is not None else ""
        return rule("actors.body.noun", file=file, entry=head, name=self._span(index))

    def _by_votes(self, index: int) -> Rule:
        """That the model took a form for a person's or a body's name."""
        kind = "person" if self._winner(index) == "person" else "body"
        return rule(f"actors.{kind}.votes", name=self._span(index))

    def _is_full(self, index: int) -> bool:
        words = self.words[index]
        return len(words) > 1 and (words[0] not in surname_particles() or words[0] in given_names())

    def _winner(self, index: int) -> str:
        return self.by_form.get(self.words[index], "other")

    def _is_personal(self, index: int) -> bool:
        name = self.names[index]
        return name.honorific is not None or (name.title is not None and self._winner(index) == "person")

    def _is_state(self, index: int) -> bool:
        """Whether a name is a state's or place's, and nothing beside it says that a person bears it."""
        name = self.names[index]
        if name.hit is None or name.hit.kind not in _STATE_KINDS:
            return False
        return name.honorific is None and not (name.title is not None and self.tokens[name.first].ent == "PERSON")

    def _is_code(self, index: int) -> bool:
        """Whether a name is a stock's code in brackets, with that of the exchange: ``(LUND.OL)``."""
        stock, _, exchange = self._text(index).partition(".")
        return len(stock) > 1 and exchange.isupper() and self.page.word(self.names[index].first - 1) == "("

    def _is_known(self, index: int) -> bool:
        """Whether the tables know a name as a body's that is no short form of another: House, for House of Commons."""
        hit, words = self.names[index].hit, self.words[index]
        return hit is not None and hit.kind == "organization" and self._before_of.get(words, hit.key) == hit.key

    def _abbreviates(self, index: int) -> bool:
        """Links a name in brackets right after the one that it abbreviates; False where it is none."""
        name, word = self.names[index], self.page.word
        opening = name.first - (2 if word(name.first - 1) in _MARKS else 1)
        beside = index > 0 and opening - 1 <= self.names[index - 1].last <= opening
        bracketed = beside and word(opening) in ("(", "[") and word(name.last) in _AFTER_BRACKETED
        return bracketed and self.bodies.add_bracketed(index, index - 1)

    def _link(self, indexes: list[int]) -> list[int]:
        """Links short names to full ones; returns those that fit none."""
        left = []
        for index in indexes:
            acronym = len(self.words[index]) == 1 and is_acronym(self._text(index)) and self._winner(index) != "person"
            if not acronym and self.persons.add_short(index):
                continue
            if self.words[index] not in self.titled and self.bodies.add_short(index):
                continue
            left.append(index)
        return left

    def _text(self, index: int) -> str:
        return self.page.text_of(self.names[index].first, self.names[index].last)

    def _alone(self, indexes: list[int]) -> None:
        """Names that lead to no fuller one: persons and bodies of their own, where the model says so."""
        for index in indexes:
            kind = self._winner(index)
            if kind == "person" and not self.persons.add_short(index):
                self.persons.add_surname(index, self._by_votes(index))
            elif kind == "organization" and not self._abbreviates(index):
                self.bodies.add(index, self._by_votes(index))

    def _lower_case_offices(self, names: list[Name]) -> list[Name]:
        """Offices printed without a capital (``foreign ministry``), governments of regions, prosecutors of towns."""
        taken = {i for n in names for i in range(n.first, n.last) if n.shape == "organization"}
        out = []
        for hit in self.hits.values():
            noun = hit.last + (self.page.word(hit.last) in _OF_REGIONS)
            word, last = self.page.word(noun), noun + 1
            if word.rstrip("s") == "prosecutor" and self.page.word(noun + 2) == "office":
                word, last = "government", noun + 3
            if hit.kind in _TOWNS and word == "government" and (hit.kind == "place" or last > noun + 1):
                out.append(Name(hit.first, last, shape="organization", head=word))
        for token in self.tokens:
            if token.lower in _OFFICE_NOUNS and token.text.islower() and token.i not in taken:
                first = token.i
                while first > 0 and self._is_field(first - 1, token.sentence):
                    first -= 1
                if first < token.i and self.tokens[first].lower != "and":
                    out.append(Name(first, token.i + 1, shape="organization"))
        starts = {n.first for n in out}
        names[:] = [n for n in names if n.first not in starts]
        return out

    def _is_field(self, i: int, sentence: int) -> bool:
        token = self.tokens[i]
        joins = token.lower == "and" and self.page.word(i - 1) in portfolios()
        return token.sentence == sentence and (joins or (token.lower in portfolios() and token.text.islower()))

    def _headline_bodies(self) -> list[Name]:
        """Known bodies in headlines, where runs of capitals mean nothing."""
        return [
            Name(h.first, h.last, h, shape="organization")
            for h in self.hits.values()
            if h.kind == "organization" and self.tokens[h.first].paragraph in self.page.headline
        ]

    def _forms(self, borne: dict[int, Person | Body]) -> dict[str, Person | Body]:
        """What a headline can call each bearer: by a name, a family name or the first word of a body's name."""
        forms: dict[str, Person | Body] = {}
        for index in sorted(borne):
            text = self._text(index).lower()
            if len(text) > 2:
                forms.setdefault(text.removeprefix("the "), borne[index])
        for person in self.persons.people:
            forms.setdefault(" ".join(person.family()[0]), person)
        lowercase = self.page.lowercase
        for body in self.bodies.bodies:
            opening = body.words[0]
            plain = is_head(opening) or opening in portfolios() or opening in lowercase or opening in given_names()
            if len(body.words) > 1 and len(opening) > _LONGEST_PLAIN and not plain and body.state is None:
                forms.setdefault(opening, body)
        return forms

    def _bearers(self) -> Bearers:
        names = self.names
        person_of, body_of = dict(self.persons.of_name), dict(self.bodies.of_name)
        linked = {**self.bodies.linked, **self.persons.linked}
        borne: dict[int, Person | Body] = {**person_of, **body_of}
        taken = {i for k in borne for i in range(names[k].first, names[k].last)}
        if self.page.headline:
            forms = self._forms(borne)
            matcher = Matcher(forms)
            names = list(names)
            for token in self.tokens:
                if token.paragraph not in self.page.headline or token.i in taken or not token.text[0].isupper():
                    continue
                found = matcher.at(self.page, token)
                if found is None or any(i in self.hits and i not in taken for i in range(token.i, found[1])):
                    continue
                bearer = forms[found[0]]
                names.append(Name(token.i, found[1]))
                taken.update(range(token.i, found[1]))
                linked[len(names) - 1] = "headline"
                if isinstance(bearer, Person):
                    person_of[len(names) - 1] = bearer
                else:
                    body_of[len(names) - 1] = bearer
        return Bearers(names, self.persons.people, self.bodies.bodies, person_of, body_of, linked)
