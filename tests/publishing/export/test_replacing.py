"""What an export replaces, and what it leaves alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import needs
import pytest

from broadsheet.base.errors import InputError
from broadsheet.cli import main
from broadsheet.publishing.export import TARGETS, export
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = {"duckdb": "duckdb", "xlsx": "openpyxl", "hyper": "tableauhyperapi"}
FILES = [to for to, target in TARGETS.items() if target.ending]
FOLDERS = [to for to, target in TARGETS.items() if not target.ending]


@pytest.mark.parametrize("to", FILES)
def test_a_file_of_another_program_is_kept(to: str, hard: Path, tmp_path: Path) -> None:
    """An export replaces an earlier export, and any other file only with `--force`."""
    if to in LIBRARIES:
        needs.module(LIBRARIES[to])
    path = tmp_path / f"mine.{to}"
    path.write_bytes(b"my notes")
    with pytest.raises(InputError, match=r"was not written by broadsheet; .* --force"):
        export(hard, to, path)
    assert path.read_bytes() == b"my notes"
    export(hard, to, path, force=True)
    assert path.read_bytes() != b"my notes"
    export(hard, to, path)


def test_a_database_of_other_tables_is_kept(tmp_path: Path) -> None:
    """A real database is not ours either, unless it has the tables of a package."""
    path = tmp_path / "mine.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE quotes (text)")
    before = path.read_bytes()
    with pytest.raises(InputError, match="was not written by broadsheet"):
        export(ROOT, "sqlite", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("to", FOLDERS)
def test_a_folder_with_other_files_is_kept(to: str, hard: Path, tmp_path: Path) -> None:
    """A folder is replaced if it holds an export alone, or by force."""
    folder = tmp_path / "folder"
    export(hard, to, folder)
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"holds notes\.md, which broadsheet did not write; .* --force"):
        export(hard, to, folder)
    export(hard, to, folder, force=True)
    assert not (folder / "notes.md").exists()


def test_the_name_is_that_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `--out` the file has the name and version of the package, and the output says what is replaced."""
    monkeypatch.chdir(tmp_path)
    words = ["export", str(ROOT), "--to", "sqlite"]
    assert main(words) == 0
    [file] = tmp_path.iterdir()
    assert capsys.readouterr().out == f"Written to {file.name}.\n"
    assert file.name.startswith("broadsheet-")
    assert main(words) == 0
    assert f"broadsheet: replacing {file.name}\n" in capsys.readouterr().err
