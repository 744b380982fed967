"""Specifications as charts of Altair, which shows them in notebooks and saves them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

Json = dict[str, Any]

_OF_THE_WHOLE = ("autosize", "background", "config", "padding", "params", "usermeta")
"""Properties of a specification that only a chart has that stands alone."""


def chart(spec: Json, datasets: Mapping[str, list[Json]], moving: Json | None = None) -> alt.TopLevelMixin:
    """A layered specification and its data as a chart.

    What Altair need not see joins the specification when it is shown or saved:

    - The data, since Altair checks all of a chart against the schema of Vega-Lite each time, which takes seconds for
      the lines of a corpus. Their names tell their content, so that two charts of one picture can stand side by side.
    - What belongs to the whole, since Altair refuses to join charts that have it. Among it are the parameters of the
      mouse, since Altair would number what they belong to as charts are made, and no two runs would be alike.

    Args:
        spec: The specification.
        datasets: Name of a data set to its lines.
        moving: The specification that ``interactive()`` gives a chart of; None where it changes nothing.

    Raises:
        InputError: If Altair, or what saves its charts, is not installed.
    """
    altair = need_altair()
    names = {name: f"{name}-{_digest(rows)}" for name, rows in datasets.items()}
    named = {names[name]: rows for name, rows in datasets.items()}
    whole = {key: spec[key] for key in _OF_THE_WHOLE if key in spec}

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
            """The chart that follows the mouse, where the picture has one."""
            return self if moving is None else chart(moving, datasets)

    made: alt.TopLevelMixin = Chart.from_dict(
        {key: _renamed(part, names) for key, part in spec.items() if key not in _OF_THE_WHOLE}, validate=False
    )
    return made


def merged(first: Json, second: Json) -> Json:
    """Both of two specifications; where they contradict each other, the second."""
    result = first | second
    for key in first.keys() & second.keys():
        if isinstance(first[key], dict) and isinstance(second[key], dict):
            result[key] = merged(first[key], second[key])
    return result


def _digest(rows: list[Json]) -> str:
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def _renamed(spec: Any, names: Mapping[str, str]) -> Any:
    """A specification whose data have other names."""
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
        InputError: If it, or what saves its charts, is not installed.
    """
    try:
        import altair
        import vl_convert  # noqa: F401  what saves as SVG and PNG, and finds places
    except ImportError as error:
        raise InputError(
            "tables.plot", f"{error.name} is not installed", 'install it: pip install "broadsheet[plot]"'
        ) from error
    return altair
