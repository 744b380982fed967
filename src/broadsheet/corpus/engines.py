"""Who does the extraction: processes on this machine, or a cluster of Ray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.extraction import Batch, Extractor, died_block, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Engine(Protocol):
    """Turns batches into blocks."""

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """Extracts all batches.

        Args:
            extractor: What makes blocks.
            batches: What to extract.
            done: Called with how many articles are finished, as they are.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes on this machine, ``jobs`` of them."""

    jobs: int

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """See :class:`Engine`. A batch that kills its worker is cut down to the article that does."""
        for batch, result in run_tasks(extractor, batches, self.jobs):
            if isinstance(result, Died):
                self._piecewise(extractor, batch)
            done(len(batch))

    def _piecewise(self, extractor: Extractor, batch: Batch) -> None:
        single = [Batch((f,), (r,), 0) for f, r in zip(batch.files, batch.rows, strict=True)]
        for one, result in run_tasks(extractor, single, max(2, self.jobs)):
            if isinstance(result, Died):
                died_block(load(one), extractor.blocks)
