"""Organizations and groups of an article: full names, abbreviations that lead to them, spellings of one name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.names import is_acronym
from broadsheet.reference.geography import country_names, demonyms
from broadsheet.reference.organizations import head_of, known_organizations

if TYPE_CHECKING:
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.found import Rule

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "at", "to", "a", "an", "de", "la", "du", "des", "&", "von", "der"}
)
_TICKER = range(3, 6)
"""Letters of a stock symbol."""
_LEGAL_FORMS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "limited", "incorporated", "corporation"})
_SUFFIXES = _LEGAL_FORMS | {"company", "group", "holdings"}


@dataclass(slots=True, eq=False)
class Body:
    """An organization or group and the names found so far.

    Attributes:
        words: The fullest printed name, word by word, in lower case.
        known: Name in ``known_organizations.csv``.
        names: Places in the list of names, in reading order.
        why: Why the name that it was found by is a body's.
    """

    words: tuple[str, ...]
    known: str | None = None
    state: str | None = None
    names: list[int] = field(default_factory=list)
    why: Rule | None = None

    def initials(self) -> frozenset[str]:
        """Abbreviations that the name can have, in lower case."""
        words = [w.replace("'s", "") for w in self.words]
        large = [w for w in words if w not in _SMALL]
        bare = [w for w in large if not _is_state(w)]
        pieces = [p for w in large for p in w.split("-") if p]
        mixed = "".join(w if w in _SMALL else w[0] for w in words)  # BofA
        found = {"".join(w[0] for w in some) for some in (words, large, bare, pieces) if len(some) > 1}
        return frozenset({*found, mixed} if len(words) > 1 else found)

    def is_party(self) -> bool:
        """Whether the last word of the name is a noun for a party; its members bear the name in the plural."""
        head = head_of(self.words[-1])
        return len(self.words) > 1 and head is not None and head.sphere == "party"

    def has_ticker(self, symbol: str) -> bool:
        """Whether a company's shares can have a symbol: its letters in their order (``WMT`` for *Walmart Inc.*)."""
        known = known_organizations()[self.known] if self.known is not None else head_of(self.words[-1])
        if self.state is not None or (known is not None and known.sphere != "company"):
            return False
        letters = iter("".join(self.words))
        return self.words[0][0] == symbol[0] and len(self.words) > 1 and all(c in letters for c in symbol)

    def opens_with(self, words: tuple[str, ...]) -> bool:
        """Whether a shorter form is how the name begins, a state's name aside (``Harvard``, ``House``, ``Greens``)."""
        own = self.words
        if self.is_party():
            words = (*words[:-1], words[-1].removesuffix("s"))
        if own and _is_state(own[0]):
            own = own[1:]
        return 0 < len(words) < len(own) and (own[: len(words)] == words or self.words[: len(words)] == words)


def _is_state(word: str) -> bool:
    return word in country_names() or word in demonyms()


def words_of_body(text: str) -> tuple[str, ...]:
    """The words of a body's name in lower case; full stops inside an abbreviation are dropped."""
    lower = text.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    lower = re.sub(r"(?<=\b[a-z])\.", "", lower)
    words = tuple(_WORD.findall(lower))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words less those that only give a company's legal form."""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words


class Bodies:
    """Gathers the bodies of one page from its names."""

    def __init__(self, page: Page, names: list[Name]) -> None:
        self.page = page
        self.names = names
        self.bodies: list[Body] = []
        self.of_name: dict[int, Body] = {}
        self.linked: dict[int, str] = {}
        self._by_words: dict[tuple[str, ...], Body] = {}
        self._by_bag: dict[tuple[str, ...], Body] = {}
        self._by_known: dict[str, Body] = {}
        self._by_initials: dict[str, list[Body]] = {}
        self._by_first: dict[str, list[Body]] = {}

    def words(self, index: int) -> tuple[str, ...]:
        """The words of a name."""
        name = self.names[index]
        return words_of_body(self.page.text_of(name.first, name.last))

    def add(self, index: int, why: Rule) -> None:
        """Takes a full name, or a known one in any form; ``why`` is the reason that it is a body's."""
        words = self.words(index)
        if not words:
            return
        hit = self.names[index].hit
        known = hit.key if hit is not None and hit.kind == "organization" else None
        bag = tuple(sorted(without_suffix(words)))
        body = self._by_words.get(words) or (self._by_known.get(known) if known else None)
        if body is None and len(bag) > 2:
            body = self._by_bag.get(bag)
        if body is None:
            body = self._by_words.get(without_suffix(words))
        state = words[0] if len(words) > 2 and _is_state(words[0]) else None
        if body is None and state is not None:
            stateless = self._by_words.get(words[1:])
            body = stateless if stateless is not None and stateless.state in (None, state) else None
        if body is None:
            body = Body(words, known, why=why)
            self.bodies.append(body)
        elif len(words) > len(body.words):
            body.words = words
        body.state = body.state or state
        body.known = body.known or known
        if body.known:
            self._by_known.setdefault(body.known, body)
        for form in (words, without_suffix(words), words[1:] if state is not None else words):
            self._by_words.setdefault(form, body)
        self._by_bag.setdefault(bag, body)
        for initials in sorted(body.initials()):
            found = self._by_initials.setdefault(initials, [])
            if body not in found:
                found.append(body)
        members = [f"{body.words[0]}s"] if body.is_party() else []
        for word in (*body.words[:2], *members):
            found = self._by_first.setdefault(word, [])
            if body not in found:
                found.append(body)
        self._join(body, index, "full")

    def add_bracketed(self, index: int, beside: int) -> bool:
        """Links a name in brackets to the body named right before them, where one abbreviates the other."""
        body = self.of_name.get(beside)
        other = self.of_name.get(index)
        if body is None:
            return False
        name = self.names[index]
        short = self.page.text_of(name.first, name.last).replace(".", "").lower()
        foreign = is_acronym(self.page.text_of(name.first, name.last)) and len(body.words) > 2
        if other is None and (foreign or short in body.initials()):
            self._by_initials.setdefault(short, []).insert(0, body)
            self._by_words.setdefault((short,), body)
            self._join(body, index, "bracketed")
            return True
        return False

    def add_short(self, index: int) -> bool:
        """Links an abbreviation or the beginning of a name to a body that the article names in full."""
        words = self.words(index)
        if not words:
            return False
        text = self.page.text_of(self.names[index].first, self.names[index].last)
        body, how = self._by_words.get(words), "again"
        if body is None and len(words) > 2:
            body = self._by_bag.get(tuple(sorted(without_suffix(words))))
        if body is None and len(words) == 1 and (is_acronym(text) or (text[0].isupper() and 3 <= len(text) <= 6)):
            found = self._by_initials.get(words[0], [])
            long_enough = [b for b in found if len(b.words) > 2 or is_acronym(text)]
            body, how = (long_enough[0], "initials") if long_enough else (None, how)
        if body is None:
            found = [b for b in self._by_first.get(words[0], []) if b.opens_with(words)]
            body, how = (found[0], "opening") if found else (None, how)
        if body is None and len(words) == 1 and is_acronym(text) and len(text) in _TICKER:
            found = [b for b in self.bodies if b.has_ticker(words[0])]
            body, how = (found[0], "ticker") if len(found) == 1 else (None, how)
        if body is None:
            return False
        self._join(body, index, how)
        return True

    def _join(self, body: Body, index: int, how: str) -> None:
        self.linked[index] = how
        body.names.append(index)
        self.of_name[index] = body


def kind_of(body: Body) -> tuple[str, str]:
    """``group`` for a known group, else ``organization``; and by which branch."""
    if body.known is None:
        return "organization", "organization"
    kind = "group" if known_organizations()[body.known].sphere == "group" else "organization"
    return kind, f"known_{kind}"
