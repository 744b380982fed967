"""Finds files that are at the root of the repository, or inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def shipped(name: str) -> Path:
    """The path of ``schemas``, ``validation``, ``data``, ``metadata`` or ``datapackage.json``.

    They are in ``_shipped`` in an installed package, and at the root of a checkout.

    Raises:
        FileNotFoundError: If the installation is broken.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"this installation of broadsheet lacks {name}")
