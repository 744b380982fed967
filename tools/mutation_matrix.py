"""Tests the validation by mutation: writes the matrix of `docs/mutation-matrix.md`, and looks for false alarms.

    python tools/mutation_matrix.py matrix [ARTICLE …]
        tests a package of each article and writes the matrix into the page
    python tools/mutation_matrix.py content [ARTICLE …]
        the same for the content mutations
    python tools/mutation_matrix.py texts FILE [--number N]
        builds and validates a package of each of N texts, with its source

FILE is JSON Lines with `text` and `published_on`, optionally compressed with gzip.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from broadsheet import extract
from broadsheet.publishing import write_package
from broadsheet.quality.mutation import CONTENT, Proof, prove
from broadsheet.quality.mutation.matrix import in_words, matrix
from broadsheet.quality.valid_rows import extract_articles
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.quality.validation import Failure
    from broadsheet.reading import Article

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "mutation-matrix.md"
BEGIN, END = "<!-- the matrix, by tools/mutation_matrix.py -->\n", "<!-- end of the matrix -->\n"
CONTENT_BEGIN = "<!-- content mutations, by tools/mutation_matrix.py -->\n"
CONTENT_END = "<!-- end of content mutations -->\n"


def proved(articles: Sequence[Article], seed: int = 0, sample: int | None = None, *, content: bool = False) -> Proof:
    """The results of the mutants of a package of each article."""
    outcomes = []
    for article in articles:
        with TemporaryDirectory() as folder:
            package = write_package(extract(article), Path(folder) / "package").parent
            outcomes += prove(package, [article], seed=seed, sample=sample, content=content).outcomes
    return Proof(tuple(outcomes), with_source=True, seed=seed)


def page_with(page: str, proof: Proof, packages: int) -> str:
    """The page with its matrix replaced by that of a campaign."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    sentence = f"Of {packages} packages, one of each article: {' '.join(in_words(proof))}"
    return f"{before}{BEGIN}\n{sentence}\n\n{matrix(proof)}\n\n{END}{after}"


def page_with_content(page: str, proof: Proof) -> str:
    """The page with its table of content mutations replaced."""
    before, rest = page.split(CONTENT_BEGIN)
    after = rest.split(CONTENT_END)[1]
    sentence = proof.tallies["content"].in_words("Content")
    return f"{before}{CONTENT_BEGIN}\n{sentence}.\n\n{matrix(proof, CONTENT)}\n\n{CONTENT_END}{after}"


def texts(path: Path, number: int, seed: int) -> Iterator[tuple[str, Article]]:
    """Name and article of ``number`` texts of a file, sampled by the seed."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = [json.loads(line) for line in content.decode("utf-8").splitlines() if line]
    lines.sort(key=lambda line: str(line["doc_id"]))
    for line in Random(seed).sample(lines, min(number, len(lines))):  # noqa: S311 - a choice, no secret
        yield line["doc_id"], read(line["text"], published_on=date.fromisoformat(line["published_on"]))


def alarms(article: Article) -> list[Failure]:
    """The failures for the unchanged package of an article, checked against its source and a new extraction."""
    with TemporaryDirectory() as folder:
        package = write_package(extract(article), Path(folder) / "package").parent
        return list(validate_package(package, [article], Settings(rebuild=extract_articles)).failures)


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    of_matrix = commands.add_parser("matrix")
    of_matrix.add_argument("articles", nargs="*", type=Path)
    of_content = commands.add_parser("content")
    of_content.add_argument("articles", nargs="*", type=Path)
    of_texts = commands.add_parser("texts")
    of_texts.add_argument("file", type=Path)
    of_texts.add_argument("--number", type=int, default=100)
    of_texts.add_argument("--mutants", type=int, default=0, help="also test this many mutants of each package")
    for command in (of_matrix, of_content, of_texts):
        command.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.command in ("matrix", "content"):
        paths = options.articles or sorted((ROOT / "tests" / "articles").glob("*.txt"))
        content = options.command == "content"
        proof = proved([read(path) for path in paths], options.seed, content=content)
        page = PAGE.read_text(encoding="utf-8")
        made = page_with_content(page, proof) if content else page_with(page, proof, len(paths))
        PAGE.write_text(made, encoding="utf-8")
        print(proof.tallies["content"].in_words("content") if content else "\n".join(in_words(proof)))
        return bool(proof.survivors)
    found: Counter[str] = Counter()
    outcomes = []
    valid = rows = 0
    for name, article in texts(options.file, options.number, options.seed):
        failures = alarms(article)
        valid += not failures
        rows += 1
        found.update(f"{f.severity} {f.table}.{f.column} {f.rule}" for f in failures)
        for failure in failures:
            print(f"{name}: {failure.table} {failure.key} {failure.column} {failure.rule}: {failure.message[:200]}")
        if options.mutants and not any(f.severity == "error" for f in failures):
            outcomes += proved([article], options.seed, options.mutants).outcomes
    print(f"{valid} of {rows} packages without any failure or warning")
    for what, times in found.most_common():
        print(f"{times:6,} {what}")
    proof = Proof(tuple(outcomes), with_source=True, seed=options.seed)
    if outcomes:
        print("\n".join(in_words(proof)))
    return bool(proof.survivors or any(what.startswith("error") for what in found))


if __name__ == "__main__":
    sys.exit(main())
