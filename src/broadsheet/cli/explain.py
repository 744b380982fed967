"""``broadsheet explain``: explains where a row comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.shipped import shipped
from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.cli.sources import sources_of

if TYPE_CHECKING:
    import argparse


def explain(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0; bad input ends in an error.

    Raises:
        InputError: If the package or an article cannot be read, or the package has no row with that key.
    """
    from broadsheet.views.explain import explain as explained
    from broadsheet.views.explain.text import render

    package = options.package or shipped("datapackage.json").parent
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"looking up {options.key}")
        sources = sources_of(package, options.source, options.encoding, options.max_characters)
        explanation = explained(options.key, package, sources, options.source, options.encoding, options.max_characters)
    if options.json:
        streams.say_json(explanation.to_dict())
    elif not options.quiet:
        streams.say(render(explanation, streams.terminal_width(), style=streams.is_styled()))
    return 0
