"""SIGKILL at any step leaves the old state whole or the new one, and the next run completes its work."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import needs
import pytest
from jobs import JOBS, Job, content
from killing import killed_at, steps

from broadsheet.base.errors import InputError
from broadsheet.publishing.exchange import recover, refuse_interrupted, replace_files, replace_folder

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step on Linux alone"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning"),
]

OLD = {"a.txt": b"old", "data/b.txt": b"old", "data/same.txt": b"same"}
NEW = {"a.txt": b"newer", "data/b.txt": b"newer", "data/same.txt": b"same", "more/c.txt": b"newer"}


@pytest.mark.parametrize("write", [replace_folder, replace_files])
def test_every_step_of_an_exchange(tmp_path: Path, write: Callable[[Path, dict[str, bytes]], None]) -> None:
    """Killed at each step, a reader finds one state or is refused, and the next run recovers and leaves no litter."""
    area, notes = tmp_path / "area", Path(os.environ["XDG_STATE_HOME"])
    target = area / "target"

    def begin() -> None:
        shutil.rmtree(area, ignore_errors=True)
        replace_folder(target, OLD)

    def files() -> dict[str, bytes]:
        found = {p.relative_to(target).as_posix(): p.read_bytes() for p in target.rglob("*") if p.is_file()}
        return {path: data for path, data in found.items() if not path.startswith(".broadsheet-draft")}

    def look() -> dict[str, bytes]:
        seen = None
        with contextlib.suppress(InputError):
            refuse_interrupted(target, wait=False)
            seen = files()
        recover(target)
        assert seen in (None, files())
        return files()

    begin()
    count = steps(lambda: write(target, NEW), area)
    assert count > 20
    seen = []
    for step in range(1, count + 1):
        begin()
        assert killed_at(lambda: write(target, NEW), area, step)
        state = look()
        assert state in (OLD, NEW), f"step {step} of {count}"
        seen.append(state == NEW)
        write(target, NEW)
        assert look() == NEW
        assert [path.name for path in area.iterdir()] == ["target"]
        assert not list(notes.rglob("*.json"))
    # Once new, it stays so.
    assert seen == sorted(seen)


SAMPLE = 6
"""Steps of each job at which the tests kill it; `tools/kill.py` takes them all."""


@pytest.mark.parametrize("name", JOBS)
def test_sampled_steps_of_a_command(name: str, tmp_path: Path) -> None:
    """Build, release, correction and exports, killed at steps over their whole way, the last among them."""
    for words, library in (("xlsx", "openpyxl"), ("duckdb", "duckdb")):
        if words in name:
            needs.module(library)
    job = JOBS[name](tmp_path)
    old = job.look()
    kept = tmp_path / "kept"
    shutil.copytree(job.folder, kept)
    count = steps(job.run, job.folder)
    new = job.look()
    assert new != old
    for number in range(SAMPLE):
        step = 1 + number * (count - 1) // (SAMPLE - 1)
        restore(job, kept)
        assert killed_at(job.run, job.folder, step)
        assert job.look() in (old, new), f"step {step} of {count}"
    job.run()
    assert job.look() == new
    assert not [path for path in content(job.folder) if "journal" in path or "draft" in path]
    assert {path.name for path in job.folder.iterdir()} == {path.name for path in kept.iterdir()}


def restore(job: Job, kept: Path) -> None:
    """The old state again."""
    shutil.rmtree(job.folder)
    shutil.copytree(kept, job.folder)


def test_half_moved_files_are_refused_by_readers_and_put_back_by_the_next_writer(tmp_path: Path) -> None:
    """A reader is refused and changes nothing; then the old files are back, and a new one is gone."""
    replace_folder(tmp_path / "package", OLD)
    target = tmp_path / "package"
    replaced = os.replace
    count = steps(lambda: replace_files(target, NEW), target)
    assert os.replace is replaced
    replace_folder(target, OLD)
    for step in range(1, count + 1):
        killed_at(lambda: replace_files(target, NEW), target, step)
        if any(target.glob(".broadsheet-journal*")) and (target / "a.txt").read_bytes() == b"newer":
            break
        recover(target)
        replace_folder(target, OLD)
    half = content(target)
    with pytest.raises(InputError, match="half-written"):
        refuse_interrupted(target)
    assert content(target) == half
    recover(target)
    assert content(target) == content_of(OLD, tmp_path / "expected")


def content_of(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """Digests of files."""
    replace_folder(folder, files)
    return content(folder)
