"""From a document to rows: runs each parser once over the shared document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.analysis.encoder import encode
from broadsheet.analysis.threads import limit_threads
from broadsheet.base.collection import no_collection
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events import find_events, visited_states, with_states
from broadsheet.extraction.figures import find_figures
from broadsheet.extraction.found import Found, Rule
from broadsheet.extraction.meaning import Meaning
from broadsheet.extraction.quotes import find_quotes
from broadsheet.extraction.tariffs import find_tariffs
from broadsheet.tables.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    FigureRow,
    MentionRow,
    ParticipantRow,
    QuoteRow,
    RoleRow,
    Row,
    TariffRow,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class ArticleTables:
    """The parser results for one article.

    Participants need no evidence except their own span; their rules are with their events.
    """

    article: Found[ArticleRow]
    actors: Sequence[Found[ActorRow]]
    mentions: Sequence[Found[MentionRow]]
    roles: Sequence[Found[RoleRow]]
    quotes: Sequence[Found[QuoteRow]]
    events: Sequence[Found[EventRow]]
    participants: Sequence[ParticipantRow]
    tariffs: Sequence[Found[TariffRow]]
    figures: Sequence[Found[FigureRow]]

    @property
    def article_id(self) -> str:
        """Key of the article."""
        return self.article.row.article_id

    def by_table(self) -> dict[str, Sequence[Found[Row]]]:
        """Table name to the rows found for it, for the tables whose cells have evidence."""
        return {
            "articles": [self.article],
            "actors": self.actors,
            "mentions": self.mentions,
            "actor_roles": self.roles,
            "quotes": self.quotes,
            "events": self.events,
            "tariffs": self.tariffs,
            "financial_figures": self.figures,
        }


def article_row(article: Article) -> Found[ArticleRow]:
    """The row of ``articles``."""
    row = ArticleRow(
        article_id=article.article_id,
        title=article.title,
        publisher=article.publisher,
        authors="; ".join(article.authors) or None,
        url=article.url,
        published_on=article.published_on,
        language=article.language,
        text_sha256=article.text_sha256,
        n_characters=article.n_characters,
        n_words=article.n_words,
        n_paragraphs=article.n_paragraphs,
    )
    printed = article.title_span
    stated = printed is not None and printed.of(article.text) == article.title
    evidence = {"title": (printed,)} if stated and printed is not None else {}
    return Found(row, evidence, {"title": Rule(f"articles.title.{'printed' if evidence else 'given'}")})


def parse(document: Document, vectors: NDArray[np.float64] | None = None) -> ArticleTables:
    """Runs every parser over the document. Pure: the same document gives the same rows.

    Args:
        document: The analysed article.
        vectors: The encoder's vectors of its tokens; they are computed if not given.
    """
    with limit_threads(), no_collection():
        return _parse(document, encode(document) if vectors is None else vectors)


def _parse(document: Document, vectors: NDArray[np.float64]) -> ArticleTables:
    found = find_actors(document, vectors)
    entities = found.entities
    meaning = Meaning(document, entities, vectors)
    tariffs = find_tariffs(document, entities, meaning)
    measures = [tariff.row for tariff in tariffs]
    visited = visited_states(document, entities)
    if visited:  # they become actors where an event has them
        index = with_states(found, document, visited).entities
        events, participants = find_events(document, index, meaning.with_cast(index), measures)
        starts = {part.char_start for part in participants}
        found = with_states(found, document, [v for v in visited if document.tokens[v.first].start in starts])
    else:
        events, participants = find_events(document, entities, meaning, measures)
    return ArticleTables(
        article=article_row(document.article),
        actors=found.actors,
        mentions=found.mentions,
        roles=found.roles,
        quotes=find_quotes(document, entities, meaning),
        events=events,
        participants=participants,
        tariffs=tariffs,
        figures=find_figures(document, entities, meaning, measures),
    )
