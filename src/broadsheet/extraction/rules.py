"""The rules in plain words: for each, a sentence that explains the cells that it fills."""

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

    from broadsheet.extraction.found import LazyText
    from broadsheet.tables.rows import Row

FILES = ("rules", "rules_events", "rules_figures", "rules_tariffs")
"""The reference tables of rules: one each for the large parsers, one for the rest."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """The entry of a rule in the reference tables.

    Attributes:
        rule: Its key.
        table: The table whose cells it fills.
        columns: Their columns; empty for a rule that only other rules depend on.
        module: The module that applies it, below ``broadsheet``.
        says: The sentence. ``{name}`` is a placeholder for an item of :attr:`Rule.words`, which is quoted if it comes
            from the article; ``{file}`` and ``{entry}`` are the rule's own.
    """

    rule: str
    table: str
    columns: tuple[str, ...]
    module: str
    says: str


@cache
def rule_texts() -> Mapping[str, RuleText]:
    """All rules by their keys.

    Raises:
        ReferenceTableError: If two rules have the same key.
    """
    out: dict[str, RuleText] = {}
    for name in FILES:
        for row in table(name):
            if row["rule"] in out:
                raise ReferenceTableError(f"{name}.csv: {row['rule']} is listed twice")
            out[row["rule"]] = RuleText(
                row["rule"], row["table"], tuple(row["column"].split()), row["module"], row["says"]
            )
    return MappingProxyType(out)


def rules_of(name: str, row: Row, rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rule of every non-null cell of a row, in column order.

    Args:
        name: Name of the table.
        row: The row.
        rules: The rules of the columns that have several possible rules.
    """
    out: dict[str, Rule] = {}
    for column in fields(row):
        if getattr(row, column.name) is None:
            continue
        given = rules.get(column.name)
        if given is None and f"{name}.{column.name}" in rule_texts():
            given = Rule(f"{name}.{column.name}")
        if given is not None:
            out[column.name] = given
    return out


def sentence(rule: Rule, text: str) -> str:
    """The sentence of a rule, with its placeholders filled in.

    Args:
        rule: The rule.
        text: The canonical text of the article.

    Raises:
        KeyError: If there is no such rule, or a placeholder of its sentence has no value.
    """
    words = {name: _render(value, text) for name, value in rule.words}
    return rule_texts()[rule.id].says.format_map({"file": f"{rule.file}.csv", "entry": rule.entry, **words})


def _render(value: Span | str | LazyText, text: str) -> str:
    """The text of a placeholder; a span of the article is put in quotation marks."""
    if isinstance(value, Span):
        return f'"{value.of(text)}"'
    return value if isinstance(value, str) else value.render()
