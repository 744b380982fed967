"""The canonical text: one form for every way an article can arrive in."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, exponent, processor_time
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.reading.canonical import WRAP_WIDTH, canonical, tidy

if TYPE_CHECKING:
    from pathlib import Path

LONG = "The port of Callao handled more copper in the first half of the year than in all of the year before, it said."

FORMS = {
    "one paragraph": ("Rates rose.", "Rates rose.\n"),
    "title and body": ("Title\n\nOne.\n\nTwo.\n", "Title\n\nOne.\n\nTwo.\n"),
    "lines that follow each other": (f"Title\n{LONG}\nTwo.", f"Title\n\n{LONG}\n\nTwo.\n"),
    "many blank lines": ("\n\nTitle\n\n\n\nOne.\n\n", "Title\n\nOne.\n"),
    "carriage returns": ("Title\r\n\r\nOne.\rTwo.\r\n" + LONG, f"Title\n\nOne.\n\nTwo.\n\n{LONG}\n"),
    "line separators": (f"Title\u2028{LONG}\u2029A.\x85B.\x0bC.\x0cD.", f"Title\n\n{LONG}\n\nA.\n\nB.\n\nC.\n\nD.\n"),
    "byte order mark": ("\ufeffTitle\n\nOne.", "Title\n\nOne.\n"),
    "spaces of all widths": ("A\u00a0b\u2009c\u3000d\te", "A b c d e\n"),
    "blanks at line ends": ("Title \u00a0\n\nOne. \t \n\nTwo.", "Title\n\nOne.\n\nTwo.\n"),
    "blanks within": ("One  two", "One  two\n"),
    "composed letters": ("Cafe\u0301", "Caf\u00e9\n"),
    "letters parted by a mark of no width": ("Cafe\u200b\u0301 co\u00adoperate", "Caf\u00e9 cooperate\n"),
    "joiners that spell": ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648\n"),
    "control characters": ("A\x00b\x02c\x1bd\x7fe\x80\x99f", "Abcde\x80\x99f\n"),
    "marks of direction": ("\u202aTel Aviv\u202c said\u200f.", "Tel Aviv said.\n"),
    "doubled title": ("Title\n\nTitle\n\nOne.", "Title\n\nOne.\n"),
    "title three times": ("  Title\nTitle \nTitle\n\nOne.\n\nTitle\n\n" + LONG, f"Title\n\nOne.\n\nTitle\n\n{LONG}\n"),
    "title doubled around a rule": ("Title\n\n*\n\nTitle\n\nOne.", "Title\n\nOne.\n"),
    "lines of marks": ("Title\n\n.\n\nOne.\n* * *\n—\n" + LONG + "\n.", f"Title\n\nOne.\n\n{LONG}\n"),
    "numbers are content": ("Title\n\n½\n\n7", "Title\n\n½\n\n7\n"),
    "nothing": ("\n \n...\n", ""),
}

WRAPPED = {
    "short lines": ("Title\n\nFirst line\nsecond line.\n\nThird.", "Title\n\nFirst line second line.\n\nThird.\n"),
    "indented lines": ("Title\n\n  First\n  second \t\n  third.", "Title\n\n  First second third.\n"),
    "at the limit": ("x" * WRAP_WIDTH + "\ny", "x" * WRAP_WIDTH + " y\n"),
    "over the limit": ("x" * (WRAP_WIDTH + 1) + "\ny", "x" * (WRAP_WIDTH + 1) + "\n\ny\n"),
    "one long line tells for all": (f"Title\n\nFirst\nsecond.\n\n{LONG}", f"Title\n\nFirst\n\nsecond.\n\n{LONG}\n"),
    "a rule parts blocks": ("Title\n=====\nFirst\nsecond.\n* * *\nThird.", "Title\n\nFirst second.\n\nThird.\n"),
    "blanks at line ends do not count": ("x" * WRAP_WIDTH + "   \ny", "x" * WRAP_WIDTH + " y\n"),
    "doubled title": ("The\nTitle\n\nThe Title\n\nOne.", "The Title\n\nOne.\n"),
    "blocks of one line each": ("Title\n\nOne.\n\nTwo.", "Title\n\nOne.\n\nTwo.\n"),
}


@pytest.mark.parametrize(("text", "expected"), FORMS.values(), ids=FORMS)
def test_forms(text: str, expected: str) -> None:
    """Whatever the line ends, blanks and code points, one text comes out."""
    assert canonical(text) == expected


@pytest.mark.parametrize(("text", "expected"), WRAPPED.values(), ids=WRAPPED)
def test_hard_wrapped_lines_are_joined(text: str, expected: str) -> None:
    """Blocks of short lines are paragraphs; one line beyond the width, and every line is a paragraph."""
    assert canonical(text) == expected


CHARACTERS = 'aB7 ."“”’\n\r\t\0\u00a0\u0301\u0316\u0344\u200b\u2028\u00ad\ufeff\u2001각'
PIECES = st.sampled_from([*CHARACTERS, "\n\n", "Title\n", "x" * 101])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_a_canonical_text_is_its_own_canonical_text(text: str) -> None:
    """The form is stable, and holds what the data model promises of it."""
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert all(c in "\n " or c > " " for c in once)
    assert all(unicodedata.category(c) not in {"Zs", "Zl", "Zp"} or c == " " for c in once)
    assert not {"\x7f", "\x85"} & set(once)
    if once:
        lines = once.removesuffix("\n").split("\n\n")
        assert all("\n" not in line and line == line.rstrip() for line in lines)
        assert all(any(c.isalnum() for c in line) for line in lines)
        assert len(lines) == 1 or lines[0].strip() != lines[1].strip()


def test_every_space_of_unicode_becomes_the_plain_one() -> None:
    """The table of spaces is that of category Zs in the Unicode version of this Python."""
    spaces = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) == "Zs"]
    assert canonical("a" + "a".join(spaces) + "a") == "a" + " a" * len(spaces) + "\n"


@pytest.mark.parametrize(
    "unit",
    ["The rate rose. ", "a\n", ".\n", '“”"a', "\u0301\u0316", "\u0f73\u0344", "각", "The title\n", "\u200b"],
    ids=["sentences", "short lines", "rules", "quotes", "accents", "more accents", "hangul", "titles", "no width"],
)
def test_a_megabyte_takes_linear_time(unit: str) -> None:
    """No input is slow, a megabyte of combining marks included, for which Python's own normalisation takes minutes."""

    def cost(size: int) -> float:
        text = "a" + unit * (size // len(unit))
        return processor_time(lambda: canonical(text), rounds=1)

    assert exponent(cost, 62_500, 1_000_000) < BELOW_QUADRATIC


def test_tidy_gives_one_line() -> None:
    """Metadata stand on one line with single blanks."""
    assert tidy(" A\u00a0 title\nover\ttwo\0 lines ") == "A title over two lines"


def test_texts_of_the_gold_are_canonical(shared: Path) -> None:
    """The development articles are fixed points with the hash that their gold has."""
    from broadsheet.reading import read

    folder = shared / "benchmarks" / "articles"
    texts = sorted(folder.glob("texts/*.txt"))
    assert texts
    for path in texts:
        gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))["article"]
        article = read(path)
        assert article.text == path.read_bytes().decode()
        assert article.text_sha256 == gold["text_sha256"]
        assert article.title == gold["title"]
        assert (article.published_on and article.published_on.isoformat()) == gold["published_on"]


def test_the_source_article_comes_out_clean(shared: Path) -> None:
    """Its title stands once, its rules are gone, and each of its lines is a paragraph."""
    from broadsheet.reading import read

    path = shared / "source" / "article.txt"
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    article = read(path)
    assert lines.count(article.title or "") > 1
    assert article.text.count(article.title or "") == 1
    assert [p.of(article.text) for p in article.paragraphs] == [
        canonical(line).strip() for line in lines if line not in {"", ".", article.title}
    ]
