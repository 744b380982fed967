"""One limit on the length of an article, in every format and at every entry."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from read.inputs import over_limit

from broadsheet import InputError, extract, find_amounts, find_dates, read
from broadsheet.cli import main
from broadsheet.read.inputs import Found, InputOptions, Limits, Reject, Unit, read_unit, units

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
        lambda: extract(text, max_characters=LIMIT),
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


def test_memory_of_one_large_text(tmp_path: Path) -> None:
    """64 MB of one paragraph are refused in the memory that the libraries take."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(over_limit.FORMATS["a.jsonl"](over_limit.body(64 << 20).replace("\n\n", " ")))
    peak, fault = over_limit.read_in_child(path, 100_000, 1_500, 60)
    assert fault is None
    assert peak < 300
