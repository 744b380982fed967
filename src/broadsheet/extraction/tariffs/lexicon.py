"""The words of trade measures, from the reference tables."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from broadsheet.reference import table
from broadsheet.reference.trade import inflected

FAMILY = MappingProxyType(
    {
        "tariff": "duty",
        "duty": "duty",
        "surtax": "duty",
        "anti_dumping": "duty",
        "countervailing": "duty",
        "safeguard": "duty",
        "quota": "quota",
        "ban": "ban",
        "export_control": "control",
    }
)
"""Kinds of measure: "the levies" can be a surtax or an anti-dumping duty, but no ban."""

SPECIFIC = frozenset({"surtax", "anti_dumping", "countervailing", "safeguard"})
"""Measures that say more than tariff or duty, so that they win where one measure is named by both words."""

_ALSO = frozenset({"import", "export", "kept"})
"""Words that open the gate and name no measure."""


@cache
def gate() -> frozenset[str]:
    """Words in lower case of which a paragraph must have one to be looked at."""
    rows = [row for row in table("trade_measures") if row["part"] == "verb" or " " not in row["words"]]
    known = {row["words"].split()[0] for row in rows}
    return frozenset(form for word in known | _ALSO for form in inflected(word))
