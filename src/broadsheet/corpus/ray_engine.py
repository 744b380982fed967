"""Extraction by Ray Data (https://docs.ray.io): articles in blocks in, Arrow tables out, on one machine or a cluster.

The articles that are to be extracted are laid down as Parquet files; Ray sends them through workers that keep the
language model, and writes what comes out. Ray does again what is lost with a worker or a machine. All machines must see
the work folder under the same path, as is usual for clusters.

What is written is taken over once all of it is there; what a run that was broken off had written is looked through when
the next one begins, and what is whole is kept.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.corpus.blocks import block_schema, columns_of, write_block
from broadsheet.corpus.extraction import Batch, Extractor, extract_table, load
from broadsheet.corpus.sealed import remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

_PATIENCE = 10.0
"""Seconds to wait for an answer of a cluster."""

_PAUSE = 2.0
"""Seconds between two looks at what is done."""


@dataclass(frozen=True, slots=True)
class RayEngine:
    """A cluster of Ray.

    Attributes:
        address: ``HOST:PORT`` of a cluster that runs, or ``auto``; None starts one on this machine.
        jobs: Number of workers on a cluster that is started here; one that runs has as many as it has processors.
    """

    address: str | None
    jobs: int

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """Extracts all batches; see :class:`broadsheet.corpus.engines.Engine`.

        Raises:
            InputError: If Ray is not installed, the cluster cannot be reached, or it gives up.
        """
        ray = _ray()
        incoming = extractor.blocks.with_name("incoming")
        salvaged = take_over(incoming, extractor.blocks)
        pending = extractor.blocks.with_name("pending")
        total = _lay_down(batches, pending, salvaged)
        if salvaged:
            done(len(salvaged))
        if not total:
            return
        started = self._connect(ray)
        try:
            with _watched(incoming, done):
                self._extract(ray, extractor, pending, incoming)
        except ray.exceptions.RayError as error:
            told = str(error).splitlines()[0][:200]
            mend = "run it again: it goes on from here"
            raise InputError("--engine ray", f"the cluster gave up ({told})", mend) from error
        finally:
            if started:
                ray.shutdown()
        take_over(incoming, extractor.blocks)
        shutil.rmtree(pending)

    def _connect(self, ray: Any) -> bool:
        """Whether a connection was made here, and has to be ended here."""
        if ray.is_initialized():
            return False
        if self.address is not None:
            _check_reachable(self.address)
        own = {"num_cpus": self.jobs, "include_dashboard": False} if self.address is None else {"address": self.address}
        try:
            ray.init(log_to_driver=False, logging_level="ERROR", **own)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            told = str(error).splitlines()[0][:200]
            raise InputError(
                f"--address {self.address}", f"Ray cannot be reached ({told})", "start it, or leave --address out"
            ) from error
        return True

    def _extract(self, ray: Any, extractor: Extractor, pending: Path, incoming: Path) -> None:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        # A file a block: what is written when a run is broken off need not be done again.
        context.target_min_block_size = 1
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.ERROR)
        files = sorted(map(str, pending.glob("*.parquet")))
        workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
        # Ray's own reader would put small files together, and leave workers without any.
        items = [{"path": path, "model": extractor.model} for path in files]
        ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
            Worker,
            batch_size=1,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
            num_cpus=1,
        ).write_parquet(str(incoming), compression="zstd", write_page_checksum=True)


class Worker:
    """Turns files of articles into blocks, in a process of Ray's that keeps the language model.

    What it needs comes with the articles: a worker that is started again has no arguments to lose.
    """

    def __call__(self, files: pa.Table) -> pa.Table:
        """The block of the articles in some files (columns ``path`` and ``model``)."""
        import pyarrow as pa

        (model,) = set(files.column("model").to_pylist())
        return extract_table(pa.concat_tables(map(columns_of, files.column("path").to_pylist())), model)


@contextmanager
def _watched(incoming: Path, done: Callable[[int], None]) -> Iterator[None]:
    """Says how many articles are done, by what lies there, while the block goes on."""
    stop = threading.Event()
    seen: dict[str, int] = {}

    def look() -> None:
        fresh = 0
        for path in incoming.rglob("*.parquet") if incoming.is_dir() else ():
            if path.name not in seen and (rows := _rows(path)) is not None:
                seen[path.name] = rows
                fresh += rows
        if fresh:
            done(fresh)

    def watch() -> None:
        while not stop.wait(_PAUSE):
            look()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    look()


def _rows(path: Path) -> int | None:
    """Rows of a Parquet file; None of one that is being written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except (OSError, pa.ArrowException):
        return None


def take_over(incoming: Path, blocks: Path) -> set[str]:
    """Moves what Ray has written among the blocks; a file that breaks off or is damaged is left out.

    Returns:
        The fingerprints of the articles that were in it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: set[str] = set()
    for path in sorted(incoming.rglob("*.parquet")) if incoming.is_dir() else ():
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                table = file.read().cast(block_schema())
        except (OSError, ValueError, pa.ArrowException):
            continue
        if table.num_rows:
            write_block(table, blocks)
            found.update(table.column("fingerprint").to_pylist())
    remove(incoming)
    return found


def _check_reachable(address: str) -> None:
    """Refuses an address where nobody listens: Ray itself would try for minutes, and end the process.

    Raises:
        InputError: If there is no answer.
    """
    host, colon, port = address.rpartition(":")
    if address == "auto" or "//" in address:
        return
    try:
        if not colon or not port.isdecimal():
            raise InputError(f"--address {address}", "is no address", "write HOST:PORT, such as 10.0.0.1:6379")
        socket.create_connection((host.strip("[]"), int(port)), _PATIENCE).close()
    except (OSError, OverflowError) as error:
        told = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(
            f"--address {address}", f"Ray cannot be reached ({told})", "start it there, or leave --address out"
        ) from error


def _lay_down(batches: Iterable[Batch], pending: Path, but: set[str]) -> int:
    """Writes the articles of the batches, without those of some fingerprints, as files for Ray; how many those are."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    remove(pending)
    pending.mkdir()
    total = 0
    for number, batch in enumerate(batches):
        table = load(batch)
        if but:
            known = pc.is_in(table.column("fingerprint"), value_set=pa.array(sorted(but)))
            table = table.filter(pc.invert(known))
        if table.num_rows:
            pq.write_table(table, pending / f"{number:06}.parquet", compression="zstd")
        total += table.num_rows
    return total


def _ray() -> Any:
    # Nothing is told to anybody: articles may be confidential, and machines without a network.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # What goes wrong comes as an exception; the log of its core tells of what it mends itself.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError("--engine ray", "Ray is not installed", 'pip install "broadsheet[ray]"') from error
    return ray
