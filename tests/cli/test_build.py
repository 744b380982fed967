"""Builds and validations of real articles, as a user runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len as columns

import broadsheet
from broadsheet.cli import main
from broadsheet.publishing.metadata import METADATA
from broadsheet.reading.sample import sample_path
from broadsheet.tables.schema import TABLES

STORY = "Ferry lines merge\n\n“We will run one line,” said Ada Roth, chief executive of Northern Ferries.\n"
COMMAND = [sys.executable, "-m", "broadsheet"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that a build without arguments writes."""
    out = tmp_path_factory.mktemp("sample") / "package"
    assert main(["build", "--quiet", "--out", str(out)]) == 0
    return out


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A short article with a sidecar that says something of the package too."""
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    sidecar = 'publisher = "Gazette"\npublished_on = 2024-03-09\nname = "ferries"\nversion = "2.0.0"\nout = "built"\n'
    path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Path inside to content, of every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_sample_fills_every_table(sample: Path) -> None:
    """The sample shows what each table holds."""
    tables = broadsheet.read_package(sample)
    assert [name for name in tables if tables[name].empty] == []


def test_the_end_of_a_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It shows each table with its rows, the verdict and the folder, within the terminal's width."""
    monkeypatch.setenv("COLUMNS", "72")
    out = tmp_path / "package"
    assert main(["build", "--out", str(out)]) == 0
    shown, progress = capsys.readouterr()
    for name in TABLES:
        assert f"{name}: " in shown
    assert "sample" in shown.split("\n")[0]
    assert "Valid: " in shown
    assert f"Written to {out}" in shown.replace("\n", " ")
    grid = shown[: shown.index("Valid: ")].splitlines()[1:]
    assert max(map(columns, grid)) <= 72
    assert progress.startswith("broadsheet: loading the language model\n")


def test_options_and_sidecar_reach_the_package(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An option wins, the sidecar fills what no option says, and its folder is beside it."""
    words = ["--publisher", "Herald", "--author", "Ada Roth", "--author", "Li Na", "--version", "2.1.0", "--json"]
    assert main(["build", str(story), *words]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["valid"] is True
    assert outcome["package"] == str(story.parent / "built")
    assert (outcome["name"], outcome["version"]) == ("ferries", "2.1.0")
    descriptor = json.loads((story.parent / "built" / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["name"], descriptor["version"]) == ("ferries", "2.1.0")
    article = broadsheet.read_package(story.parent / "built").articles.iloc[0]
    assert (article.publisher, article.authors) == ("Herald", "Ada Roth; Li Na")
    assert article.published_on == date(2024, 3, 9)
    assert outcome["rows"]["quotes"] == 1


def test_several_articles_in_any_order(story: Path, tmp_path: Path) -> None:
    """The package does not depend on the order in which the articles are named."""
    pair = [str(story), str(sample_path())]
    built = []
    for number, paths in enumerate((pair, pair[::-1])):
        out = tmp_path / f"package{number}"
        assert main(["build", "--quiet", "--out", str(out), *paths]) == 0
        built.append(files(out))
    assert built[0] == built[1]


def test_text_with_nothing_in_it(tmp_path: Path) -> None:
    """An article without quote, tariff or figure gives empty tables that keep their types."""
    path = tmp_path / "plain.txt"
    path.write_text("It rained all day.\n", encoding="utf-8")
    assert main(["build", "--quiet", str(path), "--out", str(tmp_path / "p")]) == 0
    tables = broadsheet.read_package(tmp_path / "p")
    assert tables.quotes.empty
    assert str(tables.financial_figures.dtypes["amount"]).startswith("decimal128")


def test_a_package_is_valid_with_and_without_its_source(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a build writes passes all levels."""
    assert main(["validate", str(sample)]) == 0
    assert capsys.readouterr().out.startswith("Valid; not verified against the source: ")
    assert main(["validate", str(sample), "--source", str(sample_path()), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True


def test_a_changed_package_is_invalid(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell that was changed by hand is named, and the exit code says so, also when quiet."""
    changed = tmp_path / "changed"
    for name, content in files(sample).items():
        path = changed / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.replace(b",direct,", b",shouted,", 1) if name == "data/quotes.csv" else content)
    assert main(["validate", str(changed), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert "shouted" in out
    assert "quotes" in out


def test_a_package_among_other_files(tmp_path: Path) -> None:
    """A repository takes the package among its own files only when it is told to."""
    (tmp_path / "README.md").write_text("Mine.\n", encoding="utf-8")
    assert main(["build", "--quiet", "--out", str(tmp_path)]) == 2
    assert set(files(tmp_path)) == {"README.md"}
    assert main(["build", "--quiet", "--out", str(tmp_path), "--in-place"]) == 0
    assert len(files(tmp_path)) == 2 + 3 * len(TABLES) + len(METADATA)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "Mine.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_to_a_full_disk(tmp_path: Path) -> None:
    """A summary that cannot be written is one line, not a traceback."""
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [*COMMAND, "build", "--out", "p"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1].startswith("broadsheet: standard output: cannot be written (the disk is full)")


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`broadsheet build | head -1` is no error: the package is written and the verdict stands."""
    with subprocess.Popen(
        [*COMMAND, "build", "--out", "p"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read().decode()
    assert run.returncode == 0
    assert "Traceback" not in said
    assert "Exception" not in said
    assert (tmp_path / "p" / "datapackage.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C ends a build with 130, without a traceback and without a package."""
    # A shell starts what runs in its background deaf to Ctrl-C, and so would the build be that such tests start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen([*COMMAND, "build", "--out", "p"], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr is not None
        assert run.stderr.readline() == "broadsheet: loading the language model\n"
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
    signal.signal(signal.SIGINT, before)
    assert run.returncode == 130
    assert said == "broadsheet: interrupted\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that one may not write to is named."""
    tmp_path.chmod(0o500)
    assert main(["build", "--quiet", "--out", str(tmp_path / "p")]) == 2
    assert "no permission" in capsys.readouterr().err


def test_python_m_broadsheet(tmp_path: Path) -> None:
    """The module runs like the command, with its exit code."""
    run = subprocess.run([*COMMAND, "build", "none.txt"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "broadsheet: none.txt: no such file; check the name\n"
