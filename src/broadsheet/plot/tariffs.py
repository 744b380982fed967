"""Tariffs and other measures, from imposer to target by product: the rate, what is done, and whether it answers an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.plot.marks import STRIP, calculate, joined, keep, lane, lanes, ranked, summed, tooltip
from broadsheet.plot.names import cells, country_names, label, texts
from broadsheet.plot.picture import Json, Picture

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.plot.theme import Theme
    from broadsheet.tables.frames import Tables

FEW = 40
"""Up to so many different measures each have a line of their own and are told in words."""

MOST = 40
"""Where there are more, a line is a pair of countries, and so many pairs are shown."""

DIRECTIONS = {
    "put up": ("impose", "raise", "maintain"),
    "threatened": ("threaten",),
    "taken down": ("lower", "suspend", "remove"),
}
"""What an action does to trade, and the actions."""

_SAME = [
    "imposer_code", "target_code", "product", "measure", "action", "status",
    "rate_percent", "rate_high_percent", "rate_text", "is_retaliation",
]  # fmt: skip


def tariffs(tables: Tables) -> Picture:
    """The picture."""
    return Picture(
        name="tariffs",
        title="Who taxes what of whom",
        about=(
            "A mark is a measure on a product, at its rate in percent; left of the axis where no rate is told. "
            "A diamond answers an act of the other side, a circle does not. Filled: in force; hollow: not, or not known."
        ),
        table="tariffs",
        data={"tariffs": _tariffs(tables)},
        answers={name: name for name in _SAME},
        draw=_draw,
    )


def _tariffs(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    frame, names = tables["tariffs"], country_names(tables)
    columns: dict[str, list[Any]] = {name: texts(frame, name) for name in ("tariff_id", "article_id", *_SAME)}
    directions = {action: name for name, actions in DIRECTIONS.items() for action in actions}
    columns["pair"] = [
        f"{names.get(str(imposer), imposer)} → {names.get(str(target), target) if target else 'all, or not named'}"
        for imposer, target in zip(columns["imposer_code"], columns["target_code"], strict=True)
    ]
    columns["goods"] = [label(text) if text else "goods in general" for text in columns["product"]]
    columns["direction"] = [directions.get(str(action), "") for action in columns["action"]]
    for name, column in (
        ("rate", "rate_percent"),
        ("rate_high", "rate_high_percent"),
        ("before", "rate_before_percent"),
    ):
        columns[name] = [None if cell is None else float(cell) for cell in cells(frame, column)]
    rates = zip(columns["rate"], columns["rate_high"], columns["before"], columns["rate_text"], strict=True)
    columns["rate_told"] = [_rate(*rate) for rate in rates]
    columns["told"] = [
        " · ".join(_words(part) for part in parts if part)
        for parts in zip(columns["rate_told"], columns["measure"], columns["action"], columns["status"], strict=True)
    ]
    return pd.DataFrame(columns, dtype=object)


def _words(code: str) -> str:
    return code.replace("_", " ")


def _rate(rate: float | None, high: float | None, before: float | None, text: str | None) -> str:
    if rate is None:
        return label(text) if text else ""
    told = f"{rate:g}–{high:g}%" if high is not None else f"{rate:g}%"
    return told if before is None else f"{told} (was {before:g}%)"


def _draw(colours: Theme) -> Json:
    y = lanes(colours, STRIP, heads=True)
    x: Json = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"zero": True, "domainMin": 0},
        "axis": {"title": "rate in percent", "orient": "top", "labelExpr": "datum.label + '%'"},
    }
    colour = {
        "field": "direction",
        "type": "nominal",
        "scale": {"domain": list(DIRECTIONS), "range": [colours.red, colours.orange, colours.blue]},
        "legend": {"title": None},
    }
    shape = {
        "field": "answer",
        "type": "nominal",
        "scale": {"domain": ["retaliation", "no retaliation"], "range": ["diamond", "circle"]},
        "legend": {"title": None, "symbolFillColor": colours.soft, "symbolStrokeWidth": 0},
    }
    mark = {
        "y": y,
        "yOffset": {"field": "jitter", "type": "quantitative", "scale": {"domain": [-0.5, 2.5]}},
        "color": colour,
        "tooltip": tooltip(
            ("pair", "Between"), ("goods", "Product"), ("told", "Measure"), ("answer", "Retaliation"), ("n", "Rows")
        ),
    }
    symbol = mark | {
        "shape": shape,
        "fill": colour,
        "fillOpacity": {"condition": {"test": "datum.status == 'in_force'", "value": 0.9}, "value": 0},
    }
    point = {"type": "point", "size": 90, "opacity": 1, "strokeWidth": 1.8}
    rated, unrated = keep("isValid(datum.rate)"), keep("!isValid(datum.rate)")
    words = {"type": "text", "align": "left", "fontSize": 11, "limit": 330}
    return {
        "data": {"name": "tariffs"},
        "height": {"step": 22},
        "transform": [
            ranked("copy", ["tariff_id"], _SAME),
            joined(_SAME, n="count"),
            joined(["pair"], of_pair="count"),
            keep("datum.copy == 1"),
            joined([], number="count"),
            ranked("pair_rank", ["-of_pair", "pair"], op="dense_rank"),
            calculate("few", f"datum.number <= {FEW}"),
            keep(f"datum.few || datum.pair_rank <= {MOST}"),
            calculate("sorted", "isValid(datum.rate) ? datum.rate : -1"),
            ranked("row", ["goods", "-sorted", "tariff_id"], ["pair"]),
            calculate("head", lane("datum.pair_rank", "0", shown="datum.pair")),
            calculate("lane", f"datum.few ? {lane('datum.pair_rank', 'datum.row', shown='datum.goods')} : datum.head"),
            calculate("jitter", "datum.few ? 1 : datum.row % 3"),
            calculate("answer", "datum.is_retaliation == 'true' ? 'retaliation' : 'no retaliation'"),
        ],
        "layer": [
            {
                "transform": [summed(["head"]), calculate("lane", "datum.head")],
                "mark": {"type": "rule", "color": colours.line, "yOffset": -11, "x": -STRIP},
                "encoding": {"y": y},
            },
            {
                "transform": [summed(["lane"])],
                "mark": {"type": "rule", "color": colours.line, "strokeDash": [1, 3]},
                "encoding": {"y": y},
            },
            {
                "transform": [rated, keep("isValid(datum.rate_high)")],
                "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.5},
                "encoding": {"x": x, "x2": {"field": "rate_high"}, **mark},
            },
            {
                "transform": [rated, keep("isValid(datum.before)")],
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {"x": x | {"field": "before"}, "x2": {"field": "rate"}, **mark},
            },
            {"transform": [rated], "mark": point, "encoding": {"x": x, **symbol}},
            {"transform": [unrated], "mark": point, "encoding": {"x": {"value": -STRIP / 2}, **symbol}},
            {
                "transform": [
                    rated,
                    keep("datum.few"),
                    calculate("end", "max(datum.rate, datum.rate_high || 0, datum.before || 0)"),
                ],
                "mark": words | {"dx": 11},
                "encoding": {"x": x | {"field": "end"}, "y": y, "text": {"field": "told"}},
            },
            {
                "transform": [unrated, keep("datum.few")],
                "mark": words | {"color": colours.soft},
                "encoding": {"x": {"value": 8}, "y": y, "text": {"field": "told"}},
            },
            {
                "transform": [unrated, summed(["number"]), calculate("lane", "")][:0]
                + [unrated, summed(["few"], head="min pair_rank")],
                "mark": {"type": "text", "color": colours.soft, "fontSize": 11, "baseline": "bottom"},
                "encoding": {"x": {"value": -STRIP / 2}, "y": {"value": -6}, "text": {"value": "no rate"}},
            },
        ],
    }
