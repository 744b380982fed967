"""A small world to score."""

from __future__ import annotations

import pytest
from quality.evaluation.world import World, faultless


@pytest.fixture
def world() -> World:
    """A world without a fault, which a test may change."""
    return faultless()
