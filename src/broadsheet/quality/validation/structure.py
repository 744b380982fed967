"""Levels 1 and 2: the files of a package, and whether its ``datapackage.json`` describes them correctly.

The code that writes packages rebuilds the descriptor from the files and the ``articles`` table for comparison. Title,
description and keywords are required; licences and contributors are optional. Their values are compared only with
other declarations of them (``validation.declared``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.curation import parse_curation
from broadsheet.publishing.checksums import FOLDERS
from broadsheet.publishing.descriptor import SEMVER, ArticleSource, PackageInfo, PublishedFile, descriptor
from broadsheet.publishing.exchange import refuse_interrupted
from broadsheet.publishing.metadata.index import METADATA
from broadsheet.publishing.package import CURATION, DESCRIPTOR, RUN_LOG
from broadsheet.quality.validation.files import (
    MOST_BYTES_OF_JSON,
    UnreadableError,
    differences,
    parse_json,
    read_inside,
)
from broadsheet.quality.validation.report import Level, Severity
from broadsheet.quality.validation.resources import SIZES, as_json, check_resources
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.quality.validation.report import Check, Findings

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_CREATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHOWN = 5
"""Maximum number of differences shown for one file."""

_ABSENT = "0" * 64


def data_path(table: str, ending: str) -> str:
    """The path of a table's file in a package."""
    return f"data/{table}.{ending}"


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Reads the package's ``datapackage.json``.

    Raises:
        InputError: If the folder does not contain a Broadsheet package, or a write to it was interrupted.
    """
    refuse_interrupted(folder)
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "there is no such folder"
        raise InputError(str(folder), problem, f"name the folder that holds {DESCRIPTOR}")
    place = str(folder / DESCRIPTOR)
    try:
        content = parse_json(read_inside(folder, DESCRIPTOR, MOST_BYTES_OF_JSON))
    except UnreadableError as error:
        raise InputError(
            place, str(error), "name the folder of a data package that `broadsheet build` wrote"
        ) from error
    if not isinstance(content, dict) or "broadsheet" not in content or not isinstance(content.get("resources"), list):
        raise InputError(place, "does not describe a Broadsheet package", "name a folder that `broadsheet build` wrote")
    return content


def read_files(findings: Findings, folder: Path, table: str) -> dict[str, bytes]:
    """Path to content of the CSV and Parquet files of a table. An unreadable file is reported."""
    found = {}
    for ending, level in (("csv", Level.TABLE_SCHEMA), ("parquet", Level.PARQUET)):
        path = data_path(table, ending)
        check = findings.check(level, table, f"{ending}_file", f"the package holds {path}, a regular file")
        try:
            found[path] = read_inside(folder, path)
        except UnreadableError as error:
            findings.fail(check, value=path, message=f"{path} {error}")
    return found


def listed_curation(descriptor: Mapping[str, Any]) -> bool:
    """Whether the package lists a file of corrections."""
    return any(isinstance(r, dict) and r.get("path") == CURATION for r in descriptor["resources"])


def read_curation(findings: Findings, folder: Path, descriptor: Mapping[str, Any]) -> bytes | None:
    """The corrections file that the package lists; None if it lists none or the file cannot be read."""
    if not listed_curation(descriptor):
        unlisted = findings.check(
            Level.TABLE_SCHEMA, "", "curation_listed", f"datapackage.json lists {CURATION} where the package has it"
        )
        if (folder / CURATION).is_symlink() or (folder / CURATION).exists():
            said = f"{CURATION} is there, but datapackage.json does not list it"
            findings.fail(unlisted, value=CURATION, message=said)
        return None
    check = findings.check(Level.TABLE_SCHEMA, "", "curation_file", f"the package holds {CURATION}, a regular file")
    content = None
    try:
        content = read_inside(folder, CURATION, MOST_BYTES_OF_JSON)
        parse_curation(content.decode("utf-8"), CURATION)
    except (UnreadableError, UnicodeDecodeError, InputError) as error:
        findings.fail(check, value=CURATION, message=str(error))
    return content


def check_schemas(findings: Findings, folder: Path) -> None:
    """Checks that the schema files are those of this version."""
    for table in TABLES:
        path = f"schemas/{table}.json"
        check = findings.check(
            Level.TABLE_SCHEMA, table, "schema_edited", f"{path} is the schema of this version of broadsheet"
        )
        try:
            found = parse_json(read_inside(folder, path, MOST_BYTES_OF_JSON))
        except UnreadableError as error:
            findings.fail(check, value=path, message=f"{path} {error}")
            continue
        for pointer, expected, value in differences(dict(schemas()[table].descriptor), found)[:_SHOWN]:
            findings.fail(check, value=value, message=f"{path}#{pointer} is {as_json(value)}, not {as_json(expected)}")


def check_stray(findings: Findings, folder: Path) -> None:
    """Checks that the package's folders contain no other files."""
    stray = findings.check(
        Level.TABLE_SCHEMA,
        "",
        "stray_file",
        "data, schemas, metadata and run hold the package's files alone",
        severity=Severity.WARNING,
    )
    ours = {f"schemas/{table}.json" for table in TABLES}
    ours |= {data_path(table, ending) for table in TABLES for ending in ("csv", "parquet")}
    ours |= {CURATION, *METADATA, *RUN_LOG}
    for name in FOLDERS:
        if (folder / name).is_symlink() or not (folder / name).is_dir():
            continue
        for path in sorted(f"{name}/{member.name}" for member in (folder / name).iterdir()):
            if path not in ours:
                findings.fail(stray, value=path, message=f"{path} is no file of the package")


def check_descriptor(
    findings: Findings,
    found: Mapping[str, Any],
    files: Mapping[str, PublishedFile],
    articles: pa.Table,
    rows: Mapping[str, int],
) -> None:
    """Checks ``datapackage.json`` against the files and the articles.

    Args:
        findings: Receives the failures.
        found: The parsed ``datapackage.json``.
        files: Size and hash of the readable files, by path.
        articles: The table ``articles``.
        rows: Number of rows of each table.
    """
    ours = check_wording(findings, found)
    expected = _expected(found, files, articles, rows)
    keys = ["$schema", "sources"]
    if len(files) >= 2 * len(TABLES) + listed_curation(found):
        keys.insert(1, "id")
    check_properties(findings, ours, found, expected, keys)
    check_resources(findings, found["resources"], expected["resources"], files, _checks, _meant)


def check_properties(
    findings: Findings, check: Check, found: Mapping[str, Any], expected: Mapping[str, Any], keys: Sequence[str]
) -> None:
    """Checks that properties of ``datapackage.json`` have the values derived from the files."""
    for key in keys:
        for pointer, wanted, value in differences(expected.get(key), found.get(key), key)[:_SHOWN]:
            odd(findings, check, pointer, value, as_json(wanted))


def odd(findings: Findings, check: Check, pointer: str, value: object, wanted: str) -> None:
    """Reports a wrong value in ``datapackage.json``."""
    findings.fail(check, value=value, message=f"{DESCRIPTOR}#/{pointer} is {as_json(value)}, not {wanted}")


def check_wording(findings: Findings, found: Mapping[str, Any]) -> Check:
    """Checks the form of the publisher's own properties, and that the package states what made it.

    Returns:
        The check, so that the caller can report further failures of the descriptor.
    """
    ours = findings.check(
        Level.TABLE_SCHEMA, "", "descriptor", f"{DESCRIPTOR} is what broadsheet writes for these files"
    )
    version, name, created = found.get("version"), found.get("name"), found.get("created")
    if not isinstance(version, str) or not SEMVER.fullmatch(version):
        odd(findings, ours, "version", version, "a semantic version")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        odd(findings, ours, "name", name, "a slug")
    if created is not None and not (isinstance(created, str) and _CREATED.fullmatch(created)):
        odd(findings, ours, "created", created, "a time such as 2024-05-31T00:00:00Z")
    for key in ("title", "description", "keywords"):
        if not found.get(key) or not isinstance(found[key], str | list):
            odd(findings, ours, key, found.get(key), "given")
    for key in ("licenses", "contributors"):
        if key in found and not (found[key] and isinstance(found[key], list)):
            odd(findings, ours, key, found[key], "a list of one object at least; leave it out where there is none")
    made_by = found["broadsheet"] if isinstance(found["broadsheet"], dict) else {}
    if not isinstance(extractor := made_by.get("extractor"), str) or not SEMVER.fullmatch(extractor):
        odd(findings, ours, "broadsheet/extractor", extractor, "a semantic version")
    for key in ("extractorLicense", "sourceRights"):
        if not isinstance(made_by.get(key), str) or not made_by[key]:
            odd(findings, ours, f"broadsheet/{key}", made_by.get(key), "given")
    return ours


def _expected(
    found: Mapping[str, Any], files: Mapping[str, PublishedFile], articles: pa.Table, rows: Mapping[str, int]
) -> dict[str, Any]:
    paths = [data_path(table, ending) for table in TABLES for ending in ("csv", "parquet")]
    paths += [CURATION] if listed_curation(found) else []
    published = {path: files.get(path) or PublishedFile(path, 0, _ABSENT) for path in paths}
    names = ("article_id", "title", "publisher", "url", "published_on", "text_sha256")
    sources = [ArticleSource(*(row[name] for name in names)) for row in articles.to_pylist()]
    info = PackageInfo(str(found.get("name")), str(found.get("version")))
    return descriptor(info, published, rows, sources, extractor="", model=None)


def _checks(findings: Findings, wanted: Mapping[str, Any]) -> dict[str, Check]:
    table = wanted["name"].removesuffix("-parquet") if wanted["path"] != CURATION else ""
    level = Level.PARQUET if wanted["format"] == "parquet" else Level.TABLE_SCHEMA
    return {
        rule: findings.check(
            level, table, f"{wanted['format']}_{rule}", f"{DESCRIPTOR} says the {rule} of {wanted['path']}"
        )
        for rule in ("resource", *(size for size in SIZES if size in wanted))
    }


def _meant(wanted: Mapping[str, Any], pointer: str) -> tuple[str, str, str]:
    return wanted["path"], pointer.lstrip("/"), wanted["path"]
