"""The version of the extractor and of the model, which decides whether the blocks of a work folder can be reused."""

from __future__ import annotations

import hashlib
from pathlib import Path

from broadsheet.analysis.model_files import read_meta
from broadsheet.base.version import __version__
from broadsheet.corpus.work import Producer

_EXTRACTION_CODE = ("analysis", "extraction", "identity/local.py", "reference", "tables/rows.py", "tables/keys.py")


def producer_of(model: str) -> Producer:
    """This extractor with a model.

    Raises:
        InputError: If no such model is installed.
    """
    return Producer(f"{__version__}+{code_digest()}", model_meta(model))


def code_digest() -> str:
    """8 hex digits of a digest of the extractor's code, tables and weights: the version alone misses local edits."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for part in _EXTRACTION_CODE:
        path = root / part
        files = sorted(p for p in path.rglob("*") if p.suffix in (".py", ".csv", ".npz")) if path.is_dir() else [path]
        for file in files:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def model_meta(name: str) -> tuple[str, str]:
    """Name and version of a pipeline from its ``meta.json``, without loading it or spaCy.

    Args:
        name: An installed package, or the path of a folder.

    Raises:
        InputError: If it is not installed.
    """
    meta = read_meta(name)
    return f"{meta['lang']}_{meta['name']}", meta["version"]
