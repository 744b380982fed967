"""Amounts, quoted words and names that an article prints and no row has."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings.missing import check_missing
from broadsheet.quality.validation.report import Findings, Level, Severity
from broadsheet.reading import Article
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from broadsheet.quality.validation.report import Failure

ACTORS = [
    {"actor_id": "ada", "name": "Ada Lund", "kind": "person"},
    {"actor_id": "peru", "name": "Peru", "kind": "country"},
    {"actor_id": "fund", "name": "Sea Fund", "kind": "organization"},
]


def missed(text: str, *, dropped: str = "", given: bool = True, **tables: list[dict[str, Any]]) -> list[Failure]:
    """What is missed of a text; rows name the words that they are at."""
    article = Article(text.replace("\n", "\n\n") + "\n")

    def placed(cells: dict[str, Any]) -> dict[str, Any]:
        cells = dict(cells)
        start = article.text.index(words := cells.pop("words"))
        return {"article_id": article.article_id, "char_start": start, "char_end": start + len(words), **cells}

    rows: dict[str, list[dict[str, Any]]] = {name: [placed(one) for one in of] for name, of in tables.items()}
    rows |= {"actors": ACTORS, "articles": [{"article_id": article.article_id}] if given else []}
    frames = {
        name: pd.DataFrame(rows.get(name, ()), columns=[*schema.columns]).convert_dtypes()
        for name, schema in schemas().items()
    }
    if "amount" in frames["financial_figures"]:
        for column in ("amount", "amount_high"):
            frames["financial_figures"][column] = frames["financial_figures"][column].astype(object)
    start = article.text.index(dropped)
    removed = {article.article_id: [Span(start, start + len(dropped))]} if dropped else {}
    findings = Findings(TABLES)
    check_missing(findings, frames, [article], removed)
    return list(findings.report().failures)


def words(text: str, **options: Any) -> list[str | None]:
    """The words that are missed."""
    return [failure.value for failure in missed(text, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It paid $5 millions today.", ["$5 millions"]),
        ("It paid $5m today.", ["$5m"]),
        ("It paid € 1,200.5 mn today.", ["€ 1,200.5 mn"]),
        ("It paid £5-bn today.", ["£5-bn"]),
        ("It paid 5bn euros today.", ["5bn euros"]),
        ("It paid 5bn today.", []),
        ("It paid $5 today.", []),
        ("It paid $5bns.", []),
        ("It paid 15bn euros.", ["15bn euros"]),
        ("It paid 5bn fish.", []),
    ],
)
def test_amounts_of_money(text: str, found: list[str]) -> None:
    """A number with a scale word and a currency."""
    assert words(text) == found


def test_an_amount_that_a_row_has() -> None:
    """A figure, a measure or evidence of one at the place, or the same number elsewhere, or a correction."""
    text = "It paid $5m today and $6m later."
    (one, other) = missed(text)
    assert (one.value, other.value) == ("$5m", "$6m")
    assert (one.table, one.rule, one.level) == ("financial_figures", "missing", Level.GROUNDING)
    assert one.severity is Severity.WARNING
    assert one.place is not None
    assert one.place.span == Span(8, 11)
    assert one.message.endswith(": «$5m»")
    for table in ("financial_figures", "tariffs"):
        assert words(text, **{table: [{"words": "m today"}]}) == ["$6m"]
    assert words(text, quotes=[{"words": "m today"}]) == ["$5m", "$6m"]
    assert words(text, evidence=[{"words": "$5", "row_id": "tar_1"}]) == ["$6m"]
    assert words(text, evidence=[{"words": "$5", "row_id": "fig_1"}]) == ["$5m", "$6m"]
    told = [{"words": "It", "amount": Decimal(-6_000_000), "amount_high": None}]
    assert words(text, financial_figures=told) == ["$5m"]
    upper = [{"words": "It", "amount": Decimal(1), "amount_high": Decimal(6_000_000)}]
    assert words(text, financial_figures=upper) == ["$5m"]
    assert words(text, financial_figures=[{"words": " today"}]) == ["$5m", "$6m"]
    assert words(text, financial_figures=[{"words": "paid "}]) == ["$5m", "$6m"]
    assert words(text, dropped="$5") == ["$6m"]
    assert words(text, given=False) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said “we will act on this soon” then.", True),
        ("She said, “we will act on this soon” then.", True),
        ("“We will act on this soon,” she added.", True),
        ('"We will act on this soon," she told them.', True),
        ("‘We will act on fishers’ behalf,’ she wrote.", True),
        ("She liked “we will act on this soon” then.", False),
        ("She said “we will act soon” then.", False),
        ("She said “we will act right soon” then.", True),
        ("She said so.\n“We will act on this soon”", False),
        ("“We will act on this soon”\nSo she said.", False),
        ("She said much of this and of that “we will act on this soon” then.", False),
        ("“We will act on this soon,” and much of that she said.", False),
        ("They saidest “we will act on this soon” then.", False),
    ],
)
def test_quoted_words(text: str, found: bool) -> None:
    """Five words or more between marks, with a verb of saying beside them in the paragraph."""
    assert [failure.table for failure in missed(text)] == ["quotes"] * found


def test_quoted_words_that_a_row_has() -> None:
    """A quote that covers a part of them is enough."""
    text = "She said “we will act on this soon” then."
    assert words(text, quotes=[{"words": "act"}]) == []
    assert words(text, quotes=[{"words": "then"}]) == ["“we will act on this soon”"]


MENTION = {"words": "Ada Lund", "actor_id": "ada", "form": "name"}


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("Yesterday Ada Lund left.", 0),
        ("So did “Ada Lund” again.", 1),
        ("Then it was Ada Lund.\nAda Lund left.", 2),
        ("Then came Ada Lund, a fisher.", 0),
        ("Then came Ada Lund Berg.", 0),
        ("Then came Ada Lund and Moe.", 0),
        ("Then came Ada Lund and others.", 1),
        ("Then came Ada Lunde.", 0),
        ("Then came Mr. Ada Lund.", 0),
        ("Then came Friends of Ada Lund.", 0),
        ("They were in Ada Lund.", 0),
        ("They saw xAda Lund.", 0),
        ("They saw (Ada Lund).", 1),
    ],
)
def test_names_without_a_mention(rest: str, found: int) -> None:
    """Each place where a name is printed on its own."""
    text = f"It was Ada Lund.\n{rest}"
    assert [(f.table, f.value) for f in missed(text, mentions=[MENTION])] == [("mentions", "Ada Lund")] * found


@pytest.mark.parametrize(
    ("mention", "is_looked_for"),
    [
        (MENTION, True),
        ({**MENTION, "form": "alias"}, False),
        ({**MENTION, "actor_id": "fund"}, False),
        ({**MENTION, "actor_id": "nobody"}, False),
        ({**MENTION, "actor_id": "peru"}, True),
        ({**MENTION, "words": "Lund"}, True),
        ({**MENTION, "words": "Lun"}, False),
    ],
)
def test_whose_names_are_looked_for(mention: dict[str, Any], is_looked_for: bool) -> None:
    """Names of people and countries that have four letters or more."""
    name = mention["words"]
    text = f"It was Ada Lund.\nThen came “{name}” again."
    assert bool(missed(text, mentions=[mention])) is is_looked_for
