"""Level 5: extracts the tables from the source again, applies the package's corrections and compares every cell.

This is the strongest level. It cannot run if another version of broadsheet or of the model made the package, or if
articles are missing. That is only a warning, since nothing was shown to be wrong; the verdict then says that the
package was not verified.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.report import KEPT_FAILURES, MAKER_RULE, OTHER_MAKER, Level, Severity, shown
from broadsheet.quality.validation.rows import key_of, plain, row_place
from broadsheet.quality.validation.statements import is_cell, quoted
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.report import Check, Findings
    from broadsheet.reading import Article
    from broadsheet.tables.frames import TableSet

    Extract = Callable[[tuple[Article, ...], str], TableSet]

MOST_NAMED = 5
"""Maximum number of articles without a source to name."""

_KNOWN_OF_SOURCE = ("title", "publisher", "authors", "url", "published_on")
"""Fields that a source may lack because they were build options. The package's own values are used then."""


def check_rebuild(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    made_by: Mapping[str, Any],
    extract: Extract,
) -> None:
    """Reports every row and cell that differs from a new extraction.

    Args:
        findings: Receives the failures.
        frames: The tables.
        sources: The articles of the tables.
        made_by: Extractor and model from ``datapackage.json``, and the text of the package's corrections.
        extract: Extracts the tables from the articles; it may cache them.
    """
    model = installed_model(made_by)
    articles = articles_of(frames["articles"], sources)
    complete = sources_check(findings)
    if articles is None:
        findings.fail(complete, message=missing_sources(frames["articles"], sources))
        findings.skipped[Level.REBUILD] = "not all sources of the articles were given"
    elif model is None:
        findings.skipped[Level.REBUILD] = OTHER_MAKER
    else:
        built = _curated(findings, extract(articles, model), str(made_by.get("curation") or ""))
        for name in TABLES:
            compare(findings, name, frames[name], built[name])


def sources_check(findings: Findings) -> Check:
    """The rule that the sources of all articles were given."""
    return findings.check(
        Level.REBUILD,
        "articles",
        "rebuild_sources",
        "the sources of all articles were given, so that the tables can be extracted again",
        ["text_sha256"],
        Severity.WARNING,
    )


def _curated(findings: Findings, tables: TableSet, corrections: str) -> TableSet:
    """The tables with the package's corrections. Corrections that do not fit are reported and left out."""
    from broadsheet.base.errors import InputError
    from broadsheet.curation import curate, parse_curation
    from broadsheet.publishing.package import CURATION

    check = findings.check(Level.REBUILD, "", "rebuild_curation", "the package's corrections fit what is extracted")
    if not corrections.strip():
        return tables
    try:
        return curate(tables, parse_curation(corrections, CURATION)).tables
    except InputError as error:
        findings.fail(check, value=CURATION, message=str(error))
        return tables


def check_maker(findings: Findings, made_by: Mapping[str, Any], *, is_empty: bool = False) -> None:
    """Checks that the installed extractor and model made the package. This needs no source.

    Args:
        findings: Receives the warning.
        made_by: Extractor and model from ``datapackage.json``.
        is_empty: Whether the package has no article and so needs no model.
    """
    check = findings.check(
        Level.REBUILD,
        "",
        MAKER_RULE,
        "the extractor and the model that made the package are those installed here",
        severity=Severity.WARNING,
    )
    if (found := _other_maker(made_by, is_empty=is_empty)) is not None:
        value, message = found
        findings.fail(check, value=value, message=message)


def installed_model(made_by: Mapping[str, Any]) -> str | None:
    """The model to extract the tables with; None if this installation did not make them."""
    from broadsheet.analysis.pipeline import model_version
    from broadsheet.base.errors import InputError

    if _other_maker(made_by) is not None:
        return None
    name, version = _model_of(made_by)
    try:
        return str(name) if model_version(str(name)) == (name, version) else None
    except InputError:
        return None


def _other_maker(made_by: Mapping[str, Any], *, is_empty: bool = False) -> tuple[object, str] | None:
    """The extractor or model that made the package, with a message; None if it is installed. Loads no model."""
    from broadsheet.base.version import __version__

    extractor, (name, version) = made_by.get("extractor"), _model_of(made_by)
    if extractor != __version__:
        return extractor, f"the package was made by broadsheet {shown(extractor)}; this is {__version__}"
    if is_empty and made_by.get("model") is None:
        return None
    if not isinstance(name, str) or not isinstance(version, str) or _installed().get(name) != version:
        return name, f"the package was made with the model {shown(name)} {shown(version)}, which is not installed"
    return None


def _model_of(made_by: Mapping[str, Any]) -> tuple[object, object]:
    model = made_by.get("model")
    return (model.get("name"), model.get("version")) if isinstance(model, dict) else (None, None)


def _installed() -> dict[str, str]:
    """The installed pipelines and their versions.

    Names from a package are never imported or looked up in a folder.
    """
    from importlib.metadata import entry_points

    from broadsheet.analysis.model_files import DEFAULT_MODEL, read_meta

    found = {point.name: point.dist.version for point in entry_points(group="spacy_models") if point.dist is not None}
    return {**found, DEFAULT_MODEL: read_meta(DEFAULT_MODEL)["version"]}


def articles_of(frame: pd.DataFrame, sources: Sequence[Article]) -> tuple[Article, ...] | None:
    """The articles as they were extracted: the sources, with missing fields filled in from the package.

    None if the sources are not exactly the articles of the tables.
    """
    by_hash = {source.text_sha256: source for source in sources}
    if "text_sha256" not in frame or {*frame["text_sha256"]} != {*by_hash}:
        return None
    made: list[Article] = []
    for row in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        source = by_hash.pop(row["text_sha256"], None)
        if source is None:
            continue  # a repeated article is extracted once
        known: dict[str, Any] = {name: row.get(name) for name in _KNOWN_OF_SOURCE if not getattr(source, name)}
        if known.get("authors"):
            known["authors"] = tuple(known["authors"].split("; "))
        if source.language == "en" and isinstance(row.get("language"), str):
            known["language"] = row["language"]
        made.append(replace(source, **{name: value for name, value in known.items() if value}))
    return tuple(made)


def missing_sources(frame: pd.DataFrame, sources: Sequence[Article]) -> str:
    """Describes which articles of the tables have no source."""
    if "text_sha256" not in frame or "article_id" not in frame:
        return "the articles have no text_sha256 to find their sources by"
    given = {source.text_sha256 for source in sources}
    articles = zip(frame["article_id"], frame["text_sha256"], strict=True)
    missing = [str(key) for key, digest in articles if digest not in given]
    more = f" and {len(missing) - MOST_NAMED:,} more" if len(missing) > MOST_NAMED else ""
    if not missing:
        return "a source was given that is not an article of the tables"
    return f"no source was given of {', '.join(missing[:MOST_NAMED])}{more}"


def compare(findings: Findings, name: str, frame: pd.DataFrame, built: pd.DataFrame) -> None:
    """Reports the differences between a table and its rebuild, row by row and cell by cell."""
    schema = schemas()[name]
    exact = "the source, with the package's corrections, gives these rows and no others"
    rows = findings.check(Level.REBUILD, name, "rebuilt_rows", exact)
    order = findings.check(Level.REBUILD, name, "rebuilt_order", "the rows are in the order that a build gives them")
    cells = {
        column: findings.check(Level.REBUILD, name, "rebuilt_cells", f"{column} is what the source gives", [column])
        for column in schema.columns
    }
    if not set(schema.primary_key) <= set(frame.columns):
        return
    if frame.equals(built):
        return
    ours, theirs = _by_key(name, frame), _by_key(name, built)
    columns = [column for column in schema.columns if column in frame]
    for key, (position, row) in ours.items():
        place = row_place(frame, position)
        if key not in theirs:
            findings.fail(rows, key, message=f"the source does not give the row {key}", place=place)
            continue
        right = theirs[key][1]
        for column in columns:
            if row[column] != right[column]:
                message = f"{is_cell(column, row[column])}, but the source gives {quoted(right[column])}"
                findings.fail(cells[column], key, row[column], message, place)
    _missing(findings, rows, [key for key in theirs if key not in ours])
    if list(ours) != list(theirs) and {*ours} == {*theirs}:
        first = next(key for key, other in zip(ours, theirs, strict=True) if key != other)
        findings.fail(order, first, message=f"{first} is not where a build puts it")


def _missing(findings: Findings, check: Check, keys: Sequence[str]) -> None:
    for key in keys[:KEPT_FAILURES]:
        findings.fail(check, key, message=f"the source gives a row {key} that is not there")
    findings.fail_unnamed(check, len(keys[KEPT_FAILURES:]))


def _by_key(name: str, frame: pd.DataFrame) -> dict[str, tuple[int, dict[str, Any]]]:
    """Key to position and cells of the row; the last row wins if a key is repeated."""
    cells = {str(column): plain(frame[column]) for column in frame}
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    names = schemas()[name].primary_key
    return {key_of([row[part] for part in names], place): (place, row) for place, row in enumerate(rows)}
