"""Level 1: the metadata files for other tools agree with ``datapackage.json``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.metadata.index import METADATA, metadata_contents
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.files import (
    MOST_BYTES_OF_JSON,
    UnreadableError,
    differences,
    parse_json,
    read_inside,
)
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from broadsheet.quality.validation.report import Findings

RULE = "metadata"
_SHOWN = 5
"""Maximum number of differences shown for one file."""


def check_metadata(findings: Findings, folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Checks that ``metadata/`` and ``ro-crate-metadata.json`` contain what the descriptor implies.

    Args:
        findings: Receives the failures.
        folder: The package folder.
        descriptor: The parsed ``datapackage.json``, whether correct or not.
    """
    check = findings.check(
        Level.TABLE_SCHEMA, "", RULE, f"{', '.join(METADATA)} are what broadsheet derives from {DESCRIPTOR}"
    )
    try:
        contents = metadata_contents(descriptor)
    except InputError as error:
        findings.fail(check, value=error.place, message=f"cannot be derived: {error.place} {error.problem}")
        return
    for path in METADATA:
        try:
            found = parse_json(read_inside(folder, path, MOST_BYTES_OF_JSON))
        except UnreadableError as error:
            if path in contents or (folder / path).exists():
                findings.fail(check, value=path, message=f"{path} {error}")
            continue
        if path not in contents:
            message = f"{path} is there, though {DESCRIPTOR} does not say what it needs: a day of creation"
            findings.fail(check, value=path, message=message)
            continue
        for pointer, wanted, value in differences(contents[path], found)[:_SHOWN]:
            message = f"{path}#{pointer} is {_json(value)}, not {_json(wanted)}"
            findings.fail(check, value=value, message=message)


def _json(value: object) -> str:
    if value is None:
        return "not there"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"
