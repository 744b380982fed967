"""A quoted stretch with its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.quoted_document import Quotation


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch that someone utters, and why (``uttered``).

    ``source`` is the head of the noun phrase that names the speaker, if any, ``cue`` the cue word, ``how`` the
    construction, and ``ranked`` the rule by which the phrase names the speaker, unless the layout does. ``continues``
    is the index of the quote that this one continues without a cue of its own.
    """

    quote: Quotation
    context: QuoteContext
    source: int | None
    cue: int | None
    how: str
    continues: int | None
    uttered: Rule
    ranked: Rule | None = None
