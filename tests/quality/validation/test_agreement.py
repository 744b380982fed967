"""Our checks and the libraries agree on a seeded sample of the mutants of `broadsheet mutation-test`."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from quality.validation.agreement import disagreements

from broadsheet.quality.mutation.run import CATALOGUE, read_draft

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = 24


def test_a_valid_package(package: Path) -> None:
    """Nobody says anything of a valid package."""
    assert disagreements(package) == []


@pytest.mark.parametrize("suites", [False, True], ids=["Frictionless", "Great Expectations too"])
def test_mutants(package: Path, tmp_path: Path, *, suites: bool) -> None:
    """Whatever is done to a package, table, rule, column and rows of what is wrong are the same."""
    draft = read_draft(package)
    choice = Random(suites)
    mutants = [mutant for operator in CATALOGUE for mutant in operator.aims(operator, draft)]
    for number, mutant in enumerate(choice.sample(mutants, SAMPLE // 4 if suites else SAMPLE)):
        damage = mutant.make(draft, choice)
        if damage is None or damage.suites is not None:
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        damage.write(draft, folder)
        assert disagreements(folder, suites=suites) == [], (mutant.operator.name, mutant.table, mutant.column)
