"""Titles on a page: offices with what qualifies them, in capitals or not, beside a name or alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.page import Matcher
from broadsheet.reference.organizations import body_nouns, is_head
from broadsheet.reference.people import Office, office_qualifiers, offices, portfolios

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
    table: dict[str, tuple[Office, bool]] = {}
    for name, office in offices().items():
        table[name] = (office, name.endswith("s."))
        plural = _plural(name)
        if plural is not None and plural not in offices():
            table[plural] = (office, True)
    return Matcher(table), table


def _plural(name: str) -> str | None:
    if name.endswith((".", "s")):
        return None
    if name.endswith("man"):
        return f"{name[:-3]}men"
    if name.endswith("y") and name[-2] not in "aeiou":
        return f"{name[:-1]}ies"
    first, _, rest = name.partition(" ")
    if rest.startswith(("of ", "in ", "general")) and first not in ("lieutenant", "major", "brigadier"):
        return f"{first}s {rest}"
    return f"{name}s"


_OPEN_ENDED = frozenset(
    {"minister", "secretary", "commissioner", "undersecretary", "director", "adviser", "advisor", "head", "manager"}
)
"""Offices whose field may follow: ``minister of trade``, ``head of research``; ``adviser on migration`` is none."""

_CHAMBERS = frozenset({"state", "opposition", "city", "federal"})
_GRADES = frozenset({"deputy", "vice", "assistant", "associate", "senior", "junior", "chief", "top", "first", "lead"})
_RANKS = frozenset({"deputy", "vice", "assistant", "associate", "senior", "junior", "chief", "shadow"})
"""Ranks that a field may follow: ``senior market analyst``."""
_LONGEST_FIELD = 3
_KINDS_OF_HOLDER = frozenset({"acting", "caretaker", "interim", "opposition", "shadow"})
"""Words right before an office without which it is another one."""
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})


def find_titles(page: Page, hits: Mapping[int, Hit]) -> dict[int, Title]:
    """The titles by the first token of the office proper; they do not overlap, and none is inside a known name."""
    known = {i for hit in hits.values() if hit.kind == "organization" for i in range(hit.first, hit.last)}
    areas = {i for h in hits.values() if h.kind in ("region", "place", "capital") for i in range(h.first, h.last)}
    matcher, table = _offices()
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
        if token.pos == "ADJ" and last == token.i + 1:
            continue
        last = _field_behind(page, last, key)
        fields = _CHAMBERS if office.sphere == "legislature" else portfolios()
        first = _rank_before(page, _field_before(page, token.i, known, fields), areas)
        qualifier = _qualifier(page, first)
        found[token.i] = Title(first, token.i, last, office, is_plural, qualifier)
        free = last
    return found


def _field_behind(page: Page, last: int, key: str) -> int:
    """Takes in ``of foreign affairs`` after ``minister``, and ``of research`` after ``head``."""
    tokens = page.tokens
    if key.rpartition(" ")[2] not in _OPEN_ENDED or last + 1 >= len(tokens) or tokens[last].lower not in ("of", "for"):
        return last
    i = last + 1
    definite = tokens[i].lower == "the"
    if definite:
        i += 1
    stop = last
    while i < len(tokens) and tokens[i].sentence == tokens[last].sentence:
        plain = not definite and _is_plain_word(tokens[i])
        if tokens[i].lower in portfolios() or (plain and tokens[i].pos == "NOUN"):
            stop = i + 1
        elif not plain and not (tokens[i].lower in ("and", ",", "&", "-") and stop == i):
            break
        i += 1
    if stop < len(tokens) and tokens[stop].text[0].isupper() and is_head(tokens[stop].lower):
        return last
    return stop


def _field_before(page: Page, head: int, taken: set[int], fields: frozenset[str]) -> int:
    """Takes in ``foreign`` and ``deputy`` before ``minister``; capitals go with capitals."""
    tokens = page.tokens
    first = head
    sentence = tokens[head].sentence
    i = head - 1
    while i >= 0 and tokens[i].sentence == sentence and i not in page.silent and i not in taken:
        token = tokens[i]
        if token.lower in fields or token.lower in _GRADES:
            if token.pos == "VERB":
                break
            first = i
        elif token.text in ("-", "&", ",") or token.lower == "and":
            known = i > 0 and (tokens[i - 1].lower in fields or tokens[i - 1].lower in _GRADES)
            if token.text == "," and not (
                known and tokens[i - 1].text[0].isupper() and tokens[first].text[0].isupper()
            ):
                break
            if not known or first != i + 1 or (token.lower == "and" and not tokens[first].text[0].isupper()):
                break
        else:
            break
        i -= 1
    before = tokens[first - 1] if first else None
    if before is not None and before.lower in _KINDS_OF_HOLDER and before.sentence == sentence:
        first = before.i if before.i not in page.silent else first
    return first


def _is_plain_word(token: Token) -> bool:
    """Whether a word may say what an office is for: a common noun or adjective that names no body."""
    return token.text.islower() and token.pos in ("NOUN", "ADJ") and token.lower not in body_nouns()


def _rank_before(page: Page, first: int, areas: set[int]) -> int:
    """Takes in a rank with a field or region after it: ``senior market analyst``, ``chief Europe economist``."""
    tokens = page.tokens
    i = first - 1
    while i >= 0 and first - i <= _LONGEST_FIELD and (i in areas or _is_plain_word(tokens[i])):
        if tokens[i].lower in _RANKS:
            break
        i -= 1
    same = 0 <= i < first - 1 and tokens[i].sentence == tokens[first].sentence and i not in page.silent
    return i if same and tokens[i].lower in _RANKS else first


def _qualifier(page: Page, first: int) -> str | None:
    """The word of tenure before a title, also before a country or body: ``former Peruvian president``."""
    tokens = page.tokens
    i = first - 1
    for _ in range(5):
        if i < 0 or tokens[i].sentence != tokens[first].sentence:
            return None
        lower = tokens[i].lower
        if lower == "-" and i > 0 and tokens[i - 1].lower in ("then", "ex"):
            return tokens[i - 1].lower
        if lower in office_qualifiers():
            return lower
        if not (tokens[i].pos in ("PROPN", "ADJ", "NOUN") or lower in ("'s", "’s", "-", "of")):
            return None
        i -= 1
    return None


def head_place(tokens: Sequence[Token], title: Title) -> int:
    """The place of the word of an office that the clause governs: ``secretary`` in ``secretary-general``."""
    for i in range(title.last - 1, title.head - 1, -1):
        if not title.head <= tokens[i].head < title.last or tokens[i].head == i:
            return i
    return title.last - 1


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
    return out
