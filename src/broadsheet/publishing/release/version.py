"""The next version of the data, by the recipe of the Data Package standard.

See https://datapackage.org/recipes/data-package-version/.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.publishing.release.diff import Difference


class Level(IntEnum):
    """The part of the version that a change increments."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


def level(difference: Difference) -> Level:
    """The level of a change.

    Changes of columns are major; rows added, removed or renamed are minor; changed values are a patch.
    """
    if difference.columns:
        return Level.MAJOR
    content = [change for change in difference.rows if change.table not in ("evidence", "countries")]
    if any(change.kind in ("added", "removed", "renamed") for change in content):
        return Level.MINOR
    return Level.PATCH if difference.rows else Level.NONE


def next_version(version: str, change: Level) -> str:
    """The version after ``version``; a pre-release (``1.2.0-dev``) becomes the release.

    Args:
        version: A semantic version.
        change: The level of the change; ``NONE`` keeps the version.
    """
    core = version.partition("+")[0].partition("-")[0]
    major, minor, patch = map(int, core.split("."))
    match change:
        case Level.MAJOR:
            return f"{major + 1}.0.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}.0"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"
    return version


def precedence(version: str) -> tuple[tuple[int, ...], bool]:
    """A sort key for versions; a pre-release comes before its release."""
    core, _, rest = version.partition("+")[0].partition("-")
    return tuple(map(int, core.split("."))), not rest
