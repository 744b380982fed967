"""Organizations and groups of an article: full names, abbreviations that lead to them, spellings of one name."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.names import nearest_bearer
from broadsheet.reference import column
from broadsheet.reference.geography import country_names, demonyms
from broadsheet.reference.names import is_acronym
from broadsheet.reference.organizations import (
    LEGAL_FORMS,
    is_head,
    known_organizations,
    known_words,
    may_have_symbol,
    unions,
    without_suffix,
    words_of_body,
)

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.found import Rule

_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "at", "to", "a", "an", "de", "la", "du", "des", "&", "von", "der"}
)
_OFFICES = frozenset({"department", "ministry"})


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
        large = [w for w in self.words if w not in _SMALL]
        bare = [w for w in large if not _is_state(w)]
        field = [w for w in large if w not in _OFFICES]  # HHS
        some = self.words, large, bare, field if len(field) > 2 else ()
        found = {"".join(w[0] for w in kept) for kept in some if len(kept) > 1}
        mixed = "".join(w if w in _SMALL else w[0] for w in self.words)  # BofA
        return frozenset({*found, mixed} if len(self.words) > 1 else found)

    def opens_with(self, words: tuple[str, ...]) -> bool:
        """Whether a shorter form is how the name begins, a state's name aside (``Harvard``, ``House``)."""
        own = self.words[1:] if _is_state(self.words[0]) else self.words
        return len(words) < len(own) and words in (own[: len(words)], self.words[: len(words)])


def _is_state(word: str) -> bool:
    return word in country_names() or word in demonyms()


def _bag(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without their order, where three or more or a ministry's: Department of the Treasury."""
    large = sorted(w for w in without_suffix(words) if w not in _SMALL and w != "affairs")
    return tuple(large) if len(large) > 2 or not _OFFICES.isdisjoint(large) else ()


def _owned(words: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The state or union whose body a name says it is, and the rest: UN Security Council."""
    if len(words) > 2 and _is_state(words[0]):
        return words[0], words[1:]
    for n in (2, 1):
        if len(words) > n + 1 and words[:n] in unions():
            return unions()[words[:n]], words[n:]
    return None, words


def _share_words(known: str, body: Body) -> bool:
    """Whether a known name of several words has one of a body's; one that is an abbreviation says nothing."""
    words = words_of_body(known)
    return len(words) < 2 or not set(words).isdisjoint(w for w in body.words if w not in _SMALL)


def _note(bodies: dict[str, list[Body]], key: str, body: Body) -> None:
    """Adds a body to those of a key, once."""
    found = bodies.setdefault(key, [])
    if body not in found:
        found.append(body)


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
        self._by_noun: dict[str, list[Body]] = {}

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
        known = hit.key if hit is not None and hit.kind == "organization" else known_words().get(without_suffix(words))
        known = None if hit is not None and hit.is_stranger else known
        state, bare = _owned(words)
        bag = _bag(bare)
        body = self._abbreviated(words, index)
        if body is not None and known is not None and not _share_words(known, body):
            known = None
        body = body or self._by_words.get(words) or (self._by_known.get(known) if known else None)
        for alike in (self._by_bag.get(bag), self._by_words.get(bare)):
            if body is None and alike is not None and (state is None or alike.state in (None, state)):
                body = alike
        body = body or self._by_words.get(without_suffix(words)) or self._company(words, known)
        if body is None:
            body = Body(words, known, why=why)
            self.bodies.append(body)
        elif len(words) > len(body.words):
            body.words = words
        body.state = body.state or state
        body.known = body.known or known
        if body.known:
            self._by_known.setdefault(body.known, body)
        field = bare[2:] if bare[0] in _OFFICES else bare[:-1] if bare[-1] in _OFFICES else ()
        for form in (words, without_suffix(words), bare, *([field] if len(field) > 1 else [])):
            self._by_words.setdefault(form, body)
        if bag:
            self._by_bag.setdefault(bag, body)
        for initials in sorted(body.initials()):
            _note(self._by_initials, initials, body)
        for word in body.words[:2]:
            _note(self._by_first, word, body)
        if len(body.words) > 1:
            _note(self._by_noun, " ".join(body.words).partition(" of ")[0].split()[-1], body)
        self._join(body, index, "full")

    def _abbreviated(self, words: tuple[str, ...], index: int) -> Body | None:
        """The body named in full before that an abbreviation fits, though the tables know it as another's."""
        name = self.names[index]
        if len(words) > 1 or not is_acronym(self.page.text_of(name.first, name.last)):
            return None
        for body in self._by_initials.get(words[0], []):
            if body.known is None and len(body.words) > 2 and len(words[0]) > 2:
                return body
            if body.known is not None and name.hit is not None and name.hit.key not in self._by_known:
                return body
        return None

    def _company(self, words: tuple[str, ...], known: str | None) -> Body | None:
        """The company that a known name begins, or whose known name begins a longer one: Huawei Technologies Co Ltd."""
        for body in self._by_first.get(words[0], []):
            opening, full = (words, body.words) if known is not None else (body.words, words)
            one_known = (known is None) != (body.known is None)
            if one_known and full[-1] in LEGAL_FORMS and full[: len(opening)] == opening:
                return body
        return None

    def add_bracketed(self, index: int, beside: int) -> bool:
        """Links a name in brackets to the body named right before them, where one abbreviates the other.

        What an article says of an abbreviation counts more than what the tables know of it.
        """
        body = self.of_name.get(beside)
        other = self.of_name.get(index)
        if body is None or other is body:
            return False
        name = self.names[index]
        short = self.page.text_of(name.first, name.last).replace(".", "").lower()
        foreign = is_acronym(self.page.text_of(name.first, name.last)) and len(body.words) > 2
        of_stock = may_have_symbol(body.words, body.known, short)
        if not (foreign or of_stock or short in body.initials()) or (other is not None and other.words != (short,)):
            return False
        self._by_initials.setdefault(short, []).insert(0, body)
        self._by_words[short,] = body
        self._join(body, index, "bracketed")
        if other is not None:
            self._absorb(body, other)
        return True

    def _absorb(self, body: Body, other: Body) -> None:
        """Gives a body all names of another, which the article defines as its abbreviation."""
        self.bodies.remove(other)
        for index in other.names:
            if self.of_name[index] is other:
                body.names.append(index)
                self.of_name[index] = body
        body.names.sort()
        if other.known is not None and _share_words(other.known, body):
            body.known = body.known or other.known
        for found in (self._by_known, self._by_words, self._by_bag):
            for key in [key for key, of_key in found.items() if of_key is other]:
                found[key] = body  # type: ignore[index]
        for bodies in (*self._by_initials.values(), *self._by_first.values(), *self._by_noun.values()):
            if other in bodies:
                bodies[:] = dict.fromkeys(body if b is other else b for b in bodies)

    def add_short(self, index: int) -> bool:
        """Links an abbreviation or the beginning of a name to a body that the article names in full."""
        words = self.words(index)
        if not words:
            return False
        text = self.page.text_of(self.names[index].first, self.names[index].last)
        body, how = self._by_words.get(words) or self._by_bag.get(_bag(words)), "again"
        if body is None and len(words) == 1 and (is_acronym(text) or (text[0].isupper() and 3 <= len(text) <= 6)):
            likely = (b for b in self._by_initials.get(words[0], []) if len(b.words) > 2 or is_acronym(text))
            body, how = next(likely, None), "initials"
        if body is None:
            likely = (b for b in self._by_first.get(words[0], []) if b.opens_with(words))
            body, how = next(likely, None), "opening"
        if body is None and len(words) == 1 and is_head(words[0]) and words[0] in self._by_noun:
            body, how = nearest_bearer(self._by_noun[words[0]], index), "noun"
        if body is None and len(words) == 1 and is_acronym(text):
            named = [b for b in self.bodies if b.state is None and len(b.words) > 1]
            issuers = [b for b in named if may_have_symbol(b.words, b.known, words[0])]
            body, how = issuers[0] if len(issuers) == 1 else None, "ticker"
        if body is None:
            return False
        self._join(body, index, how)
        return True

    def _join(self, body: Body, index: int, how: str) -> None:
        self.linked[index] = how
        insort(body.names, index)
        self.of_name[index] = body


def fighters_beside(document: Document, name: Name) -> Token | None:
    """The word that says that a body is of fighters: *rebels of the Moe Front*, *the Moe Front, a rebel group,*."""
    head = document.tokens[name.last - 1]
    above = document.head(head)
    nouns = [head, *document.children(head, "appos")]
    if head.dep in ("appos", "compound", "nmod"):
        nouns.append(above)
    elif above.lower == "of":
        nouns.append(document.head(above))
    near = (t for noun in nouns for t in (noun, *document.children(noun, "amod", "compound", "nmod")))
    beside = (t for t in near if not name.first <= t.i < name.last)
    return next((t for t in beside if t.lower in column("fighters", "word")), None)


def kind_of(body: Body) -> tuple[str, str]:
    """``group`` for a known group, else ``organization``; and by which branch."""
    if body.known is None:
        return "organization", "organization"
    kind = "group" if known_organizations()[body.known].sphere == "group" else "organization"
    return kind, f"known_{kind}"
