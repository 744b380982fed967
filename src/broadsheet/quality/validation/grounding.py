"""Level 4: compares each row with the article that it comes from.

Text that a row copies must appear verbatim at the row's span, or at the characters that ``evidence`` cites for the
cell. ``validation.readings`` reads everything else again. This level imports no module of ``broadsheet.extraction`` or
``broadsheet.analysis``, directly or indirectly. It shares the reference tables with the parsers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings import check_readings
from broadsheet.quality.validation.report import Level, Place, Severity
from broadsheet.quality.validation.rows import plain, row_key_at
from broadsheet.quality.validation.statements import is_cell
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.report import Check, Findings
    from broadsheet.reading import Article

AT_SPAN = {"quotes": "text", "actor_roles": "title", "financial_figures": "amount_text"}
"""Table to the column that copies the row's span."""

WITHIN_SPAN = {"events": ("trigger",)}
"""Columns printed somewhere in the row's span. A rate may follow sentences later; its evidence says where."""

PRINTED = {
    "quotes": ("speaker_text",),
    "events": ("trigger", "date_text", "place"),
    "tariffs": ("rate_text",),
    "financial_figures": ("date_text",),
}
"""Columns printed somewhere in the article: at the evidence of the cell, if it has any."""

PASSAGE = 40
"""Number of characters shown on either side of a span."""

FEW_ROWS = 1000
"""Number of rows that even a short article may have in a table."""

_BLANK = re.compile(r"\s+")

_SPLIT_WORDS = frozenset({"cannot", "gonna", "gotta", "wanna", "gimme", "lemme"})
"""Words that count as two, so that a span may end inside them."""

_NEGATIONS = frozenset({"n't", "n’t"})
"""Negations written without a space after a verb; they count as separate words."""


def check_grounding(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    sources: Sequence[Article],
    inferred: Callable[[str, str, str], bool] = lambda table, key, column: False,
) -> None:
    """Reports cells that the sources do not support. A cell that a curator ``inferred`` needs no printed words.

    An article without a source is a warning, and its rows are not checked. A source that matches no article is an
    error, since the text or the tables were changed.
    """
    texts = _match(findings, frames["articles"], sources)
    for article in _crowded(findings, frames, texts):
        del texts[article]
    for name in schemas():
        frame = frames[name]
        if name == "articles" or not {"article_id", "char_start", "char_end"} <= set(frame.columns):
            continue
        _check_spans(findings, name, frame, texts)
    _check_evidence(findings, frames, texts)
    read = {key: source for source in sources for key in texts if texts[key] is source.text}
    check_readings(findings, frames, read, inferred)


def _match(findings: Findings, frame: pd.DataFrame, sources: Sequence[Article]) -> dict[str, str]:
    """Article id to text, for the articles whose source was given."""
    given = findings.check(
        Level.GROUNDING,
        "articles",
        "source_given",
        "the source of the article was given",
        ["text_sha256"],
        Severity.WARNING,
    )
    known = findings.check(
        Level.GROUNDING,
        "articles",
        "source_known",
        "every source that was given is an article of the tables",
        ["text_sha256"],
    )
    by_hash = {source.text_sha256: source for source in sources}
    texts: dict[str, str] = {}
    used: set[str] = set()
    if not {"article_id", "text_sha256"} <= set(frame.columns):
        return texts
    pairs = zip(frame["article_id"].array, frame["text_sha256"].array, strict=True)
    for position, (article_id, text_sha256) in enumerate(pairs):
        source = by_hash.get(text_sha256)
        if source is None:
            findings.fail(
                given,
                row_key_at("articles", frame, position),
                text_sha256,
                f"no source has the text_sha256 {text_sha256}, so the rows are not checked against the article",
            )
            continue
        used.add(source.text_sha256)
        if isinstance(article_id, str):
            texts[article_id] = source.text
        _check_article(findings, frame, position, source)
    for source in sources:
        if source.text_sha256 not in used:
            named = source.title or source.text.split("\n", 1)[0]
            message = f"no article of the tables has the text of the source {named[:60]!r}"
            findings.fail(known, value=source.text_sha256, message=message)
    return texts


def _crowded(findings: Findings, frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> set[str]:
    """Articles with more rows than an article can have. They are skipped, since checking them would take days."""
    found = set()
    for name in schemas():
        check = findings.check(
            Level.GROUNDING, name, "crowded", "an article has no more rows than characters", ["article_id"]
        )
        if name != "articles" and "article_id" in frames[name]:
            for article, number in frames[name]["article_id"].value_counts().items():
                if number > max(FEW_ROWS, len(texts.get(str(article), ""))) and article in texts:
                    message = f"{number:,} rows are of the article {article}, and are not read"
                    findings.fail(check, value=article, message=message)
                    found.add(str(article))
    return found


def _check_article(findings: Findings, frame: pd.DataFrame, position: int, source: Article) -> None:
    """Checks the counts against the text, and the article's metadata against that of the source."""
    key = row_key_at("articles", frame, position)

    def cell(column: str) -> object:
        known = column in frame and frame[column].notna().iloc[position]
        return frame[column].iloc[position] if known else None

    title = cell("title")
    read = replace(source, title=title if isinstance(title, str) else None)
    exact: dict[str, object] = {
        "article_id": read.article_id,
        "n_characters": read.n_characters,
        "n_words": read.n_words,
        "n_paragraphs": read.n_paragraphs,
    }
    said = {
        "title": source.title,
        "publisher": source.publisher,
        "authors": "; ".join(source.authors) or None,
        "url": source.url,
        "published_on": source.published_on,
    }
    for column, value in exact.items():
        check = findings.check(
            Level.GROUNDING, "articles", "of_text", f"{column} is what the article's text gives", [column]
        )
        if cell(column) != value:
            findings.fail(check, key, cell(column), f"{is_cell(column, cell(column))}, but the text gives {value}")
    for column, value in said.items():
        check = findings.check(
            Level.GROUNDING,
            "articles",
            "of_source",
            f"{column} is what is known of the source",
            [column],
            Severity.ERROR if column == "published_on" else Severity.WARNING,
        )
        if value is not None and cell(column) != value:
            findings.fail(check, key, cell(column), f"{is_cell(column, cell(column))}, but the source has {value}")


def _spans(frame: pd.DataFrame) -> Iterator[tuple[int, str, int, int]]:
    """Yields position, article, start and end of the rows that have all three cells."""
    columns = (plain(frame[name]) for name in ("article_id", "char_start", "char_end"))
    for position, (article, start, end) in enumerate(zip(*columns, strict=True)):
        if isinstance(article, str) and isinstance(start, int) and isinstance(end, int):
            yield position, article, start, end


def _check_spans(findings: Findings, name: str, frame: pd.DataFrame, texts: Mapping[str, str]) -> None:
    inside = _check(
        findings, name, "span_in_text", "the span lies inside the text and has something in it", "char_start"
    )
    edges = _check(findings, name, "span_edges", "the span begins and ends at the edge of a word", "char_start")
    same = AT_SPAN.get(name)
    equal = same and _check(findings, name, "at_span", f"{same} is the text at the span", same)
    within = {
        column: _check(findings, name, "within_span", f"{column} is printed inside the span", column)
        for column in WITHIN_SPAN.get(name, ())
        if column in frame
    }
    columns = {column: plain(frame[column]) for column in (*filter(None, [same]), *within) if column in frame}
    for position, article, start, end in _spans(frame):
        text = texts.get(article)
        if text is None:
            continue
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            key, cell = row_key_at(name, frame, position), f"{start}, {end}"
            said = f"the span {start} to {end} has no text; the article has {len(text)} characters"
            findings.fail(inside, key, cell, said)
            continue
        stretch = text[start:end]
        wrong: list[tuple[Check, str, str]] = []
        if not _on_edges(text, start, end):
            wrong.append((edges, f"{start}, {end}", f"the span is «{_short(stretch)}», which cuts a word"))
        if equal and same in columns and isinstance(cell := columns[same][position], str) and cell != stretch:
            wrong.append((equal, cell, f"{is_cell(same, cell)}, but the text at the span is «{_short(stretch)}»"))
        for column, check in within.items():
            cell = columns[column][position]
            if isinstance(cell, str) and not is_printed(cell, stretch):
                wrong.append((check, cell, f"{is_cell(column, cell)}, which is not in the span «{_short(stretch)}»"))
        for check, cell, said in wrong:
            place = Place(article, Span(start, end), passage(text, start, end))
            findings.fail(check, row_key_at(name, frame, position), cell, said, place)


def _check_evidence(findings: Findings, frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]) -> None:
    """Checks that cells copied from the text are printed at their evidence, or in the article if they have none."""
    evidence = frames["evidence"]
    if not {"row_id", "column_name", "article_id", "char_start", "char_end"} <= set(evidence.columns):
        return
    places: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    cited = list(zip(plain(evidence["row_id"]), plain(evidence["column_name"]), strict=True))
    for position, article, start, end in _spans(evidence):
        places.setdefault(cited[position], []).append((article, start, end))
    for name, columns in PRINTED.items():
        frame = frames[name]
        key = schemas()[name].primary_key[0]
        if not {key, "article_id"} <= set(frame.columns):
            continue
        for column in columns:
            if column not in frame:
                continue
            check = _check(
                findings, name, "printed", f"{column} is printed in the article, at the evidence for it", column
            )
            cells = (plain(frame[part]) for part in (column, key, "article_id"))
            for position, (cell, row_id, article) in enumerate(zip(*cells, strict=True)):
                if not isinstance(cell, str) or (text := texts.get(article)) is None:
                    continue
                found = [(s, e) for where, s, e in places.get((row_id, column), ()) if where == article and 0 <= s < e]
                stretches = [text[start:end] for start, end in found] or [text]
                if any(is_printed(cell, stretch) for stretch in stretches):
                    continue
                if found and is_printed(cell, text[min(found)[0] : max(end for _, end in found)]):
                    continue  # several spans make up one cell
                place = Place(article, Span(*found[0]), passage(text, *found[0])) if found else None
                said = f"its evidence is «{_short(stretches[0])}»" if found else "the article does not have these words"
                said = f"{is_cell(column, cell)}, but {said}"
                findings.fail(check, row_key_at(name, frame, position), cell, said, place)


def _check(findings: Findings, table: str, rule: str, description: str, column: str) -> Check:
    columns = ["char_start", "char_end"] if column == "char_start" else [column]
    return findings.check(Level.GROUNDING, table, rule, description, columns)


def is_printed(words: str, text: str) -> bool:
    """Whether ``text`` has the words, whole and in order. Other words may come between, as in "took … over"."""
    if _find(words, text, 0) is not None:
        return True
    place = 0
    for word in words.split():
        end = _find(word, text, place)
        if end is None:
            return False
        place = end
    return True


def _find(word: str, text: str, start: int) -> int | None:
    """The end of the first whole-word occurrence of ``word`` at or after ``start``; None if there is none."""
    while (found := text.find(word, start)) >= 0:
        if _on_edges(text, found, end := found + len(word)):
            return end
        start = found + 1
    return None


def _on_edges(text: str, start: int, end: int) -> bool:
    return not (_cuts(text, start) or _cuts(text, end))


def _cuts(text: str, offset: int) -> bool:
    """Whether the offset is inside a word or number. A unit may follow a number without a space (5pct)."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if not (before.isalpha() and after.isalpha()) and not (before.isdecimal() and after.isdecimal()):
        return False
    if text[offset : offset + 3].lower() in _NEGATIONS:
        return False
    start, end = offset, offset
    while start > 0 and text[start - 1].isalpha() and offset - start < 10:
        start -= 1
    while end < len(text) and text[end].isalpha() and end - offset < 10:
        end += 1
    return text[start:end].lower() not in _SPLIT_WORDS


def passage_at(text: str | None, span: Span) -> str | None:
    """The words around a span; None if there is no text or the span is not in it."""
    return passage(text, span.start, span.end) if text is not None and len(span) and span.end <= len(text) else None


def passage(text: str, start: int, end: int) -> str:
    """The words around a span on one line, with the span between « »."""
    before = text[max(0, start - PASSAGE) : start]
    after = text[end : end + PASSAGE]
    left = "…" if start > PASSAGE else ""
    right = "…" if end + PASSAGE < len(text) else ""
    return _BLANK.sub(" ", f"{left}{before}«{_short(text[start:end], 200)}»{after}{right}").strip()


def _short(text: str, most: int = 60) -> str:
    text = _BLANK.sub(" ", text)
    return text if len(text) <= most else f"{text[: most - 1]}…"
