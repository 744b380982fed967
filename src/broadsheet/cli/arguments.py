"""The commands and their options. Nothing heavy is imported here: ``--help`` answers at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.version import __version__
from broadsheet.cli import streams
from broadsheet.cli.build_arguments import EXIT_CODES, add_build, add_credits, add_limit, add_talk
from broadsheet.cli.look_arguments import add_explain, add_page, add_source
from broadsheet.cli.parser import Parser

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options that the words give; their ``run`` is the command.

    Raises:
        InputError: If the words are not a command.
        SystemExit: After ``--help`` and ``--version``.
    """
    return _parser().parse_args(words)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="broadsheet", description=_DESCRIPTION, epilog=EXIT_CODES)
    parser.add_argument("-V", "--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(run=_help)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    add_build(commands)
    _add_validate(
        commands.add_parser(
            "validate",
            help="check a data package",
            description=_VALIDATE,
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_mutation_test(
        commands.add_parser(
            "mutation-test",
            help="test validation on corrupted copies of a package",
            description=_MUTATION_TEST,
            epilog="exit codes: 0 all caught, 1 a mutant survived, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_evaluate(
        commands.add_parser(
            "evaluate",
            help="score extraction against gold",
            description=_EVALUATE,
            epilog="exit codes: 0 scored, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_correct(
        commands.add_parser(
            "correct",
            help="record a correction of a row",
            description=_CORRECT,
            epilog="exit codes: 0 done, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_diff(
        commands.add_parser(
            "diff",
            help="compare two packages, cell by cell",
            description=_DIFF,
            epilog="exit codes: 0 the same, 1 different, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_release(
        commands.add_parser(
            "release",
            help="release the next version of the dataset",
            description=_RELEASE,
            epilog="exit codes: 0 released (or released already), 1 something forbids it, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_cite(
        commands.add_parser(
            "cite",
            help="say how to cite a package or a row",
            description=_CITE,
            epilog="exit codes: 0 done, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_export(
        commands.add_parser(
            "export",
            help="write a package in the form of another tool",
            description=_EXPORT,
            epilog="exit codes: 0 written, 2 bad usage or input",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    add_page(commands)
    add_explain(commands)
    _add_completion(
        commands.add_parser(
            "completion",
            help="print a script that completes commands in a shell",
            description=_COMPLETION,
            epilog="exit codes: 0 printed, 2 bad usage",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    return parser


def _add_validate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_validate)
    _add_package(parser)
    parser.add_argument(
        "--no-rebuild", action="store_true", help="do not make the tables anew from the source, which takes longest"
    )
    parser.add_argument(
        "--cross-check",
        action="store_true",
        help="let Frictionless and Great Expectations judge too; what either finds is an error",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="number of processes, for a partitioned package (default: one a processor)",
    )
    rules = parser.add_argument_group("rules")
    rules.add_argument("--strict", action="store_true", help="take warnings for errors")
    rules.add_argument(
        "--expect",
        metavar="SHA256",
        help="the hash that the package must have, as `broadsheet cite` and the record of releases state it",
    )
    rules.add_argument(
        "--suite",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="JSON with Great Expectations suites by table, to run as well; repeatable",
    )
    reports = parser.add_argument_group("reports")
    reports.add_argument("--junit", type=Path, metavar="FILE", help="write the checks as JUnit XML")
    reports.add_argument("--html", type=Path, metavar="FILE", help="write the report as one HTML file")
    add_talk(parser)


def _add_mutation_test(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_mutation_test)
    _add_package(parser)
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="seed for the choice of rows (default: 0)")
    parser.add_argument("--sample", type=int, metavar="N", help="number of mutants to test (default: all)")
    parser.add_argument(
        "--operator", action="append", default=[], metavar="NAME", help="test only this operator; repeatable"
    )
    parser.add_argument(
        "--content", action="store_true", help="test only content mutations: wrong facts in valid files"
    )
    add_talk(parser)


def _add_package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="PACKAGE_DIR", help="folder with a datapackage.json")
    parser.add_argument(
        "--source",
        nargs="+",
        action="extend",
        type=Path,
        default=[],
        metavar="ARTICLE",
        help="file with an article that the package was built from; for a partitioned one also folders, dumps, or the "
        "work folder of the build",
    )
    parser.add_argument("--encoding", metavar="NAME", help="encoding of the articles (default: UTF-8 or as marked)")
    add_limit(parser)


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_evaluate)
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
    parser.add_argument("--package", type=Path, metavar="DIR", help="package whose tables to score without extraction")
    parser.add_argument("--model", metavar="NAME", help="English pipeline of spaCy (default: the small one)")
    parser.add_argument(
        "--faults", type=int, default=0, metavar="N", help="show the first N errors of each measure (default: none)"
    )
    parser.add_argument(
        "--intervals",
        action="store_true",
        help="show 95 %% intervals of F1, from 1,000 bootstrap samples of the articles",
    )
    add_talk(parser)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_diff)
    parser.add_argument("old", type=Path, metavar="OLD", help="folder of a package")
    parser.add_argument("new", type=Path, metavar="NEW", help="folder of the package to compare it with")
    add_talk(parser)


def _add_release(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_release)
    parser.add_argument("articles", nargs="+", type=Path, metavar="ARTICLE", help="article to include in the dataset")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="repository (default: this folder)")
    parser.add_argument("--curation", type=Path, metavar="FILE", help="corrections (default: data/curation.toml)")
    parser.add_argument("--date", metavar="DATE", help="day of the release (default: that of the last commit)")
    parser.add_argument("--version", metavar="X.Y.Z", help="version, if higher than the changes require")
    add_credits(parser.add_argument_group("the dataset (default: as in the release before, or in a sidecar)"))
    parser.add_argument("--dry-run", action="store_true", help="show the release without writing it")
    add_talk(parser)


def _add_cite(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_cite)
    parser.add_argument("--package", type=Path, metavar="DIR", help="the package (default: the published dataset)")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="citation format (default: text)")
    parser.add_argument(
        "--row", metavar="KEY", help="key of the row to cite; join the columns of a compound key with /"
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_export)
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="folder of the package")
    parser.add_argument("--to", required=True, metavar="FORM", help="duckdb, sqlite, xlsx, hyper, postgres, csv-excel")
    parser.add_argument("-o", "--out", type=Path, metavar="PATH", help="what to write (default: from name and version)")
    parser.add_argument("--force", action="store_true", help="replace PATH even if broadsheet did not write it")
    parser.add_argument("--database", metavar="URL", help="with --to postgres: load into postgresql://USER@HOST/NAME")
    add_talk(parser)


def _add_correct(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_correct)
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
    add_talk(parser)


def _add_completion(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_completion)
    parser.add_argument("shell", choices=_SHELLS, metavar="SHELL", help=", ".join(_SHELLS))


def _help(_: argparse.Namespace) -> int:
    streams.say(_parser().format_help().rstrip())
    return 0


def _completion(options: argparse.Namespace) -> int:
    from broadsheet.cli.completion import completion

    return completion(_parser(), options.shell)


def _validate(options: argparse.Namespace) -> int:
    from broadsheet.cli.validate import validate

    return validate(options)


def _mutation_test(options: argparse.Namespace) -> int:
    from broadsheet.cli.mutation_test import mutation_test

    return mutation_test(options)


def _diff(options: argparse.Namespace) -> int:
    from broadsheet.cli.diff import diff

    return diff(options)


def _release(options: argparse.Namespace) -> int:
    from broadsheet.cli.release import release

    return release(options)


def _cite(options: argparse.Namespace) -> int:
    from broadsheet.cli.cite import cite

    return cite(options)


def _export(options: argparse.Namespace) -> int:
    from broadsheet.cli.export import export

    return export(options)


def _correct(options: argparse.Namespace) -> int:
    from broadsheet.cli.correct import correct

    return correct(options)


def _evaluate(options: argparse.Namespace) -> int:
    from broadsheet.cli.evaluate import evaluate

    return evaluate(options)
