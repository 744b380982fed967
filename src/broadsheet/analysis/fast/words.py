"""The vectors of words, computed once for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.fast.network import Network

CAPACITY = 16_384
"""Words of which is kept what networks make of them, 8 kB each; when full, they are cleared."""

KEY = ("ORTH", "NORM", "SPACY")
"""What a word is to a network: its letters, the usual form of them (which contractions have of their own), and whether
a blank follows. All else that a network looks at follows from these."""


class Words:
    """Numbers of words, and what some networks make of them; number 0 is no word, and nothing is made of it."""

    def __init__(self, networks: Sequence[Network]) -> None:
        self._networks = networks
        self._numbers: dict[tuple[int, int, int], int] = {}
        self.tables = [network.table(CAPACITY + 1) for network in networks]

    def __len__(self) -> int:
        """How many words are known."""
        return len(self._numbers)

    def numbers(self, keys: Sequence[tuple[int, int, int]], features: Sequence[NDArray[np.uint64]]) -> NDArray[np.intp]:
        """The numbers of words by their ``KEY``; ``features`` has, for each network, a row a word of what it embeds.

        They hold until the next call, and are rows of ``tables``.
        """
        known = self._numbers
        if len(known) + len(keys) >= CAPACITY:
            known.clear()
        new: dict[tuple[int, int, int], int] = {}
        for place, key in enumerate(keys):
            if key not in known:
                new.setdefault(key, place)
        if new:
            self._learn(list(new), list(new.values()), features)
        return np.fromiter(map(known.__getitem__, keys), dtype=np.intp, count=len(keys))

    def _learn(
        self, keys: Sequence[tuple[int, int, int]], places: Sequence[int], features: Sequence[NDArray[np.uint64]]
    ) -> None:
        """Gives numbers to words, and embeds them."""
        first = len(self._numbers) + 1
        last = first + len(keys)
        for number, network in enumerate(self._networks):
            table = self.tables[number]
            table.vectors[first:last], table.added[:, first:last] = network.embed(features[number][list(places)])
        self._numbers.update(zip(keys, range(first, last), strict=True))
