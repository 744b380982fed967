"""One parser a table: pure functions over an analysed document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.extraction.pipeline import extract

__all__ = ["extract"]


def __getattr__(name: str) -> object:
    """Imports the pipeline when it is first asked for, so that one parser can be used without the others."""
    if name == "extract":
        from broadsheet.extraction.pipeline import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
