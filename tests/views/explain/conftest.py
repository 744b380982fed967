"""Packages of our articles, of both layouts and curated, for those who ask where a row comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.cli import main
from broadsheet.reading import read
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet import Tables

GHANA = ROOT / "tests" / "articles" / "ghana-cocoa-levy.txt"
REASON = "She answered a question."
ADDED = "Accra stands for the government here."


@pytest.fixture(scope="session")
def articles() -> list[Path]:
    """The articles."""
    return sorted((ROOT / "tests" / "articles").glob("*.txt"))


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of one article."""
    out = tmp_path_factory.mktemp("single") / "package"
    assert main(["build", str(GHANA), "--quiet", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory, articles: list[Path]) -> Path:
    """The package of all articles, one file a table."""
    out = tmp_path_factory.mktemp("several") / "package"
    assert main(["build", *map(str, articles), "--quiet", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def partitioned(tmp_path_factory: pytest.TempPathFactory, articles: list[Path]) -> Path:
    """The same in the layout of a corpus."""
    out = tmp_path_factory.mktemp("partitioned") / "package"
    assert main(["build", *map(str, articles), "--quiet", "--layout", "partitioned", "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def tables(single: Path) -> Tables:
    """The tables of the one article."""
    from broadsheet import read_package

    return read_package(single)


@pytest.fixture(scope="session")
def curated(tmp_path_factory: pytest.TempPathFactory, single: Path, tables: Tables) -> Path:
    """The package of the one article, a row of it changed and one added by a curator."""
    folder = tmp_path_factory.mktemp("curated")
    file = folder / "curation.toml"
    words = ["--package", str(single), "--file", str(file), "--quiet"]
    cue = ["--set", "cue=answer", "--inferred", "cue", "--reason", REASON]
    assert main(["correct", "quotes", tables.quotes.quote_id[0], *cue, *words]) == 0
    start = read(GHANA).text.index("Accra")
    said = ["--set", "form=metonym", "--set", "actor_id=ghana", "--span", f"{start}:{start + 5}"]
    assert main(["correct", "mentions", "-", "--add", *said, "--reason", ADDED, *words]) == 0
    out = folder / "package"
    assert main(["build", str(GHANA), "--quiet", "--out", str(out), "--curation", str(file)]) == 0
    return out
