"""Articles that nearly repeat another: wire copy that is run elsewhere under a new headline, cut or touched up.

Two texts are compared by the runs of five words that they share (Broder, *On the resemblance and containment of
documents*, 1997), which a MinHash signature estimates without the texts at hand. Candidates come from bands of the
signature that are alike (Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3), found by sorting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Signature = NDArray[np.uint32]

SHINGLE = 5
"""Words of a run."""

ROWS, BANDS = 3, 32
"""Numbers of a band that must be alike, and bands: of two texts that share half of their runs, 98 in 100 are found."""

LENGTH = ROWS * BANDS
"""Numbers of a signature, 4 bytes each."""

RESEMBLANCE, CONTAINMENT = 0.4, 0.7
"""A text repeats another from this share of runs in common on, or if the shorter has this share of its own in it.
Copy that is cut by a third stands at 0.67 and 1; two reports on one event, with the same quotes, below 0.2 and 0.35."""

_FEWEST = 30
"""Words that a body must have to be compared: captions and notices are alike for other reasons."""

_COMPARED = 8
"""Of a crowd of texts with one band alike, each is compared with so many of the first: the time stays linear."""

_SEED = 1_729
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article that nearly repeats another.

    Attributes:
        article_id: The article.
        repeats_id: What it repeats: of the articles that are nearly alike, the earliest.
        similarity: Share of runs of words in common, from 0 to 1, estimated.
    """

    article_id: str
    repeats_id: str
    similarity: float


def signature(text: str) -> Signature:
    """The MinHash signature of a text, of :data:`LENGTH` numbers; all of them are greatest where it is too short.

    Case, punctuation and line ends make no difference. It is the same in every run and on every machine.
    """
    import numpy as np

    words = np.array([crc32(word.encode()) for word in _WORD.findall(text.lower())], np.uint64)
    if len(words) < _FEWEST:
        return np.full(LENGTH, np.iinfo(np.uint32).max, np.uint32)
    factors, offsets = _permutations()
    runs = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + words[place : place + len(runs)]
    runs ^= runs >> np.uint64(29)
    hashed: NDArray[np.uint64] = (runs[:, None] * factors + offsets) >> np.uint64(32)
    least: Signature = hashed.min(axis=0).astype(np.uint32)
    return least


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and offsets of the hash functions (multiply-shift, Dietzfelbinger and others 1997)."""
    import numpy as np

    drawn = np.random.Generator(np.random.PCG64(_SEED)).integers(0, 2**64, (2, LENGTH), np.uint64)
    return drawn[0] | np.uint64(1), drawn[1]


def near_duplicates(
    ids: Sequence[str],
    published: Sequence[date | None],
    n_words: Sequence[int],
    signatures: NDArray[np.uint32],
) -> list[NearDuplicate]:
    """The articles that nearly repeat another, by id.

    Each is said to repeat the first of those that it is nearly like: the earliest published, then the longest, then the
    least id. Days that are not known come last. What is found is a function of the set of articles.

    Args:
        ids: Keys of the articles, each once.
        published: Their days of publication.
        n_words: Their numbers of words.
        signatures: Their signatures, a row each.
    """
    import numpy as np

    order = sorted(range(len(ids)), key=lambda i: (published[i] or date.max, -n_words[i], ids[i]))
    # From here on an article is its rank, so that the lesser of two is the one that is repeated.
    ranked = signatures[np.array(order, np.int64)] if order else signatures
    sizes = [n_words[i] for i in order]
    found: dict[int, tuple[int, float]] = {}
    seen: set[tuple[int, int]] = set()
    for first, second in _candidates(ranked):
        if (first, second) in seen or (second in found and found[second][0] <= first):
            continue
        seen.add((first, second))
        share = float((ranked[first] == ranked[second]).mean())
        if _repeats(share, sizes[first], sizes[second]):
            found[second] = (first, share)
    marked = (NearDuplicate(ids[order[s]], ids[order[f]], share) for s, (f, share) in found.items())
    return sorted(marked, key=lambda n: n.article_id)


def _repeats(share: float, first: int, second: int) -> bool:
    """Whether a share of runs in common, of texts of so many words, makes one a repetition of the other."""
    common = share * (first + second) / (1 + share)
    return share >= RESEMBLANCE or common / max(1, min(first, second)) >= CONTAINMENT


def _candidates(signatures: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs of rows, the lesser first, that have a band alike."""
    import numpy as np

    known = np.flatnonzero((signatures != np.iinfo(np.uint32).max).any(axis=1))
    for band in range(BANDS):
        cells = signatures[known, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        mixed = cells[:, 0]
        for row in range(1, ROWS):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + cells[:, row]
        order = np.argsort(mixed, kind="stable")
        ordered = mixed[order]
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        ends = np.append(starts[1:], len(ordered))
        for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
            members = known[order[start:end]].tolist()
            for place, second in enumerate(members):
                for first in members[: min(place, _COMPARED)]:
                    yield first, second
