"""The sections of ``CHANGELOG.md`` on changes of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.publishing.release.diff import Difference

KINDS = ("added", "removed", "changed", "renamed")


def heading(version: str) -> str:
    """The heading of the section of a data version; the date follows."""
    return f"## Data {version}"


def with_release(text: str, version: str, day: str, difference: Difference) -> str:
    """The changelog with the section of a release: its row counts, table by table.

    Text that a person wrote in the section stays; its heading and its table are rewritten.

    Args:
        text: The changelog so far.
        version: Version of the release.
        day: Its date, ISO 8601.
        difference: What it changed.
    """
    head = f"{heading(version)} ({day})"
    table = _table(difference)
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if _is_of(line, version)), None)
    if start is None:
        place = next((n for n, line in enumerate(lines) if line.startswith("## ")), len(lines))
        gap = [] if place == 0 or lines[place - 1] == "" else [""]
        lines[place:place] = [*gap, head, "", *table, *([""] if place < len(lines) else [])]
    else:
        end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("## ")), len(lines))
        kept = [line for line in lines[start + 1 : end] if not line.startswith("|")]
        while kept and not kept[0]:
            kept.pop(0)
        lines[start:end] = [head, "", *table, *([""] if kept or end < len(lines) else []), *kept]
    return "\n".join(lines) + "\n"


def released(text: str) -> dict[str, str]:
    """Version to date of the releases in a changelog."""
    found = {}
    for line in text.splitlines():
        words = line.removeprefix(heading("")).split()
        if line.startswith(heading("")) and len(words) == 2:
            found[words[0]] = words[1].strip("()")
    return found


def _is_of(line: str, version: str) -> bool:
    return line == heading(version) or line.startswith(f"{heading(version)} ")


def _table(difference: Difference) -> list[str]:
    summary = difference.to_dict()["summary"]
    lines = [f"| table | rows | {' | '.join(KINDS)} |", "| --- |" + " ---: |" * (len(KINDS) + 1)]
    for table, counts in summary.items():
        lines.append(f"| {table} | {counts['new']:,} | {' | '.join(f'{counts[kind]:,}' for kind in KINDS)} |")
    return lines
