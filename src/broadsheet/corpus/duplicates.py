"""Finds near-duplicate articles: wire copy that is reprinted under a new headline, shortened or lightly edited.

Two texts are compared by the runs of five words that they share (Broder, *On the resemblance and containment of
documents*, 1997), estimated from MinHash signatures without the texts. Candidate pairs share a band of the signature
(Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, chapter 3), found by sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Signature = NDArray[np.uint32]
    Hashes = NDArray[np.uint64]

SHINGLE = 5
"""The number of words in a run."""

ROWS, BANDS = 3, 42
"""Numbers per band, and number of bands. This finds 99 in 100 pairs that share half of their runs, 93 in 100 that share
two fifths, and 79 in 100 that share a third.
"""

LENGTH = ROWS * BANDS
"""Number of 4-byte numbers in a signature."""

RESEMBLANCE = 0.25
"""The least share of both texts' runs that near-duplicates have in common."""

CONTAINMENT = 0.5
"""The least share of the shorter text's runs that near-duplicates have in common. In our own five stories
(`tests/corpus/wire.json`), edited copy reaches 0.60 to 0.83, at resemblances of 0.34 to 0.58; another reporter's story
of the same event, with the same quote, and a sequel reach at most 0.10. A text cut by six tenths has a resemblance of
0.38 and a containment of 1. A brief within a long digest is contained in it, but too small a part to resemble it."""

_FEWEST = 30
"""The fewest words of a body that is compared; captions and notices are alike for other reasons."""

_COMPARED = 8
"""In a large group with an equal band, each text is compared with this many of the first, to stay linear in time."""

_CHUNK = 1 << 12
"""Runs hashed at a time, and pairs compared at a time."""

_SEED = 1_729
_LONGEST_WORD = 64
"""The number of bytes of a word that have a factor of their own."""
_MIX = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """An article that nearly repeats another.

    Attributes:
        article_id: The article.
        repeats_id: The article that it repeats, which is not a near-duplicate itself.
        similarity: The estimated share of both texts' runs that they have in common, from 0 to 1.
    """

    article_id: str
    repeats_id: str
    similarity: float


def signature(text: str) -> Signature:
    """The MinHash signature of a text, :data:`LENGTH` numbers; all are the maximum if the text is too short.

    It ignores case, punctuation and line breaks, and is the same in every run and on every machine.
    """
    import numpy as np

    words = _words(text)
    least = np.full(LENGTH, np.iinfo(np.uint32).max, np.uint32)
    if len(words) < _FEWEST:
        return least
    runs = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        runs *= np.uint64(_MIX)
        runs += words[place : place + len(runs)]
    runs ^= runs >> np.uint64(29)
    factors, offsets = _permutations()
    for start in range(0, len(runs), _CHUNK):
        hashed = np.multiply.outer(factors, runs[start : start + _CHUNK])
        hashed += offsets[:, None]
        np.minimum(least, (hashed.min(axis=1) >> np.uint64(32)).astype(np.uint32), out=least)
    return least


def _words(text: str) -> Hashes:
    """A hash of each word: the sum of its bytes, each times a factor for its place in the word."""
    import numpy as np

    data = np.frombuffer(text.lower().encode("utf-8", "surrogatepass"), np.uint8)
    in_word = _word_bytes()[data]
    # Dashes and quotation marks: U+2000 to U+203F take three bytes.
    marks = np.flatnonzero((data[:-2] == 0xE2) & (data[1:-1] == 0x80))
    for place in range(3):
        in_word[marks + place] = False
    at = np.flatnonzero(in_word)
    if not len(at):
        return np.zeros(0, np.uint64)
    firsts = np.flatnonzero(np.diff(at, prepend=-2) > 1)
    lengths = np.diff(firsts, append=len(at))
    places = np.minimum(np.arange(len(at)) - np.repeat(firsts, lengths), _LONGEST_WORD - 1)
    hashes: Hashes = np.add.reduceat(data[at] * _places()[places], firsts)
    return hashes ^ (hashes >> np.uint64(32))


@cache
def _word_bytes() -> NDArray[np.bool_]:
    """Which bytes of UTF-8 belong to words: ASCII letters and digits, and everything that is not ASCII."""
    import numpy as np

    return np.array([chr(byte).isalnum() if byte < 0x80 else True for byte in range(256)])


@cache
def _places() -> Hashes:
    """The factor for each place in a word."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(_SEED + 1)).integers(0, 2**64, _LONGEST_WORD, np.uint64)


@cache
def _permutations() -> tuple[Hashes, Hashes]:
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
    """The near-duplicates, by id.

    Articles are ordered by publication (unknown days last), then length (longest first), then id. Each one repeats the
    first earlier article that it resembles and that is not a near-duplicate itself, if there is one. So the result
    depends on the set of articles alone, and never chains near-duplicates.

    Args:
        ids: Unique keys of the articles.
        published: Their publication days.
        n_words: Their numbers of words.
        signatures: Their signatures, one per row.
    """
    import numpy as np

    if len(ids) < 2:
        return []
    order = ranks(ids, published, n_words)
    # From here on, articles are numbered by rank, and the lower of two is the original. Signatures that are already in
    # that order may be mapped from a file, so they are not copied.
    in_order = order == list(range(len(order)))
    ranked = signatures if in_order else signatures[np.array(order, np.int64)]
    sizes = np.array([n_words[i] for i in order], np.float64)
    found: dict[int, tuple[int, float]] = {}
    alike: dict[int, list[int]] = {}
    for firsts, seconds in _candidates(ranked):
        shares = _shares(ranked, firsts, seconds)
        kept = _repeats(shares, sizes[firsts], sizes[seconds])
        for first, second in zip(firsts[kept].tolist(), seconds[kept].tolist(), strict=True):
            alike.setdefault(second, []).append(first)
    for second in sorted(alike):
        # The original of a similar article may be similar too, even if they share no band.
        tried = sorted({found[first][0] if first in found else first for first in alike[second]})
        firsts = np.array(tried, np.int64)
        shares = _shares(ranked, firsts, np.full(len(tried), second, np.int64))
        for place in np.flatnonzero(_repeats(shares, sizes[firsts], sizes[[second]]))[:1].tolist():
            found[second] = tried[place], float(shares[place])
    marked = (NearDuplicate(ids[order[s]], ids[order[f]], share) for s, (f, share) in found.items())
    return sorted(marked, key=lambda n: n.article_id)


def ranks(ids: Sequence[str], published: Sequence[date | None], n_words: Sequence[int]) -> list[int]:
    """The positions of articles in the order of :func:`near_duplicates`."""
    return sorted(range(len(ids)), key=lambda i: (published[i] or date.max, -n_words[i], ids[i]))


def _shares(
    signatures: NDArray[np.uint32], firsts: NDArray[np.int64], seconds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The share of equal numbers in each pair of rows."""
    import numpy as np

    pieces = [
        (signatures[firsts[at : at + _CHUNK]] == signatures[seconds[at : at + _CHUNK]]).mean(axis=1)
        for at in range(0, len(firsts), _CHUNK)
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0)


def _repeats(
    shares: NDArray[np.float64], firsts: NDArray[np.float64], seconds: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Whether texts of these lengths are near-duplicates, given their resemblance."""
    import numpy as np

    common = shares * (firsts + seconds) / (1 + shares)
    contained = common / np.maximum(1, np.minimum(firsts, seconds))
    marked: NDArray[np.bool_] = (shares >= RESEMBLANCE) & (contained >= CONTAINMENT)
    return marked


def _candidates(signatures: NDArray[np.uint32]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of rows, the lower first, with an equal band; one band at a time, each pair once."""
    import numpy as np

    known = np.flatnonzero(signatures[:, 0] != np.iinfo(np.uint32).max)
    seen = np.zeros(0, np.uint64)
    for band in range(BANDS):
        mixed = np.zeros(len(known), np.uint64)
        for row in range(band * ROWS, (band + 1) * ROWS):
            mixed = mixed * np.uint64(_MIX) + signatures[known, row]
        order = np.argsort(mixed, kind="stable")
        starts = _group_starts(mixed[order])
        at = np.arange(len(order))
        pairs = []
        # Within a group, rows are in rank order. Each is paired with the first ones and with the one before it.
        for leader in (*(starts + place for place in range(_COMPARED)), at - 1):
            fits = (leader < at) & (leader >= starts)
            pairs.append(
                (known[order[leader[fits]]].astype(np.uint64) << np.uint64(32)) | known[order[fits]].astype(np.uint64)
            )
        new = np.setdiff1d(np.concatenate(pairs), seen)
        if len(new):
            seen = np.union1d(seen, new)
            yield (new >> np.uint64(32)).astype(np.int64), (new & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _group_starts(ordered: Hashes) -> NDArray[np.int64]:
    """For each position of a sorted array, the first position with the same value."""
    import numpy as np

    is_new = np.ones(len(ordered), np.bool_)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return np.maximum.accumulate(np.where(is_new, np.arange(len(ordered)), 0))
