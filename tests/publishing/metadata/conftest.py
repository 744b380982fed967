"""Two packages whose metadata the public validators read: the published dataset, and a small one of our own words."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import world

from broadsheet.publishing import PackageInfo, read_package, write_package
from broadsheet.publishing.package import DESCRIPTOR
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the published tables; `tests/test_dataset.py` says that the repository's root holds the same."""
    said = json.loads((ROOT / DESCRIPTOR).read_text(encoding="utf-8"))
    info = PackageInfo(said["name"], said["version"], date.fromisoformat(said["created"][:10]))
    return write_package(read_package(ROOT), tmp_path_factory.mktemp("published") / "package", info).parent


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a small article of our own, with a row in every table."""
    return write_package(world(), tmp_path_factory.mktemp("small") / "package", PackageInfo(version="1.2.0")).parent


@pytest.fixture(scope="session", params=["published", "small"])
def package(request: pytest.FixtureRequest) -> Path:
    """Each of the two; only read."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def descriptor(package: Path) -> dict[str, Any]:
    """What the package's `datapackage.json` says."""
    content: dict[str, Any] = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    return content
