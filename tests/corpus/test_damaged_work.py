"""Builds with a damaged work folder: the same package as an undisturbed build, or one clear error."""

from __future__ import annotations

import errno
import os
from random import Random
from typing import TYPE_CHECKING

import pytest
from corpus.work_attacks import Attack, Field

from broadsheet.base.errors import InputError
from broadsheet.corpus.work import Producer, WorkFolder

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = 6
MADE_BY = Producer("0.1.0+aaaa", ("en_core_web_sm", "3.8.0"))


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    """A small package with its work folder."""
    return Field.laid(tmp_path_factory.mktemp("field"), 4)


def test_a_sample_of_attacks(field: Field) -> None:
    """A sample of the attacks in `tools/attack_inputs.py`."""
    attacks = Random(15).sample(list(field.attacks()), SAMPLE)
    assert [f"{a}: {fault}" for a in attacks if (fault := field.fault(a))] == []


@pytest.mark.parametrize(("folder", "kind"), [("blocks", "a bit flipped"), ("articles", "cut in half")])
def test_damaged_files_are_rebuilt(field: Field, folder: str, kind: str) -> None:
    """A damaged block or reading is rebuilt, and the package is the same."""
    path = next(a.path for a in field.attacks() if a.path.startswith(folder) and a.kind == kind and not a.add)
    before = field.counts["healed"]
    assert field.fault(Attack(path, kind)) is None
    assert field.counts["healed"] == before + 1


def test_an_addition_to_a_damaged_reading_names_its_sources(field: Field) -> None:
    """A reading that only the sources of an earlier run can rebuild is an error that names them."""
    path = next(a.path for a in field.attacks() if a.path.endswith(".arrow") and a.path.startswith("articles"))
    before = field.counts["refused"]
    assert field.fault(Attack(path, "cut in half", add=True)) is None
    assert field.counts["refused"] == before + 1
    with pytest.raises(InputError, match=r"read from .*news\.jsonl; build again from those sources"):
        _damaged(field, path).check_reading(path.split("/")[1])


def _damaged(field: Field, path: str) -> WorkFolder:
    work = WorkFolder(field.root / "kept.work")
    os.truncate(work.root / path, 10)
    return work


@pytest.mark.parametrize("make", ["link", "pipe"])
def test_links_and_pipes_are_refused(tmp_path: Path, make: str) -> None:
    """Neither is opened: a link may lead anywhere, and a pipe may block forever."""
    work = WorkFolder(tmp_path / "work")
    with work.locked(MADE_BY, force=False):
        pass
    (tmp_path / "outside").mkdir()
    place = work.blocks / "one.parquet"
    place.symlink_to(tmp_path / "outside") if make == "link" else os.mkfifo(place)
    with pytest.raises(InputError, match=r"one\.parquet: is a (symbolic link|pipe)"), work.locked(MADE_BY, force=False):
        pass


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.ENOSPC, "disk is full; free some space"), (errno.EACCES, "permissions"), (errno.EIO, "check the disk")],
)
def test_advice_fits_the_cause(tmp_path: Path, number: int, advice: str) -> None:
    """A full disk, missing permissions and a broken disk need different fixes."""
    work = WorkFolder(tmp_path / "work")
    with pytest.raises(InputError, match=advice), work.locked(MADE_BY, force=False):
        raise OSError(number, os.strerror(number), str(work.blocks))


def test_readings_cannot_be_paths(tmp_path: Path) -> None:
    """A name in the list of readings that is a path counts as damage."""
    work = WorkFolder(tmp_path / "work")
    with work.locked(MADE_BY, force=False):
        (work.root / "corpus.json").write_text('{"readings": ["../../outside"]}', encoding="utf-8")
        with pytest.raises(InputError, match=r"corpus\.json: is damaged"):
            work.readings()
