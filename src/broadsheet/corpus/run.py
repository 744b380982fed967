"""A run over a corpus: reads the sources, extracts the articles, and publishes the package."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.base.errors import DEFECT_FIX, InputError
from broadsheet.base.timing import timed
from broadsheet.corpus.blocks import is_whole, read_columns
from broadsheet.corpus.division import divide
from broadsheet.corpus.dropping import RowDropper, with_grounding
from broadsheet.corpus.engines import Local
from broadsheet.corpus.extraction import FEWEST, Extractor, batches
from broadsheet.corpus.index import Index, Spool, Subset, make_index
from broadsheet.corpus.log import Counts, log_files
from broadsheet.corpus.parts import write_parts
from broadsheet.corpus.reading import article_files, read_rejects, read_sources
from broadsheet.corpus.sealed import first_damaged, remove
from broadsheet.corpus.versions import producer_of
from broadsheet.corpus.work import WorkFolder
from broadsheet.publishing.exchange import placed
from broadsheet.publishing.package import check_target
from broadsheet.publishing.partitioned import write_descriptor
from broadsheet.reading.inputs import Reject
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from broadsheet.corpus.job import CorpusJob, Progress
    from broadsheet.identity import Resolved
    from broadsheet.publishing.partitioned import PublishedPart
    from broadsheet.quality.validation import Report
    from broadsheet.tables.dropped import DroppedRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a run.

    Attributes:
        counts: Counts of everything that was read, by outcome.
        rows: Table name to its number of rows.
        extracted: Number of articles that this run extracted; those of earlier runs are not extracted again.
        report: The validation report, if there was one. An invalid package is not published.
        dropped: The rows that were dropped because they break a rule of validation.
        rejects: The inputs that could not be read or extracted.
    """

    counts: Counts
    rows: Mapping[str, int]
    extracted: int
    report: Report | None
    dropped: tuple[DroppedRow, ...] = ()
    rejects: tuple[Reject, ...] = ()


def build_corpus(job: CorpusJob, progress: Progress) -> Outcome:
    """Runs all steps, resuming where an earlier run was interrupted.

    Raises:
        InputError: If a source or an option is wrong, or a folder cannot be used.
    """
    check_target(job.out)
    with CorpusRun(job, progress) as run:
        run.read()
        return run.finish()


class CorpusRun:
    """A run, as a context that holds the lock on its work folder."""

    def __init__(self, job: CorpusJob, progress: Progress) -> None:
        self.job = job
        self.work = WorkFolder(job.work)
        self._progress = progress
        self._producer = producer_of(job.model)
        self._index: Index | None = None
        self.is_new = not job.work.exists()
        self._lock = self.work.locked(self._producer, force=job.force, warn=progress.warn)

    def __enter__(self) -> CorpusRun:
        self._lock.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.__exit__(kind, error, trace)
        if self.is_new and self._index is None:
            # Nothing was read, so there is nothing to resume from.
            rmtree(self.job.work, ignore_errors=True)

    def read(self) -> Index:
        """Reads the sources, unless an earlier run did, and indexes the corpus.

        Raises:
            InputError: If a source does not exist, if the sources hold no article, or at the first reject with
                ``fail_fast``.
        """
        job, progress = self.job, self._progress
        progress.step("reading")
        before = self.work.readings() if job.add else []
        reading = read_sources(
            self.work,
            job.sources,
            job.options,
            jobs=job.jobs,
            fail_fast=job.fail_fast,
            progress=lambda done: progress.rate("reading", done, None),
            warn=progress.warn,
        )
        for name in before:
            if name != reading:
                self.work.check_reading(name)
        readings = [*before, *([reading] if reading not in before else [])]
        self.work.keep_readings(readings)
        index = make_index(article_files(self.work, readings), self.work.shuffle)
        if not len(index):
            raise InputError(", ".join(map(str, job.sources[:3])), "no article could be read", _why(self.rejects()))
        self._index = index
        _log.info("read %s articles", len(index))
        return index

    @property
    def index(self) -> Index:
        """The articles of the corpus.

        Raises:
            ValueError: If the sources have not been read yet.
        """
        if self._index is None:
            raise ValueError("the sources have to be read first")
        return self._index

    def rejects(self) -> list[Reject]:
        """The inputs that could not be read."""
        return read_rejects(self.work, self.work.readings())

    def finish(self) -> Outcome:
        """Extracts the remaining articles and publishes the package.

        Raises:
            InputError: If a folder cannot be used.
        """
        extracted = self._extract()
        good, failed = self._split_by_outcome()
        rejects = [*self.rejects(), *failed]
        if not good.num_rows:
            raise InputError(str(self.job.out), "no article could be extracted", _why(rejects))
        dropper = RowDropper(self.work.shuffle / "fewer", self.job.model)
        before: Report | None = None
        while True:
            outcome, resolved, parts = self._publish(good, rejects, extracted, dropper, before)
            # Only the row that breaks a rule is lost, not its article or the corpus.
            if outcome.report is None or not dropper.drop(outcome.report, resolved, parts):
                return outcome
            good = dropper.extract(self.index, good, self.job.jobs)
            rejects = [*self.rejects(), *failed, *self._rejected(dropper)]
            if not good.num_rows:
                raise InputError(str(self.job.out), "no article keeps the rules of validation", _why(rejects))
            before = outcome.report

    def _extract(self) -> int:
        """Extracts the articles that are in no block yet; returns their number."""
        import pyarrow.compute as pc

        index, job = self.index, self.job
        self._discard_damaged()
        extracted = pc.is_in(index.kept.column("fingerprint"), value_set=_fingerprints(self.work))
        pending = index.kept.filter(pc.invert(extracted))
        total = int(pending.num_rows)
        if not total:
            return 0
        self._progress.step(f"extracting {total:,} of {len(index):,} articles")
        so_far = 0

        def done(articles: int) -> None:
            nonlocal so_far
            so_far += articles
            self._progress.rate("extracting", so_far, total)

        engine = job.engine or Local(min(job.jobs, -(-total // FEWEST)))
        with timed(_log, "extracting %s articles", total):
            engine.run(Extractor(self.work.blocks, job.model), batches(index, pending, job.jobs), done)
        return total

    def _discard_damaged(self) -> None:
        """Removes damaged files of earlier runs."""
        for path in self.work.block_files():
            if not is_whole(path):
                self._progress.warn(f"{path} is damaged: its articles are extracted again")
                remove(path)
        ids = self.work.ids
        if ids.exists() and (bad := first_damaged(ids) if ids.is_dir() else ids) is not None:
            self._progress.warn(f"{bad} is damaged or missing: renamed actors cannot be listed this time")
            remove(ids)

    def _split_by_outcome(self) -> tuple[pa.Table, list[Reject]]:
        """The articles that could be extracted, and the others as rejects."""
        import pyarrow as pa
        import pyarrow.compute as pc

        kept = self.index.kept
        problems: dict[str, str] = {}
        for path in self.work.block_files():
            table = read_columns(path, ["fingerprint", "problem"])
            for row in table.filter(pc.is_valid(table.column("problem"))).to_pylist():
                problems[row["fingerprint"]] = row["problem"]
        if not problems:
            return kept, []
        failed = pc.is_in(kept.column("fingerprint"), value_set=pa.array(sorted(problems), pa.string()))
        rows = kept.filter(failed).select(["fingerprint", "place"]).to_pylist()
        rejects = [Reject(row["place"], problems[row["fingerprint"]], DEFECT_FIX) for row in rows]
        return kept.filter(pc.invert(failed)), rejects

    def _rejected(self, dropper: RowDropper) -> list[Reject]:
        """The articles that are left out because their own row breaks a rule."""
        rows = self.index.kept.select(["article_id", "place"]).to_pylist()
        why = dropper.rejected
        return [Reject(row["place"], *why[row["article_id"]]) for row in rows if row["article_id"] in why]

    def _publish(
        self,
        good: pa.Table,
        rejects: Sequence[Reject],
        extracted: int,
        dropper: RowDropper,
        before: Report | None,
    ) -> tuple[Outcome, Resolved, int]:
        """Writes the package to a temporary folder, validates it, and moves it into place if it is valid.

        Args:
            good: The articles.
            rejects: The inputs that are not in the package.
            extracted: How many articles were extracted.
            dropper: The rows that are dropped.
            before: The previous validation report, if this is not the first attempt.

        Returns:
            The outcome, the identities of the actors, and the number of parts.
        """
        import pyarrow.compute as pc

        from broadsheet.corpus.identities import identify, keep, pairs_of
        from broadsheet.identity.renames import renames

        job, progress = self.job, self._progress
        parts = divide(good, [*self.work.block_files(), *dropper.blocks()])
        progress.step("resolving actors")
        with timed(_log, "identifying actors of %s articles", good.num_rows):
            resolved = identify(parts, self.work.shuffle / "ids")
        renamed = renames(pairs_of(resolved, len(parts), self.work.ids), self.work.shuffle / "renames")
        report = None
        try:
            with placed(job.out) as new:
                with timed(_log, "writing %s parts", len(parts)):
                    files = write_parts(parts, resolved, new, self.work.shuffle, job, progress)
                counts, log = log_files(self.index, good, rejects, renamed, dropper.dropped())
                latest = pc.max(good.column("published_on")).as_py()
                model = self._producer.model
                write_descriptor(new, job.info, files, parts=len(parts), model=model, latest=latest, log=log)
                if job.validate:
                    report = self._validate(new, len(parts), dropper, before)
                    _raise_unless(report.valid)
        except _InvalidError:
            pass
        else:
            keep(resolved, len(parts), self.work.ids)
        outcome = Outcome(counts, _row_counts(files), extracted, report, dropper.dropped(), tuple(rejects))
        return outcome, resolved, len(parts)

    def _validate(self, package: Path, parts: int, dropper: RowDropper, before: Report | None) -> Report:
        from broadsheet.quality.validation.package import Settings, validate_package

        self._progress.step("validating")
        progress = partial(self._progress.count, doing="validating", did="validated")
        settings = Settings(jobs=min(self.job.jobs, parts), progress=progress, just_made=True)
        spool = Spool(self.index)
        if before is None:
            return validate_package(package, spool, settings)
        # An article that lost no row needs no new check against its text.
        changed = dropper.changed
        sources = Subset(spool, changed - set(dropper.rejected))
        return with_grounding(validate_package(package, sources, settings), before, changed)


def _raise_unless(valid: bool) -> None:
    """Raises inside the block that writes a package if it is invalid, so that it is not moved into place."""
    if not valid:
        raise _InvalidError


class _InvalidError(Exception):
    """The package is invalid."""


def _why(rejects: Sequence[Reject]) -> str:
    if not rejects:
        return "name files or folders with articles in them"
    first, n = rejects[0], len(rejects)
    rejected = "1 article was rejected:" if n == 1 else f"{n:,} articles were rejected, first"
    return f"{rejected} {first.place}: {first.problem}; {first.fix}"


def _fingerprints(work: WorkFolder) -> pa.Array:
    """The fingerprints of all articles in blocks."""
    import pyarrow as pa

    found = [read_columns(path, ["fingerprint"]).column(0) for path in work.block_files()]
    chunks = [chunk for column in found for chunk in column.chunks]
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())


def _row_counts(files: Iterable[PublishedPart]) -> dict[str, int]:
    """Table name to number of rows."""
    rows = dict.fromkeys(TABLES, 0)
    for file in files:
        if file.path.endswith(".parquet"):
            rows[file.path.split("/")[1]] += file.rows
    return rows
