"""The report that validation returns, with its output for a terminal, a notebook and JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from broadsheet.quality.validation.groups import headline, is_valid
from broadsheet.quality.validation.notebook import report_html
from broadsheet.quality.validation.render import render
from broadsheet.quality.validation.report import Level, ReportData

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, slots=True)
class Report(ReportData):
    """The outcome of a validation, with its renderings.

    Example:
        >>> report = validate_package("package", read("copper.txt"))
        >>> report.valid, report.errors
        (True, ())
        >>> print(report.render().splitlines()[0])
        Valid...
    """

    @classmethod
    def of(cls, found: ReportData) -> Self:
        """Makes a report from its data."""
        return cls(**{field.name: getattr(found, field.name) for field in fields(found)})

    def to_dict(self, *, strict: bool = False) -> dict[str, object]:
        """The report as a JSON object; the same failures give the same object.

        Args:
            strict: Whether warnings make the tables invalid.
        """
        checks = Counter(check.level for check in self.checks)
        failed = Counter(failure.level for failure in self.failures)
        return {
            "valid": is_valid(self, strict=strict),
            "verdict": headline(self, strict=strict),
            "verified": self.unverified is None,
            "unverified": self.unverified,
            "sha256": self.sha256,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "rows": dict(self.rows),
            "expectations": dict(self.expectations),
            "levels": [
                {
                    "level": int(level),
                    "name": level.title,
                    "checks": checks[level],
                    "failures": failed[level],
                    "skipped": self.skipped.get(level),
                }
                for level in Level
            ],
            "rules": [check.to_dict() for check in self.checks if check.failed],
            "failures": [failure.to_dict() for failure in self.failures],
        }

    def render(self, width: int = 100, *, strict: bool = False, styled: bool = False) -> str:
        """The report for a terminal of ``width`` columns, without a final line feed.

        Args:
            width: Columns of the terminal.
            strict: Whether warnings make the tables invalid.
            styled: Whether the terminal supports colours.
        """
        return render(self, width, strict=strict, styled=styled)

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        """The report for a notebook."""
        return report_html(self)
