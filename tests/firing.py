"""The rules that fill the cells of a text's rows, and our own texts in which tests look for them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import analyse
from broadsheet.base.span import Span
from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.rules import rule_texts, rules_of, sentence
from broadsheet.reading import read
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.found import Rule
    from broadsheet.tables.rows import Row

PUBLISHED = date(2021, 6, 16)
"""The day of publication of short texts, a Wednesday."""

Cell = tuple[str, str, "Rule | None"]
"""Table, column and rule of a cell that is not null."""


@cache
def ours() -> tuple[tuple[Document, tuple[Cell, ...]], ...]:
    """The sample and the articles that we wrote for tests, with the cells of their rows."""
    sample = ROOT / "src" / "broadsheet" / "reading" / "sample" / "article.txt"
    texts = [*(ROOT / "tests" / "articles").glob("*.txt"), *(ROOT / "tests" / "gold").glob("*/*.txt")]
    documents = [analyse(read(path)) for path in [sample, *sorted(texts)]]
    return tuple((document, tuple(cells(document))) for document in documents)


def cells(document: Document) -> Iterator[Cell]:
    """The cells of a document's rows, including those of participants."""
    parsed = parse(document)
    parts: dict[tuple[str, str, str], Row] = {(p.event_id, p.actor_id, p.role): p for p in parsed.participants}
    for name, members in parsed.by_table().items():
        for found in members:
            yield from _cells(name, found.row, found.rules)
    for event in parsed.events:
        for (actor, role), rules in event.parts.items():
            yield from _cells("event_participants", parts[event.row.event_id, actor, role], rules)


def _cells(name: str, row: Row, rules: Mapping[str, Rule]) -> Iterator[Cell]:
    given = rules_of(name, row, rules)
    for column in row.__slots__:
        if getattr(row, column) is not None:
            yield name, column, given.get(column)


@cache
def cells_of(text: str) -> tuple[Cell, ...]:
    """The cells of the rows of a short text."""
    return tuple(cells(analyse(read(text, published_on=PUBLISHED))))


def under(rule: Rule) -> Iterator[Rule]:
    """A rule and all rules that it depends on."""
    yield rule
    for reason in rule.because:
        yield from under(reason)


def fired(text: str, column: str) -> set[str]:
    """The rules of a column of a short text's rows, with those that they depend on."""
    return {r.id for _, name, rule in cells_of(text) if name == column and rule is not None for r in under(rule)}


def says(text: str, table: str, column: str) -> set[str]:
    """The sentences of the rules of a column of a table, for a short text."""
    article = read(text, published_on=PUBLISHED)
    return {
        sentence(rule, article.text)
        for name, its, rule in cells_of(text)
        if (name, its) == (table, column) and rule is not None
    }


def without_rule(*tables: str) -> list[tuple[str, str]]:
    """The cells of our texts that have no rule, or the rule of another table or column."""
    told = (cell for _, members in ours() for cell in members if cell[0] in tables)
    return [(name, column) for name, column, rule in told if rule is None or not _is_of(rule, name, column)]


def _is_of(rule: Rule, name: str, column: str) -> bool:
    told = rule_texts().get(rule.id)
    return told is not None and told.table == name and column in told.columns


def untold_words(*tables: str) -> list[str]:
    """The rules of our texts whose sentence cannot be rendered, or with a word outside the text."""
    out: list[str] = []
    for document, members in ours():
        for name, _, rule in members:
            for reason in under(rule) if rule is not None and name in tables else ():
                words = [word for _, word in reason.words if isinstance(word, Span)]
                lies = all(0 <= word.start < word.end <= len(document.text) for word in words)
                if not lies or not sentence(reason, document.text):
                    out.append(reason.id)
    return out
