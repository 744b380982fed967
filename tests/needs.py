"""Programs that tests use but the package does not include: present in CI, perhaps not elsewhere."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest


def missing(what: str) -> None:
    """Skips the test, or fails it in CI, where everything is installed."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed; .ci/run should have done it")
    pytest.skip(f"{what} is not installed")


def module(name: str) -> Any:
    """Imports a module, or skips the test."""
    try:
        return import_module(name)
    except ImportError:
        return missing(f"the Python package {name}")


def program(name: str, *places: str) -> str:
    """The path of a program, on the PATH or by one of the patterns; the last of several versions."""
    found = [str(path / name) for place in places for path in sorted(Path("/").glob(place)) if (path / name).is_file()]
    path = found[-1] if found else shutil.which(name)
    if path is None:
        missing(name)
    return str(path)
