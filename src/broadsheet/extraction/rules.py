"""The sentences of rules, in plain words: what each says of the cell that it gave."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.found import Rule
from broadsheet.reference import ReferenceTableError, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.found import Found, Later
    from broadsheet.tables.rows import Row

FILES = ("rules", "rules_events", "rules_figures", "rules_tariffs")
"""The reference tables of rules; one table for all of them would have as many authors as there are parsers."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a rule.

    Attributes:
        rule: Its key.
        table: The table whose cells it gives.
        columns: Their columns; empty for a rule that only others rest on.
        module: The module that decides so, below ``broadsheet``.
        says: The sentence. ``{name}`` is the place of a word of :attr:`Rule.words`, which comes in quotation marks
            where it is the article's; ``{file}`` and ``{entry}`` are the rule's own.
    """

    rule: str
    table: str
    columns: tuple[str, ...]
    module: str
    says: str


@cache
def told_rules() -> Mapping[str, Told]:
    """All rules by their keys.

    Raises:
        ReferenceTableError: If a key stands twice.
    """
    out: dict[str, Told] = {}
    for name in FILES:
        for row in table(name):
            if row["rule"] in out:
                raise ReferenceTableError(f"{name}.csv: {row['rule']} stands twice")
            out[row["rule"]] = Told(row["rule"], row["table"], tuple(row["column"].split()), row["module"], row["says"])
    return MappingProxyType(out)


def rules_of(name: str, row: Row, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rule of every cell of a row that is not null, in the order of its columns.

    Args:
        name: Name of the table.
        row: The row.
        rules: The rules of the cells that can come about in several ways.
    """
    out: dict[str, Rule] = {}
    for column in fields(row):
        if getattr(row, column.name) is None:
            continue
        given = rules.get(column.name)
        if given is None and f"{name}.{column.name}" in told_rules():
            given = Rule(f"{name}.{column.name}")
        if given is not None:
            out[column.name] = given
    return out


def rules_of_found(name: str, found: Found[Row]) -> dict[str, Rule]:
    """The rule of every cell of what a parser found."""
    return rules_of(name, found.row, found.rules)


def sentence(rule: Rule, text: str) -> str:
    """What a rule says, with its words filled in.

    Args:
        rule: The rule.
        text: The canonical text of the article that it fired in.

    Raises:
        KeyError: If there is no such rule, or its sentence has a place that nothing fills.
    """
    words = {name: _printed(said, text) for name, said in rule.words}
    return told_rules()[rule.id].says.format_map({"file": f"{rule.file}.csv", "entry": rule.entry, **words})


def _printed(said: Span | str | Later, text: str) -> str:
    """Words as a sentence has them: the article's in quotation marks."""
    if isinstance(said, Span):
        return f'"{said.of(text)}"'
    return said if isinstance(said, str) else said.told()
