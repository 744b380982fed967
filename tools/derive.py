"""Writes what is derived: data dictionary and base suites from `schemas/`, formats of gold and command line from the
code, and the README's table of accuracy from `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.cli.arguments import command_line
from broadsheet.publishing.formats import json_bytes
from broadsheet.quality.evaluation.checks import TYPES
from broadsheet.quality.evaluation.forms import FORMS, Field, GoldForm, Section
from broadsheet.tables.dictionary import data_dictionary
from broadsheet.tables.expectations import base_suite
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
GOLD_FORMATS = """\
# Formats of gold

`broadsheet evaluate` reads four formats and recognises each by its keys. If a file has an error, it reports the first
one with its line and field, and scores nothing. `tests/articles/` has three articles with gold; `gold/` has 3,856
(`gold/README.md`).
"""
COMMAND_LINE = """\
# Command line

Generated from the parser by `python3 dev.py derive`. `broadsheet` alone lists the commands; each has `--help`.
`--verbose` logs each step to standard error. Colours and progress bars appear only on a terminal, colours never with
`NO_COLOR`.
"""
ACCURACY = re.compile(r"(<!-- accuracy, .*? -->\n).*?(<!-- end of accuracy -->)", re.DOTALL)
SUMMARY = ("quotes", "quotes with speaker", "actors", "events", "tariffs", "figures")
"""The rows of the table of unseen articles that the README shows."""
TITLES = {"article": "Whole articles", "quotes": "Quotes", "events": "Events", "figures": "Amounts and dates"}


def derived() -> dict[str, bytes]:
    """Path relative to the repository's root to content, for every derived file."""
    suites = {f"validation/base/{name}.json": json_bytes(base_suite(schema)) for name, schema in schemas().items()}
    pages = {
        "README.md": readme(),
        "docs/cli.md": command_line_page(),
        "docs/data-dictionary.md": data_dictionary(),
        "docs/gold.md": gold_formats(),
    }
    return {**{path: page.encode("utf-8") for path, page in pages.items()}, **suites}


def readme() -> str:
    """The README with the accuracy on unseen articles that `docs/accuracy.md` states."""
    accuracy = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").partition("## Unseen articles\n")[2]
    table = accuracy[accuracy.index("\n|") :].partition("\n\n")[0]
    lines = re.findall(r"^\|(.*)\|$", table, re.MULTILINE)
    head, _, *cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    found = {row[0]: dict(zip(head, row, strict=True)) for row in cells}
    rows = ["| measure | 108 unseen articles | 133 others | two readings |", "| --- | --- | --- | --- |"]
    for name in SUMMARY:
        row = (found[name][column] for column in ("first sight, sealed-11", "first sight, sealed-10", "two readings"))
        rows.append(" | ".join((f"| {name}", *row)) + " |")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return ACCURACY.sub(lambda found: "\n".join([found[1], *rows, "", found[2]]), text)


def command_line_page() -> str:
    """The page that describes every command and option, as the parser knows them."""
    parser = command_line()
    commands = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    summaries = {choice.dest: choice.help for choice in commands._choices_actions}
    lines = [COMMAND_LINE, "| command | what it does |", "| --- | --- |"]
    lines += [f"| [`{name}`](#{name}) | {summaries[name]} |" for name in commands.choices]
    for name, command in commands.choices.items():
        described = (command.description or "").strip()
        lines += ["", f"## {name}", "", described, "", "| argument | meaning |", "| --- | --- |"]
        lines += [_argument(action, command.prog) for action in command._actions if action.dest != "help"]
        lines += ["", *([f"{command.epilog.strip().capitalize()}."] if command.epilog else [])]
    return "\n".join(lines).rstrip() + "\n"


def _argument(action: argparse.Action, program: str) -> str:
    value = action.metavar if isinstance(action.metavar, str) else None
    if value is None and action.nargs != 0:
        value = "\\|".join(map(str, action.choices)) if action.choices else action.dest.upper()
    if action.option_strings:
        shown = ", ".join(action.option_strings) + (f" {value}" if action.nargs != 0 else "")
    else:
        shown = f"{value} …" if action.nargs in ("*", "+") else str(value)
    meaning = (action.help or "") % {**vars(action), "prog": program}
    return f"| `{shown}` | {meaning.replace('|', chr(92) + '|')} |"


def gold_formats() -> str:
    """The page that describes the formats of gold, field by field."""
    return "\n".join([GOLD_FORMATS, *(line for form in FORMS.values() for line in _form(form))])


def _form(form: GoldForm) -> Iterator[str]:
    yield from (f"## {TITLES[form.name]}", "", form.meaning, "")
    for section in form.sections:
        yield from (_heading(section), "", "| key | required | value | meaning |", "| --- | --- | --- | --- |")
        for field in section.fields:
            yield f"| `{field.name}` | {_required(field)} | {_values(field)} | {field.meaning} |"
        yield ""


def _heading(section: Section) -> str:
    if not section.name:
        return f"The object: {section.meaning}"
    return f"`{section.name}`{' (a list)' if section.many else ''}: {section.meaning}" + (
        "" if section.required else " May be left out."
    )


def _required(field: Field) -> str:
    return ("yes, or null" if field.null else "yes") if field.required else ""


def _values(field: Field) -> str:
    return ", ".join(f"`{value}`" for value in field.enum()) or TYPES[field.type][1]


if __name__ == "__main__":
    for path, content in derived().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(content)
