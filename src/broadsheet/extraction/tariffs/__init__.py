"""Measures on trade in goods: who puts what on whose goods, at what rate, since when, in answer to what.

Which words tell a measure, what is done and what belongs to it, models on the vectors of the encoder decide, which are
learned from annotated articles (``meaning``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.answers import with_answers
from broadsheet.extraction.tariffs.antecedents import with_antecedents
from broadsheet.extraction.tariffs.changes import find_changes, with_changes
from broadsheet.extraction.tariffs.companies import companies_of
from broadsheet.extraction.tariffs.days import with_days
from broadsheet.extraction.tariffs.drafts import make_drafts
from broadsheet.extraction.tariffs.joining import join_mentions
from broadsheet.extraction.tariffs.lexicon import gate
from broadsheet.extraction.tariffs.mentions import MentionFinder
from broadsheet.extraction.tariffs.printed import as_printed
from broadsheet.extraction.tariffs.rates import find_rates
from broadsheet.extraction.tariffs.rows import make_rows
from broadsheet.extraction.tariffs.undone import with_undone

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.found import Found
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.tables.rows import TariffRow

__all__ = ["find_tariffs"]

_RATED = frozenset({"%", "pct", "percent", "cent"})


def find_tariffs(document: Document, cast: EntityIndex, meaning: Meaning) -> list[Found[TariffRow]]:
    """The measures that an article states, each with its evidence, in reading order.

    One row for each imposer, target, product, measure and action. A paragraph without a word of measures costs a look
    at its words.

    Args:
        document: The analysed article.
        cast: Its actors, among which are imposers and targets.
        meaning: The encoder's view of it.
    """
    paragraphs = _gated(document)
    if not paragraphs:
        return []
    rates = [(rate, *document.range_of(rate.span)) for rate in find_rates(document.text)]
    rates = [(r, first, last) for r, first, last in rates if document.tokens[first].paragraph in paragraphs]
    finder = MentionFinder(document, cast, meaning, rates)
    found = finder.find([s for s in document.sentences if s.paragraph in paragraphs])
    mentions = [as_printed(document, mention) for mention in join_mentions(document, rates, list(found))]
    companies = companies_of(document, cast, rates)
    mentions = with_antecedents(document, mentions, companies)
    percentages = [rate for rate, _, _ in rates]
    mentions = list(with_changes(mentions, percentages, find_changes(document.text, percentages)))
    drafts = with_days(document, meaning, make_drafts(document.text, mentions, companies))
    rows = make_rows(document, with_answers(with_undone(document, drafts)))
    return sorted(rows, key=lambda found: (found.row.char_start, found.row.char_end))


def _gated(document: Document) -> set[int]:
    """The paragraphs that have a word of measures."""
    words = gate()
    paragraphs = {t.paragraph for t in document.tokens if t.lower in words}
    # what follows a measure may list rates without naming it again
    return paragraphs | {t.paragraph for t in document.tokens if t.lower in _RATED and t.paragraph - 1 in paragraphs}
