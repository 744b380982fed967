"""The same article gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def build(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Builds the sample in a folder of its own; path to SHA-256 of every file."""
    folder.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "broadsheet", "build", "--quiet", "--out", "package"],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
    )
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample's package, built in this environment."""
    return build(tmp_path_factory.mktemp("plain") / "a", {})


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "America/Adak"},
        {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "20"},
    ],
    ids=["hash seed and time zone", "locale", "plain C locale and a narrow terminal"],
)
def test_same_bytes_elsewhere(plain: dict[str, str], tmp_path: Path, environment: dict[str, str]) -> None:
    """Neither folder, time zone, locale, terminal nor hash seed shows in a file."""
    assert build(tmp_path / "another folder" / "ü", environment) == plain
