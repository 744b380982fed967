"""Levels 1 and 2: compares the resources that ``datapackage.json`` lists with the files.

The code is the same for plain and partitioned packages. Each layout supplies the checks of a resource, and the file
that a property belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.files import differences
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from broadsheet.quality.validation.report import Check, Findings

    Checks = Callable[[Findings, Mapping[str, Any]], Mapping[str, Check]]
    Meant = Callable[[Mapping[str, Any], str], tuple[str, str, str]]

SIZES = ("path", "bytes", "hash", "rows", "schema")
"""Properties of a resource or part with a rule of their own. The rule ``resource`` covers the others."""


def check_resources(
    findings: Findings,
    found: Sequence[Any],
    expected: Sequence[Mapping[str, Any]],
    files: Collection[str],
    checks_of: Checks,
    meant: Meant,
) -> None:
    """Reports every resource that is missing, repeated, unknown or described wrongly.

    Args:
        findings: Receives the failures.
        found: The resources that the package lists.
        expected: The resources that it should list.
        files: The paths of the readable files. Another rule reports unreadable ones.
        checks_of: Returns the checks of a resource by rule, including ``resource``.
        meant: For a resource and a JSON pointer into it, returns the file, the rule, and the place for the message.
    """
    by_name: dict[str, list[dict[str, Any]]] = {}
    for resource in found:
        if isinstance(resource, dict):
            by_name.setdefault(str(resource.get("name")), []).append(resource)
    for wanted in expected:
        checks = checks_of(findings, wanted)
        said = by_name.pop(wanted["name"], [])
        if len(said) != 1:
            message = f"resource {wanted['name']} is there {len(said)} times"
            findings.fail(checks["resource"], value=wanted["name"], message=message)
            continue
        for pointer, right, value in differences(wanted, said[0]):
            path, rule, place = meant(wanted, pointer)
            if path and path not in files and rule in ("bytes", "hash", "rows"):
                continue
            message = f"{DESCRIPTOR} says {rule} of {place} is {as_json(value)}; it is {as_json(right)}"
            findings.fail(checks.get(rule, checks["resource"]), value=value, message=message)
    unknown = findings.check(Level.TABLE_SCHEMA, "", "resources", "every resource is one of the tables")
    for name in sorted(by_name):
        findings.fail(unknown, value=name, message=f"resource {name[:100]} is not one of the tables")
    if any(not isinstance(resource, dict) for resource in found):
        findings.fail(unknown, message="a resource is no object")


def as_json(value: object) -> str:
    """A JSON value as shown in a message."""
    import json

    if value is None:
        return "not there"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "nested too deeply"
    return text if len(text) <= 80 else f"{text[:79]}…"
