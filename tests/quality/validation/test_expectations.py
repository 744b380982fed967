"""Level 3: every rule of the suites fails on the rows that break it, and names them."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.expectations import check_expectations, check_of, domain_of
from broadsheet.quality.validation.library import load_suite
from broadsheet.quality.validation.report import KEPT_FAILURES, Failure, Findings, Severity
from broadsheet.quality.validation.suites import KINDS, shipped_suites
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from broadsheet import Tables

OTHER = "0" * 16

SEMANTIC: list[tuple[str, str, int, dict[str, object]]] = [
    ("articles", "article_key", 0, {"article_id": f"art_{OTHER}"}),
    ("articles", "word_count", 0, {"n_words": 9999}),
    ("articles", "paragraph_count", 0, {"n_paragraphs": 9998}),
    ("articles", "published_on_early", 0, {"published_on": date(1205, 5, 10)}),
    ("actors", "mention_count", 0, {"n_mentions": 2}),
    ("actors", "mentioned", 0, {"n_mentions": 0}),
    ("actors", "country_of_country", 1, {"country_code": None}),
    ("actors", "country_once", 1, {"country_code": "PRT"}),
    ("actors", "union_no_country", 1, {"country_code": "EUU"}),
    ("mentions", "span_order", 0, {"char_end": 0}),
    ("mentions", "span_inside", 11, {"char_end": 508}),
    ("mentions", "no_overlap", 1, {"char_start": 3}),
    ("mentions", "title_of_person", 0, {"form": "title"}),
    ("mentions", "adjective_of_body", 4, {"form": "adjective"}),
    ("mentions", "metonym_of_body", 4, {"form": "metonym"}),
    ("actor_roles", "span_order", 0, {"char_start": 400}),
    ("actor_roles", "span_inside", 0, {"char_end": 9999}),
    ("actor_roles", "role_of_person", 0, {"actor_id": "chile"}),
    ("actor_roles", "role_in_body", 0, {"organization_id": "ines-valadao"}),
    ("actor_roles", "title_length", 0, {"title": "Minister"}),
    ("quotes", "span_order", 0, {"char_end": 1}),
    ("quotes", "span_inside", 2, {"char_end": 9999}),
    ("quotes", "sequence", 1, {"sequence": 3}),
    ("quotes", "no_overlap", 1, {"char_start": 170}),
    ("quotes", "text_length", 0, {"text": "We have listened"}),
    ("quotes", "word_count", 0, {"n_words": 4}),
    ("quotes", "unattributed", 0, {"attribution": "none"}),
    ("quotes", "speaker_printed", 0, {"speaker_text": None}),
    ("quotes", "two_parties", 2, {"addressee_id": "ines-valadao"}),
    ("quotes", "utterance_speaker", 1, {"speaker_id": None}),
    ("events", "span_order", 0, {"char_end": 3}),
    ("events", "span_inside", 0, {"char_end": 9999}),
    ("events", "date_order", 0, {"date_start": date(2024, 6, 2)}),
    ("events", "date_precision_given", 0, {"date_precision": None, "date_end": None}),
    ("events", "date_precision_given_end", 0, {"date_precision": None, "date_start": None}),
    ("events", "date_precision_alone", 0, {"date_start": None, "date_end": None}),
    ("events", "date_basis_alone", 0, {"date_start": None, "date_end": None}),
    ("events", "date_basis_given", 0, {"date_basis": None}),
    ("events", "date_text_given", 0, {"date_text": None}),
    ("events", "period_start", 1, {"date_start": date(2024, 3, 2)}),
    ("events", "period_end", 1, {"date_end": date(2024, 3, 30)}),
    ("events", "trigger_length", 0, {"trigger": "remove" * 30}),
    ("events", "summary", 0, {"summary": "Portugal did something"}),
    ("events", "past_event", 1, {"date_start": date(2024, 5, 11)}),
    ("events", "planned_event", 0, {"date_end": date(2024, 5, 9)}),
    ("events", "ongoing_event", 1, {"status": "ongoing"}),
    ("event_participants", "span_order", 0, {"char_end": 3}),
    ("event_participants", "span_inside", 0, {"char_end": 9999}),
    ("event_participants", "one_side", 1, {"actor_id": "portugal"}),
    ("tariffs", "span_order", 0, {"char_end": 3}),
    ("tariffs", "span_inside", 0, {"char_end": 9999}),
    ("tariffs", "two_parties", 0, {"target_code": "PRT"}),
    ("tariffs", "company", 0, {"applies_to_id": "ines-valadao"}),
    ("tariffs", "rate_range", 0, {"rate_high_percent": Decimal("12.5"), "rate_approximation": "range"}),
    ("tariffs", "rate_range_given", 0, {"rate_approximation": "range"}),
    ("tariffs", "rate_range_only", 0, {"rate_high_percent": Decimal(20)}),
    ("tariffs", "rate_given", 0, {"rate_percent": None}),
    ("tariffs", "rate_approximation_given", 0, {"rate_approximation": None}),
    ("tariffs", "rate_printed", 0, {"rate_text": None}),
    ("tariffs", "rate_raised", 0, {"action": "raise", "rate_before_percent": Decimal(20)}),
    ("tariffs", "rate_lowered", 0, {"action": "lower", "rate_before_percent": Decimal("12.5")}),
    ("tariffs", "rate_high", 0, {"rate_percent": Decimal(1250)}),
    ("tariffs", "no_rate_of_ban", 0, {"measure": "ban"}),
    ("tariffs", "threat_status", 0, {"action": "threaten"}),
    ("tariffs", "threat_action", 0, {"status": "threatened"}),
    ("tariffs", "effective_precision_given", 1, {"effective_precision": None}),
    ("tariffs", "effective_precision_alone", 1, {"effective_on": None}),
    ("tariffs", "period_start", 2, {"effective_on": date(2024, 3, 2)}),
    ("tariffs", "date_order", 1, {"ended_on": date(2024, 5, 31)}),
    ("tariffs", "announced_first", 1, {"announced_on": date(2024, 6, 2)}),
    ("tariffs", "announced_later", 1, {"announced_on": date(2024, 5, 11)}),
    ("tariffs", "in_force_later", 1, {"status": "in_force"}),
    ("tariffs", "chapter_of_product", 0, {"product": None}),
    ("tariffs", "product_case", 0, {"product": "Salmon"}),
    ("tariffs", "retaliation_link", 2, {"is_retaliation": False}),
    ("tariffs", "retaliation_target", 2, {"target_code": "CHL", "imposer_code": "PRT"}),
    ("financial_figures", "span_order", 0, {"char_end": 3}),
    ("financial_figures", "span_inside", 0, {"char_end": 9999}),
    ("financial_figures", "date_order", 0, {"date_end": date(2022, 12, 31)}),
    ("financial_figures", "date_precision_given", 0, {"date_precision": None, "date_end": None}),
    ("financial_figures", "date_precision_given_end", 0, {"date_precision": None, "date_start": None}),
    ("financial_figures", "date_precision_alone", 0, {"date_start": None, "date_end": None}),
    ("financial_figures", "date_basis_alone", 0, {"date_start": None, "date_end": None}),
    ("financial_figures", "date_basis_given", 0, {"date_basis": None}),
    ("financial_figures", "date_text_given", 0, {"date_text": None}),
    ("financial_figures", "period_start", 0, {"date_start": date(2023, 1, 2)}),
    ("financial_figures", "period_end", 0, {"date_end": date(2023, 12, 30)}),
    ("financial_figures", "amount_range", 0, {"amount_high": Decimal(40_000_000)}),
    ("financial_figures", "amount_range_given", 0, {"amount_high": None}),
    ("financial_figures", "amount_range_only", 0, {"approximation": "exact"}),
    ("financial_figures", "amount_length", 0, {"amount_text": "40 million euros"}),
    ("financial_figures", "unit_known", 0, {"unit": "XYZ"}),
    ("financial_figures", "unit_default", 1, {"unit": "CAD"}),
    ("financial_figures", "unit_stated", 1, {"unit": "percent"}),
    ("financial_figures", "unit_of_rate", 0, {"kind": "growth"}),
    ("financial_figures", "unit_of_sum", 0, {"unit": "percent"}),
    ("financial_figures", "sum_positive", 1, {"amount": Decimal(-49_000_000)}),
    ("financial_figures", "share_bounds", 0, {"kind": "share", "unit": "percent"}),
    ("financial_figures", "two_parties", 0, {"payee_id": "banco-lusitano"}),
    ("financial_figures", "conversion_unit", 1, {"unit": "EUR"}),
    ("evidence", "span_order", 0, {"char_end": 3}),
    ("evidence", "span_inside", 0, {"char_end": 9999}),
    ("evidence", "row_exists", 0, {"row_id": f"quo_{OTHER}"}),
    ("evidence", "column_exists", 0, {"column_name": "speaker"}),
    ("evidence", "cell_given", 36, {"column_name": "addressee_id"}),
    ("countries", "name_once", 0, {"name": "Portugal"}),
]
"""Table, rule, position of a row, and the cells that break the rule there."""


def found(tables: Tables, table: str, rule: str, kind: str = "semantic") -> list[Failure]:
    """The failures of one rule of a shipped suite."""
    suite = deepcopy(shipped_suites()[table][KINDS.index(kind)])
    suite["expectations"] = [e for e in suite["expectations"] if e["meta"]["rule"] == rule]
    assert suite["expectations"], f"no rule {rule} in {kind}/{table}.json"
    findings = Findings(TABLES)
    check_expectations(findings, tables.frames, {table: [suite]})
    return list(findings.report().failures)


def key(tables: Tables, table: str, position: int) -> str:
    """The key of a row."""
    return "/".join(str(tables[table][column].iloc[position]) for column in schemas()[table].primary_key)


@pytest.mark.parametrize(("table", "rule", "position", "cells"), SEMANTIC, ids=[f"{t}-{r}" for t, r, *_ in SEMANTIC])
def test_a_broken_rule_names_its_row(
    tables: Tables, change: Callable[..., Tables], table: str, rule: str, position: int, cells: dict[str, object]
) -> None:
    """A row that breaks a rule is named by its key, with a column of its table and the rule in words."""
    spoilt = change(tables, table, position, **cells)
    failures = found(spoilt, table, rule)
    assert key(spoilt, table, position) in {failure.key for failure in failures}
    for failure in failures:
        assert (failure.table, failure.rule) == (table, rule)
        assert set(failure.column.split(", ")) <= set(schemas()[table].columns)
        assert failure.message


def first(frame: pd.DataFrame, key_column: str) -> dict[str, object]:
    """The cells of the first row, but for its key."""
    return {str(column): value for column, value in frame.iloc[0].items() if column != key_column}


def links(tables: Tables) -> dict[str, dict[str, object]]:
    """What rows of one table say of each other, where it takes a key of the tables to say something wrong."""
    tariffs, figures, quotes = tables["tariffs"], tables["financial_figures"], tables["quotes"]
    return {
        "quotes-utterance_order": {"position": 0, "utterance_id": quotes["quote_id"].iloc[1]},
        "tariffs-retaliation_other": {"position": 2, "retaliates_for_id": tariffs["tariff_id"].iloc[2]},
        "tariffs-one_row": {"position": 1, **first(tariffs, "tariff_id")},
        "financial_figures-conversion_other": {"position": 1, "conversion_of_id": figures["figure_id"].iloc[1]},
        "financial_figures-conversion_chain": {"position": 1, "conversion_of_id": figures["figure_id"].iloc[1]},
        "financial_figures-no_payer_of_measure": {"position": 0, "tariff_id": tariffs["tariff_id"].iloc[0]},
        "financial_figures-no_payee_of_measure": {"position": 0, "tariff_id": tariffs["tariff_id"].iloc[0]},
        "financial_figures-one_row": {"position": 1, **first(figures, "figure_id")},
    }


LINKS = [
    "quotes-utterance_order",
    "tariffs-retaliation_other",
    "tariffs-one_row",
    "financial_figures-conversion_other",
    "financial_figures-conversion_chain",
    "financial_figures-no_payer_of_measure",
    "financial_figures-no_payee_of_measure",
    "financial_figures-one_row",
]


@pytest.mark.parametrize("case", LINKS)
def test_a_wrong_link_names_its_row(tables: Tables, change: Callable[..., Tables], case: str) -> None:
    """A row whose link leads to a row that it may not lead to is named by its key."""
    table, rule = case.split("-")
    cells = links(tables)[case]
    position = int(str(cells.pop("position")))
    spoilt = change(tables, table, position, **cells)
    assert key(spoilt, table, position) in {failure.key for failure in found(spoilt, table, rule)}


ACROSS = [
    ("quotes", "utterance_article", "article_id"),
    ("event_participants", "same_article", "article_id"),
    ("tariffs", "same_article", "article_id"),
    ("financial_figures", "same_article", "article_id"),
    ("evidence", "same_article", "article_id"),
]


@pytest.mark.parametrize(("table", "rule", "column"), ACROSS, ids=[f"{t}-{r}" for t, r, _ in ACROSS])
def test_links_stay_in_one_article(
    tables: Tables, change: Callable[..., Tables], table: str, rule: str, column: str
) -> None:
    """A row that another article's row links to is named."""
    position = {"quotes": 1, "tariffs": 2, "financial_figures": 1, "evidence": 36}.get(table, 0)
    spoilt = change(tables, table, position, **{column: f"art_{OTHER}"})
    assert key(spoilt, table, position) in {failure.key for failure in found(spoilt, table, rule)}


def test_every_rule_is_tested() -> None:
    """No rule of the semantic suites is without a row that breaks it."""
    tested = {f"{table}-{rule}" for table, rule, *_ in SEMANTIC} | set(LINKS) | {f"{t}-{r}" for t, r, _ in ACROSS}
    tested |= {
        "actors-identity_once",
        "quotes-utterance_first",
        "quotes-utterance_unbroken",
        "financial_figures-tariff_article",
        "events-date_basis_known",
        "financial_figures-date_basis_known",
        "countries-used",
        *(f"{table}-{column}_filled" for table, column in FILLED),
    }  # below
    rules = {
        f"{table}-{expectation['meta']['rule']}"
        for table, suites in shipped_suites().items()
        for expectation in suites[KINDS.index("semantic")]["expectations"]
    }
    assert rules - tested == set()


def test_an_identity_is_one_actor(tables: Tables, change: Callable[..., Tables]) -> None:
    """Two actors with one Wikidata item are both named."""
    spoilt = change(change(tables, "actors", 0, wikidata_id="Q7"), "actors", 4, wikidata_id="Q7")
    assert {f.key for f in found(spoilt, "actors", "identity_once")} == {"banco-lusitano", "pesca-austral"}


def test_the_first_part_is_its_own_utterance(tables: Tables, change: Callable[..., Tables]) -> None:
    """A part that names a part that names another is named."""
    ids = tables["quotes"]["quote_id"]
    spoilt = change(tables, "quotes", 2, utterance_id=ids.iloc[1])
    assert [f.key for f in found(spoilt, "quotes", "utterance_first")] == [ids.iloc[2]]


def test_an_utterance_is_unbroken(tables: Tables, change: Callable[..., Tables]) -> None:
    """A part behind another utterance is named."""
    ids = tables["quotes"]["quote_id"]
    spoilt = change(change(tables, "quotes", 1, utterance_id=ids.iloc[1]), "quotes", 2, utterance_id=ids.iloc[0])
    assert [f.key for f in found(spoilt, "quotes", "utterance_unbroken")] == [ids.iloc[2]]


def test_a_measure_of_another_article(tables: Tables, change: Callable[..., Tables]) -> None:
    """A figure whose measure stands in another article is named."""
    spoilt = change(tables, "financial_figures", 0, tariff_id=tables["tariffs"]["tariff_id"].iloc[0])
    spoilt = change(spoilt, "tariffs", 0, article_id=f"art_{OTHER}")
    keys = [f.key for f in found(spoilt, "financial_figures", "tariff_article")]
    assert keys == [tables["financial_figures"]["figure_id"].iloc[0]]


@pytest.mark.parametrize("table", ["events", "financial_figures"])
def test_a_basis_that_is_not_known(tables: Tables, change: Callable[..., Tables], table: str) -> None:
    """A date that rests on a day of publication that nobody knows is named."""
    spoilt = change(change(tables, "articles", 0, published_on=None), table, 0, date_basis="published_on")
    assert key(spoilt, table, 0) in [f.key for f in found(spoilt, table, "date_basis_known")]


FILLED = [("actors", "country_code"), ("actor_roles", "country_code"), ("quotes", "speaker_id"), ("quotes", "cue")]


@pytest.mark.parametrize(("table", "column"), FILLED)
@pytest.mark.parametrize(("rows", "warned"), [(19, False), (20, True)])
def test_a_column_that_is_hardly_filled(tables: Tables, table: str, column: str, rows: int, *, warned: bool) -> None:
    """A column that is empty almost throughout is a warning with the share, once there are rows enough to tell."""
    import pandas as pd

    frame = pd.concat([tables[table].head(1)] * rows, ignore_index=True).assign(**{column: None})
    frame[column] = frame[column].astype(tables[table][column].dtype)
    spoilt = type(tables)({**tables.frames, table: frame}, tables.model, sources=tables.sources)
    failures = found(spoilt, table, f"{column}_filled")
    assert [(f.severity, f.column, f.message.split(",")[0]) for f in failures] == [
        (Severity.WARNING, column, f"{column} is given in 0% of the rows")
    ] * warned


def test_a_country_that_nothing_uses(tables: Tables, change: Callable[..., Tables]) -> None:
    """A country that no row names is named."""
    spoilt = change(tables, "countries", 0, country_code="NOR")
    assert [f.key for f in found(spoilt, "countries", "used")] == ["NOR"]


BASE: list[tuple[str, str, str, int, object]] = [
    ("quotes", "required", "text", 0, None),
    ("quotes", "unique", "quote_id", 0, "quo_TAKEN"),
    ("quotes", "pattern", "quote_id", 0, "12e45"),
    ("quotes", "pattern", "article_id", 0, f"art_{OTHER}\n"),
    ("quotes", "enum", "kind", 0, "indirect"),
    ("quotes", "bounds", "sequence", 0, 0),
    ("events", "bounds", "date_start", 0, date(999, 1, 1)),
    ("tariffs", "bounds", "rate_percent", 0, Decimal("-1.0000")),
    ("financial_figures", "pattern", "unit", 0, "percentX"),
]


@pytest.mark.parametrize(
    ("table", "rule", "column", "position", "value"), BASE, ids=[f"{t}-{r}-{c}" for t, r, c, *_ in BASE]
)
def test_the_schema_in_the_base_suite(
    tables: Tables, change: Callable[..., Tables], table: str, rule: str, column: str, position: int, value: object
) -> None:
    """What the Table Schema forbids, the derived suite names by row, column and value."""
    if value == "quo_TAKEN":
        value = tables[table][column].iloc[1]
    failures = found(change(tables, table, position, **{column: value}), table, rule, "base")
    assert (column, None if value is None else str(value)) in {(f.column, f.value) for f in failures}
    assert all(f.severity is Severity.ERROR for f in failures)


def test_a_key_of_several_columns(tables: Tables, change: Callable[..., Tables]) -> None:
    """Two participants with the same event, actor and role are named by all three."""
    first = tables["event_participants"].iloc[0]
    spoilt = change(tables, "event_participants", 1, actor_id=first["actor_id"], role=first["role"])
    failures = found(spoilt, "event_participants", "primary_key", "base")
    assert {f.key for f in failures} == {f"{first['event_id']}/portugal/actor"}
    assert {f.column for f in failures} == {"event_id, actor_id, role"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda frame: frame.drop(columns="cue"),
        lambda frame: frame.rename(columns={"cue": "verb"}),
        lambda frame: frame.assign(note="x"),
        lambda frame: frame[[*frame.columns[1:], frame.columns[0]]],
    ],
    ids=["dropped", "renamed", "added", "re-ordered"],
)
def test_columns_of_a_frame(tables: Tables, spoil: Callable[..., Any]) -> None:
    """A column that is dropped, renamed, added or moved is a failure of the table, and the other rules still run."""
    frames = {**tables.frames, "quotes": spoil(tables["quotes"].assign(n_words=99))}
    findings = Findings(TABLES)
    check_expectations(findings, frames, {"quotes": shipped_suites()["quotes"]})
    rules = {failure.rule for failure in findings.report().failures}
    assert {"columns", "word_count"} <= rules


def test_every_expectation_is_loaded(tables: Tables) -> None:
    """As many expectations are loaded as the JSON has, each with a rule, a description and a known severity."""
    findings = Findings(TABLES)
    check_expectations(findings, {**tables.frames}, {t: s for t, s in shipped_suites().items() if t == "quotes"})
    assert findings.expectations["quotes"] == sum(len(s["expectations"]) for s in shipped_suites()["quotes"])
    for table, suites in shipped_suites().items():
        named = [(e["meta"]["rule"], json.dumps(e["kwargs"])) for suite in suites for e in suite["expectations"]]
        assert len(named) == len(set(named)), table
        for suite in suites:
            assert len(load_suite(suite, table).expectations) == len(suite["expectations"])
            for expectation in suite["expectations"]:
                assert expectation["description"]
                assert expectation["severity"] in ("critical", "warning")


@pytest.mark.parametrize("table", TABLES)
def test_suites_survive_the_library(table: str) -> None:
    """A suite that the library loads and writes again says the same."""
    for suite in shipped_suites()[table]:
        again = load_suite(suite, table).to_json_dict()
        assert len(again["expectations"]) == len(suite["expectations"])
        for one, other in zip(suite["expectations"], again["expectations"], strict=True):
            assert {**one["kwargs"], **other["kwargs"]} == one["kwargs"]
            left_out = set(one["kwargs"]) - set(other["kwargs"])  # the library does not write what is its default
            assert left_out <= {"ignore_row_if", "or_equal"}
            assert (other["type"], other["description"]) == (one["type"], one["description"])


BROKEN_SUITES: list[tuple[str, Callable[[Any], Any], str]] = [
    ("unknown type", lambda s: s["expectations"][0].update(type="expect_column_values_to_be_rite"), "to_be_rite"),
    ("custom type", lambda s: s["expectations"][0].update(type="unexpected_rows_expectation_of_mine"), "of_mine"),
    ("no type", lambda s: s["expectations"][0].pop("type"), "None"),
    ("wrong keyword", lambda s: s["expectations"][0]["kwargs"].update(colum="x"), "cannot be loaded"),
    ("no list", lambda s: s.update(expectations={}), "no suite"),
    ("unknown column", lambda s: s["expectations"][0]["kwargs"].update(column_A="wrods"), "wrods"),
]


@pytest.mark.parametrize(("spoil", "said"), [c[1:] for c in BROKEN_SUITES], ids=[c[0] for c in BROKEN_SUITES])
def test_a_suite_that_would_lose_a_rule(tables: Tables, spoil: Callable[[Any], Any], said: str) -> None:
    """A misspelt suite is an error, never a rule that is passed over."""
    suite = deepcopy(shipped_suites()["quotes"][KINDS.index("semantic")])
    spoil(suite)
    with pytest.raises(InputError, match=said):
        check_expectations(Findings(TABLES), tables.frames, {"quotes": [suite]})


def test_no_rows(tables: Tables) -> None:
    """Tables without rows pass, and a column that is not theirs is still seen."""
    empty = {name: frame.iloc[:0] for name, frame in tables.frames.items()}
    empty["quotes"] = empty["quotes"].rename(columns={"cue": "verb"})
    findings = Findings(TABLES)
    check_expectations(findings, empty, {t: shipped_suites()[t] for t in ("quotes", "tariffs", "evidence")})
    assert [(f.table, f.rule) for f in findings.report().failures] == [("quotes", "columns")]


VALUES = "expect_column_values_to_not_be_null"
PAIR = "expect_column_pair_values_to_be_equal"


def condition(column: str) -> dict[str, object]:
    """A condition on the rows that an expectation looks at."""
    return {"type": "comparison", "column": {"name": column}, "operator": "==", "parameter": "x"}


@pytest.mark.parametrize(
    ("kind", "kwargs", "meta", "columns"),
    [
        (VALUES, {"column": "cue"}, None, ("cue",)),
        (VALUES, {"column": "cue"}, {"columns": ["text", "kind"]}, ("text", "kind")),
        (VALUES, {"column": "cue", "row_condition": condition("kind")}, {}, ("cue",)),
        (VALUES, {"column": "speaker_id__kind"}, None, ("speaker_id",)),
        (VALUES, {"column": "span__length", "row_condition": condition("kind")}, None, ("kind",)),
        (VALUES, {"column": "span__length"}, None, ("quote_id",)),
        (PAIR, {"column_A": "text__n_words", "column_B": "n_words"}, None, ("n_words",)),
        (PAIR, {"column_A": "cue", "column_B": "text"}, None, ("text", "cue")),
        ("expect_table_column_count_to_equal", {"value": 3}, None, ()),
    ],
)
def test_the_columns_that_a_failure_names(
    kind: str, kwargs: dict[str, object], meta: dict[str, object] | None, columns: tuple[str, ...]
) -> None:
    """The columns of the table itself, those of its author first; a helper stands for the column it is made of."""
    expectation = {"type": kind, "kwargs": kwargs, "meta": meta}
    check = check_of(Findings(TABLES), "quotes", expectation, 3)
    assert check.columns == columns
    assert bool(domain_of(expectation)) == ("column" in " ".join(kwargs))


def test_a_rule_without_a_description() -> None:
    """A rule of a user's suite is named by its type and place, and is an error unless it says otherwise."""
    expectation: dict[str, Any] = {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "cue"}}
    check = check_of(Findings(TABLES), "quotes", expectation, 3)
    assert check.rule == "expect_column_values_to_be_in_set.3"
    assert "column values to be in set" in check.description
    assert "cue" in check.description
    assert check.severity is Severity.ERROR
    expectation |= {"description": "Cues are known.", "severity": "warning", "meta": {"rule": "cues"}}
    check = check_of(Findings(TABLES), "quotes", expectation, 3)
    assert (check.rule, check.description, check.severity) == ("cues", "Cues are known.", Severity.WARNING)
    long = {"type": "expect_x", "kwargs": {"value_set": ["x"] * 1000}}
    assert len(check_of(Findings(TABLES), "quotes", long, 0).description) <= 300


def test_what_a_failure_tells(tables: Tables, change: Callable[..., Tables]) -> None:
    """A failure has the cell, the other cells that the rule compares it with, and the place of its row."""
    spoilt = change(tables, "quotes", 0, n_words=9)
    (failure,) = found(spoilt, "quotes", "word_count")
    row = spoilt["quotes"].iloc[0]
    assert (failure.column, failure.value) == ("n_words", "9")
    assert "9" in failure.message
    assert "3" in failure.message
    assert failure.place is not None
    assert failure.place.article_id == row["article_id"]
    assert (failure.place.span.start, failure.place.span.end) == (row["char_start"], row["char_end"])
    (both,) = found(change(tables, "quotes", 0, char_end=1), "quotes", "span_order")
    assert both.value == f"{row['char_start']}, 1"


def test_more_failures_than_are_kept(tables: Tables) -> None:
    """Of more failures than a report keeps, all are counted."""
    import pandas as pd

    frame = pd.concat([tables["quotes"].head(1)] * (KEPT_FAILURES + 7), ignore_index=True).assign(n_words=99)
    frame["quote_id"] = pd.Series([f"quo_{number:016x}" for number in range(len(frame))], dtype=frame["quote_id"].dtype)
    suite = deepcopy(shipped_suites()["quotes"][KINDS.index("semantic")])
    suite["expectations"] = [e for e in suite["expectations"] if e["meta"]["rule"] == "word_count"]
    findings = Findings(TABLES)
    check_expectations(findings, {**tables.frames, "quotes": frame}, {"quotes": [suite]})
    report = findings.report()
    assert len(report.failures) == KEPT_FAILURES
    assert [check.failed for check in report.checks] == [KEPT_FAILURES + 7]
