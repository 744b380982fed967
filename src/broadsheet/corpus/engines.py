"""What runs the extraction: processes on this machine, or a Ray cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.extraction import Batch, Extractor, load, write_died_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Engine(Protocol):
    """Turns batches into blocks."""

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """Extracts all batches.

        Args:
            extractor: Makes the blocks.
            batches: What to extract.
            done: Called with the number of articles just finished.
        """


@dataclass(frozen=True, slots=True)
class Local:
    """Processes on this machine, ``jobs`` of them."""

    jobs: int

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """See :class:`Engine`. If a batch kills its worker, its articles are tried one by one."""
        for batch, result in run_tasks(extractor, batches, self.jobs):
            if isinstance(result, Died):
                self._one_by_one(extractor, batch)
            done(len(batch))

    def _one_by_one(self, extractor: Extractor, batch: Batch) -> None:
        single = [Batch((file,), (row,)) for file, row in zip(batch.files, batch.rows, strict=True)]
        for one, result in run_tasks(extractor, single, max(2, self.jobs)):
            if isinstance(result, Died):
                write_died_block(load(one), extractor.blocks)
