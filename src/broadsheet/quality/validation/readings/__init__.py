"""Level 4 readers: read each cell that the text states again, from its span or its evidence.

The readers import no parser. They look up the characters that a row points to in the reference tables and consider
every possible meaning. A reader that cannot decide reports nothing; level 5 compares such cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.quality.validation.readings import dates, names, numbers, words
from broadsheet.quality.validation.readings.context import CONTEXT
from broadsheet.quality.validation.readings.rows import Row, World, records
from broadsheet.quality.validation.report import Level, Place, Severity
from broadsheet.quality.validation.rows import row_key_at, row_place
from broadsheet.quality.validation.statements import is_cell
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.readings.rows import Reading
    from broadsheet.quality.validation.report import Check, Findings
    from broadsheet.reading import Article

_DATES: tuple[tuple[str, str, Reading], ...] = (
    ("date_start", "date_start is the first day of what the text says", dates.date_end("date_start")),
    ("date_end", "date_end is the last day of what the text says", dates.date_end("date_end")),
    ("date_precision", "date_precision is that of what the text says", dates.date_of_text("date_precision")),
    ("date_basis", "date_basis is what the words of the date rest on", dates.date_of_text("date_basis")),
    ("date_text", "date_text is what its evidence points to", words.copied("date_text")),
)

READINGS: Mapping[str, tuple[tuple[str, str, Reading], ...]] = {
    "actors": (
        ("name", "name is printed, or is that of the reference tables for what is", names.name),
        ("country_code", "country_code is of a country that its evidence names", names.code("country_code")),
    ),
    "mentions": (("form", "form and actor are what the words at the span can be", names.mention),),
    "actor_roles": (
        ("organization_id", "organization_id is named at its evidence", names.link("organization_id")),
        ("country_code", "country_code is of a country that its evidence names", names.code("country_code")),
    ),
    "quotes": (
        ("text", "the quoted words are between marks or are a block", words.marks),
        ("speaker_id", "speaker_id is named at its evidence", names.link("speaker_id")),
        ("speaker_text", "speaker_text is what its evidence points to", words.copied("speaker_text")),
        ("attribution", "attribution is pronoun where speaker_text is one, and only there", words.attribution),
        ("cue", "cue is the lemma of the word at its evidence", words.cue),
        ("addressee_id", "addressee_id is named at its evidence", names.link("addressee_id")),
    ),
    "events": (
        ("trigger", "trigger is what its evidence points to", words.copied("trigger")),
        ("place", "place is what its evidence points to", words.copied("place")),
        ("country_code", "country_code is of a country that its evidence names", names.code("country_code", "place")),
        *_DATES,
    ),
    "event_participants": (("actor_id", "actor_id is named at the span", names.participant),),
    "tariffs": (
        ("imposer_code", "imposer_code is of a country that its evidence names", names.code("imposer_code")),
        ("target_code", "target_code is of a country that its evidence names", names.code("target_code")),
        ("applies_to_id", "applies_to_id is named at its evidence", names.link("applies_to_id")),
        ("product", "the words of product are at its evidence", words.product),
        ("hs_chapter", "hs_chapter is of a good that the product names", words.chapter),
        ("measure", "measure is one that the words at its evidence name", words.measure),
        ("rate_percent", "rate_percent is printed at its evidence", numbers.rate("rate_percent")),
        ("rate_high_percent", "rate_high_percent is printed at its evidence", numbers.rate("rate_high_percent")),
        ("rate_before_percent", "rate_before_percent is printed at its evidence", numbers.rate("rate_before_percent")),
        ("rate_text", "rate_text is what its evidence points to", words.copied("rate_text")),
        ("rate_approximation", "rate_approximation is that of the rate printed", numbers.rate_approximation),
        ("announced_on", "announced_on is a day that the text says", dates.day("announced_on")),
        ("effective_on", "effective_on is a day that the text says", dates.day("effective_on")),
        ("effective_precision", "effective_precision is that of what the text says", dates.precision),
        ("ended_on", "ended_on is a day that the text says", dates.day("ended_on")),
    ),
    "financial_figures": (
        ("amount", "amount is the one printed at the span", numbers.amount),
        ("amount", "a negative amount has a minus or a word of falling beside it", numbers.amount_sign),
        ("amount_high", "amount_high is the upper end of what is printed at the span", numbers.amount_high),
        ("unit", "unit is the one printed at the span", numbers.unit),
        ("unit_basis", "unit_basis is stated where the text says which currency it is", numbers.unit_basis),
        ("approximation", "approximation is what the words beside the amount say", numbers.approximation),
        ("per", "per is printed beside the amount", numbers.per),
        ("payer_id", "payer_id is named at its evidence", names.link("payer_id")),
        ("payee_id", "payee_id is named at its evidence", names.link("payee_id")),
        *_DATES,
    ),
}
"""Maps each table to its column, the rule in words, and the reading."""


_RULES: Mapping[Reading, str] = {numbers.amount_sign: "sign"}
"""Rule names of readings that share a column with another reading."""


def check_readings(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Mapping[str, Article],
    inferred: Callable[[str, str, str], bool] = lambda table, key, column: False,
) -> None:
    """Reports every cell that its text does not support, including curated cells.

    Args:
        findings: Collects the failures.
        frames: The tables.
        sources: The articles by key.
        inferred: Takes table, key and column; returns whether a curator marked the cell as not stated in the text.
    """
    world = World.of(frames, sources)
    homes = _homes(frames)
    for table, readings in READINGS.items():
        checks = [
            (findings.check(Level.GROUNDING, table, _RULES.get(reading, "says"), rule, [column]), reading)
            for column, rule, reading in readings
        ] + [
            (findings.check(Level.GROUNDING, table, "context", rule, [column], Severity.WARNING), reading)
            for column, rule, reading in CONTEXT.get(table, ())
        ]
        for position, cells in enumerate(records(frames[table], schemas()[table].columns)):
            for article in homes.get(cells["actor_id"], ()) if table == "actors" else (cells["article_id"],):
                if (source := world.texts.get(article)) is not None:
                    row = Row(table, position, cells, article, source, world)
                    _read(findings, checks, row, frames[table], inferred)


def _read(
    findings: Findings,
    checks: Sequence[tuple[Check, Reading]],
    row: Row,
    frame: pd.DataFrame,
    inferred: Callable[[str, str, str], bool],
) -> None:
    for check, reading in checks:
        if (said := reading(row)) is not None:
            cell, key = row.cells[check.column], row_key_at(row.table, frame, row.position)
            if row.cells["origin"] != "extracted" and inferred(row.table, key, check.column):
                continue
            place = (
                Place(row.article, spans[0]) if (spans := row.spans(check.column)) else row_place(frame, row.position)
            )
            findings.fail(check, key, cell, f"{is_cell(check.column, cell)}, but {said}", place)


def _homes(frames: Mapping[str, pd.DataFrame]) -> dict[str, list[str]]:
    """Maps each actor to the articles that mention it; the evidence of its cells is there."""
    homes: dict[str, dict[str, None]] = {}
    for row in records(frames["mentions"], ("actor_id", "article_id")):
        homes.setdefault(row["actor_id"], {})[row["article_id"]] = None
    return {actor: list(articles) for actor, articles in homes.items()}
