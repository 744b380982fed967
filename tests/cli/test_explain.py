"""``broadsheet explain`` as a reader uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet import load
from broadsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short article and its package."""
    folder = tmp_path_factory.mktemp("explain")
    (folder / "copper.txt").write_text(TEXT, encoding="utf-8")
    assert main(["build", str(folder / "copper.txt"), "--quiet", "--out", str(folder / "package")]) == 0
    return folder


def test_a_row_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the command to the rule of a cell."""
    words = ["rosa-quispe", "--package", str(folder / "package"), "--source", str(folder / "copper.txt")]
    assert main(["explain", *words]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("actors rosa-quispe\n")
    assert "«Rosa Quispe» said." in shown
    assert "the fullest form that the article prints [extraction.actors.rows]" in shown


def test_the_same_as_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--json`` gives what the text tells."""
    words = ["rosa-quispe", "--package", str(folder / "package"), "--source", str(folder / "copper.txt")]
    assert main(["explain", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    name = next(cell for cell in told["cells"] if cell["column"] == "name")
    assert (told["table"], told["key"], told["with_source"]) == ("actors", "rosa-quispe", True)
    assert (name["value"], name["words"], name["rules"][0]["rule"]) == (
        "Rosa Quispe",
        ["Rosa Quispe"],
        "actors.name.fullest",
    )
    start, end = told["passage"]["span_in_around"]
    assert told["passage"]["around"][start:end] == "Rosa Quispe"


def test_without_a_package_it_is_the_published_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    """The dataset that comes with the package is at hand."""
    key = load("quotes").quote_id[0]
    assert main(["explain", key]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"quotes {key}\n")
    assert "Give --source ARTICLE" in shown


def test_an_unknown_key_ends_in_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and a line that names what is near."""
    assert main(["explain", "rosa-quispo", "--package", str(folder / "package")]) == 2
    assert "similar keys are rosa-quispe" in capsys.readouterr().err
