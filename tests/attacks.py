"""Hostile packages, every command that takes a package, and the invariants that must hold in every case.

Next to each package is a folder of canaries. The package refers to it in every possible way: links, absolute paths,
``..``, journals. No command may change a canary, and a command that only reads may not change the package.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import stat
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.validation.conftest import world

import broadsheet
from broadsheet.base.errors import InputError
from broadsheet.cli import main
from broadsheet.publishing import write_package
from broadsheet.publishing.partitioned import write_partitioned

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

SECONDS = 30
"""Time limit of a command. Each needs only a fraction of it, but the machine may be busy."""

ROOT = Path(__file__).resolve().parents[1]
KEY = "portugal"
TEXT = "Peru answers\n\nLIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday, Rosa Quispe said.\n"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of an attack.

    Attributes:
        package: The hostile package.
        canary: The folder that no command may change.
        out: The folder that commands write to.
    """

    package: Path
    canary: Path
    out: Path

    @classmethod
    def make(cls, folder: Path) -> Place:
        """The folders, with canaries in the canary folder."""
        place = cls(folder / "package", folder / "canary", folder / "out")
        for name in ("keep.txt", "data/quotes.parquet", "data/curation.toml", "datapackage.json"):
            file = place.canary / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("precious", encoding="utf-8")
        place.out.mkdir()
        (place.out / "article.txt").write_text(TEXT, encoding="utf-8")
        return place


def tree(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything in a folder: mode, time of change, and content or link target."""
    found: dict[str, tuple[object, ...]] = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            content = str(path.readlink())
        else:
            content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_mtime_ns, content)
    return found


def _journal(place: Place, path: str, random: Random) -> None:
    """A journal like that of an interrupted write, which names files outside."""
    target = os.path.relpath(place.canary / "keep.txt", place.package)
    token = f"{random.getrandbits(128):032x}"
    name = random.choice([".broadsheet-journal", f".broadsheet-journal-{token}"])
    journal = place.package / random.choice([name, f"data/{name}"])
    named = random.choice([target, f"data/../{target}", str(place.canary / "keep.txt"), path, "../canary"])
    if random.random() < 0.2:
        journal.symlink_to(place.canary)
        return
    for folder in ("old", "new"):
        (journal / folder / "data").mkdir(parents=True)
        (journal / folder / "keep.txt").write_text("forged", encoding="utf-8")
    held = random.choice([json.dumps({named: False}), json.dumps({named: True}), "{", "[]", json.dumps({named: 1})])
    (journal / "held.json").write_text(held, encoding="utf-8")


def _drafts(place: Place, path: str, random: Random) -> None:
    """Leftovers of writes, in the package and next to it."""
    for folder in (place.package, place.package / "data"):
        (folder / ".broadsheet-draft").symlink_to(place.canary)
        (folder / f".broadsheet-draft-{'0' * 32}").mkdir()
    for ending in ("new", "old"):
        (place.package.parent / f".package.{ending}").symlink_to(place.canary)


def _link(place: Place, path: str, random: Random) -> None:
    """Replaces a file, or its folder, with a link to a canary."""
    file = place.package / path
    if random.random() < 0.4 and "/" in path:
        folder = place.package / path.partition("/")[0]
        if folder.is_dir() and not folder.is_symlink():
            folder.rename(place.package.parent / "moved")
            folder.symlink_to(random.choice([place.canary, place.package.parent / "moved", place.canary / "data"]))
        return
    if not file.is_file() or file.is_symlink():
        return
    content = file.read_bytes()
    file.unlink()
    if random.random() < 0.5:
        # A canary with the same content as the file.
        copy = place.canary / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)
    file.symlink_to(random.choice([place.canary / path, place.canary / "keep.txt", Path("/dev/zero"), file]))


def _pipe(place: Place, path: str, random: Random) -> None:
    """Replaces a file with a named pipe that no one writes to."""
    file = place.package / path
    if file.is_file() or file.is_symlink():
        file.unlink()
        os.mkfifo(file)


def _paths(place: Place, path: str, random: Random) -> None:
    """Makes the descriptor name files outside as its resources."""
    outside = [
        str(place.canary / "keep.txt"),
        "../canary/keep.txt",
        "data/../../canary/keep.txt",
        "/dev/zero",
        "~/x",
        "",
    ]

    def change(content: Any) -> None:
        for resource in content["resources"]:
            if random.random() < 0.5:
                resource["path"] = random.choice([random.choice(outside), outside])
                resource["schema"] = random.choice(outside)

    _describe(place, change)


def _names(place: Place, path: str, random: Random) -> None:
    """Uses names, versions and models that lead elsewhere as parts of paths."""
    outside = ["../canary/keep", str(place.canary / "data"), "..", "/", "a/../../canary/x", "x" * 300, "\0"]

    def change(content: Any) -> None:
        content["name"], content["version"] = random.choice(outside), random.choice(outside)
        content["broadsheet"]["model"] = {"name": random.choice([*outside, [], None, "numpy"]), "version": "1"}
        for resource in content["resources"]:
            if random.random() < 0.3:
                resource["name"] = random.choice(outside)

    _describe(place, change)


def _parts(place: Place, path: str, random: Random) -> None:
    """Makes the package claim that it has parts."""
    parts = random.choice([1, 2, 1 << 20, 1 << 40, -1, "../../canary", None])
    _describe(
        place, lambda content: content["broadsheet"].__setitem__("layout", {"kind": "partitioned", "parts": parts})
    )


def _describe(place: Place, change: Callable[[Any], object]) -> None:
    file = place.package / "datapackage.json"
    if file.is_symlink() or not file.is_file():
        return
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")


def _curation(place: Place, path: str, random: Random) -> None:
    """Replaces the corrections with a link, a pipe, a folder or a huge file, listed or not."""
    file = place.package / "data" / "curation.toml"
    if not file.parent.is_dir() or file.parent.is_symlink() or os.path.lexists(file):
        return
    match random.choice(["link", "pipe", "folder", "text"]):
        case "link":
            file.symlink_to(place.canary / "data" / "curation.toml")
        case "pipe":
            os.mkfifo(file)
        case "folder":
            file.mkdir()
        case "text":
            file.write_text("[[correction]]\ntable = '../canary'\n", encoding="utf-8")
    if random.random() < 0.7:
        listed = {"name": "curation", "path": "data/curation.toml", "format": "toml"}
        _describe(place, lambda content: content["resources"].append(listed))


def _repository(place: Place, path: str, random: Random) -> None:
    """Makes the package a git repository whose settings run a program that writes to the canaries."""
    git = place.package / ".git"
    if git.exists():
        return
    for name in ("objects", "refs/heads"):
        (git / name).mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    program = f"touch {place.canary / 'ran'}"
    (git / "config").write_text(
        f'[core]\nrepositoryformatversion = 0\nfsmonitor = "{program}"\nhooksPath = {place.canary}\n', encoding="utf-8"
    )


ATTACKS: dict[str, Callable[[Place, str, Random], None]] = {
    "journal": _journal,
    "drafts": _drafts,
    "link": _link,
    "pipe": _pipe,
    "paths": _paths,
    "names": _names,
    "parts": _parts,
    "curation": _curation,
    "repository": _repository,
}
"""Name of an attack to its function, called with the place, the path of one of its files, and a random source."""


LAYOUTS: dict[str, Callable[[Path], object]] = {
    "package": lambda folder: write_package(world(), folder),
    "partitioned": lambda folder: write_partitioned(world(), folder, parts=1),
}
"""Layout to the function that writes a valid package."""


def made(folder: Path, layout: str) -> Place:
    """A valid package with canaries next to it."""
    place = Place.make(folder)
    LAYOUTS[layout](place.package)
    return place


def hostile(folder: Path, layout: str, ways: list[str], random: Random) -> Place:
    """A package made hostile in some ways."""
    place = made(folder, layout)
    files = sorted(p.relative_to(place.package).as_posix() for p in place.package.rglob("*") if p.is_file())
    for way in ways:
        ATTACKS[way](place, random.choice(files), random)
    return place


def _api(call: Callable[[], object]) -> int:
    """Calls the Python API and returns an exit code like that of a command."""
    try:
        call()
    except InputError as error:
        sys.stderr.write(str(error))
        return 2
    return 0


def _partitions(package: Path) -> list[object]:
    from broadsheet.publishing.partitioned import iter_partitions

    return list(iter_partitions(package))


def readers(place: Place) -> dict[str, Callable[[], int]]:
    """The commands that only read the package: name to function."""
    package, out = str(place.package), str(place.out)
    gold = str(ROOT / "tests" / "articles" / "finland-cartel-fine.json")
    words: dict[str, list[str]] = {
        "validate": ["validate", package, "--quiet", "--html", f"{out}/r.html", "--junit", f"{out}/r.xml"],
        "page": ["page", package, "--quiet", "--out", f"{out}/page.html"],
        "page by name": ["page", package, "--quiet"],
        "explain": ["explain", KEY, "--package", package, "--quiet"],
        "cite": ["cite", "--package", package],
        "cite a row": ["cite", "--package", package, "--row", KEY],
        "diff": ["diff", package, package, "--quiet"],
        "mutation-test": ["mutation-test", package, "--quiet", "--sample", "1", "--operator", "crlf"],
        "evaluate": ["evaluate", gold, "--package", package, "--quiet"],
        "correct without writing": ["correct", "actors", KEY, "--package", package, "--set", "name=X", "--reason", "x",
                                    "--span", "0:1", "--dry-run", "--quiet"],
        "export by name": ["export", package, "--to", "csv-excel", "--quiet"],
    }  # fmt: skip
    # Hyper's engine does not survive a fork; its input passes the same checks as all other exports.
    for to in ("duckdb", "sqlite", "xlsx", "postgres", "csv-excel"):
        words[f"export {to}"] = ["export", package, "--to", to, "--quiet", "--out", f"{out}/export-{to}"]
    calls: dict[str, Callable[[], object]] = {
        "read_package": lambda: broadsheet.read_package(place.package),
        "load": lambda: broadsheet.load(source=place.package),
        "load a version": lambda: broadsheet.load(source=place.package, version="9.9.9"),
        "iter_partitions": lambda: _partitions(place.package),
    }
    runs: dict[str, Callable[[], int]] = {name: partial(main, line) for name, line in words.items()}
    return runs | {name: partial(_api, call) for name, call in calls.items()}


def warm_up(place: Place) -> None:
    """Runs each command once in this process, so that its children need not load the same libraries again."""
    before = Path.cwd()
    os.chdir(place.out)
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for run in readers(place).values():
                run()
            main(["build", str(place.out / "article.txt"), "--out", str(place.out / "built"), "--quiet"])
    finally:
        os.chdir(before)


def writers(place: Place) -> dict[str, Callable[[], int]]:
    """The commands that may write the package."""
    package, article = str(place.package), str(place.out / "article.txt")
    reason = ["--reason", "x", "--span", "0:1", "--quiet"]
    words = {
        "correct": ["correct", "actors", KEY, "--package", package, "--set", "name=X", *reason],
        "build": ["build", article, "--out", package, "--quiet"],
        "build in place": ["build", article, "--out", package, "--in-place", "--quiet"],
        "release": ["release", article, "--root", package, "--quiet"],
    }
    return {name: partial(main, line) for name, line in words.items()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a command: its exit code (``None``: it was stopped), its output, and its faults."""

    code: int | None
    said: str
    fault: str


def judge(run: Callable[[], int], place: Place, *, reads: bool) -> Verdict:
    """Runs a command in a child process and checks the result."""
    canary, package = tree(place.canary), tree(place.package)
    beside = {path.name for path in place.package.parent.iterdir()}
    code, said = _in_child(run, place)
    faults = []
    if code is None:
        faults.append(f"did not end within {SECONDS} s, or died")
    elif code not in (0, 1, 2) or "Traceback" in said:
        faults.append(f"ended with {code}: {said[-1500:]}")
    if tree(place.canary) != canary:
        faults.append("changed what is outside the package")
    if {path.name for path in place.package.parent.iterdir()} != beside:
        faults.append("left something beside the package")
    if reads and tree(place.package) != package:
        faults.append("changed a package that it was to read")
    if code == 2 and not said.strip():
        faults.append("said nothing of what is wrong")
    return Verdict(code, said, "; ".join(faults))


def _in_child(run: Callable[[], int], place: Place) -> tuple[int | None, str]:
    log = place.out / "log"
    child = os.fork()
    if child == 0:
        code = 99
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(SECONDS)
            os.chdir(place.out)
            with log.open("w", encoding="utf-8", errors="replace") as stream:
                text = io.StringIO()
                with redirect_stdout(text), redirect_stderr(stream):
                    try:
                        code = run()
                    except BaseException:
                        traceback.print_exc(file=stream)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return (os.WEXITSTATUS(status) if os.WIFEXITED(status) else None), said
