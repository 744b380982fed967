"""Turns specifications into Altair charts, which notebooks display and which can be saved."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

Json = dict[str, Any]

_TOP_LEVEL = ("autosize", "background", "config", "padding", "params", "usermeta")
"""Properties of a specification that only a standalone chart has."""


def chart(spec: Json, datasets: Mapping[str, list[Json]], moving: Json | None = None) -> alt.TopLevelMixin:
    """A layered specification and its data as a chart.

    Two things are added only when the chart is shown or saved:

    - The data, because Altair validates the whole chart against the schema of Vega-Lite each time, which takes seconds
      for a corpus. The names of data sets include a digest, so that charts with different data can be combined.
    - The top-level properties, because Altair refuses to combine charts that have them. They include the parameters for
      the mouse, whose targets Altair would number in the order in which charts are made.

    Args:
        spec: The specification.
        datasets: Name of a data set to its records.
        moving: The specification of the chart that ``interactive()`` returns; None if it changes nothing.

    Raises:
        InputError: If Altair or vl-convert is not installed.
    """
    altair = need_altair()
    names = {name: f"{name}-{_digest(rows)}" for name, rows in datasets.items()}
    named = {names[name]: rows for name, rows in datasets.items()}
    whole = {key: spec[key] for key in _TOP_LEVEL if key in spec}

    class Chart(altair.LayerChart):  # type: ignore[misc, name-defined]
        """A picture with its data."""

        def to_dict(self, *args: Any, context: Json | None = None, **options: Any) -> Json:
            """The specification with its data."""
            context = {} if context is None else context
            alone = context.get("top_level", True)
            context.setdefault("datasets", {}).update(named)
            result: Json = super().to_dict(*args, context=context, **options)
            return merged(whole, result) if alone else result

        def interactive(self, *args: Any, **options: Any) -> alt.TopLevelMixin:
            """The interactive chart, if the picture has one."""
            return self if moving is None else chart(moving, datasets)

    result: alt.TopLevelMixin = Chart.from_dict(
        {key: _renamed(part, names) for key, part in spec.items() if key not in _TOP_LEVEL}, validate=False
    )
    return result


def merged(first: Json, second: Json) -> Json:
    """Merges two specifications; the second one takes precedence."""
    result = first | second
    for key in first.keys() & second.keys():
        if isinstance(first[key], dict) and isinstance(second[key], dict):
            result[key] = merged(first[key], second[key])
    return result


def _digest(rows: list[Json]) -> str:
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def _renamed(spec: Any, names: Mapping[str, str]) -> Any:
    """A specification with renamed data sets."""
    if isinstance(spec, list):
        return [_renamed(part, names) for part in spec]
    if not isinstance(spec, dict):
        return spec
    if spec.keys() == {"name"}:
        return {"name": names.get(spec["name"], spec["name"])}
    return {key: _renamed(part, names) for key, part in spec.items()}


def need_altair() -> Any:
    """Altair.

    Raises:
        InputError: If it or vl-convert is not installed.
    """
    try:
        import altair
        import vl_convert  # noqa: F401  saves charts as SVG and PNG, and lays out the network
    except ImportError as error:
        raise InputError(
            "tables.plot", f"{error.name} is not installed", 'install it: pip install "broadsheet[plot]"'
        ) from error
    return altair
