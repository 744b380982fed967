"""Measures on trade in goods: who puts what on whose goods, at what rate, since when, in answer to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.syntax import Syntax
from broadsheet.extraction.tariffs.bearers import BearerReader
from broadsheet.extraction.tariffs.clauses import ClauseReader
from broadsheet.extraction.tariffs.lexicon import gate
from broadsheet.extraction.tariffs.lists import GoodsReader
from broadsheet.extraction.tariffs.nouns import NounReader
from broadsheet.extraction.tariffs.pairs import PairReader
from broadsheet.extraction.tariffs.parties import Parties
from broadsheet.extraction.tariffs.predicates import PredicateReader
from broadsheet.extraction.tariffs.rates import Rate, find_rates
from broadsheet.extraction.tariffs.readers import Readers
from broadsheet.extraction.tariffs.records import Records
from broadsheet.extraction.tariffs.rows import make_rows
from broadsheet.extraction.tariffs.scan import Scanner
from broadsheet.extraction.tariffs.settling import Settler
from broadsheet.extraction.tariffs.sound import make_sound
from broadsheet.extraction.tariffs.timing import Clock

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Sentence
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.found import Found
    from broadsheet.extraction.tariffs.tellings import Telling
    from broadsheet.tables.rows import TariffRow

__all__ = ["find_tariffs"]


_RATED = frozenset({"%", "pct", "percent", "cent"})


def find_tariffs(document: Document, cast: EntityIndex) -> list[Found[TariffRow]]:
    """The measures that an article tells, each with its evidence, in reading order.

    One row for each imposer, target, product, measure, action and, where a rate is one company's, company. A paragraph
    without a word of measures costs a look at its words.

    Args:
        document: The analysed article.
        cast: Its actors, by which imposers and targets are told.
    """
    sentences = _gated(document)
    if not sentences:
        return []
    rates = _rates_by_token(document, sentences)
    clock = Clock(document)
    readers = _readers(document, cast, rates, clock)
    clauses = ClauseReader(readers)
    bearers = BearerReader(document, readers.parties, rates.get)
    pairs = PairReader(document, readers.parties, readers.nouns, rates.get)
    records = Records(document, readers.parties)
    tellings: list[Telling] = []
    # The headline comes last: what it recalls is told below it.
    for sentence in sorted(sentences, key=lambda s: (document.has_title and s.paragraph == 0, s.index)):
        told = clauses.read(sentence)
        clock.set(told)
        told += bearers.read(sentence, told)
        tellings += [*told, *pairs.read(sentence, told)]
    records.read(tellings)
    settler = Settler(document, clock)
    rows: list[Found[TariffRow]] = []
    for drafts in (*records.pages, records.drafts):
        settler.settle(drafts)
        make_sound(drafts)
        rows += make_rows(document, drafts)
    return sorted(rows, key=lambda found: (found.row.char_start, found.row.char_end))


def _readers(document: Document, cast: EntityIndex, rates: dict[int, Rate], clock: Clock) -> Readers:
    """All readers of one document."""
    parties = Parties(document, cast)
    syntax = Syntax(document)
    goods = GoodsReader(document, parties, rates.get)
    return Readers(
        document,
        syntax,
        parties,
        goods,
        NounReader(document, parties, rates.get),
        PredicateReader(document, syntax),
        Scanner(document, parties, goods, rates.get, clock.end_at),
    )


def _gated(document: Document) -> list[Sentence]:
    """The sentences of paragraphs that have a word of measures."""
    words = gate()
    paragraphs = {t.paragraph for t in document.tokens if t.lower in words}
    # what follows a measure may list rates without naming it again
    paragraphs |= {t.paragraph for t in document.tokens if t.lower in _RATED and t.paragraph - 1 in paragraphs}
    return [s for s in document.sentences if s.paragraph in paragraphs]


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
