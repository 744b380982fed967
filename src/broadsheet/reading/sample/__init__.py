"""The sample article that ships with the package. It is fictional: its people and measures are invented."""

from __future__ import annotations

from pathlib import Path


def sample_path() -> Path:
    """The path of the sample article; its sidecar is next to it."""
    return Path(__file__).with_name("article.txt")
