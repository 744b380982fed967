"""The network of actors: who did something with or to whom, spoke to whom, and paid whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from broadsheet.plot.marks import calculate, keep, summed, tooltip
from broadsheet.plot.names import actor_names, cells
from broadsheet.plot.picture import Json, Picture
from broadsheet.plot.placing import HEIGHT, WIDTH, place, placing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from broadsheet.plot.theme import Theme
    from broadsheet.tables.frames import Tables

KINDS = ("event", "quote", "money")

_FIELDS = ("source", "target", "kind", "table", "key", "article_id")


def network(tables: Tables) -> Picture:
    """The picture.

    Its data set ``links`` has a line for each pair of actors that a row of events, quotes or figures joins: an event its
    doers with those it is done to, or, where it is done to nobody, its doers with one another; a quote its speaker with
    whom it is said to; a figure its payer with its payee. ``nodes`` has the actors that are joined, without a place.
    :func:`broadsheet.plot.placing.place` chooses those that are shown and places them.
    """
    links, nodes = _links(tables), _nodes(tables)
    joined = {*links["source"], *links["target"]}
    return Picture(
        name="network",
        title="Who deals with whom",
        about=(
            "A point is an actor, larger the more rows join it to others; a line joins two, wider the more rows do: solid "
            "for events, dashed for quotes from speaker to addressee, dotted for money from payer to payee."
        ),
        table="actors",
        data={"links": links, "nodes": nodes[nodes["actor_id"].isin(joined)].reset_index(drop=True)},
        answers={"actor_id": "actor_id"},
        draw=_draw,
        placing=placing(),
        place=place,
    )


def _nodes(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    actors, names = tables["actors"], actor_names(tables)
    ids = cells(actors, "actor_id")
    columns: dict[str, list[Any]] = {
        "actor_id": ids,
        "name": [names[key] for key in ids],
        "kind": cells(actors, "kind"),
        "x": [None] * len(ids),
        "y": [None] * len(ids),
    }
    return pd.DataFrame(columns, dtype=object)


def _links(tables: Tables) -> pd.DataFrame:
    import pandas as pd

    names = actor_names(tables)
    rows = [row for found in (_events(tables), _quotes(tables), _money(tables)) for row in found if row[0] != row[1]]
    columns: dict[str, list[Any]] = {name: [row[at] for row in rows] for at, name in enumerate(_FIELDS)}
    for end in ("source", "target"):
        columns[f"{end}_name"] = [names.get(key, key) for key in columns[end]]
    return pd.DataFrame(columns, dtype=object)


_Link = tuple[str, str, str, str, str, str]


def _events(tables: Tables) -> Iterator[_Link]:
    sides: dict[tuple[str, str], dict[str, list[str]]] = {}
    of = tables["event_participants"]
    columns = (cells(of, name) for name in ("event_id", "article_id", "role", "actor_id"))
    for event, article, role, actor in zip(*columns, strict=True):
        sides.setdefault((event, article), {}).setdefault(role, []).append(actor)
    for (event, article), roles in sides.items():
        doers, others = (sorted(set(roles.get(role, ()))) for role in ("actor", "recipient"))
        pairs = [(doer, other) for doer in doers for other in others] if others else list(combinations(doers, 2))
        for source, target in pairs:
            yield source, target, "event", "events", event, article


def _quotes(tables: Tables) -> Iterator[_Link]:
    frame = tables["quotes"]
    for source, target, key, article in zip(
        *(cells(frame, name) for name in ("speaker_id", "addressee_id", "quote_id", "article_id")), strict=True
    ):
        if source is not None and target is not None:
            yield source, target, "quote", "quotes", key, article


def _money(tables: Tables) -> Iterator[_Link]:
    frame = tables["financial_figures"]
    for source, target, key, article in zip(
        *(cells(frame, name) for name in ("payer_id", "payee_id", "figure_id", "article_id")), strict=True
    ):
        if source is not None and target is not None:
            yield source, target, "money", "financial_figures", key, article


def _draw(colours: Theme) -> Json:
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [0, WIDTH], "nice": False}, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [HEIGHT, 0], "nice": False}, "axis": None}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(KINDS), "range": [colours.grey, colours.blue, colours.orange]},
        "legend": {"title": None, "symbolType": "stroke", "symbolStrokeWidth": 3},
    }
    ends = [
        {
            "lookup": end,
            "from": {"data": {"name": "nodes"}, "key": "actor_id", "fields": ["x", "y"]},
            "as": [f"x_{end}", f"y_{end}"],
        }
        for end in ("source", "target")
    ]
    lines = [
        summed(["source", "target", "source_name", "target_name", "kind"], n="count"),
        *ends,
        keep("isValid(datum.x_source) && isValid(datum.x_target)"),
        calculate("aside", "(indexof(['event', 'quote', 'money'], datum.kind)) * 3.5"),
        calculate(
            "long", "max(1, sqrt(pow(datum.x_target - datum.x_source, 2) + pow(datum.y_target - datum.y_source, 2)))"
        ),
        calculate("right", "-(datum.y_target - datum.y_source) / datum.long * datum.aside"),
        calculate("down", "(datum.x_target - datum.x_source) / datum.long * datum.aside"),
        *[
            calculate(name, f"datum.{axis}_{end} + datum.{aside}")
            for name, axis, end, aside in (
                ("x", "x", "source", "right"),
                ("y", "y", "source", "down"),
                ("x2", "x", "target", "right"),
                ("y2", "y", "target", "down"),
            )
        ],
        calculate("told", "datum.source_name + ' → ' + datum.target_name"),
    ]
    ink = {"type": "nominal", "field": "kind"}
    return {
        "height": HEIGHT,
        "layer": [
            {
                "data": {"name": "links"},
                "transform": lines,
                "mark": {"type": "rule", "strokeCap": "round"},
                "encoding": {
                    "x": x,
                    "y": y,
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "color": colour,
                    "strokeDash": ink
                    | {"scale": {"domain": list(KINDS), "range": [[1, 0], [6, 4], [1, 4]]}, "legend": None},
                    "strokeWidth": {
                        "field": "n",
                        "type": "quantitative",
                        "scale": {"type": "sqrt", "range": [1.2, 7], "domainMin": 1},
                        "legend": None,
                    },
                    "tooltip": tooltip(("told", "Between"), ("kind", "By"), ("n", "Rows")),
                },
            },
            {
                "data": {"name": "nodes"},
                "transform": [keep("isValid(datum.x)")],
                "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": colours.paper, "strokeWidth": 1.5},
                "encoding": {
                    "x": x,
                    "y": y,
                    "size": {
                        "field": "links",
                        "type": "quantitative",
                        "scale": {"range": [60, 900], "domainMin": 0},
                        "legend": None,
                    },
                    "shape": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {
                            "domain": ["person", "organization", "country", "group"],
                            "range": ["circle", "square", "diamond", "triangle-up"],
                        },
                        "legend": {"title": None, "symbolFillColor": colours.green, "symbolStrokeWidth": 0},
                    },
                    "color": {"value": colours.green},
                    "tooltip": tooltip(("name", "Actor"), ("kind", "Kind"), ("links", "Rows that join it")),
                },
            },
            {
                "data": {"name": "nodes"},
                "transform": [keep("isValid(datum.x)")],
                "mark": {
                    "type": "text",
                    "fontSize": 11,
                    "dy": 18,
                    "limit": 130,
                    "stroke": colours.paper,
                    "strokeWidth": 3,
                    "strokeJoin": "round",
                },
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
            {
                "data": {"name": "nodes"},
                "transform": [keep("isValid(datum.x)")],
                "mark": {"type": "text", "fontSize": 11, "dy": 18, "limit": 130},
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
        ],
        "resolve": {"scale": {"color": "independent", "shape": "independent"}},
    }
