"""People and bodies that annotated news articles name: their kind and country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class NewsActor:
    """A row of ``news_actors.csv``, which ``broadsheet.quality.training.actors`` writes from the gold.

    Attributes:
        kind: ``person``, ``organization`` or ``group``.
        country_code: Nationality or seat; ``None`` for a body of many countries or where the gold does not know it.
        articles: Number of articles with the name.
    """

    kind: str
    country_code: str | None
    articles: int


@cache
def news_actors() -> Mapping[str, NewsActor]:
    """Name or alias in lower case, without article and punctuation, to the actor."""
    return MappingProxyType(
        {r["name"]: NewsActor(r["kind"], r["country_code"] or None, int(r["articles"])) for r in table("news_actors")}
    )


def plain_name(name: str) -> str:
    """A name as the table has it: lower case, words and figures joined by blanks, without an article before it."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold().replace("’s", "").replace("'s", "")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
