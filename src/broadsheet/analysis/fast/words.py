"""The vectors of words, computed once for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.fast.network import Network

CAPACITY = 16_384
"""The most words with cached results of the networks, 8 kB each; a full cache is cleared."""

KEY = ("ORTH", "NORM", "SPACY")
"""The attributes of a word that a network uses: its letters, their normal form (contractions have their own), and
whether a blank follows. All other inputs of a network follow from these.
"""


class Words:
    """Numbers of words, and their precomputed values in some networks; number 0 is no word and has no values."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = networks
        self._numbers: dict[tuple[int, int, int], int] = {}
        self.tables = [network.table(CAPACITY + 1) for network in networks]

    def __len__(self) -> int:
        """Number of known words."""
        return len(self._numbers)

    def numbers(self, keys: Sequence[tuple[int, int, int]], features: Sequence[NDArray[np.uint64]]) -> NDArray[np.intp]:
        """The numbers of words by their ``KEY``; ``features`` has, for each network, one row of inputs per word.

        They are valid until the next call, and are rows of ``tables``.
        """
        known = self._numbers
        if len(known) + len(keys) >= CAPACITY:
            known.clear()
        new = {key: place for place, key in enumerate(keys) if key not in known}
        if new:
            self._learn(list(new), list(new.values()), features)
        return np.fromiter(map(known.__getitem__, keys), dtype=np.intp, count=len(keys))

    def _learn(
        self, keys: Sequence[tuple[int, int, int]], places: Sequence[int], features: Sequence[NDArray[np.uint64]]
    ) -> None:
        """Assigns numbers to words, and embeds them."""
        first = len(self._numbers) + 1
        last = first + len(keys)
        for number, network in enumerate(self._networks):
            table = self.tables[number]
            table.vectors[first:last], table.added[:, first:last] = network.embed(features[number][list(places)])
        self._numbers.update(zip(keys, range(first, last), strict=True))
