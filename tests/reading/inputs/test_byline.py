"""Bylines: the names in them, and what is none."""

from __future__ import annotations

import pytest

from broadsheet.reading.inputs.byline import is_byline, names


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Ada Quill", ("Ada Quill",)),
        ("By Ada Quill", ("Ada Quill",)),
        ("BY ADA QUILL", ("Ada Quill",)),
        ("By Ada Quill and Tom Marsh", ("Ada Quill", "Tom Marsh")),
        ("By Ada Quill, Tom Marsh and Li Na", ("Ada Quill", "Tom Marsh", "Li Na")),
        ("Ada Quill & Tom Marsh", ("Ada Quill", "Tom Marsh")),
        ("Ada Quill; Tom Marsh", ("Ada Quill", "Tom Marsh")),
        ("By Ada Quill in Oslo and Tom Marsh in Bergen", ("Ada Quill", "Tom Marsh")),
        ("By Ada Quill, Staff Writer", ("Ada Quill",)),
        ("By Ada Quill, Reuters", ("Ada Quill",)),
        ("By Ada Quill, Political Correspondent", ("Ada Quill",)),
        ("Ada Quill | The Desk", ("Ada Quill",)),
        ("By Ada Quill (Harbour Gazette)", ("Ada Quill",)),
        ("Ada Quill ada@gazette.example", ("Ada Quill",)),
        ("Written by Jean-Luc O’Dowd", ("Jean-Luc O’Dowd",)),
        ("By Ludwig van der Roe", ("Ludwig van der Roe",)),
        ("Quill, A., Marsh, T.", ("Quill, A., Marsh, T.",)),
        ("Roth Quill, X.", ("Roth Quill, X.",)),
        ("Reuters", ("Reuters",)),
        ("By The Coastal Press", ("The Coastal Press",)),
        ("Ministry of Fisheries", ("Ministry of Fisheries",)),
        ("By", ()),
        ("", ()),
    ],
)
def test_names(byline: str, expected: tuple[str, ...]) -> None:
    """A byline is parted where its parts are names, and stays whole where they are not."""
    assert names(byline) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ada Quill", True),
        ("By Ada Quill and Tom Marsh, Staff Writers", True),
        ("Reporting by Ada Quill", True),
        ("By Monday the ferry was late.", False),
        ("By Monday the Ferry was late", False),
        ("By order of the Council", False),
        ("Ada Quill", False),
        ("By and large, it held.", False),
    ],
)
def test_line_of_a_byline(line: str, expected: bool) -> None:
    """A line of a text is a byline if it opens as one and names people; a sentence that begins with By is none."""
    assert is_byline(line) is expected
