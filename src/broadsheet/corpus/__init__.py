"""Builds a partitioned package from inputs of any size.

A run spools the articles, extracts them into blocks, resolves actors over all of them, and writes the parts. It keeps
the expensive steps in the *work folder* beside the package, so an interrupted run resumes where it stopped and an
addition costs only what it adds. The package depends on the set of articles alone.
"""

from __future__ import annotations

from broadsheet.corpus.job import CorpusJob, Progress
from broadsheet.corpus.run import CorpusRun, Outcome, build_corpus

__all__ = ["CorpusJob", "CorpusRun", "Outcome", "Progress", "build_corpus"]
