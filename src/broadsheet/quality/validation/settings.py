"""The settings of a validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.publishing.checksums import parse_hash
from broadsheet.quality.validation.report import JUST_MADE, NO_REBUILD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadsheet.quality.validation.memory import Memory
    from broadsheet.quality.validation.rebuild import Extract
    from broadsheet.quality.validation.vectors import Json
    from broadsheet.reading import PackageOptions


@dataclass(frozen=True, slots=True)
class Settings:
    """What a validation checks, and how.

    Attributes:
        rebuild: Function that extracts the tables from the sources again; None to skip level 5.
        suites: Table name to suites that run in addition to those under ``validation/``.
        shipped: Suites that replace those under ``validation/``; None to keep them.
        cross_check: Whether Frictionless and Great Expectations also check the package, which takes longer.
        memory: Results of earlier validations of nearly the same package; see ``validation.memory``.
        jobs: Number of processes that check a partitioned package; the report is the same.
        progress: Called after each part with the number of parts done and the total number of parts.
        expect: The hash that the package must have: 64 hexadecimal digits, with or without ``sha256:``.
        just_made: Whether the tables were just extracted from the sources, so that level 5 has nothing to compare.
        sidecar: The package options in the sidecars of the sources; None if there is no sidecar.
    """

    rebuild: Extract | None = None
    suites: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    shipped: Mapping[str, Sequence[Json]] | None = None
    cross_check: bool = False
    memory: Memory | None = None
    jobs: int = 1
    progress: Callable[[int, int], None] | None = None
    expect: str | None = None
    just_made: bool = False
    sidecar: PackageOptions | None = None

    def __post_init__(self) -> None:
        """Checks the expected hash.

        Raises:
            InputError: If it is not a SHA-256.
        """
        if self.expect is not None:
            object.__setattr__(self, "expect", parse_hash(self.expect, "--expect"))

    @property
    def no_rebuild(self) -> str:
        """Why level 5 is skipped although there are sources."""
        return JUST_MADE if self.just_made else NO_REBUILD
