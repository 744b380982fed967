"""Progress on standard error."""

from __future__ import annotations

import io

import pytest

from broadsheet.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """It is one."""
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, total: int, quiet: bool = False) -> str:
    """What a build of ``total`` articles says."""
    monkeypatch.setattr("sys.stderr", stream)
    with Progress(quiet=quiet) as progress:
        progress.step("loading")
        for done in range(total + 1):
            progress.count(done, total)
    return stream.getvalue()


def test_plain_lines_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log gets whole lines, and no more than a few of them for many articles."""
    assert shown(io.StringIO(), monkeypatch, total=2).splitlines() == [
        "broadsheet: loading",
        "broadsheet: extracted 1 of 2",
        "broadsheet: extracted 2 of 2",
    ]
    assert len(shown(io.StringIO(), monkeypatch, total=1234).splitlines()) == 11


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal sees one line that changes and is gone at the end."""
    monkeypatch.setenv("TERM", "xterm")
    text = shown(Terminal(), monkeypatch, total=2)
    assert "\n" not in text
    assert "████████████░░░░░░░░░░░░ 1 of 2" in text
    assert text.endswith("\r\x1b[K")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["file", "terminal"])
def test_quiet(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said where nothing is asked for."""
    assert shown(stream, monkeypatch, total=3, quiet=True) == ""
