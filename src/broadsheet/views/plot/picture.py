"""A picture of the tables: its specification, its data, and the rows that each mark represents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import altair as alt
    import pandas as pd

    from broadsheet.views.plot.theme import Theme

Json = dict[str, Any]

WIDTH = 680
"""Width of the plot in a notebook or a file, in pixels, without axis labels."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in Vega-Lite, with its data kept apart.

    The data are tidy, with one record per row of the table. All sums, ranks and limits are transforms in the
    specification, so it works for any records: one article or all.

    Attributes:
        name: Its name: ``timeline``, ``speakers``, ``tariffs``, ``amounts`` or ``network``.
        title: Its title.
        about: What the position, shape and colour of a mark mean.
        table: The table whose rows the marks represent.
        data: Name of a data set to its records. Cells are strings, numbers, booleans or None; days are ISO 8601.
        answers: Field of a clicked mark to the column of :attr:`table` that it must equal, as in the CSV; None is the
            empty cell. Fields that the mark lacks are ignored; a mark with none of them represents no row.
        draw: Returns the specification in the colours of a theme, without data, width and title.
        placing: A Vega specification that lays out a network: it has empty data sets ``nodes`` and ``links``, and gives
            ``nodes`` their ``x`` and ``y``. None if the picture needs no layout.
        place: Returns the data sets with the layout of :attr:`placing`.
    """

    name: str
    title: str
    about: str
    table: str
    data: Mapping[str, pd.DataFrame]
    answers: Mapping[str, str]
    draw: Callable[[Theme], Json]
    placing: Json | None = None
    place: Callable[[Mapping[str, pd.DataFrame]], Mapping[str, pd.DataFrame]] | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(len(frame) for frame in self.data.values() if "article_id" in frame)

    def of(self, article: str) -> Picture:
        """The picture of one article.

        Args:
            article: Its ``article_id``.
        """
        own = {
            name: frame[frame["article_id"] == article].reset_index(drop=True) if "article_id" in frame else frame
            for name, frame in self.data.items()
        }
        return replace(self, data=own)

    def spec(self, dark: bool = False) -> Json:
        """The specification for a page: as wide as its container, with data by name.

        Args:
            dark: Whether it is light on dark.
        """
        return self._spec(theme(dark, on_page=True))

    def _spec(self, colours: Theme) -> Json:
        return {
            "usermeta": {"embedOptions": {"logLevel": 1}},
            "description": f"{self.title}. {self.about}",
            "width": "container",
            "autosize": {"type": "fit-x", "contains": "padding"},
            "background": colours.paper,
            "config": colours.config(),
            **self.draw(colours),
        }

    def chart(self, dark: bool = False, width: int = WIDTH) -> alt.TopLevelMixin:
        """The picture as a static Altair chart, with data, title and width.

        Args:
            dark: Whether it is light on dark.
            width: Width of the plot in pixels.

        Raises:
            InputError: If Altair or vl-convert is not installed.
        """
        from broadsheet.views.plot.charts import chart, need_altair

        need_altair()
        spec = self._standalone(dark, width)
        datasets = spec.pop("datasets")
        return chart(still(spec), datasets, spec if "params" in spec else None)

    def file_spec(self, dark: bool = False, width: int = WIDTH) -> Json:
        """The specification of a standalone chart with its data, as :meth:`chart` saves it."""
        return still(self._standalone(dark, width))

    def _standalone(self, dark: bool, width: int) -> Json:
        colours = theme(dark)
        spec = self._spec(colours) | {"width": width, "autosize": "pad", "padding": 16, "datasets": {}}
        if self.empty:
            return {key: part for key, part in spec.items() if key != "params"} | nothing(self.title, colours)
        spec["title"] = {"text": self.title, "subtitle": wrap(self.about, (width + 120) // 7)}
        data = self.place(self.data) if self.place is not None else self.data
        return spec | {"datasets": {name: _records(frame) for name, frame in data.items()}}


def still(spec: Json) -> Json:
    """A static specification. It needs no clip paths, whose numbers in Vega depend on the pictures drawn before."""
    return {key: part if key == "datasets" else _unclipped(part) for key, part in spec.items() if key != "params"}


def _unclipped(spec: Any) -> Any:
    if isinstance(spec, list):
        return [_unclipped(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {key: _unclipped(part) for key, part in spec.items() if key != "clip"}


def _records(frame: pd.DataFrame) -> list[Json]:
    """The records of a data set."""
    return [{str(name): cell for name, cell in line.items()} for line in frame.to_dict("records")]


def nothing(title: str, colours: Theme) -> Json:
    """The specification of an empty picture: a sentence that says so."""
    return {
        "title": {"text": title},
        "height": 40,
        "data": {"values": [{}]},
        "transform": [],
        "layer": [
            {
                "mark": {"type": "text", "color": colours.soft, "fontSize": 14, "align": "left"},
                "encoding": {
                    "x": {"value": 0},
                    "y": {"value": 16},
                    "text": {"value": "The tables have nothing to show here."},
                },
            }
        ],
    }
