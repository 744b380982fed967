"""Converts whole columns of keys to 64-bit numbers and to part numbers."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.tables.keys import DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    Numbers = Any
    """A numpy array."""

_PREFIX = 4
"""Length of the prefix before the digits: three letters and an underscore."""

_NO_DIGIT = 255


def key_numbers(keys: pa.Array) -> tuple[Numbers, Numbers]:
    """Returns the digits of keys such as ``quo_0123456789abcdef`` as numbers, and a mask of the valid keys."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = keys.cast(pa.large_string())
    long_enough = pc.equal(pc.binary_length(texts), _PREFIX + DIGITS).fill_null(False).to_numpy(zero_copy_only=False)
    numbers, fitting = np.zeros(len(texts), np.uint64), np.zeros(len(texts), bool)
    if not long_enough.any():
        return numbers, fitting
    kept = pa.concat_arrays([texts.filter(pa.array(long_enough))])
    _, offsets, data = kept.buffers()
    first = int(np.frombuffer(offsets, np.int64, 1, kept.offset * 8)[0])
    size = len(kept) * (_PREFIX + DIGITS)
    letters = np.frombuffer(data, np.uint8, size, first).reshape(len(kept), _PREFIX + DIGITS)
    digits = _values()[letters[:, _PREFIX:]]
    made = np.zeros(len(kept), np.uint64)
    for place in range(DIGITS):
        made = (made << np.uint64(4)) | (digits[:, place] & 15).astype(np.uint64)
    right = (digits != _NO_DIGIT).all(axis=1) & (letters[:, _PREFIX - 1] == ord("_"))
    places = np.flatnonzero(long_enough)
    numbers[places[right]], fitting[places[right]] = made[right], True
    return numbers, fitting


def _values() -> Numbers:
    """Maps each character to its value as a hexadecimal digit."""
    import numpy as np

    values = np.full(256, _NO_DIGIT, np.uint8)
    for value, digit in enumerate("0123456789abcdef"):
        values[ord(digit)] = value
    return values


def digests(texts: Iterable[str]) -> Numbers:
    """Returns the first 64 bits of the SHA-256 of each text, which makes deliberate collisions hard."""
    import numpy as np

    # Text from Arrow is valid UTF-8, but text from a test or a user may have lone surrogates.
    made = [int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]) for text in texts]
    return np.array(made, np.uint64)


def leading(numbers: Numbers, parts: int) -> Numbers:
    """Returns the part of each number from its leading bits; ``parts`` is a power of two."""
    import numpy as np

    if parts == 1:
        return np.zeros(len(numbers), np.int64)
    return (numbers >> np.uint64(65 - parts.bit_length())).astype(np.int64)


def parts_of_articles(article_ids: pa.Array, parts: int) -> Numbers:
    """Returns the part of each article; -1 if the cell is not an article key."""
    import numpy as np
    import pyarrow.compute as pc

    numbers, fitting = key_numbers(article_ids)
    named = pc.starts_with(article_ids, "art_").fill_null(False).to_numpy(zero_copy_only=False)
    return np.where(fitting & named, leading(numbers, parts), -1)


def buckets_of(ids: pa.Array, parts: int) -> Numbers:
    """Returns the bucket of each actor; -1 if the cell is null."""
    import numpy as np

    encoded = ids.dictionary_encode()
    buckets = leading(digests(encoded.dictionary.to_pylist()), parts)
    indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.where(indices < 0, -1, np.append(buckets, -1)[indices])
