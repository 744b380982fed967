"""Ring 3, what needs no suite: foreign keys between the tables, and the form of texts.

Handing the keys of one table to an expectation on another takes seconds where this takes milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.read.canonical import tidy
from broadsheet.tables.schema import schemas
from broadsheet.validate.report import KEPT_FAILURES, Ring
from broadsheet.validate.rows import row_keys, row_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from broadsheet.validate.report import Findings

_SURE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
"""Printable ASCII that neither begins nor ends with a blank: needs no closer look."""


def check_links(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Every foreign key leads to a row, over all tables."""
    for name, table in schemas().items():
        frame = frames[name]
        for link in table.foreign_keys:
            check = findings.check(
                Ring.EXPECTATIONS,
                name,
                "foreign_key",
                f"{link.column} is the {link.target_column} of a row of {link.target_table}",
                [link.column],
            )
            target = frames[link.target_table]
            if link.column not in frame or link.target_column not in target:
                continue
            cells = frame[link.column]
            lost = cells.notna() & ~cells.isin(target[link.target_column].dropna())
            findings.fail_unnamed(check, max(0, int(lost.sum()) - KEPT_FAILURES))
            for position, key in row_keys(name, frame, lost).items():
                findings.fail(
                    check, key, cells.iloc[position], f"{link.target_table} has no such row", row_place(frame, position)
                )


def check_texts(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Every free text is on one line, in NFC, without blanks at its ends, control and invisible characters."""
    for name, table in schemas().items():
        frame = frames[name]
        for field in table.fields:
            if field.type != "string" or field.pattern is not None or field.enum or field.name not in frame:
                continue
            check = findings.check(
                Ring.EXPECTATIONS,
                name,
                "text_form",
                f"{field.name} is one line of Unicode NFC without blanks at its ends, control or invisible characters",
                [field.name],
            )
            cells = frame[field.name]
            wrong = cells.map(lambda text: isinstance(text, str) and not is_clean(text)).astype(bool)
            findings.fail_unnamed(check, max(0, int(wrong.sum()) - KEPT_FAILURES))
            for position, key in row_keys(name, frame, wrong).items():
                cell = cells.iloc[position]
                findings.fail(check, key, ascii(cell), place=row_place(frame, position))


def is_clean(text: str) -> bool:
    """Whether a text has the form that every text of the tables has."""
    if _SURE.fullmatch(text):
        return True
    words = text.split(" ")
    return bool(words[0]) and bool(words[-1]) and tidy(text) == " ".join(filter(None, words))
