"""A picture of the tables: what is drawn, the rows that it is drawn from, and which rows a mark stands for."""

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
"""Width of the drawing in a notebook or a file, in pixels; the labels of its axes come beside it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the language of Vega-Lite, its data apart from it.

    The data are tidy: a line for each row of the table, not summed. All sums, ranks and limits stand in the
    transforms of the specification, so that it shows one article where its lines alone are given, or all.

    Attributes:
        name: Its name: ``timeline``, ``speakers``, ``tariffs``, ``amounts`` or ``network``.
        title: Its title.
        about: What a mark, its place, form and colour mean.
        table: The table whose rows a mark stands for.
        data: Name of a data set to its lines. Cells are text, numbers, truth values or None; days are ISO 8601.
        answers: Field of a clicked mark's datum to the column of :attr:`table` that it must equal, as CSV has the
            cell; None is the empty cell. Fields that the datum does not have are not asked; a mark whose datum has
            none of them stands for no row.
        draw: Makes the specification in the colours of a theme: without data, width and title.
        placing: A Vega specification with empty data sets ``nodes`` and ``links``, whose run gives ``nodes`` their
            ``x`` and ``y``; None where no place has to be found.
        place: Gives the data sets of a picture with :attr:`placing` as the drawing needs them.
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
        """The specification for a page: it is as wide as its container, and its data come by name.

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
        """The same as a chart of Altair, with its data, a title and a width, and nothing that moves.

        Args:
            dark: Whether it is light on dark.
            width: Width of the drawing in pixels.

        Raises:
            InputError: If Altair, or what saves its charts, is not installed.
        """
        from broadsheet.views.plot.charts import chart, need_altair

        need_altair()
        spec = self._alone(dark, width)
        datasets = spec.pop("datasets")
        return chart(still(spec), datasets, spec if "params" in spec else None)

    def file_spec(self, dark: bool = False, width: int = WIDTH) -> Json:
        """The specification of a chart that stands alone, data and all, as :meth:`chart` saves it."""
        return still(self._alone(dark, width))

    def _alone(self, dark: bool, width: int) -> Json:
        colours = theme(dark)
        spec = self._spec(colours) | {"width": width, "autosize": "pad", "padding": 16, "datasets": {}}
        if self.empty:
            return {key: part for key, part in spec.items() if key != "params"} | nothing(self.title, colours)
        spec["title"] = {"text": self.title, "subtitle": wrap(self.about, (width + 120) // 7)}
        data = self.place(self.data) if self.place is not None else self.data
        return spec | {"datasets": {name: _records(frame) for name, frame in data.items()}}


def still(spec: Json) -> Json:
    """A specification of what does not move: it needs no clips, which Vega numbers from one picture to the next."""
    return {key: part if key == "datasets" else _unclipped(part) for key, part in spec.items() if key != "params"}


def _unclipped(spec: Any) -> Any:
    if isinstance(spec, list):
        return [_unclipped(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {key: _unclipped(part) for key, part in spec.items() if key != "clip"}


def _records(frame: pd.DataFrame) -> list[Json]:
    """The lines of a data set."""
    return [{str(name): cell for name, cell in line.items()} for line in frame.to_dict("records")]


def nothing(title: str, colours: Theme) -> Json:
    """What is drawn where there is nothing to draw: a sentence that says so."""
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
