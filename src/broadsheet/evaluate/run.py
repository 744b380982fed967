"""Runs the extractors over gold, or takes a package as it is, and scores the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.evaluate.articles import ArticleScorer
from broadsheet.evaluate.events import codings, score_events
from broadsheet.evaluate.figures import Item, score_figures
from broadsheet.evaluate.measure import Scores
from broadsheet.evaluate.pairing import plain
from broadsheet.evaluate.quotes import GivenQuote, score_quotes
from broadsheet.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.evaluate.gold import Gold
    from broadsheet.extract.pipeline import ArticleTables
    from broadsheet.tables.frames import Tables

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of each file of gold, or of all whole articles together.

    Attributes:
        scores: Name to scores.
        cases: Name to the number of cases.
    """

    scores: dict[str, Scores] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, scores: Scores, cases: int) -> None:
        """Adds the scores of ``cases`` cases."""
        self.scores.setdefault(name, Scores.empty()).join(scores)
        self.cases[name] = self.cases.get(name, 0) + cases


def evaluate(
    golds: Sequence[Gold], tables: Tables | None = None, *, model: str | None = None, progress: Progress | None = None
) -> Evaluation:
    """Scores against gold.

    Args:
        golds: What to score against. Gold of quotes, events and figures holds its texts, which are extracted here.
        tables: The tables that hold the articles of gold for whole articles.
        model: Name of the spaCy pipeline for what is extracted here.
        progress: Called with how many cases are done and how many there are.

    Raises:
        InputError: If gold for whole articles is given and no tables.
    """
    outcome = Evaluation()
    total = sum(len(gold.cases) for gold in golds)
    done = 0
    for gold in golds:
        name = "articles" if gold.form == "article" else gold.path.name.split(".")[0]
        for case in gold.cases:
            outcome.add(name if gold.form == "article" else f"{gold.form}/{name}", _score(gold, case, tables, model), 1)
            done += 1
            if progress is not None:
                progress(done, total)
    return outcome


def _score(gold: Gold, case: dict[str, Any], tables: Tables | None, model: str | None) -> Scores:
    match gold.form:
        case "article":
            if tables is None:
                raise InputError(
                    str(gold.path), "is gold of a whole article", "name the package or the folder of articles"
                )
            article_id, text = find_article(tables, case)
            return ArticleScorer(tables, article_id, case, gold.path.stem, text).score()
        case "quotes":
            return score_quotes(case["text"], case["quotes"], given_quotes(case, model), case["doc_id"])
        case "events":
            return score_events(case, given_events(case, model))
        case "figures":
            return score_figures(case, given_figures(case))


def find_article(tables: Tables, gold: dict[str, Any]) -> tuple[str | None, str | None]:
    """Key and text of the gold's article: by the hash of its text, else by its title, else the only one."""
    about = gold["article"]
    rows = tables.arrow("articles").to_pylist()
    same_text = [r for r in rows if r["text_sha256"] == about.get("text_sha256")]
    same_title = [r for r in rows if plain(r["title"]) == plain(about.get("title"))]
    hits = same_text or same_title or (rows if len(rows) == 1 else [])
    if len(hits) != 1:
        return None, None
    key = hits[0]["article_id"]
    texts = {source.article_id: source.text for source in tables.sources}
    return key, texts.get(key)


def _parsed(text: str, published_on: str | None, model: str | None) -> ArticleTables:
    from broadsheet.analyse.pipeline import DEFAULT_MODEL, analyse
    from broadsheet.analyse.raw import raw_article
    from broadsheet.extract.pipeline import parse

    day = date.fromisoformat(published_on) if published_on else None
    return parse(analyse(raw_article(text, day), model=model or DEFAULT_MODEL))


def given_quotes(case: dict[str, Any], model: str | None) -> list[GivenQuote]:
    """The quotes that are extracted from a case's text."""
    parsed = _parsed(case["text"], case.get("published_on"), model)
    names = {f.row.actor_id: f.row.name for f in parsed.actors}
    return [
        GivenQuote(
            Span(found.row.char_start, found.row.char_end),
            found.row.speaker_text,
            tuple(found.evidence.get("speaker_text", ())),
            names.get(found.row.speaker_id or ""),
        )
        for found in parsed.quotes
    ]


def given_events(case: dict[str, Any], model: str | None) -> list[tuple[str | None, str | None, str | None]]:
    """The events that are extracted from a case's sentence, as codings of countries."""
    parsed = _parsed(case["text"], case.get("date"), model)
    actors = {f.row.actor_id: (f.row.country_code, f.row.kind) for f in parsed.actors}
    return [
        coding
        for event in parsed.events
        for coding in codings(
            [(p.role, *actors[p.actor_id]) for p in parsed.participants if p.event_id == event.row.event_id],
            event.row.type,
        )
    ]


def given_figures(case: dict[str, Any]) -> list[Item]:
    """The amounts, percentages and dates that are found in a case's text."""
    from broadsheet.extract.amounts import find_amounts
    from broadsheet.extract.dates import find_dates

    items = []
    for amount in find_amounts(case["text"]):
        if amount.is_money or amount.unit == "percent":
            kind, currency = ("money", amount.unit) if amount.is_money else ("percent", None)
            span = amount.span
            items.append(Item(span.start, span.end, kind, amount.amount, amount.amount_high, currency))
    reference = case.get("reference_date")
    for found in find_dates(case["text"], published_on=date.fromisoformat(reference) if reference else None):
        ends = [day.isoformat() if day else None for day in (found.date_start, found.date_end)]
        items.append(Item(found.span.start, found.span.end, "date", date_start=ends[0], date_end=ends[1]))
    return items
