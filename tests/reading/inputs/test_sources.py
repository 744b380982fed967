"""What a user names becomes the files that are read: once each, in a fixed order."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import InputOptions, Reject, Unit, units
from broadsheet.reading.metadata import Metadata

FILES = (
    "b.txt",
    "a.txt",
    "a.toml",
    ".hidden.txt",
    "sub/c.html",
    "sub/.git/x.txt",
    "sub/deep/d.jsonl.gz",
    "sub-2/e.txt",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, which is the current one's child `site`."""
    for name in FILES:
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "site"


def names(*sources: str | Path) -> list[str]:
    """The names of the units; fails where there is a reject."""
    found = list(units(sources, InputOptions()))
    assert all(isinstance(each, Unit) for each in found)
    return [each.name for each in found if isinstance(each, Unit)]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["site"], ["site/a.txt", "site/b.txt", "site/sub/c.html", "site/sub/deep/d.jsonl.gz", "site/sub-2/e.txt"]),
        ([Path("site/sub")], ["site/sub/c.html", "site/sub/deep/d.jsonl.gz"]),
        (["site/b.txt", "site/a.txt"], ["site/b.txt", "site/a.txt"]),
        (["site/.hidden.txt"], ["site/.hidden.txt"]),
        (["site/*.txt"], ["site/a.txt", "site/b.txt"]),
        (["site/**/*.txt"], ["site/a.txt", "site/b.txt", "site/sub-2/e.txt"]),
        (["site/b.txt", "site", "./site/a.txt"], ["site/b.txt", "site/a.txt", "site/sub/c.html"]),
        (["-"], ["-"]),
    ],
    ids=["folder", "path of a folder", "as named", "hidden, named", "pattern", "recursive pattern", "twice", "stdin"],
)
def test_files_in_their_order(sources: list[str | Path], expected: list[str]) -> None:
    """Files come as named, those of a folder or a pattern by name, without sidecars and hidden ones, each once."""
    assert names(*sources)[: len(expected)] == expected
    if "site/b.txt" not in sources:
        assert len(names(*sources)) == len(expected)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("source", "place", "problem"),
    [
        ("nowhere.txt", "nowhere.txt", "no such file"),
        ("site/*.pdf", "site/*.pdf", "no file matches the pattern"),
        ("site/a.toml", "site/a.toml", "is a sidecar"),
        ("site/sub/.git/objects", "site/sub/.git/objects", "no such file"),
        ("", "''", "is not the name of a file"),
        ("a\0b", "'a\\x00b'", "is not the name of a file"),
    ],
)
def test_what_is_named_must_be_there(source: str, place: str, problem: str) -> None:
    """A source that is not there ends the command before anything is read."""
    with pytest.raises(InputError) as caught:
        list(units([source], InputOptions()))
    assert (caught.value.place, caught.value.problem) == (place, problem)


def test_folder_without_files(tmp_path: Path) -> None:
    """A folder that holds nothing to read is a slip of the user's."""
    (tmp_path / "a.toml").write_text("")
    with pytest.raises(InputError, match="a folder without a file to read"):
        list(units([tmp_path], InputOptions()))


def test_broken_link_in_a_folder(folder: Path) -> None:
    """A link that leads nowhere is a reject where it was found, and an error where it was named."""
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (reject,) = [each for each in units(["site"], InputOptions()) if isinstance(each, Reject)]
    assert (reject.place, reject.problem) == ("site/gone.txt", "cannot be read (no such file or directory)")
    with pytest.raises(InputError):
        list(units(["site/gone.txt"], InputOptions()))


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    """A walk ends where a link leads back up."""
    (folder / "sub" / "up").symlink_to(folder)
    assert len(names("site")) == 5


def test_pipe_in_a_folder(folder: Path) -> None:
    """What is no ordinary file is never opened: reading a pipe that nobody writes would not end."""
    os.mkfifo(folder / "pipe.txt")
    rejects = [each for each in units(["site"], InputOptions()) if isinstance(each, Reject)]
    (reject,) = rejects
    assert (reject.place, reject.problem) == ("site/pipe.txt", "is a pipe, a device or a socket, not a file")


@pytest.mark.usefixtures("folder")
def test_listing_is_lazy() -> None:
    """The first files come before the rest is looked for, so that a large tree costs no wait and no memory."""
    first = islice(units(["site", "nowhere"], InputOptions()), 5)
    assert len(list(first)) == 5


@pytest.mark.usefixtures("folder")
def test_title_for_several_files() -> None:
    """A title, which belongs to one article, is refused for several files."""
    with pytest.raises(InputError, match="is given for several files") as caught:
        list(units(["site"], InputOptions(metadata=Metadata(title="Ferries"))))
    assert caught.value.place == "title"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"columns": {"headline": "h"}}, "'headline' is not a role of columns"),
        ({"format": "docx"}, "'docx' is not supported"),
        ({"encoding": "utf-9"}, "'utf-9' is not a known text encoding"),
        ({"encoding": "rot13"}, "'rot13' is not a known text encoding"),
    ],
)
def test_options_are_checked(arguments: dict[str, object], message: str) -> None:
    """An option that cannot be meant is told at once."""
    with pytest.raises(InputError, match=message):
        InputOptions(**arguments)  # type: ignore[arg-type]
