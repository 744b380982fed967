"""Bearers of one name as they gather into persons: the foremost first, each where most speaks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from broadsheet.identity.evidence import Difference, difference, is_enough
from broadsheet.identity.grouping import DOMINANCE, MOST, PROMINENT
from broadsheet.identity.traits import hang_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.identity.traits import Traits

T = TypeVar("T")


class Gathering(Generic[T]):
    """A person while bearers of the name are being joined.

    What the person is told by are the traits of the first bearer, which is the one of most articles; a later one adds
    only what the first does not tell, so that an odd article does not change who the person is.

    Args:
        first: The first bearer.
        traits: What it tells.
        givens: Given names as printed.
        n_articles: Articles that tell of it.
    """

    def __init__(self, first: T, traits: Traits, givens: frozenset[str], n_articles: int) -> None:
        self.members = [first]
        self.traits = traits
        self.givens = set(givens)
        self.n_articles = n_articles

    def add(self, member: T, traits: Traits, givens: frozenset[str], n_articles: int) -> None:
        """Joins a bearer."""
        self.members.append(member)
        mine = self.traits
        if not mine.countries and traits.countries:
            mine = replace(mine, countries=traits.countries, implied=traits.implied)
        if not mine.walks and traits.walks:
            mine = replace(mine, walks=traits.walks)
        if not mine.companies and traits.companies:
            mine = replace(mine, companies=traits.companies)
        if not mine.middles and traits.middles:
            mine = replace(mine, middles=traits.middles)
        self.traits = mine
        self.givens |= givens
        self.n_articles += n_articles


def home_of(
    traits: Traits, givens: frozenset[str], n_articles: int, persons: Sequence[Gathering[T]], of_name: int
) -> Gathering[T] | None:
    """The person whom a bearer of the name is; ``None`` where it is one of its own.

    Of several who can be it, one for whom a body, an office or a country speaks, unless another has ten times as many
    articles; else the one of most. Who can be nobody, but is told of too seldom, is an error about the foremost.

    Args:
        traits: What is told of the bearer.
        givens: Its given names as printed; for another form of the given name (Bill, William), something must speak.
        n_articles: Articles that tell of it.
        persons: The persons so far, the first ones first; of too many, the others are not looked at.
        of_name: Articles that have the name.
    """
    fitting: list[tuple[bool, int, Gathering[T]]] = []
    other: tuple[int, Difference, Gathering[T]] | None = None
    for person in persons[:MOST]:
        found = difference(person.traits, traits)
        hangs = hang_together(person.traits, traits)
        alike = not person.givens.isdisjoint(givens)
        if found is Difference.NONE and (alike or hangs or _is_prominent(person, traits)):
            fitting.append((hangs, person.n_articles, person))
        elif alike and (other is None or person.n_articles > other[0]):
            other = person.n_articles, found, person
    if fitting:
        hanging = [(n, person) for hangs, n, person in fitting if hangs]
        foremost = _foremost([(n, person) for _, n, person in fitting])
        if hanging and (near := _foremost(hanging)).n_articles * DOMINANCE >= foremost.n_articles:
            return near
        return foremost
    if other is None or is_enough(other[1], n_articles, other[0], of_name):
        return None
    return other[2]


def _is_prominent(person: Gathering[T], traits: Traits) -> bool:
    """Whether so many articles tell of a person that another form of the given name, where he is at home, is his."""
    mine, theirs = person.traits.countries | person.traits.hinted, traits.countries | traits.hinted
    return person.n_articles >= PROMINENT and bool(mine & theirs)


def _foremost(some: Sequence[tuple[int, Gathering[T]]]) -> Gathering[T]:
    return max(some, key=lambda one: one[0])[1]  # of equals the first, which is told of by the article of the least key
