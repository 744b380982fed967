"""What there is to tell of a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.base.span import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that gave a cell, in words.

    Attributes:
        rule: Its key in the tables of rules.
        says: Its sentence, with the words that made it fire.
        module: The module that decides so.
        file: The reference table whose entry decided, without its ending; empty where none did.
        entry: Key of that entry.
        because: What it rests on.
    """

    rule: str
    says: str
    module: str
    file: str = ""
    entry: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in an article.

    Attributes:
        article_id: Key of the article.
        title: Its title, where it has one.
        span: The characters.
        around: The paragraph that holds them, or what of it is near; ``None`` where the article was not given.
        before: How many characters of ``around`` stand before the span.
    """

    article_id: str
    title: str | None
    span: Span
    around: str | None = None
    before: int = 0


@dataclass(frozen=True, slots=True)
class CellTold:
    """A cell, and why it holds what it holds.

    Attributes:
        column: Its column.
        value: The cell as the CSV has it; ``None`` where it is null.
        evidence: The characters that state it.
        words: These characters, as far as the article was given.
        reasons: What gave it; for an actor of several articles, one for each that says so.
        extracted: What extraction gives now, where that differs; empty for null.
        differs: Whether it differs.
        was: What a curator found there, as the CSV has it; ``None`` where no curator changed the cell.
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
class Named:
    """An article that names an actor.

    Attributes:
        article_id: Key of the article.
        title: Its title.
        mentions: How often it does.
        forms: The forms of the mentions, with how many there are of each.
        printed: The different words that name the actor, where the article was given.
        local_id: The actor's key in that article alone, where that is another one.
    """

    article_id: str
    title: str | None
    mentions: int
    forms: tuple[tuple[str, int], ...]
    printed: tuple[str, ...] = ()
    local_id: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that there is to tell of a row.

    Attributes:
        table: Its table.
        key: Its key as a user writes it.
        cells: Its cells, in the order of the table's columns.
        passage: Where it stands; ``None`` for rows without a place.
        named: For an actor: the articles that name it.
        used: For a country: tables and columns that use its code, with how often.
        curated: Why a curator changed or added the row; ``None`` where none did.
        action: What the curator did: ``change`` or ``add``.
        notes: What else is to be known: another version, no source.
        with_source: Whether rules are told.
    """

    table: str
    key: str
    cells: tuple[CellTold, ...]
    passage: Passage | None = None
    named: tuple[Named, ...] = ()
    used: tuple[tuple[str, int], ...] = ()
    curated: str | None = None
    action: str | None = None
    notes: tuple[str, ...] = ()
    with_source: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        passage = self.passage
        return {
            "table": self.table,
            "key": self.key,
            "passage": None
            if passage is None
            else {
                "article_id": passage.article_id,
                "title": passage.title,
                "char_start": passage.span.start,
                "char_end": passage.span.end,
                "around": passage.around,
                "span_in_around": None
                if passage.around is None
                else [passage.before, passage.before + passage.span.end - passage.span.start],
            },
            "cells": [_cell(cell) for cell in self.cells],
            "named": [
                {
                    "article_id": named.article_id,
                    "title": named.title,
                    "mentions": named.mentions,
                    "forms": dict(named.forms),
                    "printed": list(named.printed),
                    "local_id": named.local_id,
                }
                for named in self.named
            ],
            "used": dict(self.used),
            "curated": None if self.curated is None else {"action": self.action, "reason": self.curated},
            "notes": list(self.notes),
            "with_source": self.with_source,
        }


def _cell(cell: CellTold) -> dict[str, Any]:
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
