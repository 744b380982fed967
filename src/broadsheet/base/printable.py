"""Makes untrusted text safe to show on one line."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with control and invisible characters escaped as in Python."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
