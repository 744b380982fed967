"""Second step of a run: extracts batches of articles into blocks, whichever engine runs it."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import DEFECTS, InputError
from broadsheet.corpus.articles import from_arrow
from broadsheet.corpus.blocks import ExtractedArticle, block_table, write_block
from broadsheet.corpus.index import open_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pyarrow as pa

    from broadsheet.corpus.index import Index
    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article

BATCH_ARTICLES, BATCH_WORDS = 48, 30_000
"""The most that a batch holds: large enough to outweigh its start, small enough that a kill loses only seconds."""

DEFECT = "extraction failed"
DIED = "the process that extracted it died (out of memory?)"

FEWEST = 8
"""Articles that justify another worker, which has to load the model first."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to extract: their files, and their rows there."""

    files: tuple[Path, ...]
    rows: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Extractor:
    """Turns batches into blocks; it can be sent to another process.

    Attributes:
        blocks: The folder for the blocks.
        model: Name of the language model.
        dropped: Article id to table name to the keys of rows to leave out.
        fingerprints: Article id to the fingerprint to store, where it is not the article's own.
    """

    blocks: Path
    model: str
    dropped: Mapping[str, Mapping[str, Collection[str]]] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, batch: Batch) -> None:
        """Extracts a batch and writes its block."""
        write_block(self.extract(load(batch)), self.blocks)

    def extract(self, articles: pa.Table) -> pa.Table:
        """The block of some articles. An article on which a parser fails has no rows, only the problem."""
        columns = (articles.column(name).to_pylist() for name in ("article_id", "fingerprint", "place"))
        return block_table(
            [
                self._extract(key, self.fingerprints.get(key, fingerprint), place, article)
                for key, fingerprint, place, article in zip(*columns, from_arrow(articles), strict=True)
            ]
        )

    def _extract(self, article_id: str, fingerprint: str, place: str, article: Article) -> ExtractedArticle:
        from broadsheet.extraction.dropping import without
        from broadsheet.identity.local import local_actors

        tables = parse_article(article, self.model)
        if isinstance(tables, Defect):
            return ExtractedArticle(article_id, fingerprint, place, None, problem=tables.problem)
        if article_id in self.dropped:
            tables = without(tables, self.dropped[article_id])
        return ExtractedArticle(article_id, fingerprint, place, tables, tuple(local_actors(tables, article)))


def batches(index: Index, pending: pa.Table, jobs: int) -> Iterator[Batch]:
    """The articles to extract, by id.

    Args:
        index: The corpus.
        pending: Rows of ``index.kept``.
        jobs: Number of workers, each of which should get several batches.
    """
    columns = (pending.column(name).to_pylist() for name in ("file", "row", "n_words"))
    most = max(FEWEST // 2, min(BATCH_ARTICLES, pending.num_rows // (4 * jobs)))
    files: list[Path] = []
    rows: list[int] = []
    words = 0
    for file, row, n_words in zip(*columns, strict=True):
        if rows and (len(rows) == most or words + n_words > BATCH_WORDS):
            yield Batch(tuple(files), tuple(rows))
            files, rows, words = [], [], 0
        files.append(index.files[file])
        rows.append(row)
        words += n_words
    if rows:
        yield Batch(tuple(files), tuple(rows))


def load(batch: Batch) -> pa.Table:
    """The articles of a batch, in its order."""
    import pyarrow as pa

    return pa.concat_tables([open_articles(f).slice(row, 1) for f, row in zip(batch.files, batch.rows, strict=True)])


@dataclass(frozen=True, slots=True)
class Defect:
    """An article on which a parser failed, and the problem."""

    article_id: str
    problem: str


def parse_article(article: Article, model: str) -> ArticleTables | Defect:
    """The rows that the parsers find in an article, or the exception that stopped them and its place.

    Such an exception is a defect of Broadsheet; it must not stop a run over a million other articles.
    """
    from broadsheet.analysis.pipeline import analyse
    from broadsheet.extraction.pipeline import parse

    try:
        return parse(analyse(article, model=model))
    except InputError:
        raise
    except Exception as error:
        if os.environ.get(DEFECTS) == "raise":
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return Defect(article.article_id, f"{DEFECT} ({type(error).__name__} at {place}: {str(error)[:200]})")


def write_died_block(articles: pa.Table, blocks: Path) -> None:
    """Writes a block that marks articles as impossible to extract, since no process survives them."""
    columns = (articles.column(name).to_pylist() for name in ("article_id", "fingerprint", "place"))
    died = [ExtractedArticle(key, mark, place, None, problem=DIED) for key, mark, place in zip(*columns, strict=True)]
    write_block(block_table(died), blocks)
