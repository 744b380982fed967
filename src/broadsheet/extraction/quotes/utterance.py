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
    """A stretch that someone utters.

    Attributes:
        quote: The stretch.
        context: Its properties.
        source: Head of the noun phrase that names the speaker; None if no one is named.
        cue: The cue word.
        how: The construction.
        continues: Index of the quote that this one continues without a cue of its own.
        uttered: Why it counts as speech.
        ranked: The rule by which the noun phrase names the speaker; None if the layout does.
    """

    quote: Quotation
    context: QuoteContext
    source: int | None
    cue: int | None
    how: str
    continues: int | None
    uttered: Rule
    ranked: Rule | None = None
