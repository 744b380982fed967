"""Plans a release of the dataset: its version, its files, and what blocks it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.descriptor import LISTING
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
"""Properties of a descriptor that follow from its rows, version and date."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A release before it is written.

    Attributes:
        version: Its version.
        day: Its date, ISO 8601.
        sha256: SHA-256 of its ``datapackage.json``.
        difference: The changes since the previous release.
        facts: The changed properties of ``datapackage.json``, except those that follow from rows and version.
        files: Path to content of every file to write, ``datapackage.json`` last.
        blockers: What blocks it, one line each.
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
    """Plans a release of the tables.

    Args:
        tables: The curated tables.
        info: Name and date of the package; its version is used for a first release.
        before: The previous release; None for a first one.
        changelog: The current changelog, with what was added since the previous release.
        committed: Path to text of ``CITATION.cff``, ``CHANGELOG.md`` and ``releases.csv`` in the previous release.
        version: The version to use instead of the one that follows from the difference.
    """
    proposed = _release(tables, info)
    empty = Snapshot({}, {name: replace(table, table=table.table[:0]) for name, table in proposed.tables.items()})
    difference = compare(before or empty, proposed)
    record = (committed or {}).get(RELEASES, "")
    derived = _next(tables, info, before, difference, record) if before else info.version
    chosen = version or derived
    info = replace(info, version=chosen)
    if before is not None and chosen == before.version:
        info = _as_before(info, before)
    files = package_files(tables, info)
    final = _release(tables, info)
    day = _day(final)
    digest = sha256(files[DESCRIPTOR]).hexdigest()
    written = {
        RELEASES: with_row(record, release_row(final.descriptor, digest)),
        ROW_COUNTS: row_counts({name: len(table) for name, table in final.tables.items()}),
        CHANGELOG: changelog,
    }
    if info.creators:  # the format requires an author
        written[CITATION] = citation_cff(final.descriptor, digest)
    if before is None or chosen != before.version:
        written[CHANGELOG] = with_release(written[CHANGELOG], chosen, day, difference)
    descriptor = files.pop(DESCRIPTOR)
    everything = {**files, **{path: text.encode("utf-8") for path, text in written.items()}, DESCRIPTOR: descriptor}
    blockers = []
    if version is not None and before is not None and precedence(version) < precedence(derived):
        blockers.append(f"version {version} is lower than {derived}, which the changes require")
    blockers += _blocked_metadata(final.descriptor)
    if before is not None:
        blockers += _disagreeing(before.version, _day(before), committed or {})
    facts = changed_facts(before.descriptor, final.descriptor) if before is not None else ()
    return Plan(chosen, day, digest, difference, facts, everything, tuple(blockers))


def changed_facts(before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """The properties that differ between two descriptors, except those that follow from rows, version and date.

    >>> changed_facts({"title": "A", "broadsheet": {"files": {}}}, {"title": "B", "broadsheet": {"files": {"a": "b"}}})
    ('title',)
    """
    old, new = _facts(before), _facts(now)
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))


def _facts(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    own = descriptor.get("broadsheet")
    facts = {name: value for name, value in descriptor.items() if name not in _DERIVED and name != "broadsheet"}
    if isinstance(own, dict):
        facts |= {f"broadsheet.{name}": value for name, value in own.items() if name != LISTING}
    return facts


def _next(tables: TableSet, info: PackageInfo, before: Snapshot, difference: Difference, record: str) -> str:
    """The version that follows from the difference, or from files that differ although the rows do not."""
    version = next_version(before.version, level(difference))
    recorded = parse_record(record, RELEASES).get(version)
    if recorded is None or version != before.version:
        return version
    again = package_files(tables, _as_before(info, before))[DESCRIPTOR]
    # A version must not name two packages.
    same = sha256(again).hexdigest() == recorded["sha256"]
    return version if same else next_version(version, Level.PATCH)


def _as_before(info: PackageInfo, before: Snapshot) -> PackageInfo:
    """``info`` with the version and date of the previous release."""
    day = _day(before)
    return replace(info, version=before.version, created=date.fromisoformat(day) if day else info.created)


def row_counts(counts: Mapping[str, int]) -> str:
    """The file of row counts, for reviewers: one line per table."""
    return "table,rows\n" + "".join(f"{table},{rows}\n" for table, rows in counts.items())


def blocked_by_changes(changed: Iterable[str], files: Iterable[str]) -> list[str]:
    """Uncommitted changes, except in the release's own files, so that a release can be run again."""
    own = {*files} - {CURATION}
    return [f"not committed: {path}" for path in changed if path not in own]


def _day(package: Snapshot) -> str:
    return str(package.descriptor.get("created", ""))[:10]


def _release(tables: TableSet, info: PackageInfo) -> Snapshot:
    files = package_files(tables, info)
    return snapshot(json.loads(files[DESCRIPTOR]), files.__getitem__, "the new release")


def _blocked_metadata(descriptor: Mapping[str, Any]) -> list[str]:
    return [f"{DESCRIPTOR} has no {key}" for key in ("title", "created") if not descriptor.get(key)]


def _disagreeing(version: str, day: str, found: Mapping[str, str]) -> list[str]:
    """Committed files that disagree with the version or date of the previous release."""
    blockers = []
    stated = re.findall(r'^(version|date-released): "?([^"\n]+)"?$', found.get(CITATION, ""), re.MULTILINE)
    wanted = {"version": version, "date-released": day}
    for key, value in stated:
        if value != wanted[key]:
            blockers.append(f"{CITATION} says {key} {value}, where {DESCRIPTOR} says {wanted[key]}")
    days = released(found.get(CHANGELOG, ""))
    if days and version not in days:
        blockers.append(f"{CHANGELOG} has no section of version {version}, which {DESCRIPTOR} has")
    elif days and days[version] != day:
        blockers.append(f"{CHANGELOG} says {days[version]} of version {version}, where {DESCRIPTOR} says {day}")
    return blockers
