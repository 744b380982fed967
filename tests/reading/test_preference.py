"""Which of several articles with the same text is kept."""

from __future__ import annotations

from datetime import date

from broadsheet.reading import Article
from broadsheet.reading.preference import preference

TEXT = "Ferry resumes\n\nThe ferry to Orrin runs again.\n"


def test_the_best_known_then_the_earliest_is_kept() -> None:
    """More metadata wins over an earlier day, and an earlier day over a later one."""
    bare = Article(TEXT, title="Ferry resumes", published_on=date(2024, 5, 1))
    late = Article(TEXT, title="Ferry resumes", published_on=date(2024, 5, 3), publisher="The Orrin Post")
    early = Article(TEXT, title="Ferry resumes", published_on=date(2024, 5, 2), publisher="The Orrin Post")
    assert sorted([bare, late, early], key=preference) == [early, late, bare]
