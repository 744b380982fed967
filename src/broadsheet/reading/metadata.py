"""Metadata of an article, and the checks for each value.

Each check takes the ``place`` of the value, an option or ``FILE:key``, for its error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from broadsheet.base.coerce import check_date as check_date
from broadsheet.base.errors import InputError
from broadsheet.reading.canonical import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from _typeshed import DataclassInstance

    Options = TypeVar("Options", bound=DataclassInstance)

_URL = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", re.ASCII)
_LANGUAGE = re.compile(r"(en)(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)", re.ASCII)
_NUMBER = r"(?:0|[1-9]\d{0,17})"
_PRE_RELEASE = r"(?:0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z\d-]*)"
_VERSION = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_PRE_RELEASE}(?:\.{_PRE_RELEASE})*)?(?:\+[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*)?",
    re.ASCII,
)
_SLUG = re.compile(r"[a-z\d]+(?:[._-][a-z\d]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata of an article; None if unknown.

    Attributes:
        published_on: Day of publication.
        title: The headline. The empty string means that the article has none, so its first line is body.
        publisher: Who published it.
        authors: Bylines, in order.
        url: Its address.
        language: BCP 47 tag, ``en`` or finer.
    """

    published_on: date | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values, with each None replaced by the value of ``other``."""
        return overlaid(self, other)


def overlaid(first: Options, second: Options) -> Options:
    """The values of ``first``, with each None replaced by the value of ``second``; both of one dataclass."""
    gaps = [field.name for field in fields(first) if getattr(first, field.name) is None]
    return replace(first, **{name: getattr(second, name) for name in gaps})


def check_title(value: object, place: str) -> str:
    """A headline; the empty string means that there is none.

    Raises:
        InputError: If it is not text.
    """
    if not isinstance(value, str):
        raise InputError(place, f"{value!r} is not text", 'write it in quotation marks; "" means no title')
    return tidy(value)


def check_text(value: object, place: str) -> str:
    """A name on one line, not empty.

    Raises:
        InputError: If it is not text, or empty.
    """
    if not isinstance(value, str):
        raise InputError(place, f"{value!r} is not text", "write it in quotation marks")
    if not (text := tidy(value)):
        raise InputError(place, "is empty", "leave it out or give a value")
    return text


def check_authors(value: object, place: str) -> tuple[str, ...]:
    """Bylines: one text with ``;`` between names, or a list of texts.

    Raises:
        InputError: If it is neither, or a name is empty.
    """
    names: Iterable[object]
    if isinstance(value, str):
        names = value.split(";")
    elif isinstance(value, (list, tuple)):
        names = [part for item in value for part in (item.split(";") if isinstance(item, str) else [item])]
    else:
        raise InputError(place, f"{value!r} is neither text nor a list of texts", 'write ["First Name", "Second Name"]')
    return tuple(check_text(name, place) for name in names)


def check_url(value: object, place: str) -> str:
    """An absolute ``http`` or ``https`` address in the characters of RFC 3986, its scheme in lower case.

    Raises:
        InputError: If it is anything else.
    """
    text = check_text(value, place)
    problem = f"{text!r} is not a web address"
    try:
        parts = urlsplit(text)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid:
        raise InputError(place, problem, "write it in full, such as https://example.org/news/1")
    if not _URL.fullmatch(text):
        raise InputError(place, problem, "percent-encode the characters that it cannot have (a space is %20)")
    return parts.scheme + text[len(parts.scheme) :]


def check_language(value: object, place: str) -> str:
    """A BCP 47 tag of English, in its usual case: ``en``, ``en-CA``, ``en-GB-oxendict``.

    Raises:
        InputError: If it is not such a tag: other languages are out of scope.
    """
    text = check_text(value, place)
    match = _LANGUAGE.fullmatch(text.replace("_", "-").lower())
    if not match:
        raise InputError(place, f"{text!r} is not a tag of English", "write en, en-CA or similar: only English is read")
    language, script, region, variants = match.groups()
    subtags = [language, script and script.title(), region and region.upper(), *variants.split("-")[1:]]
    return "-".join(subtag for subtag in subtags if subtag)


def check_version(value: object, place: str) -> str:
    """A version by Semantic Versioning 2.0.0 (https://semver.org).

    Raises:
        InputError: If it is not.
    """
    text = check_text(value, place)
    if not _VERSION.fullmatch(text):
        raise InputError(place, f"{text!r} is not a semantic version", "write MAJOR.MINOR.PATCH, such as 0.1.0")
    return text


def check_slug(value: object, place: str) -> str:
    """A Data Package name: lower-case ASCII letters and digits, separated by ``-``, ``_`` or ``.``.

    Raises:
        InputError: If it is not.
    """
    text = check_text(value, place)
    if not _SLUG.fullmatch(text):
        near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "trade-news"
        raise InputError(place, f"{text!r} is not a package name", f"write lower-case letters, digits, hyphens: {near}")
    return text
