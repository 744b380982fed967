"""The tables of rules are well formed, and a rule tells its words."""

from __future__ import annotations

from importlib.util import find_spec
from string import Formatter

import pytest
from firing import untold_words, without_rule

from broadsheet.base.span import Span
from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.rules import FILES, rule_texts, rules_of, sentence
from broadsheet.reference import table
from broadsheet.tables.rows import MentionRow
from broadsheet.tables.schema import schemas

RULES = sorted(rule_texts())
CONTENT = [name for name in schemas() if name not in ("evidence", "countries")]


@pytest.mark.parametrize("name", FILES)
def test_tables_of_rules_are_sorted(name: str) -> None:
    """A reader finds a rule by eye."""
    keys = [row["rule"] for row in table(name)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("key", RULES)
def test_a_rule_names_columns_and_a_module_that_there_are(key: str) -> None:
    """A rule leads to the cells that it gives and to the code that decides it."""
    told = rule_texts()[key]
    columns = set(schemas()[told.table].columns)
    assert set(told.columns) <= columns
    assert find_spec(f"broadsheet.{told.module}") is not None
    assert told.says
    assert not told.says.endswith(".")
    assert all(place for _, place, _, _ in Formatter().parse(told.says) if place is not None)


def test_a_sentence_has_its_words() -> None:
    """Words of the article and words of ours stand in their places, and a table's entry."""
    key = next(key for key in RULES if "{" not in rule_texts()[key].says)
    fired = rule(key, file="offices", entry="mayor", title=Span(0, 5), count="2")
    assert fired.words == (("title", Span(0, 5)), ("count", "2"))
    assert sentence(fired, "Mayor Ada Lund\n") == rule_texts()[key].says


def test_a_column_of_one_way_has_its_rule_by_name() -> None:
    """Parsers name the rules of those cells alone that can come about in several ways."""
    row = MentionRow("men_1", "art_1", "peru", "name", 0, 4)
    rules = rules_of("mentions", row, {"form": Rule("mentions.form")})
    assert rules["mention_id"] == Rule("mentions.mention_id")
    assert rules["char_end"] == Rule("mentions.char_end")
    assert rules["form"] == Rule("mentions.form")


@pytest.mark.parametrize("name", CONTENT)
def test_every_cell_has_a_rule(name: str) -> None:
    """No cell of our texts is without a rule of its table and column."""
    assert without_rule(name) == []


@pytest.mark.parametrize("name", CONTENT)
def test_words_of_rules_stand_in_the_text(name: str) -> None:
    """Every rule that fires in our texts can be told."""
    assert untold_words(name) == []
