"""Pieces of Vega-Lite that several pictures share.

A picture's rows are lanes: strings that start with numbers, so that they sort alphabetically; the axis shows what
follows the numbers. So the transforms can order the lanes of any records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadsheet.views.plot.theme import Theme

Json = dict[str, Any]

LANE = 10
"""The number of characters that order a lane: ``0001.0002.``"""

STRIP = 72
"""Width in pixels of the strip left of the plot, for records that have no position on its axis."""


def calculate(name: str, expression: str) -> Json:
    """A computed field."""
    return {"calculate": expression, "as": name}


def keep(expression: str) -> Json:
    """Only the records for which the expression is true."""
    return {"filter": expression}


def joined(groupby: list[str], **ops: str) -> Json:
    """Aggregates of a record's group, added to the record: ``total="sum words"``, ``n="count"``."""
    return {"joinaggregate": _ops(ops), "groupby": groupby}


def summed(groupby: list[str], **ops: str) -> Json:
    """One record per group."""
    return {"aggregate": _ops(ops), "groupby": groupby}


def ranked(name: str, sort: list[str], groupby: list[str] | None = None, op: str = "row_number") -> Json:
    """A record's rank; a field with a leading ``-`` is sorted in descending order."""
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
    """The expression of a lane: two integers that order it, and what the axis shows."""
    first, second = numbers
    return f"format({first}, '04d') + '.' + format({second}, '04d') + '.' + {shown}"


def lanes(strip: int = 0, *, heads: bool = False) -> Json:
    """The ``y`` channel of lanes, with labels left of a strip; with ``heads``, lanes numbered 0 are bold."""
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


JITTER: Json = {"field": "jitter", "type": "quantitative", "scale": {"domain": [-0.9, 2.9]}}
"""The channel ``yOffset`` that spreads marks over the height of a lane."""


def own(key: str) -> Json:
    """The field ``own``: the key of a record if there are few, so that each gets a mark; otherwise undefined."""
    return calculate("own", f"datum.few ? datum.{key} : datum.no_such_field")


def tooltip(*shown: tuple[str, str]) -> list[Json]:
    """The tooltip of a mark: fields and their titles."""
    return [{"field": field, "type": "nominal", "title": title} for field, title in shown]


def read_aloud(field: str) -> Json:
    """The channel with the text for screen readers; marks without it should have no ``aria``."""
    return {"description": {"field": field, "type": "nominal"}}


def spread(x: Json, transform: list[Json]) -> Json:
    """An invisible layer that extends an axis to ``least`` and ``most``, which its transforms compute."""
    return {
        "transform": [*transform, {"fold": ["least", "most"], "as": ["end", x["field"]]}],
        "mark": {"type": "point", "opacity": 0, "tooltip": None, "aria": False},
        "encoding": {"x": x},
    }


def haloed(layer: Json, colours: Theme) -> list[Json]:
    """Two layers for text: the text, and a halo below it so that lines do not run through it."""
    halo = {"stroke": colours.paper, "strokeWidth": 4, "strokeJoin": "round", "fill": colours.paper, "aria": False}
    below = {key: value for key, value in layer["mark"].items() if key != "color"}
    return [layer | {"mark": below | halo}, layer]


def beside(x: Json, y: Json, text: str, colours: Theme, gap: str = "11") -> list[Json]:
    """Layers that label marks, on the side with more room.

    Their records have, on the scale of ``x``, the ends of the mark as ``near`` and ``far``, and the ends of the axis as
    ``least`` and ``most``.

    Args:
        x: The channel of the marks.
        y: Their lanes.
        text: Field of the label.
        colours: The theme.
        gap: Expression of the gap between a mark and its label, in pixels; ``datum.late`` is true on the left.
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
