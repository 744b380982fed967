"""Sidecars: what a file beside the article says of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading.credits import Contributor, Licence
from broadsheet.reading.metadata import Metadata
from broadsheet.reading.sidecar import (
    PackageOptions,
    Sidecar,
    merge_package_options,
    parse_sidecar,
    read_sidecar,
    sidecar_path,
)

PLACE = Path("news/story.toml")

FULL = """
published_on = 2024-03-09
title = "Ferry lines merge"
publisher = "The Harbour Gazette"
authors = ["Ada Roth", "Li Na"]
url = "https://news.example/ferry"
language = "en-NZ"
name = "ferry-news"
version = "1.2.0"
out = "package"
model = "en_core_web_lg"
encoding = "windows-1252"
package_title = "Ferry tables"
creators = ["The Harbour Desk"]
license = "https://news.example/terms"
description = "Who ferries whom."
"""

BAD = {
    "unknown key": (b"publishedon = 2024-03-09", "story.toml:publishedon", "did you mean published_on?"),
    "hyphen for underscore": (b"published-on = 2024-03-09", "story.toml:published-on", "did you mean published_on?"),
    "key like no other": (b"zzz = 1", "story.toml:zzz", "the keys are author, authors"),
    "switch of the command": (b"quiet = true", "story.toml:quiet", "--quiet on the command line"),
    "two spellings": (b'author = "A"\nauthors = ["B"]', "story.toml:author", "keep one of the two"),
    "wrong type": (b"publisher = 7", "story.toml:publisher", "quotation marks"),
    "impossible day": (b'published_on = "2023-02-30"', "story.toml:published_on", "there is no day"),
    "impossible TOML day": (b"# day\npublished_on = 2023-02-30", "story.toml:published_on", "invalid date"),
    "no quotation marks": (b"title = Ferry lines merge", "story.toml:title", "is not TOML"),
    "time of day": (b"published_on = 2024-03-09T10:00:00Z", "story.toml:published_on", "has a time of day"),
    "bad address": (b'url = "news"', "story.toml:url", "is not a web address"),
    "other language": (b'language = "fr"', "story.toml:language", "is not a tag of English"),
    "version of two numbers": (b'version = "1.0"', "story.toml:version", "MAJOR.MINOR.PATCH"),
    "bad package name": (b'name = "Ferry News"', "story.toml:name", "ferry-news"),
    "unknown licence": (b'license = "CC BY 4.0"', "story.toml:license", "did you mean CC-BY-4.0?"),
    "wrong check digit": (b'creator = "Ada, 0000-0002-1825-0090"', "story.toml:creator", "copy the iD"),
    "not UTF-8": (b'title = "caf\xe9"', "story.toml", "offset 12"),
    "endless number": (b"title = " + b"9" * 5000, "story.toml", "is not TOML"),
    "nested without end": (b"title = " + b"[" * 5000, "story.toml", "is not TOML"),
}


def test_all_keys() -> None:
    """Every option of a build has its key; a folder is counted from the sidecar's own."""
    assert parse_sidecar(FULL.encode(), PLACE) == Sidecar(
        Metadata(
            date(2024, 3, 9),
            "Ferry lines merge",
            "The Harbour Gazette",
            ("Ada Roth", "Li Na"),
            "https://news.example/ferry",
            "en-NZ",
        ),
        PackageOptions(
            "ferry-news",
            "1.2.0",
            Path("news/package"),
            "en_core_web_lg",
            title="Ferry tables",
            creators=(Contributor("The Harbour Desk", roles=("creator",)),),
            license=Licence(None, None, "https://news.example/terms"),
            description="Who ferries whom.",
        ),
        "windows-1252",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('author = "Ada Roth"', Metadata(authors=("Ada Roth",))),
        ("published = 2024-03-09", Metadata(published_on=date(2024, 3, 9))),
        ('published_on = "2024-03-09"', Metadata(published_on=date(2024, 3, 9))),
        ('title = ""', Metadata(title="")),
        ("", Metadata()),
        ("\ufeff# a comment\n", Metadata()),
    ],
    ids=["author", "published", "date as text", "no title", "empty", "byte order mark"],
)
def test_spellings(text: str, expected: Metadata) -> None:
    """The option's own name is a key too, and a date may stand in quotation marks."""
    assert parse_sidecar(text.encode(), PLACE).metadata == expected


@pytest.mark.parametrize(("data", "place", "hint"), BAD.values(), ids=BAD)
def test_bad_sidecars(data: bytes, place: str, hint: str) -> None:
    """The error names file and key and says how to fix it, in one line."""
    with pytest.raises(InputError) as caught:
        parse_sidecar(data, PLACE)
    assert caught.value.place.endswith(place) or caught.value.place.startswith(f"news/{place}")
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_place_of_a_sidecar(tmp_path: Path) -> None:
    """It has the article's name and stands beside it; without one, nothing was said."""
    assert sidecar_path(Path("a/story.txt")) == Path("a/story.toml")
    assert sidecar_path(Path("a/story")) == Path("a/story.toml")
    assert read_sidecar(tmp_path / "story.txt") == Sidecar()
    (tmp_path / "story.toml").write_text('publisher = "Gazette"', encoding="utf-8")
    assert read_sidecar(tmp_path / "story.txt").metadata.publisher == "Gazette"


def test_a_sidecar_is_no_article() -> None:
    """Who names the sidecar learns to name the article."""
    with pytest.raises(InputError, match="is a sidecar"):
        sidecar_path(Path("story.toml"))


def test_package_options_of_several_sidecars() -> None:
    """Sidecars of one package fill each other's gaps and may not contradict each other."""
    one, two = PackageOptions(name="news"), PackageOptions(name="news", version="1.0.0")
    assert merge_package_options([("a.toml", one), ("b.toml", two)]) == PackageOptions("news", "1.0.0")
    with pytest.raises(InputError, match=r"has '2\.0\.0', but b\.toml has '1\.0\.0'"):
        merge_package_options([("a.toml", one), ("b.toml", two), ("c.toml", PackageOptions(version="2.0.0"))])
    texts = ('creator = "Ada Roth"', 'creators = ["Ada Roth", "Li Na"]')
    ours, theirs = (parse_sidecar(text.encode(), PLACE).package for text in texts)
    with pytest.raises(InputError, match=r"has 'Ada Roth; Li Na', but a:?.* has 'Ada Roth'; .* give --creator"):
        merge_package_options([("a", ours), ("b", theirs)])
