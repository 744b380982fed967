"""From inputs of any size to a partitioned package: spooled articles, extracted blocks, one identity over all, parts.

Everything that costs time is done once and kept in the *work folder* beside the package, so that a run that was killed
goes on where it was, and an addition costs what it adds. What comes out is a function of the set of articles alone.
"""

from __future__ import annotations

from broadsheet.corpus.run import CorpusJob, CorpusRun, Outcome, build_corpus

__all__ = ["CorpusJob", "CorpusRun", "Outcome", "build_corpus"]
