"""``tables.plot``: the pictures of tables as charts, with one method each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.views.plot.picture import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.picture import Picture


class Plots:
    """The pictures of tables.

    Each method returns an Altair chart. Notebooks display it, and its ``save`` writes SVG, PNG, PDF, HTML or JSON, by
    the suffix of the file; all but HTML work offline. All methods take the same arguments and raise the same errors.

    Args:
        tables: The tables.

    Example:
        >>> extract("copper.txt").plot
        <Pictures of tables: timeline(), speakers(), tariffs(), amounts(), network()>
    """

    __slots__ = ("_tables",)

    def __init__(self, tables: TableSet) -> None:
        self._tables = tables

    def __repr__(self) -> str:
        return "<Pictures of tables: timeline(), speakers(), tariffs(), amounts(), network()>"

    def timeline(self, article: str | None = None, *, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """Events in time: a day is a point, a month is a bar, and undated events are counted.

        Args:
            article: ``article_id`` of the only article to show; None for all.
            dark: Whether the chart is light on dark.
            width: Width of the plot in pixels, without labels.

        Raises:
            InputError: If there is no such article, or Altair is not installed.

        Example:
            >>> extract("copper.txt").plot.timeline(width=500).save("timeline.svg")
        """
        from broadsheet.views.plot.timeline import timeline

        return self._chart(timeline, article, dark, width)

    def speakers(self, article: str | None = None, *, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """Words quoted per speaker, with clauses and fragments separate; arguments as in :meth:`timeline`.

        Example:
            >>> extract("copper.txt").plot.speakers(dark=True).save("speakers.svg")
        """
        from broadsheet.views.plot.speakers import speakers

        return self._chart(speakers, article, dark, width)

    def tariffs(self, article: str | None = None, *, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """Measures from imposer to target by product, with rate and retaliation; arguments as in :meth:`timeline`.

        Example:
            >>> extract("copper.txt").plot.tariffs(dark=True).save("tariffs.svg")
        """
        from broadsheet.views.plot.tariffs import tariffs

        return self._chart(tariffs, article, dark, width)

    def amounts(self, article: str | None = None, *, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """Amounts by currency or unit, and kind; arguments as in :meth:`timeline`.

        Example:
            >>> extract("copper.txt").plot.amounts(dark=True).save("amounts.svg")
        """
        from broadsheet.views.plot.amounts import amounts

        return self._chart(amounts, article, dark, width)

    def network(self, article: str | None = None, *, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """Actors, linked by events, quotes and payments; arguments as in :meth:`timeline`.

        Example:
            >>> extract("copper.txt").plot.network(dark=True).save("network.svg")
        """
        from broadsheet.views.plot.network import network

        return self._chart(network, article, dark, width)

    def _chart(
        self, picture: Callable[[TableSet], Picture], article: str | None, dark: bool, width: int
    ) -> alt.TopLevelMixin:
        drawn = picture(self._tables)
        if article is not None:
            if article not in set(self._tables["articles"]["article_id"]):
                raise InputError("article", f"no article {article!r} in the tables", "take one of tables.articles")
            drawn = drawn.of(article)
        return drawn.chart(dark=dark, width=width)
