"""Level 1: the checksum chain, from the expected hash through ``datapackage.json`` to every file.

Only names found in the folder are opened, never names taken from the descriptor.
"""

from __future__ import annotations

import os
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.checksums import FOLDERS
from broadsheet.publishing.descriptor import LISTING
from broadsheet.publishing.metadata.index import RO_CRATE
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.files import MOST_BYTES_OF_JSON, UnreadableError, hash_inside, read_inside
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from broadsheet.quality.validation.report import Check, Findings

_HASH = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def check_expected(findings: Findings, folder: Path, expect: str | None) -> None:
    """Checks that the package has the expected hash; always records the hash.

    Args:
        findings: Receives the failure and the hash.
        folder: The package folder. Its descriptor must be readable.
        expect: The expected SHA-256 in hexadecimal digits; None to expect nothing.
    """
    found = findings.sha256 = sha256(read_inside(folder, DESCRIPTOR, MOST_BYTES_OF_JSON)).hexdigest()
    if expect is None:
        return
    check = findings.check(
        Level.TABLE_SCHEMA, "", "package_hash", f"the SHA-256 of {DESCRIPTOR} is the one that was expected"
    )
    if found != expect:
        findings.fail(check, value=found, message=f"{check.description}: expected {expect}, found {found}")


def check_listing(findings: Findings, folder: Path, content: Mapping[str, Any], known: Mapping[str, str]) -> None:
    """Checks that ``datapackage.json`` lists every file of the package with the right hash.

    Args:
        findings: Receives the failures.
        folder: The package folder.
        content: The parsed ``datapackage.json``.
        known: Path to hash of files already read. Resources also state these hashes.
    """
    listed = findings.check(
        Level.TABLE_SCHEMA, "", "file_listed", f"{DESCRIPTOR} lists every file of the package with its SHA-256"
    )
    hashed = findings.check(
        Level.TABLE_SCHEMA, "", "file_hash", f"every file that {DESCRIPTOR} lists is there and has the SHA-256 listed"
    )
    made_by = content["broadsheet"]
    said = made_by.get(LISTING) if isinstance(made_by, dict) else None
    if not isinstance(said, dict):
        message = f"{DESCRIPTOR} has no list broadsheet/{LISTING}: build the package again"
        findings.fail(listed, value=None, message=message)
        return
    there = set(_members(folder))
    for path in sorted(there - said.keys()):
        findings.fail(listed, value=path, message=f"{path} is not listed in {DESCRIPTOR}")
    stated = _stated(content)
    for path in sorted(said):
        value = said[path]
        if not isinstance(value, str) or not _HASH.fullmatch(value):
            findings.fail(hashed, value=path, message=f"the hash of {path} is not sha256: and 64 hexadecimal digits")
        elif path in there:
            _check_hash(findings, hashed, folder, path, value, known, stated.get(path))
        elif path not in stated:  # another rule covers a missing table file
            findings.fail(hashed, value=path, message=f"{path} is listed in {DESCRIPTOR} but is not there")


def _check_hash(
    findings: Findings,
    check: Check,
    folder: Path,
    path: str,
    value: str,
    known: Mapping[str, str],
    stated: object,
) -> None:
    """Checks a listed file that exists. The rule on resources reports a resource with the same wrong hash."""
    try:
        found = known.get(path) or hash_inside(folder, path)
    except UnreadableError as error:
        findings.fail(check, value=path, message=f"{path} {error}")
        return
    if found != value and value != stated:
        findings.fail(check, value=value, message=f"{DESCRIPTOR} lists {path} as {value}; it is {found}")


def _members(folder: Path) -> Iterator[str]:
    """Yields the paths of all files, links and special files in the package's own folders."""
    if os.path.lexists(folder / RO_CRATE):
        yield RO_CRATE
    waiting = [name for name in FOLDERS if os.path.lexists(folder / name)]
    while waiting:
        name = waiting.pop()
        place = folder / name
        if place.is_symlink() or not place.is_dir():
            yield name
            continue
        try:
            waiting += [f"{name}/{member.name}" for member in place.iterdir()]
        except OSError:  # not readable: report the folder itself
            yield name


def _stated(content: Mapping[str, Any]) -> dict[str, object]:
    """Path to hash, as stated by the resources and their parts."""
    stated: dict[str, object] = {}
    for resource in content["resources"]:
        if not isinstance(resource, dict):
            continue
        parts = resource.get("parts")
        for entry in (resource, *(parts if isinstance(parts, list) else ())):
            if isinstance(entry, dict) and isinstance(path := entry.get("path"), str):
                stated[path] = entry.get("hash")
    return stated
