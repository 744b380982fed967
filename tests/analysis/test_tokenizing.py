"""Where tokens and sentences end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('"Peace first," she wrote on X. Norway did not reply.', 2),
        ("He said so in a post on X. The ministry declined to comment.", 2),
        ("The bridge fell in World War I. It was rebuilt in 1924.", 2),
        ("They dropped Plan B. But nobody was told.", 2),
        ("Mayor Olga X. Varga spoke to George W. Hale.", 1),
        ("A note by D. A. Hale said so.", 1),
        ("He moved to the U.S. The year was 1990.", 2),
    ],
)
def test_a_single_letter_ends_a_sentence_unless_it_is_an_initial(
    document: Callable[..., Document], text: str, sentences: int
) -> None:
    """A sentence that ends with one capital letter is closed before a word that opens the next."""
    assert len(document(text).sentences) == sentences
