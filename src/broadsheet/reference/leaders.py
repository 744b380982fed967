"""Which head of state or government a name leads to, by the table of leaders."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from broadsheet.base.slugs import ascii_of
from broadsheet.reference import mapping
from broadsheet.reference.names import puts_family_first, without_initials, words_of
from broadsheet.reference.people import Leader, leaders

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

_ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "an-", "at-", "az-")
_KNOWN_BEFORE, _REMEMBERED = 2, 8
"""Years before and after a term in which a leader's surname alone is understood."""


@cache
def _leaders_by_word() -> Mapping[str, list[Leader]]:
    out: dict[str, list[Leader]] = {}
    for leader in leaders():
        words = _words(leader)
        for key in {words[-1], words[0]}:
            out.setdefault(key, []).append(leader)
    return out


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
    counts only with a title of such an office, for a leader in office that year, or where the article names the state
    and the leader was in office about then; it must lead to one leader.

    ``titled``: it has the title of an office that a state has one of; ``titled_otherwise``: it has other titles alone.
    """
    plain = tuple(ascii_of(w) for w in words)
    if not plain:
        return None
    by_word = _leaders_by_word()
    year = published_on.year if published_on is not None else None
    if len(plain) > 1:
        known = (x for key in (plain[-1], plain[0]) for x in by_word.get(key, ()) if _same(_words(x), plain))
        return next((x for x in known if not titled_otherwise or year is None or _is_remembered(x, year)), None)
    found = [x for x in by_word.get(plain[0], ()) if _answers(x, plain[0])]
    if year is not None:
        found = [x for x in found if x.first_year - _KNOWN_BEFORE <= year and (titled or _is_remembered(x, year))]
    of_named = [x for x in found if x.country_code in named_states]
    if of_named or not titled:
        serving = [x for x in found if year is not None and x.first_year <= year <= (x.last_year or year)]
        found = of_named or serving
    if year is None:
        return found[0] if len(found) == 1 else None
    latest = max((x.first_year for x in found), default=None)
    nearest = [x for x in found if x.first_year == latest]
    return nearest[0] if len({x.country_code for x in found}) == 1 or len(nearest) == 1 else None


def leads_now(word: str, published_on: date | None, states: Collection[str | None] | None = None) -> bool:
    """Whether a surname is that of a person who led a state, if given one of some, about the day of publication."""
    year = published_on.year if published_on is not None else None
    return any(
        (year is None or (x.first_year - _KNOWN_BEFORE <= year and _is_remembered(x, year)))
        and _answers(x, word)
        and (states is None or x.country_code in states)
        for x in _leaders_by_word().get(ascii_of(word), ())
    )


def same_given_name(one: str, other: str) -> bool:
    """Whether two given names are forms of one (Joe, Joseph)."""
    full = mapping("given_name_short_forms", "given_name")
    return full.get(one, one) == full.get(other, other)


def without_article(word: str) -> str:
    """A family name without the Arabic article that it opens with (al-Masri)."""
    return word.partition("-")[2] if word.startswith(_ARTICLES) else word


def _words(leader: Leader) -> tuple[str, ...]:
    return words_of(ascii_of(leader.leader))


def _is_remembered(leader: Leader, year: int) -> bool:
    return leader.last_year is None or year <= leader.last_year + _REMEMBERED


def _same(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    known, words = ((*some[:-1], without_article(some[-1])) for some in (known, words))
    if len(words) > 1 and known[-len(words) :] == words:
        return True
    return same_given_name(known[0], words[0]) and without_initials(known)[1:] == without_initials(words)[1:]


def _answers(leader: Leader, word: str) -> bool:
    words = _words(leader)
    family = words[0] if puts_family_first(words) else words[-1]
    return word in (family, without_article(family))
