"""The second step of a run: articles to blocks. What an engine does with a batch, whichever engine it is."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import DEFECTS, InputError
from broadsheet.corpus.articles import from_arrow
from broadsheet.corpus.blocks import Extracted, block_table, write_block
from broadsheet.corpus.index import open_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import pyarrow as pa

    from broadsheet.corpus.index import Index
    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.reading import Article

BATCH_ARTICLES, BATCH_WORDS = 48, 30_000
"""An engine's unit of work: enough that starting it costs nothing, so little that a kill loses seconds."""

DEFECT = "extraction failed"
DIED = "the process that extracted it died (out of memory?)"

FEWEST = 8
"""Articles for which another worker, which has to load the model first, is worth its start."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to be extracted: in which files, and which rows there."""

    files: tuple[Path, ...]
    rows: tuple[int, ...]
    words: int

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Extractor:
    """What turns batches into blocks; it can be sent to another process."""

    blocks: Path
    model: str

    def __call__(self, batch: Batch) -> int:
        """Extracts a batch and writes its block.

        Returns:
            How many words it had.
        """
        write_block(extract_table(load(batch), self.model), self.blocks)
        return batch.words


def batches(index: Index, pending: pa.Table, jobs: int) -> Iterator[Batch]:
    """The articles that are to be extracted, in the order of their ids.

    Args:
        index: The index that they are of.
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
            yield Batch(tuple(files), tuple(rows), words)
            files, rows, words = [], [], 0
        files.append(index.files[file])
        rows.append(row)
        words += n_words
    if rows:
        yield Batch(tuple(files), tuple(rows), words)


def load(batch: Batch) -> pa.Table:
    """The articles of a batch, in its order."""
    import pyarrow as pa

    places = zip(batch.files, batch.rows, strict=True)
    return pa.concat_tables([open_articles(file).slice(row, 1) for file, row in places])


def extract_table(articles: pa.Table, model: str) -> pa.Table:
    """The block of some articles. An article that a parser fails on costs itself alone, and says so."""
    ids, prints, places = (articles.column(name).to_pylist() for name in ("article_id", "fingerprint", "place"))
    extracted = []
    for article_id, fingerprint, place, article in zip(ids, prints, places, from_arrow(articles), strict=True):
        extracted.append(_extracted(article_id, fingerprint, place, article, model))
    return block_table(extracted)


@dataclass(frozen=True, slots=True)
class Defect:
    """An article on which a parser failed, and with what."""

    article_id: str
    problem: str


def parse_article(article: Article, model: str) -> ArticleTables | Defect:
    """What the parsers find in an article, or which exception ended them and where.

    An exception is a defect of ours, which one article in a million may bring out: the run of the others is worth more.
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


def _extracted(
    article_id: str,
    fingerprint: str,
    place: str,
    article: Article,
    model: str,
    gone: Mapping[str, Collection[str]] | None = None,
) -> Extracted:
    from broadsheet.extraction.dropping import without
    from broadsheet.identity.local import local_actors

    tables = parse_article(article, model)
    if isinstance(tables, Defect):
        return Extracted(article_id, fingerprint, place, None, problem=tables.problem)
    if gone:
        tables = without(tables, gone)
    return Extracted(article_id, fingerprint, place, tables, tuple(local_actors(tables, article)))


@dataclass(frozen=True, slots=True)
class Reextractor:
    """Extracts articles once more and leaves out rows that break a rule; it can be sent to another process.

    Attributes:
        blocks: The folder for the blocks.
        model: Name of the language model.
        gone: Key of an article to table name to the keys of rows.
        fingerprints: Key of an article to the fingerprint that its block has.
    """

    blocks: Path
    model: str
    gone: Mapping[str, Mapping[str, Collection[str]]]
    fingerprints: Mapping[str, str]

    def __call__(self, batch: Batch) -> int:
        """Extracts a batch and writes its block; how many words it had."""
        articles = load(batch)
        ids, places = (articles.column(name).to_pylist() for name in ("article_id", "place"))
        rows = zip(ids, places, from_arrow(articles), strict=True)
        extracted = [
            _extracted(one, self.fingerprints[one], place, article, self.model, self.gone[one])
            for one, place, article in rows
        ]
        write_block(block_table(extracted), self.blocks)
        return batch.words


def died_block(articles: pa.Table, blocks: Path) -> None:
    """Writes a block which says that nothing can be extracted of the articles, since no process survives it."""
    columns = (articles.column(name).to_pylist() for name in ("article_id", "fingerprint", "place"))
    dead = [Extracted(one, print_, place, None, problem=DIED) for one, print_, place in zip(*columns, strict=True)]
    write_block(block_table(dead), blocks)
