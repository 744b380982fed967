"""Loads the Great Expectations suites under ``validation/``, and checks that a suite can be run.

``base/TABLE.json`` states the rules of the Table Schema (``tables.expectations`` derives it); ``semantic/TABLE.json``
states rules on the meaning of the cells. Both are plain suites of core expectations. ``meta.rule`` names the rule,
``description`` states it in plain words, and the optional ``meta.columns`` names the columns to blame. A suite may use
helper columns (``validation.helpers``).
"""

from __future__ import annotations

import json

from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped
from broadsheet.quality.validation.vectors import Json, is_known
from broadsheet.tables.schema import TABLES

KINDS = ("base", "semantic")
"""The folders under ``validation/``, in the order they are run."""


def shipped_suites() -> dict[str, list[Json]]:
    """Table name to its suites under ``validation/``."""
    root = shipped("validation")
    return {
        table: [json.loads((root / kind / f"{table}.json").read_text(encoding="utf-8")) for kind in KINDS]
        for table in TABLES
    }


def check_suite(suite: Json, place: str) -> int:
    """Checks that all expectations of a suite can be run, and returns their number.

    Raises:
        InputError: If it is not a suite, has no expectations, or Great Expectations rejects one of them.
    """
    expectations = suite.get("expectations")
    if not isinstance(expectations, list) or not isinstance(suite.get("name"), str):
        raise InputError(place, "is no suite of expectations", "give a JSON object with name and expectations")
    if not expectations:
        raise InputError(place, "has no expectations", "restore them, or leave the suite out")
    known = [isinstance(expectation, dict) and is_known(expectation) for expectation in expectations]
    if not (all(known) and set(suite) <= {"name", "expectations", "meta", "notes", "id"}):
        from broadsheet.quality.validation.library import load_suite

        load_suite(suite, place)
    return len(expectations)
