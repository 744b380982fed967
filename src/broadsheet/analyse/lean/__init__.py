"""The pass of a small pipeline, run leanly: the same weights, rules and moves, hence the same tokens."""

from broadsheet.analyse.lean.run import Lean, lean

__all__ = ["Lean", "lean"]
