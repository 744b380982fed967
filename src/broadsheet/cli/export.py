"""``broadsheet export``: exports a package to another format."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.cli import streams
from broadsheet.cli.progress import Progress

if TYPE_CHECKING:
    import argparse


def export(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0.

    Raises:
        InputError: If the package cannot be read, or the export cannot be written.
    """
    from broadsheet.publishing.export import export as exported
    from broadsheet.publishing.export import export_database, export_path

    if options.database and (options.to != "postgres" or options.out):
        raise InputError("--database", "goes with --to postgres and without --out", "see broadsheet export --help")
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"exporting {options.package} to {options.to}")
        if options.database:
            place = export_database(options.package, options.database)
        else:
            path = export_path(options.package, options.to, options.out)
            if os.path.exists(path):  # noqa: PTH110 - Path.exists raises for a name that is too long
                progress.step(f"replacing {path}")
            place = str(exported(options.package, options.to, path, force=options.force))
    if options.json:
        streams.say_json({"to": options.to, "path": place})
    elif not options.quiet:
        streams.say(f"Written to {place}.")
    return 0
