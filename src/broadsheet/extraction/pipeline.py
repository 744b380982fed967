"""From articles to tables: each parser once over the shared document, then all articles joined."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse, load_model, model_version
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.corpus import (
    actor_columns,
    borne_out,
    country_rows,
    one_each,
    reading_order,
    rename_actors,
)
from broadsheet.extraction.events import find_events, summarise
from broadsheet.extraction.evidence import evidence_rows
from broadsheet.extraction.figures import find_figures
from broadsheet.extraction.found import Found, Rule
from broadsheet.extraction.quotes import find_quotes
from broadsheet.extraction.tariffs import find_tariffs
from broadsheet.identity import local_actors, resolve
from broadsheet.reading import Article, read_all
from broadsheet.tables.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    EvidenceRow,
    FigureRow,
    MentionRow,
    ParticipantRow,
    QuoteRow,
    RoleRow,
    Row,
    TariffRow,
)
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from broadsheet.analysis.document import Document
    from broadsheet.identity import Identities
    from broadsheet.tables.frames import Tables

Source = Article | str | Path


@dataclass(frozen=True, slots=True)
class ArticleTables:
    """What the parsers find in one article.

    Participants need no evidence but their own span; their rules stand with their events.
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
        """Table name to what was found for it, for the tables whose cells have evidence."""
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


def parse(document: Document) -> ArticleTables:
    """Runs every parser over the document. Pure: the same document gives the same rows."""
    people = find_actors(document)
    tariffs = find_tariffs(document, people.cast)
    measures = [found.row for found in tariffs]
    events, participants = find_events(document, people.cast, measures)
    return ArticleTables(
        article=article_row(document.article),
        actors=people.actors,
        mentions=people.mentions,
        roles=people.roles,
        quotes=find_quotes(document, people.cast),
        events=events,
        participants=participants,
        tariffs=tariffs,
        figures=find_figures(document, people.cast, measures),
    )


def join(parsed: Iterable[ArticleTables], articles: Iterable[Article]) -> dict[str, list[Row]]:
    """The rows of all tables over all articles, in reading order; see :func:`join_all`."""
    return join_all(parsed, articles)[0]


def join_all(
    parsed: Iterable[ArticleTables], articles: Iterable[Article]
) -> tuple[dict[str, list[Row]], Identities]:
    """The rows of all tables over all articles, in reading order, and who is who.

    Args:
        parsed: What the parsers found in each article.
        articles: The articles themselves, in any order.
    """
    parsed = sorted(parsed, key=lambda tables: tables.article_id)
    by_id = {article.article_id: article for article in articles}
    who = resolve(actor for tables in parsed for actor in local_actors(tables, by_id[tables.article_id]))
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    evidence: list[EvidenceRow] = []
    told: list[tuple[ActorRow, EvidenceRow]] = []
    for tables in parsed:
        ids = who.of_article(tables.article_id, (found.row.actor_id for found in tables.actors))
        for name, found in tables.by_table().items():
            key = schemas()[name].primary_key[0]
            kept = rename_actors((f.row for f in found), _own_and_linked(name), ids)
            rows[name] += kept
            for row, f in zip(kept, found, strict=True):
                said = evidence_rows(getattr(row, key), tables.article_id, f)
                if isinstance(row, ActorRow):
                    told += ((row, cell) for cell in said)
                else:
                    evidence += said
        rows["event_participants"] += rename_actors(tables.participants, ("actor_id",), ids)
    actors = who.actors
    rows["actors"] = list(actors)
    evidence += borne_out(actors, told)
    rows["events"] = _summarised(rows["events"], rows["event_participants"], {a.actor_id: a.name for a in actors})
    rows["evidence"] = list(one_each(evidence))
    rows["countries"] = list(country_rows(rows))
    return {name: reading_order(name, members) for name, members in rows.items()}, who


def _own_and_linked(table: str) -> tuple[str, ...]:
    return ("actor_id",) if table == "actors" else actor_columns(table)


def _summarised(events: Iterable[Row], participants: Iterable[Row], names: Mapping[str, str]) -> list[Row]:
    """The events with their summaries, which name the actors as the joined table does."""
    parts: dict[str, list[ParticipantRow]] = defaultdict(list)
    for part in participants:
        if isinstance(part, ParticipantRow):
            parts[part.event_id].append(part)
    return [
        replace(event, summary=summarise(event, [(names[p.actor_id], p.role) for p in parts[event.event_id]]))
        for event in events
        if isinstance(event, EventRow)
    ]


def extract(
    source: Source | Sequence[Source],
    *,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
    model: str = DEFAULT_MODEL,
    progress: Callable[[int, int], None] | None = None,
) -> Tables:
    r"""Turns one article or several into tables.

    Args:
        source: An :class:`Article`, a ``str`` that is the text itself, a ``Path`` to a plain-text file, or a sequence
            of these. The metadata below hold for all of them; a sidecar ``ARTICLE.toml`` beside a file holds for it.
        published_on: Day of publication, against which the text's open dates are resolved.
        title: The title, where it is not the first line.
        publisher: Who published it.
        authors: Who wrote it.
        url: Where it was published.
        language: BCP 47 tag of the kind of English, such as ``en-CA``; a bare dollar is read by it.
        encoding: Encoding of the files, where it is not UTF-8.
        max_characters: The most code points that an article may have; time and memory grow with it.
        model: Name of an installed spaCy pipeline for English.
        progress: Called after each article with how many are done and how many there are.

    Returns:
        All tables, with the articles as their :attr:`Tables.sources`. A row that breaks a rule of validation is left
        out with a warning, and listed in :attr:`Tables.dropped`.

    Raises:
        InputError: If a source cannot be used; nothing is extracted then.

    Example:
        >>> tables = extract("Talks open\n\nNorway's foreign minister met her Danish counterpart.\n")
        >>> tables.actors[["actor_id", "kind"]]
    """
    from broadsheet.extraction.valid import valid_tables, warn_of

    sources = [source] if isinstance(source, (Article, str, Path)) else list(source)
    articles = read_all(
        sources,
        published_on=published_on,
        title=title,
        publisher=publisher,
        authors=authors,
        url=url,
        language=language,
        encoding=encoding,
        max_characters=max_characters,
    )
    load_model(model)
    parsed = []
    for number, article in enumerate(articles, start=1):
        parsed.append(parse(analyse(article, model=model)))
        if progress is not None:
            progress(number, len(articles))
    tables = valid_tables(parsed, articles, model_version(model))
    warn_of(tables.dropped)
    return tables
