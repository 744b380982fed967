"""A run over a corpus, from its sources to a package that is in place: the steps in their order."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING, Protocol

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.base.errors import DEFECT_FIX, InputError
from broadsheet.base.timing import timed
from broadsheet.corpus.blocks import columns_of, is_whole
from broadsheet.corpus.code import maker_of
from broadsheet.corpus.division import divide
from broadsheet.corpus.engines import Engine, Local
from broadsheet.corpus.extraction import FEWEST, Extractor, batches
from broadsheet.corpus.fewer import FewerRows, with_grounding
from broadsheet.corpus.index import Index, Some, Spool, make_index
from broadsheet.corpus.log import Counts, log_files
from broadsheet.corpus.parts import write_parts
from broadsheet.corpus.reading import article_files, read_rejects, read_sources
from broadsheet.corpus.sealed import broken, remove
from broadsheet.corpus.work import WorkFolder
from broadsheet.publishing.descriptor import PackageInfo
from broadsheet.publishing.exchange import placed
from broadsheet.publishing.package import check_target
from broadsheet.publishing.partitioned import write_descriptor
from broadsheet.reading.inputs import InputOptions, Reject
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from broadsheet.identity import Resolved
    from broadsheet.publishing.partitioned import PublishedPart
    from broadsheet.quality.validation import Report
    from broadsheet.tables.dropped import DroppedRow

_log = logging.getLogger(__name__)


class Progress(Protocol):
    """Who is told how a run goes on."""

    def step(self, doing: str) -> None:
        """Says what begins."""

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Says how many of how many are done."""

    def warn(self, problem: str) -> None:
        """Says what is wrong, and what is done about it."""

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Says how many articles of how many are done, with what speed, and how long the rest will take."""


@dataclass(frozen=True, slots=True)
class CorpusJob:
    """What a run is asked to do.

    Attributes:
        sources: Files, folders, globs, or ``-``.
        out: The folder of the package.
        work: The work folder.
        options: How to read the sources.
        info: What the package says of itself.
        model: The spaCy pipeline.
        jobs: Number of processes.
        engine: Who extracts; processes on this machine if None.
        csv: Whether each part is written as CSV too.
        add: Whether the articles of earlier runs stay in the corpus, so that the sources are an addition to it.
        force: Whether what another extractor or model made is thrown away.
        fail_fast: Whether the first source that cannot be read ends the run.
        validate: Whether the package is validated before it is put in place.
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run.

    Attributes:
        counts: What became of what was read.
        rows: Table name to its number of rows.
        extracted: How many articles this run extracted; what was there was not extracted again.
        report: The verdict of the validation, where there was one. The package is in place only if it is valid.
        dropped: The rows that were left out, since they break a rule of validation.
        rejects: What could not be read or extracted.
    """

    counts: Counts
    rows: Mapping[str, int]
    extracted: int
    report: Report | None
    dropped: tuple[DroppedRow, ...] = ()
    rejects: tuple[Reject, ...] = ()


def build_corpus(job: CorpusJob, progress: Progress) -> Outcome:
    """Runs all steps, going on where an earlier run was broken off.

    Raises:
        InputError: If a source or an option is wrong, or a folder cannot be used.
    """
    check_target(job.out)
    with CorpusRun(job, progress) as run:
        run.read()
        return run.finish()


class CorpusRun:
    """A run that holds its work folder: a context."""

    def __init__(self, job: CorpusJob, progress: Progress) -> None:
        self.job = job
        self.work = WorkFolder(job.work)
        self._progress = progress
        self._maker = maker_of(job.model)
        self._index: Index | None = None
        self.is_new = not job.work.exists()
        self._held = self.work.held(self._maker, force=job.force, warn=progress.warn)

    def __enter__(self) -> CorpusRun:
        self._held.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.__exit__(kind, error, trace)
        if self.is_new and self._index is None:
            # Nothing was read that another run could go on from.
            rmtree(self.job.work, ignore_errors=True)

    def read(self) -> Index:
        """Reads the sources, unless that was done, and says what the corpus consists of.

        Raises:
            InputError: If a named source does not exist, if there is no article in all of them, or at the first reject
                where that is to end the run.
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
        """What the corpus consists of.

        Raises:
            ValueError: If nothing was read yet.
        """
        if self._index is None:
            raise ValueError("the sources have to be read first")
        return self._index

    def rejects(self) -> list[Reject]:
        """What could not be read."""
        return read_rejects(self.work, self.work.readings())

    def finish(self) -> Outcome:
        """Extracts what is to be extracted, and makes the package.

        Raises:
            InputError: If a folder cannot be used.
        """
        extracted = self._extract()
        good, failed = self._extracted()
        rejects = [*self.rejects(), *failed]
        if not good.num_rows:
            raise InputError(str(self.job.out), "no article could be extracted", _why(rejects))
        fewer = FewerRows(self.work.shuffle / "fewer", self.job.model)
        before: Report | None = None
        while True:
            outcome, resolved, parts = self._publish(good, rejects, extracted, fewer, before)
            # A row that breaks a rule costs itself, neither its article nor the corpus.
            if outcome.report is None or not fewer.drop(outcome.report, resolved, parts):
                return outcome
            good = fewer.extract(self.index, good, self.job.jobs)
            rejects = [*self.rejects(), *failed, *self._rejected(fewer)]
            if not good.num_rows:
                raise InputError(str(self.job.out), "no article keeps the rules of validation", _why(rejects))
            before = outcome.report

    def _extract(self) -> int:
        """Extracts what no block has yet; how many articles that were."""
        import pyarrow.compute as pc

        index, job = self.index, self.job
        self._discard_damaged()
        done = pc.is_in(index.kept.column("fingerprint"), value_set=_fingerprints(self.work))
        pending = index.kept.filter(pc.invert(done))
        total = int(pending.num_rows)
        if not total:
            return 0
        self._progress.step(f"extracting {total:,} of {len(index):,} articles")
        so_far = 0

        def tell(articles: int) -> None:
            nonlocal so_far
            so_far += articles
            self._progress.rate("extracting", so_far, total)

        engine = job.engine or Local(min(job.jobs, -(-total // FEWEST)))
        with timed(_log, "extracting %s articles", total):
            engine.run(Extractor(self.work.blocks, job.model), batches(index, pending, job.jobs), tell)
        return total

    def _discard_damaged(self) -> None:
        """Removes what earlier runs left and is not as they wrote it."""
        for path in self.work.block_files():
            if not is_whole(path):
                self._progress.warn(f"{path} is damaged: its articles are extracted again")
                remove(path)
        ids = self.work.ids
        if ids.exists() and (bad := broken(ids) if ids.is_dir() else ids) is not None:
            self._progress.warn(f"{bad} is damaged or missing: which actors were renamed is not known this time")
            remove(ids)

    def _extracted(self) -> tuple[pa.Table, list[Reject]]:
        """The articles that could be extracted, and the others as rejects."""
        import pyarrow as pa
        import pyarrow.compute as pc

        kept = self.index.kept
        bad: dict[str, str] = {}
        for path in self.work.block_files():
            table = columns_of(path, ["fingerprint", "problem"])
            for row in table.filter(pc.is_valid(table.column("problem"))).to_pylist():
                bad[row["fingerprint"]] = row["problem"]
        if not bad:
            return kept, []
        failed = pc.is_in(kept.column("fingerprint"), value_set=pa.array(sorted(bad), pa.string()))
        places = kept.filter(failed).select(["fingerprint", "place"]).to_pylist()
        rejects = [Reject(row["place"], bad[row["fingerprint"]], DEFECT_FIX) for row in places]
        return kept.filter(pc.invert(failed)), rejects

    def _rejected(self, fewer: FewerRows) -> list[Reject]:
        """The articles that are left out because their own row breaks a rule."""
        rows = self.index.kept.select(["article_id", "place"]).to_pylist()
        why = fewer.rejected
        return [Reject(row["place"], *why[row["article_id"]]) for row in rows if row["article_id"] in why]

    def _publish(
        self,
        good: pa.Table,
        rejects: Sequence[Reject],
        extracted: int,
        fewer: FewerRows,
        before: Report | None,
    ) -> tuple[Outcome, Resolved, int]:
        """Writes the package beside its place, validates it there, and puts it in place if it is valid.

        Args:
            good: The articles.
            rejects: What is not in the package.
            extracted: How many articles were extracted.
            fewer: The rows that are left out of them.
            before: What the last validation found, before the last of these rows were left out.

        Returns:
            What came of it, who is who, and the number of parts.
        """
        import pyarrow.compute as pc

        from broadsheet.corpus.identities import identify, keep, pairs_of
        from broadsheet.identity.renames import renames

        job, progress = self.job, self._progress
        division = divide(good, [*self.work.block_files(), *fewer.blocks()])
        progress.step("finding who is who")
        with timed(_log, "identifying actors of %s articles", good.num_rows):
            resolved = identify(division, self.work.shuffle / "ids")
        changed = renames(pairs_of(resolved, division.parts, self.work.ids), self.work.shuffle / "renames")
        report = None
        try:
            with placed(job.out) as new:
                with timed(_log, "writing %s parts", division.parts):
                    files = write_parts(division, resolved, new, self.work.shuffle, job, progress)
                counts, log = log_files(self.index, good, rejects, changed, fewer.dropped())
                latest = pc.max(good.column("published_on")).as_py()
                model = self._maker.model
                write_descriptor(new, job.info, files, parts=division.parts, model=model, latest=latest, log=log)
                if job.validate:
                    report = self._validate(new, division.parts, fewer, before)
                    _give_up_unless(report.valid)
        except _InvalidError:
            pass
        else:
            keep(resolved, division.parts, self.work.ids)
        outcome = Outcome(counts, _rows(files), extracted, report, fewer.dropped(), tuple(rejects))
        return outcome, resolved, division.parts

    def _validate(self, package: Path, parts: int, fewer: FewerRows, before: Report | None) -> Report:
        from broadsheet.quality.validation.package import Settings, validate_package

        self._progress.step("validating")
        progress = partial(self._progress.count, doing="validating", did="validated")
        settings = Settings(jobs=min(self.job.jobs, parts), progress=progress, just_made=True)
        spool = Spool(self.index)
        if before is None:
            return validate_package(package, spool, settings)
        # An article that has lost no row agrees with its text as before.
        changed = fewer.changed
        sources = Some(spool, changed - set(fewer.rejected))
        return with_grounding(validate_package(package, sources, settings), before, changed)


def _give_up_unless(valid: bool) -> None:
    """Leaves the block in which a package is written, such that it is not put in place."""
    if not valid:
        raise _InvalidError


class _InvalidError(Exception):
    """Leaves what was in place as it was."""


def _why(rejects: Sequence[Reject]) -> str:
    if not rejects:
        return "name files or folders with articles in them"
    first = rejects[0]
    return f"of {len(rejects):,} rejects the first is {first.place}: {first.problem}; {first.mend}"


def _fingerprints(work: WorkFolder) -> pa.Array:
    """The fingerprints of all articles that some block has."""
    import pyarrow as pa

    found = [columns_of(path, ["fingerprint"]).column(0) for path in work.block_files()]
    chunks = [chunk for column in found for chunk in column.chunks]
    return pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())


def _rows(files: Iterable[PublishedPart]) -> dict[str, int]:
    """Table name to number of rows."""
    rows = dict.fromkeys(TABLES, 0)
    for file in files:
        if file.path.endswith(".parquet"):
            rows[file.path.split("/")[1]] += file.rows
    return rows
