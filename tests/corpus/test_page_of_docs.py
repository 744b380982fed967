"""``docs/corpus.md`` lists the files of a run; ``tests/test_docs.py`` runs the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.cli import main
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_files_of_a_run(tmp_path: Path) -> None:
    """The table names every file of the log, and no other."""
    page = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
    lines = ['{"text": "Ferry lines to merge\\n\\nThey said so."}', '{"text": ""}']
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "tables"
    assert main(["build", str(tmp_path / "news.jsonl"), "--layout", "partitioned", "--quiet", "--out", str(out)]) == 0
    listed = set(re.findall(r"^\| `(\w+\.(?:csv|json))` \|", page, re.MULTILINE))
    assert listed == {path.name for path in (out / "run").iterdir()}
