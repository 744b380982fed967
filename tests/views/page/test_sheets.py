"""The tables of a package for a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from quality.validation.conftest import world

from broadsheet.base.errors import InputError
from broadsheet.publishing import write_partitioned
from broadsheet.quality.validation import files
from broadsheet.views.page.sheets import read_sheets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("claimed", [10**9, 1 << 30, 1 << 20])
def test_a_claim_of_parts_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claimed: int) -> None:
    """A descriptor that speaks of parts that are not there is an error before any of them is looked for."""
    folder = write_partitioned(world(), tmp_path / "package").parent
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert len(read_sheets(folder, descriptor)["quotes"]) == 3
    descriptor["broadsheet"]["layout"]["parts"] = claimed
    monkeypatch.setattr(files, "_opened", None)
    with pytest.raises(InputError, match=r"datapackage\.json.* parts"):
        read_sheets(folder, descriptor)


def test_a_claim_of_rows_is_not_believed(tmp_path: Path) -> None:
    """The rows are those of the files, whatever the descriptor says of them."""
    folder = write_partitioned(world(), tmp_path / "package").parent
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        resource["rows"] = 10**9
        for part in resource["parts"]:
            part["rows"] = 10**9
    assert len(read_sheets(folder, descriptor)["articles"]) == 1
