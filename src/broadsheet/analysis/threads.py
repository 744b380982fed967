"""How many threads the linear algebra libraries use."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from threadpoolctl import ThreadpoolController


@cache
def _libraries() -> ThreadpoolController:
    """The loaded libraries; call it after numpy is imported."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def limit_threads(threads: int = 1) -> AbstractContextManager[object]:
    """Limits the threads for matrix products: with small matrices, more threads only wait for each other."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=threads, user_api="blas")
    return limited
