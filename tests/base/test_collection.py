"""Garbage collection is as it was, whatever happens while it waits."""

from __future__ import annotations

import gc

import pytest

from broadsheet.base.collection import no_collection


@no_collection()
def _fail() -> None:
    with no_collection():
        raise ValueError(f"collecting: {gc.isenabled()}")


@pytest.mark.parametrize("enabled", [True, False])
def test_collection_is_as_it_was(enabled: bool) -> None:
    """Also after an error, and where one pause is inside another."""
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with pytest.raises(ValueError, match="collecting: False"):
            _fail()
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
