"""How a clause is told, and which rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from broadsheet.extraction.found import Rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token

Status = Literal["occurred", "ongoing", "planned", "denied"]

OCCURRED = Rule("events.status.occurred")
"""Nothing in the clause or above it makes the event one to come, lasting or denied."""

MADE = Rule("events.status.made")
"""A demand, charge, refusal or threat has occurred once it is made."""

_TABLES = {
    "denied": "event_operators", "plan_verb": "event_operators", "plan_noun": "event_operators",
    "planned_word": "event_modifiers",
}  # fmt: skip
"""Reasons of a status that an entry of a reference table gives."""


@dataclass(frozen=True, slots=True)
class Reality:
    """How a clause is told.

    Attributes:
        status: As in the table; None for what the article does not say to be or to come.
        negated: The clause itself is negated, in the past or present.
        refused: It is negated and lies ahead (``will not attend``).
        conditional: What is to come depends on a condition that the sentence names.
        attempted: It was tried.
        speaker: The verb of saying that it depends on.
        why: Which rule gave the status, without ``events.status.`` before it; empty where none but the default did.
        word: The word that made it fire.
    """

    status: Status | None
    negated: bool = False
    refused: bool = False
    conditional: bool = False
    attempted: bool = False
    speaker: Token | None = None
    why: str = ""
    word: Token | None = None

    @property
    def rule(self) -> Rule:
        """What gave the status."""
        if not self.why or self.word is None:
            return OCCURRED
        file = _TABLES.get(self.why, "")
        entry = self.word.lower if self.why == "planned_word" else self.word.lemma
        return Rule(f"events.status.{self.why}", (("word", self.word.span),), file, entry if file else "")
