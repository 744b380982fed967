"""``broadsheet evaluate``: scores extraction against gold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.cli import streams
from broadsheet.cli.progress import Progress
from broadsheet.reading import read_all

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from broadsheet.quality.evaluation import Gold
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

_GOLD_ENDINGS = (".json", ".jsonl", ".jsonl.gz")


def evaluate(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0: scores are not a verdict.

    Raises:
        InputError: If gold, package or articles cannot be read.
    """
    from broadsheet.quality.evaluation import Evaluation, read_gold
    from broadsheet.quality.evaluation import evaluate as score
    from broadsheet.quality.evaluation.render import render, to_json

    golds = [read_gold(path) for path in gold_files(options.gold)]
    with Progress(quiet=options.quiet) as progress:
        golds, articles = _with_articles(golds, [file for path in options.source for file in _articles(path)], progress)
        texts = {article.article_id: article.text for article in articles}
        if options.separately:
            evaluation = Evaluation()
            parts = list(_parts(golds, articles))
            for done, (part, extracted) in enumerate(parts, 1):
                evaluation.join(score(part, _tables(options, extracted), texts=texts, model=options.model))
                progress.scored(done, len(parts))
        else:
            tables = _tables(options, articles, progress.count)
            evaluation = score(golds, tables, texts=texts, model=options.model, progress=progress.scored)
    if options.json:
        streams.say_json(to_json(evaluation))
    else:
        streams.say(render(evaluation, options.faults, intervals=options.intervals))
    return 0


def gold_files(paths: list[Path]) -> list[Path]:
    """The files, and those inside folders, sorted by name; one that is named twice counts once.

    Raises:
        InputError: If a folder has no file, or cannot be read.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        inside = _inside(path, _GOLD_ENDINGS) if path.is_dir() else [path]
        if not inside:
            raise InputError(str(path), "holds no gold", "name files that end in .json, .jsonl or .jsonl.gz")
        for file in inside:
            files.setdefault(file.resolve(), file)
    return list(files.values())


def _inside(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    try:
        return [path for path in sorted(folder.iterdir()) if path.name.endswith(endings)]
    except OSError as error:
        raise InputError(str(folder), f"cannot be read ({error.strerror})", "name another folder") from error


def _with_articles(golds: list[Gold], files: list[Path], progress: Progress) -> tuple[list[Gold], tuple[Article, ...]]:
    """The gold with all its strings, and the articles to extract; gold with offsets needs only its own articles."""
    from broadsheet.quality.evaluation.texts import find_texts, has_offsets

    packed = [gold for gold in golds if has_offsets(gold)]
    if not packed:
        return golds, read_all(files)
    found = find_texts(packed, files)
    for note in found.notes:
        progress.warn(note)
    rest = [gold for gold in golds if not has_offsets(gold)]
    others = read_all(files) if any(gold.form == "article" for gold in rest) else ()
    articles = {article.article_id: article for article in (*others, *found.articles)}
    return [*rest, *found.golds], tuple(articles.values())


def _parts(golds: Sequence[Gold], articles: Sequence[Article]) -> Iterator[tuple[list[Gold], list[Article]]]:
    """Each gold of one article with that article, and all other gold.

    Raises:
        InputError: If no text at hand has the SHA-256 that the gold of an article gives.
    """
    known = {article.text_sha256: article for article in articles}
    for gold in golds:
        for case in gold.cases if gold.form == "article" else ():
            article = known.get(case["article"].get("text_sha256"))
            if article is None:
                title = case["article"].get("title")
                raise InputError(
                    str(gold.path), f"has no text for {title!r}", "name it with --articles, as it was annotated"
                )
            yield [replace(gold, cases=(case,))], [article]
    if others := [gold for gold in golds if gold.form != "article"]:
        yield others, []


def _tables(
    options: argparse.Namespace, articles: Sequence[Article], progress: Callable[[int, int], None] | None = None
) -> TableSet | None:
    """The tables of the package or of the articles; None if there are neither, since some gold has its own texts."""
    from broadsheet.analysis.pipeline import DEFAULT_MODEL
    from broadsheet.publishing import read_package
    from broadsheet.quality.valid_rows import extract_articles

    if options.package is not None:
        return read_package(options.package)
    return extract_articles(articles, options.model or DEFAULT_MODEL, progress) if articles else None


def _articles(path: Path) -> list[Path]:
    """The article, or the articles in a folder.

    Raises:
        InputError: If a folder has none, or cannot be read.
    """
    if not path.is_dir():
        return [path]
    files = _inside(path, (".txt",))
    if not files:
        raise InputError(str(path), "holds no article", "name a folder of files that end in .txt")
    return files
