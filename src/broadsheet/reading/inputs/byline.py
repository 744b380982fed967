"""Splits a byline into the names of its authors, without their jobs and places (``By Ada Roth and Li Na in Oslo``).

A byline whose parts do not look like names stays whole: that is better than half a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.reading.canonical import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPENING = re.compile(
    r"(?:(?:written|reported|reporting|story|words|text|posted|submitted|published|contributed) )?by\b[\s:]*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:;|,|\||\band\b|&|•|·)\s*", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|for|at|of|on)\s+[A-Z].*", re.DOTALL)
_CONTACT = re.compile(r"\S*@\S*|\(.{0,60}?\)")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")


def names(byline: str) -> tuple[str, ...]:
    """The distinct names in a byline, in order."""
    line = tidy(_CONTACT.sub(" ", byline)) or tidy(byline)
    opened = _OPENING.match(line)
    rest = line[opened.end() :].strip(" ,;:|-–—") if opened else line.strip(" ,;:|-–—")
    if not rest:
        return ()
    if ";" in rest:
        return _unique(part for piece in rest.split(";") for part in names(piece))
    parts = [_PLACE.sub("", part).strip(" -–—") for part in _SEPARATOR.split(rest)]
    people = [part for part in parts if _is_name(part)]
    # If there are initials, commas separate surnames from initials: Roth, A., Na, L.
    if not people or any(_is_initials(part) for part in parts):
        return (_cased(rest),)
    return _unique(map(_cased, people))


def is_byline(line: str) -> bool:
    """Whether a line of text is only a byline: it opens with ``By`` and names people."""
    opened = _OPENING.match(line)
    if not opened or len(line) > 200 or line[-1:] in '.!?…”"':
        return False
    parts = [_PLACE.sub("", part).strip() for part in _SEPARATOR.split(line[opened.end() :]) if part.strip()]
    return bool(parts) and _is_name(parts[0]) and all(_is_name(p) or _is_credit(p) for p in parts)


def _is_name(part: str) -> bool:
    words = part.split()
    return (
        2 <= len(words) <= 6
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and not _is_credit(part)
    )


def _is_credit(part: str) -> bool:
    """Whether it is the author's job or paper, not a name."""
    words = [word.strip(".,").lower() for word in part.split()]
    works = reference.column("byline_credits", "word")
    agencies = reference.column("news_agencies", "agency")
    publishers = reference.column("publishers", "publisher")
    whole = " ".join(words)
    return whole in agencies or whole in publishers or any(word in works for word in words)


def _is_initials(part: str) -> bool:
    return bool(part) and len(part) <= 6 and all(len(word.rstrip(".")) == 1 for word in part.split())


def _cased(name: str) -> str:
    """A name in capitals in title case; any other unchanged."""
    return name.title() if name.isupper() and " " in name else name


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
