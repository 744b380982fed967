"""Packages whose metadata the public validators read: the published dataset, and small ones of our own words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import world

from broadsheet.publishing import PackageInfo, read_package, write_package
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.reading.credits import check_creators, check_license
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

CREATORS = check_creators(["Lovelace, Ada (https://orcid.org/0000-0002-1825-0097)", "The Harbour Desk"], "")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the published tables; `tests/test_dataset.py` says that the repository's root holds the same."""
    described = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("published") / "package"
    return write_package(read_package(ROOT), folder, PackageInfo.of(described)).parent


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a small article of our own, with a row in every table, two creators and a licence."""
    info = PackageInfo(version="1.2.0", creators=CREATORS, license=check_license("CC-BY-4.0", ""))
    return write_package(world(), tmp_path_factory.mktemp("small") / "package", info).parent


@pytest.fixture(scope="session")
def anonymous(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without creator and licence."""
    return write_package(world(), tmp_path_factory.mktemp("anonymous") / "package").parent


@pytest.fixture(scope="session", params=["published", "small", "anonymous"])
def package(request: pytest.FixtureRequest) -> Path:
    """Each of them; only read."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def descriptor(package: Path) -> dict[str, Any]:
    """What the package's `datapackage.json` says."""
    content: dict[str, Any] = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    return content
