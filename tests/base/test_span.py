"""Spans: half-open stretches of a text."""

from __future__ import annotations

import pytest

from broadsheet.base.span import Span

TEXT = "Añejo “dry”"


@pytest.mark.parametrize(
    ("span", "printed"),
    [(Span(0, 5), "Añejo"), (Span(7, 10), "dry"), (Span(3, 3), "")],
    ids=["letters beyond ASCII count as one", "inside marks", "empty"],
)
def test_of_counts_code_points(span: Span, printed: str) -> None:
    """A span's text is the code points from its start up to its end."""
    assert span.of(TEXT) == printed
    assert len(span) == len(printed)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (5, 4)], ids=["negative", "ends swapped"])
def test_impossible_spans_are_refused(start: int, end: int) -> None:
    """No span begins before the text or ends before it begins."""
    with pytest.raises(ValueError, match="no span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "inside"),
    [
        (Span(0, 4), Span(4, 6), False, False),
        (Span(0, 4), Span(3, 6), True, False),
        (Span(0, 9), Span(3, 6), True, True),
        (Span(2, 4), Span(2, 4), True, True),
    ],
    ids=["touching", "crossing", "nested", "equal"],
)
def test_relations(one: Span, other: Span, overlap: bool, inside: bool) -> None:
    """Touching spans do not overlap; an equal span is contained."""
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap
    assert one.contains(other) is inside


def test_shift_keeps_the_length() -> None:
    """A shifted span is as long as before."""
    assert Span(2, 5).shift(10) == Span(12, 15)
