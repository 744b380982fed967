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
    """A citation identifies the exact bytes."""
    text = cite(DESCRIPTOR, "ab" * 32, form)
    assert "1.2.0" in text
    assert "ab" * 32 in text
    assert "2024" in text
    assert "Nguyễn Lan" in text


@pytest.mark.parametrize("form", FORMATS)
def test_a_row_is_cited_by_its_key(form: str) -> None:
    """It has the key, table, position and article."""
    text = cite(DESCRIPTOR, "ab" * 32, form, CitedRow("quotes", "quo_1", "Ships wait", (4, 19)))
    for part in ("quotes", "characters 4 to 19", "Ships wait"):
        assert part in text


def bibtex(**properties: Any) -> str:
    """The BibTeX entry of a package with other properties."""
    return cite({**DESCRIPTOR, **properties}, "ab" * 32, "bibtex")


def test_bibtex_escapes_what_tex_reads() -> None:
    """A per cent sign would hide the rest of the line, and a brace would end the field, also after a backslash."""
    assert r"title = {{Tables of 50\% \& more}}" in bibtex()
    text = bibtex(title=r"{a} \b ~c ^d $e #f _g <h>")
    assert r"{\textbraceleft}a{\textbraceright} {\textbackslash}b {\textasciitilde}c" in text
    assert r"{\textasciicircum}d \$e \#f \_g {\textless}h{\textgreater}" in text
    assert text.count("{") == text.count("}")


def test_bibtex_takes_an_accented_letter_for_one() -> None:
    """Its styles cut names to initials by bytes, but for a letter in braces with a backslash; other scripts stay."""
    assert r"title = {{{\'{E}}tude {\v{z}} na{\"{i}}ve ł 李}}" in bibtex(title="Étude ž naïve ł 李")


def test_bibtex_names() -> None:
    """Family and given name are stated where both are known; any other name stays whole, whatever is in it."""
    people = [
        {"title": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace"},
        {"title": "Ada Lovelace", "path": "https://orcid.org/0000-0002-1825-0097"},
        {"title": "Salt, Sand and Sons"},
        {"title": "x", "givenName": "Ann and Bo", "familyName": "Roe"},
    ]
    wanted = "author = {Lovelace, Ada and {Ada Lovelace} and {Salt, Sand and Sons} and Roe, {Ann and Bo}},"
    assert wanted in bibtex(contributors=people)


def test_bibtex_is_an_entry_that_both_programs_know() -> None:
    """BibTeX has no `@dataset`, `version` or `date`; biber has all that BibTeX has."""
    assert bibtex().startswith("@misc{harbour-1.2.0,\n")
    assert set(re.findall(r"^  (\w+) = ", bibtex(), re.MULTILINE)) == {
        *("author", "title", "howpublished", "year", "month", "note")
    }
    assert "month = mar\n" in bibtex()
    assert bibtex(name="a b{},%c").startswith("@misc{a-b----c-1.2.0,\n")


def test_bibtex_is_read_by_another_parser() -> None:
    """`pybtex` reads each field back, special characters among them."""
    database = pytest.importorskip("pybtex.database")
    [entry] = database.parse_string(bibtex(title="{ Étude } \\ 50%"), "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == ["{The Harbour Desk}", "{Nguyễn Lan}"]
    assert entry.fields["title"] == r"{{\textbraceleft} {\'{E}}tude {\textbraceright} {\textbackslash} 50\%}"
    assert entry.fields["month"] == "March"


def anonymous(form: str) -> str:
    """The citation of a package without creator, licence and day."""
    kept = {key: value for key, value in DESCRIPTOR.items() if key not in ("contributors", "licenses", "created")}
    return cite(kept, "ab" * 32, form)


def test_a_work_without_author_begins_with_its_title() -> None:
    """No author, licence or day is made up, in any form."""
    assert anonymous("text").startswith("Tables of 50% & more (version 1.2.0) [Data set]. urn:uuid:")
    assert "author" not in anonymous("bibtex")
    assert r"key = {{Tables of 50\% \& more}}" in anonymous("bibtex")
    assert "AU  - " not in anonymous("ris")
    assert set(json.loads(anonymous("csl-json"))[0]) == {"id", "type", "title", "version", "URL", "note"}


def test_a_day_that_is_none_is_left_out() -> None:
    """A descriptor may come from anyone."""
    assert "year" not in bibtex(created="yesterday-evening")


def test_ris_has_a_tag_a_line() -> None:
    """The form of reference managers: two capitals, two blanks, a dash; type first, end last."""
    lines = cite(DESCRIPTOR, "ab", "ris").split("\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - DATA", "ER  - ")


def test_csl_is_json_with_parts_of_the_date() -> None:
    """The item is valid input for citation processors."""
    person = {"title": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace"}
    [item] = json.loads(cite({**DESCRIPTOR, "contributors": [person]}, "ab", "csl-json"))
    assert item["author"] == [{"family": "Lovelace", "given": "Ada"}]
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
