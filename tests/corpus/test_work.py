"""The work folder: whose it is, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.corpus.work import Maker, WorkFolder

if TYPE_CHECKING:
    from pathlib import Path

MAKER = Maker("0.1.0+aaaa", ("en_core_web_sm", "3.8.0"))
OTHERS = {
    "another extractor": Maker("0.2.0+bbbb", ("en_core_web_sm", "3.8.0")),
    "another model": Maker("0.1.0+aaaa", ("en_core_web_lg", "3.8.0")),
    "another version of the model": Maker("0.1.0+aaaa", ("en_core_web_sm", "3.9.0")),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_others_extracted_is_not_mixed(tmp_path: Path, other: Maker) -> None:
    """Blocks of another extractor or model are refused, and thrown away if that is asked for."""
    work = WorkFolder(tmp_path / "work")
    with work.held(MAKER, force=False):
        (work.blocks / "one.parquet").touch()
    with pytest.raises(InputError, match="--force"), work.held(other, force=False):
        pass
    assert [p.name for p in work.block_files()] == ["one.parquet"]
    with work.held(other, force=True):
        assert work.block_files() == []
    with work.held(other, force=False):
        pass


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    """Who holds the folder has it alone."""
    work = WorkFolder(tmp_path / "work")
    with (
        work.held(MAKER, force=False),
        pytest.raises(InputError, match="in use by another run"),
        WorkFolder(tmp_path / "work").held(MAKER, force=False),
    ):
        pass


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    """A folder with other things in it is no work folder."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"notes\.txt: is none"), WorkFolder(tmp_path).held(MAKER, force=False):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_what_is_half_written_goes(tmp_path: Path) -> None:
    """Drafts of a run that was killed are swept away."""
    work = WorkFolder(tmp_path / "work")
    with work.held(MAKER, force=False):
        (work.blocks / ".draft.parquet.17").touch()
        (work.articles / ".reading").mkdir()
        (work.articles / ".reading" / "0.arrow").touch()
    with work.held(MAKER, force=False):
        assert list(work.blocks.iterdir()) == []
        assert list(work.articles.iterdir()) == []
