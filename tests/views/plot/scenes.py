"""What is drawn: the marks of a picture as Vega's scenegraph has them, run as a notebook or a file would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import needs

from broadsheet.views.plot import pictures

if TYPE_CHECKING:
    from broadsheet import Tables
    from broadsheet.views.plot import Picture


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark.

    Attributes:
        kind: What Vega calls it: ``rect``, ``symbol``, ``rule``, ``text``.
        item: Its properties.
    """

    kind: str
    item: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.item.get(name)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn.

    Attributes:
        marks: The marks that stand for data.
        axis: The words along the axes, from top to bottom and left to right.
        words: All words.
    """

    marks: tuple[Mark, ...]
    axis: tuple[str, ...]
    words: tuple[str, ...]

    def of(self, kind: str, **properties: object) -> list[Mark]:
        """The marks of a kind that can be seen and have some properties."""
        return [
            mark
            for mark in self.marks
            if mark.kind == kind
            and mark["opacity"] != 0
            and all(mark[name] == value for name, value in properties.items())
        ]

    def said(self, kind: str) -> list[str]:
        """What is read of the marks of a kind to those who do not see them."""
        return [mark["description"] for mark in self.of(kind) if mark["description"]]


def picture(tables: Tables, name: str) -> Picture:
    """A picture of tables."""
    return next(found for found in pictures(tables) if found.name == name)


def scene(tables: Tables, name: str, **options: Any) -> Scene:
    """What a picture of tables draws."""
    needs.module("vl_convert")
    return seen(picture(tables, name).file_spec(**options))


def seen(chart: Any) -> Scene:
    """What a chart of Altair draws, or a specification."""
    convert = needs.module("vl_convert")
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    graph = convert.vega_to_scenegraph(convert.vegalite_to_vega(spec))["scenegraph"]
    groups = list(_groups(graph))
    words = [item["text"] for kind, _, items in groups if kind == "text" for item in items]
    return Scene(
        marks=tuple(Mark(kind, item) for kind, role, items in groups if role == "mark" for item in items),
        axis=tuple(item["text"] for _, role, items in groups if role == "axis-label" for item in items),
        words=tuple(line for text in words for line in (text if isinstance(text, list) else [text])),
    )


def _groups(item: dict[str, Any]) -> Any:
    """The marks within an item: kind, role and items of each."""
    if item.get("marktype") not in (None, "group"):
        yield item["marktype"], item.get("role"), item.get("items", [])
    for part in item.get("items", ()):
        yield from _groups(part)
