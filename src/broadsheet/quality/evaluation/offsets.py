"""Gold without texts: offsets into the article's canonical text replace each printed string.

``gold/*.jsonl`` has this form because the texts belong to their publishers. :func:`to_offsets` creates it and
:func:`from_offsets` restores the strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

PRINTED = {"quotes": "text", "events": "trigger", "tariffs": "evidence", "figures": "text"}
"""Maps each section to the key whose string is printed in the text."""


def to_offsets(case: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Replaces the printed strings of an article's gold, and their ``nth``, by ``char_start`` and ``char_end``.

    Raises:
        ValueError: If the text does not have the ``nth`` occurrence of a string.
    """
    packed = dict(case)
    for section, key in PRINTED.items():
        rows = case.get(section)
        if rows is not None:
            packed[section] = [_row_to_offsets(row, key, text, section) for row in rows]
    return packed


def from_offsets(case: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Restores the strings that :func:`to_offsets` replaced, and the title, which is the first line of the text.

    Raises:
        ValueError: If an offset is beyond the end of the text.
    """
    whole = dict(case)
    whole["article"] = {**case["article"], "title": text.split("\n", 1)[0]}
    for section, key in PRINTED.items():
        rows = case.get(section)
        if rows is not None:
            whole[section] = [_row_from_offsets(row, key, text) if "char_start" in row else row for row in rows]
    return whole


def _row_to_offsets(row: Mapping[str, Any], key: str, text: str, section: str) -> dict[str, Any]:
    words, start = row[key], -1
    for _ in range(row.get("nth", 1)):
        start = text.find(words, start + 1)
        if start < 0:
            raise ValueError(f"{section}: occurrence {row.get('nth', 1)} of {words[:40]!r} is not in the text")
    rest = {name: value for name, value in row.items() if name not in (key, "nth")}
    return {"char_start": start, "char_end": start + len(words), **rest}


def _row_from_offsets(row: Mapping[str, Any], key: str, text: str) -> dict[str, Any]:
    start, end = row["char_start"], row["char_end"]
    if not start < end <= len(text):
        raise ValueError(f"characters {start} to {end} are not in a text of {len(text)} characters")
    words, nth, at = text[start:end], 1, text.find(text[start:end])
    while at < start:
        nth, at = nth + 1, text.find(words, at + 1)
    rest = {name: value for name, value in row.items() if name not in ("char_start", "char_end")}
    return {key: words, "nth": nth, **rest}
