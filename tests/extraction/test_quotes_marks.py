"""Quotation marks: which opens, which closes, in the forms that newsrooms print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, LINEAR, exponent, processor_time, steps
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.base.span import Span
from broadsheet.extraction.quotes.marks import Stretch, find_stretches

if TYPE_CHECKING:
    from collections.abc import Callable


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """What blank lines part."""
    spans = []
    start = 0
    for line in text.split("\n\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 2
    return tuple(spans)


def stretches(text: str) -> tuple[Stretch, ...]:
    """All stretches of a text."""
    return find_stretches(text, paragraphs_of(text))


def outermost(text: str) -> list[str]:
    """The words of the stretches that lie in no other."""
    return [s.span.of(text) for s in stretches(text) if s.depth == 0]


# Each: the form of the marks, the text, the words of its outermost stretches.
FORMS = [
    ("straight", '"We sail," she said. "At dawn."', ["We sail,", "At dawn."]),
    ("curly", "“We sail,” she said. “At dawn.”", ["We sail,", "At dawn."]),
    ("curly opened, straight closed", '“We sail," she said. “At dawn."', ["We sail,", "At dawn."]),
    ("low", "„Wir segeln“, he said, then: „Now!”", ["Wir segeln", "Now!"]),
    ("angle", "She said: «We sail.» He nodded.", ["We sail."]),
    ("angle, pointing inwards", "She said: »We sail.« He nodded.", ["We sail."]),
    ("full width", "＂We sail,＂ she said.", ["We sail,"]),
    ("two apostrophes", "''We sail,'' she said. ''At dawn.''", ["We sail,", "At dawn."]),
    ("two grave accents and two apostrophes", "``We sail,'' she said.", ["We sail,"]),
    ("padded with blanks", '" We sail," she said.  " At dawn." He left.', ["We sail,", "At dawn."]),
    ("single, curly", "‘We sail,’ she said. ‘It’s dawn.’", ["We sail,", "It’s dawn."]),
    (
        "single, straight, apostrophes inside",
        "'We can't sail,' she said. 'It isn't dawn.'",
        ["We can't sail,", "It isn't dawn."],
    ),
    ("single, a plural possessive inside", "'The crews' pay is late,' she said.", ["The crews' pay is late,"]),
    ("single, a word that ends in s", "They call them 'bosses' now, and 'kings'.", ["bosses", "kings"]),
    ("single around double", "'He said \"no\" and left,' she said.", ['He said "no" and left,']),
    ("double around single", "\"He said 'no' and left,\" she said.", ["He said 'no' and left,"]),
    ("double around single at its end", "\"He said 'no.'\"", ["He said 'no.'"]),
    ("double around double", '"He said "no" to me," she said.', ['He said "no" to me,']),
    ("curly inside straight", '"He said “no” to me," she said.', ["He said “no” to me,"]),
    ("closing mark typed as an opening one", "“We sail,“ she said.", ["We sail,"]),
    ("a blank before the closing mark", "She said: “We sail. “", ["We sail."]),
    ("no blank before the mark", 'She said,"We sail." He left.', ["We sail."]),
    ("behind a dash and in brackets", 'Her answer —"never" ("not now") stood.', ["never", "not now"]),
]

NO_QUOTES = [
    ("contractions and possessives", "It's the crews' ship; they don't sell Ada's."),
    ("letters left out", "In the '90s and '08 they said 'twas rock 'n' roll for 'em."),
    ("curly apostrophes for letters left out", "’Tis the crews’ ship of ’98."),
    ("nothing between the marks", 'He wrote "" and “ ” and "?!".'),
    ("an attribute of a page's markup", 'Read <a href="http://example.org/a">more</a>.'),
    ("no marks", "The ship sailed at dawn."),
    ("a rule of apostrophes", "Part one ''''''''''' part two"),
]


@pytest.mark.parametrize(("text", "expected"), [f[1:] for f in FORMS], ids=[f[0] for f in FORMS])
def test_words_between_marks(text: str, expected: list[str]) -> None:
    """Each form of marks gives the words between them, without the marks and the blanks beside them."""
    assert outermost(text) == expected


@pytest.mark.parametrize("text", [n[1] for n in NO_QUOTES], ids=[n[0] for n in NO_QUOTES])
def test_marks_that_quote_nothing(text: str) -> None:
    """Apostrophes, measures and markup are no quotation marks."""
    assert outermost(text) == []


def test_nested_stretches_stand_behind_the_one_they_lie_in() -> None:
    """A quote in a quote is a stretch of its own, one level deeper."""
    text = "“She told me ‘never’ twice,” he said."
    assert [(s.span.of(text), s.depth) for s in stretches(text)] == [("She told me ‘never’ twice,", 0), ("never", 1)]


class TestParagraphs:
    """Quotes that run over paragraphs, and marks that are missing."""

    def test_one_opening_mark_each(self) -> None:
        """Each paragraph of a long quote is a stretch; the last alone is closed."""
        text = "“First words.\n\n“Second words.\n\n“Last words,” she said."
        found = stretches(text)
        assert [(s.span.of(text), s.closed) for s in found] == [
            ("First words.", False),
            ("Second words.", False),
            ("Last words,", True),
        ]

    def test_single_marks_one_opening_mark_each(self) -> None:
        """British papers print the same with single marks; apostrophes do not close it."""
        text = "‘First words, it’s said.\n\n‘Last words,’ she said."
        assert outermost(text) == ["First words, it’s said.", "Last words,"]

    def test_closing_mark_alone_closes_what_ran_on(self) -> None:
        """Some papers open the first paragraph only; the last one's closing mark then ends a stretch from its start."""
        text = "“First words.\n\nLast words,” she said."
        found = stretches(text)
        assert [(s.span.of(text), s.opened) for s in found] == [("First words.", True), ("Last words,", False)]

    def test_unclosed_mark_ends_with_its_paragraph(self) -> None:
        """A mark that is never closed does not swallow the next paragraph."""
        text = "He said: “We sail at dawn.\n\nThe ship left on Monday.\n\n“No,” she said."
        assert outermost(text) == ["We sail at dawn.", "No,"]

    def test_unclosed_mark_before_another_quote(self) -> None:
        """Where another quote opens, the unclosed stretch ends, marked as such."""
        text = "“We sail, he said. “At dawn,” she said."
        assert [(s.span.of(text), s.closed) for s in stretches(text)] == [
            ("We sail, he said.", False),
            ("At dawn,", True),
        ]


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "“",
        "”",
        "'",
        "‘",
        "’",
        "``",
        "“a ",
        "'a ",
        "'as' s' ",
        "‘a’ ",
        "“'a \"b’ ",
        '"We sail," she said. ',
        '="a" ',
    ],
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    """Thousands of quotes, or nothing but marks, in one paragraph: the work grows as the text does."""

    def work(count: int) -> Callable[[], object]:
        text = unit * count
        return lambda: find_stretches(text, (Span(0, len(text)),))

    assert exponent(lambda count: steps(work(count)), 250, 1_000) < LINEAR
    # Regular expressions run outside Python's lines.
    assert exponent(lambda count: processor_time(work(count)), 1_000, 16_000) < BELOW_QUADRATIC


@given(st.text(alphabet="ab .,\n“”\"'‘’„«»`=", max_size=80))
def test_any_text_gives_stretches_inside_their_paragraphs(text: str) -> None:
    """Whatever the marks, stretches lie in their paragraph, in reading order, and outermost ones do not overlap."""
    paragraphs = paragraphs_of(text)
    found = find_stretches(text, paragraphs)
    assert [s.outer.start for s in found] == sorted(s.outer.start for s in found)
    last = 0
    for stretch in found:
        assert paragraphs[stretch.paragraph].contains(stretch.outer)
        assert stretch.outer.contains(stretch.span)
        assert stretch.span.of(text).strip()
        if stretch.depth == 0:
            assert stretch.outer.start >= last
            last = stretch.outer.end
