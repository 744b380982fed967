"""Imports spaCy without its command line, which takes half of the import time."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> Any:
    """spaCy; ``spacy.cli`` and ``spacy.info`` work as usual and are imported on first use.

    ``spacy/__init__.py`` needs one function of its command line, which imports a web client, a template engine and a
    project manager.
    """
    if "spacy" in sys.modules:
        import spacy

        return spacy
    for name in _COMMAND_LINE:
        stand_in = ModuleType(name)
        stand_in.__dict__.update(__path__=[], info=_info)
        sys.modules[name] = stand_in
    try:
        import spacy
    finally:
        for name in _COMMAND_LINE:
            sys.modules.pop(name, None)
    # The import of a submodule sets it; without it, `import spacy.cli` sets the real one.
    vars(spacy).pop("cli", None)
    return spacy


def _info(*arguments: Any, **keywords: Any) -> Any:
    """``spacy.info``."""
    from spacy.cli.info import info

    return info(*arguments, **keywords)
