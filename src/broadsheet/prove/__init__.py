"""Proves the validation: damages a valid package in every way of a catalogue and asks whether each was caught."""

from __future__ import annotations

from broadsheet.prove.damage import Operator, Reach
from broadsheet.prove.mistakes import CONTENT
from broadsheet.prove.outcome import Outcome, Proof
from broadsheet.prove.run import CATALOGUE, prove

__all__ = ["CATALOGUE", "CONTENT", "Operator", "Outcome", "Proof", "Reach", "prove"]
