"""A user's own suites: run with the others, and refused where the library would pass over a rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import Severity
from broadsheet.quality.validation.user_suites import read_suites

if TYPE_CHECKING:
    from pathlib import Path


def expectation(kind: str, **kwargs: object) -> dict[str, Any]:
    """An expectation as a user writes it."""
    return {"type": f"expect_{kind}", "kwargs": kwargs}


SHORT = {
    **expectation("column_value_lengths_to_be_between", column="text", max_value=17),
    "description": "a quote is short",
    "severity": "warning",
}
WORD = expectation("column_values_to_match_regex", column="text", regex=r"\w\Z")


def written(folder: Path, content: object, name: str = "house.json") -> Path:
    """A file with JSON."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


FORMS: list[tuple[str, dict[str, Any]]] = [
    ("by table", {"quotes": {"expectations": [SHORT, WORD]}}),
    ("one suite, table in meta", {"name": "x", "meta": {"table": "quotes"}, "expectations": [SHORT, WORD]}),
    ("one suite, named for its table", {"name": "quotes.house", "expectations": [SHORT, WORD]}),
]


@pytest.mark.parametrize("content", [case[1] for case in FORMS], ids=[case[0] for case in FORMS])
def test_own_rules_run_with_the_others(package: Path, tmp_path: Path, content: dict[str, Any]) -> None:
    """Rows that break a rule of the user's are named under the file's name, with the user's words and severity."""
    suites = read_suites([written(tmp_path, content)])
    failures = list(validate_package(package, settings=Settings(suites=suites)).failures)
    found = {(f.table, f.rule, f.value, f.severity) for f in failures}
    assert found == {
        ("quotes", "house.1", "This is a good day,", Severity.WARNING),
        ("quotes", "house.2", "We have listened,", Severity.ERROR),
        ("quotes", "house.2", "and we will act.", Severity.ERROR),
        ("quotes", "house.2", "This is a good day,", Severity.ERROR),
    }
    assert {f.message for f in failures if f.rule == "house.1"} == {"text has 19 characters, above the maximum 17"}


@pytest.mark.parametrize("pattern", ["(open", "[z-a]", "*", "a{2000}", "x{99999999999}", "(?P<n>a)(?P<n>b)"])
@pytest.mark.parametrize("keyword", ["regex", "regex_list"])
def test_a_bad_regular_expression_is_refused(tmp_path: Path, pattern: str, keyword: str) -> None:
    """The error shows it and where it stands, before anything is validated."""
    kind = "column_values_to_match_regex" + ("_list" if keyword == "regex_list" else "")
    value = [r"\w", pattern] if keyword == "regex_list" else pattern
    rule = expectation(kind, column="text", **{keyword: value})
    with pytest.raises(InputError) as caught:
        read_suites([written(tmp_path, {"quotes": {"expectations": [SHORT, rule]}})])
    assert caught.value.place.endswith("house.json#/quotes/expectations/1/kwargs")
    assert pattern in caught.value.problem
    assert "\n" not in str(caught.value)


def test_files_of_one_name(package: Path, tmp_path: Path) -> None:
    """Two files that are called the same do not hide each other's rules."""
    paths = [written(tmp_path, {"quotes": {"expectations": [SHORT]}})]
    (tmp_path / "other").mkdir()
    paths.append(written(tmp_path / "other", {"quotes": {"expectations": [WORD]}}))
    rules = {f.rule for f in validate_package(package, settings=Settings(suites=read_suites(paths))).failures}
    assert rules == {"house.1", "house~2.1"}


def test_helper_columns_serve_a_user_too(package: Path, tmp_path: Path) -> None:
    """A rule may speak of what a link leads to."""
    rule = expectation("column_values_to_be_in_set", column="speaker_id__kind", value_set=["country"])
    suites = read_suites([written(tmp_path, {"quotes": {"expectations": [rule]}})])
    failures = validate_package(package, settings=Settings(suites=suites)).failures
    assert len(failures) == 3
    assert "kind of speaker_id is person, not country" in failures[0].message


def quotes(*expectations: object) -> dict[str, Any]:
    """A file with a suite for quotes."""
    return {"quotes": {"expectations": list(expectations)}}


BAD: list[tuple[str, object, str]] = [
    ("unknown type", quotes(expectation("column_values_to_be_uniqe", column="text")), "write expect_column_values_to"),
    ("unknown keyword", quotes(expectation("column_values_to_be_unique", colum="text")), "cannot be loaded"),
    ("unknown column", quotes(expectation("column_values_to_be_unique", column="txt")), "write text"),
    (
        "unknown column of a helper",
        quotes(expectation("column_values_to_be_unique", column="txt__length")),
        "no column",
    ),
    ("unknown helper", quotes(expectation("column_values_to_be_unique", column="text__size")), "no column"),
    (
        "unknown column of a link",
        quotes(expectation("column_values_to_be_unique", column="speaker_id__x")),
        "no column",
    ),
    ("unknown table", {"quote": {"expectations": [SHORT]}}, "is no table; write quotes"),
    ("suite of no table", {"name": "mine", "expectations": [SHORT]}, "is no table"),
    ("no expectations", {"quotes": {"expectations": []}}, "has no expectations"),
    ("no suite", {"quotes": [SHORT]}, "is no suite"),
    ("no kwargs", quotes({"type": "expect_column_values_to_be_unique"}), "cannot be loaded"),
    ("no object", [SHORT], "names no table"),
    ("no JSON", "{", "is not JSON"),
    ("deep JSON", "[" * 100_000, "nested too deeply"),
    ("a key twice", '{"quotes": {}, "quotes": {}}', "names a key twice"),
]


@pytest.mark.parametrize(("content", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_suite_that_cannot_be_run_is_refused(tmp_path: Path, content: object, said: str) -> None:
    """What is misspelt is bad input that says what and where, never a rule that is passed over."""
    with pytest.raises(InputError, match=said):
        read_suites([written(tmp_path, content)])


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, and one that is a folder, are bad input."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError):
            read_suites([path])
