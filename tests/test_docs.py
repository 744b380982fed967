"""The README, the docs and the notebooks: every command and snippet runs, and prints what the page shows."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import needs
import pytest
from servers import postgres

from broadsheet.cli.arguments import command_line
from broadsheet.tables.schema import TABLES, schema
from conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["postgres"]


def tool(name: str) -> ModuleType:
    """A module of `tools/`."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


DOCS = tool("docs")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCS.PAGES}
EXECUTED = ("sh", "python", "r")
RELATION = re.compile(r"^\| `(\w+\.\w+)` \| `(\w+\.\w+)` \| (\w+) \|$", re.MULTILINE)
LIBRARIES = {
    "polars": "polars",
    "duckdb": "duckdb",
    "broadsheet page": "itables",
    "--to hyper": "tableauhyperapi",
    "--to xlsx": "openpyxl",
    "--database": "psycopg",
    "datasette ": "datasette",
    ".plot.": "altair",
}
"""What must be installed for a page that has the words."""


def blocks(name: str) -> list[tuple[str, str, str]]:
    """Language, title and text of the fenced blocks of a page."""
    return [found.groups("") for found in DOCS.FENCED.finditer(TEXTS[name])]


def is_executed(name: str) -> bool:
    """Whether anything on a page runs."""
    return name.endswith(".ipynb") or any(language in EXECUTED for language, _, _ in blocks(name))


@pytest.mark.parametrize("name", [name for name in DOCS.PAGES if is_executed(name)])
def test_pages_run_and_show_what_they_print(name: str, request: pytest.FixtureRequest) -> None:
    """All blocks of a page run one after the other; `python tools/docs.py` writes the outputs again."""
    text, environment = TEXTS[name], {}
    if "$DATABASE" in text:
        environment["DATABASE"] = request.getfixturevalue("postgres")
        psql = needs.program("psql", "usr/lib/postgresql/*/bin")
        environment["PATH"] = f"{Path(psql).parent}:{os.environ['PATH']}"
    if "```r\n" in text or "Rscript" in text:
        needs.program("Rscript")
    for words, library in LIBRARIES.items():
        if words in text:
            needs.module(library)
    assert DOCS.refreshed(name, environment) == text


@pytest.mark.parametrize("name", [name for name in DOCS.PAGES if name.endswith(".md")])
def test_no_code_escapes_the_tests(name: str) -> None:
    """A block has a language that is run or checked, a title, or no command in it; no code is merely indented."""
    for language, title, text in blocks(name):
        assert language in (*EXECUTED, "console", "text", "") or title, f"a block of {language}"
        assert language or "words/s" in text or not re.search(r"^(broadsheet|pip|python3?) \S+ \S", text, re.MULTILINE)
    assert not re.search(r"\n\n {4}[^\s:]", DOCS.FENCED.sub("", TEXTS[name]))


@pytest.mark.parametrize("name", [name for name in DOCS.PAGES if name.endswith(".md")])
def test_commands_that_are_not_run_exist(name: str) -> None:
    """Commands that install something or need texts name options, jobs, tools, modules and extras that there are."""
    for language, _, text in blocks(name):
        if language == "console":
            for line in text.splitlines():
                check_command(shlex.split(line, comments=True))


def check_command(words: list[str]) -> None:
    """Asserts that a command can be given."""
    match words:
        case ["python3", "dev.py", "run", "--dev" | "python" | "broadsheet" | "uv" as first, *rest]:
            check_command(rest if first == "--dev" else [first, *rest])
        case ["python3", "dev.py", job, *_]:
            assert f"python3 dev.py {job}" in (ROOT / "dev.py").read_text(encoding="utf-8")
        case ["python", "-m", module, *_]:
            assert (ROOT / "src" / f"{module.replace('.', '/')}.py").is_file(), module
        case ["python", script, *_]:
            assert (ROOT / script).is_file(), script
        case ["broadsheet", *arguments]:
            command_line().parse_args(arguments)
        case ["pip", "install", *what] | ["uv", "pip", "install", *what]:
            project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            named = {extra for word in what for found in re.findall(r"\[(.*?)\]", word) for extra in found.split(",")}
            assert named <= set(project["optional-dependencies"])
        case _:
            assert words[:3] == ["python3", "-m", "venv"] or words[0] == ".", words


def test_links_of_the_repository_lead_somewhere() -> None:
    """Where a page is read in the repository, its links to other files work too; the site's are checked when built."""
    for name in (*TEXTS, "gold/README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text):
            if link != "articles.jsonl":  # only the site has it
                assert (ROOT / name).parent.joinpath(link).exists(), f"{name}: {link}"


def test_readme_is_short() -> None:
    """It fits on a few screens."""
    assert len(TEXTS["README.md"].splitlines()) <= 100


def test_site_checker_finds_broken_links_and_foreign_files(tmp_path: Path) -> None:
    """A link to no file or no place, and a script from a network, are faults."""
    (tmp_path / "a.html").write_text('<a href="b.html#x">b</a><a href="c.html">c</a><a href="#y">y</a><p id="y">')
    (tmp_path / "b.html").write_text(
        '<script src="https://example.org/x.js"></script><a href="https://example.org">e</a>'
    )
    found = tool("check_site").faults(tmp_path)
    assert sorted(found) == [
        "a.html: b.html#x leads to no place in that page",
        "a.html: there is no c.html",
        "b.html: loads https://example.org/x.js",
    ]


def relations() -> dict[tuple[str, str], str]:
    """The table of relations of ``docs/bi.md``: from and to, to what Power BI does with them."""
    return {(match[1], match[2]): match[3] for match in RELATION.finditer(TEXTS["docs/bi.md"])}


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
