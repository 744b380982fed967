"""The network of actors: who did something with or to whom, spoke to whom, and paid whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from broadsheet.views.plot.marks import calculate, haloed, joined, keep, ranked, read_aloud, summed, tooltip
from broadsheet.views.plot.names import actor_names, cells
from broadsheet.views.plot.picture import Json, Picture
from broadsheet.views.plot.placing import HEIGHT, MOST, WIDTH, place, placing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot.theme import Theme

KINDS = ("event", "quote", "money")

MOST_LINES = 90
"""So many lines are drawn at most: those of the most rows."""

_FIELDS = ("source", "target", "kind", "mutual", "table", "key", "article_id")


def network(tables: TableSet) -> Picture:
    """The picture.

    Its data set ``links`` has a line for each pair of actors that a row of events, quotes or figures joins: an event
    its doers with those it is done to, or, where it is done to nobody, its doers with one another (``mutual``); a quote
    its speaker with whom it is said to; a figure its payer with its payee. ``table`` and ``key`` name the row. A line
    of the picture stands for the rows of its ``source``, ``target`` and ``kind``, a point for the actor of its
    ``actor_id``. ``nodes`` has the actors that are joined; those that are to be shown need an ``x`` and a ``y``, which
    :func:`broadsheet.views.plot.placing.place` finds and a page finds in the same way.
    """
    links, nodes = _links(tables), _nodes(tables)
    joined = {*links["source"], *links["target"]}
    return Picture(
        name="network",
        title="Who deals with whom",
        about=(
            "A point is an actor, larger the more rows join it to others; a line joins two, wider the more rows do: "
            "whole for events, dashed for quotes, dotted for money, its arrow towards whom it is done, said or paid "
            f"to. The {MOST} actors with the most rows are shown."
        ),
        table="actors",
        data={"links": links, "nodes": nodes[nodes["actor_id"].isin(joined)].reset_index(drop=True)},
        answers={"actor_id": "actor_id"},
        draw=_draw,
        placing=placing(),
        place=place,
    )


def _nodes(tables: TableSet) -> pd.DataFrame:
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


def _links(tables: TableSet) -> pd.DataFrame:
    import pandas as pd

    names = actor_names(tables)
    rows = [row for found in (_events(tables), _quotes(tables), _money(tables)) for row in found if row[0] != row[1]]
    columns: dict[str, list[Any]] = {name: [row[at] for row in rows] for at, name in enumerate(_FIELDS)}
    for end in ("source", "target"):
        columns[f"{end}_name"] = [names.get(key, key) for key in columns[end]]
    return pd.DataFrame(columns, dtype=object)


_Link = tuple[str, str, str, bool, str, str, str]


def _events(tables: TableSet) -> Iterator[_Link]:
    sides: dict[tuple[str, str], dict[str, list[str]]] = {}
    of = tables["event_participants"]
    columns = (cells(of, name) for name in ("event_id", "article_id", "role", "actor_id"))
    for event, article, role, actor in zip(*columns, strict=True):
        sides.setdefault((event, article), {}).setdefault(role, []).append(actor)
    for (event, article), roles in sides.items():
        doers, others = (sorted(set(roles.get(role, ()))) for role in ("actor", "recipient"))
        pairs = [(doer, other) for doer in doers for other in others] if others else list(combinations(doers, 2))
        for source, target in pairs:
            yield source, target, "event", not others, "events", event, article


def _quotes(tables: TableSet) -> Iterator[_Link]:
    frame = tables["quotes"]
    for source, target, key, article in zip(
        *(cells(frame, name) for name in ("speaker_id", "addressee_id", "quote_id", "article_id")), strict=True
    ):
        if source is not None and target is not None:
            yield source, target, "quote", False, "quotes", key, article


def _money(tables: TableSet) -> Iterator[_Link]:
    frame = tables["financial_figures"]
    for source, target, key, article in zip(
        *(cells(frame, name) for name in ("payer_id", "payee_id", "figure_id", "article_id")), strict=True
    ):
        if source is not None and target is not None:
            yield source, target, "money", False, "financial_figures", key, article


def _draw(colours: Theme) -> Json:
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [0, WIDTH], "nice": False}, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [HEIGHT, 0], "nice": False}, "axis": None}
    return {"height": HEIGHT, "layer": [*_lines(x, y, colours), *_points(x, y, colours)]}


def _of(end: str, *fields: str) -> Json:
    """What ``nodes`` has of the actor at an end."""
    data = {"data": {"name": "nodes"}, "key": "actor_id", "fields": list(fields)}
    return {"lookup": end, "from": data, "as": [f"{field}_{end}" for field in fields]}


def _line_transforms() -> list[Json]:
    """A line for each pair and kind, beside the others of its pair, between points that are shown."""
    both = ["source", "target", "source_name", "target_name", "kind", "mutual"]
    across = f"(width / {WIDTH})"
    return [
        summed(both, n="count"),
        _of("source", "x", "y"),
        _of("target", "x", "y"),
        keep("isValid(datum.x_source) && isValid(datum.x_target)"),
        ranked("rank", ["-n", "source", "target", "kind"]),
        keep(f"datum.rank <= {MOST_LINES}"),
        calculate("way", "datum.source < datum.target ? 1 : -1"),
        calculate("one", "datum.way == 1 ? datum.source : datum.target"),
        calculate("other", "datum.way == 1 ? datum.target : datum.source"),
        ranked("row", ["kind", "way"], ["one", "other"]),
        joined(["one", "other"], rows="count"),
        calculate("aside", "(datum.row - (datum.rows + 1) / 2) * 5 * datum.way"),
        calculate("dx", f"(datum.x_target - datum.x_source) * {across}"),
        calculate("dy", "datum.y_target - datum.y_source"),
        calculate("long", "max(1, sqrt(datum.dx * datum.dx + datum.dy * datum.dy))"),
        calculate("right", f"-datum.dy / datum.long * datum.aside / {across}"),
        calculate("down", "datum.dx / datum.long * datum.aside"),
        calculate("width", "min(7, 0.4 + 1.2 * sqrt(datum.n))"),
        calculate("x", "datum.x_source + datum.right"),
        calculate("y", "datum.y_source + datum.down"),
        calculate("x2", "datum.x_target + datum.right"),
        calculate("y2", "datum.y_target + datum.down"),
        calculate("told", "datum.source_name + (datum.mutual ? ' – ' : ' → ') + datum.target_name"),
        calculate("aloud", "datum.told + ', ' + datum.kind + ': ' + datum.n + (datum.n == 1 ? ' row' : ' rows')"),
    ]


def _lines(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """What joins actors, with an arrow in its middle where it has a direction."""
    kind = {"field": "kind", "type": "nominal"}
    told = tooltip(("told", "Between"), ("kind", "By"), ("n", "Rows"))
    colour = kind | {
        "scale": {"domain": list(KINDS), "range": [colours.grey, colours.blue, colours.orange]},
        "legend": {"title": None, "symbolType": "stroke", "symbolStrokeWidth": 2.5, "symbolSize": 500},
    }
    dash = kind | {
        "scale": {"domain": list(KINDS), "range": [[1, 0], [6, 3], [2, 3]]},
        "legend": {"title": None, "symbolType": "stroke"},
    }
    width = {"field": "width", "type": "quantitative", "scale": None}
    data = {"data": {"name": "links"}}
    yield data | {
        "transform": _line_transforms(),
        "mark": {"type": "rule", "opacity": 0.75},
        "encoding": {
            "x": x,
            "y": y,
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "color": colour,
            "strokeDash": dash,
            "strokeWidth": width,
            "tooltip": told,
            **read_aloud("aloud"),
        },
    }
    yield data | {
        "transform": [
            *_line_transforms(),
            keep("!datum.mutual"),
            calculate("x", "datum.x * 0.42 + datum.x2 * 0.58"),
            calculate("y", "datum.y * 0.42 + datum.y2 * 0.58"),
            calculate("angle", "atan2(datum.dy, datum.dx) * 180 / PI + 90"),
        ],
        "mark": {"type": "point", "shape": "triangle-up", "filled": True, "size": 50, "opacity": 1, "aria": False},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour,
            "angle": {"field": "angle", "type": "quantitative", "scale": None},
            "tooltip": told,
        },
    }


def _points(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The actors, as large as they are often joined, and their names."""
    data = {"data": {"name": "links"}}
    counted = [
        {"fold": ["source", "target"], "as": ["end", "actor_id"]},
        summed(["actor_id"], links="count"),
        {
            "lookup": "actor_id",
            "from": {"data": {"name": "nodes"}, "key": "actor_id", "fields": ["name", "kind", "x", "y"]},
        },
        keep("isValid(datum.x)"),
        joined([], most="max links"),
        calculate("size", "40 + 500 * datum.links / datum.most"),
        calculate(
            "aloud", "datum.name + ', ' + datum.kind + ': ' + datum.links + (datum.links == 1 ? ' link' : ' links')"
        ),
    ]
    yield data | {
        "transform": counted,
        "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": colours.paper, "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            "y": y,
            "size": {"field": "size", "type": "quantitative", "scale": None},
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
            **read_aloud("aloud"),
        },
    }
    yield from haloed(
        data
        | {
            "transform": [*counted, calculate("y", "datum.y + sqrt(datum.size) / 2 + 3")],
            "mark": {"type": "text", "fontSize": 11, "baseline": "top", "limit": 150, "aria": False},
            "encoding": {"x": x, "y": y, "text": {"field": "name"}},
        },
        colours,
    )
