"""``broadsheet validate``: a data package, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.cli.terminal import terminal_width
from broadsheet.errors import InputError
from broadsheet.read import read_all

if TYPE_CHECKING:
    import argparse

    from broadsheet.validate import Report

INVALID = 1


def validate(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the package is invalid, or something was noted and ``--strict`` given.

    Raises:
        InputError: If the folder holds no package of ours, or a source cannot be read.
    """
    sources = read_all(options.source, encoding=options.encoding)
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"validating {options.package}")
        from broadsheet.validate.package import Settings, validate_package
        from broadsheet.validate.user_suites import read_suites

        settings = Settings(
            rebuild=not options.no_rebuild, suites=read_suites(options.suite), cross_check=options.cross_check
        )
        report = validate_package(options.package, sources, settings)
    valid = report.valid and not (options.strict and report.warnings)
    _write_reports(options, report)
    if options.json:
        streams.say_json({**report.to_dict(), "valid": valid, "strict": options.strict})
    elif not valid or not options.quiet:
        streams.say(report.render(terminal_width()))
        if report.valid and not valid:
            streams.say("Not valid: warnings count as errors (--strict).")
    return 0 if valid else INVALID


def _write_reports(options: argparse.Namespace, report: Report) -> None:
    """Writes the reports that were asked for; never into the package."""
    inside = options.package.resolve()
    for option, path in (("--junit", options.junit), ("--html", options.html)):
        if path is None:
            continue
        if path.resolve().is_relative_to(inside) and path.resolve().parent.name in ("data", "schemas"):
            raise InputError(f"{option} {path}", "is inside the package", "name a place outside it")
        if option == "--junit":
            from broadsheet.validate.junit import junit

            text = junit(report, strict=options.strict)
        else:
            from broadsheet.validate.page import page

            text = page(report, str(options.package), strict=options.strict)
        try:
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(str(path), (error.strerror or str(error)).lower(), "name another file") from error
