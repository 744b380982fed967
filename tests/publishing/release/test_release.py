"""``broadsheet release`` in a repository of its own."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet.base.errors import InputError
from broadsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""


SIDECAR = """\
published_on = 2024-05-17
package_title = "Copper tables"
creators = ["Rosa Quispe (https://orcid.org/0000-0002-1825-0097)", "The Harbour Desk"]
license = "ODbL-1.0"
"""


def git(root: Path, *words: str) -> str:
    """What git says."""
    identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    done = subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True, text=True)
    return done.stdout


def commit(root: Path) -> None:
    """Commits all that lies there."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "State", "--date", "2024-06-01T12:00:00")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A short article with its day."""
    path = tmp_path / "copper.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.with_suffix(".toml").write_text(SIDECAR, encoding="utf-8")
    return path


@pytest.fixture
def root(article: Path) -> Path:
    """A repository with the dataset's first release, committed."""
    root = article.parent / "repository"
    root.mkdir()
    git(root, "init", "-q")
    (root / "README.md").write_text("Tables.\n", encoding="utf-8")
    commit(root)
    assert release(root, article, "--date", "2024-05-20") == 0
    commit(root)
    return root


def release(root: Path, article: Path, *words: str) -> int:
    """Exit code of a release."""
    return main(["release", str(article), "--root", str(root), "--quiet", *words])


def state(root: Path) -> dict[str, bytes]:
    """Path to content of all files but git's."""
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def correct_row(root: Path, *words: str) -> None:
    """Writes a correction of the one quote."""
    key = broadsheet.read_package(root).quotes.quote_id[0]
    assert main(["correct", "quotes", key, "--package", str(root), "--quiet", "--reason", "Mended.", *words]) == 0


def test_a_first_release_writes_all_its_files(root: Path) -> None:
    """Package, citation, row counts and changelog agree on version and day."""
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["version"], descriptor["created"][:10]) == ("0.1.0", "2024-05-20")
    assert 'version: "0.1.0"\ndate-released: "2024-05-20"' in (root / "CITATION.cff").read_text(encoding="utf-8")
    assert "## Data 0.1.0 (2024-05-20)" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "quotes,1\n" in (root / "row-counts.csv").read_text(encoding="utf-8")


def said(root: Path) -> dict[str, object]:
    """Title, licence, creators and version of the package at the root."""
    content = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    named = {key: [entry["title"] for entry in content.get(key, [])] for key in ("licenses", "contributors")}
    return {**named, "title": content["title"], "version": content["version"]}


def test_a_release_keeps_whose_it_is(root: Path, article: Path) -> None:
    """The sidecar says it first; without it, the release before does; an option changes it, which is a new version."""
    first = said(root)
    assert first == {
        "title": "Copper tables",
        "licenses": ["Open Data Commons Open Database License v1.0"],
        "contributors": ["Rosa Quispe", "The Harbour Desk"],
        "version": "0.1.0",
    }
    article.with_suffix(".toml").write_text("published_on = 2024-05-17\n", encoding="utf-8")
    assert release(root, article) == 0
    assert said(root) == first
    assert release(root, article, "--creator", "Li Na", "--package-title", "Copper") == 0
    assert said(root) == {**first, "title": "Copper", "contributors": ["Li Na"], "version": "0.1.1"}


def test_a_release_of_no_one_has_no_citation_file(article: Path, tmp_path: Path) -> None:
    """`CITATION.cff` requires an author, and none is made up."""
    article.with_suffix(".toml").write_text("published_on = 2024-05-17\n", encoding="utf-8")
    root = tmp_path / "other"
    root.mkdir()
    git(root, "init", "-q")
    (root / "README.md").write_text("Tables.\n", encoding="utf-8")
    commit(root)
    assert release(root, article, "--date", "2024-05-20") == 0
    assert said(root) == {"title": "Peru answers on copper", "licenses": [], "contributors": [], "version": "0.1.0"}
    assert not (root / "CITATION.cff").exists()


def test_a_release_without_changes_changes_nothing(root: Path, article: Path) -> None:
    """Neither version nor day move, whatever day is given."""
    before = state(root)
    assert release(root, article, "--date", "2024-09-09") == 0
    assert state(root) == before


def test_a_corrected_value_is_a_patch_and_runs_twice_the_same(root: Path, article: Path) -> None:
    """The correction is committed first; then the release, as often as one likes."""
    correct_row(root, "--set", "kind=partial")
    commit(root)
    assert release(root, article, "--date", "2024-06-02") == 0
    once = state(root)
    assert json.loads(once["datapackage.json"])["version"] == "0.1.1"
    assert release(root, article, "--date", "2024-06-02") == 0
    assert state(root) == once
    commit(root)
    assert release(root, article, "--date", "2024-07-07") == 0
    assert state(root) == once


def test_a_change_of_the_descriptor_alone_is_said(
    root: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows are the same: the release names the properties that differ, and cites the new hash."""
    path = root / "datapackage.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    title = content["title"]
    path.write_text(json.dumps({**content, "title": "Another title"}), encoding="utf-8")
    commit(root)
    assert release(root, article, "--json") == 0
    assert json.loads(capsys.readouterr().out)["descriptor"] == ["title"]
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == title
    assert f"sha256:{broadsheet.package_hash(root)}" in (root / "CITATION.cff").read_text(encoding="utf-8")


def test_older_releases_are_loaded_by_version(root: Path, article: Path, tmp_path: Path) -> None:
    """From the history, without tags, and from a folder; an unknown one is named with those that are there."""
    correct_row(root, "--set", "kind=partial")
    commit(root)
    assert release(root, article) == 0
    commit(root)
    assert broadsheet.load("quotes", version="0.1.0", source=root).kind[0] == "direct"
    assert broadsheet.load("quotes", version="0.1.1", source=root).kind[0] == "partial"
    broadsheet.load(version="0.1.0", source=root).write(tmp_path / "old" / "a", version="0.1.0")
    assert broadsheet.load("quotes", version="0.1.0", source=tmp_path / "old").kind[0] == "direct"
    with pytest.raises(InputError, match=r"there are 0\.1\.1, 0\.1\.0"):
        broadsheet.load(version="3.0.0", source=root)


def test_a_version_may_be_raised_but_not_lowered(root: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1.0.0 is a publisher's decision; 0.1.0 again would be another dataset of that name."""
    correct_row(root, "--drop")
    commit(root)
    assert release(root, article, "--version", "0.1.1") == 1
    assert "version 0.1.1 is lower than 0.2.0" in capsys.readouterr().out
    assert release(root, article, "--version", "1.0.0") == 0
    assert json.loads((root / "datapackage.json").read_text(encoding="utf-8"))["version"] == "1.0.0"


def test_all_that_forbids_it_is_listed(root: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not committed and what disagrees, at once; nothing is written."""
    text = (root / "CITATION.cff").read_text(encoding="utf-8")
    (root / "CITATION.cff").write_text(text.replace("2024-05-20", "2024-05-21"), encoding="utf-8")
    commit(root)
    (root / "README.md").write_text("Other words.\n", encoding="utf-8")
    correct_row(root, "--set", "cue=explain")
    before = state(root)
    assert release(root, article, "--json") == 1
    blockers = json.loads(capsys.readouterr().out)["blockers"]
    assert "not committed: README.md" in blockers
    assert "not committed: data/curation.toml" in blockers
    assert "CITATION.cff says date-released 2024-05-21, where datapackage.json says 2024-05-20" in blockers
    assert state(root) == before


def test_an_ungrounded_correction_forbids_it(root: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the article does not say at the row's span is not released."""
    correct_row(root, "--set", "text=We had every choice,")
    commit(root)
    before = state(root)
    assert release(root, article) == 1
    assert "invalid: quotes" in capsys.readouterr().out
    assert state(root) == before


def test_a_stale_correction_forbids_it(root: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named."""
    correct_row(root, "--set", "cue=explain")
    path = root / "data" / "curation.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"say"', '"whisper"'), encoding="utf-8")
    commit(root)
    assert release(root, article) == 1
    assert "cue was 'whisper', and is 'say' now" in capsys.readouterr().out


def test_a_folder_without_history_is_refused(article: Path, tmp_path: Path) -> None:
    """What was released before is known from the last commit."""
    assert release(tmp_path / "nowhere", article) == 2
