"""Jobs that write, each from an old state to a new one; tests kill them midway."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hard import write_hard_package

import broadsheet
from broadsheet.base.errors import InputError
from broadsheet.cli import main
from broadsheet.publishing.exchange import recover, refuse_interrupted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A job and how to judge it.

    Attributes:
        folder: The folder that contains all its files.
        run: Runs it.
        look: What a reader sees of the result: equal for equal states.
    """

    folder: Path
    run: Callable[[], object]
    look: Callable[[], object]


CUE = ("--set", "cue=explain", "--inferred", "cue")
"""A correction of a cue to a word that the article does not print."""


def build(folder: Path) -> Job:
    """Rebuilds a package over an older one, with another publication date."""
    article = _article(folder)
    out = folder / "out" / "package"
    command = ["build", str(article), "--out", str(out), "--quiet"]
    _done(main([*command, "--published", "2023-01-01"]))
    return Job(out.parent, lambda: _done(main(command)), lambda: content(out))


def release(folder: Path) -> Job:
    """Makes the next release in a repository that contains other files too."""
    article = _article(folder)
    root = folder / "out"
    root.mkdir()
    _git(root, "init", "-q")
    (root / "README.md").write_text("Tables.\n", encoding="utf-8")
    _commit(root)
    command = ["release", str(article), "--root", str(root), "--quiet"]
    _done(main([*command, "--date", "2024-05-20"]))
    _commit(root)
    key = broadsheet.read_package(root).quotes.quote_id[0]
    correct = ["correct", "quotes", key, "--package", str(root), "--quiet", "--reason", "Mended.", *CUE]
    _done(main(correct))
    _commit(root)
    return Job(root, lambda: _done(main([*command, "--date", "2024-06-02"])), lambda: recovered(root))


def correct(folder: Path) -> Job:
    """Writes a correction after another."""
    article = _article(folder)
    out = folder / "out"
    _done(main(["build", str(article), "--out", str(out), "--quiet"]))
    package = broadsheet.read_package(out)
    command = ["correct", "--package", str(out), "--quiet", "--reason", "Mended."]
    _done(main([*command, "quotes", package.quotes.quote_id[0], *CUE]))
    second = [*command, "tariffs", package.tariffs.tariff_id[0], "--set", "product=copper ore"]
    return Job(out, lambda: _done(main(second)), lambda: recovered(out))


def exporting(to: str) -> Callable[[Path], Job]:
    """Exports over an older export."""

    def made(folder: Path) -> Job:
        from broadsheet.publishing.export import export

        old, new = write_hard_package(folder / "old"), write_hard_package(folder / "new", articles=3)
        out = folder / "out" / f"exported.{to}"
        export(old, to, out)
        return Job(out.parent, lambda: export(new, to, out), lambda: LOOKS[to](out))

    return made


def content(folder: Path) -> dict[str, str]:
    """Path to digest of all files of a folder except git's."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def recovered(folder: Path) -> dict[str, str]:
    """The same, after the recovery that every writing command does first.

    Before that a reader is refused, or sees these files already; it changes nothing.
    """
    before = content(folder)
    try:
        refuse_interrupted(folder, wait=False)
        refused = False
    except InputError:
        refused = True
    assert content(folder) == before
    recover(folder)
    after = content(folder)
    assert refused or after == {path: digest for path, digest in before.items() if ".broadsheet-" not in path}
    return after


def in_sqlite(path: Path) -> object:
    """Rows of a table that differs, after an integrity check of the file."""
    with closing(sqlite3.connect(path)) as database:
        rows = [database.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("articles", "quotes_wide")]
        return rows, database.execute("PRAGMA integrity_check").fetchone()


def in_duckdb(path: Path) -> object:
    """Rows of the tables that differ."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as database:
        return [database.execute(f"SELECT count(*) FROM {name}").fetchall() for name in ("articles", "quotes_wide")]


def in_workbook(path: Path) -> object:
    """Rows of the sheets."""
    import openpyxl

    return {sheet.title: sheet.max_row for sheet in openpyxl.load_workbook(path)}


LOOKS: dict[str, Callable[[Path], object]] = {
    "sqlite": in_sqlite,
    "duckdb": in_duckdb,
    "xlsx": in_workbook,
    "postgres": content,
    "csv-excel": content,
}
JOBS: dict[str, Callable[[Path], Job]] = {
    "build": build,
    "release": release,
    "correct": correct,
    **{f"export --to {to}": exporting(to) for to in LOOKS},
}


def _article(folder: Path) -> Path:
    path = folder / "copper.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.with_suffix(".toml").write_text("published_on = 2024-05-17\n", encoding="utf-8")
    return path


def _done(code: int) -> None:
    if code:
        raise RuntimeError(f"exit code {code}")


def _git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"]
    subprocess.run([shutil.which("git") or "git", "-C", str(root), *identity, *words], check=True, capture_output=True)


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "State", "--date", "2024-06-01T12:00:00")
