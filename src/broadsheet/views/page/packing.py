"""Packs the data of a page: JSON that is safe inside HTML, compact columns, and deterministic gzip."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEVEL = 9
"""Compression level of gzip."""

_CODED = len('{"values":[],"at":[]}')
"""Overhead of a coded column, in characters."""

_SYSTEM = 9
"""Position of the operating system in gzip's header; 255 means unknown."""


def script_json(value: object) -> str:
    """JSON for a script element: nothing in it ends the element, opens a comment, or ends a line.

    Raises:
        ValueError: If a number in it is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # These occur only in strings, where the escape means the same.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def packed(value: object) -> str:
    """JSON, compressed by gzip, in base64.

    Arrow brings its own zlib, so the bytes do not depend on the system's. The header has no time and no system.
    """
    import pyarrow as pa

    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    squeezed: bytes = pa.Codec("gzip", compression_level=_LEVEL).compress(content, asbytes=True)
    return b64encode(squeezed[:_SYSTEM] + b"\xff" + squeezed[_SYSTEM + 1 :]).decode("ascii")


def coded(cells: Sequence[Any]) -> list[Any] | dict[str, list[Any]]:
    """A column as the list of its cells, or dictionary-encoded if that is shorter.

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
    """A table in a pack: the number of its rows, and its columns."""
    return {"n": n, "columns": {name: coded(cells) for name, cells in columns.items()}}


def _width(cell: object) -> int:
    """About how many characters the cell takes in JSON, including its comma."""
    return len(cell) + 3 if isinstance(cell, str) else len(str(cell)) + 1
