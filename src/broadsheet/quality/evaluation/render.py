"""Renders scores as text and as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.quality.evaluation.intervals import Interval
    from broadsheet.quality.evaluation.measure import Count, Fault, Scores
    from broadsheet.quality.evaluation.run import Evaluation


def render(evaluation: Evaluation, faults: int = 0, *, intervals: bool = False) -> str:
    """Renders the measures as a table, and the first ``faults`` faults of each measure with their context.

    Args:
        evaluation: The scores.
        faults: Number of faults of each measure to show.
        intervals: Whether to show the 95 % interval of F1 or of a field's share.
    """
    lines: list[str] = []
    for name, scores in evaluation.scores.items():
        cases = evaluation.cases[name]
        spans = evaluation.intervals(name) if intervals else None
        heads = f"  {'':26} {'P':>6} {'R':>6} {'F1':>6}" + ("  95 % interval" if intervals else "")
        lines += [f"{name}: {cases} case{'' if cases == 1 else 's'}", heads]
        lines += [_line(measure, count, spans, field=measure in scores.fields) for measure, count in _ordered(scores)]
        shown: dict[str, int] = {}
        for fault in scores.faults:
            shown[fault.measure] = shown.get(fault.measure, 0) + 1
            if shown[fault.measure] <= faults:
                lines += _fault(fault)
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _ordered(scores: Scores) -> list[tuple[str, Count]]:
    """Returns the measures by table, rows before fields."""
    tables = {measure: re.split(r"[.+]", measure)[0] for measure in scores.counts}
    places = {table: place for place, table in enumerate(dict.fromkeys(tables.values()))}
    return sorted(scores.counts.items(), key=lambda item: (places[tables[item[0]]], item[0] in scores.fields))


def _line(measure: str, count: Count, spans: Mapping[str, Interval] | None, *, field: bool) -> str:
    """Renders a measure: precision, recall and F1 for rows; the share of found rows that are right for a field."""
    ends = spans and spans.get(measure)
    interval = "" if spans is None else f"  {ends[0]:.3f} to {ends[1]:.3f}" if ends else f"  {'-':14}"
    if field:
        return f"  {measure:26} {'':6} {'':6} {_share(count.recall)}{interval}   {count.right} of {count.asked}"
    figures = f"{_share(count.precision)} {_share(count.recall)} {_share(count.f1)}{interval}"
    return f"  {measure:26} {figures}   {count.right} right, {count.given} given, {count.asked} asked"


def _share(value: float | None) -> str:
    return f"{'-':>6}" if value is None else f"{value:6.3f}"


def _fault(fault: Fault) -> list[str]:
    sides = {"missed": f"gold {_value(fault.gold)}", "spurious": f"given {_value(fault.given)}"}
    detail = sides.get(fault.kind, f"gold {_value(fault.gold)}, given {_value(fault.given)}")
    lines = [f"    {fault.measure}, {fault.where}, {fault.kind}: {fault.row}", f"      {detail}"]
    return [*lines, f"      {fault.context}"] if fault.context else lines


def _value(value: object) -> str:
    """Renders a value of a fault as text."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_value(v)}" for key, v in value.items() if v not in (None, [], False))
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    return "none" if value is None else str(value)


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Returns measures (with the 95 % interval of F1 if there are several cases) and faults as plain data."""
    spans = {name: evaluation.intervals(name) for name in evaluation.scores}
    return {
        name: {
            "cases": evaluation.cases[name],
            "measures": {
                measure: {
                    "of": "field" if measure in scores.fields else "row",
                    "right": count.right,
                    "given": count.given,
                    "asked": count.asked,
                    "precision": _rounded(count.precision),
                    "recall": _rounded(count.recall),
                    "f1": _rounded(count.f1),
                    "f1_interval": [round(end, 4) for end in spans[name].get(measure, ())] or None,
                }
                for measure, count in _ordered(scores)
            },
            "faults": [
                {
                    "measure": fault.measure,
                    "kind": fault.kind,
                    "where": fault.where,
                    "row": fault.row,
                    "gold": fault.gold,
                    "given": fault.given,
                    "context": fault.context,
                }
                for fault in scores.faults
            ],
        }
        for name, scores in evaluation.scores.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
