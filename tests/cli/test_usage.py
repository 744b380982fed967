"""Bad usage and bad input: one line on standard error, exit code 2, nothing written."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from broadsheet import __version__
from broadsheet.cli import main

if TYPE_CHECKING:
    from pathlib import Path

STORY = "Ferry lines merge\n\nThe two ferry lines will merge in May, their owners said.\n"
FOREIGN = "Die beiden Fährlinien werden im Mai zusammengelegt, wie ihre Eigentümer am Montag mitteilten.\n"

CASES = {
    "no command": ([], "no command was given"),
    "unknown command": (["frob"], "invalid choice: 'frob'"),
    "unknown option": (["build", "--frob"], "unrecognized arguments: --frob"),
    "option without its value": (["build", "--out"], "expected one argument"),
    "no package": (["validate"], "required: PACKAGE_DIR"),
    "no such file": (["build", "none.txt"], "none.txt: no such file"),
    "a folder without files": (["build", "folder/none"], "folder/none: is a folder without a file to read"),
    "an empty file": (["build", "empty.txt"], "empty.txt: is empty"),
    "binary": (["build", "binary.txt"], "binary.txt: binary: a NUL at offset 3"),
    "undecodable": (["build", "latin.txt"], "latin.txt: byte 0xe9 at offset 3 is not UTF-8"),
    "unknown encoding": (["build", "story.txt", "--encoding", "klingon"], "--encoding: no text encoding"),
    "no letter": (["build", "digits.txt"], "digits.txt: has no letter"),
    "not English": (["build", "foreign.txt"], "foreign.txt: not English but German"),
    "a sidecar's unknown key": (["build", "keyed.txt"], "keyed.toml:publishr: is no key of a sidecar; did you mean"),
    "a sidecar's wrong value": (["build", "valued.txt"], "valued.toml:published_on: there is no day 2023-02-29"),
    "a sidecar for an article": (["build", "keyed.toml"], "keyed.toml: is a sidecar"),
    "impossible date": (["build", "story.txt", "--published", "2023-02-29"], "--published: there is no day"),
    "no date": (["build", "--published", "yesterday"], "--published: 'yesterday' is no date"),
    "no web address": (["build", "--url", "news"], "--url: 'news' is no web address"),
    "another language": (["build", "--language", "fr"], "--language: 'fr' is no tag of English"),
    "no semantic version": (["build", "--version", "1.0"], "--version: '1.0' is no semantic version"),
    "no package name": (["build", "--name", "My News"], "--name: 'My News' is no package name"),
    "empty author": (["build", "--author", ""], "--author: is empty"),
    "empty folder name": (["build", "--out", ""], "--out: is empty"),
    "an article twice": (["build", "story.txt", "./story.txt"], "story.txt: is named twice"),
    "an article in two files": (["build", "story.txt", "copy.txt"], "copy.txt: is the same article as story.txt"),
    "one title for two": (["build", "story.txt", "other.txt", "--title", "T"], "title: is given for 2 articles"),
    "files of others in the folder": (["build", "story.txt", "--out", "folder"], "was not written by broadsheet"),
    "a file for the folder": (["build", "story.txt", "--out", "empty.txt"], "empty.txt: is a file"),
    "no such model": (["build", "story.txt", "--model", "xx_none"], "--model xx_none: no spaCy pipeline"),
    "no such package": (["validate", "none"], "none: there is no such folder"),
    "a folder without package": (["validate", "folder"], "folder"),
    "a source that is not there": (["validate", "folder", "--source", "none.txt"], "none.txt: no such file"),
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with articles good and bad."""
    files: dict[str, bytes] = {
        "story.txt": STORY.encode(),
        "copy.txt": STORY.replace("\n", "\r\n").encode(),
        "other.txt": b"The harbour was closed on Monday, its master said.",
        "empty.txt": b"",
        "binary.txt": b"ab\n\0\1",
        "latin.txt": b"caf\xe9 owners said",
        "digits.txt": b"2024-03-09\n1,200\n",
        "foreign.txt": FOREIGN.encode(),
        "keyed.txt": STORY.encode(),
        "keyed.toml": b'publishr = "Gazette"\n',
        "valued.txt": STORY.encode(),
        "valued.toml": b'published_on = "2023-02-29"\n',
        "folder/notes.md": b"mine",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "folder" / "none").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize(("words", "problem"), CASES.values(), ids=CASES)
def test_bad_usage_and_input(
    words: list[str], problem: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what is wrong and how to mend it; no file is made or changed."""
    before = tree(desk)
    assert main([*words, "--quiet"] if words[:1] in (["build"], ["validate"]) else words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("broadsheet: ")
    assert problem in err
    assert "; " in err
    assert err.count("\n") == 1
    assert tree(desk) == before


def test_an_error_as_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script finds the error's parts on standard output, and no verdict."""
    assert main(["build", "none.txt", "--json"]) == 2
    outcome = json.loads(capsys.readouterr().out)
    assert outcome == {
        "valid": None,
        "error": {"place": "none.txt", "problem": "no such file", "mend": "check the name"},
    }


def test_a_bad_article_among_good_ones_stops_all(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is built from half of the articles."""
    assert main(["build", "story.txt", "digits.txt", "other.txt", "--out", "new"]) == 2
    assert not (desk / "new").exists()
    assert "digits.txt" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["validate", "--help"]], ids=" ".join)
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help lists every option that the documentation promises."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 0
    out = capsys.readouterr().out
    promised = {
        "--help": "build validate",
        "build": (
            "ARTICLE --out --published --title --publisher --author --url --language --name --version --model "
            "--json --quiet --encoding"
        ),
        "validate": "PACKAGE_DIR --source --json --quiet",
    }[words[0]]
    assert [option for option in promised.split() if option not in out] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says its version."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"broadsheet {__version__}\n"


def test_help_is_quick() -> None:
    """`broadsheet --help` loads nothing heavy, and few modules at all."""
    code = (
        "import sys; before = len(sys.modules); from broadsheet.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(sorted({'numpy', 'pandas', 'pyarrow', 'spacy', 'frictionless'} & set(sys.modules)),"
        " len(sys.modules) - before)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy, _, count = run.stdout.splitlines()[-1].rpartition(" ")
    assert heavy == "[]"
    assert int(count) < 150
