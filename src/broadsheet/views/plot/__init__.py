"""Charts of the tables in Vega-Lite, for notebooks, files, and the page.

>>> tables.plot.timeline().save("timeline.svg")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.views.plot.picture import Picture
from broadsheet.views.plot.plots import Plots

if TYPE_CHECKING:
    from broadsheet.tables.frames import TableSet

__all__ = ["Picture", "Plots", "pictures"]


def pictures(tables: TableSet) -> tuple[Picture, ...]:
    """All pictures of the tables, in the order of the page."""
    from broadsheet.views.plot.amounts import amounts
    from broadsheet.views.plot.network import network
    from broadsheet.views.plot.speakers import speakers
    from broadsheet.views.plot.tariffs import tariffs
    from broadsheet.views.plot.timeline import timeline

    return tuple(draw(tables) for draw in (timeline, speakers, tariffs, amounts, network))
