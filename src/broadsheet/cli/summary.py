"""The summary at the end of a build: rows, first rows, verdict, and where the files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.layout import grid, layout_text
from broadsheet.cli import streams
from broadsheet.cli.streams import is_styled, terminal_width
from broadsheet.corpus.log import losses, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from rich.console import RenderableType

    from broadsheet.corpus.building import Built, Job
    from broadsheet.reading.inputs import Reject
    from broadsheet.tables.dropped import DroppedRow
    from broadsheet.tables.frames import TableSet

FIRST_ROWS = 3
MOST_REJECTS = 10
"""The most rejects to name."""
MOST_DROPPED = 20
"""The most dropped rows to name."""

SHOWN = {
    "articles": ("title", "published_on", "publisher", "n_words", "n_paragraphs"),
    "actors": ("name", "kind", "country_code", "n_mentions"),
    "mentions": ("actor_id", "form", "char_start", "char_end"),
    "actor_roles": ("actor_id", "title", "organization_id", "country_code", "tenure"),
    "quotes": ("speaker_id", "cue", "kind", "text"),
    "events": ("type", "status", "date_start", "date_end", "summary"),
    "event_participants": ("actor_id", "role", "event_id"),
    "tariffs": ("imposer_code", "target_code", "product", "measure", "action", "rate_percent", "status"),
    "financial_figures": ("amount_text", "amount", "unit", "kind", "payer_id", "payee_id"),
    "evidence": ("row_id", "column_name", "char_start", "char_end"),
    "countries": ("country_code", "name", "region"),
}
"""The most informative columns, without keys and offsets that only machines need."""


def summary(job: Job, built: Built, *, sample: bool) -> str:
    """The summary of a build, for the terminal on standard output."""
    tables, report = built.curated.tables, built.report
    width = terminal_width()
    verdict = report.render(width, styled=is_styled())
    if not report.valid:
        return f"{verdict}\n\nInvalid: nothing was written to {job.out}."
    blocks = [_head(job, built, sample=sample)]
    blocks += [_table(name, tables[name], width) for name in tables]
    blocks += [verdict, _where(job, tables)]
    return "\n\n".join(blocks)


def print_rejects(rejects: Sequence[Reject], total: int, listed: str) -> None:
    """Prints the first rejects on standard error, and where the rest are listed."""
    for reject in rejects[:MOST_REJECTS]:
        streams.complain(f"{reject.place}: {reject.problem}; {reject.fix}")
    if total > MOST_REJECTS:
        streams.complain(f"{total - MOST_REJECTS:,} more could not be read; {listed}")


def rejects_place(job: Job, *, valid: bool) -> str:
    """Where all rejects of a build are listed."""
    return f"{job.out / 'run' / 'rejects.csv'} lists all" if valid else "nothing was written, so no file lists them"


def print_dropped(dropped: Sequence[DroppedRow], listed: str) -> None:
    """Prints the first dropped rows on standard error, and where the rest are listed."""
    for row in dropped[:MOST_DROPPED]:
        streams.complain(str(row))
    if len(dropped) > MOST_DROPPED:
        streams.complain(f"{len(dropped) - MOST_DROPPED:,} more rows break a rule and were dropped; {listed}")


def _head(job: Job, built: Built, *, sample: bool) -> str:
    tables = built.curated.tables
    articles = len(built.articles)
    rows = sum(len(tables[name]) for name in tables)
    words = sum(article.n_words for article in built.articles)
    head = f"{_count(articles, 'article')}, {_count(words, 'word')}: {_count(rows, 'row')} in {len(tables)} tables."
    if built.counts is not None:
        head += f"\n{sums(built.counts)}; the log is in {job.out / 'run'}."
        head = "\n".join([head, *losses(built.counts)])
    return f"No ARTICLE was named, so this is the sample that comes with broadsheet.\n{head}" if sample else head


def _table(name: str, frame: pd.DataFrame, width: int) -> str:
    """Name, number of rows and the first rows of a table."""
    from rich.padding import Padding

    title = f"{name}: {_count(len(frame), 'row')}"
    if frame.empty:
        return title
    columns = list(SHOWN[name])
    first = frame[columns].head(FIRST_ROWS).itertuples(index=False)
    rows = [columns, *([cell(value) for value in row] for row in first)]
    numeric = [_is_number(frame, column) for column in columns]
    parts: list[RenderableType] = [title, Padding(grid(rows, numeric), (0, 0, 0, 2))]
    parts += [f"  and {len(frame) - FIRST_ROWS:,} more"] * (len(frame) > FIRST_ROWS)
    return layout_text(parts, width)


def cell(value: object) -> str:
    """A value for people: null is empty; numbers have thousands separators and no trailing zeros."""
    import pandas as pd

    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, str):
        return " ".join(value.split())
    if hasattr(value, "as_tuple"):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _is_number(frame: pd.DataFrame, column: str) -> bool:
    import pandas as pd

    return bool(pd.api.types.is_numeric_dtype(frame[column].dtype)) and not pd.api.types.is_bool_dtype(frame[column])


def _where(job: Job, tables: TableSet) -> str:
    files = f"datapackage.json, schemas/, metadata/ and data/ with {len(tables)} tables as CSV and Parquet"
    return f"Written to {job.out}: {files}.\nThe package is {job.info.name} {job.info.version}."


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
