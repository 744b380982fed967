"""Cells read anew from the article: what the words say, and where they do not tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from broadsheet import extract
from broadsheet.quality.validation.readings.names import can_name, codes_of
from broadsheet.quality.validation.readings.words import is_form
from broadsheet.quality.validation.report import Level
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.reading import Article

ARTICLES = sorted((Path(__file__).parents[2] / "articles").glob("*.txt"))

CASES: list[tuple[str, str, int, dict[str, object]]] = [
    ("a thousand times as much", "financial_figures", 0, {"amount": Decimal(40_000_000_000)}),
    ("a fall that nothing tells", "financial_figures", 0, {"amount": Decimal(-40_000_000)}),
    ("another upper end", "financial_figures", 0, {"amount_high": Decimal(46_000_000)}),
    ("no upper end", "financial_figures", 0, {"amount_high": None}),
    ("another currency", "financial_figures", 0, {"unit": "USD"}),
    ("a stated currency that is none", "financial_figures", 1, {"unit_basis": "stated"}),
    ("less exact", "financial_figures", 0, {"approximation": "about"}),
    ("a price that is none", "financial_figures", 0, {"per": "tonne"}),
    ("another year", "financial_figures", 0, {"date_start": date(2024, 1, 1)}),
    ("a day later", "events", 0, {"date_start": date(2024, 6, 2)}),
    ("day and month swapped", "events", 0, {"date_end": date(2024, 1, 6)}),
    ("another precision", "events", 1, {"date_precision": "day"}),
    ("another basis", "events", 2, {"date_basis": "relative"}),
    ("a date cut", "events", 0, {"date_text": "1 June"}),
    ("a trigger cut", "events", 0, {"trigger": "remov"}),
    ("another place", "events", 2, {"place": "lisbon"}),
    ("another country of a place", "events", 2, {"country_code": "CHL"}),
    ("a percentage as a fraction", "tariffs", 0, {"rate_percent": Decimal("0.125")}),
    ("a rate that is less exact", "tariffs", 0, {"rate_approximation": "about"}),
    ("a rate cut", "tariffs", 0, {"rate_text": "12.5"}),
    ("another imposer", "tariffs", 0, {"imposer_code": "CHL"}),
    ("another product", "tariffs", 0, {"product": "trout"}),
    ("another chapter", "tariffs", 0, {"hs_chapter": "22"}),
    ("another measure", "tariffs", 0, {"measure": "quota"}),
    ("a name for a pronoun", "quotes", 2, {"attribution": "pronoun"}),
    ("another cue", "quotes", 0, {"cue": "deny"}),
    ("a speaker cut", "quotes", 2, {"speaker_text": "Valadã"}),
    ("another name", "actors", 0, {"name": "Caixa do Norte"}),
    ("a pronoun for a name", "mentions", 0, {"form": "pronoun"}),
    ("another actor", "mentions", 0, {"actor_id": "pesca-austral"}),
]


@pytest.mark.parametrize(("table", "position", "cells"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_cell_that_its_words_do_not_bear_out(
    tables: Tables,
    article: Article,
    change: Callable[..., Tables],
    table: str,
    position: int,
    cells: dict[str, object],
) -> None:
    """The cell is named by table and column, with what the text says."""
    from broadsheet.quality.validation import validate_tables

    found = validate_tables(change(tables, table, position, **cells), [article]).failures
    named = [f for f in found if f.level is Level.GROUNDING and f.rule in ("says", "sign") and f.table == table]
    column = "form" if table == "mentions" else next(iter(cells))
    assert column in {f.column for f in named}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_rows_as_they_were_extracted(path: Path) -> None:
    """Nothing is said of rows that nobody touched."""
    article = read(path)
    failures = extract(article).validate().failures
    assert [(f.table, f.key, f.column, f.message) for f in failures if f.level is Level.GROUNDING] == []


BORNE_OUT = [
    (
        "an office names its body",
        'It has a bond with Ada Lund, now the Senate majority leader, who in 2010 said Mr. Moe was "of one term."',
    ),
    ("an abbreviation in brackets", "The Norwegian Fund for Ships (NORAX) sued Peru. NORAX chief Ada Lund said so."),
    (
        "a common noun that two parsers take for two",
        (
            "Port sales rose, Norway's General Administration of Customs said.\n\nWashington has a dispute with Chile. "
            "President Trump said it would be a long one.\n\nThe administration first imposed a 25 percent tariff on "
            "foreign steel in March 2018."
        ),
    ),
    ("a leader's regime", "Ada Lund denounced the Castro regime on Monday. It rained in Cuba."),
    ("a state's namesake", "Voters in Atlanta and in Texas chose. Evan Moe, the Georgia committeeman, saw Chicago."),
    ("a broadcaster called WHO", "The spot ran on Des Moines' NBC affiliate WHO in early January, Ada Lund said."),
    ("a demonstrative", 'While those surveyed said it was "a shame for all," Ada Lund laughed.'),
    ("a mark that is missing", 'Ada Lund spoke. "Absent a force of great size, she added, "this is how it will end."'),
    (
        "critics in a state",
        'His critics in Peru, many of them Roman Catholics, accused him of "bad faith." The Roman Catholics are many.',
    ),
    ("an embassy abroad", "Farmers rallied outside the Peruvian Embassy in Quito in late November."),
    ("a month of last year", "Peru scrapped its tariff on barley in August and lifted a ban on timber in July."),
    ("a month of next year", "Peru and Chile will hold their talks on fish in May."),
    ("an end told elsewhere", "Peru will impose tariffs from August on Chilean beef, until March 31, 2025."),
]


@pytest.mark.parametrize("text", [case[1] for case in BORNE_OUT], ids=[case[0] for case in BORNE_OUT])
def test_cells_that_more_than_their_words_tell(text: str) -> None:
    """What a clause, an office, brackets or another sentence adds to the words of a cell is no fault."""
    failures = extract(text=f"Of the day.\n\n{text}", published_on="2024-06-17").validate().failures
    assert [(f.table, f.column, f.value, f.message) for f in failures if f.level is Level.GROUNDING] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Chilean", {"CHL"}),
        ("the Portuguese government's", {"PRT"}),
        ("Lisbon", {"PRT"}),
        ("New Zealand and Peru", {"NZL", "PER"}),
        ("the Kremlin", {"RUS"}),
        ("a committee", set()),
        ("", set()),
    ],
)
def test_countries_that_words_name(text: str, codes: set[str]) -> None:
    """Names, peoples, capitals and seats tell a country; other words tell none."""
    assert codes_of(text) >= codes
    assert bool(codes_of(text)) == bool(codes)


@pytest.mark.parametrize(
    ("text", "name", "can"),
    [
        ("Valadão", "Inês Valadão", True),
        ("Valadao", "Inês Valadão", True),
        ("ILO", "International Labour Organization", True),
        ("Lusitano", "Banco Lusitano", True),
        ("Austral", "Banco Lusitano", False),
        ("she", "Inês Valadão", False),
    ],
)
def test_words_that_can_name_an_actor(text: str, name: str, can: bool) -> None:
    """Parts of a name and its initials stand for it, with or without accents."""
    assert can_name(text, {"name": name, "kind": "organization", "country_code": None}) is can


@pytest.mark.parametrize(
    ("lemma", "word", "can"),
    [
        ("say", "said", True),
        ("tell", "told", True),
        ("argue", "Arguing", True),
        ("reply", "replied", True),
        ("according to", "according to", True),
        ("say", "told", False),
        ("catch", "caught", True),
        ("deny", "said", False),
    ],
)
def test_forms_of_a_word(lemma: str, word: str, can: bool) -> None:
    """Regular forms begin as their lemma does; the irregular ones are listed."""
    assert is_form(lemma, word) is can
