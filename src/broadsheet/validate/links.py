"""Ring 3, what needs no suite: foreign keys between the tables, evidence of the cells, and the form of texts.

Handing the keys of one table to an expectation on another takes seconds where this takes milliseconds.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.read.canonical import tidy
from broadsheet.tables.schema import schemas
from broadsheet.validate.report import KEPT_FAILURES, Ring
from broadsheet.validate.rows import row_key_at, row_keys, row_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from broadsheet.validate.report import Findings

STATED = {
    "actors": ("name",),
    "actor_roles": ("title", "organization_id"),
    "quotes": ("text", "speaker_id", "speaker_text", "cue", "addressee_id"),
    "events": ("type", "trigger", "date_start", "date_end", "date_text", "place"),
    "tariffs": ("imposer_code", "product", "measure", "action", "rate_percent", "rate_text", "applies_to_id"),
    "financial_figures": ("amount", "unit", "per", "amount_text", "payer_id", "payee_id", "date_start", "date_text"),
}
"""Columns whose cells the text states, or that follow from words of it by rule."""

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


def check_evidence(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Every cell that a parser took from the text has evidence; a curator's row may rest on something else."""
    import pandas as pd

    evidence = frames["evidence"]
    if not {"row_id", "column_name"} <= set(evidence.columns):
        return
    known = set(zip(evidence["row_id"].array, evidence["column_name"].array, strict=True))
    for name, columns in STATED.items():
        frame = frames[name]
        key = schemas()[name].primary_key[0]
        if not {key, "origin"} <= set(frame.columns):
            continue
        extracted = frame["origin"] == "extracted"
        for column in columns:
            check = findings.check(
                Ring.EXPECTATIONS, name, "evidence_given", f"{column} has evidence where it was extracted", [column]
            )
            if column not in frame:
                continue
            lacking = [(row_id, column) not in known for row_id in frame[key].array]
            bare = frame[column].notna() & extracted & pd.Series(lacking, index=frame.index, dtype=bool)
            findings.fail_unnamed(check, max(0, int(bare.sum()) - KEPT_FAILURES))
            for position, row in row_keys(name, frame, bare).items():
                findings.fail(check, row, frame[column].iloc[position], place=row_place(frame, position))


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


def check_countries(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """The countries are those of the reference table: nothing in them comes from an article."""
    from broadsheet.reference.geography import countries

    frame, known = frames["countries"], countries()
    if "country_code" not in frame:
        return
    for column in ("country_code", "name", "alpha_2", "region"):
        check = findings.check(
            Ring.EXPECTATIONS, "countries", "reference", f"{column} is what the reference table has", [column]
        )
        if column not in frame:
            continue
        for position, (code, cell) in enumerate(zip(frame["country_code"], frame[column], strict=True)):
            wanted = getattr(known[code], column) if code in known else None
            if isinstance(code, str) and (cell if isinstance(cell, str) else None) != wanted:
                findings.fail(check, row_key_at("countries", frame, position), cell, f"it has {wanted}")


def check_order(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Rows stand by article and place, then by key, so that the same rows are always the same file."""
    for name, table in schemas().items():
        frame = frames[name]
        placed = name != "evidence" and "char_start" in table.columns
        columns = [*(("article_id", "char_start", "char_end") if placed else ()), *table.primary_key]
        check = findings.check(
            Ring.EXPECTATIONS, name, "row_order", f"rows stand in the order of {', '.join(columns)}", ()
        )
        if not set(columns) <= set(frame.columns) or not frame[columns].notna().to_numpy().all():
            continue
        rows = list(zip(*(frame[column].array for column in columns), strict=True))
        for position, (one, other) in enumerate(pairwise(rows)):
            if other < one:
                findings.fail(
                    check, row_key_at(name, frame, position + 1), message="stands behind a row of later place"
                )
                break


def is_clean(text: str) -> bool:
    """Whether a text has the form that every text of the tables has."""
    if _SURE.fullmatch(text):
        return True
    words = text.split(" ")
    return bool(words[0]) and bool(words[-1]) and tidy(text) == " ".join(filter(None, words))
