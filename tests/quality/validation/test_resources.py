"""The resources that `datapackage.json` lists against those that the files give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.quality.validation.report import Failure, Findings, Level
from broadsheet.quality.validation.resources import as_json, check_resources
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.quality.validation.report import Check

FISH = {"name": "fish", "path": "data/fish.csv", "rows": 3, "bytes": 90, "hash": "sha256:0", "title": "Fish"}
SHIPS = {"name": "ships", "path": "data/ships.csv", "rows": 5}


def checks_of(findings: Findings, resource: Mapping[str, Any]) -> dict[str, Check]:
    """A check of the rows, and one of all else."""
    return {
        rule: findings.check(Level.TABLE_SCHEMA, resource["name"], rule, f"{rule} is right")
        for rule in ("resource", "rows", "path")
    }


def meant(resource: Mapping[str, Any], pointer: str) -> tuple[str, str, str]:
    """The file, the rule and the place of a property."""
    return resource["path"], pointer.removeprefix("/"), f"the {resource['name']}"


def wrong(*found: Any, files: tuple[str, ...] = ("data/fish.csv", "data/ships.csv")) -> list[Failure]:
    """What is wrong with resources that should be fish and ships."""
    findings = Findings(TABLES)
    check_resources(findings, found, [FISH, SHIPS], files, checks_of, meant)
    return list(findings.report().failures)


def test_right_resources() -> None:
    """In any order."""
    assert wrong(FISH, SHIPS) == []
    assert wrong(SHIPS, FISH) == []


def test_a_property_that_is_wrong() -> None:
    """It is named with its file, and with both values; other resources are still compared."""
    found = wrong({**FISH, "rows": 4, "title": "Fishes"}, {**SHIPS, "rows": None})
    assert [(f.table, f.rule, f.value, f.message) for f in found] == [
        ("fish", "resource", "Fishes", 'datapackage.json says title of the fish is "Fishes"; it is "Fish"'),
        ("fish", "rows", "4", "datapackage.json says rows of the fish is 4; it is 3"),
        ("ships", "rows", None, "datapackage.json says rows of the ships is not there; it is 5"),
    ]


@pytest.mark.parametrize(("resources", "times"), [([SHIPS], 0), ([FISH, SHIPS, FISH], 2)])
def test_a_resource_that_is_not_there_once(resources: list[dict[str, Any]], times: int) -> None:
    """Its properties are not compared, those of the next one are."""
    found = wrong(*resources[:-1], {**resources[-1], "rows": 9} if times == 0 else resources[-1])
    assert (found[0].table, found[0].rule, found[0].value) == ("fish", "resource", "fish")
    assert found[0].message == f"resource fish is there {times} times"
    assert [f.rule for f in found[1:]] == (["rows"] if times == 0 else [])


def test_unknown_resources() -> None:
    """They are named in order; a resource that is no object has no name."""
    found = wrong(FISH, SHIPS, {"name": "x" * 120}, {}, 7)
    assert [(f.table, f.rule) for f in found] == [("", "resources")] * 3
    assert sorted(f.message for f in found) == [
        "a resource is no object",
        "resource None is not one of the tables",
        f"resource {'x' * 100} is not one of the tables",
    ]


def test_a_file_that_cannot_be_read() -> None:
    """Its size, hash and rows are unknown; its path is compared."""
    found = wrong(
        {**FISH, "rows": 4, "bytes": 1, "hash": "x", "path": "x"}, {**SHIPS, "rows": 4}, files=("data/ships.csv",)
    )
    assert [(f.table, f.rule) for f in found] == [("fish", "path"), ("ships", "rows")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not there"),
        ("é", '"é"'),
        ([1, True], "[1, true]"),
        ("x" * 78, f'"{"x" * 78}"'),
        ("x" * 79, f'"{"x" * 78}…'),
    ],
)
def test_a_value_in_a_message(value: object, text: str) -> None:
    """As JSON, at most 80 characters of it."""
    assert as_json(value) == text


def test_a_value_that_is_nested_too_deeply() -> None:
    """It has words of its own."""
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    assert as_json(nested) == "nested too deeply"
    while nested:  # an object that deep is taken apart step by step
        nested = nested.pop()
