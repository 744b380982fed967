"""Invariants of the tables of any article, beyond those that validation checks, or checked in another way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet import Article, Tables


def broken(tables: Tables, articles: Sequence[Article]) -> list[str]:
    """The broken invariants, each with table, rule and row; empty if all hold."""
    return [*_spans(tables, articles), *_quotes(tables, articles), *_mentions(tables)]


def invalid(tables: Tables) -> list[str]:
    """The errors that validation finds, each with table, rule, column and row."""
    return [f"{f.table} {f.rule} {f.column}: {f.key} {f.value!r} {f.message}" for f in tables.validate().errors]


def unlike(one: Tables, other: Tables) -> list[str]:
    """The tables in which two runs over the same articles differ."""
    return [f"{name} differs: between two runs" for name in one if not one.arrow(name).equals(other.arrow(name))]


def _spans(tables: Tables, articles: Sequence[Article]) -> Iterator[str]:
    lengths = {article.article_id: len(article.text) for article in articles}
    for name in tables:
        frame = tables[name]
        if "char_start" not in frame:
            continue
        for article_id, start, end in zip(frame["article_id"], frame["char_start"], frame["char_end"], strict=True):
            if not 0 <= start < end <= lengths[article_id]:
                yield f"{name} span: {start} to {end} in {article_id}, which is {lengths[article_id]} long"


def _quotes(tables: Tables, articles: Sequence[Article]) -> Iterator[str]:
    by_id = {article.article_id: article for article in articles}
    frame = tables["quotes"]
    columns = (frame[name] for name in ("article_id", "text", "char_start", "char_end"))
    for article_id, text, start, end in zip(*columns, strict=True):
        article = by_id[article_id]
        if article.text[start:end] != text:
            yield f"quotes text: {text!r} is not {article.text[start:end]!r}"
        if "\n" in article.text[start:end]:
            yield f"quotes paragraph: {text!r} runs over the end of one"


def _mentions(tables: Tables) -> Iterator[str]:
    frame = tables["mentions"].sort_values(["article_id", "char_start", "char_end"])
    rows = list(zip(frame["article_id"], frame["char_start"], frame["char_end"], strict=True))
    for (one, _, end), (other, start, _) in pairwise(rows):
        if one == other and start < end:
            yield f"mentions overlap: at {start} in {one}"
