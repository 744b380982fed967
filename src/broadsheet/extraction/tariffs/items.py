"""Goods as entries of a list: the words of one, brought to the name under which the table has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.extraction.tariffs.parties import by_code

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.tariffs.parties import Party


_WHOLE = frozenset({"most", "all", "every"})
_ANY_GOODS = word_set("flow") | word_set("generic") | {"foreign", "imported", "other"}
_TRADERS = ("maker", "grower", "producer", "exporter", "farmer", "breeder")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a product (``None`` for goods in general) and the countries that its words tell.

    Attributes:
        product: Normalised name.
        first: Place of the first token that names it.
        last: Place behind the last one.
        origins: Countries whose goods they are, by adjective, possessive or "from".
        companies: Actors that have a rate of their own.
        everyone: Whether the words say all origins (foreign goods, all countries).
        pronoun: Whether it stands for goods named before (duties on them).
        counted: Whether the words only count goods (2,800 products).
        shared: Whether a word of its name is printed with another entry of the list.
    """

    product: str | None
    first: int
    last: int
    origins: tuple[Party, ...] = ()
    companies: tuple[Party, ...] = ()
    everyone: bool = False
    counted: bool = False
    pronoun: bool = False
    shared: bool = False


@dataclass(slots=True)
class Listing:
    """A list of goods: its items, where it ends, where the goods go, and whether they are exports or imports."""

    items: list[Item]
    end: int
    start: int
    destinations: tuple[Party, ...] = ()
    flow: str = ""


@dataclass(slots=True)
class Segment:
    """Words between two joints of a list."""

    words: list[Token] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    flow: str = ""
    everyone: bool = False
    counted: bool = False
    shared: bool = False

    @property
    def empty(self) -> bool:
        """Whether it names nothing."""
        return not self.words and not self.parties


def is_trader(word: str) -> bool:
    """Whether a noun in the singular is who makes or sells goods (watchmaker)."""
    return word in word_set("trader") or (len(word) > 7 and word.endswith(_TRADERS))


def _measures(words: list[Token], k: int) -> bool:
    """Whether a number is part of a compound (20-inch)."""
    return k + 2 < len(words) and words[k + 1].tag == "HYPH"


def finish(segment: Segment) -> Item | None:
    """The item that a segment stands for."""
    words = list(segment.words)
    flow = bool(segment.flow)
    everyone = segment.everyone
    while words and (
        words[0].lower in word_set("spare")
        or (words[0].tag == "CD" and not _measures(words, 0))
        or words[0].lower in (",", "-", "'s", "’s", "each")
    ):
        if (
            words[0].lower == "all"
            and len(words) == 2
            and not segment.parties
            and goods.singular(words[1].lower) in word_set("flow") | word_set("generic")
        ):
            everyone = True
        if words[0].lower in _WHOLE and len(words) > 1 and not segment.parties:
            # "nearly all imports": of whatever goods and origin
            everyone = everyone or all(goods.singular(w.lower) in _ANY_GOODS for w in words[1:])
        if len(words) > 1:
            whole = words[0].lower == "all" and goods.singular(words[1].lower) in word_set("party") | {"other"}
            everyone = everyone or whole or words[0].lower in ("foreign", "every", "overseas")
        words = words[1:]
    while words:
        last = goods.singular(words[-1].lower)
        if last in word_set("flow") or is_trader(last) or last in word_set("party"):
            flow = True
            words = words[:-1]
            if last in word_set("party"):
                if not everyone and not segment.parties:
                    return None
                words = []
        elif last in word_set("generic") and len(words) == 1:
            flow = True
            words = []
        elif words[-1].tag in ("HYPH", "CC", "DT") or words[-1].lower in (",", "of"):
            words = words[:-1]
        else:
            break
    if words and all(w.tag == "JJ" for w in words) and goods.known([w.lower for w in words]) is None:
        # "electronic exports" are no electronics by their adjective alone
        words = segment.words[segment.words.index(words[0]) :]
    words = [w for k, w in enumerate(words) if w.tag not in ("DT", "PRP$") and (w.tag != "CD" or _measures(words, k))]
    while words and words[0].lower in word_set("spare") | {"of"}:
        words = words[1:]
    companies = tuple(p for p in segment.parties if p.form == "body")
    origins = tuple(by_code(p for p in segment.parties if p.form != "body"))
    if not words and not flow and not segment.parties and not everyone:
        return None
    places = [w.i for w in words] or [p.first for p in segment.parties]
    ends = [w.i + 1 for w in words] or [p.last for p in segment.parties]
    if not places:
        places, ends = [w.i for w in segment.words] or [0], [w.i + 1 for w in segment.words] or [0]
    product = _join(words) or None
    counted = product is None and segment.counted
    makers = companies if product is None else ()
    return Item(product, min(places), max(ends), origins, makers, everyone, counted, shared=segment.shared)


def _join(words: list[Token]) -> str:
    """The words as printed in lower case, hyphens closed up."""
    out = ""
    glue = True
    for word in words:
        if word.tag == "HYPH" or word.lower in ("-", "–"):
            out += "-"
            glue = True
            continue
        if out.endswith("-"):
            glue = True
        if word.lower in ("'s", "’s", "'", "’"):
            out += word.lower
            continue
        out += ("" if glue else " ") + word.lower
        glue = False
    return out.strip("- ")
