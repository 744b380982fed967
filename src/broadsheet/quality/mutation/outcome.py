"""The results of mutation testing: the matrix of operators and levels, and the survivors."""

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
    """The result of one mutant.

    Attributes:
        operator: The operator.
        table: The table that it changed; empty for the package.
        column: The column; empty for the whole table.
        key: The changed row; empty if there is none.
        levels: The levels with new errors.
        warned: The levels with new warnings.
        named: Whether a failure names the table, and the column and row if the change had them.
        rules: The rules that caught it.
        excuse: Why nothing can distinguish it from a valid package; empty if something should.
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
        """Whether any level reported a failure."""
        return bool(self.levels or self.warned)

    @property
    def caught_without_source(self) -> bool:
        """Whether a level that needs no article reported a failure."""
        return any(level < Level.GROUNDING for level in self.levels | self.warned)

    @property
    def caught_by_rebuild_alone(self) -> bool:
        """Whether only the rebuild reported a failure."""
        return self.levels | self.warned == {Level.REBUILD}


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of caught mutants, by the levels that caught them.

    Attributes:
        mutants: Number of mutants.
        without_source: Number caught by levels 1 to 3.
        with_source: Number caught by levels 1 to 4.
        caught: Number caught by any level.
        rebuild_alone: Number caught only by the rebuild.
    """

    mutants: int
    without_source: int
    with_source: int
    caught: int
    rebuild_alone: int

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Tally:
        """Counts the outcomes."""
        rebuild = sum(o.caught_by_rebuild_alone for o in outcomes)
        caught = sum(o.caught for o in outcomes)
        alone = sum(o.caught_without_source for o in outcomes)
        return cls(len(outcomes), alone, caught - rebuild, caught, rebuild)

    def in_words(self, kind: str) -> str:
        """Returns one line, such as ``structural: 12 mutants, 9 caught without the source, …``."""
        return (
            f"{kind}: {self.mutants:,} mutants, {self.without_source:,} caught without the source, "
            f"{self.with_source:,} with it and no rebuild, {self.caught:,} with both "
            f"({self.rebuild_alone:,} by the rebuild alone)"
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcomes of a campaign; ``with_source`` is true if the articles were available."""

    outcomes: tuple[Outcome, ...]
    with_source: bool
    seed: int

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """Mutants that something should have caught: each one shows a missing rule."""
        return tuple(
            o
            for o in self.outcomes
            if (o.operator.reach is Reach.PACKAGE and not o.caught_without_source)
            or (o.operator.reach is Reach.SOURCE and self.with_source and not o.caught and not o.excuse)
        )

    @property
    def beyond(self) -> tuple[Outcome, ...]:
        """Mutants that nothing can distinguish from a valid package, each with its reason."""
        return tuple(o for o in self.outcomes if o.excuse)

    @property
    def unnamed(self) -> tuple[Outcome, ...]:
        """Caught mutants without a failure that names their table and column."""
        return tuple(o for o in self.outcomes if o.caught and not o.named)

    @property
    def tallies(self) -> dict[str, Tally]:
        """Returns the tallies of structural and content mutations; a kind without mutants is omitted."""
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
        """Returns the proof as data for JSON."""
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
        """Returns text for a terminal: how many mutants of each operator each level caught, then the survivors."""
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
