"""Level 1: compares a package's own metadata with the sidecars and the record of releases."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.descriptor import PackageInfo, properties
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.publishing.release.record import RELEASES, parse_record, release_row
from broadsheet.quality.validation.files import MOST_BYTES_OF_JSON, UnreadableError, differences, read_inside
from broadsheet.quality.validation.report import Level, Severity
from broadsheet.quality.validation.resources import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from broadsheet.quality.validation.report import Findings
    from broadsheet.reading import PackageOptions


def check_declared(
    findings: Findings, folder: Path, content: Mapping[str, Any], sidecar: PackageOptions | None
) -> None:
    """Compares the package with the sidecars of its sources and with the record of releases, where these exist.

    Args:
        findings: Receives the failures. It must already have the hash of the package.
        folder: The package folder.
        content: The parsed ``datapackage.json``.
        sidecar: The package options from the sidecars. Level 4 compares the articles with their sidecars.
    """
    if sidecar is not None:
        _check_sidecar(findings, content, sidecar)
    if os.path.lexists(folder / RELEASES):
        _check_record(findings, folder, content)


def _check_sidecar(findings: Findings, content: Mapping[str, Any], sidecar: PackageOptions) -> None:
    """Checks that the descriptor has the values that a build with the sidecars writes."""
    said = findings.check(
        Level.TABLE_SCHEMA,
        "",
        "sidecar",
        f"what the sidecar says of the package is what {DESCRIPTOR} says",
        severity=Severity.WARNING,  # an option of the build takes precedence over the sidecar
    )
    declared = PackageInfo(
        sidecar.name or str(content.get("name")),
        sidecar.version or str(content.get("version")),
        sidecar.created,
        sidecar.title,
        sidecar.creators or (),
        sidecar.license,
        sidecar.description,
    )
    wanted = properties(declared, [], 0, None, extractor="")
    given = {
        "name": sidecar.name,
        "version": sidecar.version,
        "created": sidecar.created,
        "title": sidecar.title,
        "contributors": sidecar.creators,
        "licenses": sidecar.license,
        "description": sidecar.description,
    }
    for key in (key for key, value in given.items() if value):
        for pointer, right, found in differences(wanted[key], content.get(key), key):
            message = f"{DESCRIPTOR}#/{pointer} is {as_json(found)}; the sidecar says {as_json(right)}"
            findings.fail(said, value=found, message=message)


def _check_record(findings: Findings, folder: Path, content: Mapping[str, Any]) -> None:
    """Checks that the package matches the recorded release of its version."""
    check = findings.check(
        Level.TABLE_SCHEMA, "", "release_record", f"{RELEASES} records this version as the package has it"
    )
    try:
        text = read_inside(folder, RELEASES, MOST_BYTES_OF_JSON).decode("utf-8")
        record = parse_record(text, RELEASES)
    except (UnreadableError, InputError, UnicodeDecodeError) as error:
        findings.fail(check, value=RELEASES, message=f"{RELEASES} cannot be used: {error}")
        return
    row = release_row(content, str(findings.sha256))
    recorded = record.get(row["version"])
    if recorded is None:
        message = f"version {row['version']} is not in {RELEASES}; `broadsheet release` records it"
        findings.fail(check, value=row["version"], message=message)
        return
    for column, value in row.items():
        if recorded[column] != value:
            message = f"{column} is {as_json(value)}; {RELEASES} has {as_json(recorded[column])}"
            findings.fail(check, value=value, message=message)
