"""The commands and snippets of ``docs/corpus.md`` run as printed."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from runs import rows_of

from broadsheet.cli import main
from broadsheet.publishing import read_package
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = (ROOT / "docs" / "corpus.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The dump can be built, extended and read as the page says, with the outcome that it states."""
    monkeypatch.chdir(tmp_path)
    blocks = [(match[1], match[2]) for match in FENCED.finditer(PAGE)]
    dump = next(text for language, text in blocks if language == "json")
    (tmp_path / "news.jsonl").write_text(dump, encoding="utf-8")
    (tmp_path / "more.jsonl").write_text(dump.replace("Ada Quill", "Ada Brand"), encoding="utf-8")
    names: dict[str, object] = {}
    output = ""
    for language, text in blocks:
        if language == "sh":
            assert main(shlex.split(text)[1:]) == 0
            output += capsys.readouterr().out
        elif language == "python":
            exec(text, names)
    assert "*3 read = 2 articles + 1 rejects + 0 duplicates*" in PAGE
    assert "3 read = 2 articles + 1 rejects + 0 duplicates" in output
    assert len(read_package(tmp_path / "tables")["quotes"]) == 2
    listed = set(re.findall(r"^\| `(\w+\.(?:csv|json))` \|", PAGE, re.MULTILINE))
    assert listed == {path.name for path in (tmp_path / "tables" / "run").iterdir()}
    assert rows_of(tmp_path / "tables" / "run" / "rejects.csv")
