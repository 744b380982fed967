"""Level 1: checks the files of a partitioned package and that ``datapackage.json`` describes them correctly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.checksums import FOLDERS
from broadsheet.publishing.descriptor import PackageInfo, PublishedFile
from broadsheet.publishing.layout import is_part_path, n_parts, table_paths
from broadsheet.publishing.package import CURATION, DESCRIPTOR, RUN_LOG
from broadsheet.publishing.partitioned import PublishedPart, descriptor_of
from broadsheet.quality.validation.report import Findings, Level, Severity
from broadsheet.quality.validation.resources import SIZES, check_resources
from broadsheet.quality.validation.structure import check_properties, check_wording, listed_curation
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from broadsheet.quality.validation.report import Check

_ABSENT = "0" * 64


def has_csv(content: Mapping[str, Any]) -> bool:
    """Whether a descriptor lists CSV."""
    return any(isinstance(r, dict) and r.get("format") == "csv" for r in content["resources"])


def check_files(findings: Findings, folder: Path, parts: int, *, csv: bool) -> bool:
    """Checks that the folders hold only files of the package.

    Returns:
        Whether most of the parts exist. If a package claims a million parts and has none, the other checks would take
        hours to report the same problem a million times.
    """
    stray = findings.check(
        Level.TABLE_SCHEMA,
        "",
        "stray_file",
        "data, schemas and run hold the package's files alone",
        severity=Severity.WARNING,
    )
    ours = {f"schemas/{table}.json" for table in TABLES} | {CURATION, *RUN_LOG}
    for name in FOLDERS:
        for path in _members(folder, name):
            if path not in ours and path.removeprefix("data/") not in TABLES:
                findings.fail(stray, value=path, message=f"{path} is no file of the package")
    there = 0
    for table in TABLES:
        extra = findings.check(
            Level.PARQUET, table, "extra_part", f"data/{table} holds the parts that {DESCRIPTOR} names and nothing else"
        )
        for path in _members(folder, f"data/{table}"):
            if is_part_path(path, parts) and (csv or not path.endswith(".csv")):
                there += table == "articles" and path.endswith(".parquet")
                continue
            said = "is a part that the package does not have" if is_part_path(path) else "is no part of the table"
            findings.fail(extra, value=path, message=f"{path} {said}")
    return there * 2 >= parts


def _members(folder: Path, name: str) -> list[str]:
    place = folder / name
    if place.is_symlink() or not place.is_dir():
        return []
    return sorted(f"{name}/{member.name}" for member in place.iterdir())


def check_layout(findings: Findings, parts: int, n_articles: int | None) -> None:
    """Checks that the number of parts fits the number of articles; ``n_articles`` is None if most parts are missing."""
    check = findings.check(
        Level.PARQUET, "articles", "layout", "there are as many parts as the number of articles gives"
    )
    if n_articles is None:
        findings.fail(check, value=parts, message=f"{DESCRIPTOR} says {parts:,} parts; most of them are missing")
    elif (right := n_parts(n_articles)) != parts:
        message = f"the package has {parts:,} parts; of {n_articles:,} articles a build makes {right:,}"
        findings.fail(check, value=parts, message=message)


def check_descriptor(
    findings: Findings,
    found: Mapping[str, Any],
    files: Mapping[str, PublishedPart],
    parts: int,
    curation: bytes | None,
) -> None:
    """Checks that ``datapackage.json`` agrees with the files.

    Args:
        findings: Collects the failures.
        found: The content of ``datapackage.json``.
        files: Size, hash and rows of the readable parts, by path.
        parts: Number of parts of the package.
        curation: The corrections, if the package lists them and they are readable.
    """
    ours = check_wording(findings, found)
    endings = ("csv", "parquet") if has_csv(found) else ("parquet",)
    paths = [path for table in TABLES for ending in endings for path in table_paths(table, parts, ending)]
    listed = listed_curation(found)
    expected = descriptor_of(
        PackageInfo(str(found.get("name")), str(found.get("version"))),
        [files.get(path) or PublishedPart(path, 0, _ABSENT, 0) for path in paths],
        parts=parts,
        extractor="",
        model=None,
        curation=PublishedFile.of(CURATION, curation or b"") if listed else None,
    )
    whole = len(files) == len(paths) and not (listed and curation is None)
    check_properties(findings, ours, found, expected, ["$schema", *(["id"] if whole else []), "sources"])
    check_resources(findings, found["resources"], expected["resources"], files, _checks, _meant)


def _checks(findings: Findings, wanted: Mapping[str, Any]) -> dict[str, Check]:
    level = Level.PARQUET if wanted["format"] == "parquet" else Level.TABLE_SCHEMA
    table = wanted["name"].removesuffix("-parquet") if wanted["format"] != "toml" else ""
    return {
        rule: findings.check(
            level, table, f"{wanted['format']}_{rule}", f"{DESCRIPTOR} says the {rule} of each {wanted['format']} part"
        )
        for rule in ("resource", *SIZES)
    }


def _meant(wanted: Mapping[str, Any], pointer: str) -> tuple[str, str, str]:
    part, rule = _part(wanted, pointer)
    return part, rule, part or f"{wanted['name']}{pointer}"


def _part(wanted: Mapping[str, Any], pointer: str) -> tuple[str, str]:
    """Returns the part and the property that a JSON pointer into a resource refers to."""
    match pointer.lstrip("/").split("/"):
        case ["parts", number, name] if "parts" in wanted:
            return str(wanted["parts"][int(number)]["path"]), name
        case ["path", number] if "parts" in wanted and number.isdecimal():
            return str(wanted["parts"][int(number)]["path"]), "path"
        case [name, *_]:
            return "", name
    return "", ""
