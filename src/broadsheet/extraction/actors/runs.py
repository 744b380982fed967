"""Runs of words that a page prints as names: capitals and what joins them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import (
    family_names_first,
    given_names,
    honorifics,
    office_qualifiers,
    surname_particles,
)

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})
_NUMBER_LABELS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART", "INTJ", "PUNCT", "SYM", "NUM", "SPACE"})
_MONTHS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug",
)
_DAYS = ("monday tuesday wednesday thursday friday saturday sunday", "mon tue wed thu fri sat sun sep sept oct nov dec")
_CALENDAR = frozenset(word for words in (*_MONTHS, *_DAYS) for word in words.split())
_BEARERS = frozenset({"PERSON", "ORG"})
_OPENERS = frozenset(
    {'"', "“", "‘", "'", "`", "``", "''", ":", ";", "(", "[", "-", "--", "—", "–", "•", "*", "...", "…"}
)
_PREPOSITIONS = frozenset({"of", "for", "on", "against"})
_COMPANY_MARKS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "limited"})
_RANKS = frozenset({"top", "senior", "junior", "chief", "deputy", "lead", "fellow"})
_LONGEST = 14


class Runs:
    """Finds the runs of one page."""

    def __init__(self, page: Page, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.titles = titles
        self.in_hit = {i for hit in hits.values() for i in range(hit.first, hit.last)}
        self.lowercase = frozenset(t.text for t in self.tokens if t.text.islower())
        self.surnames = frozenset(
            behind.text
            for given, behind in pairwise(self.tokens)
            if behind.text.istitle() and given.text.istitle() and given.lower in given_names() and behind.pos == "PROPN"
        )
        self.inside = frozenset(
            t.text
            for t in self.tokens
            if t.pos == "PROPN" and t.text.istitle() and t.ent in _BEARERS and not self._opens(t)
        )
        large = {*page.large, *self.in_hit}
        self.capital = [t.i in large and self._is_capital(t) for t in self.tokens]

    def find(self) -> list[tuple[int, int]]:
        """First and last (exclusive) token of each run, in reading order."""
        runs: list[tuple[int, int]] = []
        i = 0
        for sentence in self.page.document.sentences:
            if sentence.paragraph in self.page.headline:
                continue
            i = max(i, sentence.first)
            while i < sentence.last:
                if self.capital[i]:
                    stop = self._extend(i, sentence.last)
                    runs.append((i, stop))
                    i = stop
                else:
                    i += 1
        return runs

    def _is_capital(self, token: Token) -> bool:
        if token.i in self.in_hit:
            return True
        text = token.text
        if token.i in self.page.silent or "$" in text or token.lower == "i":
            return False
        if not text[0].isalpha() and text[0] not in "'’":
            return False
        if token.lower in honorifics():
            return True
        named = token.ent in NAME_LABELS
        if token.pos in _CLOSED and not (named and token.pos not in ("PUNCT", "PART")):
            return False
        if token.pos in _CLOSED and token.lower in self.lowercase:
            return False
        if token.lower.rstrip(".") in _CALENDAR:
            before = self.tokens[token.i - 1].lower if token.i else ""
            return before in given_names() or before in honorifics()
        if token.ent in _NUMBER_LABELS and token.pos != "PROPN":
            return False
        # The tagger takes many a surname that opens a sentence for something else: ``Hogan says``.
        return not self._opens(token) or self._opening_name(token) or self._opens_as_surname(token)

    def _opens_as_surname(self, token: Token) -> bool:
        if token.lower in self.lowercase or token.i in self.titles or token.pos in _CLOSED:
            return False
        return token.text in self.surnames or token.text in self.inside

    def _opens(self, token: Token) -> bool:
        """Whether the token stands where any word has a capital."""
        i = token.i - 1
        if i < 0 or self.tokens[i].sentence != token.sentence:
            return True
        before = self.tokens[i]
        if before.text in _OPENERS:
            return before.text not in ("-", "(") or before.end != token.start
        return False

    def _opening_name(self, token: Token) -> bool:
        if token.pos not in ("PROPN", "NOUN", "ADJ", "X", "VERB") or token.lower in office_qualifiers():
            return False
        if token.lower in _RANKS and token.i not in self.titles:
            return False
        if token.i in self.titles:
            title = self.titles[token.i]
            return not title.is_plural and title.last < len(self.tokens) and self.tokens[title.last].text[0].isupper()
        if token.lower in given_names() and token.ent in ("PERSON", ""):
            return token.pos == "PROPN" or token.ent == "PERSON"
        if token.lower in self.lowercase and token.ent not in ("PERSON", "ORG"):
            return False
        if token.ent in NAME_LABELS:
            return True
        return token.pos == "PROPN"

    def _extend(self, start: int, limit: int) -> int:
        """Place behind the run that begins at ``start``."""
        i = start
        behind = start
        while i < limit and i - start < _LONGEST:
            hit = self.hits.get(i)
            title = self.titles.get(i)
            if hit is not None and hit.last > i:
                i = behind = min(hit.last, limit)
            elif title is not None and title.last > i + 1 and (self.capital[i] or i == start):
                i = behind = min(title.last, limit)
            elif self.capital[i]:
                i = behind = i + 1
            else:
                joined = self._join(start, i, limit)
                if joined is None:
                    break
                i = joined
                if not self.capital[i]:  # the small half of ``Teng-hui``
                    i = behind = i + 1
        return behind

    def _join(self, start: int, i: int, limit: int) -> int | None:
        """Where the run goes on behind the small word at ``i``, or None where it ends there."""
        tokens = self.tokens
        token = tokens[i]
        following = i + 1
        if following >= limit or i == start:
            return None
        lower = token.lower
        if token.text in ("-", "–", "‑") and token.start == tokens[i - 1].end and tokens[following].start == token.end:
            return self._hyphen(start, i)
        if lower in surname_particles():
            j = following
            while j < limit - 1 and tokens[j].lower in surname_particles() and not self.capital[j]:
                j += 1
            if tokens[j].text == "-" and j + 1 < limit and tokens[j].start == tokens[j - 1].end:
                j += 1
            fits = self.capital[j] and tokens[i - 1].text[0].isupper() and not is_head(tokens[i - 1].lower)
            return j if fits and i - 1 not in self.in_hit else None
        if token.text == "&" and self.capital[following]:
            return following
        if token.text == "," and tokens[following].lower.rstrip(".") in _COMPANY_MARKS and self.capital[following]:
            return following
        if lower in _PREPOSITIONS:
            return self._preposition(i, limit)
        if lower == "and":
            inside = any(t.lower in _PREPOSITIONS for t in tokens[start + 1 : i])  # Institute for Trade and Industry
            plain = self.capital[following] and following not in self.in_hit and tokens[following].ent != "PERSON"
            return following if inside and plain else None
        return None

    def _hyphen(self, start: int, i: int) -> int | None:
        tokens = self.tokens
        if i - 1 in self.in_hit or i + 1 in self.in_hit:
            return i + 1 if i - 1 not in self.in_hit and i + 1 in self.hits else None
        family_first = i - 2 >= start and tokens[i - 2].lower in family_names_first()
        goes_on = self.capital[i + 1] or family_first or tokens[i + 1].pos == "PROPN"
        return i + 1 if goes_on else None

    def _preposition(self, i: int, limit: int) -> int | None:
        """Where the name of a body goes on behind a preposition: ``Bank of``, ``Council on the``."""
        tokens = self.tokens
        j = i + 2 if tokens[i + 1].lower == "the" else i + 1
        if not is_head(tokens[i - 1].lower) or j >= limit or not self.capital[j]:
            return None
        hit = self.hits.get(j)
        return j if hit is None or hit.kind == "demonym" or tokens[i].lower == "of" else None
