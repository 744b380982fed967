"""What a correction is."""

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
"""The tables whose rows can be corrected: those that say where a row comes from."""

DERIVED: Mapping[str, tuple[str, ...]] = {
    "actors": ("n_mentions",),
    "quotes": ("sequence", "n_words"),
    "events": ("summary",),
}
"""Columns that follow from others and are computed anew after curation; no correction sets them."""


class Action(StrEnum):
    """What a correction does to its row."""

    CHANGE = "change"
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Correction:
    """One row put right.

    Attributes:
        table: The table.
        key: Cells of the row's primary key, in its order.
        action: What is done to the row.
        reason: Why, in the curator's words.
        span: The characters of the article that bear it out.
        article_id: The article; ``None`` where the package has one alone.
        cells: Column to new value: of the changed columns, or of all that an added row has.
        was: Column to the value that the extractor gave, of each changed column.
        evidence: Column to the characters that state its new value, where these are not ``span``.
        inferred: The new cells that no characters state, because the curator concludes them.
        place: Where the correction stands, for errors: file and number.
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
        """The key as a user writes it: its cells with strokes between."""
        return "/".join(self.key)


@dataclass(frozen=True, slots=True)
class Curation:
    """A file of corrections.

    Attributes:
        corrections: In the order of the file.
        text: The file's own text, which a package carries with it.
    """

    corrections: tuple[Correction, ...] = ()
    text: str = ""


def settable(table: str) -> tuple[str, ...]:
    """The columns of a table that a correction may set: neither key, nor derived, nor origin."""
    fixed = {*schemas()[table].primary_key, *DERIVED.get(table, ()), "article_id", "origin"}
    return tuple(column for column in schemas()[table].columns if column not in fixed)
