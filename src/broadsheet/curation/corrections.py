"""Corrections as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from broadsheet.tables.rows import ROW_TYPES
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span
    from broadsheet.tables.cells import Cell

CURATED: tuple[str, ...] = tuple(name for name, row in ROW_TYPES.items() if "origin" in row.__dataclass_fields__)
"""The tables whose rows can be corrected: those with the column ``origin``."""

DERIVED: Mapping[str, tuple[str, ...]] = {
    "actors": ("n_mentions",),
    "quotes": ("sequence", "n_words"),
    "events": ("summary",),
}
"""Columns that follow from others and are recomputed after curation; no correction sets them."""


class Action(StrEnum):
    """What a correction does to its row."""

    CHANGE = "change"
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of one row.

    Attributes:
        table: The table.
        key: Cells of the row's primary key, in its order.
        action: What to do with the row.
        reason: Why, in the curator's words.
        span: The characters of the article that support it.
        article_id: The article; None if the package has only one.
        cells: Column to new value, for the columns that change or that an added row sets.
        was: Column to the extractor's value, for the columns that change.
        evidence: Column to the characters that state its new value, if they are not ``span``.
        inferred: The columns whose new value no characters state, because the curator infers it.
        place: File and number of the correction, for errors.
    """

    table: str
    key: tuple[str, ...]
    action: Action
    reason: str
    span: Span
    article_id: str | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    was: Mapping[str, Cell] = field(default_factory=dict)
    evidence: Mapping[str, Span] = field(default_factory=dict)
    inferred: tuple[str, ...] = ()
    place: str = ""

    @property
    def row_id(self) -> str:
        """The key as a user writes it: its cells, separated by slashes."""
        return "/".join(self.key)


@dataclass(frozen=True, slots=True)
class Curation:
    """A file of corrections.

    Attributes:
        corrections: In the order of the file.
        text: The text of the file, which the package includes.
    """

    corrections: tuple[Correction, ...] = ()
    text: str = ""


def settable(table: str) -> tuple[str, ...]:
    """The columns that a correction may set: all but the key, derived columns, article and origin."""
    fixed = {*schemas()[table].primary_key, *DERIVED.get(table, ()), "article_id", "origin"}
    return tuple(column for column in schemas()[table].columns if column not in fixed)
