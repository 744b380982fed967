"""The methods of ``Tables``, on real tables."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from api.conftest import COPPER

import broadsheet
from broadsheet import InputError, Tables
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def key(copper: Tables) -> str:
    """The key of the one quote."""
    return str(copper.quotes.quote_id[0])


def test_write_and_read_take_strings(copper: Tables, tmp_path: Path) -> None:
    """What a package says of itself is kept when it is written again."""
    folder = str(tmp_path / "package")
    assert copper.write(folder, name="copper", version="1.2.0") == tmp_path / "package" / "datapackage.json"
    again = broadsheet.read_package(folder)
    again.write(str(tmp_path / "again"))
    assert broadsheet.package_hash(folder) == broadsheet.package_hash(str(tmp_path / "again"))
    assert broadsheet.validate_package(folder, copper.sources).valid
    assert broadsheet.load("quotes", source=folder).quote_id[0] == copper.quotes.quote_id[0]
    with pytest.raises(InputError, match="directory: is of type int"):
        copper.write(3)  # type: ignore[arg-type]


def test_dates_can_be_strings() -> None:
    """``find_dates`` resolves by a day given as text, and refuses one that is none."""
    (found,) = broadsheet.find_dates("It ended on Monday.", published_on="2025-03-04")
    assert str(found.date_start) == "2025-03-03"
    with pytest.raises(InputError, match="there is no day 2025-02-30"):
        broadsheet.find_dates("It ended on Monday.", published_on="2025-02-30")


def test_export(copper: Tables, tmp_path: Path) -> None:
    """A database with the tables."""
    path = copper.export("sqlite", str(tmp_path / "news.sqlite"))
    with sqlite3.connect(path) as database:
        assert database.execute("select count(*) from mentions").fetchone() == (len(copper.mentions),)
    with pytest.raises(InputError, match="write one of duckdb"):
        copper.export("word", tmp_path / "news.doc")


def test_page_shows_the_article(copper: Tables, tmp_path: Path) -> None:
    """The text is that of the sources that the tables know."""
    pytest.importorskip("itables")
    written = copper.page(str(tmp_path / "page.html"))
    assert written.path == tmp_path / "page.html"
    assert (written.valid, written.with_source) == (True, 1)
    assert "We had no choice" in written.path.read_text(encoding="utf-8")


def test_explain(copper: Tables, key: str) -> None:
    """The passage and the rules, since the article is known."""
    told = copper.explain(key)
    assert (told.table, told.with_source) == ("quotes", True)
    assert {cell.column: cell.value for cell in told.cells}["speaker_id"] == "rosa-quispe"
    with pytest.raises(InputError, match="quo_0"):
        copper.explain("quo_0000000000000000")


def test_correct_and_diff(copper: Tables, key: str, tmp_path: Path) -> None:
    """A correction gives new tables, is added to the file of corrections, and a build with that file agrees."""
    better = copper.correct("quotes", key, {"speaker_id": None}, reason="She was not there.")
    (change,) = copper.diff(better).of_kind("changed")
    assert ("speaker_id", "rosa-quispe", "") in {(cell.column, cell.old, cell.new) for cell in change.cells}
    assert copper.quotes.speaker_id[0] == "rosa-quispe"
    assert better.validate().valid
    both = better.correct("quotes", key, {"kind": "partial"}, reason="It is a fragment.", span=(140, 158))
    assert both.curation is not None
    file = tmp_path / "corrections.toml"
    file.write_text(both.curation, encoding="utf-8")
    assert both.curation.count("[[correction]]") == 1
    assert copper.curate(str(file)).diff(both).rows == ()
    assert both.sources == copper.sources
    both.write(str(tmp_path / "package"))
    assert copper.diff(str(tmp_path / "package")).rows == copper.diff(both).rows


def test_correct_drops_and_adds(copper: Tables, key: str) -> None:
    """The other two actions."""
    assert copper.correct("quotes", key, action="drop", reason="Nobody said it.").quotes.empty
    start = COPPER.index("Peruvian")
    cells = {"actor_id": "peru", "form": "adjective"}
    added = copper.correct("mentions", None, cells, action="add", reason="An adjective.", span=(start, start + 8))
    assert len(added.mentions) == len(copper.mentions) + 1
    wrong: list[dict[str, Any]] = [{"action": "burn"}, {"cells": {"cue": 5}}, {"cells": {"qoute": "x"}}, {"cells": {}}]
    for arguments in wrong:
        with pytest.raises(InputError):
            copper.correct("quotes", key, reason="x", **arguments)


def test_cite(copper: Tables, key: str, tmp_path: Path) -> None:
    """The citation names the checksum of the package that ``write`` makes."""
    copper.write(tmp_path / "package")
    assert broadsheet.package_hash(tmp_path / "package") in copper.cite()
    assert key.replace("_", "\\_") in copper.cite(form="bibtex", row=key)
    with pytest.raises(InputError, match="write one of text"):
        copper.cite(form="apa")


def test_names_are_listed_for_completion(copper: Tables) -> None:
    """Tables and methods are attributes that an editor or notebook completes."""
    assert {*copper, "export", "page", "explain", "diff", "cite", "validate", "correct", "write"} <= set(dir(copper))
    assert set(broadsheet.__all__) <= set(dir(broadsheet))
    assert all(hasattr(broadsheet, name) for name in broadsheet.__all__)


SNIPPET = """\
import broadsheet

t = broadsheet.extract("report.txt")
t.quotes.head()
t.explain("quo_1").cells
t.qoutes
"""


def test_mypy_finds_a_table_that_does_not_exist(tmp_path: Path) -> None:
    """A misspelt table is an error of type checking, and nothing else in the snippet is."""
    pytest.importorskip("mypy")
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--follow-imports=silent", "--cache-dir", str(tmp_path / "cache")]
    command += ["--config-file", str(ROOT / "pyproject.toml"), str(snippet)]
    done = subprocess.run(command, cwd=ROOT / "src", capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert len(lines) == 2, done.stdout
    assert 'snippet.py:6: error: "Tables" has no attribute "qoutes"' in lines[0]
