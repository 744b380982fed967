"""Builds a data package from articles: reads, extracts, curates, validates, and writes it if it is valid.

Up to a thousand articles are held in memory and make a package of one file per table; more of them make a partitioned
package, through a work folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.analysis.loading import installed_models
from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.base.pool import workers
from broadsheet.base.safe_files import folder_place
from broadsheet.base.scratch import scratch_folder
from broadsheet.curation import Curated, Curation, curate, read_curation
from broadsheet.publishing import PackageInfo, check_target, write_package
from broadsheet.publishing.checksums import package_hash
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
from broadsheet.reading.inputs import InputOptions, Limits, Reject, Unit, columns_taken, is_named_text
from broadsheet.reading.sample import sample_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.corpus.engines import Engine
    from broadsheet.corpus.index import Index
    from broadsheet.corpus.log import Counts
    from broadsheet.corpus.run import CorpusJob, Outcome, Progress
    from broadsheet.quality.validation import Report
    from broadsheet.tables.frames import TableSet

DEFAULT_OUT = Path("package")
MOST_IN_MEMORY = 1_000
"""So many articles are held in memory at once, and make a package of one file a table."""
MOST_JOBS = 1_024
_SHOWN = 3
"""The columns taken are reported for at most this many sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """The options of a build.

    Attributes:
        sources: Files, folders, patterns, or ``-``; the sample article if there are none.
        article: Metadata that hold for every article.
        package: What was said of the package.
        encoding: Encoding of the files, where it is not UTF-8.
        columns: Role to column, for tables and JSON.
        format: Format of the sources, where it is not to be detected.
        max_characters: The most code points that an article may have.
        in_place: Whether the output folder may hold other files.
        layout: ``auto``, ``package`` or ``partitioned``.
        csv: Whether a partitioned package is written as CSV too.
        jobs: Number of processes; one per processor if None.
        work: The work folder; beside the output folder if None.
        add: Whether articles are added to those of earlier runs.
        force: Whether articles that another version extracted are extracted again, and an output folder with files
            that Broadsheet did not write is replaced.
        fail_fast: Whether the first source that cannot be read ends the build.
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
    """What a build is asked to do.

    Attributes:
        articles: The articles.
        info: What the package says of itself.
        out: The folder to write.
        in_place: Whether that folder may hold other files.
        model: The spaCy pipeline, None for the default.
        curation: The corrections to apply, if any.
        jobs: Number of processes.
        reading: What else was read, where the sources were not all named articles: then an article on which a parser
            fails is a reject.
        force: Whether the folder is replaced whatever it holds.
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
    """What was read of folders, dumps and crawls: the articles of a job, and what could not be read."""

    index: Index
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a job: the articles and tables, the verdict, and what was left out."""

    articles: tuple[Article, ...]
    curated: Curated
    report: Report
    counts: Counts | None = None
    log: Mapping[str, bytes] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()


def build(options: BuildOptions, progress: Progress) -> tuple[Job, Built | Outcome]:
    """Builds a package.

    Returns:
        The job, and what came of it: ``Outcome`` for a partitioned package. Nothing is written if it is invalid.

    Raises:
        InputError: If an article, a sidecar or an option is wrong, or the package cannot be written.
    """
    if options.address is not None and options.engine != "ray":
        raise InputError("--address", "is of use with --engine ray alone", "give both, or neither")
    if is_of_named_articles(options):
        job = read_job(options)
        return job, build_package(job, progress)
    return build_corpus(options, progress)


def is_of_named_articles(options: BuildOptions) -> bool:
    """Whether all sources are files of plain text that the user has named one by one: each of them must be good."""
    asked = options.format or options.add or options.work or options.fail_fast
    if asked or options.engine != "local" or options.layout == "partitioned" or options.columns:
        return False
    return len(options.sources) <= MOST_IN_MEMORY and all(is_named_text(Path(source)) for source in options.sources)


def build_package(job: Job, progress: Progress) -> Built:
    """Extracts, curates, validates and writes a package whose articles are in memory.

    Raises:
        InputError: If the package cannot be written.
    """
    _check_out(job, progress)
    built = _built(job, progress)
    if not built.report.valid:
        return built
    progress.step(f"writing {job.out}")
    write_package(
        built.curated.tables, job.out, job.info, in_place=job.in_place, more=built.log, force=job.force
    )
    # The run log is listed too, and was not complete when the tables were validated.
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
        _say_columns(corpus, progress)
        index = run.read()
        rejects = run.rejects()
        if _is_partitioned(options, len(index), is_new=run.is_new):
            _refuse_package_options(job)
            return job, run.finish()
        articles = tuple(Spool(index))
    if run.is_new:
        # It was needed for the reading alone.
        rmtree(corpus.work)
    job = replace(job, articles=articles, reading=Reading(index, tuple(rejects)))
    return job, build_package(job, progress)


def read_job(options: BuildOptions) -> Job:
    """The articles and options, read and checked.

    Raises:
        InputError: If any of them is wrong.
    """
    paths = [Path(source) for source in options.sources] or [sample_path()]
    said, given = options.package, options.article
    articles = read_all(
        paths,
        published_on=given.published_on,
        title=given.title,
        publisher=given.publisher,
        authors=given.authors,
        url=given.url,
        language=given.language,
        encoding=options.encoding,
        max_characters=options.max_characters,
    )
    beside = merge_package_options((str(sidecar_path(path)), read_sidecar(path).package) for path in paths)
    package = said.over(beside)
    if package.model is not None and package.model != said.model and package.model not in installed_models():
        raise InputError(
            f"model {package.model}", "is not installed, as what a sidecar names has to be", "give --model"
        )
    return job_of(options, package, articles)


def job_of(options: BuildOptions, package: PackageOptions, articles: tuple[Article, ...]) -> Job:
    """The job that is to be done with the articles."""
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
        InputError: If it is none.
    """
    if jobs is None:
        return workers()
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError("--jobs", f"{jobs} is no number of processes", "give 1 or more")
    return jobs


def _built(job: Job, progress: Progress) -> Built:
    """The tables and the verdict on them, before anybody else sees them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from broadsheet.corpus.extraction import DEFECT_FIX
    from broadsheet.corpus.log import log_files
    from broadsheet.corpus.side_by_side import join_tables, join_valid, parse_side_by_side

    model = job.model or DEFAULT_MODEL
    # Behind the checks, since it takes seconds that bad input should not cost.
    progress.step("loading the language model")
    count = partial(progress.count, doing="extracting", did="extracted")
    parsed, defects = parse_side_by_side(job.articles, model, job.jobs, count)
    failed = {defect.article_id: defect.problem for defect in defects}
    articles = tuple(article for article in job.articles if article.article_id not in failed)
    if failed and (job.reading is None or not articles):
        first = next(article for article in job.articles if article.article_id in failed)
        raise InputError(first.title or first.article_id, failed[first.article_id], DEFECT_FIX)
    progress.step("validating")
    tables = join_tables(parsed, articles, model)
    if job.curation is None:
        curated = Curated(tables)
        report = _validate(job, tables, articles)
    if job.curation is not None or not report.valid:
        # Corrections are written for what extraction gives, which is without the rows that break a rule.
        curated = _curate(job, join_valid(parsed, articles, model))
        report = _validate(job, curated.tables, articles)
    if job.reading is None:
        return Built(articles, curated, report)
    index, rejects = job.reading.index, list(job.reading.rejects)
    places = dict(zip(*(index.kept.column(name).to_pylist() for name in ("article_id", "place")), strict=True))
    rejects += [Reject(places[article], problem, DEFECT_FIX) for article, problem in failed.items()]
    ids = pa.array([article.article_id for article in articles], pa.string())
    good = index.kept.filter(pc.is_in(index.kept.column("article_id"), value_set=ids))
    counts, log = log_files(index, good, rejects, dropped=curated.tables.dropped)
    return Built(articles, curated, report, counts, log, tuple(rejects))


def _validate(job: Job, tables: TableSet, articles: tuple[Article, ...]) -> Report:
    """The verdict on the package's files, all levels, before anybody else sees them."""
    from broadsheet.quality.validation.package import Settings, validate_package

    with scratch_folder() as folder:
        staged = folder / "package"
        try:
            write_package(tables, staged, job.info)
        except InputError as error:
            raise InputError(str(folder), error.problem, "name another folder in TMPDIR") from error
        return validate_package(staged, articles, Settings(just_made=True))


def _curate(job: Job, tables: TableSet) -> Curated:
    return Curated(tables) if job.curation is None else curate(tables, job.curation)


def _check_out(job: Job, progress: Progress) -> None:
    """Refuses a folder that is not ours to replace, and says what a build replaces."""
    if job.in_place:
        folder_place(job.out)
    elif replaced := check_target(job.out, force=job.force):
        progress.step(f"{job.out} holds {replaced}, which this build replaces")


def _say_columns(corpus: CorpusJob, progress: Progress) -> None:
    """Says which columns of the named tables are taken for what: nobody should have to guess."""
    for path in map(Path, corpus.sources[:_SHOWN]):
        taken = columns_taken(Unit(str(path), path), corpus.options) if path.is_file() else {}
        if taken:
            progress.step(f"reading {path}: {', '.join(f'{role} from {column}' for role, column in taken.items())}")


def _is_partitioned(options: BuildOptions, articles: int, *, is_new: bool) -> bool:
    """Whether to make a partitioned package: of many articles, or where one was made before."""
    if options.layout != "auto":
        return options.layout == "partitioned"
    return articles > MOST_IN_MEMORY or not is_new or options.engine != "local"


def _corpus_job(options: BuildOptions, job: Job) -> CorpusJob:
    from broadsheet.corpus.run import CorpusJob

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
    """Refuses what only a package of one file per table can have."""
    for option, given in (("--curation", job.curation is not None), ("--in-place", job.in_place)):
        if given:
            raise InputError(option, "is not for a partitioned package", "leave it out, or give --layout package")
