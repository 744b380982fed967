"""Amounts by unit: each currency on its own logarithmic axis, percentages on a linear one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.marks import (
    JITTER,
    beside,
    calculate,
    joined,
    keep,
    lane,
    lanes,
    own,
    ranked,
    read_aloud,
    summed,
    tooltip,
)
from broadsheet.views.plot.names import actor_names, cells, label, texts, unit_names
from broadsheet.views.plot.picture import Json, Picture
from broadsheet.views.plot.theme import NARROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.theme import Theme

FEW = 40
"""Up to this many amounts get a lane and a label each; with more, equal amounts share a mark."""

MOST = 6
"""Beyond ``FEW`` amounts, only this many currencies are shown: those with the most amounts."""

PLAIN = ("percent", "percentage_points", "basis_points")
"""The units that are not currencies."""

_SAME = ["unit", "kind", "amount", "amount_high", "approximation"]


def amounts(tables: TableSet) -> Picture:
    """Builds the picture of amounts."""
    return Picture(
        name="amounts",
        title="Amounts, by unit and kind",
        about=(
            "Each mark is an amount; a triangle is a fall, and a hollow mark is not exact. Each unit has its own axis, "
            "logarithmic for a currency, so amounts in different currencies cannot be compared."
        ),
        table="financial_figures",
        data={"figures": _figures(tables)},
        answers={"own": "figure_id"} | {name: name for name in _SAME},
        draw=_draw,
    )


def _figures(tables: TableSet) -> pd.DataFrame:
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
    columns["caption"] = [
        " · ".join(filter(None, (label(str(text)), _flow(payer, payee))))
        for text, payer, payee in zip(cells(frame, "amount_text"), payers, payees, strict=True)
    ]
    return pd.DataFrame(columns, dtype=object)


def _flow(payer: str | None, payee: str | None) -> str:
    if payer and payee:
        return f"{payer} → {payee}"
    return f"from {payer}" if payer else f"to {payee}" if payee else ""


def _draw(colours: Theme) -> Json:
    y = lanes(heads=True)
    margin = f"({NARROW} ? 0.12 : 0.04)"
    domain = [{"expr": f"-{margin}"}, {"expr": f"1 + {margin}"}]
    x = {"field": "at", "type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": None}
    return {
        "data": {"name": "figures"},
        "height": {"step": 21},
        "transform": _transforms(),
        "layer": [
            {
                "transform": [_SHOWN, summed(["lane", *_SCALE]), *_ticks()],
                "mark": {
                    "type": "tick",
                    "orient": "vertical",
                    "thickness": 1,
                    "size": 21,
                    "color": colours.line,
                    "aria": False,
                },
                "encoding": {"x": x, "y": y},
            },
            {
                "transform": [_SHOWN, summed(["head", *_SCALE]), calculate("lane", "datum.head"), *_ticks()],
                "mark": {
                    "type": "text",
                    "color": colours.soft,
                    "fontSize": 11,
                    "baseline": "bottom",
                    "dy": 9,
                    "aria": False,
                },
                "encoding": {"x": x, "y": y, "text": {"field": "tick_label"}},
            },
            *_marks(x, y, colours),
            *_labels_or_counts(x, y, colours),
        ],
    }


_SHOWN = keep(f"datum.few || datum.plain || datum.unit_rank <= {MOST}")

_SCALE = ["plain", "low", "top"]
"""The fields that define the axis of a unit."""


def _transforms() -> list[Json]:
    """The amounts to draw, their position on the axis of their unit, and their lane."""
    return [
        joined([], number="count"),
        calculate("few", f"datum.number <= {FEW}"),
        own("figure_id"),
        ranked("copy", ["figure_id"], ["own", *_SAME]),
        joined(["own", *_SAME], n="count"),
        calculate("more", "datum.n > 1 ? 'and ' + (datum.n - 1) + ' more' : ''"),
        keep("datum.copy == 1"),
        calculate("end", "isValid(datum.high) ? datum.high : datum.value"),
        calculate("size", f"datum.plain ? min(datum.value, 0) : {_power('value')}"),
        calculate("end_size", f"datum.plain ? max(datum.end, 0) : {_power('end')}"),
        joined(["unit"], of_unit="sum n", least="min size", most="max end_size"),
        calculate("low", "datum.plain ? datum.least : isValid(datum.least) ? floor(datum.least) : 0"),
        calculate("high_end", "datum.plain ? datum.most : isValid(datum.most) ? ceil(datum.most) : 1"),
        calculate("top", "datum.high_end > datum.low ? datum.high_end : datum.low + 1"),
        *(
            calculate(at, f"((datum.plain ? datum.{field} : {_power(field)} || datum.low) - datum.low) / {_SPAN}")
            for at, field in (("at", "value"), ("to", "end"))
        ),
        calculate("late", "datum.plain ? 1 : 0"),
        ranked("unit_rank", ["late", "-of_unit", "unit"], op="dense_rank"),
        ranked("kind_rank", ["kind"], ["unit"], op="dense_rank"),
        ranked("row", ["kind", "value", "figure_id"], ["unit"]),
        ranked("in_kind", ["value", "figure_id"], ["unit", "kind"]),
        calculate("line", "datum.few ? datum.row : datum.kind_rank"),
        calculate("kind_label", "datum.few && datum.in_kind > 1 ? '' : replace(datum.kind, '_', ' ')"),
        calculate("lane", lane("datum.unit_rank", "datum.line", shown="datum.kind_label")),
        calculate("head", lane("datum.unit_rank", "0", shown="datum.unit_name")),
        calculate("jitter", "datum.few ? 1 : datum.in_kind % 3"),
        calculate("aloud", "replace(datum.kind, '_', ' ') + ': ' + datum.caption"),
    ]


_SPAN = "(datum.top - datum.low)"


def _power(field: str) -> str:
    """The expression of the decimal logarithm of an amount's absolute value; null for zero."""
    return f"(datum.{field} == 0 ? null : log(abs(datum.{field})) / LN10)"


def _ticks() -> list[Json]:
    """A record for each tick of a unit's axis: powers of ten, a thousand or a million; about five percentages."""
    step = "datum.rough > 5 ? 10 : datum.rough > 2 ? 5 : datum.rough > 1 ? 2 : 1"
    words = (
        f"datum.tick >= {power} ? format(pow(10, datum.tick - {power}), '~r') + '{word}' : "
        for power, word in ((12, "tn"), (9, "bn"), (6, "m"), (3, "k"))
    )
    return [
        calculate("power", f"pow(10, floor(log({_SPAN} / 5) / LN10))"),
        calculate("rough", f"{_SPAN} / 5 / datum.power"),
        calculate("step", f"datum.plain ? datum.power * ({step}) : {_SPAN} <= 5 ? 1 : {_SPAN} <= 18 ? 3 : 6"),
        calculate("from", "ceil(datum.low / datum.step) * datum.step"),
        calculate("tick", "sequence(datum.from, datum.top + datum.step * 0.001, datum.step)"),
        {"flatten": ["tick"]},
        calculate("at", f"(datum.tick - datum.low) / {_SPAN}"),
        calculate(
            "tick_label",
            f"datum.plain ? format(datum.tick, '~r') : {''.join(words)}format(pow(10, datum.tick), '~r')",
        ),
    ]


def _marks(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The amounts, and lines for ranges."""
    place = {
        "y": y,
        "yOffset": JITTER,
        **read_aloud("aloud"),
        "tooltip": tooltip(
            ("caption", "Amount"),
            ("unit_name", "Unit"),
            ("kind", "Kind"),
            ("approximation", "Said as"),
            ("more", "Also"),
        ),
    }
    colour = {"condition": {"test": "datum.value < 0", "value": colours.red}, "value": colours.blue}
    yield {
        "transform": [_SHOWN, keep("isValid(datum.high)")],
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.5, "color": colours.blue, "aria": False},
        "encoding": {"x": x, "x2": {"field": "to"}, **place},
    }
    yield {
        "transform": [_SHOWN, calculate("way", "datum.value < 0 ? 'fall' : 'amount'")],
        "mark": {"type": "point", "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            **place,
            "shape": {
                "field": "way",
                "type": "nominal",
                "scale": {"domain": ["amount", "fall"], "range": ["circle", "triangle-down"]},
                "legend": None,
            },
            "color": colour,
            "fill": colour,
            "fillOpacity": {"condition": {"test": "datum.approximation == 'exact'", "value": 0.8}, "value": 0},
            "size": {"condition": {"test": "datum.few", "value": 80}, "value": 36},
            "opacity": {"condition": {"test": "datum.few", "value": 1}, "value": 0.65},
        },
    }


def _labels_or_counts(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The labels of amounts if there are few; the number of currencies that are not shown if there are many."""
    words = {"type": "text", "fontSize": 11, "aria": False}
    yield {
        "transform": [
            keep("datum.few"),
            calculate("near", "min(datum.at, datum.to)"),
            calculate("far", "max(datum.at, datum.to)"),
            calculate("least", "0"),
            calculate("most", "1"),
        ],
        "layer": beside(x, y, "caption", colours, "10"),
    }
    others = "datum.units + (datum.units == 1 ? ' other currency' : ' other currencies')"
    yield {
        "transform": [
            keep(f"!datum.few && !datum.plain && datum.unit_rank > {MOST}"),
            summed([], units="distinct unit", rows="sum n"),
            calculate("lane", lane(str(MOST + 1), "0", shown=others)),
            calculate("caption", "format(datum.rows, ',') + (datum.rows == 1 ? ' amount' : ' amounts')"),
        ],
        "mark": words | {"align": "left", "color": colours.soft, "aria": True},
        "encoding": {"x": {"value": 8}, "y": y, "text": {"field": "caption"}, **read_aloud("caption")},
    }
