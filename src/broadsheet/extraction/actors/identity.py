"""Names and slugs of actors: the fullest printed name or that of a reference table, and a key made from it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.names import puts_family_first, words_of
from broadsheet.reference import mapping
from broadsheet.reference.geography import countries
from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import Leader, leaders, offices, portfolios

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_KNOWN_BEFORE, _REMEMBERED = 2, 8
"""Years before and after a term in which a leader's surname alone is understood."""
_GENERIC = frozenset(
    {"of", "the", "and", "for", "on", "national", "federal", "central", "prime", "supreme", "high", "state", "house"}
    | {"commons", "representatives", "lords", "minister's", "president's", "governor's", "general", "first", "standing"}
    | {"joint", "select", "special"}
)


def ascii_of(text: str) -> str:
    """The text in ASCII letters of lower case, diacritics dropped."""
    lower = text.lower().translate(_LETTERS)
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()


def slug_of(name: str) -> str:
    """The key of a name: ASCII, lower case, words joined by hyphens; ``x`` where a name has no letter of ASCII."""
    plain = ascii_of(name).replace("'s ", "s ").replace("'", "")
    return _NO_LETTER.sub("-", plain.replace(".", "")).strip("-") or "x"


def person_slug(name: str) -> str:
    """The slug of a person's name, without the initials of middle names: not every article prints them."""
    words = name.split()
    kept = [w for i, w in enumerate(words) if i in (0, len(words) - 1) or len(w.rstrip(".")) > 1]
    return slug_of(" ".join(kept))


def body_slug(name: str, country_code: str | None) -> str:
    """The slug of a body's name; one that every state has (Finance Ministry) carries its country."""
    slug = slug_of(name)
    if country_code is not None and is_generic(name):
        return f"{slug}-{country_code.lower()}"
    return slug


def is_generic(name: str) -> bool:
    """Whether a body's name says only what kind of office it is."""
    words = name.lower().replace("’", "'").split()
    return all(w in _GENERIC or w in portfolios() or is_head(w) or w in offices() for w in words)


def country_name(code: str) -> str:
    """The name by which a state is an actor."""
    return countries()[code].name


@cache
def _leaders_by_word() -> dict[str, tuple[Leader, ...]]:
    out: dict[str, list[Leader]] = {}
    for leader in leaders():
        words = words_of(ascii_of(leader.leader))
        for key in sorted({words[-1], words[0]}):
            out.setdefault(key, []).append(leader)
    return {key: tuple(found) for key, found in out.items()}


def leader_named(
    words: tuple[str, ...],
    *,
    titled: bool,
    titled_otherwise: bool = False,
    named_states: Collection[str],
    published_on: date | None,
) -> Leader | None:
    """The head of state or government to whom a name refers, if the reference table knows one.

    A full name is enough, save with another title long after the leader's terms (Sen. John Kennedy). A surname alone
    counts only with a title of such an office, or where the article names the state and the leader was in office about
    then; it must lead to one leader.

    Args:
        words: The name, word by word, in lower case.
        titled: Whether the name is printed with the title of an office that a state has one of.
        titled_otherwise: Whether it is printed with other titles alone.
        named_states: Codes of the states that the article names.
        published_on: Day of publication.
    """
    plain = tuple(ascii_of(w) for w in words)
    if not plain:
        return None
    by_word = _leaders_by_word()
    found = tuple(dict.fromkeys(by_word.get(plain[-1], ()) + by_word.get(plain[0], ())))
    if len(plain) > 1:
        now = published_on.year if titled_otherwise and published_on is not None else 0
        return next((x for x in found if _same(words_of(ascii_of(x.leader)), plain) and _near(x, now)), None)
    found = tuple(x for x in found if _answers(words_of(ascii_of(x.leader)), plain[0]))
    if published_on is not None:
        year = published_on.year
        found = tuple(x for x in found if x.first_year - _KNOWN_BEFORE <= year and (titled or _near(x, year)))
    if any(x.country_code in named_states for x in found) or not titled:
        found = tuple(x for x in found if x.country_code in named_states)
    if not found:
        return None
    if published_on is None:
        return found[0] if len(found) == 1 else None
    latest = max(x.first_year for x in found)
    nearest = [x for x in found if x.first_year == latest]
    return nearest[0] if len({x.country_code for x in found}) == 1 or len(nearest) == 1 else None


def leads_now(word: str, published_on: date | None, states: Collection[str | None] | None = None) -> bool:
    """Whether a surname is that of a person who led a state, if given one of some, about the day of publication."""
    year = published_on.year if published_on is not None else None
    return any(
        (year is None or x.first_year - _KNOWN_BEFORE <= year <= (x.last_year or year) + _REMEMBERED)
        and _answers(words_of(ascii_of(x.leader)), word)
        and (states is None or x.country_code in states)
        for x in _leaders_by_word().get(ascii_of(word), ())
    )


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names are forms of one (Joe, Joseph)."""
    full = mapping("given_name_short_forms", "given_name")
    return full.get(one, one) == full.get(other, other)


def _near(leader: Leader, year: int) -> bool:
    return leader.last_year is None or year <= leader.last_year + _REMEMBERED


def _bare(word: str) -> str:
    return word.removeprefix("al-").removeprefix("el-")


def _same(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    words = (*words[:-1], _bare(words[-1]))
    known = (*known[:-1], _bare(known[-1]))
    if len(words) > 1 and known[-len(words) :] == words:
        return True
    if not same_given_name(known[0], words[0]):
        return False
    full = tuple(w for i, w in enumerate(words) if i in (0, len(words) - 1) or len(w) > 1)
    bare = tuple(w for i, w in enumerate(known) if i in (0, len(known) - 1) or len(w) > 1)
    return full[1:] == bare[1:]


def _answers(known: tuple[str, ...], word: str) -> bool:
    family = known[0] if puts_family_first(known) else known[-1]
    return word in (family, _bare(family))
