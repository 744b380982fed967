"""What the blocks of a work folder depend on besides the articles: the extractor and its knowledge, and the model."""

from __future__ import annotations

import hashlib
from pathlib import Path

from broadsheet.analysis.model_files import read_meta
from broadsheet.base.version import __version__
from broadsheet.corpus.work import Maker

_PARTS_OF_EXTRACTION = ("analysis", "extraction", "identity/local.py", "reference", "tables/rows.py", "tables/keys.py")


def maker_of(model: str) -> Maker:
    """This extractor with a model.

    Raises:
        InputError: If no such model is installed.
    """
    return Maker(f"{__version__}+{code_digest()}", model_meta(model))


def code_digest() -> str:
    """8 hex digits of a digest of the extractor's code and reference tables: a version may be changed in place."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for part in _PARTS_OF_EXTRACTION:
        path = root / part
        files = sorted(p for p in path.rglob("*") if p.suffix in (".py", ".csv")) if path.is_dir() else [path]
        for file in files:
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def model_meta(name: str) -> tuple[str, str]:
    """Name and version of a pipeline, as its ``meta.json`` has them, without loading it or spaCy.

    Args:
        name: That of an installed package, or the path of a folder.

    Raises:
        InputError: If it is not installed.
    """
    meta = read_meta(name)
    return f"{meta['lang']}_{meta['name']}", meta["version"]
