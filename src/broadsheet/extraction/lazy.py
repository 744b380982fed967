"""A mapping that is built on first use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

K = TypeVar("K")
V = TypeVar("V", covariant=True)


class LazyMapping(Mapping[K, V]):
    """The mapping that ``build`` returns, built on first access: the rules of most rows are never read.

    Args:
        build: Called at most once; this mapping keeps alive whatever it refers to.
    """

    __slots__ = ("_build", "_built")

    def __init__(self, build: Callable[[], Mapping[K, V]]) -> None:
        self._build = build
        self._built: Mapping[K, V] | None = None

    def _mapping(self) -> Mapping[K, V]:
        if self._built is None:
            self._built = self._build()
        return self._built

    def __getitem__(self, key: K) -> V:
        return self._mapping()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._mapping())

    def __len__(self) -> int:
        return len(self._mapping())
