"""Validation in rings: the files, the tables' form, what the cells mean, and what the article says."""

from __future__ import annotations

from broadsheet.quality.validation.package import validate_package, validate_tables
from broadsheet.quality.validation.report import Check, Failure, Place, Ring, Severity
from broadsheet.quality.validation.reports import Report

__all__ = ["Check", "Failure", "Place", "Report", "Ring", "Severity", "validate_package", "validate_tables"]
