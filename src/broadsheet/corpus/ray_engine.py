"""Extraction with Ray Data (https://docs.ray.io), on one machine or a cluster.

Pending articles are written as Parquet files. Ray sends them through workers that keep the language model loaded, and
writes the blocks. It repeats work that is lost with a worker or a machine. All machines must see the work folder under
the same path, as is usual for clusters.

Blocks are collected when Ray has finished. After an interruption, the next run collects the undamaged ones first.
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.corpus.blocks import block_schema, read_columns, write_block
from broadsheet.corpus.extraction import Batch, Extractor, load
from broadsheet.corpus.sealed import remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

_TIMEOUT = 10.0
"""Seconds to wait for a cluster to answer."""

_POLL = 2.0
"""Seconds between two updates of the progress."""


@dataclass(frozen=True, slots=True)
class RayEngine:
    """A Ray cluster.

    Attributes:
        address: ``HOST:PORT`` of a running cluster, or ``auto``; None starts one on this machine.
        jobs: Number of workers if a cluster is started here; a running one uses all of its processors.
    """

    address: str | None
    jobs: int

    def run(self, extractor: Extractor, batches: Iterable[Batch], done: Callable[[int], None]) -> None:
        """Extracts all batches; see :class:`broadsheet.corpus.engines.Engine`.

        Raises:
            InputError: If Ray is not installed, or the cluster cannot be reached or fails.
        """
        ray = _ray()
        incoming = extractor.blocks.with_name("incoming")
        recovered = collect(incoming, extractor.blocks)
        pending = extractor.blocks.with_name("pending")
        total = _write_pending(batches, pending, recovered)
        if recovered:
            done(len(recovered))
        if not total:
            return
        started = self._connect(ray)
        try:
            with _reporting(incoming, done):
                self._extract(ray, extractor, pending, incoming)
        except ray.exceptions.RayError as error:
            problem = f"the cluster failed ({_first_line(error)})"
            raise InputError("--engine ray", problem, "run it again, which resumes from here") from error
        finally:
            if started:
                ray.shutdown()
        collect(incoming, extractor.blocks)
        shutil.rmtree(pending)

    def _connect(self, ray: Any) -> bool:
        """Connects unless there is a connection; returns whether the caller has to close it."""
        if ray.is_initialized():
            return False
        if self.address is not None:
            _check_reachable(self.address)
        own = {"num_cpus": self.jobs, "include_dashboard": False} if self.address is None else {"address": self.address}
        try:
            ray.init(log_to_driver=False, logging_level="ERROR", **own)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            problem = f"Ray cannot be reached ({_first_line(error)})"
            raise InputError(f"--address {self.address}", problem, "start it, or leave out --address") from error
        return True

    def _extract(self, ray: Any, extractor: Extractor, pending: Path, incoming: Path) -> None:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        # One file per block, so that an interruption loses few.
        context.target_min_block_size = 1
        for name in ("ray", "ray.data"):
            logging.getLogger(name).setLevel(logging.ERROR)
        files = sorted(map(str, pending.glob("*.parquet")))
        workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
        # Ray's own reader would merge small files and leave some workers idle.
        items = [{"path": path, "model": extractor.model} for path in files]
        ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
            Worker,
            batch_size=1,
            batch_format="pyarrow",
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=workers),
            num_cpus=1,
        ).write_parquet(str(incoming), compression="zstd", write_page_checksum=True)


class Worker:
    """Turns files of articles into blocks, in a Ray process that keeps the language model loaded.

    Its inputs name the model, so that a restarted worker needs no arguments.
    """

    def __call__(self, files: pa.Table) -> pa.Table:
        """The block of the articles in some files (columns ``path`` and ``model``)."""
        import pyarrow as pa

        (model,) = set(files.column("model").to_pylist())
        articles = pa.concat_tables(map(read_columns, files.column("path").to_pylist()))
        return Extractor(Path(), model).extract(articles)


@contextmanager
def _reporting(incoming: Path, done: Callable[[int], None]) -> Iterator[None]:
    """Reports progress by counting the rows in ``incoming`` while the block runs."""
    stop = threading.Event()
    seen: dict[str, int] = {}

    def report() -> None:
        fresh = 0
        for path in incoming.rglob("*.parquet") if incoming.is_dir() else ():
            if path.name not in seen and (rows := _rows(path)) is not None:
                seen[path.name] = rows
                fresh += rows
        if fresh:
            done(fresh)

    def watch() -> None:
        while not stop.wait(_POLL):
            report()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    report()


def _rows(path: Path) -> int | None:
    """The number of rows in a Parquet file; None while it is being written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except (OSError, pa.ArrowException):
        return None


def collect(incoming: Path, blocks: Path) -> set[str]:
    """Moves Ray's output into the blocks, without incomplete or damaged files.

    Returns:
        The fingerprints of the articles in it.
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
    """Checks that something listens at an address; Ray itself would try for minutes and then exit.

    Raises:
        InputError: If there is no answer.
    """
    host, colon, port = address.rpartition(":")
    if address == "auto" or "//" in address:
        return
    try:
        if not colon or not port.isdecimal():
            raise InputError(f"--address {address}", "is not an address", "write HOST:PORT, such as 10.0.0.1:6379")
        socket.create_connection((host.strip("[]"), int(port)), _TIMEOUT).close()
    except (OSError, OverflowError) as error:
        problem = f"Ray cannot be reached ({(getattr(error, 'strerror', None) or str(error)).lower()})"
        raise InputError(f"--address {address}", problem, "start it there, or leave out --address") from error


def _write_pending(batches: Iterable[Batch], pending: Path, finished: set[str]) -> int:
    """Writes the articles of the batches as files for Ray, except finished ones; returns the number written."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    remove(pending)
    pending.mkdir()
    total = 0
    for number, batch in enumerate(batches):
        table = load(batch)
        if finished:
            known = pc.is_in(table.column("fingerprint"), value_set=pa.array(sorted(finished)))
            table = table.filter(pc.invert(known))
        if table.num_rows:
            pq.write_table(table, pending / f"{number:06}.parquet", compression="zstd")
        total += table.num_rows
    return total


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]


def _ray() -> Any:
    # No usage statistics: articles may be confidential, and machines may be offline.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Failures arrive as exceptions; the core's log is about what it has already recovered from.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError("--engine ray", "Ray is not installed", 'pip install "broadsheet[ray]"') from error
    return ray
