"""Scores extraction against gold: how often it is right, and what it gets wrong."""

from broadsheet.evaluate.gold import Gold, read_gold
from broadsheet.evaluate.measure import Count, Fault, Scores
from broadsheet.evaluate.run import Evaluation, evaluate

__all__ = ["Count", "Evaluation", "Fault", "Gold", "Scores", "evaluate", "read_gold"]
