"""The commands and their options. Imports nothing heavy, so that ``--help`` is fast."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.version import __version__
from broadsheet.cli import streams
from broadsheet.cli.build_arguments import add_build
from broadsheet.cli.options import (
    EXIT_CODES,
    add_command,
    add_credits,
    add_output,
    add_source,
)
from broadsheet.cli.parser import Parser

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from broadsheet.cli.options import Commands

_DESCRIPTION = "News articles as normalised tables, every cell traceable to the characters that say it."
_VALIDATE = """\
Checks a Broadsheet data package: the CSV against its Table Schemas, the Parquet against the CSV, and the rows against
each other. With --source, it also checks each row against the text at its span and that a rebuild gives the same rows.
Packages from unknown authors are safe to check: nothing outside the folder is read, downloaded or written.
"""
_MUTATION_TEST = """\
Applies every corruption in a catalogue to copies of a valid package, validates each copy (mutant), and prints how many
mutants of each operator each check level caught. A surviving mutant shows a missing rule. PACKAGE_DIR is only read.
"""
_EVALUATE = """\
Scores extraction against gold: precision, recall and F1 of each table, the share of right fields, and what was missed,
spurious or wrong. Gold of whole articles (.json, or gold/*.jsonl of the repository) needs the articles or a package;
gold of quotes, events and figures (.jsonl) contains its texts. docs/gold.md describes the formats.
"""
_CORRECT = """\
Adds a correction of one row to a file of corrections, which `broadsheet build --curation` applies after extraction.
Shows the row, its passage (with --source) and every cell that changes. docs/curating.md describes the format.
"""
_DIFF = """\
Compares two packages by the keys of their rows: rows added and removed, cells changed, columns added, removed, moved or
of another type. A row whose key changed is recognised by its table and an overlapping span.
"""
_RELEASE = """\
Builds the dataset at a repository's root from its articles and corrections, derives its next version from what changed
since the last commit (columns MAJOR, rows MINOR, values PATCH), and writes data/, schemas/, metadata/,
datapackage.json, CITATION.cff, row-counts.csv and the changelog's section. Refuses, listing every reason, if anything
is invalid, ungrounded, outdated, uncommitted or inconsistent. Running it again changes nothing.
"""
_CITE = """\
Prints how to cite a data package, or one row of it, with version and checksum.
"""
_SHELLS = ("bash", "zsh", "tcsh")
_COMPLETION = """\
Prints a completion script. For bash, put `eval "$(broadsheet completion bash)"` into ~/.bashrc; for zsh, write the
output to a file _broadsheet in a folder of $fpath; for tcsh, source the output from ~/.tcshrc.
"""
_FORMATS = ("text", "bibtex", "ris", "csl-json")
_EXPORT = """\
Exports a package to another tool, with keys, links and names: duckdb, sqlite, xlsx, hyper (Tableau), postgres (a
folder for psql, or directly into a database with --database), or csv-excel (CSV that is safe to open in a spreadsheet;
not the canonical data). An interrupted export leaves nothing behind.
"""

_PAGE = """\
Writes a package as one HTML file that works offline: the article with every span highlighted, next to the tables, with
charts of events, speakers, tariffs, amounts and actors. Without --source, it shows the position of each row in the
article but not the text.
"""
_EXPLAIN = """\
Shows a row, the passage that it comes from, which rule produced each cell, and what a curator changed. The rules come
from extracting the article again, so the article is needed.
"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Parses the command line; ``run`` in the result is the command's function.

    Raises:
        InputError: If the words are not a command.
        SystemExit: After ``--help`` and ``--version``.
    """
    return command_line().parse_args(words)


def command_line() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(prog="broadsheet", description=_DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument("-V", "--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(run=_help)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    add_build(commands)
    _add_validate(commands)
    _add_mutation_test(commands)
    _add_evaluate(commands)
    _add_correct(commands)
    _add_diff(commands)
    _add_release(commands)
    _add_cite(commands)
    _add_export(commands)
    _add_page(commands)
    _add_explain(commands)
    _add_completion(commands)
    return parser


def _add_validate(commands: Commands) -> None:
    parser = add_command(commands, "validate", "check a data package", _VALIDATE)
    _add_package(parser)
    parser.add_argument("--no-rebuild", action="store_true", help="skip the rebuild from the source, the slowest check")
    parser.add_argument(
        "--cross-check",
        action="store_true",
        help="also validate with Frictionless and Great Expectations; their findings are errors",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="number of processes, for a partitioned package (default: one per processor)",
    )
    rules = parser.add_argument_group("rules")
    rules.add_argument("--strict", action="store_true", help="treat warnings as errors")
    rules.add_argument(
        "--expect",
        metavar="SHA256",
        help="the hash that the package must have, as printed by `broadsheet cite` or listed in releases.csv",
    )
    rules.add_argument(
        "--suite",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="JSON with further Great Expectations suites, by table; repeatable",
    )
    reports = parser.add_argument_group("reports")
    reports.add_argument("--junit", type=Path, metavar="FILE", help="write the checks as JUnit XML")
    reports.add_argument("--html", type=Path, metavar="FILE", help="write the report as one HTML file")
    add_output(parser)


def _add_mutation_test(commands: Commands) -> None:
    parser = add_command(
        commands,
        "mutation-test",
        "test validation on corrupted copies of a package",
        _MUTATION_TEST,
        "exit codes: 0 all caught, 1 a mutant survived, 2 bad usage or input",
    )
    _add_package(parser)
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed for the choice of rows (default: 0)")
    parser.add_argument("--sample", type=int, metavar="N", help="number of mutants to test (default: all)")
    parser.add_argument(
        "--operator", action="append", default=[], metavar="NAME", help="test only this operator; repeatable"
    )
    parser.add_argument(
        "--content", action="store_true", help="test only content mutations: wrong facts in valid files"
    )
    add_output(parser)


def _add_package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="PACKAGE_DIR", help="folder with a datapackage.json")
    add_source(parser)


def _add_evaluate(commands: Commands) -> None:
    parser = add_command(
        commands, "evaluate", "score extraction against gold", _EVALUATE, "exit codes: 0 scored, 2 bad usage or input"
    )
    parser.add_argument("gold", nargs="+", type=Path, metavar="GOLD", help="file of gold, or folder with such files")
    parser.add_argument(
        "--articles",
        "--source",
        dest="source",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="ARTICLE",
        help="article, or folder of *.txt, to extract first; with --package, its text shows where errors are",
    )
    tables = parser.add_mutually_exclusive_group()
    tables.add_argument("--package", type=Path, metavar="DIR", help="package whose tables to score without extraction")
    tables.add_argument(
        "--separately",
        action="store_true",
        help="build each article alone, so that no other article gives the names of its actors",
    )
    parser.add_argument("--model", metavar="NAME", help="English pipeline of spaCy (default: the small one)")
    parser.add_argument(
        "--faults", type=int, default=0, metavar="N", help="show the first N errors of each measure (default: none)"
    )
    parser.add_argument(
        "--intervals",
        action="store_true",
        help="show 95 %% intervals of F1, from 1,000 bootstrap samples of the articles",
    )
    add_output(parser)


def _add_diff(commands: Commands) -> None:
    parser = add_command(
        commands,
        "diff",
        "compare two packages, cell by cell",
        _DIFF,
        "exit codes: 0 the same, 1 different, 2 bad usage or input",
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="folder of a package")
    parser.add_argument("new", type=Path, metavar="NEW", help="folder of the package to compare it with")
    add_output(parser)


def _add_release(commands: Commands) -> None:
    parser = add_command(
        commands,
        "release",
        "release the next version of the dataset",
        _RELEASE,
        "exit codes: 0 released (or released already), 1 something forbids it, 2 bad usage or input",
    )
    parser.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help="article to include in the dataset")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="repository (default: this folder)")
    parser.add_argument("--curation", type=Path, metavar="FILE", help="corrections (default: data/curation.toml)")
    parser.add_argument("--date", metavar="DATE", help="day of the release (default: that of the last commit)")
    parser.add_argument("--version", metavar="X.Y.Z", help="version, if higher than the changes require")
    add_credits(parser.add_argument_group("the dataset (default: as in the release before, or in a sidecar)"))
    parser.add_argument("--dry-run", action="store_true", help="show the release without writing it")
    add_output(parser)


def _add_cite(commands: Commands) -> None:
    parser = add_command(
        commands, "cite", "say how to cite a package or a row", _CITE, "exit codes: 0 done, 2 bad usage or input"
    )
    parser.add_argument("--package", type=Path, metavar="DIR", help="the package (default: the published dataset)")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="citation format (default: text)")
    parser.add_argument(
        "--row", metavar="KEY", help="key of the row to cite; join the columns of a compound key with /"
    )


def _add_export(commands: Commands) -> None:
    parser = add_command(
        commands,
        "export",
        "write a package in the form of another tool",
        _EXPORT,
        "exit codes: 0 written, 2 bad usage or input",
    )
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="folder of the package")
    parser.add_argument("--to", required=True, metavar="FORM", help="duckdb, sqlite, xlsx, hyper, postgres, csv-excel")
    parser.add_argument("-o", "--out", type=Path, metavar="PATH", help="what to write (default: from name and version)")
    parser.add_argument("--force", action="store_true", help="replace PATH even if broadsheet did not write it")
    parser.add_argument("--database", metavar="URL", help="with --to postgres: load into postgresql://USER@HOST/NAME")
    add_output(parser)


def _add_correct(commands: Commands) -> None:
    parser = add_command(
        commands, "correct", "record a correction of a row", _CORRECT, "exit codes: 0 done, 2 bad usage or input"
    )
    parser.add_argument("table", metavar="TABLE", help="table of the row")
    parser.add_argument(
        "key", nargs="?", metavar="KEY", help="key of the row; join the columns of a compound key with /"
    )
    parser.add_argument("--package", type=Path, default=Path(), metavar="DIR", help="package (default: this folder)")
    parser.add_argument("--file", type=Path, help="file of corrections (default: data/curation.toml of the package)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="COLUMN=VALUE", help="new value; leave it empty for null"
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--drop", action="store_true", help="drop the row and the rows that depend on it")
    action.add_argument("--add", action="store_true", help="add a row; without KEY, a key is generated")
    parser.add_argument("--reason", help="reason for the correction")
    parser.add_argument("--span", metavar="START:END", help="characters that support it (default: the row's own)")
    parser.add_argument(
        "--evidence", action="append", default=[], metavar="COLUMN=START:END", help="characters that support one cell"
    )
    parser.add_argument(
        "--inferred", action="append", default=[], metavar="COLUMN", help="column whose new value is not in the text"
    )
    parser.add_argument("--article", metavar="KEY", help="the article, if the package has several")
    add_source(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the correction without writing it")
    add_output(parser)


def _add_page(commands: Commands) -> None:
    parser = add_command(commands, "page", "write a package as a web page", _PAGE)
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="folder with a datapackage.json")
    add_source(parser)
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="file to write (default: NAME-VERSION.html)")
    parser.add_argument(
        "--rebuild", action="store_true", help="check that a rebuild from the source gives the same tables"
    )
    add_output(parser)


def _add_explain(commands: Commands) -> None:
    epilog = "exit codes: 0 explained, 2 bad usage or input"
    parser = add_command(commands, "explain", "show where a row comes from", _EXPLAIN, epilog)
    parser.add_argument("key", metavar="KEY", help="key of the row; join the columns of a compound key with /")
    parser.add_argument("--package", type=Path, metavar="DIR", help="the package (default: the published dataset)")
    add_source(parser)
    add_output(parser)


def _add_completion(commands: Commands) -> None:
    parser = add_command(
        commands,
        "completion",
        "print a script that completes commands in a shell",
        _COMPLETION,
        "exit codes: 0 printed, 2 bad usage",
    )
    parser.set_defaults(run=_completion)
    parser.add_argument("shell", choices=_SHELLS, metavar="SHELL", help=", ".join(_SHELLS))


def _help(_: argparse.Namespace) -> int:
    streams.say(command_line().format_help().rstrip())
    return 0


def _completion(options: argparse.Namespace) -> int:
    from broadsheet.cli.completion import completion

    return completion(command_line(), options.shell)
