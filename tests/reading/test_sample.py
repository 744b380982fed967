"""The sample article that the package brings along."""

from __future__ import annotations

from datetime import date

from broadsheet.reading import read
from broadsheet.reading.sample import sample_path


def test_the_sample_is_canonical_and_complete() -> None:
    """Its file is its own canonical text, and its sidecar says when and by whom it was published."""
    path = sample_path()
    article = read(path)
    assert article.text == path.read_text(encoding="utf-8")
    assert 450 <= article.n_words <= 650
    assert article.title_span is not None
    assert (article.published_on, article.publisher) == (date(2025, 6, 13), "Broadsheet sample desk")
    assert (article.authors, article.language) == (("The Broadsheet contributors",), "en")
