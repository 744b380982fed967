"""The parts of an explanation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.base.span import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that gave a cell, in words.

    Attributes:
        rule: Its key in the tables of rules.
        says: Its sentence, with the words that made it fire.
        module: The module that has the rule.
        file: The reference table whose entry decided, without its suffix; empty if none did.
        entry: Key of that entry.
        because: The rules that it is based on.
    """

    rule: str
    says: str
    module: str
    file: str = ""
    entry: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article.

    Attributes:
        article_id: Key of the article.
        title: Its title, if it has one.
        span: The characters of the row.
        around: Their paragraph, or the part of it near them; ``None`` if the article was not given.
        before: The number of characters in ``around`` before the span.
    """

    article_id: str
    title: str | None
    span: Span
    around: str | None = None
    before: int = 0


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """A cell, and why it has its value.

    Attributes:
        column: Its column.
        value: The cell as in the CSV; ``None`` for null.
        evidence: The characters that state it.
        words: Those characters, if the article was given.
        reasons: The rules that gave it; for an actor of several articles, one for each that agrees.
        extracted: What extraction gives now, if that differs; empty for null.
        differs: Whether it differs.
        was: The value that a curator replaced, as in the CSV; ``None`` if no curator changed the cell.
    """

    column: str
    value: str | None
    evidence: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    extracted: str = ""
    differs: bool = False
    was: str | None = None


@dataclass(frozen=True, slots=True)
class NamingArticle:
    """An article that names an actor.

    Attributes:
        article_id: Key of the article.
        title: Its title.
        mentions: The number of mentions.
        forms: The forms of the mentions, with the number of each.
        printed: The different words that name the actor, if the article was given.
        local_id: The actor's key in that article alone, if it is a different one.
    """

    article_id: str
    title: str | None
    mentions: int
    forms: tuple[tuple[str, int], ...]
    printed: tuple[str, ...] = ()
    local_id: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of a row.

    Attributes:
        table: Its table.
        key: Its key as a user writes it.
        cells: Its cells, in the order of the table's columns.
        passage: Its passage; ``None`` for rows without one.
        named: For an actor: the articles that name it.
        used: For a country: the columns that use its code, with the number of rows.
        curated: Why a curator changed or added the row; ``None`` if none did.
        action: What the curator did: ``change`` or ``add``.
        notes: Remarks, such as a different version or a missing source.
        with_source: Whether rules are given.
    """

    table: str
    key: str
    cells: tuple[CellExplanation, ...]
    passage: Passage | None = None
    named: tuple[NamingArticle, ...] = ()
    used: tuple[tuple[str, int], ...] = ()
    curated: str | None = None
    action: str | None = None
    notes: tuple[str, ...] = ()
    with_source: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "table": self.table,
            "key": self.key,
            "passage": None if self.passage is None else _passage(self.passage),
            "cells": [_cell(cell) for cell in self.cells],
            "named": [asdict(one) | {"forms": dict(one.forms), "printed": list(one.printed)} for one in self.named],
            "used": dict(self.used),
            "curated": None if self.curated is None else {"action": self.action, "reason": self.curated},
            "notes": list(self.notes),
            "with_source": self.with_source,
        }


def _passage(passage: Passage) -> dict[str, Any]:
    start, length = passage.before, passage.span.end - passage.span.start
    return {
        "article_id": passage.article_id,
        "title": passage.title,
        "char_start": passage.span.start,
        "char_end": passage.span.end,
        "around": passage.around,
        "span_in_around": None if passage.around is None else [start, start + length],
    }


def _cell(cell: CellExplanation) -> dict[str, Any]:
    return {
        "column": cell.column,
        "value": cell.value,
        "evidence": [[span.start, span.end] for span in cell.evidence],
        "words": list(cell.words),
        "rules": [_reason(reason) for reason in cell.reasons],
        "extracted": cell.extracted if cell.differs else None,
        "differs": cell.differs,
        "was": cell.was,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "says": reason.says,
        "module": reason.module,
        "reference": f"{reason.file}.csv" if reason.file else None,
        "entry": reason.entry or None,
        "because": [_reason(under) for under in reason.because],
    }
