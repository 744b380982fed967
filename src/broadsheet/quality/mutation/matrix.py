"""Renders the matrix of a campaign for ``docs/mutation-matrix.md``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from broadsheet.quality.mutation.run import CATALOGUE
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.quality.mutation.damage import Operator
    from broadsheet.quality.mutation.outcome import Outcome, Proof

HEAD = f"| operator | what it does | reach | mutants | caught | {' | '.join(str(int(level)) for level in Level)} |"
"""The header row of the table."""


def matrix(proof: Proof, operators: Sequence[Operator] = CATALOGUE) -> str:
    """Renders a Markdown table with a row for each operator: its mutants and how many each level caught.

    Operators without mutants have a row too. The last row has the totals.
    """
    found: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in proof.outcomes:
        found[outcome.operator.name].append(outcome)
    lines = [HEAD, f"| --- | --- | --- {'| ---: ' * (2 + len(Level))}|"]
    for operator in operators:
        lines.append(_line(f"`{operator.name}`", operator.says, operator.reach, found[operator.name]))
    lines.append(_line("all", "", "", proof.outcomes))
    return "\n".join(lines)


def _line(name: str, says: str, reach: str, outcomes: Sequence[Outcome]) -> str:
    counts = [len(outcomes), sum(o.caught for o in outcomes)]
    counts += [sum(level in o.levels | o.warned for o in outcomes) for level in Level]
    return f"| {name} | {says} | {reach} | {' | '.join(f'{count:,}' if count else '·' for count in counts)} |"


def in_words(proof: Proof) -> list[str]:
    """Returns the results in sentences: figures, survivors, and mutants that nothing can detect."""
    total = len(proof.outcomes)
    caught, alone = sum(o.caught for o in proof.outcomes), sum(o.caught_without_source for o in proof.outcomes)
    read = sum(Level.GROUNDING in o.levels | o.warned or o.caught_without_source for o in proof.outcomes)
    named = sum(o.named for o in proof.outcomes)
    operators = len({o.operator.name for o in proof.outcomes})
    ways = f"{alone:,} of them without the source and {read:,} without level 5"
    lines = [
        f"{operators} operators made {total:,} mutants. {caught:,} were caught, {ways};",
        f"{named:,} were named by table, column and row.",
        f"{len(proof.survivors):,} survived." if proof.survivors else "None survived.",
    ]
    lines += [f"- `{o.operator.name}` on `{_place(o)}`" for o in proof.survivors]
    for reason in sorted({o.excuse for o in proof.beyond}):
        places = sorted({f"`{o.operator.name}` on `{_place(o)}`" for o in proof.beyond if o.excuse == reason})
        lines.append(f"Beyond reach, since {reason}: {', '.join(places)}.")
    return lines


def _place(outcome: Outcome) -> str:
    return ".".join(part for part in (outcome.table, outcome.column) if part) or "package"
