"""Extraction by a real cluster of Ray, of two nodes on this machine."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from corpora import write_jsonl
from needs import module
from runs import content, run

from broadsheet.base.errors import InputError
from broadsheet.corpus.blocks import read_columns
from broadsheet.corpus.ray_engine import RayEngine, collect

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT, WORDS = 120, 120


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of two nodes with a processor each."""
    module("ray")
    from ray.cluster_utils import Cluster

    found: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    found.add_node(num_cpus=1)
    yield found
    found.shutdown()


def _workers() -> list[int]:
    """The processes that are extracting for Ray."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"MapWorker" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def _kill_one(incoming: Path, killed: list[int], stop: threading.Event) -> None:
    """Kills a worker once the first block is there, so that the others are under way."""
    while not stop.wait(0.05):
        if any(incoming.rglob("*.parquet")) and (workers := _workers()):
            os.kill(workers[0], signal.SIGKILL)
            killed.append(workers[0])
            return


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are found by /proc, which this system has not")
def test_a_worker_killed_in_the_midst_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    """Two nodes, one worker killed at work: the package is byte for byte that of a run on this machine alone."""
    dump = write_jsonl(tmp_path / "news.jsonl", COUNT, words=WORDS)
    local, distributed = tmp_path / "local", tmp_path / "distributed"
    run(dump, local)
    killed: list[int] = []
    stop = threading.Event()
    incoming = tmp_path / "distributed.work" / "incoming"
    killer = threading.Thread(target=_kill_one, args=(incoming, killed, stop), daemon=True)
    killer.start()
    try:
        outcome = run(dump, distributed, engine=RayEngine(cluster.address, 2), jobs=2)
    finally:
        stop.set()
        killer.join()
    assert killed
    assert outcome.extracted == COUNT
    assert content(distributed) == content(local)


def test_a_cluster_that_is_not_there(tmp_path: Path) -> None:
    """An address without a cluster is bad input, and the error says how to fix it."""
    module("ray")
    dump = write_jsonl(tmp_path / "news.jsonl", 2, words=WORDS)
    with pytest.raises(InputError, match=r"--address 127\.0\.0\.1:1: Ray cannot be reached"):
        run(dump, tmp_path / "package", engine=RayEngine("127.0.0.1:1", 2))


def test_what_a_broken_run_has_written_is_taken_over(tmp_path: Path) -> None:
    """Whole files become blocks; those that break off or are damaged are left out."""
    dump = write_jsonl(tmp_path / "news.jsonl", 4, words=WORDS)
    run(dump, tmp_path / "package")
    (block,) = (tmp_path / "package.work" / "blocks").glob("*.parquet")
    incoming, blocks = tmp_path / "incoming", tmp_path / "blocks"
    (incoming / "some").mkdir(parents=True)
    blocks.mkdir()
    data = block.read_bytes()
    (incoming / "some" / "1.parquet").write_bytes(data)
    (incoming / "2.parquet").write_bytes(data[: len(data) // 2])
    (incoming / "3.parquet").write_bytes(b"")
    checked = read_columns(block).replace_schema_metadata()
    pq.write_table(checked, incoming / "4.parquet", write_page_checksum=True)
    flipped = bytearray((incoming / "4.parquet").read_bytes())
    flipped[100] ^= 1
    (incoming / "4.parquet").write_bytes(flipped)
    assert len(collect(incoming, blocks)) == 4
    assert [path.name for path in blocks.iterdir()] == [block.name]
    assert not incoming.exists()
