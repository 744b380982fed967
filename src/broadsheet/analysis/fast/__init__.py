"""Runs a small spaCy pipeline fast: the same weights, rules and moves, hence the same tokens, with exact sums."""

from broadsheet.analysis.fast.run import FastPipeline, fast_pipeline

__all__ = ["FastPipeline", "fast_pipeline"]
