"""Amounts, unit by unit: each currency on a logarithmic axis of its own, percentages on a plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.plot.marks import calculate, joined, keep, lane, lanes, ranked, summed, tooltip
from broadsheet.plot.names import actor_names, cells, label, texts, unit_names
from broadsheet.plot.picture import Json, Picture

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.plot.theme import Theme
    from broadsheet.tables.frames import Tables

FEW = 40
"""Up to so many amounts each have a line of their own and are told in words."""

PLAIN = ("percent", "percentage_points", "basis_points")
"""The units that are no money."""

_SAME = ["unit", "kind", "amount", "amount_high", "approximation"]


def amounts(tables: Tables) -> Picture:
    """The picture."""
    return Picture(
        name="amounts",
        title="Amounts, by unit and kind",
        about=(
            "A mark is an amount. Each unit has an axis of its own: money a logarithmic one, where a step is ten times as "
            "much, so that currencies are not to be compared; percentages a plain one. A triangle that points down is a fall."
        ),
        table="financial_figures",
        data={"figures": _figures(tables)},
        answers={name: name for name in _SAME},
        draw=_draw,
    )


def _figures(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    frame, names, units = tables["financial_figures"], actor_names(tables), unit_names()
    columns: dict[str, list[Any]] = {name: texts(frame, name) for name in ("figure_id", "article_id", *_SAME)}
    columns["value"] = [float(cell) for cell in cells(frame, "amount")]
    columns["high"] = [None if cell is None else float(cell) for cell in cells(frame, "amount_high")]
    columns["unit_name"] = [
        label(units.get(str(unit), str(unit)) + ("" if unit in PLAIN else f" ({unit})")) for unit in columns["unit"]
    ]
    columns["plain"] = [unit in PLAIN for unit in columns["unit"]]
    payers, payees = (
        [None if key is None else names.get(key, str(key)) for key in cells(frame, column)]
        for column in ("payer_id", "payee_id")
    )
    columns["told"] = [
        " · ".join(filter(None, (label(str(text)), _flow(payer, payee))))
        for text, payer, payee in zip(cells(frame, "amount_text"), payers, payees, strict=True)
    ]
    return pd.DataFrame(columns, dtype=object)


def _flow(payer: str | None, payee: str | None) -> str:
    if payer and payee:
        return f"{payer} → {payee}"
    return f"from {payer}" if payer else f"to {payee}" if payee else ""


def _draw(colours: Theme) -> Json:
    y = lanes(colours, heads=True)
    x = {"field": "at", "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": None}
    place = {
        "y": y,
        "yOffset": {"field": "jitter", "type": "quantitative", "scale": {"domain": [-0.5, 2.5]}},
        "tooltip": tooltip(("told", "Amount"), ("kind", "Kind"), ("approximation", "Said as"), ("more", "Also")),
    }
    position = "datum.plain ? datum.{0} : datum.{0} == 0 ? datum.low : log(abs(datum.{0})) / LN10"
    return {
        "data": {"name": "figures"},
        "height": {"step": 22},
        "transform": [
            ranked("copy", ["figure_id"], _SAME),
            joined(_SAME, n="count"),
            calculate("more", "datum.n > 1 ? 'and ' + (datum.n - 1) + ' more' : ''"),
            keep("datum.copy == 1"),
            calculate("end", "isValid(datum.high) ? datum.high : datum.value"),
            calculate(
                "size", "datum.plain ? min(datum.value, 0) : datum.value == 0 ? null : log(abs(datum.value)) / LN10"
            ),
            calculate(
                "end_size", "datum.plain ? max(datum.end, 0) : datum.end == 0 ? null : log(abs(datum.end)) / LN10"
            ),
            joined([], number="count"),
            joined(["unit"], of_unit="count", least="min size", most="max end_size"),
            calculate("low", "datum.plain ? datum.least : isValid(datum.least) ? floor(datum.least) : 0"),
            calculate("top", "datum.plain ? datum.most : isValid(datum.most) ? ceil(datum.most) : 1"),
            calculate("top", "datum.top > datum.low ? datum.top : datum.low + 1"),
            *[
                calculate(name, f"(({position.format(field)}) - datum.low) / (datum.top - datum.low)")
                for name, field in (("at", "value"), ("to", "end"))
            ],
            calculate("late", "datum.plain ? 1 : 0"),
            ranked("unit_rank", ["late", "-of_unit", "unit"], op="dense_rank"),
            ranked("kind_rank", ["kind"], ["unit"], op="dense_rank"),
            ranked("row", ["kind", "value", "figure_id"], ["unit"]),
            ranked("in_kind", ["value", "figure_id"], ["unit", "kind"]),
            calculate("few", f"datum.number <= {FEW}"),
            calculate("line", "datum.few ? datum.row : datum.kind_rank"),
            calculate(
                "lane",
                lane(
                    "datum.unit_rank",
                    "datum.line",
                    shown="(datum.few && datum.in_kind > 1 ? '' : replace(datum.kind, '_', ' '))",
                ),
            ),
            calculate("head", lane("datum.unit_rank", "0", shown="datum.unit_name")),
            calculate("jitter", "datum.few ? 1 : datum.in_kind % 3"),
        ],
        "layer": [
            {
                "transform": [summed(["lane", *_SCALE]), *_ticks()],
                "mark": {"type": "tick", "orient": "vertical", "thickness": 1, "size": 22, "color": colours.line},
                "encoding": {"x": x, "y": y},
            },
            {
                "transform": [summed(["head", *_SCALE]), calculate("lane", "datum.head"), *_ticks()],
                "mark": {"type": "text", "color": colours.soft, "fontSize": 11, "baseline": "bottom", "dy": 9},
                "encoding": {"x": x, "y": y, "text": {"field": "tick_told"}},
            },
            {
                "transform": [keep("isValid(datum.high)")],
                "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.5, "color": colours.blue},
                "encoding": {"x": x, "x2": {"field": "to"}, **place},
            },
            {
                "mark": {"type": "point", "size": 80, "opacity": 0.85, "strokeWidth": 1.5},
                "encoding": {
                    "x": x,
                    **place,
                    "shape": {
                        "field": "way",
                        "type": "nominal",
                        "scale": {"domain": ["amount", "fall"], "range": ["circle", "triangle-down"]},
                        "legend": None,
                    },
                    "color": {
                        "condition": {"test": "datum.value < 0", "value": colours.red},
                        "value": colours.blue,
                    },
                    "fill": {
                        "condition": {"test": "datum.value < 0", "value": colours.red},
                        "value": colours.blue,
                    },
                    "fillOpacity": {"condition": {"test": "datum.approximation == 'exact'", "value": 0.8}, "value": 0},
                },
                "transform": [calculate("way", "datum.value < 0 ? 'fall' : 'amount'")],
            },
            *[
                {
                    "transform": [keep(f"datum.few && (max(datum.at, datum.to) <= 0.55) == {left}")],
                    "mark": {"type": "text", "align": align, "dx": way * 10, "limit": 330, "fontSize": 11},
                    "encoding": {"x": x | {"field": field}, "y": y, "text": {"field": "told"}},
                }
                for left, align, way, field in (("true", "left", 1, "to"), ("false", "right", -1, "at"))
            ],
        ],
    }


_SCALE = ["plain", "low", "top"]
"""What the axis of a unit hangs on."""


def _ticks() -> list[Json]:
    """A line for each tick of a unit's axis: every power of ten, or every second …; about five round percentages."""
    span = "(datum.top - datum.low)"
    power = f"pow(10, floor(log({span} / 5) / LN10))"
    return [
        calculate("power", power),
        calculate("rough", f"{span} / 5 / datum.power"),
        calculate(
            "step",
            f"datum.plain ? datum.power * (datum.rough > 5 ? 10 : datum.rough > 2 ? 5 : datum.rough > 1 ? 2 : 1) : ceil({span} / 6)",
        ),
        calculate(
            "tick", "sequence(ceil(datum.low / datum.step) * datum.step, datum.top + datum.step * 0.001, datum.step)"
        ),
        {"flatten": ["tick"]},
        calculate("at", f"(datum.tick - datum.low) / {span}"),
        calculate(
            "tick_told",
            "datum.plain ? format(datum.tick, '~r') : "
            + "".join(
                f"datum.tick >= {power} ? format(pow(10, datum.tick - {power}), '~r') + '{word}' : "
                for power, word in ((12, " tn"), (9, " bn"), (6, " m"), (3, "k"))
            )
            + "format(pow(10, datum.tick), '~r')",
        ),
    ]
