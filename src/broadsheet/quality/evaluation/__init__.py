"""Scores extraction against gold: how often it is right, and what it gets wrong."""

from broadsheet.quality.evaluation.gold import Gold, read_gold
from broadsheet.quality.evaluation.measure import Count, Fault, Scores
from broadsheet.quality.evaluation.run import Evaluation, evaluate

__all__ = ["Count", "Evaluation", "Fault", "Gold", "Scores", "evaluate", "read_gold"]
