"""`docs/inputs.md` says what is so: its examples run as they stand, and its bounds are the bounds."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.cli import main
from broadsheet.reading.inputs import FORMATS, ROLES, Limits
from broadsheet.reading.inputs.pruning import MOST_CHILDREN
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
FENCED = dict(re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def test_python_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example prints what the page shows."""
    (tmp_path / "dump.jsonl").write_text(FENCED["json"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with redirect_stdout(StringIO()) as shown:
        exec(FENCED["python"], {})
    assert shown.getvalue() == FENCED["text"]


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command reads the example, and says how much of it."""
    (tmp_path / "dump.jsonl").write_text(FENCED["json"], encoding="utf-8")
    words = re.findall(r'"[^"]*"|\S+', FENCED["sh"])
    monkeypatch.chdir(tmp_path)
    assert main([word.strip('"') for word in words[1:]]) == 0
    said = "".join(capsys.readouterr())
    package = json.loads((tmp_path / "tables" / "datapackage.json").read_text())
    assert package["resources"]
    assert "2 articles + 1 rejects" in said.replace("1 reject ", "1 rejects ")


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
