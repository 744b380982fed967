"""One limit on the length of an article, in every format and at every entry."""

from __future__ import annotations

import os
import tarfile
from typing import TYPE_CHECKING

import pytest
from reading.inputs import over_limit, samples

from broadsheet import InputError, extract, find_amounts, find_dates
from broadsheet.cli import main
from broadsheet.reading import read
from broadsheet.reading.inputs import Found, InputOptions, Limits, Reject, Unit, archives, read_unit, reading, units

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 2_000


@pytest.mark.parametrize("name", over_limit.FORMATS)
def test_one_limit_for_all_formats(name: str, tmp_path: Path) -> None:
    """Over the limit, the reject names place, size, limit and option; below, it is an article."""
    path = tmp_path / name
    for size in (LIMIT + 50, 4 * LIMIT):
        path.write_bytes(over_limit.FORMATS[name](over_limit.body(size)))
        assert over_limit.limit_fault(path, LIMIT) is None
    path.write_bytes(over_limit.FORMATS[name](over_limit.body(LIMIT // 2)))
    assert isinstance(next(read_unit(Unit(name, path), InputOptions(limits=Limits.of(LIMIT)))), Found)


def test_limit_of_the_functions(tmp_path: Path) -> None:
    """The functions of the package have the same limit, and the argument that raises it."""
    text = over_limit.body(LIMIT + 100)
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    long = read(text)
    for refused in (
        lambda: read(text, max_characters=LIMIT),
        lambda: read(path, max_characters=LIMIT),
        lambda: read(long, max_characters=LIMIT),
        lambda: extract(text=text, max_characters=LIMIT),
        lambda: find_dates(text, max_characters=LIMIT),
        lambda: find_amounts(text, max_characters=LIMIT),
    ):
        with pytest.raises(InputError, match=r"over the limit of 2,000 .*--max-characters"):
            refused()
    assert read(path, max_characters=LIMIT + 200).n_characters > LIMIT
    with pytest.raises(InputError, match="is not a whole number above 0"):
        read(text, max_characters=0)


def test_named_files_are_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A named file of plain text that is too long ends the build with exit code 2, before it is read whole."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    out = ["--out", str(tmp_path / "package"), "--quiet"]
    assert main(["build", str(path), *out]) == 2
    assert "a.txt: is 1,099,511,627,776 bytes long, over the limit of 100,000 characters" in capsys.readouterr().err
    path.write_text(over_limit.body(LIMIT), encoding="utf-8")
    assert main(["build", str(path), *out, "--max-characters", "1000"]) == 2
    assert "over the limit of 1,000" in capsys.readouterr().err


def test_special_files_are_refused(tmp_path: Path) -> None:
    """Pipes, devices and sockets, named or found, are refused at once and not waited for."""
    for kind, path in over_limit.special_files(tmp_path).items():
        with pytest.raises(InputError, match=r"is a pipe, a device or a socket|cannot be read"):
            read(path)
        found = [r for u in units([path], InputOptions()) for r in read_unit(u, InputOptions())]  # type: ignore[arg-type]
        assert len(found) == 1, kind
        assert isinstance(found[0], Reject), kind
    in_folder = list(units([tmp_path], InputOptions()))
    assert len(in_folder) == 3
    assert all(isinstance(unit, Reject) for unit in in_folder)


def test_sidecars_that_are_no_files(tmp_path: Path) -> None:
    """A sidecar that is a pipe is refused, and so is one that is too long."""
    article = tmp_path / "a.txt"
    article.write_text(over_limit.body(500), encoding="utf-8")
    sidecar = article.with_suffix(".toml")
    sidecar.write_text("#" * (1 << 17), encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.toml: is 131,072 bytes long"):
        read(article)
    sidecar.unlink()
    os.mkfifo(sidecar)
    with pytest.raises(InputError, match=r"a\.toml: is a pipe"):
        read(article)


def test_directory_of_an_archive_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ZIP archive whose list of members would fill the memory is a reject."""
    monkeypatch.setattr(archives, "_LONGEST_DIRECTORY", 1_000)
    path = tmp_path / "a.zip"
    path.write_bytes(samples.zipped({f"{number}.txt": b"x" for number in range(100)}))
    (found,) = read_unit(Unit("a.zip", path), InputOptions())
    assert isinstance(found, Reject)
    assert "over the limit of 1,000" in found.problem


def test_sparse_members_are_refused(tmp_path: Path) -> None:
    """A member of holes costs no bytes and unpacks to any number."""
    member = tarfile.TarInfo("a.jsonl")
    member.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[386:410] = b"00000000000\0" * 2
    header[483:495] = b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header[:512]):06o}\0 ".encode()
    (tmp_path / "a.tar").write_bytes(bytes(header) + b"\0" * 1_024)
    (found,) = read_unit(Unit("a.tar", tmp_path / "a.tar"), InputOptions())
    assert isinstance(found, Reject)
    assert found.problem == "is a sparse file"


def test_a_file_of_nothing_but_rejects_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of what is wrong with a file is bounded too."""
    monkeypatch.setattr(reading, "_MOST_REJECTS", 10)
    (tmp_path / "a.json").write_text(f"[{'0,' * 100}0]", encoding="utf-8")
    found = list(read_unit(Unit("a.json", tmp_path / "a.json"), InputOptions()))
    assert len(found) == 11
    assert isinstance(found[-1], Reject)
    assert "the rest is not read" in found[-1].problem


def test_memory_of_one_large_text(tmp_path: Path) -> None:
    """64 MB of one paragraph are refused in the memory that the libraries take."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(over_limit.FORMATS["a.jsonl"](over_limit.body(64 << 20).replace("\n\n", " ")))
    peak, fault = over_limit.read_in_child(path, 100_000, 1_500, 60)
    assert fault is None
    assert peak < 300
