"""Folders of files put in place whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from broadsheet.errors import InputError
from broadsheet.publish import exchange
from broadsheet.publish.exchange import repair, replace_files, replace_folder

if TYPE_CHECKING:
    from pathlib import Path

OLD = {"a.txt": b"old", "data/b.txt": b"old"}
NEW = {"a.txt": b"new", "data/b.txt": b"new", "data/c.txt": b"new"}


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones included."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("in_one_step", [True, False], ids=["exchange", "two renames"])
def test_replaces_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    """The folder holds the new files and nothing of the old ones, and nothing is left beside it."""
    if not in_one_step:
        monkeypatch.setattr(exchange, "_exchange", lambda one, other: False)
    target = tmp_path / "package"
    replace_folder(target, OLD)
    assert content(target) == OLD
    replace_folder(target, NEW)
    assert content(target) == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission")],
    ids=["full disk", "no permission"],
)
def test_a_failed_write_leaves_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    """When a file cannot be written, the old folder is whole, the new one is gone, and the error says why."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    write = exchange._write

    def fail_late(path: Path, data: bytes) -> None:
        if path.name == "c.txt":
            raise OSError(code, os.strerror(code))
        write(path, data)

    monkeypatch.setattr(exchange, "_write", fail_late)
    with pytest.raises(InputError, match=said):
        replace_folder(target, NEW)
    assert content(target) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_repair_puts_back_what_was_set_aside(tmp_path: Path) -> None:
    """A run that died between two renames is undone by the next one."""
    target = tmp_path / "package"
    replace_folder(tmp_path / ".package.old", OLD)
    replace_folder(tmp_path / ".package.new", {"a.txt": b"half"})
    repair(target)
    assert content(target) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


KILLED = """
import sys
from pathlib import Path
from broadsheet.publish.exchange import replace_folder
target, files = Path(sys.argv[1]), [{f"{i}.txt": bytes([48 + n]) * 20_000 for i in range(40)} for n in range(2)]
print("ready", flush=True)
while True:
    for new in files:
        replace_folder(target, new)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step on Linux alone")
@pytest.mark.parametrize("delay", [0.05, 0.11, 0.23, 0.31, 0.47])
def test_a_killed_run_leaves_one_version(tmp_path: Path, delay: float) -> None:
    """Killed at any moment, the folder holds all files of one version; the next run tidies up."""
    target = tmp_path / "package"
    replace_folder(target, {f"{i}.txt": b"0" * 20_000 for i in range(40)})
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    files = content(target)
    assert len(files) == 40
    assert len(set(files.values())) == 1
    replace_folder(target, NEW)
    assert content(target) == NEW
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def test_replace_files_leaves_the_others(tmp_path: Path) -> None:
    """Files of others in the folder stay as they are."""
    (tmp_path / "code.py").write_text("x = 1\n")
    replace_files(tmp_path, OLD)
    replace_files(tmp_path, NEW)
    assert content(tmp_path) == {**NEW, "code.py": b"x = 1\n"}
