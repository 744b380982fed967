"""Specifications as charts of Altair, which shows them in notebooks and saves them."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt

Json = dict[str, Any]


def chart(spec: Json, datasets: Mapping[str, list[Json]]) -> alt.TopLevelMixin:
    """A layered specification and its data as a chart.

    Altair checks a chart against the schema of Vega-Lite whenever it is shown or saved, which takes seconds for the
    lines of a corpus; so they join it behind the check, where Altair adds the data that it keeps by name itself. The
    names tell the data, so that two charts of one picture stand beside each other in a third. So do the parameters of
    the mouse: Altair would number what they belong to as charts are made, and no two runs would be alike.

    Raises:
        InputError: If Altair, or what saves its charts, is not installed.
    """
    altair = _altair()
    names = {name: f"{name}-{_digest(rows)}" for name, rows in datasets.items()}
    named = {names[name]: rows for name, rows in datasets.items()}
    params = spec.get("params")

    class Chart(altair.LayerChart):  # type: ignore[misc, name-defined]
        """A picture with its data."""

        def to_dict(self, *args: Any, context: Json | None = None, **options: Any) -> Json:
            """The specification with its data."""
            context = {} if context is None else context
            alone = context.get("top_level", True)
            context.setdefault("datasets", {}).update(named)
            result: Json = super().to_dict(*args, context=context, **options)
            return result | {"params": params} if alone and params else result

    made: alt.TopLevelMixin = Chart.from_dict(
        _renamed({key: part for key, part in spec.items() if key != "params"}, names)
    )
    return made


def _digest(rows: list[Json]) -> str:
    return sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]


def _renamed(spec: Any, names: Mapping[str, str]) -> Any:
    """A specification whose data have other names."""
    if isinstance(spec, list):
        return [_renamed(part, names) for part in spec]
    if not isinstance(spec, dict):
        return spec
    return {
        key: {"name": names[part["name"]]} if key == "data" and "name" in part else _renamed(part, names)
        for key, part in spec.items()
    }


def _altair() -> Any:
    try:
        import altair
        import vl_convert  # noqa: F401  what saves as SVG and PNG, and finds places
    except ImportError as error:
        raise InputError(
            "tables.plot", f"{error.name} is not installed", 'install it: pip install "broadsheet[plot]"'
        ) from error
    return altair
