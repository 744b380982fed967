"""The wheel and the source distribution, built, and installed into an empty environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipFile

import needs
import pytest

import broadsheet
from broadsheet.tables.schema import TABLES
from broadsheet.views.page.document import own_script, own_style
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CODE = """\
import sys
from pathlib import Path
import broadsheet
assert Path(broadsheet.__file__).is_relative_to(sys.argv[1]), broadsheet.__file__
quotes = broadsheet.load("quotes")
print(len(quotes), quotes.text.iloc[0], broadsheet.load("quotes", wide=True).shape[1], *broadsheet.load())
"""


def build(folder: Path, out: Path, target: str) -> Path:
    """Builds a wheel or sdist of a folder with the backend of this environment."""
    needs.module("hatchling")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)], cwd=folder, check=True)
    (path,) = (entry for entry in out.iterdir() if entry.suffix in (".whl", ".gz"))
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


def test_the_wheel_has_the_compiled_loops_where_there_is_a_compiler(wheel: Path) -> None:
    """And is then one for this system alone."""
    with ZipFile(wheel) as archive:
        compiled = [name for name in archive.namelist() if PurePosixPath(name).name.startswith("loops-")]
    assert bool(compiled) == (shutil.which("cc") is not None)
    assert wheel.name.endswith("-any.whl") == (not compiled)


def test_installed_into_an_empty_environment_it_gives_the_dataset(wheel: Path, tmp_path: Path) -> None:
    """The published table, a citation and a page, in an empty folder and without the checkout."""
    needs.module("uv")
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty" / "bin" / "python"
    install = [sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--quiet"]
    subprocess.run([*install, "--python", str(python), str(wheel)], check=True)
    # The libraries that it needs are those of this environment; an editable install of the checkout is not among them.
    (site,) = (tmp_path / "empty" / "lib").glob("python*/site-packages")
    seen = [entry for entry in sys.path if entry.endswith("site-packages")] or [sysconfig.get_path("purelib")]
    (site / "libraries.pth").write_text("\n".join(seen) + "\n", encoding="utf-8")
    (tmp_path / "nowhere").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(python), "-c", CODE, str(tmp_path)],
        cwd=tmp_path / "nowhere",
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    quotes = broadsheet.load("quotes")
    wide = broadsheet.load("quotes", wide=True)
    assert done.stdout == f"{len(quotes)} {quotes.text.iloc[0]} {wide.shape[1]} {' '.join(TABLES)}\n"
    command = str(tmp_path / "empty" / "bin" / "broadsheet")
    page = ["page", str(site / "broadsheet" / "_shipped"), "--out", "page.html"]
    said = [
        subprocess.run(
            [command, *words], cwd=tmp_path / "nowhere", env=environment, check=True, capture_output=True, text=True
        ).stdout
        for words in (["cite"], page)
    ]
    assert "SHA-256 of datapackage.json" in said[0]
    written = (tmp_path / "nowhere" / "page.html").read_text(encoding="utf-8")
    assert own_script() in written
    assert own_style() in written


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """Nothing that the wheel needs is missing from it."""
    with tarfile.open(build(ROOT, tmp_path / "sdist", "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (folder,) = (tmp_path / "source").iterdir()
    again = build(folder, tmp_path / "again", "wheel")
    with ZipFile(wheel) as one, ZipFile(again) as other:
        assert {n: one.read(n) for n in one.namelist()} == {n: other.read(n) for n in other.namelist()}
