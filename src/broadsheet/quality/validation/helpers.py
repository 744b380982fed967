"""Helper columns: derived columns added to a table so that a suite can state rules across tables.

The suites under ``validation/semantic`` are plain Great Expectations JSON. An expectation sees one table; a rule that
needs more names a helper column. Only this module makes them. Every helper name contains ``__``, which no column of
the data model does.

For every table and any of its columns:

=========================  ==========================================================================================
``LINK__COLUMN``           ``COLUMN`` of the row that the foreign key ``LINK`` refers to: ``speaker_id__kind``
``COLUMN__length``         number of code points in the cell
``COLUMN__n_words``        number of words in the cell, separated by white space
``COLUMN__of_period``      the date moved to the edge of its period: the first day of the month or year, or the last
                           one for ``date_end``; unchanged for other precisions
``COLUMN__of_many``        the cell if the table has at least 20 rows; otherwise ``-``, since a share of few rows
                           means nothing
``span__length``           ``char_end`` minus ``char_start``
``dates__any``             ``date_start``, or ``date_end`` if that is null
``previous__char_end``     the greatest ``char_end`` of the article's spans that begin earlier
=========================  ==========================================================================================

For one table:

=====================================  ==============================================================================
articles ``text_sha256__key``          the key of an article with this hash
actors ``mentions__count``             number of mentions of the actor
quotes ``reading__position``           position of the quote in its article, from 1, in order of spans
quotes ``utterance__is_first``         whether ``utterance_id`` is the row's own ``quote_id``
quotes ``previous__utterance_id``      ``utterance_id`` of the previous quote in its article
events ``summary__of_row``             the summary that the template gives for the row and its participants
financial_figures ``unit__is_known``   whether ``unit`` is an ISO 4217 currency or a kind of percent
evidence ``row_id__table``             the table that ``row_id`` is a key of
evidence ``row_id__article_id``        ``article_id`` of that row; null if its table has none
evidence ``column_name__exists``       whether that table has the column
evidence ``column_name__cell``         the cell that the evidence supports, as text
countries ``rows__count``              number of cells in other tables that name the country
=====================================  ==============================================================================

A helper is null if its input is null or missing, and rules skip nulls. Other rules report missing cells and broken
links.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.columns import Frames
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    import pandas as pd
    import pyarrow as pa

    from broadsheet.tables.rows import EventRow

MARK = "__"
"""The string that distinguishes a helper column from a column of the table."""

MANY_ROWS = 20
"""Minimum number of rows for a rule on the share of filled cells."""

PRECISION = {"effective_on": "effective_precision"}
"""Date column to its precision column, if that is not ``date_precision``."""


def helper(name: str, table: str, frames: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The helper column ``name`` for the rows of ``table``, in row order.

    Raises:
        InputError: If the table has no such helper.
        KeyError: If ``name`` is a schema column, or a schema column that it is made from is missing from the frames.
    """
    if name in schemas()[table].columns:
        raise KeyError(name)
    tables = Frames.of(frames)
    match _kind(name, table):
        case "table":
            make = _OF_TABLE.get((table, name)) or _OF_ANY[name]
            return _series(make(tables[table], tables))
        case "column":
            column, _, what = name.rpartition(MARK)
            return _series(_OF_COLUMN[what](tables[table], column))
        case "link":
            column, _, what = name.rpartition(MARK)
            link = next(key for key in schemas()[table].foreign_keys if key.column == column)
            target = tables.columns(link.target_table)
            return _series(linked(tables.columns(table)[column], target[link.target_column], target[what]))
    raise InputError(f"suite of {table}", f"no column and no helper is called {name}", "fix the suite")


def is_column(name: str, table: str) -> bool:
    """Whether ``name`` is a column or a helper of the table, so that a suite may use it."""
    return name in schemas()[table].columns or bool(_kind(name, table))


def _kind(name: str, table: str) -> str:
    """The kind of helper: ``table``, ``column`` or ``link``; empty if the name is not a helper."""
    if (table, name) in _OF_TABLE or name in _OF_ANY:
        return "table"
    schema = schemas()[table]
    column, _, what = name.rpartition(MARK)
    if what in _OF_COLUMN and column in schema.columns:
        return "column"
    link = next((key for key in schema.foreign_keys if key.column == column), None)
    known = link is not None and what != link.target_column and what in schemas()[link.target_table].columns
    return "link" if known else ""


_WORDS = {
    "of_row": "the one its row gives",
    "of_period": "the edge of its period",
    "key": "the key of",
    "n_words": "the number of words of",
    "length": "the length of",
}
_NAMES = {
    "span__length": "the length of the span",
    "dates__any": "every date",
    "previous__char_end": "the end of the span before it",
    "mentions__count": "the number of its mentions",
    "reading__position": "its place in reading order",
    "previous__utterance_id": "utterance_id of the quote before it",
    "row_id__table": "the table of row_id",
    "column_name__cell": "the cell that it is evidence of",
    "rows__count": "the number of rows that use it",
}


def in_words(name: str) -> str:
    """The name of a column or helper column in a failure message: ``name of speaker_id``."""
    column, mark, what = name.rpartition(MARK)
    if not mark or name in _NAMES:
        return _NAMES.get(name, name)
    said = _WORDS.get(what, f"{what} of")
    return f"{said} {column}" if said.endswith(" of") else said


def _series(made: pd.Series | pa.Array) -> pd.Series:
    import pyarrow as pa

    if isinstance(made, pa.Array):
        return to_frame(pa.table({"made": made}))["made"]
    return made.reset_index(drop=True)


def linked(keys: pa.Array, target_keys: pa.Array, cells: pa.Array) -> pa.Array:
    """The cells of the rows that ``keys`` refer to: the first if a key is repeated, null if it does not exist."""
    import pyarrow.compute as pc

    return cells.take(pc.index_in(keys, target_keys.cast(keys.type), skip_nulls=True))


def _span_length(frame: pd.DataFrame, _: Frames) -> pd.Series:
    return frame["char_end"] - frame["char_start"]


def _any_date(frame: pd.DataFrame, _: Frames) -> pd.Series:
    return frame["date_start"].fillna(frame["date_end"])


def _previous_end(frame: pd.DataFrame, _: Frames) -> pd.Series:
    ordered = _by_span(frame)
    reach = ordered.groupby("article_id", sort=False)["char_end"].cummax()
    return reach.groupby(ordered["article_id"], sort=False).shift().reindex(frame.index)


def _by_span(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["article_id", "char_start", "char_end"], kind="stable")


def _article_key(frame: pd.DataFrame, _: Frames) -> pd.Series:
    from broadsheet.tables.keys import article_key

    return frame["text_sha256"].map(article_key, na_action="ignore").astype(frame["article_id"].dtype)


def _count_mentions(frame: pd.DataFrame, frames: Frames) -> pd.Series:
    counts = frames["mentions"]["actor_id"].value_counts()
    return frame["actor_id"].map(counts).fillna(0).astype("Int64")


def _position(frame: pd.DataFrame, _: Frames) -> pd.Series:
    ordered = _by_span(frame)
    return (ordered.groupby("article_id", sort=False).cumcount() + 1).astype("Int64").reindex(frame.index)


def _is_first(frame: pd.DataFrame, _: Frames) -> pd.Series:
    return (frame["utterance_id"] == frame["quote_id"]).astype("boolean")


def _previous_utterance(frame: pd.DataFrame, _: Frames) -> pd.Series:
    ordered = _by_span(frame)
    return ordered.groupby("article_id", sort=False)["utterance_id"].shift().reindex(frame.index)


def _summary(frame: pd.DataFrame, frames: Frames) -> pd.Series:
    import pandas as pd

    from broadsheet.tables.summary import summarise

    names = dict(_cells(frames, "actors", "actor_id", "name"))
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event_id, actor_id, role in _cells(frames, "event_participants", "event_id", "actor_id", "role"):
        if role is not None and (name := names.get(actor_id)) is not None:
            members[event_id].append((name, role))
    summaries: list[str | None] = []
    for event_id, *cells in _cells(frames, "events", "event_id", *_Event._fields):
        try:
            # Use pop so that a repeated key does not sort the same participants again.
            summaries.append(summarise(cast("EventRow", _Event(*cells)), members.pop(event_id, [])))
        except (TypeError, KeyError, ValueError, AttributeError):
            summaries.append(None)  # a cell is null or invalid, which another rule reports
    return pd.Series(summaries, index=frame.index, dtype=frame["summary"].dtype)


class _Event(NamedTuple):
    """The cells that a summary uses."""

    type: str
    trigger: str
    date_start: date | None
    date_end: date | None
    date_precision: str | None
    place: str | None
    status: str


def _cells(frames: Frames, table: str, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yields the cells of some columns, row by row."""
    columns = frames.columns(table)
    return zip(*(columns[name].to_pylist() for name in names), strict=True)


def _unit_known(frame: pd.DataFrame, _: Frames) -> pd.Series:
    from broadsheet.reference import column

    known = {*column("currencies", "code"), "percent", "percentage_points", "basis_points"}
    return frame["unit"].isin(known).astype("boolean")


def evidence_of(tables: Frames) -> tuple[pa.Array, pa.Array, pa.Array]:
    """For every row of evidence, the table, position and article of the row it supports; null if there is none.

    Only rows with a single-column key can have evidence.
    """
    if (known := tables.memory.get("evidence_of")) is not None:
        return known  # type: ignore[no-any-return]
    import pyarrow as pa

    text = pa.large_string()
    keys, names, places, articles = [], [], [], []
    for name, schema in schemas().items():
        columns = tables.columns(name)
        key = schema.primary_key[0]
        if len(schema.primary_key) > 1 or name == "countries" or key not in columns:
            continue
        keys.append(columns[key].cast(text))
        names.append(pa.repeat(pa.scalar(name, text), columns.rows))
        places.append(pa.array(range(columns.rows), pa.int64()))
        known_article = "article_id" in columns
        articles.append(columns["article_id"].cast(text) if known_article else pa.nulls(columns.rows, text))
    one_key = pa.concat_arrays(keys)
    row_ids = tables.columns("evidence")["row_id"].cast(text)
    found = tuple(linked(row_ids, one_key, pa.concat_arrays(parts)) for parts in (names, places, articles))
    tables.memory["evidence_of"] = found
    return found


def _evidence_table(_: pd.DataFrame, tables: Frames) -> pa.Array:
    return evidence_of(tables)[0]


def _evidence_article(_: pd.DataFrame, tables: Frames) -> pa.Array:
    return evidence_of(tables)[2]


def _column_exists(_: pd.DataFrame, tables: Frames) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    text = pa.large_string()
    pairs = [f"{name}.{column}" for name, schema in schemas().items() for column in schema.columns]
    named = tables.columns("evidence")["column_name"].cast(text)
    meant = pc.binary_join_element_wise(evidence_of(tables)[0], named, pa.scalar(".", text))
    return pc.is_in(meant, pa.array(pairs, text), skip_nulls=True)


def _evidence_cell(_: pd.DataFrame, tables: Frames) -> pa.Array:
    """For every row of evidence, the cell it supports, as text; null if there is no such cell or it is null."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    names, places, _articles = evidence_of(tables)
    named = tables.columns("evidence")["column_name"]
    pairs = pc.binary_join_element_wise(names, named.cast(names.type), pa.scalar(".", names.type)).dictionary_encode()
    cells = np.full(len(names), None, dtype=object)
    for code, pair in enumerate(pairs.dictionary.to_pylist()):
        table, _dot, column = pair.partition(".")
        if column in (columns := tables.columns(table)) and column in schemas()[table].columns:
            rows = pc.indices_nonzero(pc.equal(pairs.indices, code))
            taken = columns[column].take(places.take(rows)).cast(pa.large_string())
            cells[rows.to_numpy()] = taken.to_numpy(zero_copy_only=False)
    return pa.array(cells, pa.large_string())


def _count_uses(frame: pd.DataFrame, frames: Frames) -> pd.Series:
    import pandas as pd

    used = [
        frames[name][key.column]
        for name, table in schemas().items()
        for key in table.foreign_keys
        if key.target_table == "countries" and key.column in frames[name]
    ]
    return frame["country_code"].map(pd.concat(used).value_counts()).fillna(0).astype("Int64")


def _length(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].map(len, na_action="ignore").astype("Int64")


def _n_words(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].map(lambda text: len(text.split()), na_action="ignore").astype("Int64")


def _of_period(frame: pd.DataFrame, column: str) -> pd.Series:
    import pandas as pd
    import pyarrow as pa

    days = pa.Array.from_pandas(frame[column])
    precision = pa.Array.from_pandas(frame[PRECISION.get(column, "date_precision")])
    last = column.endswith("_end")
    cells = zip(days.to_pylist(), precision.to_pylist(), strict=True)
    moved = [None if day is None else _edge(day, unit, last=last) for day, unit in cells]
    return pd.Series(moved, index=frame.index, dtype=frame[column].dtype)


def _edge(day: object, unit: object, *, last: bool) -> object:
    from calendar import monthrange
    from datetime import date

    if not isinstance(day, date):
        return day
    if unit == "month":
        return day.replace(day=monthrange(day.year, day.month)[1] if last else 1)
    if unit == "year":
        return date(day.year, 12, 31) if last else date(day.year, 1, 1)
    return day


def _of_many(frame: pd.DataFrame, column: str) -> pd.Series:
    import pandas as pd

    return frame[column] if len(frame) >= MANY_ROWS else pd.Series("-", index=frame.index, dtype=frame[column].dtype)


_OF_ANY: dict[str, Callable[[pd.DataFrame, Frames], pd.Series | pa.Array]] = {
    "span__length": _span_length,
    "dates__any": _any_date,
    "previous__char_end": _previous_end,
}

_OF_TABLE: dict[tuple[str, str], Callable[[pd.DataFrame, Frames], pd.Series | pa.Array]] = {
    ("articles", "text_sha256__key"): _article_key,
    ("actors", "mentions__count"): _count_mentions,
    ("quotes", "reading__position"): _position,
    ("quotes", "utterance__is_first"): _is_first,
    ("quotes", "previous__utterance_id"): _previous_utterance,
    ("events", "summary__of_row"): _summary,
    ("financial_figures", "unit__is_known"): _unit_known,
    ("evidence", "row_id__table"): _evidence_table,
    ("evidence", "row_id__article_id"): _evidence_article,
    ("evidence", "column_name__exists"): _column_exists,
    ("evidence", "column_name__cell"): _evidence_cell,
    ("countries", "rows__count"): _count_uses,
}

_OF_COLUMN: dict[str, Callable[[pd.DataFrame, str], pd.Series]] = {
    "length": _length,
    "n_words": _n_words,
    "of_period": _of_period,
    "of_many": _of_many,
}
"""The last part of the helper name to the function that makes the helper from a column."""


def columns_of(part: object) -> set[str]:
    """The columns named by a suite, an expectation or a part of one."""
    found: set[str] = set()
    if isinstance(part, list):
        for member in part:
            found |= columns_of(member)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key in ("column", "column_A", "column_B") and isinstance(value, str):
                found.add(value)
            elif key == "column" and isinstance(value, dict) and isinstance(value.get("name"), str):
                found.add(value["name"])
            elif key == "column_list" and isinstance(value, list):
                found |= {name for name in value if isinstance(name, str)}
            else:
                found |= columns_of(value)
    return found
