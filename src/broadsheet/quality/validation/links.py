"""Level 3 checks without a suite: foreign keys, evidence of the cells, the form of texts, countries and row order.

Passing the keys of one table to an expectation on another takes seconds; these checks take milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.quality.validation.columns import Frames, lost
from broadsheet.quality.validation.report import KEPT_FAILURES, Level
from broadsheet.quality.validation.rows import row_key_at, row_place
from broadsheet.quality.validation.statements import is_cell, quoted
from broadsheet.reading.canonical import tidy
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.report import Check, Findings

STATED = {
    "actors": ("name",),
    "actor_roles": ("title", "organization_id"),
    "quotes": ("text", "speaker_id", "speaker_text", "cue", "addressee_id"),
    "events": ("type", "trigger", "date_start", "date_end", "date_text", "place"),
    "tariffs": ("imposer_code", "product", "measure", "action", "rate_percent", "rate_text", "applies_to_id"),
    "financial_figures": ("amount", "unit", "per", "amount_text", "payer_id", "payee_id", "date_start", "date_text"),
}
"""Columns whose cells are stated in the text, or follow from its words by rule."""

_SURE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
"""Printable ASCII without a space at either end."""


def check_links(findings: Findings, frames: Mapping[str, pd.DataFrame], names: Sequence[str] = TABLES) -> None:
    """Checks that every foreign key refers to an existing row."""
    tables = Frames.of(frames)
    for name in names:
        table = schemas()[name]
        frame = tables[name]
        for link in table.foreign_keys:
            check = findings.check(
                Level.EXPECTATIONS,
                name,
                "foreign_key",
                f"{link.column} is the {link.target_column} of a row of {link.target_table}",
                [link.column],
            )
            columns, target = tables.columns(name), tables.columns(link.target_table)
            if link.column in columns and link.target_column in target:
                positions = lost(columns, link.column, target, link.target_column)
                said = f"{link.target_table} has no row with this {link.target_column}"
                _fail(findings, check, name, frame, positions, said)


def _fail(
    findings: Findings,
    check: Check,
    table: str,
    frame: pd.DataFrame,
    positions: Sequence[int],
    said: str,
) -> None:
    """Reports the cells of a column at the positions, up to the number that a report keeps."""
    findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
    for position in positions[:KEPT_FAILURES]:
        cell = frame[check.column].iloc[position]
        value = ascii(cell) if check.rule == "text_form" else cell
        message = f"{is_cell(check.column, value)}, but {said}"
        findings.fail(check, row_key_at(table, frame, position), value, message, row_place(frame, position))


def check_evidence(findings: Findings, frames: Mapping[str, pd.DataFrame], names: Sequence[str] = TABLES) -> None:
    """Checks that every cell that a parser took from the text has evidence. Curated rows are exempt."""
    import pyarrow.compute as pc

    tables = Frames.of(frames)
    evidence = tables.columns("evidence")
    if "row_id" not in evidence or "column_name" not in evidence:
        return
    for name in names:
        stated = STATED.get(name, ())
        columns = tables.columns(name)
        key = schemas()[name].primary_key[0]
        if key not in columns or "origin" not in columns:
            continue
        extracted = pc.fill_null(pc.equal(columns["origin"], "extracted"), False)
        for column in stated:
            check = findings.check(
                Level.EXPECTATIONS, name, "evidence_given", f"{column} has evidence where it was extracted", [column]
            )
            if column not in columns:
                continue
            rows = evidence["row_id"].filter(pc.equal(evidence["column_name"], column))
            known = pc.is_in(columns[key], rows.cast(columns[key].type), skip_nulls=True)
            bare = pc.and_not(pc.and_(columns[column].is_valid(), extracted), known)
            said = "no row of evidence says where it is in the article"
            _fail(findings, check, name, tables[name], pc.indices_nonzero(bare).to_pylist(), said)


def check_texts(findings: Findings, frames: Mapping[str, pd.DataFrame], names: Sequence[str] = TABLES) -> None:
    """Checks that every free text is one line of NFC without outer spaces, control or invisible characters."""
    import pyarrow.compute as pc

    tables = Frames.of(frames)
    for name in names:
        table = schemas()[name]
        columns = tables.columns(name)
        for field in table.fields:
            if field.type != "string" or field.pattern is not None or field.enum or field.name not in columns:
                continue
            check = findings.check(
                Level.EXPECTATIONS,
                name,
                "text_form",
                f"{field.name} is one line of Unicode NFC without spaces at its ends, control or invisible characters",
                [field.name],
            )
            cells = columns[field.name]
            unsure = pc.indices_nonzero(pc.invert(pc.match_substring_regex(cells, rf"^(?:{_SURE.pattern})\z")))
            texts = zip(unsure.to_pylist(), cells.take(unsure).to_pylist(), strict=True)
            wrong = [position for position, text in texts if not is_clean(text)]
            said = "a text is one line of NFC without spaces at its ends, control or invisible characters"
            _fail(findings, check, name, tables[name], wrong, said)


def check_countries(findings: Findings, frames: Mapping[str, pd.DataFrame]) -> None:
    """Checks that the countries match the reference table, since no article contributes to them."""
    from broadsheet.reference.geography import countries

    frame, known = frames["countries"], countries()
    if "country_code" not in frame:
        return
    for column in ("country_code", "name", "alpha_2", "region"):
        check = findings.check(
            Level.EXPECTATIONS, "countries", "reference", f"{column} is what the reference table has", [column]
        )
        if column not in frame:
            continue
        for position, (code, cell) in enumerate(zip(frame["country_code"], frame[column], strict=True)):
            wanted = getattr(known[code], column) if code in known else None
            if isinstance(code, str) and (cell if isinstance(cell, str) else None) != wanted:
                said = f"{is_cell(column, cell)}, but the reference table has {quoted(wanted)}"
                findings.fail(check, row_key_at("countries", frame, position), cell, said)


def check_order(findings: Findings, frames: Mapping[str, pd.DataFrame], names: Sequence[str] = TABLES) -> None:
    """Checks that rows are sorted by article, span and key, so that the same rows always give the same file."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = Frames.of(frames)
    for name in names:
        table = schemas()[name]
        columns = tables.columns(name)
        placed = name != "evidence" and "char_start" in table.columns
        order = [*(("article_id", "char_start", "char_end") if placed else ()), *table.primary_key]
        check = findings.check(
            Level.EXPECTATIONS, name, "row_order", f"rows are in the order of {', '.join(order)}", ()
        )
        if columns.rows < 2 or not all(column in columns and not columns[column].null_count for column in order):
            continue
        before = pa.array([False] * (columns.rows - 1))
        alike = pc.invert(before)
        for column in order:  # UTF-8 sorts in code point order
            one, other = columns[column].slice(0, columns.rows - 1), columns[column].slice(1)
            before = pc.or_(before, pc.and_(alike, pc.less(other, one)))
            alike = pc.and_(alike, pc.equal(other, one))
        for position in pc.indices_nonzero(before).to_pylist()[:1]:
            key = row_key_at(name, tables[name], position + 1)
            before_it = row_key_at(name, tables[name], position)
            findings.fail(check, key, message=f"{key} comes after {before_it}, which belongs after it")


def is_clean(text: str) -> bool:
    """Whether a text has the form required of every text in the tables."""
    if _SURE.fullmatch(text):
        return True
    words = text.split(" ")
    return bool(words[0]) and bool(words[-1]) and tidy(text) == " ".join(filter(None, words))
