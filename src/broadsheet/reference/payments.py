"""Verbs of payment, from ``figure_frames.csv``."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def payment_roles() -> Mapping[tuple[str, str], str]:
    """Verb and kind of figure to whether the subject of the active verb is the ``payer`` or the ``payee``."""
    roles: dict[tuple[str, str], set[str]] = {}
    for row in table("figure_frames"):
        if row["slot"] == "subject":
            roles.setdefault((row["cue"], row["kind"]), set()).add(row["role"])
    sure = {key: found.pop() for key, found in roles.items() if len(found) == 1}
    return MappingProxyType({key: role for key, role in sure.items() if role in ("payer", "payee")})
