"""``broadsheet.build`` and the functions on packages on disk: they do what the commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import broadsheet
from broadsheet import InputError
from broadsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_build_writes_what_the_command_writes(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a folder with all formats: the same package, and the rejects as data."""
    result = broadsheet.build(str(news), str(tmp_path / "python"), name="copper", published_on="2024-05-17")
    assert result.valid
    assert result.path == tmp_path / "python"
    assert (result.rows["articles"], len(result.rejects)) == (2, 4)
    assert result.counts is not None
    assert result.counts.duplicates == 8
    words = ["build", str(news), "--out", str(tmp_path / "cli"), "--name", "copper", "--published", "2024-05-17"]
    assert main([*words, "--quiet"]) == 0
    capsys.readouterr()
    assert broadsheet.package_hash(tmp_path / "python") == broadsheet.package_hash(tmp_path / "cli")
    assert broadsheet.diff(str(tmp_path / "python"), tmp_path / "cli").rows == ()


def test_build_of_named_articles_and_what_follows(news: Path, tmp_path: Path) -> None:
    """One file to a package, then export, page, explanation and citation of it."""
    source, folder = str(news / "copper.txt"), str(tmp_path / "package")
    calls: list[tuple[int, int]] = []
    result = broadsheet.build([source], folder, created="2024-05-18", progress=lambda *n: calls.append(n))
    assert (result.valid, result.rejects, calls[-1]) == (True, (), (1, 1))
    assert broadsheet.export(folder, "csv-excel", str(tmp_path / "csv")).is_dir()
    assert broadsheet.explain("rosa-quispe", folder, sources=broadsheet.read(source)).with_source
    assert broadsheet.package_hash(folder) in broadsheet.cite(folder)
    pytest.importorskip("itables")
    assert broadsheet.page(folder, str(tmp_path / "page.html"), sources=broadsheet.read(source)).with_source == 1


def test_a_partitioned_build_gives_its_rejects(news: Path, tmp_path: Path) -> None:
    """As a build in memory does."""
    result = broadsheet.build(news / "copper.csv", tmp_path / "package", layout="partitioned")
    assert result.valid
    assert [reject.problem for reject in result.rejects] == ["has no text"]
    assert len(broadsheet.read_package(tmp_path / "package").articles) == 2


def test_what_build_refuses(tmp_path: Path) -> None:
    """What is in memory, nothing, and options that are wrong."""
    out = tmp_path / "package"
    article = broadsheet.read(text="The mayor said that the ferry was late again on Monday.")
    sources: list[Any] = [article, [], "missing.txt"]
    for source in sources:
        with pytest.raises(InputError):
            broadsheet.build(source, out)
    for option in ("layout", "engine"):
        with pytest.raises(InputError, match=f"{option}: cannot be 'round'"):
            broadsheet.build(tmp_path, out, **{option: "round"})  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"holds no datapackage\.json"):
        broadsheet.export_database(tmp_path, "postgresql://localhost/none")
    with pytest.raises(InputError, match="created"):
        broadsheet.build(tmp_path, out, created="yesterday")
    assert not out.exists()
