"""Explains a row of a package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sized
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.base.shipped import shipped
from broadsheet.base.span import Span
from broadsheet.reading.preference import preference
from broadsheet.tables.schema import schemas
from broadsheet.views.explain.cells import by_curator, cells_of, reason_of
from broadsheet.views.explain.explanation import Explanation, NamingArticle, Reason
from broadsheet.views.explain.metadata import metadata_reasons
from broadsheet.views.explain.package import FoundRow, Package
from broadsheet.views.explain.passages import passage
from broadsheet.views.explain.reextraction import ReextractedRow, Reextraction, model_of, other_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.curation import Correction
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article
    from broadsheet.views.explain.explanation import Passage

_MOST = 8
"""The most articles that are extracted again for an actor."""
NO_SOURCE = "Give --source ARTICLE to see the passage, and the rule that gave each cell."


def explain(
    key: str,
    package: Path | None = None,
    sources: Sources = (),
    files: Sequence[Path] = (),
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Explanation:
    """Explains a row: its passage, the rule that gave each cell, and what a curator changed.

    To find the rules, the articles of the row are extracted again; others are not read.

    Args:
        key: Key of the row; join several columns with ``/``.
        package: Folder of the package; the published dataset if not given.
        sources: Articles that the package was built from, in any order, or a mapping or function from ``article_id``
            to the article.
        files: The files that they were read from, which may have sidecars.
        encoding: Encoding of these files.
        max_characters: The most code points that an article in them may have.

    Raises:
        InputError: If the package cannot be read, has no row with that key, or the sources hold no article of the row.

    Example:
        >>> explanation = explain("quo_9af85e18ae420d15", sources=broadsheet.read("article.txt"))
        >>> [(cell.column, reason.says) for cell in explanation.cells for reason in cell.reasons]
    """
    content = Package(package or shipped("datapackage.json").parent)
    row = content.find(key)
    if row.table == "countries":
        return _of_country(content, row)
    if row.table == "evidence":
        return _of_evidence(content, row, sources)
    articles, notes = _given(sources, _articles_of(content, row), row)
    if len(articles) > _MOST:
        notes.append(f"These are the rules of {_MOST} of the {len(articles):,} given articles that name the actor.")
    again = _reextract(content, [articles[key] for key in sorted(articles)][:_MOST], notes)
    extracted = {a.article.article_id: found for a in again if (found := a.row(row.table, row.key)) is not None}
    correction = _correction(content, row)
    added = correction is not None and correction.action.value == "add"
    if again and not extracted and not added:
        notes.append("Extraction no longer gives this row.")
    texts = {a.article.article_id: a.article for a in again}
    cells = cells_of(content, row, extracted, texts, correction)
    if row.table == "articles" and articles:
        cells = metadata_reasons(cells, next(iter(articles.values())), files, encoding, max_characters)
    return Explanation(
        row.table,
        row.written,
        cells,
        passage=_passage(content, row, articles),
        named=_named(content, row, articles, extracted) if row.table == "actors" else (),
        curated=correction.reason if correction is not None else None,
        action=correction.action.value if correction is not None else None,
        notes=tuple(notes),
        with_source=bool(again),
    )


def _articles_of(content: Package, row: FoundRow) -> list[str]:
    """The articles of a row: its own, or all that name an actor."""
    if row.table != "actors":
        return [str(row.cells["article_id"])]
    rows = [r for t in ("mentions", "actor_roles") for r in content.rows(t, {"actor_id": row.key[0]})]
    return sorted({str(r["article_id"]) for r in rows})


def _given(sources: Sources, ids: Sequence[str], row: FoundRow) -> tuple[dict[str, Article], list[str]]:
    """The articles with some ids among the sources, and a note if there are no sources.

    Raises:
        InputError: If there are sources, but none of them is an article of the row.
    """
    if isinstance(sources, Sized) and not sources:
        return {}, [NO_SOURCE]
    found: dict[str, Article] = {}
    if isinstance(sources, Mapping) or callable(sources):
        find = sources.get if isinstance(sources, Mapping) else sources
        found = {key: article for key in ids if (article := find(key)) is not None}
    else:
        wanted = set(ids)
        for article in sources:
            key = article.article_id
            if key in wanted and (key not in found or preference(article) < preference(found[key])):
                found[key] = article
    if not found:
        raise InputError("--source", f"has no article of {row.written}", f"name {' or '.join(ids[:3])}, as built")
    return found, []


def _reextract(content: Package, articles: Sequence[Article], notes: list[str]) -> list[Reextraction]:
    if not articles:
        return []
    made_by = content.made_by()
    model = model_of(made_by[1])
    other = other_version(made_by, model)
    notes += [other] if other is not None else []
    return [Reextraction(a, content.rows("mentions", {"article_id": a.article_id}), model) for a in articles]


def _correction(content: Package, row: FoundRow) -> Correction | None:
    return next((c for c in content.corrections() if (c.table, c.key) == (row.table, row.key)), None)


def _title(content: Package, article_id: str) -> str | None:
    rows = content.rows("articles", {"article_id": article_id})
    title: str | None = rows[0]["title"] if rows else None
    return title


def _passage(content: Package, row: FoundRow, articles: Mapping[str, Article]) -> Passage | None:
    """The passage of a row: its own span, or the words that name an actor."""
    if "char_start" in row.cells:
        at: Mapping[str, Any] = row.cells
    elif row.table == "actors":
        names = [evidence for evidence in content.evidence(row) if evidence["column_name"] == "name"]
        if not names:
            return None
        at = min(names, key=lambda e: (e["article_id"] not in articles, e["article_id"], e["char_start"]))
    else:
        return None
    article_id, span = str(at["article_id"]), Span(at["char_start"], at["char_end"])
    return passage(article_id, _title(content, article_id), span, articles.get(article_id))


def _named(
    content: Package, actor: FoundRow, articles: Mapping[str, Article], extracted: Mapping[str, ReextractedRow]
) -> tuple[NamingArticle, ...]:
    """The articles that name an actor, and in which forms."""
    out = []
    mentions = content.rows("mentions", {"actor_id": actor.key[0]})
    for article_id in sorted({str(row["article_id"]) for row in mentions}):
        rows = [row for row in mentions if row["article_id"] == article_id]
        article = articles.get(article_id)
        printed = {article.text[row["char_start"] : row["char_end"]] for row in rows} if article is not None else set()
        local = extracted[article_id].local_id if article_id in extracted else None
        forms = tuple(sorted(Counter(str(row["form"]) for row in rows).items()))
        other = local if local != actor.key[0] else None
        title = _title(content, article_id)
        out.append(NamingArticle(article_id, title, len(rows), forms, tuple(sorted(printed)), other))
    return tuple(out)


def _of_country(content: Package, country: FoundRow) -> Explanation:
    """Explains a row of ``countries`` by the rows that use its code."""
    used = []
    for table in schemas():
        for key in schemas()[table].foreign_keys:
            if key.target_table == "countries":
                rows = content.rows(table, {key.column: country.key[0]})
                used += [(f"{table}.{key.column}", len(rows))] if rows else []
    cells = cells_of(content, country, {}, {}, None, always=True)
    return Explanation(country.table, country.written, cells, used=tuple(used), with_source=True)


def _of_evidence(content: Package, evidence: FoundRow, sources: Sources) -> Explanation:
    """Explains a row of ``evidence`` by its words and the rule of the cell that they state."""
    articles, notes = _given(sources, [str(evidence.cells["article_id"])], evidence)
    row = content.find(str(evidence.cells["row_id"]))
    again = _reextract(content, list(articles.values()), notes)
    column = str(evidence.cells["column_name"])
    cells = cells_of(content, evidence, {}, {}, None, always=True)
    correction = _correction(content, row)
    reasons: tuple[Reason, ...] = ()
    if correction is not None and column in correction.cells:
        reasons = (by_curator(correction, column),)
    elif again and (found := again[0].row(row.table, row.key)) is not None and column in found.rules:
        reasons = (reason_of(found.rules[column], again[0].article.text),)
    cells = tuple(replace(c, reasons=(*c.reasons, *reasons)) if c.column == "column_name" else c for c in cells)
    curated = correction.reason if correction is not None and column in correction.cells else None
    action = correction.action.value if correction is not None and curated is not None else None
    return Explanation(
        evidence.table,
        evidence.written,
        cells,
        passage=_passage(content, evidence, articles),
        curated=curated,
        action=action,
        notes=tuple(notes),
        with_source=bool(again),
    )
