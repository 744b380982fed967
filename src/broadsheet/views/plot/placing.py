"""Lays out the network of actors: forces push actors apart and pull linked ones together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Json = dict[str, Any]

MOST = 40
"""The number of actors that are shown: those with the most links, ties broken by key."""

WIDTH, HEIGHT = 680, 520
"""The size of the layout, in pixels of a picture of that width."""

EDGE = 60
"""Margin on the left and right, for the names."""


def placing() -> Json:
    """The Vega specification that gives ``nodes`` their ``x`` and ``y``; it draws only points.

    Its data sets are empty: ``nodes`` takes ``actor_id``, and ``links`` takes ``source`` and ``target``, one record for
    each linked pair.
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
    """The expression that scales a field to a range; equal values go to its middle."""
    span = f"({extent}[1] - {extent}[0])"
    inner = f"{first} + (datum.{field} - {extent}[0]) / {span} * {last - first}"
    return f"{span} > 0 ? {inner} : {(first + last) / 2}"


def place(data: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The data sets of the network, with only the shown actors in ``nodes``, each with its ``x`` and ``y``.

    The page follows the same rule: count the links of each actor, as source or target; take the :data:`MOST` actors
    with the most, ties broken by the code points of ``actor_id``; pass them to :func:`placing` in that order, and each
    linked pair of them once, ordered by source and target.
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
    """The items of the only mark, in any group."""
    if item.get("marktype") == "symbol":
        return list(item["items"])
    return [found for part in item.get("items", ()) for found in _symbols(part)]
