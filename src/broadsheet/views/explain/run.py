"""Tells of a row where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sized
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.base.shipped import shipped
from broadsheet.base.span import Span
from broadsheet.tables.schema import schemas
from broadsheet.views.explain.again import Again, Extracted, model_of, other_version
from broadsheet.views.explain.cells import by_curator, cells_of, reason_of
from broadsheet.views.explain.explanation import Explanation, Named, Reason
from broadsheet.views.explain.metadata import metadata_reasons
from broadsheet.views.explain.package import Package, Place
from broadsheet.views.explain.passages import passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from broadsheet.curation import Correction
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article
    from broadsheet.views.explain.explanation import CellTold, Passage

_MOST = 8
"""So many articles that name an actor are extracted again."""
NO_SOURCE = "Give --source ARTICLE to see the passage, and the rule that gave each cell."


def explain(
    key: str,
    package: Path | None = None,
    sources: Sources = (),
    files: Sequence[Path] = (),
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Explanation:
    """Tells of a row which passage says it, which rule gave each cell, and what a curator changed.

    The articles concerned are extracted again to tell the rules; others are not looked at.

    Args:
        key: Key of the row; of several columns, with ``/`` between.
        package: Folder of the package; the published dataset if not given.
        sources: Articles that the package was built from, in any order; as a mapping or a function, from
            ``article_id`` to the article.
        files: The files that they were read from, beside which their sidecars stand.
        encoding: Encoding of these files.
        max_characters: The most code points that an article in them may have.

    Raises:
        InputError: If the package cannot be read, has no row of that key, or none of the given articles is one of the
            row's.

    Example:
        >>> told = explain("quo_9af85e18ae420d15", sources=broadsheet.read("article.txt"))
        >>> [(cell.column, reason.says) for cell in told.cells for reason in cell.reasons]
    """
    content = Package(package or shipped("datapackage.json").parent)
    place = content.find(key)
    if place.table == "countries":
        return _of_country(content, place)
    if place.table == "evidence":
        return _of_evidence(content, place, sources)
    ids = _articles_of(content, place)
    articles = _given(sources, ids)
    some = _asked(sources)
    if some and not articles:
        raise InputError("--source", f"holds no article of {place.written}", f"name {' or '.join(ids[:3])}, as built")
    notes = [] if some else [NO_SOURCE]
    if len(articles) > _MOST:
        notes.append(f"The rules are told of {_MOST} of its {len(articles):,} articles that were given.")
    again = _again(content, [articles[key] for key in sorted(articles)][:_MOST], notes)
    extracted = {a.article.article_id: row for a in again if (row := a.row(place.table, place.key)) is not None}
    correction = _correction(content, place)
    added = correction is not None and correction.action.value == "add"
    if again and not extracted and not added:
        notes.append("Extraction gives no such row of the article now.")
    texts = {a.article.article_id: a.article for a in again}
    cells = cells_of(content, place, extracted, texts, correction)
    if place.table == "articles" and articles:
        cells = metadata_reasons(cells, next(iter(articles.values())), files, encoding, max_characters)
    return Explanation(
        place.table,
        place.written,
        cells,
        _passage(content, place, articles, cells),
        _named(content, place, articles, extracted) if place.table == "actors" else (),
        (),
        correction.reason if correction is not None else None,
        correction.action.value if correction is not None else None,
        tuple(notes),
        bool(again),
    )


def _asked(sources: Sources) -> bool:
    """Whether any article was given."""
    return callable(sources) or not isinstance(sources, Sized) or len(sources) > 0


def _articles_of(content: Package, place: Place) -> list[str]:
    """The articles that a row tells of: its own, or all that name an actor."""
    if place.table != "actors":
        return [str(place.cells["article_id"])]
    rows = [r for t in ("mentions", "actor_roles") for r in content.rows(t, {"actor_id": place.key[0]})]
    return sorted({str(row["article_id"]) for row in rows})


def _given(sources: Sources, ids: Sequence[str]) -> dict[str, Article]:
    """The given articles that are among some: of two with one text, that of which more is known."""
    if isinstance(sources, Mapping) or callable(sources):
        find = sources.get if isinstance(sources, Mapping) else sources
        return {key: article for key in ids if (article := find(key)) is not None}
    wanted = set(ids)
    out: dict[str, Article] = {}
    for article in sources:
        key = article.article_id
        if key in wanted and (key not in out or _worth(article) > _worth(out[key])):
            out[key] = article
    return out


def _worth(article: Article) -> tuple[int, str]:
    said = (article.title, article.publisher, article.authors, article.url, article.published_on, article.language)
    return sum(map(bool, said)), repr(said)


def _again(content: Package, articles: Sequence[Article], notes: list[str]) -> list[Again]:
    if not articles:
        return []
    made_by = content.made_by()
    model = model_of(made_by[1])
    other = other_version(made_by, model)
    notes += [other] if other is not None else []
    return [Again(article, content.rows("mentions", {"article_id": article.article_id}), model) for article in articles]


def _correction(content: Package, place: Place) -> Correction | None:
    wanted = (c for c in content.corrections() if (c.table, c.key) == (place.table, place.key))
    return next(wanted, None)


def _title(content: Package, article_id: str) -> str | None:
    rows = content.rows("articles", {"article_id": article_id})
    title: str | None = rows[0]["title"] if rows else None
    return title


def _passage(
    content: Package, place: Place, articles: Mapping[str, Article], cells: Iterable[CellTold]
) -> Passage | None:
    """Where a row stands: its own span, or the words that name an actor."""
    if "char_start" in place.cells:
        article_id = str(place.cells["article_id"])
        span = Span(place.cells["char_start"], place.cells["char_end"])
    elif place.table == "actors":
        rows = [row for row in content.evidence(place) if row["column_name"] == "name"]
        rows.sort(key=lambda row: (row["article_id"] not in articles, row["article_id"], row["char_start"]))
        if not rows:
            return None
        article_id, span = str(rows[0]["article_id"]), Span(rows[0]["char_start"], rows[0]["char_end"])
    else:
        return None
    return passage(article_id, _title(content, article_id), span, articles.get(article_id))


def _named(
    content: Package, place: Place, articles: Mapping[str, Article], extracted: Mapping[str, Extracted]
) -> tuple[Named, ...]:
    """The articles that name an actor, and in which forms."""
    out = []
    mentions = content.rows("mentions", {"actor_id": place.key[0]})
    for article_id in sorted({str(row["article_id"]) for row in mentions}):
        rows = [row for row in mentions if row["article_id"] == article_id]
        article = articles.get(article_id)
        printed = {article.text[row["char_start"] : row["char_end"]] for row in rows} if article is not None else set()
        local = extracted[article_id].local_id if article_id in extracted else None
        forms = tuple(sorted(Counter(str(row["form"]) for row in rows).items()))
        other = local if local != place.key[0] else None
        title = _title(content, article_id)
        out.append(Named(article_id, title, len(rows), forms, tuple(sorted(printed)), other))
    return tuple(out)


def _of_country(content: Package, place: Place) -> Explanation:
    """A row of ``countries``: which rows use its code."""
    used = []
    for table in schemas():
        for key in schemas()[table].foreign_keys:
            if key.target_table == "countries":
                rows = content.rows(table, {key.column: place.key[0]})
                used += [(f"{table}.{key.column}", len(rows))] if rows else []
    cells = cells_of(content, place, {}, {}, None, always=True)
    return Explanation(place.table, place.written, cells, used=tuple(used), with_source=True)


def _of_evidence(content: Package, place: Place, sources: Sources) -> Explanation:
    """A row of ``evidence``: the words, and the rule of the cell that they state."""
    article_id = str(place.cells["article_id"])
    row = content.find(str(place.cells["row_id"]))
    articles = _given(sources, [article_id])
    notes = [] if _asked(sources) else [NO_SOURCE]
    if _asked(sources) and not articles:
        raise InputError("--source", f"holds no article of {place.written}", f"name {article_id}, as built")
    again = _again(content, list(articles.values()), notes)
    column = str(place.cells["column_name"])
    cells = cells_of(content, place, {}, {}, None, always=True)
    correction = _correction(content, row)
    reasons: tuple[Reason, ...] = ()
    if correction is not None and column in correction.cells:
        reasons = (by_curator(correction, column),)
    elif again and (found := again[0].row(row.table, row.key)) is not None and column in found.rules:
        reasons = (reason_of(found.rules[column], again[0].article.text),)
    cells = tuple(replace(c, reasons=(*c.reasons, *reasons)) if c.column == "column_name" else c for c in cells)
    curated = correction.reason if correction is not None and column in correction.cells else None
    action = correction.action.value if correction is not None and curated is not None else None
    where = _passage(content, place, articles, cells)
    return Explanation(place.table, place.written, cells, where, (), (), curated, action, tuple(notes), bool(again))
