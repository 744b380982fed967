"""The options of ``broadsheet build``. Nothing heavy is imported here: ``--help`` answers at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.limit import MAX_CHARACTERS

if TYPE_CHECKING:
    from typing import Any

    Commands = argparse._SubParsersAction[Any]

DEFAULT_OUT = Path("package")
LAYOUTS = ("auto", "package", "partitioned")
ENGINES = ("local", "ray")
EXIT_CODES = "exit codes: 0 valid, 1 invalid, 2 bad usage or input, 130 interrupted"

_BUILD = """\
Reads articles, extracts, validates and writes a data package: datapackage.json, schemas/, metadata/ for other tools,
and data/ with every table as CSV and Parquet. SOURCE is a file, a folder, a pattern or - for standard input: plain
text, web pages, JSON Lines, CSV, Parquet, ninjs, NewsML-G2, NITF or WARC, packed or not (docs/inputs.md). A file of
plain text that is named and cannot be read ends the build; of all else, what cannot be read is a reject, and the rest
goes on.
Over 1,000 articles make a partitioned package, which is resumed where it was broken off, and added to (docs/corpus.md).
Without SOURCE it builds from the sample article that comes with broadsheet.
"""
_SIDECAR = f"""\
The options on the article and the package may stand as keys in a sidecar ARTICLE.toml beside ARTICLE.txt
(published_on = 2024-03-09); an option wins over the sidecar.

{EXIT_CODES}
"""


def add_build(commands: Commands) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "build",
        help="turn articles into a data package",
        description=_BUILD,
        epilog=_SIDECAR,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_build)
    parser.add_argument("articles", nargs="*", type=Path, metavar="SOURCE", help="file, folder, pattern, or -")
    _add_article(parser)
    _add_inputs(parser)
    _add_package(parser)
    _add_run(parser)
    add_talk(parser)


def _add_article(parser: argparse.ArgumentParser) -> None:
    article = parser.add_argument_group("what the text does not say of the article")
    article.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD")
    article.add_argument("--title", help='headline, if it is not the first line; "" says that there is none')
    article.add_argument("--publisher", metavar="NAME", help="who published it")
    article.add_argument("--author", action="append", metavar="NAME", help="byline; repeat it for several")
    article.add_argument("--url", help="its address")
    article.add_argument("--language", metavar="TAG", help="kind of English, such as en-CA (default: en)")
    article.add_argument("--encoding", metavar="NAME", help="encoding of the files (default: UTF-8 or as marked)")
    add_limit(article)


def add_limit(parser: argparse._ActionsContainer) -> None:
    """Adds the option that raises the limit on the length of an article."""
    parser.add_argument(
        "--max-characters",
        type=int,
        default=MAX_CHARACTERS,
        metavar="N",
        help=f"characters that one article may have (default: {MAX_CHARACTERS})",
    )


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    inputs = parser.add_argument_group("files of many articles")
    inputs.add_argument("--format", metavar="NAME", help="format of the sources (default: told from their content)")
    for role, what in COLUMNS.items():
        option = f"--{role.replace('_', '-')}-column"
        inputs.add_argument(option, dest=f"column_{role}", metavar="NAME", help=f"column, or JSON path a.b, of {what}")
    inputs.add_argument("--fail-fast", action="store_true", help="end at the first source that cannot be read")


COLUMNS = {
    "text": "the text",
    "title": "the headline",
    "published_on": "the day of publication",
    "publisher": "the publisher",
    "authors": "the byline",
    "url": "the address",
    "language": "the language",
}
"""What a column can be of, and how the help calls it."""


def _add_package(parser: argparse.ArgumentParser) -> None:
    package = parser.add_argument_group("the package")
    package.add_argument("-o", "--out", metavar="DIR", help=f"folder to write it to (default: {DEFAULT_OUT})")
    package.add_argument("--name", metavar="SLUG", help="its name (default: broadsheet)")
    package.add_argument("--version", metavar="X.Y.Z", help="its semantic version (default: 0.1.0)")
    package.add_argument("--created", metavar="DATE", help="its day of creation (default: the latest publication)")
    package.add_argument("--curation", type=Path, metavar="FILE", help="corrections to apply (docs/curating.md)")
    package.add_argument(
        "--in-place",
        action="store_true",
        help="let DIR hold other files too, as a repository does; only the package's own are replaced",
    )
    package.add_argument("--model", metavar="NAME", help="English pipeline of spaCy (default: the small one)")
    package.add_argument(
        "--layout",
        choices=LAYOUTS,
        default="auto",
        help="one file a table, or many for corpora (default: by the number of articles)",
    )
    package.add_argument("--csv", action="store_true", help="write a partitioned package as CSV too")


def _add_run(parser: argparse.ArgumentParser) -> None:
    run = parser.add_argument_group("large runs")
    run.add_argument("--jobs", type=int, metavar="N", help="number of processes (default: one a processor)")
    run.add_argument("--work", type=Path, metavar="DIR", help="folder to go on from (default: OUT.work)")
    run.add_argument("--add", action="store_true", help="add to the articles of earlier runs instead of replacing them")
    run.add_argument(
        "--force",
        action="store_true",
        help="replace DIR whatever it holds, and extract again what another version extracted",
    )
    run.add_argument("--engine", choices=ENGINES, default="local", help="who extracts (default: this machine)")
    run.add_argument("--address", metavar="HOST:PORT", help="with --engine ray: the cluster (default: a new local one)")


def add_talk(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say how a command talks."""
    talk = parser.add_argument_group("output")
    talk.add_argument("--json", action="store_true", help="print the outcome as JSON")
    talk.add_argument("-q", "--quiet", action="store_true", help="print only errors")
    talk.add_argument("-v", "--verbose", action="store_true", help="log each step, with counts and times, to stderr")


def _build(options: argparse.Namespace) -> int:
    from broadsheet.cli.build import build

    return build(options)
