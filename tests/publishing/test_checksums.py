"""The list of files in the descriptor, and the hash of a package."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from quality.validation.conftest import world

import broadsheet
from broadsheet.base.errors import InputError
from broadsheet.publishing import write_package, write_partitioned
from broadsheet.publishing.checksums import parse_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOG = {"run/summary.json": b"{}\n", "run/rejects.csv": b"place,problem,fix\n"}


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_package(world(), folder, more=LOG),
        lambda folder: write_partitioned(world(), folder, parts=4, csv=True),
    ],
    ids=["one file a table", "partitioned"],
)
def test_every_file_is_listed(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    """The list names all files but the descriptor itself, each with the SHA-256 that `sha256sum` gives."""
    folder = write(tmp_path / "package").parent
    listed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["broadsheet"]["files"]
    there = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    del there["datapackage.json"]
    assert listed == {path: f"sha256:{sha256(data).hexdigest()}" for path, data in there.items()}
    assert list(listed) == sorted(listed)


def test_the_hash_of_a_package(tmp_path: Path) -> None:
    """It is that of the descriptor, and another package of the same rows has the same."""
    one, other = (write_package(world(), tmp_path / name) for name in ("one", "other"))
    assert broadsheet.package_hash(one.parent) == sha256(one.read_bytes()).hexdigest()
    assert broadsheet.package_hash(one.parent) == broadsheet.package_hash(other.parent)
    with pytest.raises(InputError, match=r"datapackage\.json"):
        broadsheet.package_hash(tmp_path)


def test_hashes_that_a_user_gives() -> None:
    """Digits of either case, with or without the name of the algorithm; nothing else."""
    digits = "0123456789abcdef" * 4
    assert parse_hash(f"sha256:{digits}", "x") == parse_hash(f" {digits.upper()} ", "x") == digits
    for wrong in ("", "abc", digits[:-1], f"{digits}0", f"md5:{digits}", digits.replace("a", "g"), "٠" * 64):
        with pytest.raises(InputError, match="SHA-256"):
            parse_hash(wrong, "x")
