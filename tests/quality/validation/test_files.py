"""Files of a package that may come from anyone, and where two JSON values differ."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from broadsheet.quality.validation.files import UnreadableError, differences, hash_inside, parse_json, read_inside

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("expected", "found", "where"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("/a", 1, 2)]),
        ({"a": 1}, {}, [("/a", 1, None)]),
        ({}, {"a": 1}, [("/a", None, 1)]),
        ({"a": {"b/c": {"d~e": 1}}}, {"a": {"b/c": {"d~e": 2}}}, [("/a/b~1c/d~0e", 1, 2)]),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, [("/a/1/b", 2, 3)]),
        ({"a": [1, 2]}, {"a": [1]}, [("/a", [1, 2], [1])]),
        (1, 1.0, [("", 1, 1.0)]),
        (1, True, [("", 1, True)]),
        ({"a": 1, "b": 2}, {"b": 3, "c": 4, "a": 0}, [("/a", 1, 0), ("/b", 2, 3), ("/c", None, 4)]),
    ],
)
def test_differences(expected: object, found: object, where: list[tuple[str, object, object]]) -> None:
    """Each place is named by its JSON pointer, with both values, in the order of what was expected."""
    assert differences(expected, found) == where


def test_regular_files_are_read(tmp_path: Path) -> None:
    """A file below the folder is read and hashed, the folder itself may be a link."""
    (tmp_path / "package" / "data").mkdir(parents=True)
    (tmp_path / "package" / "data" / "a.csv").write_bytes(b"a\n" * 1000)
    (tmp_path / "link").symlink_to(tmp_path / "package")
    for folder in ("package", "link"):
        assert read_inside(tmp_path / folder, "data/a.csv") == b"a\n" * 1000
        assert read_inside(tmp_path / folder, "data/a.csv", 2000) == b"a\n" * 1000
        digest = hashlib.sha256(b"a\n" * 1000).hexdigest()
        assert hash_inside(tmp_path / folder, "data/a.csv") == f"sha256:{digest}"
    with pytest.raises(UnreadableError, match=r"2,000 bytes.*1,999"):
        read_inside(tmp_path / "package", "data/a.csv", 1999)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "link", "below a file", "below a link"])
def test_what_is_no_regular_file(tmp_path: Path, kind: str) -> None:
    """The error says what it is, and nothing is opened."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "a")
    (tmp_path / "linked").symlink_to(tmp_path / "folder")
    paths = {"below a file": "folder/a/b", "below a link": "linked/a"}
    said = {"missing": "missing", "below a file": "cannot be read: not a directory"}
    said |= dict.fromkeys(("link", "below a link"), "link")
    for read in (read_inside, hash_inside):
        with pytest.raises(UnreadableError, match=said.get(kind, "no regular file")):
            read(tmp_path, paths.get(kind, kind))


def test_a_file_that_changes_while_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that becomes a folder or grows beyond the limit between the look and the opening is refused."""
    place, opened = tmp_path / "a.csv", os.open

    def growing(path: Path, flags: int) -> int:
        path.write_bytes(b"x" * 20)
        return opened(path, flags)

    def exchanged(path: Path, flags: int) -> int:
        path.unlink()
        path.mkdir()
        return opened(path, flags)

    for change in (growing, exchanged):
        place.write_bytes(b"x")
        monkeypatch.setattr(os, "open", change)
        with pytest.raises(UnreadableError, match=r"exchanged|cannot be read"):
            read_inside(tmp_path, "a.csv", 10)
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff", "UTF-8 at byte 0"), (b"[" * 100_000, "nested"), (b'{"a": 1, "a": 2}', "twice"), (b"{", "JSON")],
)
def test_json_that_is_none(content: bytes, said: str) -> None:
    """The error says why it cannot be used."""
    with pytest.raises(UnreadableError, match=said):
        parse_json(content)
