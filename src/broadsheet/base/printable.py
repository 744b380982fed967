"""Text from strangers, made safe to show on a line."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with control and invisible characters written as Python writes them."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
