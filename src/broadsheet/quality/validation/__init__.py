"""Validation by level: files, table format, meaning of the cells, agreement with the article, and rebuild."""

from __future__ import annotations

from broadsheet.quality.validation.package import validate_package, validate_tables
from broadsheet.quality.validation.report import Check, Failure, Level, Place, Severity
from broadsheet.quality.validation.reports import Report

__all__ = ["Check", "Failure", "Level", "Place", "Report", "Severity", "validate_package", "validate_tables"]
