"""The analysis: runs the language model once over an article's paragraphs and returns an immutable ``Document``."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, nullcontext
from functools import cache, lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple, Protocol

from broadsheet.analysis.casing import known_forms, restore_case
from broadsheet.analysis.collect import DocumentBuilder
from broadsheet.analysis.loading import load_model, model_version
from broadsheet.analysis.model_files import DEFAULT_MODEL
from broadsheet.analysis.threads import limit_threads
from broadsheet.analysis.tokenizing import chunks, tokenized
from broadsheet.base.collection import no_collection
from broadsheet.base.timing import timed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from broadsheet.analysis.analysed import Analysed
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.reading.article import Article

_log = logging.getLogger(__name__)

__all__ = ["DEFAULT_MODEL", "Runner", "analyse", "analyse_with", "load_model", "model_version"]


class Batch(NamedTuple):
    """Number of texts or tokens above which an article is analysed in several batches, to bound memory."""

    texts: int = 64
    tokens: int = 4_096


_BATCH = Batch()

VOCABULARY = 60_000
"""Words that a pipeline keeps permanently, in about 30 MB; frequent words are among the first met."""


class Runner(Protocol):
    """Runs a pipeline over tokenised texts."""

    def run(self, docs: Sequence[Doc], offsets: Sequence[int]) -> Analysed:
        """The analysed tokens of tokenised texts; each text begins at its offset in the article."""


@lru_cache(maxsize=2)
def _fastest_runner(model: str) -> Runner:
    """The fastest available runner of a pipeline."""
    from broadsheet.analysis.fast import fast_pipeline
    from broadsheet.analysis.library import SpacyRunner

    with timed(_log, "loading %s", model):
        nlp = load_model(model)
        return fast_pipeline(nlp) or SpacyRunner(nlp)


def analyse(article: Article, *, model: str = DEFAULT_MODEL) -> Document:
    """Runs the model once over the article.

    Each paragraph is analysed separately, so no sentence crosses its end and the cost is linear.

    Raises:
        InputError: If the model cannot be used.
    """
    load_model(model)
    return analyse_with(article, _fastest_runner(model), model=model)


def analyse_with(
    article: Article, runner: Runner, *, model: str = DEFAULT_MODEL, batch: Batch = _BATCH, threads: int = 1
) -> Document:
    """Runs the model once over the article with a given runner.

    Args:
        article: The article.
        runner: Runs the model.
        model: The pipeline that ``runner`` runs.
        batch: How much is analysed at a time.
        threads: Threads for matrix products.
    """
    with timed(_log, "analysing %s, %s characters", article.article_id, article.n_characters), no_collection():
        return _document(article, runner, load_model(model), batch, threads)


def _document(article: Article, runner: Runner, nlp: Language, batch: Batch, threads: int) -> Document:
    text = article.text
    paragraphs = list(article.paragraphs)
    forms = cache(lambda: known_forms(p.of(text) for p in article.paragraphs))
    has_title = article.title_span is not None
    if article.title_span is not None:
        paragraphs.insert(0, article.title_span)
    stretches = [(number, chunk) for number, paragraph in enumerate(paragraphs) for chunk in chunks(text, paragraph)]
    docs = (
        tokenized(nlp, restore_case(chunk.of(text), forms, headline=has_title and number == 0))
        for number, chunk in stretches
    )
    collector = DocumentBuilder(article)
    with _memory_zone(nlp), limit_threads(threads):
        for numbers, offsets, texts in _batches(stretches, docs, batch):
            collector.add(runner.run(texts, offsets), list(chain.from_iterable(map(repeat, numbers, map(len, texts)))))
    return collector.document(paragraphs, has_title=has_title)


def _memory_zone(nlp: Language) -> AbstractContextManager[object]:
    """Once a pipeline's vocabulary is large enough, a zone that drops its new words when it ends."""
    return nlp.memory_zone() if len(nlp.vocab) > VOCABULARY else nullcontext()


def _batches(
    stretches: Sequence[tuple[int, Span]], docs: Iterator[Doc], batch: Batch
) -> Iterator[tuple[list[int], list[int], list[Doc]]]:
    """The texts to analyse together: the indexes of their paragraphs, their offsets, their tokens."""
    numbers: list[int] = []
    offsets: list[int] = []
    texts: list[Doc] = []
    tokens = 0
    for (number, chunk), doc in zip(stretches, docs, strict=True):
        numbers.append(number)
        offsets.append(chunk.start)
        texts.append(doc)
        tokens += len(doc)
        if len(texts) >= batch.texts or tokens >= batch.tokens:
            yield numbers, offsets, texts
            numbers, offsets, texts, tokens = [], [], [], 0
    if texts:
        yield numbers, offsets, texts
