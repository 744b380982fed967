"""One frozen dataclass per table, for the rows that parsers return, with the columns of ``schemas/`` in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A row of ``articles``."""

    article_id: str
    title: str | None
    publisher: str | None
    authors: str | None
    url: str | None
    published_on: date | None
    language: str
    text_sha256: str
    n_characters: int
    n_words: int
    n_paragraphs: int


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A row of ``actors``."""

    actor_id: str
    name: str
    kind: str
    country_code: str | None
    wikidata_id: str | None
    n_mentions: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A row of ``mentions``."""

    mention_id: str
    article_id: str
    actor_id: str
    form: str
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A row of ``actor_roles``."""

    role_id: str
    article_id: str
    actor_id: str
    title: str
    organization_id: str | None
    country_code: str | None
    tenure: str
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A row of ``quotes``."""

    quote_id: str
    article_id: str
    sequence: int
    kind: str
    text: str
    n_words: int
    speaker_id: str | None
    speaker_text: str | None
    attribution: str
    cue: str | None
    addressee_id: str | None
    utterance_id: str
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of ``events``."""

    event_id: str
    article_id: str
    type: str
    trigger: str
    summary: str
    status: str
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    date_text: str | None
    date_basis: str | None
    place: str | None
    country_code: str | None
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A row of ``event_participants``."""

    event_id: str
    actor_id: str
    role: str
    article_id: str
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A row of ``tariffs``."""

    tariff_id: str
    article_id: str
    imposer_code: str
    target_code: str | None
    product: str | None
    hs_chapter: str | None
    applies_to_id: str | None
    measure: str
    action: str
    rate_percent: Decimal | None
    rate_before_percent: Decimal | None
    rate_high_percent: Decimal | None
    rate_text: str | None
    rate_approximation: str | None
    rate_is_additional: bool | None
    status: str
    announced_on: date | None
    effective_on: date | None
    ended_on: date | None
    effective_precision: str | None
    is_retaliation: bool
    retaliates_for_id: str | None
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of ``financial_figures``."""

    figure_id: str
    article_id: str
    amount: Decimal
    amount_high: Decimal | None
    unit: str
    unit_basis: str
    per: str | None
    amount_text: str
    approximation: str
    kind: str
    payer_id: str | None
    payee_id: str | None
    tariff_id: str | None
    conversion_of_id: str | None
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    date_text: str | None
    date_basis: str | None
    char_start: int
    char_end: int
    origin: str = "extracted"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of ``evidence``."""

    row_id: str
    column_name: str
    article_id: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A row of ``countries``."""

    country_code: str
    name: str
    alpha_2: str
    region: str


Row = (
    ArticleRow
    | ActorRow
    | MentionRow
    | RoleRow
    | QuoteRow
    | EventRow
    | ParticipantRow
    | TariffRow
    | FigureRow
    | EvidenceRow
    | CountryRow
)

ROW_TYPES: dict[str, type[Row]] = {
    "articles": ArticleRow,
    "actors": ActorRow,
    "mentions": MentionRow,
    "actor_roles": RoleRow,
    "quotes": QuoteRow,
    "events": EventRow,
    "event_participants": ParticipantRow,
    "tariffs": TariffRow,
    "financial_figures": FigureRow,
    "evidence": EvidenceRow,
    "countries": CountryRow,
}
"""Table name to the type of its rows, in the order of the data model."""
