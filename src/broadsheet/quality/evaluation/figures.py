"""Scores `find_amounts` and `find_dates` against short texts with annotated amounts, percentages and dates.

A line of the gold has ``id``, ``source``, ``text``, ``reference_date`` (or null), ``kinds`` (the annotated kinds) and
``gold``. Each item of ``gold`` has ``start``, ``end``, ``kind`` (``money``, ``percent`` or ``date``) and the value:
``value``, ``value_high``, ``currency``, or ``date_start`` and ``date_end``. ``alternatives`` and
``value_alternatives`` hold other accepted values.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.measure import Count, Fault, Scores, around, brief

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

OVERLAP = 0.5
_INSIDE = 0.8
_RANGE_WORDS = (" to ", " and ", "-", "–", "~", "until", "till", "through")


@dataclass(frozen=True, slots=True)
class Item:
    """An extracted amount, percentage or date."""

    start: int
    end: int
    kind: str
    value: Decimal | None = None
    value_high: Decimal | None = None
    currency: str | None = None
    date_start: str | None = None
    date_end: str | None = None


def score_figures(case: Mapping[str, Any], given: Sequence[Item]) -> Scores:
    """Scores one text: ``SOURCE/KIND`` counts exact values, ``SOURCE/KIND.found`` counts matching spans."""
    scores = Scores.empty()
    text = case["text"]
    for kind in case["kinds"]:
        golds = [g for g in case["gold"] if g["kind"] == kind]
        items = _joined(golds, [item for item in given if item.kind == kind])
        links = _align(golds, items)
        right = {i for i, j in links.items() if _exact(golds[i], items[j])}
        measure = f"{case['source']}/{kind}"
        scores.add(measure, Count(len(right), len(items), len(golds)))
        scores.add(f"{measure}.found", Count(len(links), len(items), len(golds)))
        for i, gold in enumerate(golds):
            if i not in right:
                item = items[links[i]] if i in links else None
                fault = "wrong" if i in links else "missed"
                context = around(text, gold["start"], gold["end"])
                scores.faults.append(
                    Fault(measure, fault, case["id"], brief(gold["text"]), _gold_values(gold), _shown(item), context)
                )
        for j, item in enumerate(items):
            if j not in links.values():
                context = around(text, item.start, item.end)
                printed = brief(text[item.start : item.end])
                scores.faults.append(Fault(measure, "spurious", case["id"], printed, None, _shown(item), context))
    return scores


def _joined(golds: Sequence[Mapping[str, Any]], items: list[Item]) -> list[Item]:
    """Merges the items inside one range of the gold, so that its two ends count as the range."""
    for gold in golds:
        if not _is_range(gold):
            continue
        inside = [i for i in items if _common(gold, i) >= _INSIDE * (i.end - i.start)]
        if len(inside) < 2 or max(_overlap(gold, i) for i in inside) >= _INSIDE:
            continue
        first, last = min(inside, key=lambda i: i.start), max(inside, key=lambda i: i.start)
        whole = replace(
            first,
            end=last.end,
            value_high=last.value,
            currency=first.currency or last.currency,
            date_end=last.date_end,
        )
        if _overlap(gold, whole) >= OVERLAP:
            items = [*(i for i in items if i not in inside), whole]
    return items


def _is_range(gold: Mapping[str, Any]) -> bool:
    if "value_high" in gold:
        return True
    named = any(word in gold["text"].lower() for word in _RANGE_WORDS)
    return gold["kind"] == "date" and gold.get("precision") in ("range", "year") and named


def _common(gold: Mapping[str, Any], item: Item) -> int:
    start, end = int(gold["start"]), int(gold["end"])
    return max(0, min(end, item.end) - max(start, item.start))


def _overlap(gold: Mapping[str, Any], item: Item) -> float:
    best = 0.0
    for start, end in [(gold["start"], gold["end"]), *gold.get("alt_spans", ())]:
        both = max(0, min(end, item.end) - max(start, item.start))
        best = max(best, both / (max(end, item.end) - min(start, item.start)))
    return best


def _align(golds: Sequence[Mapping[str, Any]], items: Sequence[Item]) -> dict[int, int]:
    """Maps gold indexes to item indexes, by greatest overlap, then exact values first."""
    pairs = sorted(
        (-_overlap(gold, item), not _exact(gold, item), i, j)
        for i, gold in enumerate(golds)
        for j, item in enumerate(items)
        if _overlap(gold, item) >= OVERLAP
    )
    links: dict[int, int] = {}
    for _, _, i, j in pairs:
        if i not in links and j not in links.values():
            links[i] = j
    return links


def _exact(gold: Mapping[str, Any], item: Item) -> bool:
    if gold["kind"] == "date":
        readings = [[gold["date_start"], gold["date_end"]], *gold.get("alternatives", [])]
        return [item.date_start, item.date_end] in readings
    if not any(_close(item.value, v) for v in [gold["value"], *gold.get("value_alternatives", [])]):
        return False
    high = gold.get("value_high", gold["value"] if item.value_high is not None else None)
    if high is not None and not _close(item.value_high, high):
        return False
    return not gold.get("currency") or item.currency == gold["currency"]


def _close(one: Decimal | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(other)))


def _gold_values(gold: Mapping[str, Any]) -> list[object]:
    names = ("value", "value_high", "currency", "date_start", "date_end")
    return [gold[name] for name in names if gold.get(name) is not None]


def _shown(item: Item | None) -> list[object] | None:
    if item is None:
        return None
    values = (item.value, item.value_high, item.currency, item.date_start, item.date_end)
    return [v if isinstance(v, str) else f"{v:f}" for v in values if v is not None]
