"""Runs the checks of each level on a package on disk or on tables in memory."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.descriptor import PublishedFile
from broadsheet.publishing.package import CURATION
from broadsheet.quality.validation.checksums import check_expected, check_listing
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.consistency import check_consistency
from broadsheet.quality.validation.constraints import check_constraints
from broadsheet.quality.validation.corrected import Corrections, check_corrected, check_curated_cells
from broadsheet.quality.validation.csv_form import is_published_form
from broadsheet.quality.validation.csv_tables import CsvTable, of_parquet, published_csv, read_csv
from broadsheet.quality.validation.declared import check_declared
from broadsheet.quality.validation.expectations import check_expectations
from broadsheet.quality.validation.grounding import check_grounding
from broadsheet.quality.validation.links import check_countries, check_evidence, check_links, check_order, check_texts
from broadsheet.quality.validation.memory import Memory
from broadsheet.quality.validation.metadata import check_metadata
from broadsheet.quality.validation.parquet import ParquetTable, check_same, read_parquet
from broadsheet.quality.validation.readings.missing import check_missing
from broadsheet.quality.validation.rebuild import check_maker, check_rebuild
from broadsheet.quality.validation.report import JUST_MADE, NO_SOURCE, Findings, Level
from broadsheet.quality.validation.settings import Settings
from broadsheet.quality.validation.structure import (
    check_descriptor,
    check_schemas,
    check_stray,
    data_path,
    read_curation,
    read_descriptor,
    read_files,
)
from broadsheet.quality.validation.table_schema import check_table_schema
from broadsheet.tables.arrow import arrow_type
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from broadsheet.quality.validation.report import Check
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet


def check_package_files(
    findings: Findings, directory: Path, settings: Settings | None = None
) -> tuple[Frames, Mapping[str, Any]]:
    """Levels 1 and 2: checks the files of a package, one table at a time, without keeping file contents.

    Returns:
        The tables, as far as they could be read, and what the package says it was made by: extractor, model, and the
        text of its corrections.

    Raises:
        InputError: If the folder does not contain a Broadsheet package.
    """
    settings = settings or Settings()
    memory = settings.memory or Memory(keeps=False)
    content = read_descriptor(directory)
    check_expected(findings, directory, settings.expect)
    check_schemas(findings, directory)
    check_stray(findings, directory)
    files: dict[str, PublishedFile] = {}
    tables: dict[str, CsvTable] = {}
    typed: dict[str, pd.DataFrame] = {}
    with_csv = set()
    for name in TABLES:
        of_table = read_files(findings, directory, name)
        files |= {path: PublishedFile.of(path, data) for path, data in of_table.items()}
        csv, parquet = (of_table.get(data_path(name, ending)) for ending in ("csv", "parquet"))
        read = partial(_read, name=name, csv=csv, parquet=parquet)
        tables[name], typed[name] = memory.read(findings, (name, csv, parquet), read)
        findings.rows[name] = len(tables[name])
        if csv is not None:
            with_csv.add(name)
    frames = Frames(typed)
    for name in TABLES:
        check = partial(_check_constraints, tables=tables, read=with_csv, name=name)
        memory.step(findings, ("constraints", name, name in with_csv), frames, check, tables[name])
    if settings.cross_check:
        check_table_schema(findings, tables)
    curation = read_curation(findings, directory, content)
    if curation is not None:
        files[CURATION] = PublishedFile.of(CURATION, curation)
    check_descriptor(findings, content, files, tables["articles"].table, findings.rows)
    check_metadata(findings, directory, content)
    check_listing(findings, directory, content, {path: f"sha256:{file.sha256}" for path, file in files.items()})
    made_by = content["broadsheet"] if isinstance(content["broadsheet"], dict) else {}
    check_maker(findings, made_by, is_empty=not len(tables["articles"]))
    check_declared(findings, directory, content, settings.sidecar)
    return frames, {**made_by, "curation": (curation or b"").decode("utf-8", "replace")}


def _read(findings: Findings, name: str, csv: bytes | None, parquet: bytes | None) -> tuple[CsvTable, pd.DataFrame]:
    read = read_table(findings, name, csv, parquet)
    missing = set(schemas()[name].columns) - set(read.columns)
    return read, to_frame(read.table).drop(columns=sorted(missing))


def _check_constraints(
    findings: Findings, frames: Frames, tables: Mapping[str, CsvTable], read: Collection[str], name: str
) -> None:
    check_constraints(findings, tables, frames, read, [name])


def read_table(findings: Findings, name: str, csv: bytes | None, parquet: bytes | None) -> CsvTable:
    """Reads a table from its two files and reports format errors and differences between them.

    Without a readable CSV the Parquet table is used, so that one error does not hide another.
    """
    unpacked = read_parquet(findings, name, parquet, csv) if parquet is not None else ParquetTable()
    if csv is None:
        return of_parquet(name, unpacked.table)
    known = unpacked.table is not None and is_published_form(csv, unpacked.table)
    read = published_csv(findings, name, unpacked.table) if known else read_csv(findings, name, csv)
    if parquet is not None:
        check_same(findings, name, read, unpacked, known=known)
    return read


def typed_frame(findings: Findings, name: str, tables: TableSet) -> pd.DataFrame:
    """The frame with our dtypes. A column that cannot be converted is reported and becomes null."""
    import pandas as pd
    import pyarrow as pa

    if (arrow := tables.unchanged_arrow(name)) is not None:
        for label in arrow.column_names:
            _type_check(findings, name, label)
        return to_frame(arrow)
    frame = tables[name]
    columns: dict[str, pd.Series] = {}
    for place, label in enumerate(frame.columns):
        cells = frame.iloc[:, place].reset_index(drop=True)
        if label not in schemas()[name].columns or label in columns:
            columns[f"{label}.{place}" if label in columns else str(label)] = cells
            continue
        field = schemas()[name].field(label)
        check = _type_check(findings, name, label)
        target = arrow_type(field)
        try:
            values = pa.Array.from_pandas(cells, type=target)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            said = f"{label} has the dtype {cells.dtype}, not {field.type}: {str(error)[:100]}"
            findings.fail(check, value=str(cells.dtype), message=said)
            values = pa.nulls(len(frame), target)
        flat = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        columns[label] = to_frame(pa.table({label: flat}))[label]
    return pd.DataFrame(columns)


def _type_check(findings: Findings, table: str, column: str) -> Check:
    description = f"{column} is of type {schemas()[table].field(column).type}"
    return findings.check(Level.EXPECTATIONS, table, "type", description, [column])


def check_contents(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    made_by: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
) -> None:
    """Levels 3 to 5: checks the tables for consistency, against the articles, and against a rebuild."""
    settings = settings or Settings()
    memory = settings.memory or Memory(keeps=False)
    tables = Frames.of(frames)
    corrections = Corrections.of((made_by or {}).get("curation"))
    for name in TABLES:
        for check in (check_links, check_evidence, check_texts, check_order):
            memory.step(findings, (check.__name__, name), tables, partial(check, names=[name]))
        consistent = partial(check_consistency, names=[name], corrections=corrections)
        memory.step(findings, ("consistency", name, corrections.text), tables, consistent)
        applied = partial(check_corrected, names=[name], corrections=corrections)
        memory.step(findings, ("corrected", name, corrections.text), tables, applied)
    memory.step(findings, "countries", tables, check_countries)
    suites = settings.shipped or memory.suites()
    for name in TABLES:
        run = partial(check_expectations, suites=suites, names=[name])
        memory.step(findings, ("expectations", name), tables, run, *suites.get(name, ()))
    if settings.cross_check:
        from broadsheet.quality.validation.library import outcome

        check_expectations(findings, tables, suites, outcome)
    if settings.suites:
        check_expectations(findings, tables, settings.suites)
    if not sources:
        findings.skipped[Level.GROUNDING] = NO_SOURCE
        findings.skipped[Level.REBUILD] = JUST_MADE if settings.just_made else NO_SOURCE
        return
    ground = partial(check_grounding, sources=sources, inferred=corrections.is_inferred)
    memory.step(findings, ("grounding", corrections.text), tables, ground)
    check_curated_cells(findings, tables, corrections, sources)
    dropped = {source.article_id: corrections.dropped(source.article_id) for source in sources}
    check_missing(findings, tables, sources, dropped)
    if settings.rebuild is None or settings.just_made:
        findings.skipped[Level.REBUILD] = settings.no_rebuild
        return
    made = made_by or {}
    run = partial(check_rebuild, sources=sources, made_by=made, extract=settings.rebuild)
    memory.step(findings, ("rebuild", json.dumps(made, sort_keys=True)), tables, run)
