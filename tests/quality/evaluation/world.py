"""A small world: one invented article, its tables, and the gold of a careful reader."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from broadsheet import Tables
from broadsheet.quality.evaluation.articles import ArticleScorer
from broadsheet.quality.evaluation.index import PackageRows
from broadsheet.quality.evaluation.measure import Count, Fault, Scores
from broadsheet.reading import Article, read
from broadsheet.tables.rows import ROW_TYPES, Row

TEXT = """\
Latvia taxes Estonian peat

Latvia put a duty of 12 percent on peat on Monday. Trade Minister Ilze Kalna met Estonia's Jaan Sepp in Riga.

“The duty stands,” Kalna told Sepp. “It stands until June.”

Estonia sold Latvia peat worth 4 million euros last year. The duty on moss was dropped.
"""


def span(words: str, nth: int = 1) -> tuple[int, int]:
    """Where the ``nth`` occurrence of some words of the article stands."""
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return at, at + len(words)


def gold() -> dict[str, Any]:
    """The reading that the tables below agree with, but for what a test changes."""
    return {
        "article": {"title": "Latvia taxes Estonian peat", "text_sha256": None},
        "actors": [
            {"name": "Latvia", "kind": "country", "country": "LVA", "aliases": ["Latvia"]},
            {"name": "Estonia", "kind": "country", "country": "EST", "aliases": ["Estonia", "Estonian"]},
            {"name": "Ilze Kalna", "kind": "person", "country": "LVA", "aliases": ["Kalna"]},
            {"name": "Jaan Sepp", "kind": "person", "country": "EST", "aliases": ["Sepp"]},
        ],
        "roles": [
            {
                "actor": "Ilze Kalna",
                "title": "Trade Minister",
                "organization": None,
                "country": "LVA",
                "tenure": "current",
            }
        ],
        "quotes": [
            {
                "kind": "direct",
                "text": "The duty stands,",
                "speaker": "Ilze Kalna",
                "speaker_text": "Kalna",
                "cue": "tell",
                "addressee": "Jaan Sepp",
            },
            {
                "kind": "direct",
                "text": "It stands until June.",
                "speaker": "Ilze Kalna",
                "cue": None,
                "same_utterance_as_previous": True,
            },
        ],
        "events": [
            {
                "type": "CONSULT",
                "trigger": "met",
                "actors": ["Ilze Kalna", "Jaan Sepp"],
                "recipients": [],
                "date_start": None,
                "date_end": None,
                "precision": None,
                "status": "occurred",
            },
            {
                "type": "SANCTION",
                "trigger": "put a duty",
                "actors": ["Latvia"],
                "recipients": ["Estonia"],
                "date_start": "2024-03-11",
                "date_end": None,
                "precision": "day",
                "status": "ongoing",
            },
        ],
        "tariffs": [
            {
                "imposer": "LVA",
                "target": "EST",
                "product": "peat",
                "measure": "duty",
                "action": "impose",
                "rate": 12,
                "status": "in_force",
                "is_retaliation": False,
                "effective_on": "2024-03-11",
                "evidence": "put a duty of 12 percent on peat",
            },
            {
                "imposer": "LVA",
                "target": "EST",
                "product": "moss",
                "measure": "duty",
                "action": "remove",
                "rate": None,
                "status": "in_force",
                "evidence": "The duty on moss",
            },
        ],
        "figures": [
            {
                "amount": 4000000,
                "unit": "EUR",
                "approximation": "exact",
                "kind": "trade",
                "payer": "Latvia",
                "payee": "Estonia",
                "date_start": "2023-01-01",
                "date_end": "2023-12-31",
                "text": "4 million euros",
            }
        ],
    }


def row(table: str, **cells: object) -> Row:
    """A row of a table, null where no cell is given; columns that may not be null get something."""
    kind: Any = ROW_TYPES[table]
    usual: dict[str, object] = {
        "n_mentions": 1,
        "char_start": 0,
        "char_end": 6,
        "article_id": "",
        "origin": "extracted",
    }
    usual |= {"n_words": 1, "sequence": 1, "n_characters": 1, "n_paragraphs": 1, "summary": "", "is_retaliation": False}
    made: Row = kind(**{f.name: cells.get(f.name, usual.get(f.name)) for f in fields(kind)})
    return made


def rows(article: Article) -> dict[str, list[Row]]:
    """Tables that say just what :func:`gold` says."""

    def at(words: str) -> dict[str, object]:
        start, end = span(words)
        return {"article_id": article.article_id, "char_start": start, "char_end": end}

    def actor(key: str, name: str, kind: str, code: str) -> Row:
        return row("actors", actor_id=key, name=name, kind=kind, country_code=code)

    def part(event: str, who: str, role: str) -> Row:
        return row("event_participants", event_id=event, actor_id=who, role=role, **at("met"))

    actors = {"latvia": "Latvia", "estonia": "Estonia", "ilze-kalna": "Ilze Kalna", "jaan-sepp": "Jaan Sepp"}
    peat = {"imposer_code": "LVA", "target_code": "EST", "measure": "duty", "status": "in_force"}
    day = date(2024, 3, 11)
    return {
        "articles": [
            row(
                "articles",
                article_id=article.article_id,
                title=article.title,
                url="https://news.example/peat",
                language="en",
                text_sha256=article.text_sha256,
            )
        ],
        "actors": [
            actor("latvia", "Latvia", "country", "LVA"),
            actor("estonia", "Estonia", "country", "EST"),
            actor("ilze-kalna", "Ilze Kalna", "person", "LVA"),
            actor("jaan-sepp", "Jaan Sepp", "person", "EST"),
        ],
        "mentions": [
            row("mentions", mention_id=f"men_{key}", actor_id=key, form="name", **at(name))
            for key, name in actors.items()
        ],
        "actor_roles": [
            row(
                "actor_roles",
                role_id="rol_1",
                actor_id="ilze-kalna",
                title="Trade Minister",
                country_code="LVA",
                tenure="current",
                **at("Trade Minister"),
            )
        ],
        "quotes": [
            row(
                "quotes",
                quote_id="quo_1",
                kind="direct",
                text="The duty stands,",
                speaker_id="ilze-kalna",
                speaker_text="Kalna",
                attribution="named",
                cue="tell",
                addressee_id="jaan-sepp",
                utterance_id="quo_1",
                **at("The duty stands,"),
            ),
            row(
                "quotes",
                quote_id="quo_2",
                kind="direct",
                text="It stands until June.",
                speaker_id="ilze-kalna",
                attribution="continued",
                utterance_id="quo_1",
                **at("It stands until June."),
            ),
        ],
        "events": [
            row("events", event_id="eve_1", type="CONSULT", trigger="met", status="occurred", **at("Ilze Kalna met")),
            row(
                "events",
                event_id="eve_2",
                type="SANCTION",
                trigger="put a duty",
                status="ongoing",
                date_start=day,
                date_precision="day",
                **at("Latvia put a duty"),
            ),
        ],
        "event_participants": [
            part("eve_1", "ilze-kalna", "actor"),
            part("eve_1", "jaan-sepp", "actor"),
            part("eve_2", "latvia", "actor"),
            part("eve_2", "estonia", "recipient"),
        ],
        "tariffs": [
            row(
                "tariffs",
                **peat,
                tariff_id="tar_1",
                product="peat",
                action="impose",
                rate_percent=Decimal(12),
                effective_on=day,
                **at("a duty of 12 percent on peat"),
            ),
            row("tariffs", **peat, tariff_id="tar_2", product="moss", action="remove", **at("The duty on moss")),
        ],
        "financial_figures": [
            row(
                "financial_figures",
                figure_id="fig_1",
                amount=Decimal(4000000),
                unit="EUR",
                unit_basis="stated",
                amount_text="4 million euros",
                approximation="exact",
                kind="trade",
                payer_id="latvia",
                payee_id="estonia",
                date_start=date(2023, 1, 1),
                date_end=date(2023, 12, 31),
                **at("4 million euros"),
            )
        ],
    }


@dataclass
class World:
    """The article, its rows and its gold, each of which a test may change before it asks for scores."""

    article: Article
    rows: dict[str, list[Row]]
    gold: dict[str, Any]

    def scores(self, *, only: bool = False, sources: bool = True) -> Scores:
        """The scores of the rows against the gold."""
        texts = {self.article.article_id: self.article.text} if sources else {}
        return ArticleScorer(PackageRows(Tables.from_rows(self.rows), texts), self.gold, "peat", only=only).score()

    def count(self, measure: str) -> tuple[int, int, int]:
        """Right, given and asked of a measure."""
        count = self.scores().counts.get(measure, Count())
        return count.right, count.given, count.asked

    def faults(self, measure: str) -> list[Fault]:
        """The faults of a measure."""
        return [fault for fault in self.scores().faults if fault.measure == measure]


def faultless() -> World:
    """A world without a fault."""
    article = read(TEXT, published_on="2024-03-12")
    return World(article, rows(article), gold())
