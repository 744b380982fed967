"""``broadsheet correct`` as a curator uses it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import broadsheet
from broadsheet.cli import main

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short article and its package."""
    folder = tmp_path_factory.mktemp("correct")
    (folder / "copper.txt").write_text(TEXT, encoding="utf-8")
    assert main(["build", str(folder / "copper.txt"), "--quiet", "--out", str(folder / "package")]) == 0
    return folder


@pytest.fixture
def article(built: Path, tmp_path: Path) -> Path:
    """The article, in a folder of the test's own."""
    return Path(shutil.copy(built / "copper.txt", tmp_path))


@pytest.fixture
def package(built: Path, tmp_path: Path) -> Path:
    """Its package, likewise."""
    return shutil.copytree(built / "package", tmp_path / "package")


def test_a_correction_is_shown_written_and_applied(
    article: Path, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the command to the next build: the row, its passage and the effect, then the file, then the cell."""
    key = broadsheet.read_package(package).quotes.quote_id[0]
    file = article.parent / "mine.toml"
    words = ["quotes", key, "--package", str(package), "--file", str(file), "--source", str(article)]
    words += ["--set", "cue=explain", "--inferred", "cue", "--reason", "She explained."]
    assert main(["correct", *words]) == 0
    shown = capsys.readouterr().out
    assert "“[We had no choice,]”" in shown
    assert f"quotes {key} cue: say → explain" in shown
    again = article.parent / "again"
    assert main(["build", str(article), "--quiet", "--out", str(again), "--curation", str(file)]) == 0
    row = broadsheet.read_package(again).quotes.iloc[0]
    assert (row["cue"], row["origin"]) == ("explain", "corrected")
    assert (again / "data" / "curation.toml").read_bytes() == file.read_bytes()
    assert main(["validate", str(again), "--source", str(article), "--quiet"]) == 0


@pytest.mark.parametrize("kind", ["page", "lines", "folder", "pattern", "work"])
def test_the_passage_comes_from_whatever_a_build_reads(
    article: Path, package: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A web page, JSON Lines, a folder, a pattern or the work folder of a build show the passage too."""
    folder = article.parent / "sources"
    folder.mkdir()
    shutil.copy(article, folder / "copper.txt")
    source = folder
    if kind in ("page", "lines"):
        title, *paragraphs = TEXT.strip().split("\n\n")
        source = folder / {"page": "copper.html", "lines": "copper.jsonl"}[kind]
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        line = json.dumps({"title": title, "text": "\n\n".join(paragraphs)}) + "\n"
        source.write_text(page if kind == "page" else line, encoding="utf-8")
    elif kind == "pattern":
        source = folder / "*.txt"
    elif kind == "work":
        source = article.parent / "work"
        words = ["--quiet", "--layout", "partitioned", "--out", str(article.parent / "parts"), "--work", str(source)]
        assert main(["build", str(folder), *words]) == 0
    key = broadsheet.read_package(package).quotes.quote_id[0]
    words = ["quotes", key, "--package", str(package), "--source", str(source), "--dry-run"]
    assert main(["correct", *words, "--set", "cue=explain", "--reason", "She explained."]) == 0
    assert "“[We had no choice,]”" in capsys.readouterr().out


def test_a_source_that_is_another_article(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said that no source has the passage."""
    (tmp_path / "other.txt").write_text("The harbour was closed on Monday, its master said.", encoding="utf-8")
    key = broadsheet.read_package(package).quotes.quote_id[0]
    words = ["quotes", key, "--package", str(package), "--source", str(tmp_path / "other.txt"), "--dry-run"]
    assert main(["correct", *words, "--drop", "--reason", "x"]) == 0
    assert "no source is the article art_" in capsys.readouterr().out


def test_a_row_is_added_with_a_key_of_its_own(article: Path, package: Path) -> None:
    """The key is a digest of the place, so that the same command gives the same key."""
    words = ["mentions", "--add", "--package", str(package), "--reason", "An adjective."]
    start = TEXT.index("Peruvian")
    words += ["--span", f"{start}:{start + 8}", "--set", "actor_id=peru", "--set", "form=adjective"]
    assert main(["correct", *words, "--quiet"]) == 0
    first = (package / "data" / "curation.toml").read_bytes()
    assert main(["correct", *words, "--quiet"]) == 0
    assert (package / "data" / "curation.toml").read_bytes() == first


def test_a_dry_run_writes_nothing(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The effect can be looked at first, as JSON too."""
    key = broadsheet.read_package(package).quotes.quote_id[0]
    words = ["quotes", key, "--package", str(package), "--drop", "--reason", "Nobody said it."]
    assert main(["correct", *words, "--dry-run", "--json"]) == 0
    assert {"table": "quotes", "row": key, "row_is": "dropped"} in json.loads(capsys.readouterr().out)["effect"]
    assert not (package / "data" / "curation.toml").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["quotes", "quo_0000000000000000", "--drop", "--reason", "x"], "there is no such row"),
        (["evidence", "x", "--drop", "--reason", "x"], "write one of actors"),
        (["quotes", "KEY", "--set", "cue=say"], "--reason: is missing"),
        (["quotes", "KEY", "--set", "n_words=3", "--reason", "x"], "is not a column of quotes that can be set"),
        (["quotes", "KEY", "--set", "char_start=x", "--reason", "x"], "write a whole number"),
        (["quotes", "KEY", "--set", "cue", "--reason", "x"], "write COLUMN=VALUE"),
        (["quotes", "KEY", "--set", "speaker_id=rosa-quispee", "--reason", "x"], "did you mean rosa-quispe?"),
        (["quotes", "KEY", "--set", "speaker_id=Rosa Quispe", "--reason", "x"], "use the key rosa-quispe"),
        (["quotes", "KEY", "--set", "kind=dirct", "--reason", "x"], "cannot be dirct; did you mean direct?"),
        (["quotes", "KEY", "--set", "text=", "--reason", "x"], "--set text: cannot be empty"),
        (["quotes", "KEY", "--set", "char_start=-4", "--reason", "x"], "-4 is below the minimum 0"),
        (["actors", "peru", "--set", "country_code=Great Britain", "--reason", "x"], "use the code GBR"),
        (["actors", "peru", "--set", "country_code=uk", "--reason", "x"], "use the code GBR"),
        (["actors", "peru", "--set", "country_code=XQZ", "--reason", "x"], "XQZ is not the code of a country"),
        (["actors", "peru", "--set", "wikidata_id=Peru", "--reason", "x"], "write it like Q"),
        (["quotes", "KEY", "--drop", "--set", "cue=say", "--reason", "x"], "leave one out"),
        (["quotes", "KEY", "--reason", "x"], "give --set COLUMN=VALUE, --drop or --add"),
        (["quotes", "KEY", "--drop", "--reason", "x", "--span", "9:3"], "write START:END"),
        (["mentions", "--add", "--reason", "x"], "needs --span"),
    ],
)
def test_what_makes_no_sense_is_refused(
    package: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """One line, exit code 2, and no file."""
    key = broadsheet.read_package(package).quotes.quote_id[0]
    assert main(["correct", *[key if word == "KEY" else word for word in words], "--package", str(package)]) == 2
    assert message in capsys.readouterr().err
    assert not (package / "data" / "curation.toml").exists()


def test_a_stale_correction_fails_the_build(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written, and the correction is named."""
    file = tmp_path / "old.toml"
    entry = ['table = "quotes"', 'row = "quo_0000000000000000"', 'action = "drop"', 'reason = "x"', "span = [1, 2]"]
    file.write_text("\n".join(["[[correction]]", *entry]), encoding="utf-8")
    out = tmp_path / "out"
    assert main(["build", str(article), "--quiet", "--out", str(out), "--curation", str(file)]) == 2
    assert "correction 1 (quotes quo_0000000000000000): is stale" in capsys.readouterr().err
    assert not out.exists()
