"""`CITATION.cff`, checked by `cffconvert --validate`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing.metadata import citation_cff
from broadsheet.publishing.package import DESCRIPTOR
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

PINS = Path(__file__).with_name("cffconvert.txt")


@pytest.fixture(scope="session")
def cffconvert(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], str]:
    """Runs it on a file: "" if valid, else what it says. Its environment is made once and kept in pytest's cache."""
    cache = getattr(request.config, "cache", None)
    name = f"cffconvert-{sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()[:16]}"
    folder = Path(cache.mkdir(name)) if cache is not None else tmp_path_factory.mktemp(name)
    scripts = folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin")
    made = folder / "made"
    if not made.exists():
        uv = [sys.executable, "-m", "uv"]
        create = [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder / "environment")]
        subprocess.run(create, check=True, cwd=folder)
        install = [
            *uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            str(scripts / "python"),
            "--no-deps",
            "--requirement",
            str(PINS),
        ]
        subprocess.run(install, check=True, cwd=folder)
        made.touch()

    def run(path: Path) -> str:
        command = [str(scripts / "cffconvert"), "--validate", "--infile", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    return run


def test_the_published_file_is_valid(cffconvert: Callable[[Path], str]) -> None:
    """That of the repository's root."""
    assert cffconvert(ROOT / "CITATION.cff") == ""


def test_what_is_derived_is_valid(cffconvert: Callable[[Path], str], small: Path, tmp_path: Path) -> None:
    """That of a package of our own; a person has given and family name, a body one name."""
    descriptor: dict[str, Any] = json.loads((small / DESCRIPTOR).read_text(encoding="utf-8"))
    path = tmp_path / "CITATION.cff"
    path.write_text(citation_cff(descriptor), encoding="utf-8")
    assert cffconvert(path) == ""
    person = (
        '  - given-names: "Ada"\n    family-names: "Lovelace"\n    orcid: "https://orcid.org/0000-0002-1825-0097"\n'
    )
    assert person in path.read_text(encoding="utf-8")
    by_name = {"title": "Ada Lovelace", "path": "https://orcid.org/0000-0002-1825-0097"}
    path.write_text(citation_cff({**descriptor, "contributors": [by_name]}), encoding="utf-8")
    assert cffconvert(path) == ""
    unlicensed = {key: value for key, value in descriptor.items() if key != "licenses"}
    path.write_text(citation_cff(unlicensed), encoding="utf-8")
    assert cffconvert(path) == ""
    parties = [{"givenName": "Nguyễn", "familyName": "Lan"}, {"title": 'Desk: "A"'}, {"familyName": "Quispe"}]
    text = citation_cff({**descriptor, "contributors": parties, "licenses": [{"name": "MIT"}, {"name": "CC0-1.0"}]})
    path.write_text(text, encoding="utf-8")
    assert cffconvert(path) == ""
    assert "license:\n  - MIT\n  - CC0-1.0\n" in text
    assert '  - given-names: "Nguyễn"\n    family-names: "Lan"\n  - name: "Desk: \\"A\\""\n' in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"^license: .*$", "license: My-Own-1.0"),
        (r"^date-released: .*$", 'date-released: "some day"'),
    ],
    ids=["licence", "day"],
)
def test_the_validator_finds_faults(cffconvert: Callable[[Path], str], tmp_path: Path, old: str, new: str) -> None:
    """It does look."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    path = tmp_path / "CITATION.cff"
    path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert cffconvert(path)


def test_it_tells_the_version_and_day_of_the_descriptor() -> None:
    """At the repository's root; there is no `.zenodo.json`, for which an archive would leave the citation aside."""
    described = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8"))
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = dict(re.findall(r'^(version|date-released): "?([^"\n]+)"?$', text, re.MULTILINE))
    assert found == {"version": described["version"], "date-released": described["created"][:10]}
    assert not (ROOT / ".zenodo.json").exists()
