"""What came of the mutants: the matrix operator by level, and the survivors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from broadsheet.quality.mutation.damage import Reach
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.quality.mutation.damage import Operator


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant.

    Attributes:
        operator: The operator.
        table: The table that it changed; empty for the package.
        column: The column; empty for the table as a whole.
        key: The row, where it was one.
        levels: The levels with an error that the package did not have before.
        warned: The levels with a warning that it did not have before.
        named: Whether a failure names the table, the column where it was one, and the row where it was one.
        rules: The rules that found it.
        excuse: Why nothing can tell it from a valid package; empty where something should.
    """

    operator: Operator
    table: str
    column: str
    key: str
    levels: frozenset[Level]
    warned: frozenset[Level]
    named: bool
    rules: tuple[str, ...]
    excuse: str = ""

    @property
    def caught(self) -> bool:
        """Whether any level said anything."""
        return bool(self.levels or self.warned)

    @property
    def caught_without_source(self) -> bool:
        """Whether a level that needs no article said anything."""
        return any(level < Level.GROUNDING for level in self.levels | self.warned)

    @property
    def caught_by_rebuild_alone(self) -> bool:
        """Whether the rebuild alone said anything."""
        return self.levels | self.warned == {Level.REBUILD}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mutants were caught, and with what at hand.

    Attributes:
        mutants: How many there are.
        without_source: How many levels 1 to 3 caught.
        with_source: How many levels 1 to 4 caught.
        caught: How many were caught at all.
        rebuild_alone: How many only the rebuild caught.
    """

    mutants: int
    without_source: int
    with_source: int
    caught: int
    rebuild_alone: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Tally:
        """The tally of some mutants."""
        rebuild = sum(o.caught_by_rebuild_alone for o in outcomes)
        caught = sum(o.caught for o in outcomes)
        alone = sum(o.caught_without_source for o in outcomes)
        return cls(len(outcomes), alone, caught - rebuild, caught, rebuild)

    def in_words(self, kind: str) -> str:
        """One line, such as ``structural: 12 mutants, 9 caught without the source, …``."""
        return (
            f"{kind}: {self.mutants:,} mutants, {self.without_source:,} caught without the source, "
            f"{self.with_source:,} with it and no rebuild, {self.caught:,} with both "
            f"({self.rebuild_alone:,} by the rebuild alone)"
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of a campaign; ``with_source`` tells whether the articles were at hand."""

    outcomes: tuple[Outcome, ...]
    with_source: bool
    seed: int

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """Mutants within reach that nothing caught: each is a rule that is missing."""
        return tuple(
            o
            for o in self.outcomes
            if (o.operator.reach is Reach.PACKAGE and not o.caught_without_source)
            or (o.operator.reach is Reach.SOURCE and self.with_source and not o.caught and not o.excuse)
        )

    @property
    def beyond(self) -> tuple[Outcome, ...]:
        """Mutants that nothing can tell from a valid package, each with its reason."""
        return tuple(o for o in self.outcomes if o.excuse)

    @property
    def unnamed(self) -> tuple[Outcome, ...]:
        """Mutants that were caught, but by no failure that names their table and column."""
        return tuple(o for o in self.outcomes if o.caught and not o.named)

    @property
    def tallies(self) -> dict[str, Tally]:
        """The tallies of structural and content mutations, apart; a kind that was not tried has none."""
        kinds = {
            "structural": [o for o in self.outcomes if not o.operator.is_content],
            "content": [o for o in self.outcomes if o.operator.is_content],
        }
        return {kind: Tally.of(outcomes) for kind, outcomes in kinds.items() if outcomes}

    def _by_operator(self) -> dict[str, list[Outcome]]:
        found: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            found[outcome.operator.name].append(outcome)
        return found

    def to_dict(self) -> dict[str, object]:
        """The proof as JSON has it."""
        return {
            "mutants": len(self.outcomes),
            "caught": sum(o.caught for o in self.outcomes),
            "caught_without_source": sum(o.caught_without_source for o in self.outcomes),
            "named": sum(o.named for o in self.outcomes),
            "kinds": {kind: asdict(tally) for kind, tally in self.tallies.items()},
            "with_source": self.with_source,
            "seed": self.seed,
            "operators": [
                {
                    "operator": name,
                    "says": members[0].operator.says,
                    "reach": str(members[0].operator.reach),
                    "mutants": len(members),
                    "caught": sum(o.caught for o in members),
                    "levels": {str(int(r)): sum(r in o.levels for o in members) for r in Level},
                    "warnings": {str(int(r)): sum(r in o.warned for o in members) for r in Level},
                }
                for name, members in self._by_operator().items()
            ],
            "outcomes": [{**_named(o), "levels": sorted(int(r) for r in o.levels | o.warned)} for o in self.outcomes],
            "survivors": [_named(o) for o in self.survivors],
            "beyond": [{**_named(o), "reason": o.excuse} for o in self.beyond],
            "unnamed": [_named(o) for o in self.unnamed],
        }

    def render(self) -> str:
        """The matrix for a terminal, operator by level: how many mutants each level caught; then the survivors."""
        operators = self._by_operator()
        width = max((len(name) for name in operators), default=8)
        lines = [f"{'operator':{width}}  reach    mutants  caught  {'  '.join(f'level {int(r)}' for r in Level)}"]
        lines += [_line(name, members, width) for name, members in operators.items()]
        total, survivors = len(self.outcomes), self.survivors
        caught, alone = sum(o.caught for o in self.outcomes), sum(o.caught_without_source for o in self.outcomes)
        named = sum(o.named for o in self.outcomes)
        lines += [
            "",
            f"{len(operators)} operators, {total:,} mutants, {caught:,} caught, {alone:,} without the source;",
        ]
        lines += [f"{named:,} named by table, column and row (seed {self.seed})."]
        lines += [tally.in_words(kind) + "." for kind, tally in self.tallies.items()]
        lines += [f"Survivors: {len(survivors):,}" if survivors else "No survivors."]
        lines += [f"  {_words(outcome)}" for outcome in survivors]
        lines += [f"Beyond reach: {_words(outcome)}: {outcome.excuse}" for outcome in self.beyond]
        return "\n".join(lines)


def _line(name: str, members: Sequence[Outcome], width: int) -> str:
    caught = sum(o.caught for o in members)
    levels = "  ".join(f"{_number(r in o.levels or r in o.warned for o in members):>6}" for r in Level)
    return f"{name:{width}}  {members[0].operator.reach:7}  {len(members):7}  {caught:6}  {levels}"


def _number(found: Iterable[bool]) -> str:
    return str(sum(found) or "·")


def _named(outcome: Outcome) -> dict[str, object]:
    return {
        "operator": outcome.operator.name,
        "table": outcome.table,
        "column": outcome.column,
        "key": outcome.key,
        "rules": list(outcome.rules),
    }


def _words(outcome: Outcome) -> str:
    place = ".".join(part for part in (outcome.table, outcome.column) if part) or "package"
    return f"{outcome.operator.name} on {place}" + (f", {outcome.key}" if outcome.key else "")
