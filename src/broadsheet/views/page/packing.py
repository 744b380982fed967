"""Packs what a page carries: JSON that no markup can leave, columns coded short, gzip that carries no clock."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEVEL = 9
"""How hard gzip tries."""

_CODED = len('{"values":[],"at":[]}')
"""So many characters a coded column takes besides its values and places."""

_SYSTEM = 9
"""Where the header of gzip names the system that packed; 255 is none."""


def script_json(value: object) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element, opens a comment, or ends a line.

    Raises:
        ValueError: If a number in it is none that JSON has.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Only in texts can one of these stand, where its escape says the same.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def packed(value: object) -> str:
    """JSON, packed by gzip, in the letters of base64.

    Arrow's zlib comes with Arrow: the bytes do not hang on the system's. Their header has no time, and is told to name
    no system either.
    """
    import pyarrow as pa

    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    squeezed: bytes = pa.Codec("gzip", compression_level=_LEVEL).compress(content, asbytes=True)
    return b64encode(squeezed[:_SYSTEM] + b"\xff" + squeezed[_SYSTEM + 1 :]).decode("ascii")


def coded(cells: Sequence[Any]) -> list[Any] | dict[str, list[Any]]:
    """A column: as a list of its cells, or, where that is shorter, as its different cells and where each stands.

    Returns:
        ``[cell, …]`` or ``{"values": [cell, …], "at": [position in values, …]}``.
    """
    order: dict[tuple[type, Any], int] = {}
    at = [order.setdefault((type(cell), cell), len(order)) for cell in cells]
    values = [value for _, value in order]
    plain = sum(map(_width, cells))
    digits = len(str(max(len(values) - 1, 0))) + 1
    return {"values": values, "at": at} if sum(map(_width, values)) + digits * len(at) + _CODED < plain else list(cells)


def frame(columns: Mapping[str, Sequence[Any]], n: int) -> dict[str, Any]:
    """A table as a pack has it: the number of its rows, and its columns."""
    return {"n": n, "columns": {name: coded(cells) for name, cells in columns.items()}}


def _width(cell: object) -> int:
    """About how many characters the cell takes in JSON, its comma among them."""
    return len(cell) + 3 if isinstance(cell, str) else len(str(cell)) + 1
