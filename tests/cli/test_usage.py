"""Bad usage and bad input: one line on standard error, exit code 2, nothing written."""

from __future__ import annotations

import json
import shutil
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
    "unknown command": (["frob"], "there is no command 'frob'; see broadsheet --help"),
    "misspelled command": (["bulid"], "there is no command 'bulid'; did you mean build?"),
    "unknown option": (["build", "--frob"], "broadsheet build has no option --frob; see broadsheet build --help"),
    "misspelled option": (["build", "--pubisher=A"], "has no option --pubisher; did you mean --publisher?"),
    "misspelled choice": (["build", "--layout", "packge"], "--layout: cannot be 'packge'; did you mean package?"),
    "option without its value": (["build", "--out"], "expected one argument"),
    "no package": (["validate"], "required: PACKAGE_DIR"),
    "no such file": (["build", "none.txt"], "none.txt: no such file"),
    "a web address": (["build", "https://example.org/a?b=1"], "https://example.org/a?b=1: is a web address"),
    "a web address for a source": (["validate", "folder", "--source", "http://example.org/a.txt"], "download it first"),
    "a folder without files": (["build", "folder/none"], "folder/none: is a folder without a file to read"),
    "an empty file": (["build", "empty.txt"], "empty.txt: is empty"),
    "binary": (["build", "binary.txt"], "binary.txt: binary: a NUL at offset 3"),
    "undecodable": (["build", "latin.txt"], "latin.txt: byte 0xe9 at offset 3 is not UTF-8"),
    "unknown encoding": (["build", "story.txt", "--encoding", "klingon"], "'klingon' is not a known text encoding"),
    "no letter": (["build", "digits.txt"], "digits.txt: has no letter"),
    "not English": (["build", "foreign.txt"], "foreign.txt: not English but German"),
    "a sidecar's unknown key": (["build", "keyed.txt"], "keyed.toml:publishr: is not a key of a sidecar; did you mean"),
    "a sidecar's wrong value": (["build", "valued.txt"], "valued.toml:published_on: there is no day 2023-02-29"),
    "a sidecar for an article": (["build", "keyed.toml"], "keyed.toml: is a sidecar"),
    "impossible date": (["build", "story.txt", "--published", "2023-02-29"], "--published: there is no day"),
    "no date": (["build", "--published", "yesterday"], "--published: 'yesterday' is not a date"),
    "no web address": (["build", "--url", "news"], "--url: 'news' is not a web address"),
    "another language": (["build", "--language", "fr"], "--language: 'fr' is not a tag of English"),
    "no semantic version": (["build", "--version", "1.0"], "--version: '1.0' is not a semantic version"),
    "no package name": (["build", "--name", "My News"], "--name: 'My News' is not a package name"),
    "empty author": (["build", "--author", ""], "--author: is empty"),
    "empty folder name": (["build", "--out", ""], "--out: is empty"),
    "an article twice": (["build", "story.txt", "./story.txt"], "story.txt: is named twice"),
    "an article in two files": (["build", "story.txt", "copy.txt"], "copy.txt: is the same article as story.txt"),
    "one title for two": (["build", "story.txt", "other.txt", "--title", "T"], "title: is given for 2 articles"),
    "files of others in the folder": (["build", "story.txt", "--out", "folder"], "give --force to replace this one"),
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
def test_bad_usage_and_input(words: list[str], problem: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what is wrong and how to fix it; no file is made or changed."""
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
        "error": {"place": "none.txt", "problem": "no such file", "fix": "check the name"},
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


def test_no_command_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The name of the program alone shows what it can do."""
    assert main([]) == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: broadsheet")
    assert "turn articles into a data package" in out


def test_force_replaces_a_folder(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--force` a folder of other files becomes the package; a repository does not, and a package is named."""
    words = ["build", "story.txt", "--out", "folder"]
    assert main([*words, "--force"]) == 0
    assert "folder holds files, which this build replaces" in capsys.readouterr().err
    assert not (desk / "folder" / "notes.md").exists()
    assert main(words) == 0
    assert "folder holds broadsheet 0.1.0, which this build replaces" in capsys.readouterr().err
    (desk / "folder" / ".git").mkdir()
    assert main([*words, "--force", "--quiet"]) == 2


def test_rejects_are_printed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first ten sources that cannot be read are named, and then where the rest are."""
    folder = desk / "many"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    for number in range(12):
        (folder / f"empty{number:02}.txt").touch()
    assert main(["build", "many", "--quiet"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("broadsheet: many/empty00.txt: is empty; ")
    place = str((desk / "package" / "run" / "rejects.csv").relative_to(desk))
    assert lines[10] == f"broadsheet: 2 more could not be read; {place} lists all"
    assert len((desk / place).read_text(encoding="utf-8").splitlines()) == 13
    assert main(["build", "many", "--quiet", "--layout", "partitioned"]) == 0
    assert capsys.readouterr().err.splitlines()[:10] == lines[:10]


def test_short_options(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o` and `-q` are `--out` and `--quiet`."""
    assert main(["build", "story.txt", "-q", "-o", "new"]) == 0
    assert capsys.readouterr() == ("", "")
    assert (desk / "new" / "datapackage.json").is_file()


def test_verbose_logs_the_steps(desk: Path) -> None:
    """`-v` logs every step with counts and durations to standard error, and changes no output."""
    words = [sys.executable, "-m", "broadsheet", "build", "story.txt", "--json"]
    plain, verbose = (subprocess.run([*words, *more], capture_output=True, text=True) for more in ([], ["-v"]))
    assert plain.stdout == verbose.stdout
    assert "broadsheet.reading.article: read 1 articles of 14 words\n" in verbose.stderr
    steps = ("reading", "analysis", "corpus", "identity", "quality.validation", "publishing")
    assert [step for step in steps if f"broadsheet.{step}." not in verbose.stderr] == []
    assert "broadsheet.reading" not in plain.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A shell can complete commands and their options."""
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [word for word in ("build", "validate", "published", "cross-check") if word not in script] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(capsys: pytest.CaptureFixture[str]) -> None:
    """What bash offers after the first letters of a command and of an option."""
    main(["completion", "bash"])
    ask = """
COMP_WORDS=({words}); COMP_CWORD={last}; _shtab_broadsheet {start}; echo "${{COMPREPLY[@]}}"
"""
    script = capsys.readouterr().out
    script += ask.format(words="broadsheet va", last=1, start="broadsheet va broadsheet")
    script += ask.format(words="broadsheet build --fail", last=2, start="broadsheet --fail build")
    offered = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.splitlines()
    assert offered == ["validate", "--fail-fast"]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says its version."""
    with pytest.raises(SystemExit):
        main([option])
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
