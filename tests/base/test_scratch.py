"""Temporary folders."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.base.scratch import scratch_folder

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("fcntl")

HOLDS = """
import sys, time
from broadsheet.base.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "half").write_text("x")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_the_folder_of_a_killed_run_is_removed_by_the_next(tmp_path: Path) -> None:
    """While a run lives its folder stays; once it was killed, the next run removes it and nothing else."""
    process = subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    held = process.stdout.readline().strip()
    (base,) = tmp_path.iterdir()
    (tmp_path / "broadsheet-other").mkdir()
    (tmp_path / "precious").mkdir()
    (base / "link").symlink_to(tmp_path / "precious")
    with scratch_folder() as folder:
        assert {path.name for path in base.iterdir()} == {"link", folder.parent.name, held.split("/")[-2]}
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with scratch_folder() as folder:
        assert {path.name for path in base.iterdir()} == {"link", folder.parent.name}
    assert {path.name for path in base.iterdir()} == {"link"}
    assert {path.name for path in tmp_path.iterdir()} == {base.name, "broadsheet-other", "precious"}


@pytest.mark.parametrize("how", ["a link", "open to all", "a file"])
def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path, how: str) -> None:
    """What somebody else put in place of the folder is neither used nor emptied."""
    with scratch_folder() as folder:
        base = folder.parent.parent
    base.rmdir()
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "run-x").mkdir()
    match how:
        case "a link":
            base.symlink_to(victim)
        case "open to all":
            base.mkdir()
            base.chmod(0o777)
        case "a file":
            base.write_text("x")
    with pytest.raises(InputError), scratch_folder():
        pass
    assert (victim / "run-x").is_dir()
