"""Runs of words that a page prints as names: capitals and what joins them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.reference import table
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
_BEARERS = frozenset({"PERSON", "ORG"})
_OPENERS = frozenset({'"', "“", "‘", "'", "`", "``", "''", ":", ";", "[", "--", "—", "–", "•", "*", "...", "…"})
_PREPOSITIONS = frozenset({"of", "for", "on", "against"})
_COMPANY_MARKS = frozenset({"inc", "inc.", "corp", "corp.", "co", "co.", "ltd", "ltd.", "llc", "plc", "limited"})
_LONGEST = 14


class Runs:
    """Finds the runs of one page."""

    def __init__(self, page: Page, hits: dict[int, Hit], titles: dict[int, Title]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.titles = titles
        self.in_hit = {i for hit in hits.values() for i in range(hit.first, hit.last)}
        self.lowercase = page.lowercase
        self.surnames = {
            behind.text
            for given, behind in pairwise(self.tokens)
            if behind.text.istitle() and given.text.istitle() and given.lower in given_names()
        }
        self.surnames.update(
            t.text
            for t in self.tokens
            if t.paragraph not in page.headline and t.text.istitle() and t.ent in _BEARERS and not self._opens(t)
        )
        self.calendar = {r["word"] for r in table("date_words") if r["kind"] in ("month", "weekday")}
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
        if token.i in self.page.silent or token.lower == "i" or not token.text[0].isalpha():
            return False
        if token.lower in honorifics():
            return True
        if token.pos in _CLOSED or (token.ent in _NUMBER_LABELS and token.pos != "PROPN"):
            return False
        if token.lower.rstrip(".") in self.calendar:
            return self._is_person_despite_calendar(token)
        # The tagger takes many a surname that opens a sentence for something else: ``Hogan says``.
        is_surname = token.text in self.surnames and token.lower not in self.lowercase and token.i not in self.titles
        return is_surname or not self._opens(token) or self._opening_name(token)

    def _is_person_despite_calendar(self, token: Token) -> bool:
        before = self.tokens[token.i - 1]
        if token.lower.endswith("day"):
            return False
        if before.text[0].isupper() and (before.lower in honorifics() or before.lower in given_names()):
            return True
        if token.lower not in given_names() or before.pos in ("ADP", "ADJ", "DET", "SCONJ") or before.lower.isdecimal():
            return False
        behind = self.tokens[min(token.i + 1, len(self.tokens) - 1)]
        return behind.pos == "PROPN" and behind.text.istitle() and behind.lower.rstrip(".") not in self.calendar

    def _opens(self, token: Token) -> bool:
        """Whether the token is where any word has a capital."""
        before = self.tokens[token.i - 1]
        return token.i == 0 or before.sentence != token.sentence or before.text in _OPENERS

    def _opening_name(self, token: Token) -> bool:
        if token.pos not in ("PROPN", "NOUN", "ADJ", "X", "VERB") or token.lower in office_qualifiers():
            return False
        if token.i in self.titles:
            return not self.titles[token.i].is_plural
        if token.lower in given_names():
            return token.pos == "PROPN" or token.ent == "PERSON"
        if token.lower in self.lowercase and token.ent not in _BEARERS:
            return False
        return token.ent in NAME_LABELS or token.pos == "PROPN"

    def _extend(self, start: int, limit: int) -> int:
        """Place after the run that begins at ``start``."""
        i = start
        behind = start
        while i < limit and i - start < _LONGEST:
            hit = self.hits.get(i)
            title = self.titles.get(i)
            if hit is not None:
                i = behind = min(hit.last, limit)
            elif title is not None and title.last > i + 1 and self.capital[i]:
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
        """Where the run goes on after the small word at ``i``, or None where it ends there."""
        tokens = self.tokens
        token = tokens[i]
        following = i + 1
        if following >= limit:
            return None
        if token.text in ("-", "–", "‑") and token.start == tokens[i - 1].end:
            return self._hyphen(i)
        if token.lower in surname_particles():
            j = following
            while j < limit - 1 and tokens[j].lower in surname_particles():
                j += 1
            if tokens[j].text == "-" and j + 1 < limit:
                j += 1
            return j if self.capital[j] else None
        if token.text == "&":
            return following if self.capital[following] else None
        if token.text == "," and tokens[following].lower in _COMPANY_MARKS:
            return following
        if token.lower in _PREPOSITIONS:
            return self._preposition(start, i, limit)
        return self._and(start, i, limit) if token.lower == "and" else None

    def _hyphen(self, i: int) -> int | None:
        right = self.tokens[i + 1]
        if i - 1 in self.in_hit:
            return None
        family_first = self.page.word(i - 2) in family_names_first()
        is_small_half = right.text.isalpha() and (family_first or right.pos == "PROPN")
        return i + 1 if self.capital[i + 1] or is_small_half else None

    def _preposition(self, start: int, i: int, limit: int) -> int | None:
        tokens = self.tokens
        j = i + 2 if tokens[i + 1].lower == "the" else i + 1
        if j >= limit or not self.capital[j]:
            return None
        has_article = j > i + 1 and i - 1 > start
        fits = j not in self.hits or (tokens[i].lower == "of" and not has_article)
        return j if fits and is_head(tokens[i - 1].lower) else None

    def _and(self, start: int, i: int, limit: int) -> int | None:
        tokens = self.tokens
        j = right = i + 1
        while right < limit and self.capital[right]:
            right += 1
        if right == j:
            return None
        ends_with_head = is_head(tokens[right - 1].lower)
        if any(t.lower in _PREPOSITIONS for t in tokens[start:i]):
            return None if ends_with_head or self.in_hit.intersection(range(j, right)) else j
        joined = ends_with_head and not is_head(tokens[i - 1].lower) and tokens[i].ent in ("ORG", "FAC", "LAW")
        return j if joined else None
