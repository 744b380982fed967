"""The checksum chain of a package: ``datapackage.json`` lists the SHA-256 of every other file of the package.

The SHA-256 of ``datapackage.json`` itself therefore identifies every byte of the package: with the hash from another
place (a citation, the release record), every file can be checked without the articles.
"""

from __future__ import annotations

import re
from hashlib import sha256

from broadsheet.base.coerce import StrPath, as_path
from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular
from broadsheet.publishing.package import DESCRIPTOR, read_descriptor

FOLDERS = ("data", "schemas", "metadata", "run")
"""The folders of a package, which are next to ``datapackage.json`` and ``ro-crate-metadata.json``."""

_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE | re.ASCII)


def parse_hash(text: str, place: str) -> str:
    """Normalizes a SHA-256 from a user to 64 lower-case hexadecimal digits; ``sha256:`` may precede them.

    Raises:
        InputError: If it is not a SHA-256.
    """
    found = _DIGEST.fullmatch(text.strip())
    if found is None:
        shown = text if len(text) <= 80 else f"{text[:79]}…"
        raise InputError(place, f"{shown!r} is not a SHA-256", "give 64 hexadecimal digits, as in a citation")
    return found[1].lower()


def package_hash(directory: StrPath) -> str:
    """The hash of a package: the SHA-256 of its ``datapackage.json`` in hexadecimal digits.

    It covers the other files only together with validation, which compares them with the list.

    Args:
        directory: The folder of the package.

    Raises:
        InputError: If the folder holds no Broadsheet package.

    Example:
        >>> len(package_hash("package"))
        64
    """
    directory = as_path(directory, "directory")
    read_descriptor(directory)
    with open_regular(directory / DESCRIPTOR) as file:
        return sha256(file.read()).hexdigest()
