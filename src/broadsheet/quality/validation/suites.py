"""Suites of Great Expectations in JSON: those under ``validation/``, and whether one says what can be run.

``base/TABLE.json`` says what the Table Schema says (``tables.expectations`` derives it), ``semantic/TABLE.json`` what
the cells mean together. Both are plain suites of core expectations; ``meta.rule`` names the rule, ``description``
says it in plain words, and ``meta.columns``, where given, names the columns to blame. A suite may name helper columns
(``validate.helpers``).
"""

from __future__ import annotations

import json

from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped
from broadsheet.quality.validation.vectors import Json, is_known
from broadsheet.tables.schema import TABLES

KINDS = ("base", "semantic")
"""The folders under ``validation/``, in the order in which they are run."""


def shipped_suites() -> dict[str, list[Json]]:
    """Table name to its suites, as ``validation/`` has them."""
    root = shipped("validation")
    return {
        table: [json.loads((root / kind / f"{table}.json").read_text(encoding="utf-8")) for kind in KINDS]
        for table in TABLES
    }


def check_suite(suite: Json, place: str) -> int:
    """How many expectations a suite has, all of which can be run.

    Raises:
        InputError: If it is no suite, has none, or the library would not take one of them.
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
