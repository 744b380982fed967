"""The options of the commands that show a package to people: ``page`` and ``explain``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from broadsheet.cli.build_arguments import EXIT_CODES, add_limit, add_talk

_PAGE = """\
Writes a package as one HTML file that works offline: the article with every span highlighted, next to the tables, with
charts of events, speakers, tariffs, amounts and actors. Without --source, it shows the position of each row in the
article but not the text.
"""
_EXPLAIN = """\
Shows a row, the passage that it comes from, which rule produced each cell, and what a curator changed. The rules come
from extracting the article again, so the article is needed.
"""


def add_page(commands: Any) -> None:
    """Adds ``page``."""
    parser = commands.add_parser(
        "page",
        help="write a package as a web page",
        description=_PAGE,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_page)
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="folder with a datapackage.json")
    add_source(parser)
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="file to write (default: NAME-VERSION.html)")
    parser.add_argument(
        "--rebuild", action="store_true", help="check that a rebuild from the source gives the same tables"
    )
    add_talk(parser)


def add_explain(commands: Any) -> None:
    """Adds ``explain``."""
    parser = commands.add_parser(
        "explain",
        help="show where a row comes from",
        description=_EXPLAIN,
        epilog="exit codes: 0 explained, 2 bad usage or input",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_explain)
    parser.add_argument("key", metavar="KEY", help="key of the row; join the columns of a compound key with /")
    parser.add_argument("--package", type=Path, metavar="DIR", help="the package (default: the published dataset)")
    add_source(parser)
    add_talk(parser)


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


def _page(options: argparse.Namespace) -> int:
    from broadsheet.cli.page import page

    return page(options)


def _explain(options: argparse.Namespace) -> int:
    from broadsheet.cli.explain import explain

    return explain(options)
