"""Scores the participants of events: the actors, their roles, and the country of each side."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.events import MUTUAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Row = Mapping[str, Any]

Party = tuple[str | None, str]
"""Actor name and role."""


class ParticipantJudge:
    """Compares the participants of events with the gold.

    Args:
        gold: The gold of the article.
        actors: The article's rows of ``actors``.
        participants: The article's rows of ``event_participants``.
        who: Returns the gold's name of the actor with a given id.
    """

    def __init__(
        self,
        gold: Row,
        actors: Iterable[Row],
        participants: Iterable[Row],
        who: Callable[[str | None], str | None],
    ) -> None:
        self._country = {actor["name"]: actor.get("country") or actor["name"] for actor in gold["actors"]}
        codes = {row["actor_id"]: row["country_code"] for row in actors}
        self._given: dict[str, set[Party]] = defaultdict(set)
        self._dyads: dict[str, set[Party]] = defaultdict(set)
        for row in participants:
            event, actor, role = row["event_id"], row["actor_id"], row["role"]
            self._given[event].add((who(actor), role))
            self._dyads[event].add((codes.get(actor) or who(actor), role))

    def given(self, row: Row) -> set[Party]:
        """Returns the participants of a row of ``events``."""
        return self._given.get(row["event_id"], set())

    def all_right(self, gold: Row, row: Row) -> bool:
        """Whether all participants and their roles are right; mutual events ignore the roles."""
        return _compared(gold, self.given(row)) in [_compared(gold, option) for option in _options(gold)]

    def dyad_right(self, gold: Row, row: Row) -> bool:
        """Whether the countries of each side are right; an actor without a country is compared by name."""
        options = [{(self._country.get(name or "", name), role) for name, role in names} for names in _options(gold)]
        given = self._dyads.get(row["event_id"], set())
        return _compared(gold, given) in [_compared(gold, option) for option in options]


def first_choice(gold: Row) -> set[Party]:
    """Returns the gold's preferred participants."""
    return {(name, role) for role in ("actor", "recipient") for name in gold.get(f"{role}s") or ()}


def alternatives(value: object) -> list[list[str]]:
    """Returns the alternative lists of names in ``actors_alt`` or ``recipients_alt``.

    The value is a name, a list of names and nulls, or a list of lists. In a list of names, each name alone is right
    (null: no one), and so are all names together.
    """
    if value is None or value == []:
        return []
    members: list[Any] = value if isinstance(value, list) else [value]
    single = [name for name in members if not isinstance(name, list)]
    lists = [names for names in members if isinstance(names, list)]
    lists += [[] if name is None else [name] for name in single]
    return [*lists, [name for name in single if name is not None]] if single else lists


def _options(gold: Row) -> list[set[Party]]:
    """Returns every accepted set of participants."""
    sides = [
        [
            [(name, role) for name in names]
            for names in [gold.get(f"{role}s") or [], *alternatives(gold.get(f"{role}s_alt"))]
        ]
        for role in ("actor", "recipient")
    ]
    return [{*actors, *recipients} for actors, recipients in product(*sides)]


def _compared(gold: Row, parties: Iterable[Party]) -> frozenset[object]:
    """Returns the items to compare. Mutual events ignore roles, since annotators disagree on who met whom."""
    return frozenset(name for name, _ in parties) if gold["type"] in MUTUAL else frozenset(parties)
