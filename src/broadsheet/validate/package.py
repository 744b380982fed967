"""Validates a package on disk or tables in memory: runs the rings and gives one report of all failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.publish.package import CURATION
from broadsheet.tables.arrow import arrow_schema, arrow_type
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas
from broadsheet.validate.csv_tables import empty_csv, read_csv
from broadsheet.validate.expectations import check_expectations
from broadsheet.validate.grounding import check_grounding, passage_at
from broadsheet.validate.links import check_countries, check_evidence, check_links, check_order, check_texts
from broadsheet.validate.parquet import check_parquet
from broadsheet.validate.rebuild import check_rebuild, extract_anew
from broadsheet.validate.report import Findings, Report, Ring
from broadsheet.validate.structure import (
    check_descriptor,
    check_files,
    check_schemas,
    data_path,
    read_descriptor,
)
from broadsheet.validate.table_schema import check_table_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from broadsheet.read import Article
    from broadsheet.tables.frames import Tables
    from broadsheet.validate.expectations import Json, Memory
    from broadsheet.validate.rebuild import Extract

NO_FILES = "the tables are in memory: there are no files to check"
NO_SOURCE = "no source article was given"
NO_REBUILD = "it was not asked for"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a validation goes about its work.

    Attributes:
        rebuild: Whether the tables are made anew from the sources and compared.
        suites: Table name to suites that run besides those under ``validation/``.
        shipped: Suites that run in the place of those under ``validation/``; None for these.
        memory: What earlier validations of nearly the same tables found.
        extract: What makes the tables anew.
    """

    rebuild: bool = False
    suites: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    shipped: Mapping[str, Sequence[Json]] | None = None
    memory: Memory | None = None
    extract: Extract = extract_anew


def validate_package(directory: Path, sources: Sequence[Article] = (), settings: Settings | None = None) -> Report:
    """Checks a data package, wherever it came from: nothing is written, fetched or read outside its folder.

    Args:
        directory: The folder that holds its ``datapackage.json``.
        sources: Articles to check spans and values against.
        settings: Further rules, and whether to make the tables anew.

    Returns:
        A report of all that is wrong, not of the first thing.

    Raises:
        InputError: If the folder holds no package of ours, or a suite cannot be loaded.
    """
    findings = Findings(TABLES)
    frames, made_by = outer_rings(findings, directory)
    return _report(findings, frames, sources, made_by, settings or Settings())


def validate_tables(tables: Tables, sources: Sequence[Article] = ()) -> Report:
    """Checks tables in memory: rings 3 and 4.

    Args:
        tables: The tables; a frame may have been changed by its user.
        sources: Articles to check spans and values against.
    """
    findings = Findings(TABLES)
    findings.skipped[Ring.TABLE_SCHEMA] = findings.skipped[Ring.PARQUET] = NO_FILES
    frames = {name: _typed(findings, name, tables[name]) for name in TABLES}
    findings.rows.update({name: len(frame) for name, frame in frames.items()})
    return _report(findings, frames, sources, {}, Settings())


def outer_rings(findings: Findings, directory: Path) -> tuple[dict[str, pd.DataFrame], Mapping[str, Any]]:
    """Rings 1 and 2, the files of a package.

    Returns:
        The tables to go on with, whatever of them could be read, and what the package says it was made by: extractor,
        model, and the text of its corrections.

    Raises:
        InputError: If the folder holds no package of ours.
    """
    content = read_descriptor(directory)
    files = check_files(findings, directory, content)
    check_schemas(findings, directory)
    read = {name: read_csv(findings, name, files[p]) for name in TABLES if (p := data_path(name, "csv")) in files}
    check_table_schema(findings, {name: read.get(name) or empty_csv(name) for name in TABLES})
    arrow: dict[str, pa.Table] = {}
    for name in TABLES:
        path = data_path(name, "parquet")
        parquet = check_parquet(findings, name, files[path], read.get(name)) if path in files else None
        # A table without a CSV to read is judged by its Parquet file, so that no fault hides another.
        table = read[name].table if name in read else parquet
        arrow[name] = table if table is not None else arrow_schema(name).empty_table()
        findings.rows[name] = arrow[name].num_rows
    check_descriptor(findings, content, files, arrow["articles"], findings.rows)
    missing = {name: set(schemas()[name].columns) - set(read[name].columns) for name in read}
    frames = {name: to_frame(table).drop(columns=sorted(missing.get(name, ()))) for name, table in arrow.items()}
    made_by = content["broadsheet"] if isinstance(content["broadsheet"], dict) else {}
    return frames, {**made_by, "curation": files.get(CURATION, b"").decode("utf-8", "replace")}


def _typed(findings: Findings, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with our dtypes: a column that cannot have its own is noted and becomes null."""
    import pandas as pd
    import pyarrow as pa

    columns: dict[str, pd.Series] = {}
    for place, label in enumerate(frame.columns):
        cells = frame.iloc[:, place].reset_index(drop=True)
        if label not in schemas()[name].columns or label in columns:
            columns[f"{label}.{place}" if label in columns else str(label)] = cells
            continue
        field = schemas()[name].field(label)
        check = findings.check(Ring.EXPECTATIONS, name, "type", f"{label} is of type {field.type}", [label])
        target = arrow_type(field)
        try:
            values = pa.Array.from_pandas(cells, type=target)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            findings.fail(check, value=str(cells.dtype), message=f"{check.description}: {str(error)[:100]}")
            values = pa.nulls(len(frame), target)
        flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        columns[label] = to_frame(pa.table({label: flat}))[label]
    return pd.DataFrame(columns)


def inner_rings(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    made_by: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
) -> None:
    """Rings 3 to 5: what the cells mean together, what the article says, and what a build makes of it."""
    settings = settings or Settings()
    check_links(findings, frames)
    check_evidence(findings, frames)
    check_texts(findings, frames)
    check_countries(findings, frames)
    check_order(findings, frames)
    check_expectations(findings, frames, settings.shipped, settings.memory)
    if settings.suites:
        check_expectations(findings, frames, settings.suites, settings.memory)
    if not sources:
        findings.skipped[Ring.GROUNDING] = findings.skipped[Ring.REBUILD] = NO_SOURCE
        return
    check_grounding(findings, frames, sources)
    if settings.rebuild:
        check_rebuild(findings, frames, sources, made_by or {}, settings.extract)
    else:
        findings.skipped[Ring.REBUILD] = NO_REBUILD


def _report(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    made_by: Mapping[str, Any],
    settings: Settings,
) -> Report:
    inner_rings(findings, frames, sources, made_by, settings)
    texts = {source.article_id: source.text for source in sources}
    return findings.report(lambda place: passage_at(texts.get(place.article_id), place.span))
