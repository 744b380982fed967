"""Keys made from names."""

from __future__ import annotations

import pytest

from broadsheet.base.slugs import ascii_of, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Ana Łuczak", "ana-luczak"), ("O’Neil & Sons", "oneil-sons"), ("U.S. Congress", "us-congress"), ("北京", "x")],
)
def test_a_slug_is_ascii(name: str, slug: str) -> None:
    """Letters lose their marks, and a name without letters of ASCII still has a key."""
    assert slug_of(name) == slug


def test_letters_without_parts_are_replaced() -> None:
    """Letters that do not decompose have a spelling in ASCII, too."""
    assert ascii_of("Đorđe Strømø") == "dorde stromo"
