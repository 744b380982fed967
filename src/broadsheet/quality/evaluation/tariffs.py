"""Scores rows of ``tariffs``: the right fields of a row, the similarity of two rows, and the count of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.measure import Count
from broadsheet.quality.evaluation.pairing import Pairs, allowed, fit, fit_number, plain, shared, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Row = Mapping[str, Any]

PRODUCT_LIKENESS = 0.3
_EMPTY = frozenset(
    [
        *("the", "a", "an", "and", "or", "of", "other", "certain", "some", "all", "most", "many", "various", "new"),
        *("imported", "product", "good", "import", "item", "commodity", "merchandise"),
    ]
)
"""Words that do not name a product."""
_STRICT = 10.0
"""More than any sum of similarities, so that the number of strict pairs comes before their similarity."""


class TariffJudge:
    """Compares rows of ``tariffs`` with the gold.

    Args:
        gold: The gold of the article.
        who: Returns the gold's name of the actor with a given id.
    """

    def __init__(self, gold: Row, who: Callable[[str | None], str | None]) -> None:
        self._names = {actor["name"] for actor in gold["actors"]}
        self._who = who

    def fields(self, gold: Row, row: Row) -> dict[str, float]:
        """Returns the score of each field that the gold states."""
        made = {
            "action": 1.0 if gold.get("action_any") else fit(gold, "action", row["action"]),
            "rate": fit_number(gold, "rate", number(row["rate_percent"])),
            "measure": fit(gold, "measure", row["measure"]),
            "status": fit(gold, "status", row["status"]),
        }
        if gold.get("is_retaliation") is not None:
            made["retaliation"] = fit(gold, "is_retaliation", row["is_retaliation"])
        if "rate_before" in gold:
            made["rate_before"] = fit_number(gold, "rate_before", number(row["rate_before_percent"]))
        if "rate_approximation" in gold:
            made["rate_approximation"] = fit(gold, "rate_approximation", row["rate_approximation"])
        if "additional" in gold:
            made["additional"] = fit(gold, "additional", row["rate_is_additional"])
        if effective := gold.get("effective_on", gold.get("effective")):
            made["effective"] = fit({**gold, "effective_on": effective}, "effective_on", day(row["effective_on"]))
        if gold.get("applies_to") in self._names:
            made["company"] = fit(gold, "applies_to", self._who(row["applies_to_id"]))
        return made

    def loose(self, gold: Row, row: Row) -> float:
        """Returns the similarity of two rows if imposer, target and product are right; else 0."""
        product = max(_product_likeness(option, row["product"]) for option in allowed(gold, "product"))
        target = fit(gold, "target", row["target_code"])
        if not fit(gold, "imposer", row["imposer_code"]) or not target or product < PRODUCT_LIKENESS:
            return 0.0
        exact = 0.1 * (plain(gold.get("product")) == plain(row["product"])) + 0.1 * target
        verdicts = self.fields(gold, row)
        return product + exact + 0.5 * (verdicts["action"] + verdicts["rate"]) + 0.2 * sum(verdicts.values())

    def strict(self, gold: Row, row: Row) -> float:
        """Also requires action, rate and, if the gold names one, the company to be right; else 0."""
        loose, verdicts = self.loose(gold, row), self.fields(gold, row)
        right = verdicts["action"] and verdicts["rate"] and verdicts.get("company", 1.0)
        return _STRICT + loose if loose and right else 0.0

    def shown(self, row: Row, field: str) -> object:
        """Returns a field of a row as faults show it."""
        columns = {
            "rate": "rate_percent",
            "rate_before": "rate_before_percent",
            "retaliation": "is_retaliation",
            "additional": "rate_is_additional",
            "effective": "effective_on",
        }
        if field == "company":
            return self._who(row["applies_to_id"])
        value = row[columns.get(field, field)]
        if field in ("rate", "rate_before"):
            return number(value)
        return day(value) if field == "effective" else value


GOLD_FIELDS = {"retaliation": "is_retaliation", "effective": "effective_on", "company": "applies_to"}
"""Maps each measure whose field has another name in the gold to that name."""


def clauses(golds: Sequence[Row], rows: Sequence[Row], pairs: Pairs[Row]) -> Count:
    """Counts clauses instead of rows: a clause counts as found if at least half of its rows are paired."""
    asked: dict[object, list[int]] = {}
    for i, gold in enumerate(golds):
        if not gold.get("optional"):
            asked.setdefault(gold.get("group") or (gold.get("evidence"), gold.get("nth")), []).append(i)
    given: dict[object, list[int]] = {}
    for j, row in enumerate(rows):
        given.setdefault((row["char_start"], row["char_end"]), []).append(j)
    taken = set(pairs.links.values())
    found = sum(2 * sum(i in pairs.links for i in members) >= len(members) for members in asked.values())
    wrong = sum(2 * sum(j in taken for j in members) < len(members) for members in given.values())
    return Count(found, found + wrong, len(asked))


def _product_likeness(gold: str | None, product: str | None) -> float:
    """Returns the share of common words, without generic words; 1 if neither names a product."""
    one, other = ([w for w in words(x) if w not in _EMPTY] for x in (gold, product))
    return shared(one, other) if one or other else 1.0


def day(value: object) -> str | None:
    """Formats a day as ISO 8601."""
    return None if value is None else str(value)[:10]


def number(value: Any) -> float | None:
    """Converts an exact decimal to a float, as in gold."""
    return None if value is None else float(value)
