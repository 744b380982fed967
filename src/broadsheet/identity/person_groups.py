"""Groups people with the same name into persons, the most prominent first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Generic, TypeVar

from broadsheet.identity.evidence import Difference, difference, is_enough
from broadsheet.identity.grouping import DOMINANCE, MAX_COMPARED, PROMINENT
from broadsheet.identity.traits import are_linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.identity.traits import Traits

T = TypeVar("T")


class PersonGroup(Generic[T]):
    """A person to whom people with the same name are added.

    The traits are those of the first member, which has the most articles; later members only fill in missing traits, so
    that an outlier does not change the person.

    Args:
        first: The first member.
        traits: Its traits.
        givens: Its given names as printed.
        n_articles: Articles that mention it.
    """

    def __init__(self, first: T, traits: Traits, givens: frozenset[str], n_articles: int) -> None:
        self.members = [first]
        self.traits = traits
        self.givens = set(givens)
        self.n_articles = n_articles

    def add(self, member: T, traits: Traits, givens: frozenset[str], n_articles: int) -> None:
        """Adds a member."""
        self.members.append(member)
        missing = [name for name in ("countries", "walks", "companies", "middles") if not getattr(self.traits, name)]
        if "countries" in missing:
            missing.append("implied")
        self.traits = replace(self.traits, **{name: getattr(traits, name) for name in missing})
        self.givens |= givens
        self.n_articles += n_articles


def choose_person(
    traits: Traits, givens: frozenset[str], n_articles: int, persons: Sequence[PersonGroup[T]], of_name: int
) -> PersonGroup[T] | None:
    """Chooses the person that someone with the name is; None for a new person.

    Of several candidates, one with a body, an office or a country in common is preferred, unless another has ten times
    as many articles; otherwise the one with most articles. If no candidate fits, but there are too few articles for a
    new person, the mismatch counts as an error about the most prominent person.

    Args:
        traits: The traits to match.
        givens: The given names as printed; another form of the name (Bill, William) needs a further trait in common.
        n_articles: Articles with these traits.
        persons: The persons so far, in order; only the first ones are compared.
        of_name: Articles that have the name.
    """
    fitting: list[tuple[bool, int, PersonGroup[T]]] = []
    other: tuple[int, Difference, PersonGroup[T]] | None = None
    for person in persons[:MAX_COMPARED]:
        found = difference(person.traits, traits)
        linked = are_linked(person.traits, traits)
        alike = not person.givens.isdisjoint(givens)
        if found is Difference.NONE and (alike or linked or _is_prominent(person, traits)):
            fitting.append((linked, person.n_articles, person))
        elif alike and (other is None or person.n_articles > other[0]):
            other = person.n_articles, found, person
    if fitting:
        linked_ones = [(n, person) for linked, n, person in fitting if linked]
        largest = _largest([(n, person) for _, n, person in fitting])
        if linked_ones and (best := _largest(linked_ones)).n_articles * DOMINANCE >= largest.n_articles:
            return best
        return largest
    if other is None or is_enough(other[1], n_articles, other[0], of_name):
        return None
    return other[2]


def _is_prominent(person: PersonGroup[T], traits: Traits) -> bool:
    """Whether a person has so many articles that another form of the given name, in the same country, means them."""
    mine, theirs = person.traits.countries | person.traits.inferred, traits.countries | traits.inferred
    return person.n_articles >= PROMINENT and bool(mine & theirs)


def _largest(some: Sequence[tuple[int, PersonGroup[T]]]) -> PersonGroup[T]:
    return max(some, key=lambda one: one[0])[1]  # on a tie the first, whose article has the smallest key
