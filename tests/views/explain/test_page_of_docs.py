"""The page of ``docs/`` shows what the command prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.cli import main
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN = re.compile(r"cat > (\S+) <<'END'\n(.*?)^END$", re.MULTILINE | re.DOTALL)


def test_the_page_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command of the page, run on the article of the page that it names, prints what the page has below it."""
    page = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")
    blocks = dict(FENCED.findall(page))
    for name, text in WRITTEN.findall((ROOT / "docs" / "own-articles.md").read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["build", "copper.txt", "--quiet", "--out", "package"]) == 0
    assert main(blocks["sh"].split()[1:]) == 0
    assert capsys.readouterr().out == blocks["text"]
    names: dict[str, object] = {}
    *lines, shown = blocks["python"].strip().splitlines()
    exec("\n".join(lines), names)
    assert ("name", "actors.name.fullest") in eval(shown, names)
