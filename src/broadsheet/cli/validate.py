"""``broadsheet validate``: a data package, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.cli.terminal import terminal_width
from broadsheet.read import read_all

if TYPE_CHECKING:
    import argparse

INVALID = 1


def validate(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the package is invalid.

    Raises:
        InputError: If the folder holds no package of ours, or a source cannot be read.
    """
    sources = read_all(options.source, encoding=options.encoding)
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"validating {options.package}")
        from broadsheet.validate import validate_package

        report = validate_package(options.package, sources)
    if options.json:
        streams.say_json(report.to_dict())
    elif not report.valid or not options.quiet:
        streams.say(report.render(terminal_width()))
    return 0 if report.valid else INVALID
