"""`broadsheet page` as a user runs it: sources of any kind, what is told, where it is written, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import needs
import pytest
from quality.validation.conftest import ARTICLE, TEXT, world

from broadsheet.cli import main
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.partitioned import write_partitioned

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "Ferry lines merge\n\n“We will run one line,” said Ada Roth, chief executive of Northern Ferries.\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of each layout, and its article in several forms, alone and among others."""
    needs.module("itables")
    needs.module("vl_convert")
    folder = tmp_path_factory.mktemp("page")
    write_package(world(), folder / "package", PackageInfo("salmon", "1.2.0"))
    write_partitioned(world(), folder / "parts", PackageInfo("salmon", "1.2.0"))
    (folder / "news").mkdir()
    (folder / "news" / "a.txt").write_text(TEXT, encoding="utf-8")
    said = f'published_on = {ARTICLE.published_on}\npublisher = "{ARTICLE.publisher}"\n'
    (folder / "news" / "a.toml").write_text(said, encoding="utf-8")
    (folder / "news" / "b.txt").write_text(OTHER, encoding="utf-8")
    (folder / "news" / "c.txt").write_text("", encoding="utf-8")
    lines = [{"text": text} for text in (OTHER, TEXT, TEXT)]
    (folder / "dump.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "none.jsonl").write_text('{"text": ""}\n', encoding="utf-8")
    (folder / "news.html").write_text(f"<html><body><p>{OTHER}</p></body></html>", encoding="utf-8")
    return folder


SOURCES: list[tuple[str, str, tuple[int, int]]] = [
    ("package", "", (0, 0)),
    ("package", "news/a.txt", (1, 0)),
    ("package", "news", (1, 1)),
    ("package", "news/*.txt", (1, 1)),
    ("package", "dump.jsonl", (1, 1)),
    ("parts", "dump.jsonl", (1, 1)),
    ("parts", "news/a.txt", (1, 0)),
]


@pytest.mark.parametrize(("package", "source", "found"), SOURCES)
def test_sources_of_any_kind(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], package: str, source: str, found: tuple[int, int]
) -> None:
    """A file, a folder, a pattern or a dump is the source of a package of either layout; strangers are told."""
    out = tmp_path / "page.html"
    words = ["page", str(place / package), "--out", str(out), "--json"]
    assert main([*words, *(["--source", str(place / source)] if source else [])]) == 0
    said = capsys.readouterr()
    outcome = json.loads(said.out)
    assert (outcome["with_source"], outcome["strangers"]) == found
    assert outcome["articles"] == 1
    assert outcome["valid"] is True
    assert outcome["problems"] == 0
    assert outcome["bytes"] == out.stat().st_size
    assert ("no article" in said.err) == bool(found[1])
    assert ("c.txt" in said.err) == (source in ("news", "news/*.txt"))


def test_default_place(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --out the page stands in this folder under the name and version of the package, and is replaced."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["page", str(place / "package"), "--quiet"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["salmon-1.2.0.html"]


def test_an_invalid_package_has_a_page(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid package gives its page, which says so, and the exit code of one; so does a source of another."""
    words = ["page", str(place / "package"), "--out", str(tmp_path / "page.html"), "--json"]
    assert main([*words, "--source", str(place / "news" / "b.txt")]) == 1
    assert json.loads(capsys.readouterr().out)["valid"] is False
    assert "bs-invalid" in (tmp_path / "page.html").read_text(encoding="utf-8")


REFUSED: list[tuple[str, list[str], str]] = [
    ("nowhere", [], "there is no such folder"),
    ("news", [], "datapackage.json"),
    ("package", ["--source", "{}/gone.txt"], "gone.txt: no such file"),
    ("package", ["--source", "{}/news/c.txt"], "c.txt: is empty"),
    ("package", ["--source", "{}/none.jsonl"], "none.jsonl"),
    ("package", ["--source", "{}/nothing*"], "no file matches the pattern"),
    ("package", ["--out", "{}/news"], "is a folder"),
    ("package", ["--out", "{}/package/data/quotes.csv"], "inside the package"),
    ("package", ["--out", "{}/package/page.html"], "inside the package"),
    ("package", ["--out", "{}/link.html"], "is a link"),
]


@pytest.mark.parametrize(("package", "words", "said"), REFUSED)
def test_what_cannot_be(
    place: Path, capsys: pytest.CaptureFixture[str], package: str, words: list[str], said: str
) -> None:
    """What cannot be read or written is bad input that names it, and nothing is written."""
    link = place / "link.html"
    if not link.is_symlink():
        link.symlink_to(place / "precious")
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert main(["page", str(place / package), *(word.format(place) for word in words)]) == 2
    assert said in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_rows_beyond_a_browser(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package with more rows than a browser can show is refused with another way to look at it."""
    monkeypatch.setattr("broadsheet.views.page.sheets.MOST_ROWS", 20)
    for package in ("package", "parts"):
        assert main(["page", str(place / package), "--out", str(place / "never.html")]) == 2
        assert "export --to duckdb" in capsys.readouterr().err
    assert not (place / "never.html").exists()


def test_bytes_beyond_a_browser(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that would be too large is not written; without the texts it is smaller."""
    monkeypatch.setattr("broadsheet.views.page.write.MOST_BYTES", 1_000)
    words = ["page", str(place / "package"), "--out", str(place / "never.html")]
    assert main([*words, "--source", str(place / "news" / "a.txt")]) == 2
    assert "leave out --source" in capsys.readouterr().err
    assert not (place / "never.html").exists()
