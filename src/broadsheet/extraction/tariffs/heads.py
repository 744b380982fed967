"""What the parts of a list of goods share: a head that only the last one prints, a noun after two adjectives."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.items import Segment
from broadsheet.extraction.tariffs.lexicon import word_set

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.tariffs.parties import Party

_SHARED_TAILS = word_set("shared_tails")
_PARTS = word_set("parts")


def merge_adjectives(segments: list[Segment]) -> list[Segment]:
    """``Chinese and Russian steel``: an adjective with no noun of its own shares the noun of the next entry."""
    out: list[Segment] = []
    pending: list[Party] = []
    for segment in segments:
        words = [w for w in segment.words if w.lower not in word_set("spare")]
        if not words and not segment.flow and segment.parties and all(p.form == "adjective" for p in segment.parties):
            pending += segment.parties
            continue
        if pending:
            segment = replace(segment, parties=[*pending, *segment.parties])
            pending = []
        out.append(segment)
    if pending:
        out.append(Segment(parties=pending))
    # "U.S. and Mexican beef": the name of the first is an adjective too.
    for a, b in pairwise(out):
        bare = not [w for w in a.words if w.lower not in word_set("spare")] and not a.flow and len(a.parties) == 1
        if bare and b.parties and b.parties[0].form == "adjective" and b.words and a.parties[0].form == "name":
            b.parties = [*a.parties, *b.parties]
            a.parties, a.words = [], []
    return [s for s in out if not s.empty or s.flow or s.everyone]


def share_heads(segments: list[Segment]) -> list[Segment]:
    """Gives each part of a list the head that its last part prints for all (fresh and frozen fish)."""
    n = len(segments)
    for k in range(n - 2, -1, -1):
        segment, following = segments[k], segments[k + 1]
        words, tail = content(segment), content(following)
        if not words or not tail:
            continue
        if words[-1].tag == "HYPH" or words[-1].text.endswith("-"):
            hyphen = next((j for j, w in enumerate(tail) if w.tag == "HYPH"), None)
            if hyphen is not None:
                segment.words = [*words, *tail[hyphen + 1 :]]
                segment.shared = True
            continue
        if len(tail) < 2:
            continue
        head = goods.singular(tail[-1].lower)
        if all(w.tag in ("JJ", "VBN", "JJR") for w in words) and goods.known([w.lower for w in words]) is None:
            rest = list(tail)
            while (
                len(rest) > 1
                and rest[0].tag in ("JJ", "VBN", "JJR", "HYPH", "VBG")
                and goods.known([w.lower for w in rest[1:]]) is not None
            ) or (len(rest) > 1 and rest[0].tag in ("JJ", "VBN") and rest[0].lower not in ("electric",)):
                rest = rest[1:]
                break
            segment.words = [*words, *rest]
            segment.shared = True
        elif (
            head in word_set("generic")
            and len(words) == 1
            and words[-1].tag in ("NN", "JJ", "NNP", "VBG")
            and goods.singular(words[-1].lower) not in word_set("generic")
            and not (tail[-2].tag == "JJ" and goods.known([words[-1].lower]) is not None)
        ) or (
            head in _PARTS
            and words[-1].tag in ("NN", "NNP")
            and _countable(words)
            and goods.singular(words[-1].lower) not in _PARTS
        ):
            segment.words = [*words, tail[-1]]
            segment.shared = True
    for k in range(1, n):
        words, before = content(segments[k]), content(segments[k - 1])
        if (
            len(words) == 1
            and len(before) == 2
            and goods.singular(words[0].lower) in _SHARED_TAILS
            and goods.singular(before[1].lower) in _SHARED_TAILS | {"seed"}
        ):
            segments[k].words = [before[0], words[0]]
            segments[k].shared = True
    return segments


def _countable(words: list[Token]) -> bool:
    """Whether a singular noun of a thing that is counted stands alone, as modifiers do (car and truck parts)."""
    good = goods.known([w.lower for w in words])
    return (
        words[-1].tag == "NN"
        and good is not None
        and good.chapter is not None
        and "84" <= good.chapter <= "89"
        and words[-1].lower == goods.singular(words[-1].lower)
    )


def content(segment: Segment) -> list[Token]:
    """The words that name the good: articles before and the word for trade behind left out."""
    words = list(segment.words)
    while words and words[0].lower in word_set("spare"):
        words = words[1:]
    while words and goods.singular(words[-1].lower) in word_set("flow"):
        words = words[:-1]
    return words
