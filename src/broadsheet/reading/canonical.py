"""The canonical text of an article: spans count its code points, and ``text_sha256`` is its hash.

The rules are those of the data model:

- Unicode NFC; every space of category Zs becomes U+0020; spaces at the end of a line are removed.
- The title is the first line. Paragraphs of one line each follow, with a blank line between any two and one line end at
  the end.
- A line of the input is a paragraph, unless the input is hard-wrapped: some block between blank lines has several
  lines, and no line has over 100 code points. Then a block is a paragraph, its lines joined by one space.
- A line without a letter or digit counts as a blank line; a title printed twice is kept once.

Line ends are those of :meth:`str.splitlines` (CR, LF, CR LF, VT, FF, FS, GS, RS, NEL, LINE and PARAGRAPH SEPARATOR). A
tab becomes a space. Every other control character of ASCII is removed, including NUL; those from U+0080 to U+009F stay,
which a wrong encoding leaves. Invisible characters that are not part of spelling are removed: soft hyphen,
zero width space, word joiner, invisible operators, byte order mark, direction marks. The zero width joiner and
non-joiner stay: names in some scripts need them.
"""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import combining, normalize

WRAP_WIDTH = 100
"""The longest line, in code points, of a text that counts as hard-wrapped."""

_LINE_ENDS = frozenset([*range(0x0A, 0x0E), 0x1C, 0x1D, 0x1E, 0x85])
_CONTROLS = frozenset([*range(0x20), 0x7F]) - _LINE_ENDS
_INVISIBLE = (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_SPACES, " "),
}

_STRAIGHT_QUOTES = str.maketrans("‘’“”", "''\"\"")

_TO_TRANSLATE = re.compile(f"[{''.join(map(re.escape, map(chr, _CHARACTERS)))}]")
"""Most texts have nothing to translate, and searching costs a fifth of translating."""

_LONG_RUN = re.compile(r"[^\x00-\u02ff]{32,}")
"""Runs that may contain enough combining marks to be slow; no mark is below U+0300."""


def canonical(text: str) -> str:
    """The canonical form of a text; the empty string if no line has a letter or digit.

    The function is idempotent, and its time is linear in the length of the text.
    """
    lines = [line.rstrip(" ") for line in _clean(text).splitlines()]
    blocks = [list(block) for full, block in groupby(lines, _has_letter_or_digit) if full]
    wrapped = any(len(block) > 1 for block in blocks) and all(len(line) <= WRAP_WIDTH for line in lines)
    paragraphs = [_join(block) for block in blocks] if wrapped else [line for block in blocks for line in block]
    first = 0
    while first + 1 < len(paragraphs) and paragraphs[first].strip() == paragraphs[first + 1].strip():
        first += 1
    return "\n\n".join(paragraphs[first:]) + "\n" if paragraphs else ""


def tidy(text: str) -> str:
    """The text on one line: canonical characters, and single spaces between words."""
    return " ".join(_clean(text).split())


def comparable(title: str) -> str:
    """A title in comparable form: case, spaces and the form of quotation marks make no difference."""
    return tidy(title).translate(_STRAIGHT_QUOTES).casefold()


def _clean(text: str) -> str:
    if _TO_TRANSLATE.search(text):
        text = text.translate(_CHARACTERS)
    return normalize("NFC", _LONG_RUN.sub(_order_marks, text))


def _order_marks(match: re.Match[str]) -> str:
    """The run with its combining marks in canonical order.

    Python's insertion sort takes minutes for a megabyte of marks, unless they are already in order.
    """
    decomposed = (c for character in match.group() for c in normalize("NFD", character))
    return "".join(
        c
        for is_mark, run in groupby(decomposed, lambda c: combining(c) > 0)
        for c in (sorted(run, key=combining) if is_mark else run)
    )


def _has_letter_or_digit(line: str) -> bool:
    return any(map(str.isalnum, line))


def _join(block: list[str]) -> str:
    return " ".join([block[0], *(line.lstrip(" ") for line in block[1:])])
