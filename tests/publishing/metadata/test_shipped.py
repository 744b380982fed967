"""The wheel carries the published package whole, so that an installed one can be validated."""

from __future__ import annotations

import tomllib

from quality.validation.conftest import world

from broadsheet.publishing import PackageInfo
from broadsheet.publishing.package import package_files
from conftest import ROOT


def test_the_wheel_carries_every_file_that_the_root_has() -> None:
    """Each file or folder of a package at the repository's root is included by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    names = {path.split("/")[0] for path in package_files(world(), PackageInfo())}
    assert {name for name in names if (ROOT / name).exists()} <= set(included)
