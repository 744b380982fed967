"""Where the actors of the network stand: forces push them apart and pull those together who are joined."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Json = dict[str, Any]

MOST = 40
"""So many actors are shown: those with the most links, of equals those whose key comes first."""

WIDTH, HEIGHT = 680, 520
"""The field that they are placed on, in units that are pixels where a picture is as wide."""

EDGE = 60
"""So far from its sides they stay, so that their names have room."""


def placing() -> Json:
    """The Vega specification whose run gives ``nodes`` their ``x`` and ``y``; it draws no more than their places.

    Its data sets are empty: ``nodes`` takes ``actor_id``, ``links`` takes ``source`` and ``target``, a line for each
    pair that is joined.
    """
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "padding": 0,
        "data": [
            {"name": "links", "values": []},
            {
                "name": "nodes",
                "values": [],
                "transform": [
                    {"type": "formula", "as": "middle", "expr": str(WIDTH / 2)},
                    {"type": "formula", "as": "centre", "expr": str(HEIGHT / 2)},
                    {
                        "type": "force",
                        "static": True,
                        "iterations": 300,
                        "forces": [
                            {"force": "center", "x": WIDTH / 2, "y": HEIGHT / 2},
                            {"force": "x", "x": "middle", "strength": 0.04},
                            {"force": "y", "y": "centre", "strength": 0.1},
                            {"force": "nbody", "strength": -320},
                            {"force": "collide", "radius": 42},
                            {"force": "link", "links": "links", "id": "actor_id", "distance": 70},
                        ],
                    },
                    {"type": "extent", "field": "x", "signal": "across"},
                    {"type": "extent", "field": "y", "signal": "down"},
                    {"type": "formula", "as": "x", "expr": _stretched("x", "across", EDGE, WIDTH - EDGE)},
                    {"type": "formula", "as": "y", "expr": _stretched("y", "down", 20, HEIGHT - 40)},
                ],
            },
        ],
        "marks": [
            {
                "type": "symbol",
                "from": {"data": "nodes"},
                "encode": {"enter": {"x": {"field": "x"}, "y": {"field": "y"}, "size": {"value": 1}}},
            }
        ],
    }


def _stretched(field: str, extent: str, first: int, last: int) -> str:
    """The expression that spreads a field over a stretch; what is all at one place comes into its middle."""
    span = f"({extent}[1] - {extent}[0])"
    inner = f"{first} + (datum.{field} - {extent}[0]) / {span} * {last - first}"
    return f"{span} > 0 ? {inner} : {(first + last) / 2}"


def place(data: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The data sets of the network, ``nodes`` with the actors alone that are shown, each with its ``x`` and ``y``.

    The rule, which the page follows too: count for each actor the lines of ``links`` that have it as source or target;
    take the :data:`MOST` with the most, of equals those whose ``actor_id`` is first in the order of code points; hand
    them in that order to :func:`placing`, and of the links each pair of shown actors once, in the order of source and
    target.
    """
    import pandas as pd

    links, nodes = data["links"], data["nodes"]
    degree = Counter([*links["source"], *links["target"]])
    shown = sorted(degree, key=lambda actor: (-degree[actor], actor))[:MOST]
    kept = set(shown)
    pairs = sorted({(s, t) for s, t in zip(links["source"], links["target"], strict=True) if s in kept and t in kept})
    places = _run(shown, pairs)
    rows = {row["actor_id"]: row for row in nodes.to_dict("records")}
    placed = [rows[actor] | {"x": x, "y": y} for actor, (x, y) in zip(shown, places, strict=True)]
    return {"links": links, "nodes": pd.DataFrame(placed, dtype=object)}


def _run(shown: list[str], pairs: list[tuple[str, str]]) -> list[tuple[float, float]]:
    import vl_convert

    spec = placing()
    spec["data"][0]["values"] = [{"source": source, "target": target} for source, target in pairs]
    spec["data"][1]["values"] = [{"actor_id": actor} for actor in shown]
    graph = vl_convert.vega_to_scenegraph(spec)["scenegraph"]
    return [(round(item["x"], 2), round(item["y"], 2)) for item in _symbols(graph)]


def _symbols(item: Any) -> list[Json]:
    """The items of the only mark, wherever the groups around it hold it."""
    if item.get("marktype") == "symbol":
        return list(item["items"])
    return [found for part in item.get("items", ()) for found in _symbols(part)]
