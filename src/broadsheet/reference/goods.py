"""Goods: the names that news gives them, brought to one form, and their chapters of the Harmonized System 2022."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table
from broadsheet.reference.trade import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_WORDS = 7
"""Words of a good's name that are looked at, from its end."""

_IRREGULAR = MappingProxyType(
    {
        "knives": "knife",
        "leaves": "leaf",
        "calves": "calf",
        "gases": "gas",
        "gas": "gas",
        "buses": "bus",
        "shoes": "shoe",
    }
)
_ES = ("sses", "shes", "ches", "xes", "zzes", "oes")
_NO_PLURAL = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Good:
    """A row of ``goods.csv``: the chapter, where one is plain, and whether compounds that end so share it."""

    chapter: str | None
    heads_compounds: bool


def singular(word: str) -> str:
    """The singular of a plural in lower case, as far as looking words up needs it; other words as they are.

    >>> singular("batteries"), singular("lenses"), singular("glass")
    ('battery', 'lense', 'glass')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(_ES) and len(word) > 4:
        return word[:-2]
    if len(word) > 2 and word.endswith("s") and not word.endswith(_NO_PLURAL):
        return word[:-1]
    return word


def key(words: Sequence[str]) -> str:
    """The form under which a name is looked up: lower case, no hyphens, the head in the singular, one spelling."""
    plain = " ".join(words).lower().replace("-", " ").replace("’", "'").split()
    if plain:
        plain[-1] = singular(plain[-1])
    return " ".join("aluminum" if w == "aluminium" else w for w in plain)


@cache
def goods() -> Mapping[str, Good]:
    """Looked-up form of a good's name to its row; of two spellings with one form, the one with a chapter counts."""
    out: dict[str, Good] = {}
    for row in table("goods"):
        form = key([row["goods"]])
        if form not in out or not out[form].chapter:
            out[form] = Good(row["hs_chapter"] or None, row["heads_compounds"] == "yes")
    return MappingProxyType(out)


def _longest(words: Sequence[str]) -> str | None:
    """The longest ending of a name that is an entry of the table.

    A word that does not head compounds counts only by itself: crude oil and olive oil are not of one chapter.
    """
    plain = key(words).split()
    for first in range(max(0, len(plain) - MAX_WORDS), len(plain)):
        form = " ".join(plain[first:])
        if form in goods() and (first == 0 or goods()[form].heads_compounds):
            return form
    return None


@lru_cache(maxsize=4096)
def entry_of(product: str) -> str | None:
    """The entry of ``goods.csv``, in the form under which it is looked up, that gives a product its chapter.

    >>> entry_of("frozen boneless beef"), entry_of("seafood products")
    ('beef', 'seafood product')
    """
    words = product.split()
    entry = _longest(words)
    if entry is None and len(words) > 1 and singular(words[-1].lower()) in word_set("generic"):
        entry = _longest(words[:-1])
    return entry


def chapter_of(product: str) -> str | None:
    """HS 2022 chapter of a product's name, two digits; ``None`` where it spans several or is unclear.

    >>> chapter_of("frozen boneless beef"), chapter_of("seafood products"), chapter_of("machinery")
    ('02', '03', None)
    """
    entry = entry_of(product)
    return goods()[entry].chapter if entry is not None else None
