"""Scores extraction against gold: accuracy measures, and the errors."""

from broadsheet.quality.evaluation.gold import Gold, read_gold
from broadsheet.quality.evaluation.measure import Count, Fault, Scores
from broadsheet.quality.evaluation.run import Evaluation, evaluate

__all__ = ["Count", "Evaluation", "Fault", "Gold", "Scores", "evaluate", "read_gold"]
