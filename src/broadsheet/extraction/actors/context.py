"""Features of where a name is printed: the words beside it, its place in the clause and in the paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.cues import verb_traits
from broadsheet.reference.organizations import body_nouns, head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.actors.page import Page

_SUBJECTS = ("nsubj", "nsubjpass")
_SHORT_PARAGRAPH = 90
_COUNTS = ("1", "1", "2", *["3-4"] * 2, *["5-8"] * 4, "9+")


def count_band(count: int) -> str:
    """A number, as one of a few bands."""
    return _COUNTS[min(count, len(_COUNTS) - 1)]


def printed_features(text: str) -> Iterator[str]:
    """What the characters of a name say of its bearer."""
    if any(c.isdigit() for c in text):
        yield "digit"
    if any(c in "&/@_.+*" for c in text):
        yield "mark"
    if text.islower():
        yield "small"


def head_sphere(word: str) -> str:
    """The kind of body that a word, in lower case, makes a name one of."""
    head = head_of(word)
    return head.sphere if head is not None else "none"


def context_features(page: Page, first: int, last: int) -> Iterator[str]:
    """What is printed around tokens ``first`` to ``last`` (exclusive), and their place in the clause."""
    tokens = page.tokens
    head = tokens[last - 1]
    while first <= head.head < last and head.head != head.i:
        head = tokens[head.head]
    dep = head.dep
    governor = tokens[head.head]
    if dep in ("conj", "appos") and governor.i < head.i:
        yield f"{dep} of {governor.ent or governor.pos}"
        if governor.lower in body_nouns():
            yield f"{dep} of body noun"
        dep, governor = governor.dep, tokens[governor.head]
    yield f"dep {dep}"
    if dep in _SUBJECTS:
        yield "speaks" if verb_traits(governor) & {"say", "claim"} else f"subject {governor.lemma}"
    elif dep == "pobj":
        yield f"behind {governor.lower}"
        yield f"behind {tokens[governor.head].lemma} {governor.lower}"
    elif dep in ("compound", "nmod", "amod", "poss"):
        yield f"{dep} {governor.lemma}"
    else:
        yield f"dep {dep} {governor.pos}"
    for child in page.document.children(head, "appos"):
        yield f"appos {'body noun' if child.lower in body_nouns() else child.ent or child.pos}"
    left, right = _shown(page.word(first - 1)), _shown(page.word(last))
    yield f"before {left}"
    yield f"then {right}"
    yield f"between {left} {right}"
    if right == ",":
        yield f"then , {_shown(page.word(last + 1))}"
    if left in body_nouns():
        yield "before body noun"
    yield from _paragraph(page, first, last)


def _paragraph(page: Page, first: int, last: int) -> Iterator[str]:
    tokens = page.tokens
    paragraph = page.document.paragraphs[tokens[first].paragraph]
    text = paragraph.of(page.document.text)
    if len(text) < _SHORT_PARAGRAPH:
        yield "short paragraph"
        yield "short paragraph closed" if text.rstrip()[-1:] in '.”"!?' else "short paragraph open"
    if tokens[first].paragraph in page.marked:
        yield "marks of a page"
    if tokens[first].start == paragraph.start:
        yield "opens paragraph"
    if last < len(tokens) and tokens[last].paragraph != tokens[first].paragraph:
        yield "closes paragraph"


def _shown(word: str) -> str:
    return word if word.isalpha() or not any(map(str.isdigit, word)) else "NUMBER"
