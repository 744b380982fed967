"""Measures on trade in goods: who puts what on whose goods, at what rate, since when, in answer to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extract.dates import find_dates
from broadsheet.extract.events.syntax import Syntax
from broadsheet.extract.tariffs.clauses import ClauseReader
from broadsheet.extract.tariffs.ledger import Ledger
from broadsheet.extract.tariffs.lexicon import gate
from broadsheet.extract.tariffs.lists import GoodsReader
from broadsheet.extract.tariffs.nouns import NounReader
from broadsheet.extract.tariffs.pairs import PairReader
from broadsheet.extract.tariffs.parties import Parties
from broadsheet.extract.tariffs.predicates import PredicateReader
from broadsheet.extract.tariffs.rates import Rate, find_rates
from broadsheet.extract.tariffs.readers import Readers
from broadsheet.extract.tariffs.rows import make_rows, settle_statuses
from broadsheet.extract.tariffs.scan import Scanner
from broadsheet.extract.tariffs.timing import Clock

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Sentence
    from broadsheet.extract.cast import Cast
    from broadsheet.extract.found import Found
    from broadsheet.extract.tariffs.tellings import Telling
    from broadsheet.tables.rows import TariffRow

__all__ = ["find_tariffs"]


def find_tariffs(document: Document, cast: Cast) -> list[Found[TariffRow]]:
    """The measures that an article tells, each with its evidence, in reading order.

    One row for each imposer, target, product, measure, action and, where a rate is one company's, company. A paragraph
    without a word of measures costs one search.

    Args:
        document: The analysed article.
        cast: Its actors, by which imposers and targets are told.
    """
    sentences = _gated(document)
    if not sentences:
        return []
    published = document.article.published_on
    rates = _rates_by_token(document, sentences)
    clock = Clock(document, find_dates(document.text, published_on=published))
    parties = Parties(document, cast)
    syntax = Syntax(document)
    goods = GoodsReader(document, parties, rates.get)
    readers = Readers(
        document,
        syntax,
        parties,
        goods,
        NounReader(document, parties, rates.get),
        PredicateReader(document, syntax),
        Scanner(document, parties, goods, rates.get, clock.end_at),
    )
    reader = ClauseReader(readers)
    pairs = PairReader(document, parties, readers.nouns, rates.get)
    ledger = Ledger(document, parties)
    # The headline comes last: what it recalls is told below it.
    for sentence in sorted(sentences, key=lambda s: (document.has_title and s.paragraph == 0, s.index)):
        told = reader.read(sentence)
        for telling in told:
            if not telling.presupposed:
                telling.timing = clock.read(telling)
            effective = telling.timing.effective
            if (
                telling.status == "in_force"
                and published is not None
                and effective is not None
                and effective.value > published
            ):
                telling.status = "announced"
        for before, telling in zip(reversed(told[:-1]), reversed(told), strict=False):
            if telling.together and before.timing.effective is None:
                before.timing = telling.timing
        for telling in [*told, *pairs.read(sentence, told)]:
            telling.past_year = _long_ago(telling, published.year if published is not None else None, clock)
            ledger.enter(telling)
    ledger.close()
    settle_statuses(ledger.drafts, published)
    return make_rows(document, ledger.drafts)


def _gated(document: Document) -> list[Sentence]:
    """The sentences of paragraphs that have a word of measures."""
    words = gate()
    open_paragraphs = {
        k for k, p in enumerate(document.paragraphs) if words.search(document.text, p.start, p.end) is not None
    }
    return [s for s in document.sentences if s.paragraph in open_paragraphs]


def _rates_by_token(document: Document, sentences: list[Sentence]) -> dict[int, Rate]:
    """Token to the rate that covers it."""
    out: dict[int, Rate] = {}
    for paragraph in sorted({s.paragraph for s in sentences}):
        span = document.paragraphs[paragraph]
        for rate in find_rates(document.text, span.start, span.end):
            first, last = document.range_of(rate.span)
            for i in range(first, last):
                out[i] = rate
    return out


def _long_ago(telling: Telling, published: int | None, clock: Clock) -> bool:
    """Whether the clause dates its act to a year well before publication."""
    if telling.action != "impose" or telling.status != "in_force":
        return False
    for first, _, date in clock.by_sentence.get(telling.sentence, []):
        if not telling.first - 4 <= first <= telling.last + 6 or date.date_start is None:
            continue
        if date.basis == "stated" and (published is None or date.date_start.year < published - 1):
            return True
    return False
