"""The work folder: its lock, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.corpus.work import Producer, WorkFolder

if TYPE_CHECKING:
    from pathlib import Path

MADE_BY = Producer("0.1.0+aaaa", ("en_core_web_sm", "3.8.0"))
OTHER_PRODUCERS = {
    "another extractor": Producer("0.2.0+bbbb", ("en_core_web_sm", "3.8.0")),
    "another model": Producer("0.1.0+aaaa", ("en_core_web_lg", "3.8.0")),
    "another version of the model": Producer("0.1.0+aaaa", ("en_core_web_sm", "3.9.0")),
}


@pytest.mark.parametrize("other", OTHER_PRODUCERS.values(), ids=OTHER_PRODUCERS)
def test_blocks_of_another_producer_are_refused(tmp_path: Path, other: Producer) -> None:
    """Blocks of another extractor or model are refused, or discarded with ``force``."""
    work = WorkFolder(tmp_path / "work")
    with work.locked(MADE_BY, force=False):
        (work.blocks / "one.parquet").touch()
    with pytest.raises(InputError, match="--force"), work.locked(other, force=False):
        pass
    assert [p.name for p in work.block_files()] == ["one.parquet"]
    with work.locked(other, force=True):
        assert work.block_files() == []
    with work.locked(other, force=False):
        pass


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    """A run locks its work folder."""
    work = WorkFolder(tmp_path / "work")
    with (
        work.locked(MADE_BY, force=False),
        pytest.raises(InputError, match="in use by another run"),
        WorkFolder(tmp_path / "work").locked(MADE_BY, force=False),
    ):
        pass


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    """A folder with other files is not used as a work folder."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    foreign = pytest.raises(InputError, match=r"notes\.txt: does not belong")
    with foreign, WorkFolder(tmp_path).locked(MADE_BY, force=False):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_unfinished_files_are_removed(tmp_path: Path) -> None:
    """Drafts of a killed run are removed."""
    work = WorkFolder(tmp_path / "work")
    with work.locked(MADE_BY, force=False):
        (work.blocks / ".draft.parquet.17").touch()
        (work.articles / ".reading").mkdir()
        (work.articles / ".reading" / "0.arrow").touch()
    with work.locked(MADE_BY, force=False):
        assert list(work.blocks.iterdir()) == []
        assert list(work.articles.iterdir()) == []
