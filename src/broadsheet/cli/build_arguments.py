"""The options of ``broadsheet build``. Imports nothing heavy, so that ``--help`` is fast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.cli.options import EXIT_CODES, add_command, add_credits, add_limit, add_output

if TYPE_CHECKING:
    import argparse

    from broadsheet.cli.options import Commands

DEFAULT_OUT = Path("package")
LAYOUTS = ("auto", "package", "partitioned")
ENGINES = ("local", "ray")

_BUILD = """\
Reads articles, extracts, validates and writes a data package: datapackage.json, schemas/, metadata/ for other tools,
and data/ with every table as CSV and Parquet. SOURCE is a file, a folder, a pattern or - for standard input: plain
text, web pages, JSON Lines, CSV, Parquet, ninjs, NewsML-G2, NITF or WARC, compressed or not (docs/inputs.md). If a
plain text file given by name cannot be read, the build stops; anything else that cannot be read is rejected.
More than 1,000 articles make a partitioned package; an interrupted run resumes where it stopped, and later runs can
add articles (docs/corpus.md). Without SOURCE, the sample article that comes with Broadsheet is built.
"""
_SIDECAR = f"""\
Article and package options can also be set as keys in a file ARTICLE.toml next to ARTICLE.txt
(published_on = 2024-03-09); options on the command line take precedence.

{EXIT_CODES}
"""


def add_build(commands: Commands) -> None:
    """Adds the command."""
    parser = add_command(commands, "build", "turn articles into a data package", _BUILD, _SIDECAR)
    parser.add_argument("articles", nargs="*", type=Path, metavar="SOURCE", help="file, folder, pattern, or -")
    _add_article(parser)
    _add_inputs(parser)
    _add_package(parser)
    _add_run(parser)
    add_output(parser)


def _add_article(parser: argparse.ArgumentParser) -> None:
    article = parser.add_argument_group("article metadata")
    article.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD")
    article.add_argument("--title", help='headline, if it is not the first line; "" if there is none')
    article.add_argument("--publisher", metavar="NAME", help="who published it")
    article.add_argument("--author", action="append", metavar="NAME", help="author; repeatable")
    article.add_argument("--url", help="its URL")
    article.add_argument("--language", metavar="TAG", help="variety of English, such as en-CA (default: en)")
    article.add_argument("--encoding", metavar="NAME", help="encoding of the files (default: UTF-8 or as marked)")
    add_limit(article)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    inputs = parser.add_argument_group("files of many articles")
    inputs.add_argument("--format", metavar="NAME", help="format of the sources (default: detected from their content)")
    for role, what in COLUMNS.items():
        option = f"--{role.replace('_', '-')}-column"
        inputs.add_argument(option, dest=f"column_{role}", metavar="NAME", help=f"column, or JSON path a.b, of {what}")
    inputs.add_argument("--fail-fast", action="store_true", help="stop at the first source that cannot be read")


COLUMNS = {
    "text": "the text",
    "title": "the headline",
    "published_on": "the day of publication",
    "publisher": "the publisher",
    "authors": "the byline",
    "url": "the address",
    "language": "the language",
}
"""The content that a column can have, and its name in the help."""


def _add_package(parser: argparse.ArgumentParser) -> None:
    package = parser.add_argument_group("the package")
    package.add_argument("-o", "--out", metavar="DIR", help=f"folder to write it to (default: {DEFAULT_OUT})")
    package.add_argument("--name", metavar="SLUG", help="its name (default: broadsheet)")
    package.add_argument("--version", metavar="X.Y.Z", help="its semantic version (default: 0.1.0)")
    package.add_argument("--created", metavar="DATE", help="its day of creation (default: the latest publication)")
    add_credits(package)
    package.add_argument("--curation", type=Path, metavar="FILE", help="corrections to apply (docs/curating.md)")
    package.add_argument(
        "--in-place",
        action="store_true",
        help="allow other files in DIR, such as those of a repository; only the package's own are replaced",
    )
    package.add_argument("--model", metavar="NAME", help="English pipeline of spaCy (default: the small one)")
    package.add_argument(
        "--layout",
        choices=LAYOUTS,
        default="auto",
        help="one file per table, or several for large corpora (default: by the number of articles)",
    )
    package.add_argument("--csv", action="store_true", help="also write a partitioned package as CSV")


def _add_run(parser: argparse.ArgumentParser) -> None:
    run = parser.add_argument_group("large runs")
    run.add_argument("--jobs", type=int, metavar="N", help="number of processes (default: one per processor)")
    run.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        help="working folder, from which an interrupted run resumes (default: OUT.work)",
    )
    run.add_argument("--add", action="store_true", help="keep the articles of earlier runs and add these")
    run.add_argument(
        "--force",
        action="store_true",
        help="replace DIR even if it holds other files, and re-extract articles that another version extracted",
    )
    run.add_argument(
        "--engine", choices=ENGINES, default="local", help="what runs the extraction (default: this machine)"
    )
    run.add_argument("--address", metavar="HOST:PORT", help="with --engine ray: the cluster (default: a new local one)")
