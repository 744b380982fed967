"""Runs of words that a page prints as names: capitals and what joins them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.reference.organizations import is_head
from broadsheet.reference.people import (
    family_names_first,
    given_names,
    honorifics,
    name_suffixes,
    office_qualifiers,
    portfolios,
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
_BEFORE_MONTHS = frozenset(
    {"in", "on", "of", "since", "by", "until", "till", "last", "next", "this", "early", "late", "mid", "from", "to"}
    | {"the"}
)
_OPENERS = frozenset(
    {'"', "“", "‘", "'", "`", "``", "''", ":", ";", "(", "[", "-", "--", "—", "–", "•", "*", "...", "…"}
)
_PREPOSITIONS = frozenset({"of", "for", "on", "against"})
_SMALL = frozenset({"and", "&", "the", "'s", "’s", "'", "’"})
_COMPANY_MARKS = frozenset({"inc", "inc.", "corp", "corp.", "co", "co.", "ltd", "ltd.", "llc", "plc", "limited"})
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
        self.printed = frozenset(
            t.text for t in self.tokens if t.paragraph not in page.headline and t.text[0].isupper() and t.pos == "PROPN"
        )
        self.surnames = frozenset(
            behind.text
            for given, behind in pairwise(self.tokens)
            if behind.text.istitle() and given.text.istitle() and given.lower in given_names() and behind.pos == "PROPN"
        )
        self.inside = frozenset(
            t.text
            for t in self.tokens
            if t.text in self.printed and t.text.istitle() and t.ent in _BEARERS and not self._opens(t)
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
        if text == "I." and (token.i + 1 >= len(self.tokens) or self.tokens[token.i + 1].pos != "PROPN"):
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
            return self._is_person_despite_calendar(token)
        if token.ent in _NUMBER_LABELS and token.pos != "PROPN":
            return False
        # The tagger takes many a surname that opens a sentence for something else: ``Hogan says``.
        return not self._opens(token) or self._opening_name(token) or self._opens_as_surname(token)

    def _opens_as_surname(self, token: Token) -> bool:
        if token.lower in self.lowercase or token.i in self.titles or token.pos in _CLOSED:
            return False
        return token.text in self.surnames or token.text in self.inside

    def _is_person_despite_calendar(self, token: Token) -> bool:
        if token.i == 0 or token.lower.endswith("day"):
            return False
        before = self.tokens[token.i - 1]
        if before.lower in honorifics() or (before.lower in given_names() and before.text[0].isupper()):
            return True
        behind = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        dated = before.lower in _BEFORE_MONTHS or before.lower.isdecimal()
        return (
            token.lower in given_names()
            and behind is not None
            and not dated
            and behind.pos == "PROPN"
            and behind.text.istitle()
            and behind.lower.rstrip(".") not in _CALENDAR
        )

    def _opens(self, token: Token) -> bool:
        """Whether the token is where any word has a capital."""
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
            return not title.is_plural and title.last < len(self.tokens) and self._is_printed_large(title.last)
        if token.lower in given_names() and token.ent in ("PERSON", ""):
            return token.pos == "PROPN" or token.ent == "PERSON"
        if token.lower in self.lowercase and token.ent not in ("PERSON", "ORG"):
            return self._opens_body(token.i)
        if token.ent in NAME_LABELS:
            return True
        return token.pos == "PROPN"

    def _opens_body(self, i: int) -> bool:
        """Whether common words with capitals go on up to the head of a body's name: ``Human Rights Monitor``."""
        tokens = self.tokens
        for j in range(i + 1, min(i + 4, len(tokens))):
            token = tokens[j]
            if token.sentence != tokens[i].sentence or not token.text.istitle() or j in self.titles:
                return False
            if is_head(token.lower) and j > i + 1:
                return True
        return False

    def _is_printed_large(self, i: int) -> bool:
        return self.tokens[i].text[0].isupper()

    def _extend(self, start: int, limit: int) -> int:
        """Place after the run that begins at ``start``."""
        tokens = self.tokens
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
        while behind > start + 1 and tokens[behind - 1].pos == "PUNCT":
            behind -= 1
        return behind

    def _join(self, start: int, i: int, limit: int) -> int | None:
        """Where the run goes on after the small word at ``i``, or None where it ends there."""
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
            return j if fits and not self._knows(i - 1) else None
        if token.text == "&" and self.capital[following]:
            return following
        if token.text == "," and (
            tokens[following].lower in _COMPANY_MARKS or tokens[following].lower in name_suffixes()
        ):
            return following if self.capital[following] else None
        if lower in _PREPOSITIONS:
            return self._preposition(start, i, limit)
        if lower == "and":
            return self._and(start, i, limit)
        return None

    def _knows(self, i: int) -> bool:
        """Whether the token ends something known that is no person's name."""
        return i in self.in_hit

    def _hyphen(self, start: int, i: int) -> int | None:
        tokens = self.tokens
        left, right = tokens[i - 1], tokens[i + 1]
        if self.capital[i + 1] and any(t.lower in _PREPOSITIONS for t in tokens[start + 1 : i]):
            return i + 1  # inside what a body is for: Council on X-Y Relations
        if self._knows(i - 1) or self._knows(i + 1):
            prefixed = not self._knows(i - 1) and left.text.isalpha()
            return i + 1 if prefixed and self.hits.get(i + 1) is not None else None
        if self.capital[i + 1]:
            return i + 1
        if not right.text.isalpha() or len(right.text) > 8:
            return None
        family_first = i - 2 >= start and tokens[i - 2].lower in family_names_first()
        if family_first or right.pos == "PROPN":
            return i + 1
        return None

    def _preposition(self, start: int, i: int, limit: int) -> int | None:
        tokens = self.tokens
        head = tokens[i - 1].lower
        in_chain = tokens[i].lower == "of" and any(t.lower in _PREPOSITIONS for t in tokens[start + 1 : i])
        if in_chain and i + 2 < limit and not self._knows(i - 1):
            j = i + 2 if tokens[i + 1].lower == "the" else i + 1
            return j if self.capital[j] and j not in self.titles and tokens[i].ent == "ORG" else None
        if not is_head(head) or head in _COMPANY_MARKS or i - 1 in self.titles:
            return None
        j = i + 1
        article = j < limit and tokens[j].lower == "the"
        if article:
            j += 1
        if j >= limit or not self.capital[j]:
            return None
        hit = self.hits.get(j)
        if hit is not None and hit.kind != "demonym":
            if tokens[i].lower != "of" or (article and i - 1 > start):
                return None
            return j
        if hit is None and tokens[j].ent == "PERSON" and tokens[j].lower in given_names():
            return None
        if tokens[i].lower == "on" and tokens[j].ent in ("PERSON", "GPE"):
            return None
        return j

    def _and(self, start: int, i: int, limit: int) -> int | None:
        tokens = self.tokens
        j = i + 1
        if not self.capital[j] or j in self.titles:
            return None
        right = j
        while right < limit and self.capital[right]:
            right += 1
        ends_with_head = is_head(tokens[right - 1].lower)
        left = tokens[start:i]
        if any(t.lower in _PREPOSITIONS for t in left):
            if any(self._knows(k) for k in range(j, right)) or ends_with_head or tokens[j].lower in given_names():
                return None
            return j if tokens[j].ent != "PERSON" else None
        if not ends_with_head or any(is_head(t.lower) for t in left[-1:]):
            return None
        if any(self._knows(k) for k in (i - 1, j)):
            return None
        covered = tokens[i].ent in ("ORG", "FAC", "LAW")
        return j if covered or (left[-1].lower in portfolios() and tokens[j].lower in portfolios()) else None
