"""Progress on standard error."""

from __future__ import annotations

import io
import re

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
    assert "extracting" in text
    assert "1 of 2" in text
    assert text.endswith("\x1b[1A\x1b[2K")


def test_a_terminal_without_colours_or_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_COLOR` and an encoding without the signs of a bar give a plain one."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    stream.encoding = "ascii"
    text = shown(stream, monkeypatch, total=2)
    assert "------------" in text
    assert text.isascii()
    assert not re.search(r"\x1b\[\d*m", text)


def test_how_fast_a_corpus_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last line of a reading says how many articles there were and how fast they came."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with Progress(quiet=False) as progress:
        progress.rate("extracting", 1, 3)
        progress.rate("extracting", 3, 3)
    assert re.fullmatch(r"broadsheet: extracting 3 of 3 articles, [\d.e+]+ a second\n", stream.getvalue())


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["file", "terminal"])
def test_quiet(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said where nothing is asked for."""
    assert shown(stream, monkeypatch, total=3, quiet=True) == ""
