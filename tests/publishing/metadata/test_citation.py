"""Citations in each form."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet.cli import main
from broadsheet.publishing.metadata.citation import FORMATS, CitedRow, cite
from conftest import ROOT

if TYPE_CHECKING:
    from typing import Any

DESCRIPTOR: dict[str, Any] = {
    "name": "harbour",
    "id": "5f9ddf26-651c-5cfa-a992-5d0a68e1eef2",
    "title": "Tables of 50% & more",
    "version": "1.2.0",
    "created": "2024-03-09T00:00:00Z",
    "contributors": [{"title": "The Harbour Desk"}, {"title": "Nguyễn Lan"}],
    "licenses": [{"name": "CC-BY-4.0"}],
}


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_names_version_day_and_checksum(form: str) -> None:
    """Whoever cites tells exactly which bytes."""
    text = cite(DESCRIPTOR, "ab" * 32, form)
    assert "1.2.0" in text
    assert "ab" * 32 in text
    assert "2024" in text
    assert "Nguyễn Lan" in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_is_cited_by_its_key(form: str) -> None:
    """Key, table, place and article are told."""
    text = cite(DESCRIPTOR, "ab" * 32, form, CitedRow("quotes", "quo_1", "Ships wait", (4, 19)))
    for part in ("quotes", "characters 4 to 19", "Ships wait"):
        assert part in text


def test_bibtex_escapes_what_tex_reads() -> None:
    """A per cent sign would hide the rest of the line."""
    assert r"title = {{Tables of 50\% \& more}}" in cite(DESCRIPTOR, "ab", "bibtex")


def test_ris_has_a_tag_a_line() -> None:
    """The form of reference managers: two capitals, two blanks, a dash; type first, end last."""
    lines = cite(DESCRIPTOR, "ab", "ris").split("\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - DATA", "ER  - ")


def test_csl_is_json_with_parts_of_the_date() -> None:
    """Citation processors take the item as it is."""
    [item] = json.loads(cite(DESCRIPTOR, "ab", "csl-json"))
    assert item["issued"] == {"date-parts": [[2024, 3, 9]]}
    assert item["author"] == [{"literal": "The Harbour Desk"}, {"literal": "Nguyễn Lan"}]


def test_the_command_cites_the_published_dataset(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a package it is the one that comes along, and the checksum is that of its descriptor."""
    assert main(["cite"]) == 0
    text = capsys.readouterr().out
    assert sha256((ROOT / "datapackage.json").read_bytes()).hexdigest() in text
    key = broadsheet.load("events").event_id[0]
    assert main(["cite", "--row", key, "--format", "ris"]) == 0
    assert f"Row {key} of table events" in capsys.readouterr().out


def test_a_row_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """One line and exit code 2."""
    assert main(["cite", "--row", "quo_0000000000000000"]) == 2
    assert "is in no table of the package" in capsys.readouterr().err
