"""The sidecar ``ARTICLE.toml`` next to ``ARTICLE.txt``, with metadata that the text does not have.

Its keys are the options of ``broadsheet build`` about the article or the package.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import inside
from broadsheet.reading import metadata as check
from broadsheet.reading.credits import check_creators, check_license
from broadsheet.reading.files import read_bytes
from broadsheet.reading.metadata import Metadata, overlaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from broadsheet.reading.credits import Contributor, Licence

    T = TypeVar("T")

_SWITCHES = ("json", "quiet")
"""Options for the output of the command, which a sidecar cannot set."""

_OPTIONS = {"package_title": "package-title", "creators": "creator"}
"""Key to the option of the same meaning, if its name differs."""

LONGEST_SIDECAR = 1 << 16
"""The largest sidecar, in bytes."""

_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class PackageOptions:
    """Options for the package and how to build it; None if not given.

    Attributes:
        name: The package's name.
        version: Its semantic version.
        out: The folder to write it to.
        model: The spaCy pipeline to use.
        created: Day of creation.
        curation: The file of corrections to apply.
        title: The package's title.
        creators: Who made it.
        license: The licence of its tables.
        description: What is in it.
    """

    name: str | None = None
    version: str | None = None
    out: Path | None = None
    model: str | None = None
    created: date | None = None
    curation: Path | None = None
    title: str | None = None
    creators: tuple[Contributor, ...] | None = None
    license: Licence | None = None
    description: str | None = None

    def over(self, other: PackageOptions) -> PackageOptions:
        """These values, with each None replaced by the value of ``other``."""
        return overlaid(self, other)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The content of a sidecar.

    Attributes:
        metadata: Metadata of the article.
        package: Options for the package.
        encoding: The encoding of the article's file.
    """

    metadata: Metadata = field(default_factory=Metadata)
    package: PackageOptions = field(default_factory=PackageOptions)
    encoding: str | None = None


def sidecar_path(article: Path) -> Path:
    """The path of an article's sidecar: the same name with the suffix ``.toml``.

    Raises:
        InputError: If ``article`` is named as a sidecar itself.
    """
    if article.suffix.lower() == ".toml":
        raise InputError(str(article), "is a sidecar", "name its article instead")
    try:
        return article.with_suffix(".toml")
    except ValueError as error:
        raise InputError(str(article) or "''", "names no file", "name the file of an article") from error


def read_sidecar(article: Path) -> Sidecar:
    """The sidecar of an article's file; an empty one if there is none.

    Raises:
        InputError: If it is not TOML, has an unknown key, or an invalid value.
    """
    path = sidecar_path(article)
    try:
        data = read_bytes(path, LONGEST_SIDECAR)
    except InputError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Sidecar()
        raise
    return parse_sidecar(data, path)


def parse_sidecar(data: bytes, path: Path) -> Sidecar:
    """Parses the content of a sidecar.

    Raises:
        InputError: As :func:`read_sidecar`.
    """
    keys = _Keys(path, _parse_toml(data, path))
    metadata = Metadata(
        published_on=keys.take(check.check_date, "published_on", "published"),
        title=keys.take(check.check_title, "title"),
        publisher=keys.take(check.check_text, "publisher"),
        authors=keys.take(check.check_authors, "authors", "author"),
        url=keys.take(check.check_url, "url"),
        language=keys.take(check.check_language, "language"),
    )
    out = keys.take(check.check_text, "out")
    curation = keys.take(check.check_text, "curation")
    package = PackageOptions(
        name=keys.take(check.check_slug, "name"),
        version=keys.take(check.check_version, "version"),
        # A sidecar may come from someone else, with its article: its paths stay inside its folder.
        out=None if out is None else _inside(path, "out", out),
        model=keys.take(check.check_text, "model"),
        created=keys.take(check.check_date, "created"),
        curation=None if curation is None else _inside(path, "curation", curation),
        title=keys.take(check.check_text, "package_title"),
        creators=keys.take(check_creators, "creators", "creator"),
        license=keys.take(check_license, "license"),
        description=keys.take(check.check_text, "description"),
    )
    encoding = keys.take(check.check_text, "encoding")
    keys.refuse_others()
    return Sidecar(metadata, package, encoding)


def _inside(sidecar: Path, key: str, relative: str) -> Path:
    try:
        return inside(sidecar.parent, relative)
    except InputError as error:
        fix = f"write a path inside the folder of the sidecar, or give --{key}"
        problem = f"{relative!r} is absolute, has .. in it, or leads through a link"
        raise InputError(f"{sidecar}:{key}", problem, fix) from error


def merge_package_options(given: Iterable[tuple[str, PackageOptions]]) -> PackageOptions:
    """Merges the package options of several sidecars.

    Args:
        given: The place of each sidecar, for the error, and its options.

    Raises:
        InputError: If two of them contradict each other.
    """
    listed = list(given)
    merged = PackageOptions()
    for option in fields(PackageOptions):
        key = "package_title" if option.name == "title" else option.name
        values = [(place, value) for place, options in listed if (value := getattr(options, option.name)) is not None]
        for place, value in values[1:]:
            first_place, first = values[0]
            if value != first:
                raise InputError(
                    f"{place}:{key}",
                    f"has {_shown(value)!r}, but {first_place} has {_shown(first)!r}",
                    f"make them agree, or give --{_OPTIONS.get(key, key)}",
                )
        if values:
            merged = replace(merged, **{option.name: values[0][1]})
    return merged


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


class _Keys:
    """The keys of one sidecar; one that is never taken is unknown."""

    def __init__(self, path: Path, table: Mapping[str, object]) -> None:
        self._path = path
        self._table = table
        self._known: list[str] = []

    def take(self, accept: Callable[[object, str], T], *spellings: str) -> T | None:
        """The checked value of a key, which may have several spellings; None if it is absent."""
        self._known += spellings
        present = [key for key in spellings if key in self._table]
        if len(present) > 1:
            raise InputError(f"{self._path}:{present[1]}", f"means the same as {present[0]}", "keep one of the two")
        return accept(self._table[present[0]], f"{self._path}:{present[0]}") if present else None

    def refuse_others(self) -> None:
        """Refuses the first unknown key."""
        for key in self._table:
            if key not in self._known:
                raise InputError(f"{self._path}:{key}", "is not a key of a sidecar", self._fix(key))

    def _fix(self, key: str) -> str:
        if key in _SWITCHES:
            return f"give --{key} on the command line"
        near = get_close_matches(key.lower().replace("-", "_"), self._known, n=1)
        return f"did you mean {near[0]}?" if near else f"the keys are {', '.join(sorted(self._known))}"


def _parse_toml(data: bytes, path: Path) -> dict[str, object]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            str(path), f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8", "save it as UTF-8"
        ) from error
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error) or "too deeply nested"
        place = str(path)
        if match := _LINE.search(message):
            key = text.splitlines()[int(match[1]) - 1].partition("=")[0].strip()
            place += f":{key if key.isidentifier() else match[1]}"
        raise InputError(
            place, f"is not TOML: {message[0].lower()}{message[1:]}", 'write KEY = "text", and a date as 2024-03-09'
        ) from error
