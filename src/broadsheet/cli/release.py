"""``broadsheet release``: releases the next version of the dataset at a repository's root."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import inside, read_inside
from broadsheet.base.scratch import scratch_folder
from broadsheet.cli import streams
from broadsheet.cli.credits import credit_options
from broadsheet.cli.diff import show
from broadsheet.cli.progress import Progress
from broadsheet.cli.sources import sidecar_of
from broadsheet.curation import curate, read_curation
from broadsheet.publishing import PackageInfo, write_package
from broadsheet.publishing.exchange import recover, replace_files
from broadsheet.publishing.package import CURATION, MOST_BYTES_OF_TEXT
from broadsheet.publishing.release.plan import (
    CHANGELOG,
    CITATION,
    NEW_CHANGELOG,
    Plan,
    blocked_by_changes,
    plan,
)
from broadsheet.publishing.release.record import RELEASES
from broadsheet.publishing.release.repository import Repository
from broadsheet.reading import PackageOptions, metadata, read_all
from broadsheet.reading.credits import default_title

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from broadsheet.publishing.release.snapshot import Snapshot
    from broadsheet.quality.validation import Report
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

BLOCKED = 1


def release(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0 if it is released, now or already before; 1 if something blocks it.

    Raises:
        InputError: If an article or option is wrong, or the files cannot be written.
    """
    root: Path = options.root
    recover(root)
    articles = read_all(options.articles)
    repository = Repository(root)
    if not repository.exists():
        raise InputError(str(root), "is not the top of a git repository with a commit", "commit the dataset first")
    before = repository.committed()
    with Progress(quiet=options.quiet) as progress:
        progress.step("loading the language model")
        try:
            tables = _tables(articles, options.curation or inside(root, CURATION), progress)
        except InputError as error:
            if "stale" not in error.problem:
                raise
            return _refuse([f"stale correction: {error}"], options)
        info = _info(options, before, repository)
        planned = plan(
            tables,
            info,
            before,
            changelog=_lying(root / CHANGELOG) or NEW_CHANGELOG,
            committed={path: _committed(repository, path) for path in (CITATION, CHANGELOG, RELEASES)},
            version=metadata.check_version(options.version, "--version") if options.version else None,
        )
        blockers = [*planned.blockers, *blocked_by_changes(repository.changed(), planned.files)]
        progress.step("validating")
        blockers += _invalid(tables, planned, articles, info)
        if blockers:
            return _refuse(blockers, options)
        if not options.dry_run:
            progress.step(f"writing {root}")
            replace_files(root, planned.files)
    _tell(planned, before, options)
    return 0


def _tables(articles: tuple[Article, ...], curation: Path, progress: Progress) -> TableSet:
    from broadsheet.quality.valid_rows import extract_articles

    tables = extract_articles(articles, progress=progress.count)
    return curate(tables, read_curation(curation)).tables if os.path.lexists(curation) else tables


def _info(options: argparse.Namespace, before: Snapshot | None, repository: Repository) -> PackageInfo:
    """The metadata from the options, else from the articles' sidecars, else from the previous release."""
    day = metadata.check_date(options.date or repository.day(), "--date")
    last = PackageInfo.of(before.descriptor) if before else PackageInfo()
    given = credit_options(options).over(sidecar_of(options.articles) or PackageOptions())
    return PackageInfo(
        last.name,
        created=day,
        title=given.title or last.title,
        creators=last.creators if given.creators is None else given.creators,
        license=given.license or last.license,
        description=given.description or last.description,
        default_title=default_title(options.articles),
    )


def _invalid(tables: TableSet, planned: Plan, articles: tuple[Article, ...], info: PackageInfo) -> list[str]:
    """The validation errors of the planned package; checked with the articles, so that nothing ungrounded passes."""
    from broadsheet.quality.validation import validate_package

    with scratch_folder() as folder:
        target = folder / "package"
        write_package(tables, target, replace(info, version=planned.version, created=date.fromisoformat(planned.day)))
        return _errors(validate_package(target, articles))


def _errors(report: Report) -> list[str]:
    """The validation errors by table and rule, each with their number and the first row."""
    first: dict[tuple[str, str], list[str]] = {}
    for failure in report.errors:
        first.setdefault((failure.table or "package", failure.rule), []).append(failure.key or failure.message)
    return [f"invalid: {table}, {rule}: {len(keys)}, first {keys[0]}" for (table, rule), keys in first.items()]


def _refuse(blockers: list[str], options: argparse.Namespace) -> int:
    if options.json:
        streams.say_json({"released": False, "blockers": blockers})
    else:
        streams.say("\n".join(["Not released:", *(f"  {blocker}" for blocker in blockers)]))
    return BLOCKED


def _tell(planned: Plan, before: Snapshot | None, options: argparse.Namespace) -> None:
    same = before is not None and planned.version == before.version
    if options.json:
        details = planned.difference.to_dict() | {"new": planned.version, "descriptor": list(planned.facts)}
        made = {"version": planned.version, "date": planned.day, "sha256": planned.sha256}
        streams.say_json({"released": not options.dry_run, **made, **details})
    elif not options.quiet:
        streams.say("\n".join(show(replace(planned.difference, new_version=planned.version))))
        if planned.facts:
            streams.say(f"datapackage.json: {', '.join(planned.facts)} changed")
        done = (
            "is the version already; nothing changes"
            if same
            else "would be released"
            if options.dry_run
            else "is written"
        )
        streams.say(f"\n{planned.version} of {planned.day} {done}.\nSHA-256 of datapackage.json: {planned.sha256}")


def _lying(path: Path) -> str:
    try:
        return read_inside(path.parent, path.name, MOST_BYTES_OF_TEXT).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8 text", "save it as UTF-8") from error


def _committed(repository: Repository, path: str) -> str:
    try:
        return repository.content(path).decode("utf-8", "replace")
    except OSError:
        return ""
