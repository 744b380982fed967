"""What is derived from the schemas, and what repeats a version, is fresh."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import broadsheet
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping


def derived() -> Mapping[str, bytes]:
    """Path to content of every derived file, as `tools/derive.py` makes them."""
    spec = importlib.util.spec_from_file_location("derive", ROOT / "tools" / "derive.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Mapping[str, bytes] = module.derived()
    return made


@pytest.mark.parametrize("path", sorted(derived()))
def test_derived_files_are_fresh(path: str) -> None:
    """A derived file in the repository is what the schemas give today; `python3 dev.py derive` mends it."""
    assert (ROOT / path).read_bytes() == derived()[path]


def test_nothing_else_in_validation() -> None:
    """`validation/` holds suites as JSON and nothing else."""
    assert {p.suffix for p in (ROOT / "validation").rglob("*") if p.is_file()} == {".json"}


def test_public_names() -> None:
    """Every public name can be imported, and the documented ones are there."""
    for name in broadsheet.__all__:
        assert getattr(broadsheet, name) is not None
    assert {"read", "extract", "load", "read_package", "Article", "Tables", "Report"} <= set(broadsheet.__all__)


def test_functions_are_not_hidden_by_folders() -> None:
    """`broadsheet.read` and `broadsheet.extract` stay functions, whatever was imported from the folders before."""
    code = "import broadsheet.extraction.pipeline, broadsheet.reading.article; import broadsheet as b; "
    code += "b.read; b.extract; import broadsheet.extraction.corpus; assert callable(b.extract) and callable(b.read)"
    subprocess.run([sys.executable, "-c", code], check=True)
