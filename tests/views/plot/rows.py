"""Tables of invented rows: each maker takes what a test is about and fills in the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from broadsheet import Tables
from broadsheet.tables.rows import (
    ActorRow,
    ArticleRow,
    CountryRow,
    EventRow,
    FigureRow,
    ParticipantRow,
    QuoteRow,
    TariffRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.tables.rows import Row

ARTICLE = "art_0000000000000001"
_NUMBERS = count(1)


def key(prefix: str) -> str:
    """A key that no other row has."""
    return f"{prefix}_{next(_NUMBERS):016x}"


def article(number: int = 1) -> ArticleRow:
    """An article."""
    return ArticleRow(
        article_id=f"art_{number:016x}",
        title="The ferry to Eastport",
        publisher=None,
        authors=None,
        url=None,
        published_on=date(2024, 3, 5),
        language="en",
        text_sha256="0" * 64,
        n_characters=1_000,
        n_words=200,
        n_paragraphs=4,
    )


def actor(actor_id: str, name: str | None = None, kind: str = "person") -> ActorRow:
    """An actor, named like its key."""
    return ActorRow(actor_id, name or actor_id.title(), kind, None, None, 1)


def event(
    first: str | None = None,
    last: str | None = None,
    precision: str | None = "day",
    *,
    kind: str = "CONSULT",
    status: str = "occurred",
    summary: str = "Ada → Bo: CONSULT (met)",
    of: str = ARTICLE,
) -> EventRow:
    """An event from one day to another, or without a date."""
    dated = first is not None or last is not None
    return EventRow(
        event_id=key("eve"),
        article_id=of,
        type=kind,
        trigger="met",
        summary=summary,
        status=status,
        date_start=date.fromisoformat(first) if first else None,
        date_end=date.fromisoformat(last) if last else None,
        date_precision=precision if dated else None,
        date_text="then" if dated else None,
        date_basis="stated" if dated else None,
        place=None,
        country_code=None,
        char_start=0,
        char_end=1,
    )


def side(of: EventRow, actor_id: str, role: str = "actor") -> ParticipantRow:
    """Who takes part in an event."""
    return ParticipantRow(of.event_id, actor_id, role, of.article_id, 0, 1)


def quote(
    words: int, speaker: str | None = "ada", kind: str = "direct", addressee: str | None = None, of: str = ARTICLE
) -> QuoteRow:
    """Quoted words."""
    own = key("quo")
    attribution = "named" if speaker else "none"
    return QuoteRow(
        own, of, 1, kind, " ".join(["word"] * words), words, speaker, None, attribution, "say", addressee, own, 0, 1
    )


def tariff(
    rate: str | None = None,
    *,
    imposer: str = "NOR",
    target: str | None = "CHL",
    product: str | None = "salmon",
    action: str = "impose",
    status: str = "in_force",
    before: str | None = None,
    high: str | None = None,
    text: str | None = None,
    answers: bool = False,
    of: str = ARTICLE,
) -> TariffRow:
    """A measure."""
    rates = [None if given is None else Decimal(given) for given in (rate, before, high)]
    return TariffRow(
        tariff_id=key("tar"),
        article_id=of,
        imposer_code=imposer,
        target_code=target,
        product=product,
        hs_chapter=None,
        applies_to_id=None,
        measure="tariff",
        action=action,
        rate_percent=rates[0],
        rate_before_percent=rates[1],
        rate_high_percent=rates[2],
        rate_text=text,
        rate_approximation=None,
        rate_is_additional=None,
        status=status,
        announced_on=None,
        effective_on=None,
        ended_on=None,
        effective_precision=None,
        is_retaliation=answers,
        retaliates_for_id=None,
        char_start=0,
        char_end=1,
    )


def figure(
    amount: str,
    unit: str = "USD",
    kind: str = "loan",
    *,
    high: str | None = None,
    approximation: str = "exact",
    payer: str | None = None,
    payee: str | None = None,
    text: str = "an amount",
    of: str = ARTICLE,
) -> FigureRow:
    """An amount."""
    return FigureRow(
        figure_id=key("fig"),
        article_id=of,
        amount=Decimal(amount),
        amount_high=None if high is None else Decimal(high),
        unit=unit,
        unit_basis="stated",
        per=None,
        amount_text=text,
        approximation=approximation,
        kind=kind,
        payer_id=payer,
        payee_id=payee,
        tariff_id=None,
        conversion_of_id=None,
        date_start=None,
        date_end=None,
        date_precision=None,
        date_text=None,
        date_basis=None,
        char_start=0,
        char_end=1,
    )


_TABLES: dict[type[Row], str] = {
    ActorRow: "actors",
    ArticleRow: "articles",
    EventRow: "events",
    FigureRow: "financial_figures",
    ParticipantRow: "event_participants",
    QuoteRow: "quotes",
    TariffRow: "tariffs",
}


def tables(*rows: Row, names: Sequence[ActorRow] = (actor("ada"), actor("bo"))) -> Tables:
    """The tables of some rows, with two actors, two countries and one article where the rows have none."""
    found: dict[str, list[Row]] = {
        "articles": [],
        "actors": list(names),
        "countries": [
            CountryRow("CHL", "Chile", "CL", "Americas"),
            CountryRow("NOR", "Norway", "NO", "Europe"),
        ],
    }
    for row in rows:
        found.setdefault(_TABLES[type(row)], []).append(row)
    found["articles"] = found["articles"] or [article()]
    return Tables.from_rows(found)
