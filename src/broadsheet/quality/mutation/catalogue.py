"""The catalogue of content mutations: each is a mistake that a person or program can make."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet.quality.mutation.content import operator
from broadsheet.quality.mutation.mistakes import (
    copied,
    deleted,
    event_deleted,
    exchanged,
    exchanged_ids,
    flipped,
    mention_deleted,
    merged,
    negated,
    one_filled,
    other_action,
    other_country,
    other_participant,
    other_speaker,
    other_target,
    other_unit,
    other_word,
    participant_lost,
    quote_deleted,
    scale_word_misread,
    scaled,
    shifted,
    sides_flipped,
    speakers_exchanged,
    transposed,
    turned,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.quality.mutation.content import Change
    from broadsheet.quality.mutation.damage import Operator

_THOUSAND = scaled("amount", "amount_high", by=Decimal(1000))
_TENFOLD = scaled("rate_percent", "rate_high_percent", "rate_before_percent", by=Decimal(10))


def _operators(table: str, *rows: tuple[str, str, str, Change], curated: bool = False) -> Iterator[Operator]:
    """Returns operators on a table, each given as name, description, columns and change."""
    return (operator(name, what, table, column, change, curated=curated) for name, what, column, change in rows)


CONTENT = (
    *(
        operator(
            f"{table}_ids_exchanged", "two rows with each other's key, in all tables", table, "", exchanged_ids(table)
        )
        for table in ("actors", "mentions", "actor_roles", "quotes", "events", "tariffs", "financial_figures")
    ),
    *_operators(
        "financial_figures",
        ("amount_thousandfold", "an amount × 1000, both ends", "amount", _THOUSAND),
        ("scale_word_misread", "million for billion, printed amount too", "amount", scale_word_misread),
        ("digits_transposed", "two digits of an amount transposed, printed amount too", "amount", transposed),
        ("unit_exchanged", "another currency, stated", "unit", other_unit),
        ("amount_negated", "an amount with another sign", "amount", negated),
        ("figure_kind_changed", "another kind of figure", "kind", other_word("financial_figures", "kind")),
        (
            "payer_and_payee_flipped",
            "payer and payee flipped, with evidence",
            "payer_id, payee_id",
            flipped("payer_id", "payee_id"),
        ),
        (
            "payer_for_payee",
            "the one known side of a payment as the other",
            "payer_id, payee_id",
            one_filled("payer_id", "payee_id"),
        ),
        (
            "payer_replaced",
            "another payer",
            "payer_id",
            other_target("financial_figures", "payer_id", "actors", "actor_id"),
        ),
        (
            "payee_replaced",
            "another payee",
            "payee_id",
            other_target("financial_figures", "payee_id", "actors", "actor_id"),
        ),
        (
            "figure_deleted",
            "a figure gone with its evidence",
            "",
            deleted("financial_figures", (("financial_figures", "conversion_of_id"),)),
        ),
        ("figure_copied", "an invented figure: a copy with a key of its own", "", copied("financial_figures")),
        (
            "figure_year_shifted",
            "the dates of a figure a year later",
            "date_start, date_end",
            shifted("financial_figures", 12),
        ),
    ),
    *_operators(
        "tariffs",
        (
            "imposer_and_target_flipped",
            "imposer and target flipped, with evidence",
            "imposer_code, target_code",
            flipped("imposer_code", "target_code"),
        ),
        (
            "imposer_replaced",
            "another imposer",
            "imposer_code",
            other_target("tariffs", "imposer_code", "countries", "country_code"),
        ),
        (
            "target_replaced",
            "another target",
            "target_code",
            other_target("tariffs", "target_code", "countries", "country_code"),
        ),
        ("rate_tenfold", "all rates × 10", "rate_percent", _TENFOLD),
        ("action_changed", "another action, its rate moved along", "action", other_action),
        ("measure_changed", "another measure", "measure", other_word("tariffs", "measure", "ban", "export_control")),
        ("tariff_status_changed", "another status", "status", other_word("tariffs", "status", "threatened")),
        ("tariff_year_shifted", "the dates of a measure a year later", "effective_on", shifted("tariffs", 12)),
        (
            "products_exchanged",
            "two rows with each other's product and chapter",
            "product",
            exchanged("tariffs", "product", "hs_chapter"),
        ),
        ("retaliation_turned", "a retaliation that is none, or one more", "is_retaliation", turned("is_retaliation")),
        (
            "tariff_deleted",
            "a measure gone with its evidence",
            "",
            deleted("tariffs", (("tariffs", "retaliates_for_id"), ("financial_figures", "tariff_id"))),
        ),
        ("tariff_copied", "an invented measure: a copy with a key of its own", "", copied("tariffs")),
    ),
    *_operators(
        "quotes",
        ("speaker_replaced", "another speaker, in all parts of the utterance", "speaker_id", other_speaker),
        (
            "speakers_exchanged",
            "two quotes with each other's speaker, words and evidence",
            "speaker_id",
            speakers_exchanged,
        ),
        ("cues_exchanged", "two quotes with each other's cue", "cue", exchanged("quotes", "cue")),
        ("quote_deleted", "a quote gone with its evidence, the others numbered again", "", quote_deleted),
    ),
    *_operators(
        "events",
        ("event_deleted", "an event gone with participants and evidence", "", event_deleted),
        ("event_copied", "an invented event: a copy with a key, participants and evidence", "", copied("events")),
        ("event_type_changed", "another type, the summary made from it", "type", other_word("events", "type")),
        ("event_status_changed", "another status, the summary made from it", "status", other_word("events", "status")),
        ("event_year_shifted", "the dates of an event a year later", "date_start, date_end", shifted("events", 12)),
        (
            "event_month_shifted",
            "the dates of an event a month earlier",
            "date_start, date_end",
            shifted("events", -1),
        ),
        (
            "places_exchanged",
            "two events with each other's place and country",
            "place",
            exchanged("events", "place", "country_code"),
        ),
        ("sides_flipped", "actors and recipients of an event flipped", "", sides_flipped),
    ),
    *_operators(
        "event_participants",
        ("participant_lost", "a participant gone, the summary made without it", "", participant_lost),
        ("participant_replaced", "another participant, the summary made with it", "actor_id", other_participant),
    ),
    *_operators(
        "actor_roles",
        (
            "organization_replaced",
            "a role in another organization",
            "organization_id",
            other_target("actor_roles", "organization_id", "actors", "actor_id", kind="organization"),
        ),
        (
            "role_holder_replaced",
            "a role of another person",
            "actor_id",
            other_target("actor_roles", "actor_id", "actors", "actor_id", kind="person"),
        ),
        ("tenure_changed", "another tenure", "tenure", other_word("actor_roles", "tenure")),
    ),
    *_operators(
        "actors",
        ("country_replaced", "another country of an actor, in roles and measures too", "country_code", other_country),
        ("actors_merged", "two actors as one, in all tables", "", merged),
    ),
    *_operators(
        "mentions",
        ("mention_deleted", "a mention gone, the count made without it", "", mention_deleted),
        (
            "mention_reassigned",
            "a mention of another actor, the counts made from it",
            "actor_id",
            other_target("mentions", "actor_id", "actors", "actor_id"),
        ),
    ),
    *_operators(
        "financial_figures",
        ("amount_miscurated", "an amount × 1000 by a correction", "amount", _THOUSAND),
        ("unit_miscurated", "another currency by a correction", "unit", other_unit),
        curated=True,
    ),
    *_operators(
        "tariffs",
        ("rate_miscurated", "a rate × 10 by a correction", "rate_percent", _TENFOLD),
        (
            "imposer_miscurated",
            "another imposer by a correction",
            "imposer_code",
            other_target("tariffs", "imposer_code", "countries", "country_code"),
        ),
        curated=True,
    ),
    *_operators(
        "events",
        ("date_miscurated", "dates a year later by a correction", "date_start, date_end", shifted("events", 12)),
        curated=True,
    ),
    *_operators(
        "financial_figures",
        (
            "payer_miscurated",
            "another payer by a correction",
            "payer_id",
            other_target("financial_figures", "payer_id", "actors", "actor_id"),
        ),
        curated=True,
    ),
    *_operators(
        "quotes",
        (
            "speaker_miscurated",
            "another speaker by a correction",
            "speaker_id",
            other_target("quotes", "speaker_id", "actors", "actor_id", kind="person"),
        ),
        curated=True,
    ),
)
"""All content operators."""
