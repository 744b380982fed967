"""Level 3: consistency across cells and tables, without the source.

A key is a digest of its row's span and cells, so it can be recomputed. A printed amount, rate or date allows only
certain numbers and days. The evidence of a link overlaps a mention, and that mention names an actor.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.corrected import Corrections
from broadsheet.quality.validation.helpers import evidence_of
from broadsheet.quality.validation.keys import check_keys
from broadsheet.quality.validation.readings import dates, numbers
from broadsheet.quality.validation.report import Level
from broadsheet.quality.validation.rows import row_key_at, row_place
from broadsheet.quality.validation.statements import is_cell
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.columns import Columns
    from broadsheet.quality.validation.report import Check, Findings

AT_SPAN = {
    "quotes": ("text",),
    "actor_roles": ("title",),
    "financial_figures": ("amount", "amount_text"),
}
"""Columns whose evidence is the row's own span."""

INSIDE_SPAN = {"events": ("trigger", "type")}
"""Columns whose evidence is inside the row's span."""

LINKS = {
    "quotes": ("speaker_id", "addressee_id"),
    "actor_roles": ("organization_id",),
    "tariffs": ("imposer_code", "target_code", "applies_to_id"),
    "financial_figures": ("payer_id", "payee_id"),
}
"""Columns that name an actor or its country. If mentions overlap their evidence, one must match."""

_MOST_MENTIONS = 12
"""Maximum number of mentions compared with one piece of evidence; the rest are ignored."""


def check_consistency(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    names: Sequence[str] = TABLES,
    *,
    is_part: bool = False,
    corrections: Corrections | None = None,
) -> None:
    """Reports cells that contradict other cells.

    Args:
        findings: Receives the failures.
        frames: The tables.
        names: The tables to check.
        is_part: Whether the tables are one part of a corpus whose actor ids are assigned over all its articles.
        corrections: The corrections. A value inferred by a curator need not agree with the printed words.
    """
    inferred = corrections or Corrections()
    tables = Frames.of(frames)
    for name in names:
        check_keys(findings, tables, name, is_part=is_part)
        _check_printed(findings, tables, name, inferred)
        _check_places(findings, tables, name)
        _check_named(findings, tables, name)
    if "event_participants" in names:
        _check_participants(findings, tables)


def _fail(
    findings: Findings,
    check: Check,
    frame: pd.DataFrame,
    position: int,
    said: str,
    inferred: Corrections | None = None,
) -> None:
    key, cell = row_key_at(check.table, frame, position), None
    if inferred is not None and any(inferred.is_inferred(check.table, key, column) for column in check.columns):
        return
    if check.columns[0] in frame:
        cell = frame[check.columns[0]].iloc[position]
    findings.fail(check, key, cell, f"{is_cell(check.column, cell)}, but {said}", row_place(frame, position))


def _rows(columns: Columns, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yields the cells of some columns, row by row; yields nothing if a column is missing."""
    if all(name in columns for name in names):
        yield from zip(*(columns[name].to_pylist() for name in names), strict=True)


def _check_printed(findings: Findings, tables: Frames, name: str, inferred: Corrections) -> None:
    """Checks that the printed words in the same row allow its numbers, units and dates."""
    columns, frame = tables.columns(name), tables[name]

    def check(rule: str, column: str, description: str) -> Check:
        return findings.check(Level.EXPECTATIONS, name, rule, description, [column])

    if name == "financial_figures":
        figures = ("amount", "amount_high", "unit", "unit_basis", "amount_text")
        checks = (
            check("amount_printed", "amount", "amount is a number that amount_text prints"),
            check("amount_high_printed", "amount_high", "amount_high is the other number that amount_text prints"),
            check("unit_printed", "unit", "unit is one that amount_text can stand for"),
            check("unit_basis_printed", "unit_basis", "unit_basis is stated where amount_text states the unit"),
        )
        for position, (low, high, unit, basis, text) in enumerate(_rows(columns, figures)):
            if text is not None:
                said = (
                    numbers.amount_of(low, text),
                    numbers.high_of(low, high, text),
                    numbers.unit_of(unit, text),
                    numbers.basis_of(basis, text),
                )
                for of, wrong in zip(checks, said, strict=True):
                    if wrong:
                        _fail(findings, of, frame, position, wrong, inferred)
    if name == "tariffs":
        of_rate = check("rate_number_printed", "rate_percent", "a rate is a number that rate_text prints")
        rates = ("rate_percent", "rate_high_percent", "rate_before_percent", "rate_text")
        for position, (*cells, text) in enumerate(_rows(columns, rates)):
            if text is not None and (wrong := numbers.rate_of(tuple(cells), text)):
                _fail(findings, of_rate, frame, position, wrong, inferred)
    if name in ("events", "financial_figures"):
        _check_dates(findings, tables, name, inferred)


def _check_dates(findings: Findings, tables: Frames, name: str, inferred: Corrections) -> None:
    """Checks that ``date_text`` allows the days and the precision."""
    published = dict(_rows(tables.columns("articles"), ("article_id", "published_on")))
    ends = ("date_start", "date_end")
    checks = {
        column: findings.check(
            Level.EXPECTATIONS, name, "date_printed", f"{column} is a day that date_text can mean", [column]
        )
        for column in ends
    }
    exact = findings.check(
        Level.EXPECTATIONS, name, "precision_printed", "date_precision is that of date_text", ["date_precision"]
    )
    names = ("article_id", "date_text", "date_precision", *ends)
    for position, (article, text, precision, *days) in enumerate(_rows(tables.columns(name), names)):
        if text is None:
            continue
        given = [day for day in days if day is not None]
        said = [dates.text_allows(day, text, published.get(article)) for day in given]
        if given and all(said):  # one end may be printed elsewhere in the article
            column = ends[0] if days[0] is not None else ends[1]
            _fail(findings, checks[column], tables[name], position, str(said[0]), inferred)
        if precision is not None and (wrong := dates.precision_of(precision, text)):
            _fail(findings, exact, tables[name], position, wrong, inferred)


def _check_places(findings: Findings, tables: Frames, name: str) -> None:
    """Checks that the evidence of a cell equals the row's span, or is inside it, as its column requires."""
    import pyarrow.compute as pc

    wanted = [(column, True) for column in AT_SPAN.get(name, ())]
    wanted += [(column, False) for column in INSIDE_SPAN.get(name, ())]
    columns, evidence = tables.columns(name), tables.columns("evidence")
    for column, equal in wanted:
        where = "is" if equal else "lies inside"
        rule = f"the evidence of {column} {where} the span of the row"
        check = findings.check(Level.EXPECTATIONS, name, "evidence_place", rule, [column])
        needed = {"origin", "char_start", "char_end"} <= set(columns.series)
        if not needed or not {"column_name", "row_id", "char_start", "char_end"} <= set(evidence.series):
            continue
        tables_of, places, _ = evidence_of(tables)
        mine = pc.and_(pc.equal(tables_of, name), pc.equal(evidence["column_name"], column))
        rows = pc.indices_nonzero(pc.fill_null(mine, False))
        at = places.take(rows)
        starts, ends = (evidence[end].take(rows) for end in ("char_start", "char_end"))
        row_starts, row_ends = (columns[end].take(at) for end in ("char_start", "char_end"))
        edges = (starts, ends, row_starts, row_ends)
        left, right = (pc.equal, pc.equal) if equal else (pc.greater_equal, pc.less_equal)
        fits = pc.and_(left(starts, row_starts), right(ends, row_ends))
        extracted = pc.equal(columns["origin"].take(at), "extracted")
        wrong = pc.and_(pc.fill_null(pc.invert(fits), False), pc.fill_null(extracted, False))
        messages: dict[int, str] = {}
        for position, *places in zip(*(cells.filter(wrong).to_pylist() for cells in (at, *edges)), strict=True):
            messages.setdefault(position, "its evidence is at {} to {}, and the row at {} to {}".format(*places))
        for position, said in messages.items():
            _fail(findings, check, tables[name], position, said)


def _check_named(findings: Findings, tables: Frames, name: str) -> None:
    """Checks links with mentions at their evidence: one mention must be of the linked actor or country."""
    import numpy as np
    import pyarrow.compute as pc

    evidence = tables.columns("evidence")
    needed = {"row_id", "column_name", "article_id", "char_start", "char_end"}
    for column in LINKS.get(name, ()):
        rule = f"the mentions at the evidence of {column} name what it names"
        check = findings.check(Level.EXPECTATIONS, name, "evidence_names", rule, [column])
        columns = tables.columns(name)
        if column not in columns or not needed <= set(evidence.series) or not evidence.rows:
            continue
        tables_of, places, _ = evidence_of(tables)
        mine = pc.fill_null(pc.and_(pc.equal(tables_of, name), pc.equal(evidence["column_name"], column)), False)
        rows = pc.indices_nonzero(mine)
        if not len(rows):
            continue
        at = places.take(rows).to_numpy(zero_copy_only=False)
        cells = columns[column].take(places.take(rows)).to_pylist()
        spans = [evidence[part].take(rows).to_pylist() for part in ("article_id", "char_start", "char_end")]
        own, other = _overlapping(tables, spans, cells, by_code=column.endswith("_code"))
        size = columns.rows
        right = np.bincount(at, weights=own, minlength=size) > 0
        wrong = (np.bincount(at, weights=other, minlength=size) > 0) & ~right
        for position in np.flatnonzero(wrong):
            _fail(findings, check, tables[name], int(position), "the mentions at its evidence name only others")


def _check_participants(findings: Findings, tables: Frames) -> None:
    """Checks participants with mentions at their span: one mention must be of the participant."""
    import numpy as np

    rule = "the mentions at the span are of the actor"
    check = findings.check(Level.EXPECTATIONS, "event_participants", "evidence_names", rule, ["actor_id"])
    columns = tables.columns("event_participants")
    names = ("article_id", "char_start", "char_end", "actor_id")
    if not columns.rows or not all(name in columns for name in names):
        return
    *spans, cells = (columns[name].to_pylist() for name in names)
    own, other = _overlapping(tables, spans, cells, by_code=False)
    for position in np.flatnonzero(other & ~own):
        said = "the mentions at the span name only others"
        _fail(findings, check, tables["event_participants"], int(position), said)


def _overlapping(tables: Frames, spans: Sequence[list[Any]], cells: list[Any], *, by_code: bool) -> tuple[Any, Any]:
    """For each span, whether a mention there matches the cell, and whether a mention there does not.

    An actor matches another actor of the same country. For a country code, an actor without a country counts as
    neither.
    """
    import numpy as np

    index, codes = _index(tables), _codes(tables)
    own, other = np.zeros(len(cells), bool), np.zeros(len(cells), bool)
    for row, (article, start, end, cell) in enumerate(zip(*spans, cells, strict=True)):
        if article not in index or cell is None or start is None or end is None:
            continue
        starts, ends, actors = index[article]
        first = bisect_right(ends, start)
        meant = cell if by_code else codes.get(cell)
        for place in range(first, min(first + _MOST_MENTIONS, len(starts))):
            if starts[place] >= end:
                break
            actor = actors[place]
            code = codes.get(actor)
            if (code is not None and code == meant) or (not by_code and actor == cell):
                own[row] = True
                break
            other[row] |= not by_code or code is not None
    return own, other


def _index(tables: Frames) -> dict[str, tuple[list[int], list[int], list[str]]]:
    """Article id to starts, ends and actors of its mentions, in reading order."""
    if "mentions_by_article" not in tables.memory:
        found: dict[str, list[tuple[int, int, str]]] = {}
        names = ("article_id", "char_start", "char_end", "actor_id", "form")
        for article, start, end, actor, form in _rows(tables.columns("mentions"), names):
            if form == "pronoun":
                continue  # another table may resolve the pronoun differently
            if None not in (article, start, end, actor):
                found.setdefault(article, []).append((start, end, actor))
        index = {}
        for article, members in found.items():
            members.sort()
            starts, ends, actors = zip(*members, strict=True)
            index[article] = (list(starts), list(ends), list(actors))
        tables.memory["mentions_by_article"] = index
    return tables.memory["mentions_by_article"]  # type: ignore[no-any-return]


def _codes(tables: Frames) -> dict[str, str | None]:
    """Actor id to country code."""
    if "codes_of_actors" not in tables.memory:
        tables.memory["codes_of_actors"] = dict(_rows(tables.columns("actors"), ("actor_id", "country_code")))
    return tables.memory["codes_of_actors"]  # type: ignore[no-any-return]
