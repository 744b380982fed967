"""`docs/inputs.md` says what is so: its tables name every format, option and bound."""

from __future__ import annotations

from broadsheet import reference
from broadsheet.reading.inputs import FORMATS, ROLES, Limits
from broadsheet.reading.inputs.pruning import MOST_CHILDREN
from conftest import ROOT

PAGE = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")


def test_tables_of_the_page() -> None:
    """Every format, every option for a column and every bound is on the page."""
    for name in FORMATS:
        assert f"`{name}`" in PAGE
    for role in ROLES:
        assert f"--{role.replace('_', '-')}-column" in PAGE
    limits = Limits()
    for bound in (
        f"{limits.characters:,} characters",
        f"| {limits.article_bytes >> 20} MB",
        f"| {limits.line_bytes >> 20} MB",
        f"| {limits.document_bytes >> 20} MB",
        f"{limits.expansion} times",
        f"from {limits.expansion_floor >> 20} MB",
        f"{limits.elements:,}; {MOST_CHILDREN:,}; {limits.depth}",
    ):
        assert bound in PAGE
    known = reference.column("input_columns", "column")
    assert {"text", "body", "content", "title", "headline", "date", "published_at", "byline", "link"} <= known
