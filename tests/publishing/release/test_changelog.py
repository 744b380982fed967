"""The changelog's sections on the data."""

from __future__ import annotations

from broadsheet.publishing.release.changelog import released, with_release
from broadsheet.publishing.release.diff import Difference, RowChange

DIFFERENCE = Difference("1.0.0", "1.1.0", (), (RowChange("quotes", "added", None, "a"),), {"quotes": (3, 4)})
TEXT = "# Changelog\n\nWords.\n\n## Data 1.0.0 (2024-01-02)\n\n| table | rows |\n| --- | --- |\n\n- First.\n"


def test_a_release_stands_above_the_others() -> None:
    """The newest comes first, with its counts, and what stood there stays."""
    text = with_release(TEXT, "1.1.0", "2024-05-06", DIFFERENCE)
    assert text.startswith("# Changelog\n\nWords.\n\n## Data 1.1.0 (2024-05-06)\n\n| table | rows | added |")
    assert "| quotes | 4 | 1 | 0 | 0 | 0 |\n\n## Data 1.0.0 (2024-01-02)\n" in text
    assert text.endswith("- First.\n")


def test_writing_it_again_changes_nothing() -> None:
    """And words that a person adds to the section are kept."""
    once = with_release(TEXT, "1.1.0", "2024-05-06", DIFFERENCE)
    assert with_release(once, "1.1.0", "2024-05-06", DIFFERENCE) == once
    noted = once.replace("| 0 |\n\n## Data 1.0.0", "| 0 |\n\n- One quote more.\n\n## Data 1.0.0")
    assert with_release(noted, "1.1.0", "2024-05-06", DIFFERENCE) == noted


def test_an_empty_changelog_gets_its_first_section() -> None:
    """A dataset may have none yet."""
    text = with_release("# Changelog\n", "0.1.0", "2024-05-06", DIFFERENCE)
    assert text.startswith("# Changelog\n\n## Data 0.1.0 (2024-05-06)\n")


def test_released_versions_are_read_back() -> None:
    """Version to day."""
    assert released(with_release(TEXT, "1.1.0", "2024-05-06", DIFFERENCE)) == {
        "1.1.0": "2024-05-06",
        "1.0.0": "2024-01-02",
    }
