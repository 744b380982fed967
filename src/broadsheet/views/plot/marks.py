"""Pieces of Vega-Lite that several pictures share.

A picture's rows are lanes: texts that begin with numbers, so that their order is that of the alphabet, and of which the
axis shows what comes behind the numbers. So the order is made by the transforms, from whatever rows are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.views.plot.theme import Theme

Json = dict[str, Any]

LANE = 10
"""A lane's text begins with so many characters that only order it: ``0001.0002.``"""

STRIP = 72
"""Width in pixels of the strip left of the drawing, for what has no place on its axis."""


def calculate(name: str, expression: str) -> Json:
    """A field that follows from others."""
    return {"calculate": expression, "as": name}


def keep(expression: str) -> Json:
    """Only the lines for which the expression holds."""
    return {"filter": expression}


def joined(groupby: list[str], **ops: str) -> Json:
    """Figures of a line's group beside the line: ``total="sum words"``, ``n="count"``."""
    return {"joinaggregate": _ops(ops), "groupby": groupby}


def summed(groupby: list[str], **ops: str) -> Json:
    """A line for each group."""
    return {"aggregate": _ops(ops), "groupby": groupby}


def ranked(name: str, sort: list[str], groupby: list[str] | None = None, op: str = "row_number") -> Json:
    """A line's place in an order; a field with ``-`` before it goes from the greatest down."""
    return {
        "window": [{"op": op, "as": name}],
        "sort": [
            {"field": field.removeprefix("-"), "order": "descending" if field.startswith("-") else "ascending"}
            for field in sort
        ],
        **({"groupby": groupby} if groupby else {}),
    }


def _ops(ops: dict[str, str]) -> list[Json]:
    result = []
    for name, op in ops.items():
        kind, _, field = op.partition(" ")
        result.append({"op": kind, "as": name} | ({"field": field} if field else {}))
    return result


def lane(*numbers: str, shown: str) -> str:
    """The expression of a lane: two whole numbers that order it, and what the axis shows of it."""
    first, second = numbers
    return f"format({first}, '04d') + '.' + format({second}, '04d') + '.' + {shown}"


def lanes(strip: int = 0, *, heads: bool = False) -> Json:
    """The channel ``y`` of lanes, their labels left of a strip of so many pixels; heads are bold lanes of number 0."""
    is_head = "slice(datum.value, 5, 9) == '0000'"
    axis: Json = {
        "title": None,
        "labelExpr": f"slice(datum.value, {LANE})",
        "ticks": False,
        "domain": False,
        "offset": strip,
        "labelPadding": 8,
    }
    if heads:
        axis["labelFontWeight"] = {"condition": {"test": is_head, "value": 600}, "value": 400}
    return {"field": "lane", "type": "ordinal", "scale": {"padding": 0}, "axis": axis}


def own(key: str) -> Json:
    """The field ``own``: a line's key where lines are few, so that each is a mark; undefined where they are many."""
    return calculate("own", f"datum.few ? datum.{key} : datum.no_such_field")


def tooltip(*shown: tuple[str, str]) -> list[Json]:
    """What is told of a mark that is pointed at: field and title."""
    return [{"field": field, "type": "nominal", "title": title} for field, title in shown]


def read_aloud(field: str) -> Json:
    """The channel of what is read of a mark to those who do not see it; marks without it are to have no ``aria``."""
    return {"description": {"field": field, "type": "nominal"}}


def spread(x: Json, transform: list[Json]) -> Json:
    """A layer that shows nothing and widens an axis to ``least`` and ``most``, which its transforms find."""
    return {
        "transform": [*transform, {"fold": ["least", "most"], "as": ["end", x["field"]]}],
        "mark": {"type": "point", "opacity": 0, "tooltip": None, "aria": False},
        "encoding": {"x": x},
    }


def haloed(layer: Json, colours: Theme) -> list[Json]:
    """Two layers for one of words: the words, and below them a halo that keeps lines from running through them."""
    halo = {"stroke": colours.paper, "strokeWidth": 4, "strokeJoin": "round", "fill": colours.paper, "aria": False}
    below = {key: value for key, value in layer["mark"].items() if key != "color"}
    return [layer | {"mark": below | halo}, layer]


def beside(x: Json, y: Json, text: str, colours: Theme, gap: str = "11") -> list[Json]:
    """Layers that name marks beside them, on the side with more room.

    Their lines have, in the terms of ``x``, ``near`` and ``far``: the ends of the mark; ``least`` and ``most``: the
    ends of the axis.

    Args:
        x: The channel that the marks stand on.
        y: Their lanes.
        text: Field of the words.
        colours: The theme.
        gap: Expression of the room between a mark and its words, in pixels; ``datum.late`` tells the side.
    """
    layer: Json = {
        "transform": [
            calculate("before_it", "datum.near - datum.least"),
            calculate("behind_it", "datum.most - datum.far"),
            calculate("late", "datum.before_it > datum.behind_it"),
            calculate("room", "max(datum.before_it, datum.behind_it) / max(1e-9, datum.most - datum.least)"),
            calculate("words_at", "datum.late ? datum.near : datum.far"),
        ],
        "mark": {
            "type": "text",
            "align": {"expr": "datum.late ? 'right' : 'left'"},
            "dx": {"expr": f"(datum.late ? -1 : 1) * ({gap})"},
            "limit": {"expr": f"max(20, width * datum.room - ({gap}))"},
            "fontSize": 11,
            "clip": True,
            "aria": False,
        },
        "encoding": {"x": x | {"field": "words_at"}, "y": y, "text": {"field": text}},
    }
    return haloed(layer, colours)
