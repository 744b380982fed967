"""What a failure says: the cells found, and how they contradict each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from broadsheet.quality.validation.statements import not_one_of, statement

PLANNED = {"type": "comparison", "column": {"name": "status"}, "operator": "==", "parameter": "planned"}
KNOWN = {"type": "nullity", "column": {"name": "unit__is_known"}, "is_null": False}
PAIR = "column_pair_values_a_to_be_greater_than_b"

CASES: list[tuple[str, dict[str, Any], dict[str, object], str]] = [
    (PAIR, {"column_A": "char_end", "column_B": "char_start"}, {"char_end": 40, "char_start": 52},
     "char_end is 40, before char_start 52"),
    (PAIR, {"column_A": "char_end", "column_B": "char_start"}, {"char_end": 40, "char_start": 40},
     "char_end is 40, the same as char_start"),
    (PAIR, {"column_A": "article_id__n_characters", "column_B": "char_end", "or_equal": True},
     {"article_id__n_characters": 300, "char_end": 310}, "char_end is 310, after n_characters of article_id 300"),
    (PAIR, {"column_A": "date_end", "column_B": "article_id__published_on", "row_condition": PLANNED},
     {"date_end": date(2024, 3, 1), "article_id__published_on": date(2024, 3, 9), "status": "planned"},
     "date_end is 2024-03-01, before published_on of article_id 2024-03-09, while status is planned"),
    (PAIR, {"column_A": "amount_high", "column_B": "amount"}, {"amount_high": Decimal(3), "amount": Decimal(5)},
     "amount_high is 3, less than amount 5"),
    ("column_pair_values_to_be_equal", {"column_A": "n_mentions", "column_B": "mentions__count"},
     {"n_mentions": 4, "mentions__count": 3}, "n_mentions is 4, but the number of its mentions is 3"),
    ("column_pair_values_to_be_equal", {"column_A": "mentions__count", "column_B": "n_mentions"},
     {"n_mentions": 4, "mentions__count": 3}, "n_mentions is 4, but the number of its mentions is 3"),
    ("column_values_to_not_be_in_set", {"column": "kind", "value_set": ["robot"]}, {"kind": "robot"},
     "kind is robot, which is not allowed"),
    ("column_values_to_not_be_null", {"column": "date_text", "row_condition": PLANNED},
     {"date_text": None, "status": "planned"}, "date_text is empty, while status is planned"),
    ("column_values_to_be_null", {"column": "speaker_id"}, {"speaker_id": "ada"}, "speaker_id is ada, not empty"),
    ("column_values_to_be_in_set", {"column": "kind", "value_set": ["person", "group"]}, {"kind": "persn"},
     "kind is persn, not person or group (did you mean person?)"),
    ("column_values_to_be_in_set", {"column": "unit__is_known", "value_set": [True]},
     {"unit__is_known": False, "unit": "XQZ"}, "unit is XQZ; expected: a rule"),
    ("column_values_to_be_between", {"column": "rate", "max_value": 1000}, {"rate": Decimal(1200)},
     "rate is 1200, above the maximum 1000"),
    ("column_values_to_be_between", {"column": "published_on", "min_value": "1605-01-01"},
     {"published_on": date(1500, 1, 1)}, "published_on is 1500-01-01, below the minimum 1605-01-01"),
    ("column_value_lengths_to_be_between", {"column": "title", "min_value": 1}, {"title": ""},
     "title has 0 characters, below the minimum 1"),
    ("column_values_to_match_regex", {"column": "code", "regex": r"^(?:[A-Z]{3})\Z"}, {"code": "usa"},
     "code is usa, not of the form [A-Z]{3}"),
    ("column_values_to_not_match_regex", {"column": "name", "regex": "[0-9]"}, {"name": "Ada 2"},
     "name is Ada 2, which has [0-9] in it"),
    (PAIR, {"column_A": "char_end", "column_B": "previous__char_end"}, {"char_end": 4, "previous__char_end": 9},
     "char_end is 4, before the end of the span before it 9"),
    ("column_values_to_be_in_set", {"column": "kind", "value_set": ["person"]}, {"kind": "persn"},
     "kind is persn, not person"),
    ("column_values_to_be_between", {"column": "rate", "min_value": 1, "max_value": 9}, {"rate": 0},
     "rate is 0, below the minimum 1"),
    ("column_value_lengths_to_be_between", {"column": "title", "max_value": 3}, {"title": "long"},
     "title has 4 characters, above the maximum 3"),
    ("column_values_to_be_null", {"column": "text"}, {"text": "x" * 81}, f"text is {'x' * 79}…, not empty"),
    ("column_values_to_be_null", {"column": "text"}, {"text": "x" * 80}, f"text is {'x' * 80}, not empty"),
    ("compound_columns_to_be_unique", {"column_list": ["event_id", "actor_id"]},
     {"event_id": "eve_1", "actor_id": None}, "another row has the same event_id eve_1"),
    ("column_values_to_not_be_null", {"column": "date_text",
      "row_condition": {"type": "and", "conditions": [PLANNED, KNOWN]}},
     {"date_text": None, "status": "planned", "unit__is_known": True}, "date_text is empty, while status is planned"),
    ("column_values_to_be_unique", {"column": "name"}, {"name": "Chad"}, "name is Chad, as in another row"),
    ("compound_columns_to_be_unique", {"column_list": ["event_id", "actor_id"]}, {"event_id": "eve_1", "actor_id": "a"},
     "another row has the same event_id eve_1, actor_id a"),
    ("select_column_values_to_be_unique_within_record", {"column_list": ["payer_id", "payee_id"]},
     {"payer_id": "a", "payee_id": "a"}, "payer_id and payee_id are both a"),
    ("column_values_to_not_be_null", {"column": "row_id__table"}, {"row_id__table": None, "row_id": "quo_1"},
     "row_id is quo_1; expected: a rule"),
    ("column_values_to_be_dateutil_parseable", {"column": "when"}, {"when": "soon"}, "when is soon; expected: a rule"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "kwargs", "cells", "said"), CASES, ids=[case[3] for case in CASES])
def test_statement(kind: str, kwargs: dict[str, Any], cells: dict[str, object], said: str) -> None:
    """The values and the contradiction, not the rule."""
    assert statement({"type": f"expect_{kind}", "kwargs": kwargs, "description": "a rule"}, cells.__getitem__) == said


def test_no_suggestion_where_nothing_is_alike() -> None:
    """A value unlike all that are allowed gets no suggestion."""
    assert not_one_of("banana", ["person", "group", "country"]) == "not person, group or country"
