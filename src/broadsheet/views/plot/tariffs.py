"""Tariffs and other measures, from imposer to target by product: rate, action, and whether it is a retaliation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.marks import (
    JITTER,
    STRIP,
    beside,
    calculate,
    haloed,
    joined,
    keep,
    lane,
    lanes,
    ranked,
    read_aloud,
    spread,
    summed,
    tooltip,
)
from broadsheet.views.plot.names import actor_names, cells, country_names, label, texts
from broadsheet.views.plot.picture import Json, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.theme import Theme

FEW = 40
"""Up to this many different measures get a lane and a label each."""

MOST = 30
"""With more measures, each lane is a pair of countries, and this many pairs are shown."""

DIRECTIONS = {
    "imposed or raised": ("impose", "raise", "maintain"),
    "threatened": ("threaten",),
    "lowered or lifted": ("lower", "suspend", "remove"),
}
"""Groups of actions by their effect on trade."""

_NO_RATES = "(datum.value > 0 && datum.value < 0.001)"
"""Expression: whether a tick belongs to a picture without rates, whose axis stays blank."""

_SAME = [
    "imposer_code", "target_code", "product", "measure", "action", "status",
    "rate_percent", "rate_high_percent", "rate_text", "is_retaliation", "applies_to_id",
]  # fmt: skip


def tariffs(tables: TableSet) -> Picture:
    """Builds the picture of tariffs."""
    return Picture(
        name="tariffs",
        title="Tariffs: who imposes what on whom",
        about=(
            "Each mark is a measure on a product at its rate in percent, or left of the axis if no rate is given. A "
            "diamond is a retaliation, a circle is not; a filled mark is a measure in force."
        ),
        table="tariffs",
        data={"tariffs": _tariffs(tables)},
        answers={name: name for name in _SAME},
        draw=_draw,
    )


def _tariffs(tables: TableSet) -> pd.DataFrame:
    import pandas as pd

    frame, names = tables["tariffs"], country_names(tables)
    columns: dict[str, list[Any]] = {name: texts(frame, name) for name in ("tariff_id", "article_id", *_SAME)}
    directions = {action: name for name, actions in DIRECTIONS.items() for action in actions}
    columns["pair"] = [
        f"{names.get(str(imposer), imposer)} → {names.get(str(target), target) if target else 'all or unnamed'}"
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
    columns["rate_label"] = [_rate(*rate) for rate in rates]
    actors = actor_names(tables)
    columns["company"] = [key and actors.get(key, key) for key in columns["applies_to_id"]]
    parts_of = (columns["rate_label"], *(map(_words, columns[name]) for name in ("measure", "action", "status")))
    columns["caption"] = [" · ".join(filter(None, parts)) for parts in zip(*parts_of, columns["company"], strict=True)]
    return pd.DataFrame(columns, dtype=object)


def _words(code: str | None) -> str:
    return (code or "").replace("_", " ")


def _rate(rate: float | None, high: float | None, before: float | None, text: str | None) -> str:
    if rate is None:
        return label(text) if text else ""
    caption = f"{rate:g}–{high:g}%" if high is not None else f"{rate:g}%"
    return caption if before is None else f"{caption} (was {before:g}%)"


def _draw(colours: Theme) -> Json:
    y = lanes(STRIP, heads=True)
    x: Json = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": {
            "title": None,
            "orient": "top",
            "labelExpr": f"{_NO_RATES} ? '' : datum.label + '%'",
            "gridOpacity": {"condition": {"test": _NO_RATES, "value": 0}, "value": 1},
            "tickOpacity": {"condition": {"test": _NO_RATES, "value": 0}, "value": 1},
            "labelOverlap": True,
            "tickCount": {"expr": "width / 80"},
        },
    }
    return {
        "data": {"name": "tariffs"},
        "height": {"step": 22},
        "transform": _transforms(),
        "layer": [
            spread(
                x,
                [
                    summed([], rate="max rate", high="max rate_high", before="max before"),
                    calculate("greatest", "max(datum.rate || 0, datum.high || 0, datum.before || 0)"),
                    calculate("least", "isValid(datum.rate) ? 0 : 1e-6"),
                    calculate("most", "isValid(datum.rate) ? max(datum.greatest, 10) * 1.05 : 1e-5"),
                ],
            ),
            {
                "transform": [keep("datum.few"), summed(["head"]), calculate("lane", "datum.head")],
                "mark": {
                    "type": "rule",
                    "color": colours.line,
                    "yOffset": -11,
                    "x": -STRIP,
                    "x2": "width",
                    "aria": False,
                },
                "encoding": {"y": y},
            },
            {
                "transform": [_SHOWN, summed(["lane"])],
                "mark": {"type": "rule", "color": colours.line, "strokeDash": [1, 3], "aria": False},
                "encoding": {"y": y},
            },
            *_marks(x, y, colours),
            *_labels_or_counts(x, y, colours),
        ],
    }


def _transforms() -> list[Json]:
    """The measures to draw, and their lanes; equal measures of several articles are drawn once."""
    own = lane("datum.pair_rank", "datum.row", shown="datum.goods")
    return [
        ranked("copy", ["tariff_id"], _SAME),
        joined(_SAME, n="count"),
        joined(["pair"], of_pair="count"),
        keep("datum.copy == 1"),
        joined([], number="count"),
        ranked("pair_rank", ["-of_pair", "pair"], op="dense_rank"),
        calculate("few", f"datum.number <= {FEW}"),
        calculate("rated", "isValid(datum.rate)"),
        calculate("sorted", "datum.rated ? datum.rate : -1"),
        ranked("row", ["goods", "-sorted", "tariff_id"], ["pair"]),
        ranked("turn", ["sorted", "tariff_id"], ["pair"]),
        calculate("head", lane("datum.pair_rank", "0", shown="datum.pair")),
        calculate("lane", f"datum.few ? {own} : {lane('datum.pair_rank', '1', shown='datum.pair')}"),
        calculate("jitter", "datum.few ? 1 : datum.turn % 3"),
        calculate("answer", "datum.is_retaliation == 'true' ? 'retaliation' : 'no retaliation'"),
        calculate("aloud", "datum.pair + ', ' + datum.goods + ': ' + datum.caption + ', ' + datum.answer"),
    ]


_SHOWN = keep(f"datum.few || datum.pair_rank <= {MOST}")


def _marks(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The measures; if there are many, those without a rate are counted."""
    colour = {
        "field": "direction",
        "type": "nominal",
        "scale": {"domain": list(DIRECTIONS), "range": [colours.red, colours.orange, colours.blue]},
        "legend": {"title": None, "symbolType": "circle"},
    }
    place = {
        "y": y,
        "yOffset": JITTER,
        **read_aloud("aloud"),
        "tooltip": tooltip(
            ("pair", "Between"), ("goods", "Product"), ("caption", "Measure"), ("answer", "Retaliation"), ("n", "Rows")
        ),
    }
    symbol = place | {
        "shape": {
            "field": "answer",
            "type": "nominal",
            "scale": {"domain": ["retaliation", "no retaliation"], "range": ["diamond", "circle"]},
            "legend": {"title": None, "symbolFillColor": colours.soft, "symbolStrokeWidth": 0},
        },
        "fill": colour,
        "stroke": colour,
        "fillOpacity": {"condition": {"test": "datum.status == 'in_force'", "value": 0.9}, "value": 0},
        "size": {"condition": {"test": "datum.few", "value": 90}, "value": 40},
        "strokeWidth": {"condition": {"test": "datum.few", "value": 1.8}, "value": 1.2},
    }
    for field, start, end, width in (("rate_high", "rate", "rate_high", 4), ("before", "before", "rate", 1.5)):
        yield {
            "transform": [keep(f"datum.few && datum.rated && isValid(datum.{field})")],
            "mark": {"type": "rule", "strokeWidth": width, "opacity": 0.6, "aria": False},
            "encoding": {"x": x | {"field": start}, "x2": {"field": end}, "color": colour, **place},
        }
    point = {"type": "point", "opacity": 1}
    yield {"transform": [_SHOWN, keep("datum.rated")], "mark": point, "encoding": {"x": x, **symbol}}
    beside = {"x": {"value": -STRIP / 2}}
    yield {"transform": [keep("datum.few && !datum.rated")], "mark": point, "encoding": beside | symbol}
    small = {"type": "text", "color": colours.soft, "fontSize": 11}
    yield {
        "transform": [
            _SHOWN,
            keep("!datum.few && !datum.rated"),
            summed(["lane", "pair", "imposer_code", "target_code", "rate_percent"], rows="sum n"),
            calculate("aloud", "datum.pair + ': ' + datum.rows + ' without a rate'"),
        ],
        "mark": small,
        "encoding": beside
        | {
            "y": y,
            "text": {"field": "rows"},
            "tooltip": tooltip(("pair", "Between"), ("rows", "Rows")),
            **read_aloud("aloud"),
        },
    }
    yield {
        "transform": [_SHOWN, keep("!datum.rated"), summed(["few"])],
        "mark": small | {"baseline": "bottom", "aria": False},
        "encoding": beside | {"y": {"value": -7}, "text": {"value": "no rate"}},
    }


def _labels_or_counts(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The labels of measures if there are few; the number of pairs that are not shown if there are many."""
    words = {"type": "text", "align": "left", "fontSize": 11, "aria": False}
    yield {
        "transform": [
            keep("datum.few && datum.rated"),
            calculate("near", "isValid(datum.before) ? min(datum.rate, datum.before) : datum.rate"),
            calculate("far", "max(datum.rate, datum.rate_high || 0, datum.before || 0)"),
            joined([], greatest="max far"),
            calculate("least", "0"),
            calculate("most", "max(datum.greatest, 10) * 1.05"),
        ],
        "layer": beside(x, y, "caption", colours),
    }
    yield from haloed(
        {
            "transform": [keep("datum.few && !datum.rated")],
            "mark": words | {"color": colours.soft, "limit": {"expr": "width - 8"}},
            "encoding": {"x": {"value": 8}, "y": y, "text": {"field": "caption"}},
        },
        colours,
    )
    yield {
        "transform": [
            keep(f"!datum.few && datum.pair_rank > {MOST}"),
            summed([], pairs="distinct pair", rows="sum n"),
            calculate(
                "lane", lane("9999", "1", shown="datum.pairs + (datum.pairs == 1 ? ' other pair' : ' other pairs')")
            ),
            calculate("caption", "format(datum.rows, ',') + (datum.rows == 1 ? ' row' : ' rows')"),
        ],
        "mark": words | {"color": colours.soft, "aria": True},
        "encoding": {"x": {"value": 8}, "y": y, "text": {"field": "caption"}, **read_aloud("caption")},
    }
