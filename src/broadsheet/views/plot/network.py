"""The network of actors: who did something to whom, spoke to whom, and paid whom."""

from __future__ import annotations

from itertools import chain, combinations, product
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
"""The most lines drawn: those with the most rows."""

_FIELDS = ("source", "target", "kind", "mutual", "table", "key", "article_id")


def network(tables: TableSet) -> Picture:
    """Builds the picture of the network.

    Its data set ``links`` has a record for each pair of actors that an event, quote or figure links: an event links its
    actors with its recipients, or, without recipients, its actors with each other (``mutual``); a quote its speaker
    with its addressee; a figure its payer with its payee. ``table`` and ``key`` name the row. A line represents the
    rows with its ``source``, ``target`` and ``kind``; a point represents the actor with its ``actor_id``. ``nodes`` has
    the linked actors; those to be shown need ``x`` and ``y``, which :func:`broadsheet.views.plot.placing.place` and the
    page compute in the same way.
    """
    links, nodes = _links(tables), _nodes(tables)
    linked = {*links["source"], *links["target"]}
    return Picture(
        name="network",
        title="Who deals with whom",
        about=(
            "A point is an actor and a line links two, larger or wider with more rows: solid for events, dashed for "
            "quotes, dotted for money, with an arrow to the recipient, addressee or payee. The "
            f"{MOST} actors with the most rows are shown."
        ),
        table="actors",
        data={"links": links, "nodes": nodes[nodes["actor_id"].isin(linked)].reset_index(drop=True)},
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
    every = chain(
        _events(tables),
        _pairs(tables, "quote", "quotes", "speaker_id", "addressee_id", "quote_id"),
        _pairs(tables, "money", "financial_figures", "payer_id", "payee_id", "figure_id"),
    )
    rows = [row for row in every if row[0] != row[1]]
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
        doers, recipients = (sorted(set(roles.get(role, ()))) for role in ("actor", "recipient"))
        for source, target in product(doers, recipients) if recipients else combinations(doers, 2):
            yield source, target, "event", not recipients, "events", event, article


def _pairs(tables: TableSet, kind: str, table: str, *columns: str) -> Iterator[_Link]:
    """The links of rows with a source and a target; ``columns`` are those of both, and the key."""
    values = (cells(tables[table], name) for name in (*columns, "article_id"))
    for source, target, key, article in zip(*values, strict=True):
        if source is not None and target is not None:
            yield source, target, kind, False, table, key, article


def _draw(colours: Theme) -> Json:
    x = {"field": "x", "type": "quantitative", "scale": {"domain": [0, WIDTH], "nice": False}, "axis": None}
    y = {"field": "y", "type": "quantitative", "scale": {"domain": [HEIGHT, 0], "nice": False}, "axis": None}
    return {"height": HEIGHT, "layer": [*_lines(x, y, colours), *_points(x, y, colours)]}


def _of(end: str, *fields: str) -> Json:
    """Fields of the actor at one end, from ``nodes``."""
    data = {"data": {"name": "nodes"}, "key": "actor_id", "fields": list(fields)}
    return {"lookup": end, "from": data, "as": [f"{field}_{end}" for field in fields]}


def _line_transforms() -> list[Json]:
    """One line per pair of shown actors and kind; lines of the same pair run side by side."""
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
        calculate("caption", "datum.source_name + (datum.mutual ? ' – ' : ' → ') + datum.target_name"),
        calculate("aloud", "datum.caption + ', ' + datum.kind + ': ' + datum.n + (datum.n == 1 ? ' row' : ' rows')"),
    ]


def _lines(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The links, with an arrow in the middle if they have a direction."""
    kind = {"field": "kind", "type": "nominal"}
    tips = tooltip(("caption", "Between"), ("kind", "By"), ("n", "Rows"))
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
            "tooltip": tips,
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
            "tooltip": tips,
        },
    }


def _points(x: Json, y: Json, colours: Theme) -> Iterator[Json]:
    """The actors, sized by their number of links, and their names."""
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
            "tooltip": tooltip(("name", "Actor"), ("kind", "Kind"), ("links", "Rows that link it")),
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
