"""Examples that the models of the encoder learn from, as tensors of places, numbers and right answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from broadsheet.extraction.links import NOTHING, PATHS, distance, phrase_path

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Hashable, Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.links import Phrase

Truth = float | None
"""1 where a phrase has a part, 0 where it has not, None where that does not count."""


@dataclass
class Classes:
    """A choice of a class for words or phrases: their tokens, and the probability of each class."""

    ranges: list[tuple[int, int]]
    right: Tensor


@dataclass
class Links:
    """Links of words with groups of phrases, as sets of groups that are scored together.

    Attributes:
        words: The token of each row's word.
        ranges: The tokens of each row's phrase.
        numbers: Distance, kind, type and path of each row.
        group: The group of each row.
        frequency: Of each group.
        set: The set of each group.
        none: The group of each set that is none of the others.
        member: How right each part is for each group, 0 to 1.
        counted: Whether each part of each group counts.
        first: For each part, the shares of the groups of a set in being right.
        asked: For each set, whether its parts have such shares.
    """

    words: list[int] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    numbers: dict[str, list[int]] = field(default_factory=lambda: {"dist": [], "kf": [], "ty": [], "path": []})
    group: list[int] = field(default_factory=list)
    frequency: list[int] = field(default_factory=list)
    set: list[int] = field(default_factory=list)
    none: list[int] = field(default_factory=list)
    member: Any = field(default_factory=list)
    counted: Any = field(default_factory=list)
    first: Any = field(default_factory=list)
    asked: Any = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def add(
        self,
        document: Document,
        place: int,
        kind: int,
        phrases: Sequence[Phrase],
        right: Mapping[Hashable, Sequence[Truth]],
        other: Mapping[type, Sequence[Truth]] | Sequence[Truth],
        empty: Sequence[bool | None],
    ) -> None:
        """Adds a word with the phrases around it.

        Args:
            document: The analysed article.
            place: The token of the word.
            kind: Number of its type.
            phrases: The phrases.
            right: The parts of the groups that have any.
            other: Those of all other groups, or of those whose keys are of a type.
            empty: Whether nothing has each part; None where that is not known.
        """
        if not phrases:
            return
        number = len(self.none)
        groups: dict[Hashable, int] = {}
        for phrase in (*phrases, NOTHING):
            if phrase.group not in groups:
                groups[phrase.group] = len(self.frequency)
                self.frequency.append(phrase.frequency)
                self.set.append(number)
                default = other[type(phrase.group)] if isinstance(other, dict) and phrase is not NOTHING else other
                truth = [None] * len(empty) if phrase is NOTHING else right.get(phrase.group, default)
                self.member.append([value or 0.0 for value in truth])
                self.counted.append([float(value is not None) for value in truth])
            self.words.append(place)
            self.ranges.append((phrase.first, phrase.last))
            self.group.append(groups[phrase.group])
            self.paths.append(phrase_path(document, place, phrase))
            values = (distance(document, place, phrase.first, phrase.last), phrase.kind, kind)
            for name, value in zip(("dist", "kf", "ty"), values, strict=True):
                self.numbers[name].append(value)
        self.none.append(len(self.frequency) - 1)
        start = len(self.first)
        shares = [[float(v >= 1) for v in self.member[k]] for k in range(start, len(self.member))]
        sums = [sum(column) for column in zip(*shares, strict=True)]
        shares[-1] = [float(not total and nobody is True) for total, nobody in zip(sums, empty, strict=True)]
        self.first += [[v / max(1.0, t) for v, t in zip(row, sums, strict=True)] for row in shares]
        self.asked.append([float(t > 0 or nobody is True) for t, nobody in zip(sums, empty, strict=True)])

    def close(self, paths: Mapping[str, int]) -> Links:
        """The same with tensors and numbers of paths."""
        self.numbers["path"] = [paths.get(path, 0) for path in self.paths]
        self.member, self.counted, self.first, self.asked = (
            torch.tensor(values) for values in (self.member, self.counted, self.first, self.asked)
        )
        return self


def number_paths(counts: Counter[str], least: int = 4) -> dict[str, int]:
    """The most frequent paths with their numbers from 1; 0 is all others."""
    known = [path for path, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= least]
    return {path: number for number, path in enumerate(known[: PATHS - 1], 1)}
