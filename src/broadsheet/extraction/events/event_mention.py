"""A mention of an event: the words that name it, its status and who takes part."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.events.status import OCCURRED

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.events.party import Party
    from broadsheet.extraction.events.status import Status
    from broadsheet.extraction.found import Rule


@dataclass(frozen=True, slots=True)
class EventMention:
    """A mention of an event.

    Attributes:
        type: PLOVER type.
        anchor: The verb, noun or adjective that names it.
        trigger: Its words.
        clause: The verb whose clause tells it; the noun itself where there is none.
        status: As in the table.
        actors: Who does it.
        recipients: Whom it is done to.
        noun: The noun that names the event where its verb only stages it.
        telling: The verb of saying that tells it.
        nominal: Whether a noun alone names it.
        typed: What gave the type.
        real: What gave the status.
        worded: How the trigger's words were found: ``verb``, ``noun``, ``word``, ``modal``, ``stay`` or ``measure``.
    """

    type: str
    anchor: Token
    trigger: Span
    clause: Token
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    noun: Token | None = None
    telling: Token | None = None
    nominal: bool = False
    typed: Rule | None = None
    real: Rule = OCCURRED
    worded: str = "verb"


class Taken:
    """Ranges of tokens that tell no event of their own, since another one takes them up."""

    def __init__(self) -> None:
        self._single: set[int] = set()
        self._ranges: list[tuple[int, int, int]] = []

    def token(self, token: Token) -> None:
        """Takes one token."""
        self._single.add(token.i)

    def range(self, first: int, last: int, owner: Token) -> None:
        """Takes tokens ``first`` to ``last`` (exclusive), save the one that owns them."""
        if first < last:
            self._ranges.append((first, last, owner.i))

    def kept(self, sightings: list[EventMention]) -> list[EventMention]:
        """The sightings whose anchor nobody takes."""
        ranges = sorted(self._ranges)
        starts = [r[0] for r in ranges]
        reach: list[int] = []
        for _, last, _ in ranges:
            reach.append(max(last, reach[-1] if reach else 0))

        def taken(place: int) -> bool:
            k = bisect_right(starts, place) - 1
            while k >= 0 and reach[k] > place:
                first, last, owner = ranges[k]
                if first <= place < last and owner != place:
                    return True
                k -= 1
            return False

        return [s for s in sightings if s.anchor.i not in self._single and not taken(s.anchor.i)]
