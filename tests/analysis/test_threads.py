"""The limit on threads."""

import numpy as np
from threadpoolctl import threadpool_info

from broadsheet.analysis.threads import limit_threads


def test_limit_holds_inside_and_ends_after() -> None:
    """One thread inside, as many as before after it."""

    def threads() -> list[int]:
        return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]

    assert np.ones(1).sum() == 1  # numpy's library is loaded
    before = threads()
    with limit_threads():
        assert set(threads()) == {1}
    assert threads() == before
