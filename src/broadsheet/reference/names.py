"""Words of names: their form, order and meaning by the reference tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.base.slugs import slug_of
from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import family_names_first, given_names, name_suffixes, offices, portfolios

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ACRONYM = 7
_SPLIT = re.compile(r"[\s.]+")
_GENERIC = frozenset(
    {"of", "the", "and", "for", "on", "national", "federal", "central", "prime", "supreme", "high", "state", "house"}
    | {"commons", "representatives", "lords", "minister's", "president's", "governor's", "general", "first", "standing"}
    | {"joint", "select", "special"}
)


def is_acronym(word: str) -> bool:
    """Whether a word is printed like an abbreviation: capitals, with or without full stops."""
    letters = word.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isalnum() and letters.isupper() and letters[0].isalpha()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without full stops, genitive and suffixes such as ``Jr.``."""
    lower = text.lower().replace("’", "'").replace(",", " ")
    lower = lower.removesuffix("'s").removesuffix("'")
    return tuple(w for w in _SPLIT.split(lower) if w and w not in name_suffixes())


def puts_family_first(words: tuple[str, ...]) -> bool:
    """Whether a name is in the Chinese, Korean or Vietnamese order (``Park Geun-hye``, ``Lee Kuan Yew``)."""
    if not 2 <= len(words) <= 4 or words[0] not in family_names_first():
        return False
    rest = words[1:]
    if words[0] not in given_names() or any("-" in w for w in rest):
        return True
    return len(words) == 3 and not any(w in given_names() for w in rest)


def is_generic(name: str) -> bool:
    """Whether a body's name says only what kind of office it is."""
    words = name.lower().replace("’", "'").split()
    return all(w in _GENERIC or w in portfolios() or is_head(w) or w in offices() for w in words)


def without_initials(words: Sequence[str]) -> list[str]:
    """The words of a person's name without the initials of middle names."""
    return [w for i, w in enumerate(words) if i in (0, len(words) - 1) or len(w.rstrip(".")) > 1]


def person_slug(name: str) -> str:
    """The slug of a person's name, without the initials of middle names: not every article prints them."""
    return slug_of(" ".join(without_initials(name.split())))


def body_slug(name: str, country_code: str | None) -> str:
    """The slug of a body's name; one that every state has (Finance Ministry) carries its country."""
    slug = slug_of(name)
    return f"{slug}-{country_code.lower()}" if country_code is not None and is_generic(name) else slug
