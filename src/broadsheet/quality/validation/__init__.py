"""Validation in levels: the files, the tables' form, what the cells mean, and what the article says."""

from __future__ import annotations

from broadsheet.quality.validation.package import validate_package, validate_tables
from broadsheet.quality.validation.report import Check, Failure, Level, Place, Severity
from broadsheet.quality.validation.reports import Report

__all__ = ["Check", "Failure", "Level", "Place", "Report", "Severity", "validate_package", "validate_tables"]
