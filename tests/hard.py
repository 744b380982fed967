"""A package with cells that are hard for other programs: formulas, escapes, wide decimals, early days, an empty table.

Keys and links are correct; the rest is meaningless and would not pass validation.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet import Tables
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.tables.rows import (
    ActorRow,
    ArticleRow,
    CountryRow,
    EventRow,
    EvidenceRow,
    FigureRow,
    MentionRow,
    ParticipantRow,
    QuoteRow,
    TariffRow,
)

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "=1+1",
    '=HYPERLINK("https://example.org","x")',
    "+49 30 1234",
    "-5",
    "@SUM(A1)",
    "\ttab before",
    "line\nbreak",
    '“curly” "straight" it\'s; a,b|c',
    "日本語 𝒳 😀 é e\u0301",
    "'apostrophe",
    "_x0041_",
    "NA",
    "null",
    "true",
    "1e5",
    "007",
    "3 March",
    "1,500",
    "0x1F",
    " blanks around ",
    "$$; DROP TABLE quotes; --",
    "back\\slash \\N \\t",
    "\\.",
    "{brace} %s ? :name",
    "x" * 32_767,
]
"""Texts of cells."""

AMOUNTS = [
    Decimal("123456789012345678901234.5678"),
    Decimal("-999999999999999999999999.9999"),
    Decimal("-276000000"),
    Decimal("0.0001"),
    Decimal("0.1"),
    Decimal("-0.25"),
    Decimal("999999999999999"),
    Decimal("1234567890123456"),
    Decimal("12345678901234567.89"),
    Decimal(0),
]
"""Amounts, up to the 28 digits with 4 decimals that a column holds."""

DAYS = [
    date(1000, 1, 1),
    date(1899, 12, 31),
    date(1900, 2, 28),
    date(1900, 3, 1),
    date(2024, 2, 29),
    date(9999, 12, 31),
]
"""Days before and after the one from which Excel's calendar is correct."""


def hard_tables(articles_told: int = 2) -> Tables:
    """The tables, with a number of articles; ``actor_roles`` has no row."""
    articles = [
        ArticleRow(f"art_{n:016x}", title, None, None, None, day, "en", f"ab{n:062x}", 100_000, 20_000, 3)
        for n, (title, day) in enumerate([("=Title", date(2024, 5, 17)), *[("Untold day", None)] * (articles_told - 1)])
    ]
    article = articles[0].article_id
    countries = [CountryRow(*row) for row in (("CHL", "Chile", "CL", "Americas"), ("PRT", "Portugal", "PT", "Europe"))]
    names = {"chile": "Chile", "ines-valadao": "Inês Valadão", "sum": "@SUM(A1:A9)"}
    actors = [ActorRow(key, name, "group", "CHL" if key == "chile" else None, None, 1) for key, name in names.items()]
    mentions = [MentionRow(f"men_{n:016x}", article, key, "name", n, n + 5) for n, key in enumerate(names)]
    last = len(TEXTS) - 1
    quotes = [
        QuoteRow(
            f"quo_{n:016x}",
            article,
            n + 1,
            "direct",
            text,
            1,
            "sum" if n % 2 else None,
            text[:40] if n % 3 else None,
            "named",
            None,
            "chile" if n % 5 else None,
            # The first part of each comes last: a link to a later row.
            f"quo_{last:016x}",
            n,
            n + 1,
        )
        for n, text in enumerate(TEXTS)
    ]
    events = [
        EventRow(
            f"eve_{n:016x}",
            article,
            "AGREE",
            "=agreed",
            "+summary",
            "occurred",
            day,
            None,
            "day",
            None,
            "stated",
            None,
            None,
            n,
            n + 9,
        )
        for n, day in enumerate(DAYS)
    ]
    participants = [ParticipantRow(event.event_id, "chile", "actor", article, 1, 2) for event in events]
    tariffs = [
        TariffRow(
            f"tar_{n:016x}",
            article,
            "CHL",
            "PRT" if n else None,
            text,
            f"{n:02}",
            "sum" if n == 1 else None,
            "tariff",
            "impose",
            Decimal("12.5") if n else None,
            None,
            None,
            text,
            "exact",
            [True, False, None][n],
            "in_force",
            None,
            DAYS[n],
            None,
            "day",
            n == 0,
            "tar_0000000000000002" if n == 0 else None,
            n,
            n + 3,
        )
        for n, text in enumerate(["=steel", "wine", "-fish"])
    ]
    figures = [
        FigureRow(
            f"fig_{n:016x}",
            article,
            amount,
            None if n % 2 else amount,
            "EUR",
            "stated",
            None,
            f"=-{n}",
            "exact",
            "other",
            "chile" if n % 2 else None,
            None,
            "tar_0000000000000001" if n == 3 else None,
            f"fig_{n + 1:016x}" if n == 0 else None,
            DAYS[n % len(DAYS)],
            None,
            "day",
            "Nov 3",
            "stated",
            n,
            n + 2,
        )
        for n, amount in enumerate(AMOUNTS)
    ]
    evidence = [EvidenceRow(quote.quote_id, "text", article, 1, 2) for quote in quotes]
    return Tables.from_rows(
        {
            "articles": articles,
            "actors": actors,
            "mentions": mentions,
            "quotes": quotes,
            "events": events,
            "event_participants": participants,
            "tariffs": tariffs,
            "financial_figures": figures,
            "evidence": evidence,
            "countries": countries,
        }
    )


def write_hard_package(folder: Path, articles: int = 2) -> Path:
    """Writes the package, and returns its folder."""
    write_package(hard_tables(articles), folder, PackageInfo(name="hard", version="2.0.0"))
    return folder
