"""``broadsheet validate``: validates a data package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import check_outside
from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.cli.sources import sidecar_of, sources_of
from broadsheet.corpus.building import jobs_of
from broadsheet.publishing.checksums import parse_hash
from broadsheet.publishing.exchange import placed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.quality.validation import Report

INVALID = 1


def validate(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the package is invalid, or has warnings and ``--strict`` is given.

    Raises:
        InputError: If the folder is not a Broadsheet package, or a source cannot be read.
    """
    for option, path in (("--junit", options.junit), ("--html", options.html)):
        if path is not None:
            check_outside(options.package, path, option)
    jobs = jobs_of(options.jobs)
    expect = parse_hash(options.expect, "--expect") if options.expect is not None else None
    suites = _suites(options.suite)
    sources = sources_of(options.package, options.source, options.encoding, options.max_characters)
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"validating {options.package}")
        from broadsheet.quality.valid_rows import extract_articles
        from broadsheet.quality.validation.package import Settings, validate_package

        settings = Settings(
            rebuild=None if options.no_rebuild else extract_articles,
            suites=suites,
            cross_check=options.cross_check,
            expect=expect,
            sidecar=sidecar_of(options.source),
            jobs=jobs,
            progress=lambda done, total: progress.count(done, total, "validating", "validated"),
        )
        report = validate_package(options.package, sources, settings)
    from broadsheet.quality.validation.groups import is_valid

    valid = is_valid(report, strict=options.strict)
    _write_reports(options, report)
    if options.json:
        streams.say_json({**report.to_dict(strict=options.strict), "strict": options.strict})
    elif not valid or not options.quiet:
        streams.say(report.render(streams.terminal_width(), strict=options.strict, styled=streams.is_styled()))
    return 0 if valid else INVALID


def _suites(paths: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    if not paths:
        return {}
    from broadsheet.quality.validation.user_suites import read_suites

    return read_suites(paths)


def _write_reports(options: argparse.Namespace, report: Report) -> None:
    """Writes the reports that the options request."""
    if options.junit is not None:
        from broadsheet.quality.validation.junit import junit

        _write(options.junit, junit(report, strict=options.strict))
    if options.html is not None:
        from broadsheet.quality.validation.page import page

        _write(options.html, page(report, str(options.package), strict=options.strict))


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise InputError(str(path), "no such file or directory", "create its folder first")
    with placed(path) as new:
        new.write_text(text, encoding="utf-8", newline="\n")
