"""Titles on a page: offices with what qualifies them, in capitals or not, beside a name or alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.extents import Extents
from broadsheet.extraction.actors.page import Matcher
from broadsheet.reference.people import Office, name_suffixes, office_qualifiers, offices, title_openings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page


@dataclass(frozen=True, slots=True)
class Title:
    """Tokens ``first`` to ``last`` (exclusive) that name an office.

    Attributes:
        first: First token of the title, with the words that say what the office is for (``farm minister``).
        head: First token of the office proper (``minister``).
        last: Token after the last one.
        office: What ``offices.csv`` says of it.
        is_plural: Whether several hold it (``ministers``).
        qualifier: Word before it that gives the tenure (``former``), in lower case.
    """

    first: int
    head: int
    last: int
    office: Office
    is_plural: bool
    qualifier: str | None = None


@cache
def _offices() -> tuple[Matcher, dict[str, tuple[Office, bool]]]:
    table = {_plural(name): (office, True) for name, office in offices().items()}
    table |= {name: (office, name.endswith("s.")) for name, office in offices().items()}
    return Matcher(table), table


def _plural(name: str) -> str:
    if name.endswith((".", "s")):
        return name
    if name.endswith("man"):
        return f"{name[:-3]}men"
    if name.endswith("y") and name[-2] not in "aeiou":
        return f"{name[:-1]}ies"
    first, _, rest = name.partition(" ")
    if rest.startswith(("of ", "in ", "general")) and first not in ("lieutenant", "major", "brigadier"):
        return f"{first}s {rest}"
    return f"{name}s"


_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_MODIFYING = frozenset({"compound", "amod", "nmod"})
_REACH = 5
"""How many tokens before another office a word belongs to its title, or tells its tenure."""


def find_titles(page: Page, hits: Mapping[int, Hit]) -> dict[int, Title]:
    """The titles by the first token of the office proper; they do not overlap, and none is inside a known name."""
    known = {i for hit in hits.values() if hit.kind == "organization" for i in range(hit.first, hit.last)}
    matcher, table = _offices()
    extents = Extents(page, hits)
    found: dict[int, Title] = {}
    free = 0
    for token in page.tokens:
        if token.i < free or token.pos not in _NOUNS or token.i in page.silent or token.i in known:
            continue
        match = matcher.at(page, token)
        if match is None:
            continue
        key, last = match
        office, is_plural = table[key]
        if (token.pos == "ADJ" and last == token.i + 1) or _is_no_office(page, token, last, office):
            continue
        governs = page.tokens[token.head]
        other = matcher.at(page, governs) if token.dep in _MODIFYING and last <= governs.i < token.i + _REACH else None
        if other is not None and (office.is_rank or not table[other[0]][0].is_rank):
            continue  # deputy farm minister: one office; commander General Lund: two
        first, last = extents.around(token.i, last, office, free)
        opening = page.word(first - 1) if first > free and page.word(first - 1) in title_openings() else None
        first -= opening is not None
        found[token.i] = Title(first, token.i, last, office, is_plural, _qualifier(page, first) or opening)
        free = last
    return found


def _is_no_office(page: Page, token: Token, last: int, office: Office) -> bool:
    """Whether an abbreviation for an office is a time or name (*6 PM*, *Md Holt*) or a degree (*Ann Lee, MD, said*)."""
    if office.stands_for is None or office.office.endswith(".") or last == len(page.tokens):
        return False
    suffix = office.office in name_suffixes() and page.word(token.i - 1) == ","
    degree = suffix and page.word(last) not in ("of", "at", "for", "and", "&")
    named = len(token.text) > 2 and token.text.istitle() and page.tokens[last].text.istitle()
    small = not (named or token.text[:2].isupper())  # Rep Lund, but no sales rep
    return degree or small or page.word(token.i - 1)[:1].isdigit()


def _qualifier(page: Page, first: int) -> str | None:
    """The word of tenure before a title, also before a country or body: ``former Peruvian president``."""
    tokens = page.tokens
    start = max(page.document.sentence_of(tokens[first]).first, first - _REACH)
    adverb = page.word(first - 2)  # Lund, then the mayor
    if page.word(first - 1) in ("a", "an", "the") and page.word(first - 3) == "," and adverb in office_qualifiers():
        return adverb
    for token in reversed(tokens[start:first]):
        if token.lower in office_qualifiers() and token.ent != "DATE" and token.pos != "SCONJ":
            return token.lower  # but not next week, nor once the mayor left
        if token.pos not in ("PROPN", "ADJ", "NOUN", "NUM") and token.lower not in ("'s", "’s", "-", "of"):
            return None
    return None


def head_place(tokens: Sequence[Token], title: Title) -> int:
    """The place of the word of an office that the clause governs: ``secretary`` in ``secretary-general``."""
    inside = range(title.head, title.last)
    return next((i for i in reversed(inside) if tokens[i].head not in inside or tokens[i].head == i), inside[-1])


def appositive_titles(document: Document, titles: Iterable[Title]) -> dict[int, Title]:
    """Token of a name to the title in apposition to it, or to which it is in apposition."""
    out: dict[int, Title] = {}
    for title in titles:
        if title.is_plural:
            continue
        head = document.tokens[head_place(document.tokens, title)]
        if head.dep == "appos":
            out.setdefault(head.head, title)
        for child in document.children(head, "appos"):
            out.setdefault(child.i, title)
        if (name := name_behind(document, title)) is not None:
            out.setdefault(name, title)
    return out


def name_behind(document: Document, title: Title) -> int | None:
    """The last word of a name between commas after a title and what it is of: ``the mayor of Bergen, Ana Lund,``."""
    tokens, stop = document.tokens, document.sentence_of(document.tokens[title.head]).last
    first = comma = next((i for i in range(title.last, min(title.last + _REACH, stop)) if tokens[i].text == ","), stop)
    if any(t.pos in ("VERB", "AUX", "PUNCT", "CCONJ") for t in tokens[title.last : comma]):
        return None
    while first + 1 < stop and tokens[first + 1].pos == "PROPN" and tokens[first + 1].ent != "GPE":
        first += 1
    named = first > comma + 1 and first + 1 < stop and tokens[first + 1].text == ","
    return first if named else None
