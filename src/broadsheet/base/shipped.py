"""Finds the files that the repository shows at its root and the wheel carries inside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def shipped(name: str) -> Path:
    """The path of ``schemas``, ``validation``, ``data``, ``metadata`` or ``datapackage.json``.

    In an installed package they stand in ``_shipped``; in a checkout, at its root.

    Raises:
        FileNotFoundError: If the installation is broken.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"this installation of broadsheet lacks {name}")
