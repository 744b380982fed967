"""The limit on the length of an article: one for all formats, so that every input takes bounded time and memory."""

from __future__ import annotations

from broadsheet.base.errors import InputError

MAX_CHARACTERS = 100_000
"""Code points of one article, unless the user raises it: ten times the longest news article of our corpus."""

_SLACK = 1_024
"""Extra bytes for a byte order mark, and blank lines around the text."""

_ADVICE = "split it into its articles, or raise the limit with --max-characters (in Python: max_characters)"


def check_max_characters(value: object) -> int:
    """Checks the limit that a user gives.

    Raises:
        InputError: If it is not a whole number above 0.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError("--max-characters", f"{value!r} is not a whole number above 0", "give one, such as 500000")
    return value


def most_bytes(max_characters: int) -> int:
    """The most bytes that a text of this length can take, in any encoding of Unicode."""
    return 4 * max_characters + _SLACK


def check_length(text: str, place: str, max_characters: int) -> None:
    """Refuses a text that is longer than the limit.

    Raises:
        InputError: If it is longer.
    """
    if len(text) > max_characters:
        raise InputError(
            place, f"is {len(text):,} characters long, over the limit of {max_characters:,} for one article", _ADVICE
        )


def too_many_bytes(place: str, size: int, max_characters: int, *, known: bool) -> InputError:
    """The error for a text whose bytes are more than the limit allows.

    Args:
        place: How the user named it.
        size: Its size in bytes, or the number of bytes read so far.
        max_characters: The limit.
        known: Whether ``size`` is the full size.
    """
    long = f"is {size:,} bytes long" if known else f"is over {size:,} bytes long"
    return InputError(place, f"{long}, over the limit of {max_characters:,} characters for one article", _ADVICE)
