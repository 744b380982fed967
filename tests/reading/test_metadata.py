"""What a user may say of an article, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.reading import metadata as check
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = {
    "date": (check.check_date, date(2024, 2, 29), date(2024, 2, 29)),
    "ISO date": (check.check_date, "2024-02-29", date(2024, 2, 29)),
    "title": (check.check_title, " A  title\n", "A title"),
    "no title": (check.check_title, "", ""),
    "publisher": (check.check_text, "The\u00a0Gazette", "The Gazette"),
    "one author": (check.check_authors, "Ada Roth", ("Ada Roth",)),
    "authors in one text": (check.check_authors, "Ada Roth; Li Na", ("Ada Roth", "Li Na")),
    "list of authors": (check.check_authors, ["Ada Roth", "Li Na"], ("Ada Roth", "Li Na")),
    "address": (
        check.check_url,
        "https://news.example/2024/a_(b)?id=7&x=%C3%A9#top",
        "https://news.example/2024/a_(b)?id=7&x=%C3%A9#top",
    ),
    "address in capitals": (check.check_url, "HTTP://News.example/A", "http://News.example/A"),
    "address with a port": (check.check_url, "http://localhost:8000/a", "http://localhost:8000/a"),
    "English": (check.check_language, "en", "en"),
    "region": (check.check_language, "EN_ca", "en-CA"),
    "world region": (check.check_language, "en-001", "en-001"),
    "script and variant": (check.check_language, "en-latn-gb-oxendict", "en-Latn-GB-oxendict"),
    "version": (check.check_version, "0.1.0", "0.1.0"),
    "pre-release": (check.check_version, "1.0.0-rc.1+build.5", "1.0.0-rc.1+build.5"),
    "package name": (check.check_slug, "trade-news_2024.v1", "trade-news_2024.v1"),
}

BAD = {
    "impossible day": (check.check_date, "2023-02-29", "there is no day 2023-02-29"),
    "year before all tables": (check.check_date, date(999, 12, 31), "outside the years"),
    "year behind all tables": (check.check_date, "9999-12-31", "outside the years"),
    "day of another order": (check.check_date, "03/09/2024", "is not a date"),
    "short ISO date": (check.check_date, "20240309", "is not a date"),
    "other digits": (check.check_date, "٢٠٢٤-٠٣-٠٩", "is not a date"),
    "time of day": (check.check_date, datetime(2024, 3, 9, 8, tzinfo=UTC), "has a time of day"),
    "date as a number": (check.check_date, 20240309, "is not a date"),
    "title as a number": (check.check_title, 7, "is not text"),
    "empty publisher": (check.check_text, " \u00a0", "is empty"),
    "publisher as a list": (check.check_text, ["A"], "is not text"),
    "empty author": (check.check_authors, ["Ada Roth", ""], "is empty"),
    "authors as a number": (check.check_authors, 3, "neither text nor a list"),
    "author as a number": (check.check_authors, [3], "is not text"),
    "address without scheme": (check.check_url, "news.example/a", "is not a web address"),
    "address of a file": (check.check_url, "file:///a.txt", "is not a web address"),
    "address without host": (check.check_url, "https:///a", "is not a web address"),
    "address with a blank": (check.check_url, "https://news.example/a b", "is not a web address"),
    "address with a bad port": (check.check_url, "https://news.example:x/", "is not a web address"),
    "address with port 0": (check.check_url, "https://news.example:0/", "is not a web address"),
    "address with a bad host": (check.check_url, "https://[::1/", "is not a web address"),
    "address beyond ASCII": (check.check_url, "https://news.example/é", "is not a web address"),
    "German": (check.check_language, "de-DE", "is not a tag of English"),
    "a name for a tag": (check.check_language, "english", "is not a tag of English"),
    "three letters": (check.check_language, "eng", "is not a tag of English"),
    "two numbers": (check.check_version, "1.0", "is not a semantic version"),
    "leading zero": (check.check_version, "1.02.0", "is not a semantic version"),
    "v in front": (check.check_version, "v1.0.0", "is not a semantic version"),
    "version as a number": (check.check_version, 1.0, "is not text"),
    "capitals in a name": (check.check_slug, "Trade News", "is not a package name"),
    "path as a name": (check.check_slug, "../news", "is not a package name"),
}


@pytest.mark.parametrize(("accept", "value", "expected"), GOOD.values(), ids=GOOD)
def test_values_that_pass(accept: Callable[[object, str], object], value: object, expected: object) -> None:
    """A good value comes out in the form that the tables carry."""
    assert accept(value, "--option") == expected


@pytest.mark.parametrize(("accept", "value", "problem"), BAD.values(), ids=BAD)
def test_values_that_are_refused(accept: Callable[[object, str], object], value: object, problem: str) -> None:
    """A bad value is named with its place, in one line."""
    with pytest.raises(InputError, match=problem) as caught:
        accept(value, "--option")
    assert str(caught.value).startswith("--option: ")
    assert "\n" not in str(caught.value)


def test_a_name_is_suggested() -> None:
    """The error on a package name shows what would do."""
    with pytest.raises(InputError, match="trade-news-2024"):
        check.check_slug("Trade News 2024!", "--name")


def test_what_is_said_first_wins() -> None:
    """Values of one source go over those of the other, also an empty title, and gaps are filled."""
    option = Metadata(title="", publisher="Gazette")
    sidecar = Metadata(title="Title", publisher="Herald", url="https://news.example/")
    assert option.over(sidecar) == Metadata(title="", publisher="Gazette", url="https://news.example/")
