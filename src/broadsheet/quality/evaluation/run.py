"""Runs the extractors on gold texts, or takes an existing package, and scores the result."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.span import Span
from broadsheet.quality.evaluation.articles import ArticleScorer
from broadsheet.quality.evaluation.events import codings, score_events
from broadsheet.quality.evaluation.figures import Item, score_figures
from broadsheet.quality.evaluation.index import PackageRows
from broadsheet.quality.evaluation.intervals import Interval, intervals
from broadsheet.quality.evaluation.measure import Count, Scores
from broadsheet.quality.evaluation.quotes import GivenQuote, score_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.quality.evaluation.forms import Form
    from broadsheet.quality.evaluation.gold import Gold
    from broadsheet.tables.frames import TableSet

    Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of each gold file, or of all whole articles together.

    Attributes:
        scores: Maps names to scores.
        counts: Maps names to the counts of each case.
    """

    scores: dict[str, Scores] = field(default_factory=dict)
    counts: dict[str, list[dict[str, Count]]] = field(default_factory=dict)

    @property
    def cases(self) -> dict[str, int]:
        """Maps names to numbers of cases."""
        return {name: len(counts) for name, counts in self.counts.items()}

    def add(self, name: str, scores: Scores) -> None:
        """Adds the scores of a case."""
        self.scores.setdefault(name, Scores.empty()).join(scores)
        self.counts.setdefault(name, []).append(dict(scores.counts))

    def join(self, other: Evaluation) -> None:
        """Adds the cases of another evaluation."""
        for name, scores in other.scores.items():
            self.scores.setdefault(name, Scores.empty()).join(scores)
            self.counts.setdefault(name, []).extend(other.counts[name])

    def intervals(self, name: str) -> dict[str, Interval]:
        """Returns the 95 % interval of each measure, by resampling the cases; empty for a single case."""
        return intervals(self.counts[name])


def evaluate(
    golds: Sequence[Gold],
    tables: TableSet | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    model: str | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Scores against gold.

    Args:
        golds: The gold. Gold for quotes, events and figures includes its texts; they are extracted here.
        tables: The tables with the articles of gold for whole articles.
        texts: Maps article ids to known texts, for context in errors.
        model: Name of the spaCy pipeline for texts extracted here.
        progress: Called with the number of cases done and the total.

    Raises:
        InputError: If gold for whole articles is given without tables.
    """
    whole = [gold for gold in golds if gold.form == "article"]
    if whole and tables is None:
        raise InputError(str(whole[0].path), "is gold of a whole article", "name the package or the folder of articles")
    package = None if tables is None else PackageRows(tables, texts)
    only = sum(len(gold.cases) for gold in whole) == 1
    outcome = Evaluation()
    total = sum(len(gold.cases) for gold in golds)
    done = 0
    for gold in golds:
        stem = gold.path.name.split(".")[0]
        name = "articles" if gold.form == "article" else f"{gold.form}/{stem}"
        for case in gold.cases:
            if gold.form == "article" and package is not None:
                where = case["article"].get("name") or stem
                outcome.add(name, ArticleScorer(package, case, where, only=only).score())
            else:
                outcome.add(name, _score_text(gold.form, case, model))
            done += 1
            if progress is not None:
                progress(done, total)
    return outcome


def _score_text(form: Form, case: dict[str, Any], model: str | None) -> Scores:
    """Scores a case that includes its text."""
    match form:
        case "quotes":
            return score_quotes(case["text"], case["quotes"], given_quotes(case, model), case["doc_id"])
        case "events":
            return score_events(case, given_events(case, model))
        case _:
            return score_figures(case, given_figures(case))


def _parsed(text: str, published_on: str | None, model: str | None) -> ArticleTables:
    from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse
    from broadsheet.analysis.raw import raw_article
    from broadsheet.extraction.pipeline import parse

    day = date.fromisoformat(published_on) if published_on else None
    return parse(analyse(raw_article(text, day), model=model or DEFAULT_MODEL))


def given_quotes(case: dict[str, Any], model: str | None) -> list[GivenQuote]:
    """Extracts the quotes from a case's text."""
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
    """Extracts the events from a case's sentence, as country codings."""
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
    """Extracts the amounts, percentages and dates from a case's text."""
    from broadsheet.extraction.amounts import find_amounts
    from broadsheet.extraction.dates import find_dates

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
