"""Loads a user's own rules: Great Expectations suites in JSON, each for one table."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.quality.validation.files import UnreadableError, parse_json
from broadsheet.quality.validation.helpers import columns_of, is_column
from broadsheet.quality.validation.suites import check_suite
from broadsheet.quality.validation.vectors import problem_of_regex
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Json = dict[str, Any]

MOST_BYTES = 16 << 20
"""Maximum size of a suite file."""

_MEND = "give a suite, or an object of table to suite"


def read_suites(paths: Sequence[Path]) -> dict[str, list[Json]]:
    """Reads suites by table.

    A file is an object from table name to suite, ``{"quotes": {"expectations": […]}}``, or one suite as Great
    Expectations writes it, whose ``meta.table`` or ``name`` (``quotes`` or ``quotes.mine``) gives the table.

    Raises:
        InputError: If a file cannot be read, names an unknown table or column, has an invalid regular expression, or
            has an expectation that Great Expectations does not know.
    """
    suites: dict[str, list[Json]] = {}
    stems: Counter[str] = Counter()
    for path in paths:
        stems[path.stem] += 1
        label = path.stem if stems[path.stem] == 1 else f"{path.stem}~{stems[path.stem]}"
        for place, table, suite in _of_file(path):
            if table not in TABLES:
                raise InputError(place, "is no table", _like(table, TABLES))
            if not isinstance(suite, dict):
                raise InputError(place, "is no suite of expectations", "give an object with expectations")
            named = {**suite, "name": str(suite.get("name") or f"{table}.{label}")}
            check_suite(named, place)
            for number, expectation in enumerate(named["expectations"]):
                _check_columns(f"{place}/expectations/{number}", table, expectation)
                _check_patterns(f"{place}/expectations/{number}", expectation["kwargs"])
            suites.setdefault(table, []).append({**named, "expectations": _labelled(named["expectations"], label)})
    return suites


def _labelled(expectations: Sequence[Json], label: str) -> list[Json]:
    """The expectations with rule names that are unique to this suite."""
    rules = [(e.get("meta") or {}).get("rule") or str(number) for number, e in enumerate(expectations, start=1)]
    return [
        {**e, "meta": {**(e.get("meta") or {}), "rule": f"{label}.{rule}"}}
        for rule, e in zip(rules, expectations, strict=True)
    ]


def _check_columns(place: str, table: str, expectation: Json) -> None:
    if expectation["type"].startswith("expect_table_"):
        return  # it may name columns that should exist but do not
    for column in sorted(columns_of(expectation["kwargs"])):
        if not is_column(column, table):
            raise InputError(place, f"{table} has no column {column}", _like(column, schemas()[table].columns))


def _check_patterns(place: str, kwargs: Json) -> None:
    """Checks that every regular expression compiles."""
    listed = kwargs.get("regex_list")
    for pattern in (kwargs.get("regex"), *(listed if isinstance(listed, list) else ())):
        if isinstance(pattern, str) and (problem := problem_of_regex(pattern)) is not None:
            shown = pattern if len(pattern) <= 80 else f"{pattern[:79]}…"
            raise InputError(f"{place}/kwargs", f"{shown!r} is not a regular expression: {problem}", "correct it")


def _like(word: str, known: Sequence[str]) -> str:
    like = get_close_matches(word, known, 1)
    return f"write {like[0]}" if like else f"name one of {', '.join(known)}"


def _of_file(path: Path) -> Iterator[tuple[str, str, object]]:
    """Yields place, table and suite."""
    content = _read(path)
    if "expectations" not in content:
        for table, suite in content.items():
            yield f"{path}#/{table}", table, suite
        return
    meta = content.get("meta")
    said = meta.get("table") if isinstance(meta, dict) else None
    yield str(path), str(said or str(content.get("name")).partition(".")[0]), content


def _read(path: Path) -> Json:
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError(str(path), f"has more than {MOST_BYTES:,} bytes", "give a suite of your own rules")
        read = parse_json(content)
    except OSError as error:
        raise InputError(str(path), (error.strerror or str(error)).lower(), "name a file with suites") from error
    except UnreadableError as error:
        raise InputError(str(path), str(error), _MEND) from error
    if not isinstance(read, dict) or not read:
        raise InputError(str(path), "names no table", _MEND)
    return read
