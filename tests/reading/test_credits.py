"""Creators and licences as users write them."""

from __future__ import annotations

import pytest
from idutils import is_orcid

from broadsheet.base.errors import InputError
from broadsheet.reading.credits import Contributor, Licence, check_creators, check_digit, check_license

ORCID = "https://orcid.org/0000-0002-1825-0097"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace (https://orcid.org/0000-0002-1825-0097)",
        "Ada Lovelace (0000-0002-1825-0097)",
        "Ada Lovelace, 0000-0002-1825-0097",
        " Ada  Lovelace, orcid.org/0000-0002-1825-0097/ ",
    ],
)
def test_a_person_has_an_orcid_id(text: str) -> None:
    """The iD may be a URL or the number alone, in parentheses or after a comma."""
    assert check_creators(text, "--creator") == (Contributor("Ada Lovelace", url=ORCID, roles=("creator",)),)


def test_family_and_given_name_may_be_stated() -> None:
    """With an ORCID iD, a comma in the name separates the two."""
    [creator] = check_creators(["Lovelace, Ada (0000-0002-1825-0097)"], "--creator")
    assert (creator.name, creator.family, creator.given) == ("Ada Lovelace", "Lovelace", "Ada")


@pytest.mark.parametrize("name", ["The Harbour Desk", "Harbour Desk, Inc.", "Acme (Europe)", "Desk 12345678", "李 華"])
def test_a_name_without_orcid_id_is_kept_whole(name: str) -> None:
    """An organization may have commas, digits and parentheses in its name."""
    assert check_creators([name, name], "--creator") == (Contributor(name, roles=("creator",)),)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("Ada, 0000-0002-1825-0098", "where its check digit is 7"),
        ("Ada (https://orcid.org/0000-0002-1825)", "is not an ORCID iD"),
        ("Ada, 0000000218250097", "is not an ORCID iD"),
        ("0000-0002-1825-0097", "does not have the form"),
        ("0000-0002-1825-0097 Ada", "does not have the form"),
        (", Ada (0000-0002-1825-0097)", "lacks the family or the given name"),
        ("", "is empty"),
        ([""], "is empty"),
        ([7], "is not text"),
        (7, "neither text nor a list"),
    ],
)
def test_a_wrong_creator_is_refused(value: object, problem: str) -> None:
    """One error, with the place."""
    with pytest.raises(InputError, match=problem) as refused:
        check_creators(value, "a.toml:creators")
    assert refused.value.place == "a.toml:creators"


@pytest.mark.parametrize("number", range(40))
def test_the_check_digit_is_that_of_another_library(number: int) -> None:
    """`idutils` accepts an iD with our check digit and with no other."""
    stem = f"0000-0002-{number * 2503 % 10000:04d}-{number * 37 % 1000:03d}"
    right = check_digit(f"{stem}0")
    assert [digit for digit in "0123456789X" if is_orcid(f"{stem}{digit}")] == [right]


CC_BY = Licence(
    "CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
)


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("CC-BY-4.0", CC_BY),
        ("cc-by-4.0", CC_BY),
        ("https://creativecommons.org/licenses/by/4.0", CC_BY),
        ("http://creativecommons.org/licenses/by/4.0/legalcode", CC_BY),
        (
            "EUPL-1.2",
            Licence("EUPL-1.2", "European Union Public License 1.2", "https://spdx.org/licenses/EUPL-1.2.html"),
        ),
        ("https://example.org/terms", Licence(None, None, "https://example.org/terms")),
    ],
)
def test_a_licence_is_an_spdx_identifier_or_a_url(text: str, licence: Licence) -> None:
    """An identifier of the SPDX list, in any case, has a title and a URL; so has its URL."""
    assert check_license(text, "--license") == licence


@pytest.mark.parametrize(
    ("value", "fix"),
    [
        ("CC BY 4.0", "did you mean CC-BY-4.0"),
        ("CC-BY", "did you mean CC-BY-"),
        ("qqqqqq", "give its URL"),
        ("MIT OR Apache-2.0", "SPDX"),
        ("ftp://example.org/terms", "https://"),
        ("", "leave it out"),
        (4, "quotation marks"),
    ],
)
def test_what_is_no_licence_is_refused(value: object, fix: str) -> None:
    """The error says what to write."""
    with pytest.raises(InputError, match=fix):
        check_license(value, "--license")
