"""Options of reading and the limits of what is read."""

from __future__ import annotations

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.options import FORMATS, ROLES, InputOptions, Limits


def test_limits_grow_with_articles() -> None:
    """Longer articles raise the limits of all that may hold one; shorter ones lower none."""
    usual, large, small = Limits(), Limits.of(50_000_000), Limits.of(1_000)
    assert (large.characters, small.characters) == (50_000_000, 1_000)
    for name in ("article_bytes", "line_bytes", "document_bytes"):
        assert getattr(large, name) > 50_000_000
        assert getattr(small, name) == getattr(usual, name)


@pytest.mark.parametrize("number", [0, -1])
def test_a_limit_is_above_zero(number: int) -> None:
    """A limit of no characters is an error of the user."""
    with pytest.raises(InputError):
        Limits.of(number)


def test_errors_list_what_is_known() -> None:
    """An unknown role or format is answered with those that are known."""
    with pytest.raises(InputError) as caught:
        InputOptions(columns={"headline": "h"})
    assert caught.value.place == "columns"
    assert all(role in caught.value.fix for role in ROLES)
    with pytest.raises(InputError) as caught:
        InputOptions(format="docx")
    assert caught.value.place == "format"
    assert all(name in caught.value.fix for name in FORMATS)
