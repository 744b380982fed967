"""Events in time: a lane for each type, a day a point, a month a bar, what is vague lighter, what has no date beside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from broadsheet.plot.marks import STRIP, calculate, joined, keep, lane, lanes, ranked, summed, tooltip
from broadsheet.plot.names import actor_names, cells, label, texts
from broadsheet.plot.picture import Json, Picture

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.plot.theme import Theme
    from broadsheet.tables.frames import Tables

CLASSES = {
    "agreement in words": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "cooperation in deeds": ("COOPERATE", "AID", "RETREAT"),
    "conflict in words": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "conflict in deeds": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""The four classes of PLOVER, and the types of each in its order."""

STATUSES = ("occurred", "ongoing", "planned", "denied")

FEW = 30
"""Up to so many dated events each have a line of their own and are named beside it."""

_SAME = ["type", "status", "date_start", "date_end", "date_precision"]
_TYPES = [kind for kinds in CLASSES.values() for kind in kinds]


def timeline(tables: Tables) -> Picture:
    """The picture."""
    return Picture(
        name="timeline",
        title="Events in time",
        about=(
            "A point is a day, a bar a month or longer; a light bar is a year or a rough date, an arrow an open end. "
            "The form tells the status, the colour the class of the type. Left of the axis: how many have no date."
        ),
        table="events",
        data={"events": _events(tables)},
        answers={name: name for name in _SAME},
        draw=_draw,
    )


def _events(tables: Tables) -> pd.DataFrame:
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
    """The day behind a day, where a bar ends that includes it."""
    if day is None or day == date.max:
        return None if day is None else day.isoformat()
    return (day + timedelta(days=1)).isoformat()


def _labels(tables: Tables) -> list[str]:
    """Who did it, what, and to whom."""
    names = actor_names(tables)
    sides: dict[tuple[str, str], list[str]] = {}
    of = tables["event_participants"]
    for event, actor, role in zip(cells(of, "event_id"), cells(of, "actor_id"), cells(of, "role"), strict=True):
        sides.setdefault((event, role), []).append(names.get(actor, str(actor)))
    result = []
    events = tables["events"]
    for event, trigger in zip(cells(events, "event_id"), cells(events, "trigger"), strict=True):
        doers, others = (sides.get((event, role), []) for role in ("actor", "recipient"))
        said = " → ".join(filter(None, (_listed(doers), _listed(others))))
        result.append(label(f"{said}: {trigger}" if said else str(trigger)))
    return result


def _listed(names: list[str]) -> str:
    return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def _draw(colours: Theme) -> Json:
    y = lanes(colours, STRIP)
    order = {
        name: colour
        for name, colour in zip(CLASSES, (colours.sky, colours.blue, colours.orange, colours.red), strict=True)
    }
    colour = {
        "field": "class",
        "type": "nominal",
        "scale": {"domain": list(order), "range": list(order.values())},
        "legend": {"title": None},
    }
    shape = {
        "field": "status",
        "type": "nominal",
        "scale": {"domain": list(STATUSES), "range": ["circle", "triangle-right", "diamond", "cross"]},
        "legend": {"title": None, "symbolFillColor": colours.soft, "symbolStrokeWidth": 0},
    }
    x: Json = {
        "field": "from",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"title": None, "orient": "top", "labelFlush": True},
    }
    offset = {"field": "jitter", "type": "quantitative", "scale": {"domain": [-0.5, 2.5]}}
    told = tooltip(
        ("summary", "Event"), ("type", "Type"), ("status", "Status"), ("date_precision", "Precision"), ("more", "Also")
    )
    place = {"y": y, "yOffset": offset, "color": colour, "tooltip": told}
    dated = keep("datum.form != 'none'")
    return {
        "data": {"name": "events"},
        "height": {"step": 26},
        "transform": [
            ranked("copy", ["event_id"], _SAME),
            joined(_SAME, n="count"),
            calculate("more", "datum.n > 1 ? 'and ' + (datum.n - 1) + ' more' : ''"),
            calculate("first", "toDate(datum.date_start)"),
            calculate("last", "toDate(datum.date_end)"),
            calculate("behind", "toDate(datum.until)"),
            calculate("from", "datum.form == 'open start' ? datum.last : datum.first"),
            calculate("to", "isValid(datum.behind) ? datum.behind : datum.first"),
            calculate("shown", "datum.form != 'none' && datum.copy == 1 ? 1 : 0"),
            joined([], number="sum shown", least="min from", most="max to"),
            ranked("row", ["from", "to", "event_id"], ["type", "shown"]),
            joined(["type"], in_lane="sum shown"),
            calculate("few", f"datum.number <= {FEW}"),
            calculate("kind", f"indexof({_TYPES}, datum.type)".replace('"', "'")),
            calculate("line", "datum.few && datum.shown ? datum.row : 1"),
            calculate("lane", lane("datum.kind", "datum.line", shown="(datum.line == 1 ? datum.type : '')")),
            calculate("jitter", "datum.few || datum.in_lane == 1 ? 1 : datum.row % 3"),
        ],
        "layer": [
            {
                "transform": [
                    dated,
                    summed([], least="min from", most="max to"),
                    calculate("margin", "max(20 * 864e5, (datum.most - datum.least) * 0.04)"),
                    calculate("least", "+datum.least - datum.margin"),
                    calculate("most", "+datum.most + datum.margin"),
                    {"fold": ["least", "most"], "as": ["end", "from"]},
                ],
                "mark": {"type": "point", "opacity": 0, "tooltip": None},
                "encoding": {"x": x},
            },
            {
                "transform": [summed(["lane"])],
                "mark": {"type": "rule", "color": colours.line, "strokeDash": [1, 3]},
                "encoding": {"y": y},
            },
            {
                "transform": [dated, keep("datum.copy == 1 && (datum.form == 'bar' || datum.form == 'vague')")],
                "mark": {"type": "bar", "height": 9, "cornerRadius": 2, "strokeWidth": 1},
                "encoding": {
                    "x": x,
                    "x2": {"field": "to"},
                    **place,
                    "stroke": colour,
                    "fillOpacity": {
                        "condition": {"test": "datum.form == 'vague' || datum.status == 'planned'", "value": 0.25},
                        "value": 0.9,
                    },
                },
            },
            *[
                {
                    "transform": [keep(f"datum.copy == 1 && datum.form == '{form}'")],
                    "layer": [
                        {
                            "mark": {"type": "rule", "x2Offset": way * 40, "strokeDash": [3, 2], "strokeWidth": 2},
                            "encoding": {"x": x, "x2": {"field": "from"}, **place},
                        },
                        {
                            "mark": {
                                "type": "point",
                                "shape": f"triangle-{side}",
                                "filled": True,
                                "size": 45,
                                "opacity": 1,
                                "xOffset": way * 40,
                            },
                            "encoding": {"x": x, **place},
                        },
                    ],
                }
                for form, way, side in (("open start", -1, "left"), ("open end", 1, "right"))
            ],
            {
                "transform": [
                    keep("datum.copy == 1 && datum.form != 'none' && datum.form != 'bar' && datum.form != 'vague'")
                ],
                "mark": {"type": "point", "size": 90, "opacity": 1, "strokeWidth": 1.5},
                "encoding": {
                    "x": x,
                    **place,
                    "shape": shape,
                    "fill": colour,
                    "fillOpacity": {"condition": {"test": "datum.status == 'planned'", "value": 0}, "value": 0.85},
                },
            },
            *[
                {
                    "transform": [
                        keep("datum.few && datum.copy == 1 && datum.form != 'none'"),
                        keep(f"(datum.from - datum.least < (datum.most - datum.least) * 0.55) == {left}"),
                    ],
                    "mark": {"type": "text", "align": align, "dx": way * 12, "limit": 300, "fontSize": 11},
                    "encoding": {"x": x | {"field": field}, "y": y, "text": {"field": "label"}},
                }
                for left, align, way, field in (("true", "left", 1, "to"), ("false", "right", -1, "from"))
            ],
            {
                "transform": [
                    keep("datum.form == 'none'"),
                    summed(["lane", "type", "date_start", "date_end", "date_precision"], n="count"),
                    calculate("told", "datum.n + ' undated'"),
                ],
                "mark": {"type": "text", "color": colours.soft, "fontSize": 11},
                "encoding": {"x": {"value": -STRIP / 2}, "y": y, "text": {"field": "told"}},
            },
        ],
    }
