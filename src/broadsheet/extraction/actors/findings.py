"""What is known of a page's actors while they are resolved, shared by the steps that resolve them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.reference.geography import EUROPEAN_UNION

if TYPE_CHECKING:
    from broadsheet.extraction.actors.bodies import Body
    from broadsheet.extraction.actors.mentions import Naming
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.nationality import CountryEvidence
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.people_and_bodies import Bearers
    from broadsheet.extraction.actors.persons import Person
    from broadsheet.extraction.actors.roles import RoleDraft
    from broadsheet.extraction.actors.states import StateUse
    from broadsheet.reference.people import Gender, Leader

_UNION_NAMES = ("European Union", "European Community", "European Economic Community")


@dataclass(slots=True)
class Findings:
    """Persons, bodies and states of one page, each under a key of its own.

    Attributes:
        page: The page.
        bearers: Its names, sorted by who bears them.
        uses: The places where states are named.
        people: Key (``p0``) to person.
        bodies: Key (``b0``) to body.
        states: Codes of the states that may be actors.
        country_evidence: Country of a person or body, with its provenance.
        leaders: Person to the row of ``leaders.csv``.
        genders: Gender of a person, where known.
        drafts: The offices that persons hold.
        namings: Every mention.
    """

    page: Page
    bearers: Bearers
    people: dict[str, Person] = field(init=False)
    bodies: dict[str, Body] = field(init=False)
    uses: list[StateUse] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    country_evidence: dict[str, CountryEvidence] = field(default_factory=dict)
    leaders: dict[str, Leader] = field(default_factory=dict)
    genders: dict[str, Gender] = field(default_factory=dict)
    drafts: list[RoleDraft] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    _keys: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {f"p{i}": person for i, person in enumerate(self.bearers.people)}
        self.bodies = {f"b{i}": body for i, body in enumerate(self.bearers.bodies)}
        self._keys = {id(bearer): key for key, bearer in (*self.people.items(), *self.bodies.items())}

    def drop(self, key: str) -> None:
        """Removes a candidate with its mentions."""
        bearer = self.people.pop(key, None) or self.bodies.pop(key, None)
        for index in bearer.names if bearer is not None else ():
            self.bearers.person_of.pop(index, None)
            self.bearers.body_of.pop(index, None)
        self.states.discard(key.removeprefix("c"))
        for table in (self.country_evidence, self.leaders, self.genders):
            table.pop(key, None)
        self.namings = [n for n in self.namings if n.bearer != key]

    def by_bearer(self) -> dict[str, list[Naming]]:
        """Key to the mentions of its bearer."""
        out: dict[str, list[Naming]] = {}
        for naming in self.namings:
            out.setdefault(naming.bearer, []).append(naming)
        return out

    @property
    def names(self) -> list[Name]:
        """All proper names of persons and bodies, headlines included."""
        return self.bearers.names

    def key_of(self, bearer: Person | Body) -> str:
        """The key of a person or body."""
        return self._keys[id(bearer)]

    def places_of_people(self) -> dict[int, str]:
        """Token of a name to the person who bears it."""
        return self._places(self.bearers.person_of)

    def places_of_bodies(self) -> dict[int, str]:
        """Token of a name to the body that bears it."""
        return self._places(self.bearers.body_of)

    def _places(self, of_name: dict[int, Person] | dict[int, Body]) -> dict[int, str]:
        return {
            place: self.key_of(bearer)
            for index, bearer in of_name.items()
            for place in range(self.names[index].first, self.names[index].last)
        }

    def text_of(self, name: Name) -> str:
        """The printed name."""
        return self.page.text_of(name.first, name.last)

    def state_key(self, code: str) -> str:
        """The key of a state; that of the body where the code is the Union's and the page names it."""
        unions = (key for key, body in self.bodies.items() if code == EUROPEAN_UNION and body.known in _UNION_NAMES)
        return next(unions, f"c{code}")

    def country_of(self, key: str) -> str | None:
        """Code of the country of a person or body."""
        return self.country_evidence[key].country_code if key in self.country_evidence else None
