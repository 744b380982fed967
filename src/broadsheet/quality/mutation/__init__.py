"""Proves the validation: damages a valid package in every way of a catalogue and asks whether each was caught."""

from __future__ import annotations

from broadsheet.quality.mutation.catalogue import CONTENT
from broadsheet.quality.mutation.damage import Operator, Reach
from broadsheet.quality.mutation.outcome import Outcome, Proof
from broadsheet.quality.mutation.run import CATALOGUE, prove

__all__ = ["CATALOGUE", "CONTENT", "Operator", "Outcome", "Proof", "Reach", "prove"]
