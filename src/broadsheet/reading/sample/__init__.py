"""The sample article that comes with the package: written for it, its people and measures invented."""

from __future__ import annotations

from pathlib import Path


def sample_path() -> Path:
    """The file of the sample article, its sidecar beside it."""
    return Path(__file__).with_name("article.txt")
