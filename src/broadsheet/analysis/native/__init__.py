"""Loops in C for what takes NumPy many passes over memory; where they are not compiled, the steps run in NumPy."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.analysis.native.build import LEVELS, place

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Argument = NDArray[Any] | int | float


BLOCK = 4
"""Rows of double precision that are multiplied together, as in ``shared.h``."""


class Library:
    """The functions of a compiled library; arrays are passed by address and must be contiguous.

    Args:
        path: The library.
    """

    def __init__(self, path: Path) -> None:
        self._functions = ctypes.CDLL(str(path))

    def call(self, name: str, *arguments: Argument) -> None:
        """Calls a function, which returns nothing, or 0 if there is no memory for it.

        Raises:
            MemoryError: If there is none.
            ValueError: If an array is not contiguous.
        """
        if getattr(self._functions, name)(*map(_value, arguments)) == 0:
            raise MemoryError(name)


def _value(argument: Argument) -> Any:
    if isinstance(argument, int):
        return ctypes.c_int64(argument)
    if isinstance(argument, float):
        return ctypes.c_float(argument)
    memory = argument.__array_interface__
    if memory["strides"] is not None:
        raise ValueError("the array is not contiguous")
    return ctypes.c_void_p(memory["data"][0])


@cache
def library() -> Library | None:
    """The compiled loops that suit this processor, if the package was installed with a compiler."""
    try:
        level = ctypes.CDLL(str(place(0))).level()
        found = [place(one) for one in LEVELS if one <= level and place(one).is_file()]
        return Library(found[-1])
    except OSError:  # none, or built for another system
        return None
