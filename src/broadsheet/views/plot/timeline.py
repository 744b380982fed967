"""Events in time: a lane for each type, a point for a day, a bar for a month, and a count of undated events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.marks import (
    JITTER,
    STRIP,
    beside,
    calculate,
    joined,
    keep,
    lane,
    lanes,
    own,
    ranked,
    read_aloud,
    spread,
    summed,
    tooltip,
)
from broadsheet.views.plot.names import actor_names, cells, label, texts
from broadsheet.views.plot.picture import Json, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.theme import Theme

CLASSES = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""The four classes of PLOVER, with their types in order."""

STATUSES = ("occurred", "ongoing", "planned", "denied")

FEW = 30
"""Up to this many dated events get a lane and a label each; with more, those of equal type, status and date share a
mark."""

DENSE = 400
"""With more dated events than this, marks are small and translucent."""

ARROW = 26
"""Length of the arrow at an open end, in pixels."""

ZOOM: Json = {
    "name": "zoom",
    "select": {
        "type": "interval",
        "encodings": ["x"],
        "zoom": "wheel![event.shiftKey]",
        "translate": "[pointerdown[event.pointerType == 'mouse'], window:pointerup] > window:pointermove!",
    },
    "bind": "scales",
    "views": ["days"],
}
"""Drag to pan in time, shift and wheel to zoom, double-click to reset."""

_SAME = ["type", "status", "date_start", "date_end", "date_precision"]
_TYPES = [kind for kinds in CLASSES.values() for kind in kinds]


def timeline(tables: TableSet) -> Picture:
    """Builds the timeline."""
    return Picture(
        name="timeline",
        title="Events in time",
        about=(
            "A point is a day and a bar a month or longer; a light bar is a year or a rough date, and an arrow an open "
            "end. Shape shows the status, colour the class of the type; undated events are counted left of the axis."
        ),
        table="events",
        data={"events": _events(tables)},
        answers={"own": "event_id"} | {name: name for name in _SAME},
        draw=_draw,
    )


def _events(tables: TableSet) -> pd.DataFrame:
    import pandas as pd

    events = tables["events"]
    classes = {kind: name for name, kinds in CLASSES.items() for kind in kinds}
    columns: dict[str, list[Any]] = {
        name: texts(events, name)
        for name in ("event_id", "article_id", "type", "status", "date_start", "date_end", "date_precision")
    }
    columns["class"] = [classes.get(str(kind), "") for kind in columns["type"]]
    ends = list(zip(cells(events, "date_start"), cells(events, "date_end"), columns["date_precision"], strict=True))
    columns["form"] = [_form(*end) for end in ends]
    columns["until"] = [_after(last) for _, last, _ in ends]
    columns["label"] = _labels(tables)
    columns["summary"] = [label(str(text)) for text in cells(events, "summary")]
    return pd.DataFrame(columns, dtype=object)


def _form(first: date | None, last: date | None, precision: str | None) -> str:
    if first is None and last is None:
        return "none"
    if first is None:
        return "open start"
    if last is None:
        return "open end"
    if precision in ("year", "approximate"):
        return "vague"
    return "point" if first == last else "bar"


def _after(day: date | None) -> str | None:
    """The next day, where a bar that includes this one ends."""
    if day is None or day == date.max:
        return None if day is None else day.isoformat()
    return (day + timedelta(days=1)).isoformat()


def _labels(tables: TableSet) -> list[str]:
    """Who did what to whom."""
    names = actor_names(tables)
    sides: dict[tuple[str, str], list[str]] = {}
    of = tables["event_participants"]
    for event, actor, role in zip(cells(of, "event_id"), cells(of, "actor_id"), cells(of, "role"), strict=True):
        sides.setdefault((event, role), []).append(names.get(actor, str(actor)))
    result = []
    events = tables["events"]
    for event, trigger in zip(cells(events, "event_id"), cells(events, "trigger"), strict=True):
        doers, recipients = (sides.get((event, role), []) for role in ("actor", "recipient"))
        who = " → ".join(filter(None, (_listed(doers), _listed(recipients))))
        result.append(label(f"{who}: {trigger}" if who else str(trigger)))
    return result


def _listed(names: list[str]) -> str:
    return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def _draw(colours: Theme) -> Json:
    x: Json = {
        "field": "from",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {
            "title": None,
            "orient": "top",
            "labelExpr": f"{_is_first('month')} && {_is_first('date')} ? utcFormat(datum.value, '%Y') : "
            f"{_is_first('date')} ? utcFormat(datum.value, '%b %Y') : utcFormat(datum.value, '%-d %b %Y')",
            "labelOverlap": True,
            "tickCount": {"expr": "width / 90"},
        },
    }
    return {
        "data": {"name": "events"},
        "params": [ZOOM],
        "height": {"step": 26},
        "transform": _transforms(),
        "layer": [
            spread(x, [keep("datum.drawn"), summed([], first_day="min from", last_day="max to"), *_margins()]),
            {
                "transform": [summed(["lane"])],
                "mark": {"type": "rule", "color": colours.line, "strokeDash": [1, 3], "aria": False},
                "encoding": {"y": lanes(STRIP)},
            },
            *_bars(x, colours),
            _arrows(x, colours),
            *_points(x, colours),
            _words(x, colours),
            {
                "transform": [
                    keep("!datum.shown"),
                    summed(["lane", "type", "date_start", "date_end", "date_precision"], n="count"),
                    calculate("caption", "format(datum.n, ',') + ' undated'"),
                    calculate("aloud", "datum.type + ': ' + datum.caption"),
                ],
                "mark": {"type": "text", "color": colours.soft, "fontSize": 11, "clip": False},
                "encoding": {
                    "x": {"value": -STRIP / 2},
                    "y": lanes(STRIP),
                    "text": {"field": "caption"},
                    "tooltip": tooltip(("type", "Type"), ("caption", "Events")),
                    **read_aloud("aloud"),
                },
            },
        ],
    }


def _is_first(part: str) -> str:
    """Expression: whether a tick is in the first month of its year, or on the first day of its month."""
    return f"utc{part}(datum.value) == {'0' if part == 'month' else '1'}"


def _transforms() -> list[Json]:
    """The events to draw, their position, and their lane."""
    types = str(_TYPES)
    return [
        calculate("shown", "datum.form != 'none'"),
        calculate("dated", "datum.shown ? 1 : 0"),
        joined([], number="sum dated"),
        calculate("few", f"datum.number <= {FEW}"),
        calculate("dense", f"datum.number > {DENSE}"),
        own("event_id"),
        ranked("copy", ["event_id"], ["own", *_SAME]),
        joined(["own", *_SAME], n="count"),
        calculate("more", "datum.n > 1 ? 'and ' + (datum.n - 1) + ' more' : ''"),
        calculate("last", "toDate(datum.date_end)"),
        calculate("behind", "toDate(datum.until)"),
        calculate("from", "datum.form == 'open start' ? datum.last : toDate(datum.date_start)"),
        calculate("to", "isValid(datum.until) ? datum.behind : datum.from"),
        calculate("drawn", "datum.shown && datum.copy == 1 ? 1 : 0"),
        ranked("row", ["from", "to", "event_id"], ["type", "drawn"]),
        joined(["type"], in_lane="sum drawn"),
        calculate("line", "datum.few && datum.drawn ? datum.row : 1"),
        calculate("type_name", "slice(datum.type, 0, 1) + lower(slice(datum.type, 1))"),
        calculate(
            "lane",
            lane(f"indexof({types}, datum.type)", "datum.line", shown="(datum.line == 1 ? datum.type_name : '')"),
        ),
        calculate("jitter", "datum.few || datum.in_lane == 1 ? 1 : datum.row % 3"),
    ]


def _margins() -> list[Json]:
    """A margin before the first day and after the last, at least ten days."""
    return [
        calculate("margin", "max(10 * 864e5, (datum.last_day - datum.first_day) * 0.06)"),
        calculate("least", "+datum.first_day - datum.margin"),
        calculate("most", "+datum.last_day + datum.margin"),
    ]


def _place() -> Json:
    """The channels that all marks of events share."""
    return {
        "y": lanes(STRIP),
        "yOffset": JITTER,
        **read_aloud("summary"),
        "tooltip": tooltip(
            ("summary", "Event"), ("type", "Type"), ("status", "Status"), ("date_precision", "Date"), ("more", "Also")
        ),
    }


def _colour(colours: Theme) -> Json:
    tones = [colours.sky, colours.blue, colours.orange, colours.red]
    scale = {"domain": list(CLASSES), "range": tones}
    return {"field": "class", "type": "nominal", "scale": scale, "legend": {"title": None}}


def _bars(x: Json, colours: Theme) -> Iterator[Json]:
    """Events longer than a day: dark if their dates are known, light if they are rough or planned."""
    light = {"test": "datum.form == 'vague' || datum.status == 'planned'", "value": 0.25}
    yield {
        "transform": [keep("datum.copy == 1 && (datum.form == 'bar' || datum.form == 'vague')")],
        "mark": {"type": "bar", "height": 8, "cornerRadius": 2, "strokeWidth": 1, "clip": True},
        "encoding": {
            "x": x,
            "x2": {"field": "to"},
            **_place(),
            "fill": _colour(colours),
            "stroke": _colour(colours),
            "fillOpacity": {"condition": [light, {"test": "datum.dense", "value": 0.5}], "value": 0.9},
            "strokeOpacity": {"condition": {"test": "datum.dense", "value": 0.4}, "value": 1},
        },
    }


def _arrows(x: Json, colours: Theme) -> Json:
    """Open ends: a dashed line that leads away from the known end."""
    y = {channel: _place()[channel] for channel in ("y", "yOffset")}
    open_end, aside = "datum.form == 'open end'", f"(datum.form == 'open end' ? 1 : -1) * {ARROW}"
    return {
        "transform": [keep("datum.copy == 1 && !datum.dense && indexof(datum.form, 'open') == 0")],
        "layer": [
            {
                "mark": {
                    "type": "rule",
                    "x2Offset": {"expr": aside},
                    "strokeDash": [3, 2],
                    "strokeWidth": 2,
                    "clip": True,
                    "aria": False,
                },
                "encoding": {"x": x, "x2": {"field": "from"}, **y, "color": _colour(colours)},
            },
            {
                "mark": {
                    "type": "point",
                    "shape": {"expr": f"{open_end} ? 'triangle-right' : 'triangle-left'"},
                    "filled": True,
                    "size": 45,
                    "opacity": 1,
                    "xOffset": {"expr": aside},
                    "clip": True,
                    "aria": False,
                },
                "encoding": {"x": x, **y, "color": _colour(colours)},
            },
        ],
    }


def _points(x: Json, colours: Theme) -> Iterator[Json]:
    """Events of one day; the shape shows the status."""
    shape = {
        "field": "status",
        "type": "nominal",
        "scale": {"domain": list(STATUSES), "range": ["circle", "triangle-right", "diamond", "cross"]},
        "legend": {"title": None, "symbolFillColor": colours.soft, "symbolStrokeWidth": 0},
    }
    hollow = {"test": "datum.status == 'planned'", "value": 0}
    dense = "datum.dense"
    yield {
        "transform": [keep("datum.drawn && datum.form != 'bar' && datum.form != 'vague'")],
        "name": "days",
        "mark": {"type": "point", "clip": True},
        "encoding": {
            "x": x,
            **_place(),
            "shape": shape,
            "fill": _colour(colours),
            "stroke": _colour(colours),
            "size": {"condition": {"test": dense, "value": 26}, "value": 90},
            "opacity": {"condition": {"test": dense, "value": 0.45}, "value": 1},
            "strokeWidth": {"condition": {"test": dense, "value": 0.5}, "value": 1.5},
            "fillOpacity": {"condition": hollow, "value": 0.85},
        },
    }


def _words(x: Json, colours: Theme) -> Json:
    """The labels of events if there are few."""
    towards = "(datum.late ? 'open start' : 'open end')"
    return {
        "transform": [
            keep("datum.few && datum.drawn"),
            joined([], first_day="min from", last_day="max to"),
            *_margins(),
            calculate("near", "datum.from"),
            calculate("far", "datum.to"),
        ],
        "layer": beside(x, lanes(STRIP), "label", colours, f"12 + (datum.form == {towards} ? {ARROW} : 0)"),
    }
