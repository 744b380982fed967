"""Tables of one short article, and the entry of a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import broadsheet

if TYPE_CHECKING:
    from broadsheet import Tables

TEXT = """\
Peru answers on copper

LIMA — Peru imposed a 15 percent tariff on Chilean copper on Monday in answer to Chile's duties on Peruvian fruit.

“We had no choice,” Trade Minister Rosa Quispe said. “We would rather talk,” she added.

Chile's foreign minister, Ana Soto, met Quispe in Lima on Tuesday.
"""


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Tables with quotes, a tariff, roles and a meeting."""
    return broadsheet.extract(text=TEXT, published_on="2024-05-17")
