"""Articles as Arrow tables, for the work folder and for other processes and machines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from broadsheet.corpus.duplicates import LENGTH
from broadsheet.reading import Article
from broadsheet.reading.preference import METADATA, fingerprint, n_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa


@cache
def article_schema() -> pa.Schema:
    """Columns of spooled articles.

    ``place`` is where an article was read, as the user named it; articles with the same ``fingerprint`` have the same
    text and metadata, and so the same rows; ``n_known`` counts the known metadata; ``signature`` finds near-duplicates.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("article_id", pa.string(), nullable=False),
            pa.field("fingerprint", pa.string(), nullable=False),
            pa.field("place", pa.string(), nullable=False),
            pa.field("n_known", pa.int8(), nullable=False),
            pa.field("n_words", pa.int32(), nullable=False),
            pa.field("signature", pa.binary(4 * LENGTH), nullable=False),
            pa.field("text", pa.large_string(), nullable=False),
            pa.field("title", pa.string()),
            pa.field("publisher", pa.string()),
            pa.field("authors", pa.list_(pa.string())),
            pa.field("url", pa.string()),
            pa.field("published_on", pa.date32()),
            pa.field("language", pa.string(), nullable=False),
        ]
    )


def to_arrow(articles: Sequence[tuple[str, Article]]) -> pa.Table:
    """Articles and the places where they were read, as a table of :func:`article_schema`."""
    import pyarrow as pa

    from broadsheet.corpus.duplicates import signature

    rows = [article for _, article in articles]
    columns = {
        "article_id": [a.article_id for a in rows],
        "fingerprint": [fingerprint(a) for a in rows],
        "place": [place for place, _ in articles],
        "n_known": [n_known(a) for a in rows],
        "n_words": [a.n_words for a in rows],
        "signature": [signature(_body(a)).tobytes() for a in rows],
        "text": [a.text for a in rows],
        "title": [a.title for a in rows],
        "publisher": [a.publisher for a in rows],
        "authors": [list(a.authors) for a in rows],
        "url": [a.url for a in rows],
        "published_on": [a.published_on for a in rows],
        "language": [a.language for a in rows],
    }
    schema = article_schema()
    return pa.Table.from_arrays([pa.array(columns[f.name], f.type) for f in schema], schema=schema)


def _body(article: Article) -> str:
    """The text without its title, since reprinted copy gets a new headline."""
    return "\n".join(span.of(article.text) for span in article.paragraphs)


def from_arrow(table: pa.Table) -> Iterator[Article]:
    """The articles in a table of :func:`article_schema`, in its order."""
    for row in table.select(["text", *METADATA]).to_pylist():
        yield Article(
            row["text"],
            title=row["title"],
            publisher=row["publisher"],
            authors=tuple(row["authors"] or ()),
            url=row["url"],
            published_on=row["published_on"],
            language=row["language"],
        )
