"""Reads JSON as RFC 8259 defines it: no NaN or Infinity, and no duplicate keys in an object."""

from __future__ import annotations

import json
import re
from itertools import chain
from math import isinf
from typing import Any

MAX_DEPTH = 100
"""Nesting levels of objects and lists; functions that walk a value may recurse this deep."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|-?Infinity|NaN|-?[0-9][0-9.eE+-]*', re.DOTALL)
"""A text, a constant that JSON lacks, or a number; the alternatives exclude one another."""


def parse(text: str) -> Any:
    """Parses a JSON text.

    Raises:
        ValueError: If it is not JSON, names a key twice in one object, or has a number that is not finite; the message
            is worded to follow the file name.
        RecursionError: If it is nested deeper than ``MAX_DEPTH``.
    """
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_constant, parse_float=_finite)
    except _NotFiniteError as error:
        line, column = _place(text)
        raise ValueError(f"has {error} at line {line}, column {column}, which is not a JSON number") from error
    except ValueError as error:
        raise ValueError(f"is not JSON: {str(error)[:100]}") from error
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        inner = [member.values() if isinstance(member, dict) else member for member in level if _is_nested(member)]
        if not inner:
            return value
        level = list(chain.from_iterable(inner))
    raise RecursionError("nested too deeply")


def _is_nested(value: object) -> bool:
    return isinstance(value, dict | list)


class _NotFiniteError(Exception):
    """A number that is not finite; the message shows it."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("an object names a key twice")
    return result


def _constant(name: str) -> float:
    raise _NotFiniteError(name)


def _finite(number: str) -> float:
    value = float(number)
    if isinf(value):
        raise _NotFiniteError(number if len(number) <= 40 else f"{number[:39]}…")
    return value


def _place(text: str) -> tuple[int, int]:
    """Line and column of the first number that is not finite; strings that contain the word are skipped."""
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word.startswith('"') or not (word[-1].isalpha() or _overflows(word)):
            continue
        return text.count("\n", 0, token.start()) + 1, token.start() - text.rfind("\n", 0, token.start())
    return 1, 1


def _overflows(word: str) -> bool:
    try:
        return any(sign in word for sign in ".eE") and isinf(float(word))
    except ValueError:
        return False
