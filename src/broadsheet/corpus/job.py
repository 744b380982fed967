"""The inputs of a corpus run: its options, and the receiver of its progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.publishing.descriptor import PackageInfo
from broadsheet.reading.inputs import InputOptions

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.corpus.engines import Engine


class Progress(Protocol):
    """Receives the progress of a run."""

    def step(self, doing: str) -> None:
        """A step begins."""

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Some of a total are done."""

    def warn(self, problem: str) -> None:
        """Something is wrong, and the run works around it."""

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Some articles of a total are done; the receiver works out the speed and the time left."""


@dataclass(frozen=True, slots=True)
class CorpusJob:
    """The options of a run.

    Attributes:
        sources: Files, folders, globs, or ``-``.
        out: The package folder.
        work: The work folder.
        options: How to read the sources.
        info: The package's metadata.
        model: The spaCy pipeline.
        jobs: Number of processes.
        engine: What runs the extraction; processes on this machine if None.
        csv: Whether to write each part as CSV too.
        add: Whether to add the sources to the articles of earlier runs.
        force: Whether to discard the output of another extractor or model.
        fail_fast: Whether to stop at the first source that cannot be read.
        validate: Whether to validate the package before publishing it.
    """

    sources: tuple[Path | str, ...]
    out: Path
    work: Path
    options: InputOptions = field(default_factory=InputOptions)
    info: PackageInfo = field(default_factory=PackageInfo)
    model: str = DEFAULT_MODEL
    jobs: int = 1
    engine: Engine | None = None
    csv: bool = False
    add: bool = False
    force: bool = False
    fail_fast: bool = False
    validate: bool = True
