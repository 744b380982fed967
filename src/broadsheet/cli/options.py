"""Options that several commands share. Imports nothing heavy, so that ``--help`` is fast."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.base.limit import MAX_CHARACTERS

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Any]

EXIT_CODES = "exit codes: 0 valid, 1 invalid, 2 bad usage or input, 130 interrupted"


def add_command(
    commands: Commands, name: str, summary: str, description: str, epilog: str = EXIT_CODES
) -> argparse.ArgumentParser:
    """Adds a command; the function and the module that run it have the same name."""
    formatter = argparse.RawDescriptionHelpFormatter
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=description, epilog=epilog, formatter_class=formatter
    )
    parser.set_defaults(run=partial(_run, name.replace("-", "_")))
    return parser


def _run(name: str, options: argparse.Namespace) -> int:
    code: int = getattr(import_module(f"broadsheet.cli.{name}"), name)(options)
    return code


def add_limit(parser: argparse._ActionsContainer) -> None:
    """Adds the option that raises the limit on the length of an article."""
    parser.add_argument(
        "--max-characters",
        type=int,
        default=MAX_CHARACTERS,
        metavar="N",
        help=f"maximum length of an article in characters (default: {MAX_CHARACTERS})",
    )


def add_source(parser: argparse.ArgumentParser) -> None:
    """Adds the options that name the articles of a package."""
    parser.add_argument(
        "--source",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="ARTICLE",
        help="what the package was built from: files, folders, dumps, or the working folder of a partitioned build",
    )
    parser.add_argument("--encoding", metavar="NAME", help="encoding of the articles (default: UTF-8 or as marked)")
    add_limit(parser)


def add_credits(package: argparse._ActionsContainer) -> None:
    """Adds the options for the creators, licence and description of the package."""
    package.add_argument("--package-title", metavar="TEXT", help="its title (default: that of the article or folder)")
    package.add_argument(
        "--creator",
        action="append",
        metavar="NAME",
        help='who made it, such as "Ada Lovelace (https://orcid.org/0000-0002-1825-0097)"; repeatable',
    )
    package.add_argument("--license", metavar="ID", help="its licence: an SPDX identifier or a URL (default: none)")
    package.add_argument("--description", metavar="TEXT", help="its description (default: one neutral sentence)")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Adds the output options."""
    output = parser.add_argument_group("output")
    output.add_argument("--json", action="store_true", help="print the result as JSON")
    output.add_argument("-q", "--quiet", action="store_true", help="print only errors")
    output.add_argument("-v", "--verbose", action="store_true", help="log each step, with counts and times, to stderr")
