"""A release of the dataset, planned: its version, its files, and what forbids it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata import citation_cff
from broadsheet.publishing.package import CURATION, DESCRIPTOR, package_files
from broadsheet.publishing.release.changelog import released, with_release
from broadsheet.publishing.release.diff import Difference, compare
from broadsheet.publishing.release.record import RELEASES, parse_record, release_row
from broadsheet.publishing.release.record import with_release as with_row
from broadsheet.publishing.release.snapshot import Snapshot, snapshot
from broadsheet.publishing.release.version import Level, level, next_version, precedence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.publishing import PackageInfo
    from broadsheet.tables.frames import TableSet

CITATION = "CITATION.cff"
CHANGELOG = "CHANGELOG.md"
ROW_COUNTS = "row-counts.csv"
NEW_CHANGELOG = "# Changelog\n"


_DERIVED = frozenset({"id", "version", "created", "resources"})
"""Properties of a descriptor that follow from its rows, version and day."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release before it is written.

    Attributes:
        version: Its version.
        day: Its day, ISO 8601.
        sha256: SHA-256 of its ``datapackage.json``.
        difference: What it changes of the one before.
        facts: The properties of ``datapackage.json`` that it changes, save those that follow from rows and version.
        files: Path to content of every file to write, ``datapackage.json`` last.
        blockers: What forbids it, each in one line.
    """

    version: str
    day: str
    sha256: str
    difference: Difference
    facts: tuple[str, ...]
    files: Mapping[str, bytes]
    blockers: tuple[str, ...]


def plan(
    tables: TableSet,
    info: PackageInfo,
    before: Snapshot | None,
    *,
    changelog: str = NEW_CHANGELOG,
    committed: Mapping[str, str] | None = None,
    version: str | None = None,
) -> Plan:
    """What a release of the tables would be.

    Args:
        tables: The curated tables.
        info: Name and day of the package; its version is that of a first release.
        before: The release before, ``None`` for a first one.
        changelog: The changelog as it lies there, with what was written into it since.
        committed: Path to text of ``CITATION.cff``, ``CHANGELOG.md`` and ``releases.csv`` as the release before had
            them.
        version: The version to give it, instead of the one that follows from the difference.
    """
    made = _made(tables, info)
    nothing = Snapshot({}, {name: replace(table, table=table.table[:0]) for name, table in made.tables.items()})
    difference = compare(before or nothing, made)
    record = (committed or {}).get(RELEASES, "")
    derived = _next(tables, info, before, difference, record) if before else info.version
    chosen = version or derived
    info = replace(info, version=chosen)
    if before is not None and chosen == before.version:
        info = _of_before(info, before)
    files = package_files(tables, info)
    final = _made(tables, info)
    day = _day(final)
    digest = sha256(files[DESCRIPTOR]).hexdigest()
    written = {
        RELEASES: with_row(record, release_row(final.descriptor, digest)),
        ROW_COUNTS: row_counts({name: len(table) for name, table in final.tables.items()}),
        CITATION: citation_cff(final.descriptor, digest),
        CHANGELOG: changelog,
    }
    if before is None or chosen != before.version:
        written[CHANGELOG] = with_release(written[CHANGELOG], chosen, day, difference)
    descriptor = files.pop(DESCRIPTOR)
    everything = {**files, **{path: text.encode("utf-8") for path, text in written.items()}, DESCRIPTOR: descriptor}
    blockers = []
    if version is not None and before is not None and precedence(version) < precedence(derived):
        blockers.append(f"version {version} is lower than {derived}, which the changes make it")
    blockers += _blocked_metadata(final.descriptor)
    if before is not None:
        blockers += _disagreeing(before.version, _day(before), committed or {})
    facts = changed_facts(before.descriptor, final.descriptor) if before is not None else ()
    return Plan(chosen, day, digest, difference, facts, everything, tuple(blockers))


def changed_facts(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """The properties of two descriptors that differ, apart from those that follow from rows, version and day.

    >>> changed_facts({"title": "A", "broadsheet": {"files": {}}}, {"title": "B", "broadsheet": {"files": {"a": "b"}}})
    ('title',)
    """
    old, new = _facts(before), _facts(now)
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))


def _facts(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    own = descriptor.get("broadsheet")
    told = {name: value for name, value in descriptor.items() if name not in _DERIVED and name != "broadsheet"}
    return (
        told | {f"broadsheet.{name}": own[name] for name in own if name != "files"} if isinstance(own, dict) else told
    )


def _next(tables: TableSet, info: PackageInfo, before: Snapshot, difference: Difference, record: str) -> str:
    """The version that follows from the difference, or from files that differ although the rows are the same."""
    version = next_version(before.version, level(difference))
    recorded = parse_record(record, RELEASES).get(version)
    if recorded is None or version != before.version:
        return version
    again = package_files(tables, _of_before(info, before))[DESCRIPTOR]
    # A version must not name two packages.
    same = sha256(again).hexdigest() == recorded["sha256"]
    return version if same else next_version(version, Level.PATCH)


def _of_before(info: PackageInfo, before: Snapshot) -> PackageInfo:
    """The release before, on its day, as it is made now."""
    day = _day(before)
    return replace(info, version=before.version, created=date.fromisoformat(day) if day else info.created)


def row_counts(counts: Mapping[str, int]) -> str:
    """The file of row counts, which a reviewer reads: a line a table."""
    return "table,rows\n" + "".join(f"{table},{rows}\n" for table, rows in counts.items())


def blocked_by_changes(changed: Iterable[str], files: Iterable[str]) -> list[str]:
    """Changes that are not committed, save those of the release's own files, so that it can be run again."""
    own = {*files} - {CURATION}
    return [f"not committed: {path}" for path in changed if path not in own]


def _day(package: Snapshot) -> str:
    return str(package.descriptor.get("created", ""))[:10]


def _made(tables: TableSet, info: PackageInfo) -> Snapshot:
    files = package_files(tables, info)
    return snapshot(json.loads(files[DESCRIPTOR]), files.__getitem__, "the new release")


def _blocked_metadata(descriptor: Mapping[str, Any]) -> list[str]:
    blockers = [f"{DESCRIPTOR} has no {key}" for key in ("title", "licenses", "created") if not descriptor.get(key)]
    if any(not (licence.get("name") and licence.get("path")) for licence in descriptor.get("licenses", ())):
        blockers.append(f"{DESCRIPTOR} has a licence without name or address")
    return blockers


def _disagreeing(version: str, day: str, found: Mapping[str, str]) -> list[str]:
    """Files that lie there and tell another version or day of the release before."""
    blockers = []
    said = re.findall(r'^(version|date-released): "?([^"\n]+)"?$', found.get(CITATION, ""), re.MULTILINE)
    wanted = {"version": version, "date-released": day}
    for key, value in said:
        if value != wanted[key]:
            blockers.append(f"{CITATION} says {key} {value}, where {DESCRIPTOR} says {wanted[key]}")
    days = released(found.get(CHANGELOG, ""))
    if days and version not in days:
        blockers.append(f"{CHANGELOG} has no section of version {version}, which {DESCRIPTOR} has")
    elif days and days[version] != day:
        blockers.append(f"{CHANGELOG} says {days[version]} of version {version}, where {DESCRIPTOR} says {day}")
    return blockers
