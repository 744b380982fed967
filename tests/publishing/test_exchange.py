"""Folders of files put in place whole."""

from __future__ import annotations

import errno
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from killing import killed_at

from broadsheet.base.errors import InputError
from broadsheet.publishing import exchange
from broadsheet.publishing.exchange import recover, refuse_interrupted, replace_files, replace_folder
from broadsheet.publishing.journal import begin, end, notes_of

if TYPE_CHECKING:
    from collections.abc import Callable

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step on Linux alone")
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")

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


def dying(call: str, place: str, job: Callable[[], object]) -> Callable[[], object]:
    """A job that kills its process right after it renames something to a path with ``place`` in it."""
    rename = getattr(os, call)

    def renamed(one: Any, other: Any) -> None:
        rename(one, other)
        if place in str(other):
            os.kill(os.getpid(), signal.SIGKILL)

    def run() -> None:
        setattr(os, call, renamed)
        job()

    return run


@on_linux
def test_a_folder_set_aside_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the two renames, a reader is told, and the next writer puts the old folder back."""
    monkeypatch.setattr(exchange, "_exchange", lambda one, other: False)
    target = tmp_path / "package"
    replace_folder(target, OLD)
    assert killed_at(dying("rename", ".broadsheet-old-", lambda: replace_folder(target, NEW)), tmp_path, 0)
    assert not target.exists()
    with pytest.raises(InputError, match="set aside"):
        refuse_interrupted(target)
    recover(target)
    assert content(target) == OLD
    assert [p.name for p in tmp_path.iterdir()] == ["package"]


def half_written(target: Path) -> Path:
    """Kills a write of ``NEW`` over ``OLD`` when half of its files are moved; the journal that it leaves."""
    replace_folder(target, OLD)
    assert killed_at(dying("replace", "data/b.txt", lambda: replace_files(target, NEW)), target, 0)
    assert (target / "a.txt").read_bytes() == NEW["a.txt"]
    (journal,) = target.glob(".broadsheet-journal-*")
    return journal


@on_linux
def test_a_journal_counts_in_its_own_folder_only(tmp_path: Path) -> None:
    """In a copy of the folder, the same journal is not ours: nothing is changed, and the error says what to do."""
    target, copy = tmp_path / "package", tmp_path / "copy"
    half_written(target)
    shutil.copytree(target, copy)
    before = content(copy)
    for use in (refuse_interrupted, recover, lambda folder: replace_files(folder, OLD)):
        with pytest.raises(InputError, match="half-written"):
            use(copy)
    assert content(copy) == before
    replace_files(target, NEW)
    assert content(target) == NEW


@on_linux
@pytest.mark.parametrize("how", ["damaged copy", "copy gone", "linked folder", "linked copy"])
def test_a_tampered_journal_is_an_error(tmp_path: Path, how: str) -> None:
    """What is not as the write left it is not followed: an error, and neither the package nor others change."""
    target, canary = tmp_path / "package", tmp_path / "canary"
    journal = half_written(target)
    replace_folder(canary, {"b.txt": b"precious", "c.txt": b"precious"})
    copy = journal / "old" / "data" / "b.txt"
    match how:
        case "damaged copy":
            copy.write_bytes(b"other")
        case "copy gone":
            copy.unlink()
        case "linked copy":
            copy.unlink()
            copy.symlink_to(canary / "b.txt")
        case "linked folder":
            shutil.rmtree(target / "data")
            (target / "data").symlink_to(canary)
    before = content(target)
    with pytest.raises(InputError):
        recover(target)
    assert content(target) == before
    assert content(canary) == {"b.txt": b"precious", "c.txt": b"precious"}


def test_a_journal_without_a_note_deletes_nothing(tmp_path: Path) -> None:
    """A journal that came with a package, naming files outside, is refused by readers and writers."""
    target, victim = tmp_path / "package", tmp_path / "victim.txt"
    victim.write_text("precious")
    files = {f"{name}/{rest}": data for name in JOURNALS for rest, data in FORGED.items()}
    replace_folder(target, {**OLD, **files})
    before = content(target)
    for use in (refuse_interrupted, recover, lambda folder: replace_files(folder, NEW)):
        with pytest.raises(InputError, match="half-written"):
            use(target)
    assert content(target) == before
    assert victim.read_text() == "precious"


JOURNALS = (".broadsheet-journal", ".broadsheet-journal-" + "0" * 32, "data/.broadsheet-journal")
FORGED = {"held.json": b'{"../victim.txt": false, "a.txt": false}', "old/a.txt": b"forged"}


def test_a_malformed_note_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that is damaged is named, and nothing is deleted for it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    target = tmp_path / "package"
    replace_folder(target, OLD)
    for text in ("{", "[]", '{"token": "../x"}', '{"token": 1, "device": 1, "inode": 1, "name": "..", "files": {}}'):
        note = tmp_path / "state" / "broadsheet" / "writes" / f"{'a' * 32}.json"
        note.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="not a note"):
            replace_folder(target, NEW)
        assert content(target) == OLD


def test_notes_need_a_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others may write notes, none is read or written; a private temporary folder takes their place."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    open_to_all = tmp_path / "state" / "broadsheet" / "writes"
    open_to_all.mkdir(parents=True)
    open_to_all.chmod(0o777)
    note = begin(tmp_path, name="package")
    assert notes_of(tmp_path) == [note]
    assert not list(open_to_all.iterdir())
    end(note)
    assert notes_of(tmp_path) == []


@on_linux
@pytest.mark.parametrize("kind", ["link to a folder", "dangling link", "pipe", "root", "long name", "below a file"])
def test_places_that_are_not_replaced(tmp_path: Path, kind: str) -> None:
    """A link, a pipe, the root folder and names that the system does not take are errors, before anything changes."""
    replace_folder(tmp_path / "victim", OLD)
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    places = {
        "link to a folder": tmp_path / "link",
        "dangling link": tmp_path / "dangling",
        "pipe": tmp_path / "pipe",
        "root": Path("/"),
        "long name": tmp_path / ("x" * 300),
        "below a file": tmp_path / "file" / "package",
    }
    with pytest.raises(InputError):
        replace_folder(places[kind], NEW)
    assert content(tmp_path / "victim") == OLD
    assert {p.name for p in tmp_path.iterdir()} == {"victim", "link", "dangling", "pipe", "file"}


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is synced, renamed and exchanged from now on: event and path."""
    events: list[tuple[str, str]] = []
    sync, rename, replace, swap = os.fsync, os.rename, os.replace, exchange._exchange

    def logged(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(one: Any, other: Any) -> Any:
            events.append((name, str(other)))
            return call(one, other)

        return run

    def synced(handle: int) -> None:
        events.append(("sync", str(Path(f"/proc/self/fd/{handle}").readlink())))
        sync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "rename", logged("move", rename))
    monkeypatch.setattr(os, "replace", logged("move", replace))
    monkeypatch.setattr(exchange, "_exchange", logged("exchange", swap))
    return events


@on_linux
def test_a_folder_is_durable_before_it_is_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file and folder of the new state is synced before the exchange, and the parent after it."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    events = recorded(monkeypatch)
    replace_folder(target, NEW)
    at = events.index(("exchange", str(target)))
    before = {path.partition("/package")[2] for event, path in events[:at] if event == "sync" and "new-" in path}
    assert before >= {"", "/data", *(f"/{path}" for path in NEW)}
    assert ("sync", str(tmp_path)) in events[at:]


@on_linux
def test_a_file_is_durable_before_it_is_placed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single file is synced by the time it takes its name, whoever wrote it."""
    events = recorded(monkeypatch)
    with exchange.placed(tmp_path / "a.db") as new:
        new.write_bytes(b"new")
    at = events.index(("move", str(tmp_path / "a.db")))
    assert any(event == "sync" and path.endswith("/a.db") for event, path in events[:at])
    assert ("sync", str(tmp_path)) in events[at:]


@on_linux
def test_files_are_durable_before_they_are_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The note, then drafts and copies, then the journal's name, then the moves are synced, each before the next."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    events = recorded(monkeypatch)
    replace_files(target, NEW)
    moves = [n for n, (event, path) in enumerate(events) if event == "move" and path in {f"{target}/{p}" for p in NEW}]
    named = next(n for n, (event, path) in enumerate(events) if event == "move" and "-journal-" in path)
    closed = next(n for n, (event, path) in enumerate(events) if event == "move" and "-draft-" in path)
    noted = next(n for n, (event, path) in enumerate(events) if event == "move" and path.endswith(".json"))
    assert noted < named < min(moves) < max(moves) < closed
    place = Path(events[noted][1])
    assert ("sync", str(place.with_name(f".{place.stem}"))) in events[:noted]
    assert events[noted + 1] == ("sync", str(Path(events[noted][1]).parent))
    drafted = {path.partition("/new/")[2] or path.partition("/old/")[2] for _, path in events[noted + 1 : named]}
    assert drafted >= {*NEW}
    assert ("sync", str(target)) in events[named : min(moves)]
    assert {("sync", str(target)), ("sync", str(target / "data"))} <= {*events[max(moves) : closed]}
    # Before the note is deleted, it is durable that the write was finished.
    assert ("sync", str(target)) in events[closed:]


@on_linux
def test_what_is_put_back_is_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is synced before it is put back, and its folder before the journal is renamed away."""
    target = tmp_path / "package"
    half_written(target)
    events = recorded(monkeypatch)
    recover(target)
    moved = [n for n, (event, path) in enumerate(events) if event == "move" and path in {f"{target}/{p}" for p in OLD}]
    closed = next(n for n, (event, path) in enumerate(events) if event == "move" and "-draft-" in path)
    assert len(moved) == len(OLD)
    for n in moved:
        assert events[n - 1][0] == "sync"
        assert events[n - 1][1].endswith("/again")
    assert {("sync", str(target)), ("sync", str(target / "data"))} <= {*events[max(moved) : closed]}
    assert ("sync", str(target)) in events[closed:]
    assert content(target) == OLD


@on_linux
def test_a_reader_always_finds_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one folder is exchanged with another, and after each step of it, the name leads to a whole folder."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    seen: list[dict[str, bytes]] = []

    def looked(call: Callable[..., None], *paths: Any) -> None:
        call(*paths)
        seen.append(content(target))

    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, partial(looked, getattr(os, name)))
    replace_folder(target, NEW)
    assert all(state in (OLD, NEW) for state in seen)
    monkeypatch.undo()
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    versions: set[bytes | None] = set()
    while not {b"0", b"1"} <= versions:  # however slow the machine is, the writer goes on until it is killed
        versions.add((target / "0.txt").read_bytes()[:1] if (target / "0.txt").exists() else None)
        assert target.is_dir()
        assert process.poll() is None
    process.kill()
    process.communicate()


WRITES = """
import sys
from pathlib import Path
from broadsheet.publishing import exchange
write, target = getattr(exchange, sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
write(target, {"a.txt": b"second"})
print("done", flush=True)
"""


@on_linux
@pytest.mark.parametrize("write", ["replace_folder", "replace_files"])
def test_one_writer_at_a_time(tmp_path: Path, write: str) -> None:
    """A second process waits until the first has put its files in place, and then replaces them."""
    target = tmp_path / "package"
    replace_folder(target, {"a.txt": b"first"})
    with exchange._locked(tmp_path if write == "replace_folder" else target):
        process = subprocess.Popen([sys.executable, "-c", WRITES, write, str(target)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert select.select([process.stdout], [], [], 0.7)[0] == []
        assert content(target) == {"a.txt": b"first"}
    assert process.communicate()[0] == b"done\n"
    assert content(target) == {"a.txt": b"second"}


def test_each_write_takes_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While files are written, another process could not take the lock of the folder."""
    fcntl = pytest.importorskip("fcntl")
    held: list[bool] = []

    def taken(folder: Path) -> bool:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    write, target = exchange._write, tmp_path / "package"
    folder = tmp_path

    def written(path: Path, data: bytes) -> None:
        held.append(taken(folder))
        write(path, data)

    monkeypatch.setattr(exchange, "_write", written)
    replace_folder(target, OLD)
    folder = target
    replace_files(target, NEW)
    assert held == [True] * len(held)
    assert len(held) > len(OLD)
    assert not taken(tmp_path)
    assert not taken(target)


@on_linux
def test_a_reader_waits_for_a_writer_that_is_alive(tmp_path: Path) -> None:
    """A journal whose writer holds the lock is not an interrupted write: the reader waits for its end."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    journal = target / ".broadsheet-journal-x"
    journal.mkdir()
    with exchange._locked(target):
        threading.Timer(0.3, journal.rmdir).start()
        began = time.monotonic()
        release = threading.Timer(0.5, lambda: None)
        release.start()
        waiting = threading.Thread(target=lambda: refuse_interrupted(target))
        waiting.start()
        release.join()
        assert waiting.is_alive()
    waiting.join(5)
    assert not waiting.is_alive()
    assert time.monotonic() - began < 5


@on_linux
def test_a_writer_waits_for_the_lock(tmp_path: Path) -> None:
    """A writer in the same process waits too, and writes once the lock is free."""
    target = tmp_path / "package"
    replace_folder(target, OLD)
    with exchange._locked(target):
        writer = threading.Thread(target=lambda: replace_files(target, NEW), daemon=True)
        writer.start()
        writer.join(0.3)
        assert writer.is_alive()
        assert content(target) == OLD
    writer.join(10)
    assert content(target) == NEW


@on_linux
def test_locks_leave_no_open_files(tmp_path: Path) -> None:
    """A process that writes many packages does not run out of open files."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        replace_folder(tmp_path / "package", NEW)
        replace_files(tmp_path / "package", OLD)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@on_linux
def test_a_forked_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    """A process that was forked during a write, and lives on, does not keep others from writing."""
    with exchange._locked(tmp_path):
        child = os.fork()
        if child == 0:
            time.sleep(60)
            os._exit(0)
    try:
        with exchange._locked(tmp_path, wait=False):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@on_linux
def test_a_reader_does_not_wait_forever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that keeps the lock longer than a reader is patient leaves it with an error."""
    monkeypatch.setattr(exchange, "_PATIENCE", 0.1)
    target = tmp_path / "package"
    replace_folder(target, OLD)
    (target / ".broadsheet-journal-x").mkdir()
    caught: list[InputError] = []

    def reads() -> None:
        try:
            refuse_interrupted(target)
        except InputError as error:
            caught.append(error)

    with exchange._locked(target):
        reader = threading.Thread(target=reads, daemon=True)
        reader.start()
        reader.join(10)
        assert caught


KILLED = """
import sys
from pathlib import Path
from broadsheet.publishing.exchange import replace_folder
target, files = Path(sys.argv[1]), [{f"{i}.txt": bytes([48 + n]) * 20_000 for i in range(40)} for n in range(2)]
print("ready", flush=True)
while True:
    for new in files:
        replace_folder(target, new)
"""


@on_linux
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
