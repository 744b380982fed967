"""``broadsheet cite``: prints the citation of a package, or of a row of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.api.packages import cite as cite_package
from broadsheet.cli import streams

if TYPE_CHECKING:
    import argparse


def cite(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0.

    Raises:
        InputError: If the folder is not a Broadsheet package, or no table has the row.
    """
    streams.say(cite_package(options.package, form=options.format, row=options.row))
    return 0
