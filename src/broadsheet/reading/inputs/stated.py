"""Metadata that a document states. A value that fails the metadata checks is null, never an error or a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading import metadata as check
from broadsheet.reading.canonical import tidy
from broadsheet.reading.inputs.byline import names
from broadsheet.reading.inputs.dates import day
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    T = TypeVar("T")

_LONGEST_NAME = 200
_LONGEST_TITLE = 1_000
_MOST_AUTHORS = 50


def title(value: object) -> str | None:
    """A headline."""
    return _line(value, _LONGEST_TITLE)


def publisher(value: object) -> str | None:
    """A name, or the name in an object (``{"name": …}``)."""
    return _line(_named(value), _LONGEST_NAME)


def authors(value: object) -> tuple[str, ...] | None:
    """Names from a byline, a list of bylines, or objects with names."""
    if value is None or isinstance(value, (bytes, int, float)):
        return None
    listed = value if isinstance(value, (list, tuple)) else [value]
    found: dict[str, None] = {}
    for item in listed[:_MOST_AUTHORS]:
        byline = _line(_named(item), _LONGEST_NAME * 5)
        # Skip the address of a profile.
        if byline and "://" not in byline:
            found.update(dict.fromkeys(name for name in names(byline) if len(name) <= _LONGEST_NAME))
    return tuple(found) or None


def url(value: object) -> str | None:
    """An absolute web address."""
    return _checked(check.check_url, value) if isinstance(value, str) and len(value) <= 2_000 else None


def language(value: object) -> str | None:
    """A tag of English; tags of other languages are dropped, since the text decides."""
    return _checked(check.check_language, value) if isinstance(value, str) and len(value) <= 40 else None


READERS: Mapping[str, Callable[[object], object]] = {
    "title": title,
    "published_on": day,
    "publisher": publisher,
    "authors": authors,
    "url": url,
    "language": language,
}
"""How each field of :class:`Metadata` is read from a value."""


def metadata(values: Mapping[str, object]) -> Metadata:
    """The metadata that a document states.

    Args:
        values: Field of :class:`Metadata` to the value in the document; other keys are ignored.
    """
    return Metadata(**{role: read(values.get(role)) for role, read in READERS.items()})  # type: ignore[arg-type]


def refuse_unpublished(status: str | None, place: str) -> None:
    """Refuses a news item that its publisher withdrew.

    Raises:
        InputError: If the status says so.
    """
    if status in ("canceled", "cancelled", "withheld"):
        raise InputError(place, f"is {status} by its publisher", "leave it out")


def _named(value: object) -> object:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value.get("name") or value.get("title") if isinstance(value, dict) else value


def _line(value: object, longest: int) -> str | None:
    if not isinstance(value, str) or len(value) > 10 * longest:
        return None
    text = tidy(value)
    return text if text and len(text) <= longest and _is_clean(text) else None


def _is_clean(text: str) -> bool:
    """Whether it is valid Unicode and was decoded without loss."""
    return "\ufffd" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _checked(accept: Callable[[object, str], T], value: object) -> T | None:
    try:
        return accept(value, "")
    except InputError:
        return None
