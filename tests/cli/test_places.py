"""Where commands write, and what names files: options, sidecars and work folders that lead somewhere else."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from quality.validation.conftest import world

from broadsheet.base.errors import InputError
from broadsheet.cli import main
from broadsheet.cli.sources import sources_of
from broadsheet.publishing import write_package

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and the root folder of POSIX")

TEXT = "Peru answers\n\nLIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday.\n"

PLACES: dict[str, Callable[[Path], str]] = {
    "the root folder": lambda folder: "/",
    "a long name": lambda folder: str(folder / ("x" * 300)),
    "a file": lambda folder: str(folder / "file"),
    "below a file": lambda folder: str(folder / "file" / "package"),
    "a pipe": lambda folder: str(folder / "pipe"),
    "a link": lambda folder: str(folder / "link"),
    "a link to nothing": lambda folder: str(folder / "dangling"),
    "a folder of others": lambda folder: str(folder / "victim"),
}
COMMANDS: dict[str, list[str]] = {
    "build": ["build", "ARTICLE"],
    "build in place": ["build", "ARTICLE", "--in-place"],
    "build partitioned": ["build", "ARTICLE", "--layout", "partitioned", "--work", "WORK"],
    "page": ["page", "PACKAGE"],
    "export": ["export", "PACKAGE", "--to", "csv-excel"],
    "export to a file": ["export", "PACKAGE", "--to", "sqlite"],
}
FINE = {("a file", "page"), ("a file", "export to a file"), ("a folder of others", "build in place"),
        ("a link", "build in place"), ("the root folder", "build in place")}  # fmt: skip
"""What a user may well mean, or (the root folder) must not be tried for real."""


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """A folder with a package, an article, and things that must not be written over."""
    write_package(world(), tmp_path / "package")
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "keep.txt").write_text("precious")
    (tmp_path / "file").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def names(folder: Path) -> set[str]:
    """Everything in a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("place", PLACES)
def test_out(area: Path, place: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``--out`` that cannot be meant is one clear error, at once, and nothing is written or left."""
    if (place, command) in FINE:
        pytest.skip("can be written")
    known = {"ARTICLE": area / "article.txt", "PACKAGE": area / "package", "WORK": area / "work"}
    words = [str(known.get(word, word)) for word in COMMANDS[command]]
    before = names(area)
    assert main([*words, "--quiet", "--out", PLACES[place](area)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "make room" not in said
    assert names(area) == before
    assert (area / "victim" / "keep.txt").read_text() == "precious"
    assert (area / "file").read_text() == "precious"


def test_the_root_folder_is_no_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """``--in-place --out /`` is refused before anything is written."""
    monkeypatch.setattr("broadsheet.publishing.package.replace_files", lambda *files: pytest.fail("would be written"))
    with pytest.raises(InputError, match="root folder"):
        write_package(world(), Path("/"), in_place=True)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("option", ["--html", "--junit"])
def test_reports(area: Path, place: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A report has to be a file of its own."""
    if place == "a file":
        pytest.skip("is replaced")
    before = names(area)
    assert main(["validate", str(area / "package"), "--quiet", option, PLACES[place](area)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert names(area) == before


@pytest.mark.parametrize("key", ["out", "curation"])
@pytest.mark.parametrize("value", ["/tmp/elsewhere", "../elsewhere", "a/../../elsewhere", "link/x", "link"])
def test_a_sidecar_names_places_in_its_folder_only(
    area: Path, key: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An article that came with its sidecar cannot choose where a build writes or what it reads."""
    (area / "article.toml").write_text(f'{key} = "{value}"\n', encoding="utf-8")
    before = names(area)
    assert main(["build", str(area / "article.txt"), "--quiet"]) == 2
    assert f"article.toml:{key}" in capsys.readouterr().err
    assert names(area) == before


def test_a_sidecar_names_an_installed_model_only(area: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that came with an article is not loaded as a model."""
    (area / "article.toml").write_text(f'model = "{area}"\n', encoding="utf-8")
    assert main(["build", str(area / "article.txt"), "--quiet"]) == 2
    assert "not installed" in capsys.readouterr().err


def test_options_that_name_pipes(area: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe that nobody writes to is refused wherever a file is read, and not waited for."""
    pipe, package, article = str(area / "pipe"), str(area / "package"), str(area / "article.txt")
    for words in (
        ["validate", package, "--suite", pipe],
        ["evaluate", pipe],
        ["build", article, "--curation", pipe],
        ["correct", "actors", "portugal", "--package", package, "--file", pipe, "--drop", "--reason", "x"],
    ):
        assert main([*words, "--quiet"]) == 2
        assert "pipe" in capsys.readouterr().err


@pytest.mark.parametrize("entry", ["lock", "run.json", "corpus.json", "blocks", "articles/0/x.arrow"])
@pytest.mark.parametrize("how", ["link", "pipe"])
def test_a_work_folder_holds_no_links_or_pipes(
    area: Path, entry: str, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A work folder that came from elsewhere leads to no other place, for a build and for ``--source``."""
    work = area / "work"
    (work / entry).parent.mkdir(parents=True)
    if how == "link":
        (work / entry).symlink_to(area / "victim" / "new")
    else:
        os.mkfifo(work / entry)
    words = ["build", str(area / "article.txt"), "--layout", "partitioned", "--out", str(area / "out"), "--quiet"]
    assert main([*words, "--work", str(work)]) == 2
    assert str(work / entry) in capsys.readouterr().err
    assert names(area / "victim") == {"keep.txt"}
    if entry != "corpus.json":
        (work / "corpus.json").write_text('{"readings": []}', encoding="utf-8")
        with pytest.raises(InputError):
            sources_of(area / "package", [work], None)


@pytest.mark.parametrize("listed", [["../../victim"], ["/tmp"], [1], 1, None, [["a"]], ["..", "."]])
def test_a_work_folder_lists_its_own_readings(area: Path, listed: object) -> None:
    """A list of readings that leads elsewhere, or is no list of names, is an error."""
    work = area / "work"
    (work / "articles").mkdir(parents=True)
    (work / "corpus.json").write_text(json.dumps({"readings": listed}), encoding="utf-8")
    with pytest.raises(InputError):
        sources_of(area / "package", [work], None)
