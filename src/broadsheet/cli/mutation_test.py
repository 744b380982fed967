"""``broadsheet mutation-test``: runs validation on corrupted copies of a valid package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.reading import read_all

if TYPE_CHECKING:
    import argparse

SURVIVED = 1


def mutation_test(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if a mutant that validation can catch was not caught.

    Raises:
        InputError: If the folder holds no valid Broadsheet package, or a source cannot be read.
    """
    sources = read_all(options.source, encoding=options.encoding, max_characters=options.max_characters)
    with Progress(quiet=options.quiet) as progress:
        progress.step(f"testing the validation of {options.package}")
        from broadsheet.quality.mutation import prove as run

        proof = run(
            options.package,
            sources,
            seed=options.seed,
            sample=options.sample,
            operators=options.operator,
            content=True if options.content else None,
            progress=progress.tried,
        )
    if options.json:
        streams.say_json(proof.to_dict())
    elif proof.survivors or not options.quiet:
        streams.say(proof.render())
    return SURVIVED if proof.survivors else 0
