"""Mutation testing of validation: damages copies of a valid package and checks that validation catches each change."""

from __future__ import annotations

from broadsheet.quality.mutation.catalogue import CONTENT
from broadsheet.quality.mutation.damage import Operator, Reach
from broadsheet.quality.mutation.outcome import Outcome, Proof
from broadsheet.quality.mutation.run import CATALOGUE, prove

__all__ = ["CATALOGUE", "CONTENT", "Operator", "Outcome", "Proof", "Reach", "prove"]
