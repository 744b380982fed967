"""Whose a package is: `broadsheet build` with and without title, creators, licence and description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import broadsheet
from broadsheet.cli import main
from broadsheet.quality.validation import validate_package
from broadsheet.reading.credits import default_title

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "“We had no choice,” Trade Minister Rosa Quispe said on Monday in Lima, where many ships wait for copper.\n"


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Builds a package of an untitled article, with more options, and gives its `datapackage.json`; it is valid."""
    article = tmp_path / "copper.txt"
    article.write_text(TEXT, encoding="utf-8")

    def run(*options: str, sidecar: str = "") -> dict[str, Any]:
        article.with_suffix(".toml").write_text(f'title = ""\npublished_on = 2024-05-17\n{sidecar}', encoding="utf-8")
        out = tmp_path / "out"
        assert main(["build", "--quiet", "--out", str(out), *options, str(article)]) == 0
        assert validate_package(out).valid
        content: dict[str, Any] = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
        return content

    return run


def test_by_default_it_is_of_no_one(build: Callable[..., dict[str, Any]]) -> None:
    """No creator, no licence; the title is the file's name, the description neutral."""
    content = build()
    assert content["title"] == "copper"
    assert "extracted from one news article with broadsheet 0" in content["description"]
    assert not {"licenses", "contributors"} & set(content)


def test_options_say_whose_it_is(build: Callable[..., dict[str, Any]]) -> None:
    """They win over the sidecar, which fills what they leave out."""
    content = build(
        *("--package-title", "Copper tables", "--license", "cc-by-4.0", "--description", "Who sells copper."),
        *("--creator", "Lovelace, Ada (https://orcid.org/0000-0002-1825-0097)", "--creator", "The Harbour Desk"),
        sidecar='package_title = "Other"\ncreators = ["Li Na"]\nname = "copper"\n',
    )
    assert (content["name"], content["title"]) == ("copper", "Copper tables")
    assert content["description"] == "Who sells copper."
    assert content["contributors"] == [
        {
            "title": "Ada Lovelace",
            "givenName": "Ada",
            "familyName": "Lovelace",
            "path": "https://orcid.org/0000-0002-1825-0097",
            "roles": ["creator"],
        },
        {"title": "The Harbour Desk", "roles": ["creator"]},
    ]
    assert [entry["name"] for entry in content["licenses"]] == ["CC-BY-4.0"]


def test_python_has_the_same_options(tmp_path: Path) -> None:
    """`Tables.write` takes what the command takes; what is read and written again keeps it."""
    tables = broadsheet.extract(text=TEXT, published_on="2024-05-17", title="")
    tables.write(
        tmp_path / "a", title="Copper", creators=["Li Na"], license="ODbL-1.0", description="Who sells copper."
    )
    again = broadsheet.read_package(tmp_path / "a").write(tmp_path / "b")
    assert (tmp_path / "a" / "datapackage.json").read_bytes() == again.read_bytes()
    content = json.loads(again.read_text(encoding="utf-8"))
    assert (content["title"], content["description"]) == ("Copper", "Who sells copper.")
    assert content["contributors"] == [{"title": "Li Na", "roles": ["creator"]}]
    assert content["licenses"][0]["name"] == "ODbL-1.0"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--license", "CC BY"], "--license: 'CC BY' is not an SPDX licence identifier"),
        (["--creator", "Ada, 0000-0002-1825-0098"], "--creator: ORCID iD 0000-0002-1825-0098 ends in 8"),
        (["--package-title", " "], "--package-title: is empty"),
    ],
)
def test_wrong_values_are_named(
    options: list[str], error: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, exit code 2, before anything is built."""
    assert main(["build", "--out", str(tmp_path / "out"), *options]) == 2
    assert error in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_title_does_not_depend_on_where_it_is_written(tmp_path: Path) -> None:
    """It is the name of the one file or folder, or of the folder that several files are in."""
    news, other = tmp_path / "news", tmp_path / "other"
    for path in (news / "a.txt", news / "b.txt", other / "c.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    assert default_title([news / "a.txt"]) == "a"
    assert default_title([news]) == "news"
    assert default_title([news / "a.txt", news / "b.txt"]) == "news"
    assert default_title([news / "a.txt", other / "c.txt"]) is None
    assert default_title([Path("-")]) is None
    assert default_title([]) is None
