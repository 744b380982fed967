"""Packages to export, and each export made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import needs
import pytest
from hard import write_hard_package
from servers import postgres

from broadsheet.publishing.export import export
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["postgres"]

LIBRARIES = {"duckdb": "duckdb", "xlsx": "openpyxl", "hyper": "tableauhyperapi"}
"""What a kind of export needs."""


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with hard cells, in a folder whose name is a pattern to some readers."""
    return write_hard_package(tmp_path_factory.mktemp("packages") / "it's [hard] *")


@pytest.fixture(scope="session", params=["published", "hard"])
def package(request: pytest.FixtureRequest, hard: Path) -> Path:
    """The published dataset, and the package with hard cells."""
    return ROOT if request.param == "published" else hard


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Exports a package: ``exported(package, "duckdb")``; each once."""
    known: dict[tuple[Path, str], Path] = {}

    def made(package: Path, to: str) -> Path:
        if (package, to) not in known:
            if to in LIBRARIES:
                needs.module(LIBRARIES[to])
            known[package, to] = export(package, to, tmp_path_factory.mktemp("exports") / f"made.{to}")
        return known[package, to]

    return made
