"""Decides for every proper name whether a person, a body or neither bears it, and gathers the names of each bearer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.bodies import Bodies, Body
from broadsheet.extraction.actors.kinds import KindReader
from broadsheet.extraction.actors.names import Name, is_acronym, words_of
from broadsheet.extraction.actors.page import Matcher
from broadsheet.extraction.actors.persons import Person, Persons
from broadsheet.extraction.found import Rule, rule
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
        self.titles = titles
        offices = self._lower_case_offices(names)
        self.names = sorted([*names, *offices, *self._headline_bodies()], key=lambda n: n.first)
        self.lowercase = frozenset(t.text for t in self.tokens if t.text.islower())
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
            if self._is_state(index):
                continue
            if self._is_office(index):
                offices.append(index)
                continue
            if (self._is_known(index) and not self._is_personal(index)) or (
                name.shape == "organization" and len(self.words[index]) > 1
            ):
                self.bodies.add(index, self._by_form(index))
            elif self._is_full(index) and self._winner(index) == "person":
                full.append(index)
            else:
                left.append(index)
        for index in offices:
            self.bodies.add(index, rule("actors.body.office", name=self._span(index)))
        self.persons.add_full([i for i in full if i not in self.bodies.of_name], self._by_votes)
        left = [i for i in left if not self._bracketed(i)]
        for index in range(1, len(self.names)):
            if self._is_bracketed(index) and index in self.bodies.of_name:
                self.bodies.add_bracketed(index, index - 1)
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
        if name.hit is not None and name.hit.kind == "organization":
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
        if len(words) < 2:
            return False
        opens_with_particle = words[0] in surname_particles() and not (
            words[0] in given_names() and "-" not in words[0]
        )
        return not opens_with_particle

    def _winner(self, index: int) -> str:
        words = self.words[index]
        return self.by_form[words] if words else "other"

    def _is_personal(self, index: int) -> bool:
        name = self.names[index]
        return name.honorific is not None or (name.title is not None and self._winner(index) == "person")

    def _is_state(self, index: int) -> bool:
        """Whether a name is a state's or place's, and nothing beside it says that a person bears it."""
        name = self.names[index]
        if name.hit is None or name.hit.kind not in _STATE_KINDS:
            return False
        return name.honorific is None and not (name.title is not None and self.tokens[name.first].ent == "PERSON")

    def _is_known(self, index: int) -> bool:
        """Whether the tables know a name as a body's that is no short form of another: House, for House of Commons."""
        hit = self.names[index].hit
        if hit is None or hit.kind != "organization":
            return False
        return self._before_of.get(self.words[index], hit.key) == hit.key

    def _is_bracketed(self, index: int) -> bool:
        """Whether a name is in brackets right after another one."""
        name = self.names[index]
        if index == 0 or name.first < 1 or name.last >= len(self.tokens):
            return False
        opening = name.first - 1
        if self.tokens[opening].text in ('"', "“", "'", "‘"):
            opening -= 1
        closed = (
            self.tokens[name.last].text in (")", '"', "”", "'", "’", ",", ";") or self.tokens[name.last].lower == "or"
        )
        before = self.names[index - 1]
        return closed and self.tokens[opening].text in ("(", "[") and opening - 1 <= before.last <= opening

    def _bracketed(self, index: int) -> bool:
        return self._is_bracketed(index) and self.bodies.add_bracketed(index, index - 1)

    def _is_office(self, index: int) -> bool:
        name = self.names[index]
        return name.shape == "organization" and self._text(index).islower()

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
            elif kind == "organization":
                self.bodies.add(index, self._by_votes(index))

    def _lower_case_offices(self, names: list[Name]) -> list[Name]:
        """Offices printed without a capital: ``foreign ministry``."""
        taken = {i for n in names for i in range(n.first, n.last) if n.shape == "organization"}
        out = []
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
        if token.sentence != sentence:
            return False
        return (token.lower in portfolios() and token.text.islower()) or (
            token.lower == "and" and i > 0 and self.tokens[i - 1].lower in portfolios()
        )

    def _headline_bodies(self) -> list[Name]:
        """Known bodies in headlines, where runs of capitals mean nothing."""
        return [
            Name(h.first, h.last, h, shape="organization")
            for h in self.hits.values()
            if h.kind == "organization" and self.tokens[h.first].paragraph in self.page.headline
        ]

    def _bearers(self) -> Bearers:
        names = self.names
        person_of, body_of = dict(self.persons.of_name), dict(self.bodies.of_name)
        linked = {**self.bodies.linked, **self.persons.linked}
        taken = {i for k in (*person_of, *body_of) for i in range(names[k].first, names[k].last)}
        forms: dict[str, Person | Body] = {}
        borne: list[tuple[int, Person | Body]] = [*person_of.items(), *body_of.items()]
        for index, bearer in sorted(borne, key=lambda pair: pair[0]):
            text = self.page.lower_of(names[index].first, names[index].last)
            if len(text) > 2:
                forms.setdefault(text.removeprefix("the "), bearer)
        for person in self.persons.people:
            for words in person.family()[:1]:
                forms.setdefault(" ".join(words), person)
        for body in self.bodies.bodies:
            opening = body.words[0]
            plain = is_head(opening) or opening in portfolios() or opening in self.lowercase or opening in given_names()
            if len(body.words) > 1 and len(opening) > _LONGEST_PLAIN and not plain and body.state is None:
                forms.setdefault(opening, body)
        if self.page.headline and forms:
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
