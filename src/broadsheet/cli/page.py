"""``broadsheet page``: writes a package as an HTML page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.cli.sources import sidecar_of, sources_of

if TYPE_CHECKING:
    import argparse

INVALID = 1


def page(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the package is invalid; its page is written anyway.

    Raises:
        InputError: If the package or a source cannot be read, or the page cannot be written.
    """
    from broadsheet.quality.valid_rows import extract_articles
    from broadsheet.quality.validation.groups import count
    from broadsheet.quality.validation.package import Settings
    from broadsheet.views.page import write_page

    sources = sources_of(options.package, options.source, options.encoding, options.max_characters)
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"reading and validating {options.package}")
        settings = Settings(
            rebuild=extract_articles if options.rebuild else None,
            sidecar=sidecar_of(options.source),
            progress=lambda done, total: progress.count(done, total, "validating", "validated"),
        )
        written = write_page(options.package, sources, options.out, settings)
    if written.strangers:
        streams.complain(f"{count(written.strangers, 'text')} of the sources: no article of {options.package}")
    if options.json:
        content = asdict(written) | {"path": str(written.path)}
        streams.say_json(content | {"bytes": content.pop("size")})
    elif not options.quiet:
        streams.say(f"Written to {written.path}.")
    return 0 if written.valid else INVALID
