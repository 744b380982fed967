"""`broadsheet validate` on a partitioned package: sources of any kind, processes, and what a user hears meanwhile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "Ferry lines merge\n\n“We will run one line,” said Ada Roth, chief executive of Northern Ferries.\n",
    "Port opens\n\nNorthern Ferries paid 20 million euros for a quay in Oslo on 3 May 2024, said Ada Roth.\n",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources, the package that a build made of them, and the work folder of that build."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "news").mkdir()
    for number, text in enumerate(TEXTS):
        (folder / "news" / f"{number}.txt").write_text(text, encoding="utf-8")
    words = ["build", str(folder / "news"), "--out", str(folder / "package"), "--layout", "partitioned", "--jobs", "1"]
    assert main([*words, "--quiet"]) == 0
    return folder


@pytest.mark.parametrize("source", ["news", "package.work"])
def test_against_its_sources(built: Path, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder of articles or the work folder of the build serve as the source, and all levels are run."""
    assert main(["validate", str(built / "package"), "--source", str(built / source), "--json", "--quiet"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["rows"]["articles"] == len(TEXTS)
    assert [level["skipped"] for level in outcome["levels"]] == [None] * 5
    assert all(level["checks"] for level in outcome["levels"])


def test_what_cannot_be_read_is_told(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that holds no article does not end the validation, and an article more than the package has is told."""
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "more.txt").write_text(
        "More\n\nA line that the package does not have, said Ada Roth.\n", encoding="utf-8"
    )
    sources = [str(built / "news"), str(tmp_path)]
    assert main(["validate", str(built / "package"), "--no-rebuild", "--source", *sources]) == 0
    said = capsys.readouterr()
    assert "empty.txt" in said.err
    assert "source_known" in said.out


def test_source_that_is_not_there(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that leads nowhere is an error of use."""
    assert main(["validate", str(built / "package"), "--source", str(built / "nowhere")]) == 2
    assert "nowhere: no such file" in capsys.readouterr().err


def test_number_of_processes(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number of processes is one that a machine can have; progress is told without --quiet."""
    assert main(["validate", str(built / "package"), "--jobs", "0"]) == 2
    assert "--jobs" in capsys.readouterr().err
    assert main(["validate", str(built / "package"), "--jobs", "2"]) == 0
    assert "validated 2 of 2" in capsys.readouterr().err
