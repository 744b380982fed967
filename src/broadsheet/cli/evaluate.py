"""``broadsheet evaluate``: extraction scored against gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.errors import InputError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from broadsheet.tables.frames import Tables

_GOLD_ENDINGS = (".json", ".jsonl", ".jsonl.gz")


def evaluate(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0: scores are figures and no verdict.

    Raises:
        InputError: If gold, package or articles cannot be read.
    """
    from broadsheet.evaluate import evaluate as score
    from broadsheet.evaluate import read_gold
    from broadsheet.evaluate.render import render, to_json

    golds = [read_gold(path) for path in gold_files(options.gold)]
    with Progress(quiet=options.quiet) as progress:
        tables = _tables(options, progress)
        evaluation = score(golds, tables, model=options.model, progress=progress.scored)
    if options.json:
        streams.say_json(to_json(evaluation))
    else:
        streams.say(render(evaluation, options.faults))
    return 0


def gold_files(paths: list[Path]) -> list[Path]:
    """The files, and those inside of folders, in the order of their names.

    Raises:
        InputError: If a folder holds none.
    """
    files: list[Path] = []
    for path in paths:
        inside = [p for p in sorted(path.iterdir()) if p.name.endswith(_GOLD_ENDINGS)] if path.is_dir() else [path]
        if not inside:
            raise InputError(str(path), "holds no gold", "name files that end in .json, .jsonl or .jsonl.gz")
        files += inside
    return files


def _tables(options: argparse.Namespace, progress: Progress) -> Tables | None:
    """The package's tables, or those of the articles, or none: gold that brings its texts needs none."""
    from broadsheet import extract, read_package

    if options.package is not None:
        return read_package(options.package)
    if options.articles is None:
        return None
    folder: Path = options.articles
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else [folder]
    if not files:
        raise InputError(str(folder), "holds no article", "name a folder of files that end in .txt")
    if options.model is None:
        return extract(files, progress=progress.count)
    return extract(files, progress=progress.count, model=options.model)
