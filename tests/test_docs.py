"""The pages of ``docs/`` for users: every command and snippet is run, page by page, in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import needs
import pytest
from servers import postgres

from broadsheet.tables.schema import TABLES, schema
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["postgres"]

PAGES = ("pandas.md", "bi.md", "citing.md", "own-articles.md", "python.md", "pictures.md", "page.md")
RUN = ("sh", "r", "python")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RELATION = re.compile(r"^\| `(\w+\.\w+)` \| `(\w+\.\w+)` \| (\w+) \|$", re.MULTILINE)
LIBRARIES = {
    "import polars": "polars",
    "import duckdb": "duckdb",
    "broadsheet page": "itables",
    "--to hyper": "tableauhyperapi",
    "--to xlsx": "openpyxl",
    "--database": "psycopg",
    "datasette ": "datasette",
    ".plot.": "altair",
}
"""What must be installed for a page that has the words."""

SHOWING = """
import ast, sys
names = {"__name__": "__main__"}
for line in ast.parse(sys.argv[1]).body:
    if isinstance(line, ast.Expr):
        print(repr(eval(compile(ast.Expression(line.value), "page", "eval"), names)))
    else:
        exec(compile(ast.Module([line], []), "page", "exec"), names)
"""
"""Runs a text as a notebook does: what a line is worth is shown, so that no query is put off."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fenced block: its language and its text."""

    language: str
    text: str


def snippets(page: str) -> list[Snippet]:
    """The fenced blocks of a page."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [Snippet(match[1], match[2]) for match in FENCED.finditer(text)]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the published package, and the programs that the pages name."""
    folder = tmp_path / "desk"
    for name in ("data", "schemas", "metadata"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    for name in ("datapackage.json", "ro-crate-metadata.json"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("broadsheet", "frictionless", "datasette"):
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {name} "$@"\n')
        program.chmod(0o755)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_snippets_run(page: str, desk: Path, request: pytest.FixtureRequest) -> None:
    """All snippets of a page run one after the other, as a reader would type them; Python's share their names."""
    blocks = snippets(page)
    assert blocks
    assert {block.language for block in blocks} <= {*RUN}, "a block of a language that no test runs"
    environment = {**os.environ, "PATH": f"{desk.parent / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    if any("$DATABASE" in block.text for block in blocks):
        environment["DATABASE"] = request.getfixturevalue("postgres")
        psql = needs.program("psql", "usr/lib/postgresql/*/bin")
        environment["PATH"] += f":{Path(psql).parent}"
    for words, library in LIBRARIES.items():
        if any(words in block.text for block in blocks):
            needs.module(library)
    for command in commands(blocks):
        done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{page}: {command[-1]}\n{done.stdout}\n{done.stderr}"


def commands(blocks: list[Snippet]) -> Iterator[list[str]]:
    """How to run the blocks: Python's with all of Python's before them."""
    python = ""
    for block in blocks:
        match block.language:
            case "sh":
                yield ["sh", "-euc", block.text]
            case "r":
                yield [needs.program("Rscript"), "-e", block.text]
            case "python":
                python += block.text
                if block is [b for b in blocks if b.language == "python"][-1]:
                    yield [sys.executable, "-c", SHOWING, python]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_that_is_not_fenced(page: str) -> None:
    """Indented code would escape the tests."""
    text = FENCED.sub("", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert not re.search(r"\n\n {4}\S", text)


def relations() -> dict[tuple[str, str], str]:
    """The table of relations of ``docs/bi.md``: from and to, to what Power BI does with them."""
    text = (ROOT / "docs" / "bi.md").read_text(encoding="utf-8")
    return {(match[1], match[2]): match[3] for match in RELATION.finditer(text)}


def test_relations_are_those_of_the_schemas() -> None:
    """All foreign keys are there and no other; those within a table say so."""
    keys = {
        (f"{name}.{key.column}", f"{key.target_table}.{key.target_column}"): name == key.target_table
        for name in TABLES
        for key in schema(name).foreign_keys
    }
    assert {link: kind == "within" for link, kind in relations().items()} == keys


def test_active_relations_leave_one_path_between_two_tables() -> None:
    """Power BI refuses a second active path from a dimension to a fact."""
    active = [(old.split(".")[0], new.split(".")[0]) for (old, new), kind in relations().items() if kind == "active"]

    def paths(start: str, end: str) -> int:
        return (start == end) + sum(paths(target, end) for source, target in active if source == start)

    assert all(paths(start, end) <= 1 for start in TABLES for end in TABLES)
    assert all(any(source == name for source, _ in active) for name in TABLES if name not in ("articles", "countries"))
