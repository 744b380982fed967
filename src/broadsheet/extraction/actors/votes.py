"""What each printed name says of its bearer's kind; the mentions of one form vote together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.persons import puts_family_first
from broadsheet.reference import column
from broadsheet.reference.organizations import body_nouns, head_of
from broadsheet.reference.people import given_names, name_suffixes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title

_OTHER_LABELS = {"EVENT": 1.5, "LAW": 1.5, "PRODUCT": 1.5, "WORK_OF_ART": 1.5, "LANGUAGE": 1.5, "NORP": 0.5}
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PLACE_HITS = frozenset({"place", "capital", "region", "country", "demonym", "people", "seat"})
_LONGEST_ACRONYM = 7
_LONGEST_HOLDER = 6
_CALLED = frozenset({"group", "conglomerate", "newspaper", "party", "thinktank", "union", "company", "firm"})
"""Nouns in lower case that may follow a body's name: ``the Fortuna group``."""
_INDEFINITE = frozenset({"a", "an", "any", "some", "every", "each"})


_OWNED = frozenset(
    {"shares", "share", "stock", "stake", "bonds", "subsidiary", "unit", "mill", "mills", "plant", "plants", "factory"}
    | {"turnover", "revenue", "shareholders", "investors", "dividend", "bottles", "products", "tubes", "cars", "sales"}
)
"""What firms have and persons seldom: ``shares of``, ``the Fortuna mill``."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Weights of evidence that a name is a person's, a body's, a place's, or of something that cannot act."""

    person: float = 0.0
    organization: float = 0.0
    place: float = 0.0
    other: float = 0.0

    def __add__(self, more: Votes) -> Votes:
        return Votes(
            self.person + more.person,
            self.organization + more.organization,
            self.place + more.place,
            self.other + more.other,
        )

    def render(self) -> str:
        """The weights in words."""
        return ", ".join(f"{kind} {getattr(self, kind):g}" for kind in ("person", "organization", "place", "other"))

    def winner(self) -> str:
        """The kind with the greatest weight; a draw goes to the kind that claims less."""
        order = ("other", "place", "organization", "person")
        return max(order, key=lambda kind: (getattr(self, kind), -order.index(kind)))


def _employs(page: Page, name: Name, ends: frozenset[int]) -> bool:
    """Whether somebody with an office is named right before *of* or *at*: ``analyst Peter Moe of Tarn Stanley``."""
    i = name.first - 1
    if i < 2 or page.tokens[i].lower not in ("of", "at") or not page.tokens[i - 1].text[0].isupper():
        return False
    while i > 0 and name.first - i < _LONGEST_HOLDER and page.tokens[i - 1].text[0].isupper():
        i -= 1
        if i in ends:
            return True
    return False


def head_place(tokens: Sequence[Token], title: Title) -> int:
    """The place of the word of an office that the clause governs: ``secretary`` in ``secretary-general``."""
    for i in range(title.last - 1, title.head - 1, -1):
        if not title.head <= tokens[i].head < title.last or tokens[i].head == i:
            return i
    return title.last - 1


def appositive_titles(page: Page, titles: dict[int, Title]) -> dict[int, Title]:
    """Token of a name to the title that stands in apposition to it or that it stands in apposition to."""
    out: dict[int, Title] = {}
    for title in titles.values():
        if title.is_plural:
            continue
        head = page.tokens[head_place(page.tokens, title)]
        if head.dep == "appos":
            out.setdefault(head.head, title)
        for child in page.document.children(head, "appos"):
            out.setdefault(child.i, title)
    return out


def _serves(page: Page, name: Name, ends: frozenset[int]) -> bool:
    """Whether somebody has an office at what is named: ``a director of``, ``the analyst at the``."""
    i = name.first - 1
    if i >= 0 and page.tokens[i].lower == "the":
        i -= 1
    return i >= 0 and page.tokens[i].lower in ("of", "for", "at", "with") and i in ends


def vote(page: Page, name: Name, beside: dict[int, Title], ends: frozenset[int]) -> Votes:
    """The evidence of one printed name.

    Args:
        page: Where it is printed.
        name: The name.
        beside: Titles in apposition, by :func:`appositive_titles`.
        ends: Places behind the titles of the page.
    """
    tokens = page.tokens
    words = tokens[name.first : name.last]
    person = organization = place = other = 0.0
    label = _label(words)
    if label == "PERSON":
        person += 1
    elif label == "ORG":
        organization += 1
    elif label in _PLACE_LABELS:
        place += 1
    elif label in _OTHER_LABELS:
        other += _OTHER_LABELS[label]
    if name.shape == "organization":
        organization += 4
    elif name.shape == "other":
        other += 4
    elif name.shape == "person":
        person += 2
    if name.honorific is not None:
        person += 4
    if name.title is not None and name.shape != "organization":
        person += 3
    if name.hit is not None:
        organization += 6 * (name.hit.kind == "organization")
        place += 5 * (name.hit.kind in _PLACE_HITS)
    if any(i in beside for i in range(name.first, name.last)):
        person += 2 * (name.shape != "organization")
    if len(words) > 1:
        lower = tuple(w.lower for w in words if w.text != "-")
        person += 1.5 * (name.shape is None and len(words) < 6 and puts_family_first(_joined(page, name, lower)))
        if any(len(w.text) == 2 and w.text[1] == "." and w.text[0].isupper() for w in words[1:-1]):
            person += 1.5
        if words[-1].lower in name_suffixes():
            person += 2
    elif is_acronym(words[0].text):
        organization += 1.5
    else:
        head = head_of(words[0].lower)
        if head is not None and head.sphere == "party" and words[0].lower.endswith("s"):
            organization += 3
    before = tokens[name.first - 1] if name.first else None
    behind = tokens[name.last] if name.last < len(tokens) else None
    if (
        before is not None
        and before.lower == "the"
        and name.shape != "person"
        and words[-1].dep not in ("compound", "nmod")
    ):
        organization += 0.5
        person -= 1
    if (
        before is not None
        and before.text in body_nouns()
        and before.paragraph == words[0].paragraph
        and name.honorific is None
        and name.title is None
    ):
        # What the words behind a common noun for a body name is one: the lender Fortuna, the group Ansar al-Din.
        organization += 2.5 if name.shape is None else 4.5 if words[0].lower not in given_names() else 0.0
    if behind is not None and behind.text in _CALLED and before is not None and before.lower not in _INDEFINITE:
        organization += 1.5 * (name.shape is None and name.hit is None)
    if name.shape != "person" and _serves(page, name, ends):
        organization += 1.5
    if name.shape is None and name.title is None and _employs(page, name, ends):
        organization += 2.5
        person -= 1.0
    if behind is not None:
        relative = tokens[name.last + 1] if behind.text == "," and name.last + 1 < len(tokens) else behind
        person += 1.5 * (relative.lower == "who")
        organization += (2.5 if len(words) > 1 and name.shape is None else 0.5) * (relative.lower == "which")
    if name.shape is None and name.title is None and name.honorific is None and words[0].lower not in given_names():
        firm = _trades(page, name)
        organization += firm
        person -= 0.5 * firm
    for token in words:
        if token.dep == "appos" and tokens[token.head].text in body_nouns():
            organization += 2
        if any(tokens[c].dep == "appos" and tokens[c].text in body_nouns() for c in token.children):
            organization += 2
    return Votes(person, organization, place, other)


def _trades(page: Page, name: Name) -> float:
    """How much says that a name is a firm's: a noun of business in it, its shares, goods or mills beside it."""
    tokens = page.tokens
    words = tokens[name.first : name.last]
    if len(words) < 2:
        return 0.0
    weight = 0.0
    if any(w.lower in column("business_nouns", "noun") for w in words):
        weight += 2.5
    before = [t.lower for t in tokens[max(0, name.first - 2) : name.first]]
    if before[1:] and before[1] in ("of", "from") and before[0] in _OWNED:
        weight += 2.5
    behind = tokens[name.last : name.last + 2]
    if behind and behind[0].lower in ("'s", "’s"):
        behind = behind[1:]
    if behind and behind[0].lower in _OWNED:
        weight += 2.0
    return weight


def _joined(page: Page, name: Name, lower: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name as printed, hyphens kept inside them."""
    return tuple(page.lower_of(name.first, name.last).split()) if "-" in page.text_of(name.first, name.last) else lower


def is_acronym(word: str) -> bool:
    """Whether a word is printed like an abbreviation: capitals, with or without full stops."""
    letters = word.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isalnum() and letters.isupper() and letters[0].isalpha()


def _label(words: tuple[Token, ...]) -> str:
    """The entity label of most of the words; the last word decides a draw."""
    counts = Counter(w.ent for w in words if w.ent)
    if not counts:
        return ""
    return max(counts, key=lambda label: (counts[label], words[-1].ent == label, label))
