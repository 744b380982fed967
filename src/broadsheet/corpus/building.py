"""Builds a data package from articles: reads, extracts, curates, validates, and writes it if it is valid.

Up to a thousand articles are held in memory and make a package of one file per table. More make a partitioned package,
with a work folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.analysis.loading import installed_models
from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.base.errors import DEFECT_FIX, InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.base.pool import workers
from broadsheet.base.safe_files import folder_place
from broadsheet.base.scratch import scratch_folder
from broadsheet.curation import Curated, Curation, curate, read_curation
from broadsheet.publishing import PackageInfo, check_target
from broadsheet.publishing.checksums import package_hash
from broadsheet.publishing.package import package_files, write_files
from broadsheet.reading import (
    Article,
    Metadata,
    PackageOptions,
    merge_package_options,
    read_all,
    read_sidecar,
    sidecar_path,
)
from broadsheet.reading.credits import default_title
from broadsheet.reading.inputs import InputOptions, Limits, Reject, Unit, column_mapping, is_named_text
from broadsheet.reading.sample import sample_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.corpus.engines import Engine
    from broadsheet.corpus.index import Index
    from broadsheet.corpus.job import CorpusJob, Progress
    from broadsheet.corpus.log import Counts
    from broadsheet.corpus.run import Outcome
    from broadsheet.quality.validation import Report
    from broadsheet.tables.frames import TableSet

DEFAULT_OUT = Path("package")
MOST_IN_MEMORY = 1_000
"""The most articles that are held in memory and make a package with one file per table."""
MOST_JOBS = 1_024
_SHOWN = 3
"""The columns taken are reported for at most this many sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """The options of a build.

    Attributes:
        sources: Files, folders, patterns, or ``-``; the sample article if there are none.
        article: Metadata for every article.
        package: Options about the package.
        encoding: Encoding of the files; UTF-8 if None.
        columns: Role to column, for tables and JSON.
        format: Format of the sources; detected if None.
        max_characters: The most code points that an article may have.
        in_place: Whether the output folder may hold other files.
        layout: ``auto``, ``package`` or ``partitioned``.
        csv: Whether to write a partitioned package as CSV too.
        jobs: Number of processes; one per processor if None.
        work: The work folder; beside the output folder if None.
        add: Whether to add the articles to those of earlier runs.
        force: Whether to extract articles of another version again, and to replace an output folder that has files
            that Broadsheet did not write.
        fail_fast: Whether to stop at the first source that cannot be read.
        engine: ``local`` or ``ray``.
        address: Address of the Ray cluster.
    """

    sources: tuple[Path | str, ...] = ()
    article: Metadata = field(default_factory=Metadata)
    package: PackageOptions = field(default_factory=PackageOptions)
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    max_characters: int = MAX_CHARACTERS
    in_place: bool = False
    layout: str = "auto"
    csv: bool = False
    jobs: int | None = None
    work: Path | None = None
    add: bool = False
    force: bool = False
    fail_fast: bool = False
    engine: str = "local"
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """The input of a build.

    Attributes:
        articles: The articles.
        info: The package's metadata.
        out: The output folder.
        in_place: Whether that folder may hold other files.
        model: The spaCy pipeline, None for the default.
        curation: The corrections to apply, if any.
        jobs: Number of processes.
        reading: The result of reading, unless all sources were named articles. With it, an article on which a parser
            fails is a reject; without it, an error.
        force: Whether to replace the folder whatever it holds.
    """

    articles: tuple[Article, ...]
    info: PackageInfo
    out: Path
    in_place: bool
    model: str | None
    curation: Curation | None = None
    jobs: int = 1
    reading: Reading | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading folders, dumps and crawls: the articles, and what could not be read."""

    index: Index
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """The result of a job: articles, tables, validation report, the validated files, and what was left out."""

    articles: tuple[Article, ...]
    curated: Curated
    report: Report
    files: Mapping[str, bytes]
    counts: Counts | None = None
    log: Mapping[str, bytes] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()


def build(options: BuildOptions, progress: Progress) -> tuple[Job, Built | Outcome]:
    """Builds a package.

    Returns:
        The job and its result, an ``Outcome`` for a partitioned package. Nothing is written if the package is invalid.

    Raises:
        InputError: If an article, a sidecar or an option is wrong, or the package cannot be written.
    """
    if options.address is not None and options.engine != "ray":
        raise InputError("--address", "needs --engine ray", "give both, or neither")
    if is_of_named_articles(options):
        job = read_job(options)
        return job, build_package(job, progress)
    return build_corpus(options, progress)


def is_of_named_articles(options: BuildOptions) -> bool:
    """Whether all sources are text files that the user named one by one, so that each of them must be valid."""
    for_corpora = options.format or options.add or options.work or options.fail_fast
    if for_corpora or options.engine != "local" or options.layout == "partitioned" or options.columns:
        return False
    return len(options.sources) <= MOST_IN_MEMORY and all(is_named_text(Path(source)) for source in options.sources)


def build_package(job: Job, progress: Progress) -> Built:
    """Builds a package whose articles are in memory.

    Raises:
        InputError: If the package cannot be written.
    """
    _check_out(job, progress)
    built = _built(job, progress)
    if not built.report.valid:
        return built
    progress.step(f"writing {job.out}")
    files = package_files(built.curated.tables, job.info, built.log) if built.log else built.files
    write_files(files, job.out, in_place=job.in_place, force=job.force)
    # The descriptor now lists the run log too, which was not complete at validation.
    return replace(built, report=replace(built.report, sha256=package_hash(job.out)))


def build_corpus(options: BuildOptions, progress: Progress) -> tuple[Job, Built | Outcome]:
    """Builds a package from folders, dumps and crawls.

    Raises:
        InputError: If a source or an option is wrong, or the package cannot be written.
    """
    from broadsheet.corpus.index import Spool
    from broadsheet.corpus.run import CorpusRun

    job = job_of(options, options.package, ())
    _check_out(job, progress)
    corpus = _corpus_job(options, job)
    with CorpusRun(corpus, progress) as run:
        _report_columns(corpus, progress)
        index = run.read()
        rejects = run.rejects()
        if _is_partitioned(options, len(index), is_new=run.is_new):
            _refuse_package_options(job)
            return job, run.finish()
        articles = tuple(Spool(index))
    if run.is_new:
        rmtree(corpus.work)  # only reading needed it
    job = replace(job, articles=articles, reading=Reading(index, tuple(rejects)))
    return job, build_package(job, progress)


def read_job(options: BuildOptions) -> Job:
    """The job for named articles, read and checked.

    Raises:
        InputError: If an article or an option is wrong.
    """
    paths = [Path(source) for source in options.sources] or [sample_path()]
    metadata = options.article
    articles = read_all(
        paths,
        published_on=metadata.published_on,
        title=metadata.title,
        publisher=metadata.publisher,
        authors=metadata.authors,
        url=metadata.url,
        language=metadata.language,
        encoding=options.encoding,
        max_characters=options.max_characters,
    )
    sidecars = merge_package_options((str(sidecar_path(path)), read_sidecar(path).package) for path in paths)
    package = options.package.over(sidecars)
    if package.model not in (None, options.package.model) and package.model not in installed_models():
        raise InputError(
            f"model {package.model}", "is named by a sidecar but not installed", "install it or give --model"
        )
    return job_of(options, package, articles)


def job_of(options: BuildOptions, package: PackageOptions, articles: tuple[Article, ...]) -> Job:
    """The job for some articles."""
    default = PackageInfo()
    info = PackageInfo(
        package.name or default.name,
        package.version or default.version,
        package.created,
        package.title,
        package.creators or (),
        package.license,
        package.description,
        None if options.add else default_title(options.sources),
    )
    return Job(
        articles,
        info,
        package.out or DEFAULT_OUT,
        options.in_place,
        package.model,
        read_curation(package.curation) if package.curation is not None else None,
        jobs_of(options.jobs),
        force=options.force,
    )


def jobs_of(jobs: int | None) -> int:
    """Number of processes.

    Raises:
        InputError: If it is out of range.
    """
    if jobs is None:
        return workers()
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError("--jobs", f"{jobs} is not a number of processes", f"give 1 to {MOST_JOBS:,}")
    return jobs


def _built(job: Job, progress: Progress) -> Built:
    """The tables and their validation report, before anything is written."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from broadsheet.corpus.log import log_files
    from broadsheet.corpus.side_by_side import join_tables, join_valid, parse_side_by_side
    from broadsheet.quality.valid_rows import split_rejected

    model = job.model or DEFAULT_MODEL
    # After the checks, so that bad input fails fast.
    progress.step("loading the language model")
    count = partial(progress.count, doing="extracting", did="extracted")
    parsed, defects = parse_side_by_side(job.articles, model, job.jobs, count)
    failed = {defect.article_id: (defect.problem, DEFECT_FIX) for defect in defects}
    articles = _not_failed(job, failed)
    progress.step("validating")
    tables = join_tables(parsed, articles, model)
    if job.curation is None:
        curated = Curated(tables)
        report, files = _validate(job, tables, articles)
    if job.curation is not None or not report.valid:
        # Corrections refer to what `extract` returns, which has no rows that break a rule.
        tables = join_valid(parsed, articles, model)
        dropped, rejected = split_rejected(tables.dropped)
        failed |= rejected
        articles = _not_failed(job, failed)
        curated = _curate(replace(tables, dropped=dropped), job.curation)
        report, files = _validate(job, curated.tables, articles)
    if job.reading is None:
        return Built(articles, curated, report, files)
    index, rejects = job.reading.index, list(job.reading.rejects)
    places = dict(zip(*(index.kept.column(name).to_pylist() for name in ("article_id", "place")), strict=True))
    rejects += [Reject(places[article], *why) for article, why in failed.items()]
    ids = pa.array([article.article_id for article in articles], pa.string())
    good = index.kept.filter(pc.is_in(index.kept.column("article_id"), value_set=ids))
    counts, log = log_files(index, good, rejects, dropped=curated.tables.dropped)
    return Built(articles, curated, report, files, counts, log, tuple(rejects))


def _not_failed(job: Job, failed: Mapping[str, tuple[str, str]]) -> tuple[Article, ...]:
    """The articles that did not fail.

    Raises:
        InputError: If one failed and all were named, or if all failed.
    """
    articles = tuple(article for article in job.articles if article.article_id not in failed)
    if failed and (job.reading is None or not articles):
        first = next(article for article in job.articles if article.article_id in failed)
        raise InputError(first.title or first.article_id, *failed[first.article_id])
    return articles


def _validate(job: Job, tables: TableSet, articles: tuple[Article, ...]) -> tuple[Report, dict[str, bytes]]:
    """Validates the files of the package in a temporary folder, and returns them."""
    from broadsheet.quality.validation.package import Settings, validate_package

    with scratch_folder() as folder:
        staged = folder / "package"
        files = package_files(tables, job.info)
        try:
            write_files(files, staged)
        except InputError as error:
            raise InputError(str(folder), error.problem, "name another folder in TMPDIR") from error
        return validate_package(staged, articles, Settings(just_made=True)), files


def _curate(tables: TableSet, curation: Curation | None) -> Curated:
    return Curated(tables) if curation is None else curate(tables, curation)


def _check_out(job: Job, progress: Progress) -> None:
    """Refuses a folder that must not be replaced, and reports what the build replaces."""
    if job.in_place:
        folder_place(job.out)
    elif replaced := check_target(job.out, force=job.force):
        progress.step(f"{job.out} holds {replaced}, which this build replaces")


def _report_columns(corpus: CorpusJob, progress: Progress) -> None:
    """Reports how the columns of the named tables are read."""
    for path in map(Path, corpus.sources[:_SHOWN]):
        taken = column_mapping(Unit(str(path), path), corpus.options) if path.is_file() else {}
        if taken:
            progress.step(f"reading {path}: {', '.join(f'{role} from {column}' for role, column in taken.items())}")


def _is_partitioned(options: BuildOptions, articles: int, *, is_new: bool) -> bool:
    """Whether to make a partitioned package: there are many articles, or a work folder of an earlier run."""
    if options.layout != "auto":
        return options.layout == "partitioned"
    return articles > MOST_IN_MEMORY or not is_new or options.engine != "local"


def _corpus_job(options: BuildOptions, job: Job) -> CorpusJob:
    from broadsheet.corpus.job import CorpusJob

    out = job.out.resolve()
    return CorpusJob(
        sources=options.sources or (sample_path(),),
        out=job.out,
        work=options.work or out.with_name(f"{out.name}.work"),
        options=InputOptions(
            options.article, options.encoding, options.columns, options.format, Limits.of(options.max_characters)
        ),
        info=job.info,
        model=job.model or DEFAULT_MODEL,
        jobs=job.jobs,
        engine=_engine(options, job.jobs),
        csv=options.csv,
        add=options.add,
        force=options.force,
        fail_fast=options.fail_fast,
    )


def _engine(options: BuildOptions, jobs: int) -> Engine | None:
    if options.engine == "local":
        return None
    from broadsheet.corpus.ray_engine import RayEngine

    return RayEngine(options.address, jobs)


def _refuse_package_options(job: Job) -> None:
    """Refuses options for packages of one file per table."""
    for option, given in (("--curation", job.curation is not None), ("--in-place", job.in_place)):
        if given:
            raise InputError(option, "is not for a partitioned package", "leave it out, or give --layout package")
