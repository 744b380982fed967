"""The rules of the cells of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.provenance import day_rules
from broadsheet.extraction.figures.features import NEAR
from broadsheet.extraction.figures.scorer import best
from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.features import Features
    from broadsheet.extraction.figures.figure import Figure
    from broadsheet.extraction.figures.linking import Candidate
    from broadsheet.extraction.figures.scorer import Scorer

_STRONGEST = 3
"""How many features of a score to show."""

EXACT = Rule("financial_figures.approximation.exact")
"""No word next to the amount or above it makes it less than exact."""

_UNIT_TABLES = {
    "rate": "rate_units",
    "sign": "currency_signs",
    "code": "currencies",
    "word": "currency_words",
}
"""Kind of unit evidence to the reference table with its entry."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The features of a model with the most weight, for or against."""

    weights: Mapping[str, int]

    def render(self) -> str:
        """The strongest features, each with its weight."""
        strongest = sorted((-abs(weight), name) for name, weight in self.weights.items() if weight)[:_STRONGEST]
        return "; ".join(f"{name} ({self.weights[name] / 100:+.2f})" for _, name in strongest) or "none"


def telling(document: Document, features: Features, kind: str, scorer: Scorer) -> Span | None:
    """The characters that support a kind most: its nearest cue, else the word of the heaviest feature."""
    for name, of, cue in features.cues:
        if of == kind and name == NEAR and cue is not None:
            return document.span(cue.first, cue.last)
    others = {place for _, of, cue in features.cues if cue and of != kind for place in range(cue.first, cue.last)}
    named = (name for name, place in features.plain.items() if place >= 0 and place not in others)
    weight, name = max(((scorer.weigh_kind(name, kind), name) for name in named), default=(0, ""))
    return document.tokens[features.plain[name]].span if weight > 0 else None


def figure_rules(figure: Figure, published_on: date | None, by_publisher: bool, scorer: Scorer) -> dict[str, Rule]:
    """The rules of a figure's row.

    Args:
        figure: The figure.
        published_on: The day of publication.
        by_publisher: Whether the publisher, not the language, decides the currency of a bare dollar.
        scorer: The models that decided.
    """
    amount, decision = figure.mention.amount, figure.decision
    out = {"amount": _amount(figure), "kind": _kind(figure, scorer), "approximation": figure.about}
    out |= _unit(amount, by_publisher)
    if figure.covered is not None:
        out["tariff_id"] = figure.covered
    if amount.per_span is not None:
        out["per"] = rule("financial_figures.per", per=amount.per_span)
    for side, party in (("payer", decision.payer), ("payee", decision.payee)):
        if party is not None:
            out[f"{side}_id"] = _party(figure, side, party, scorer)
    if figure.date is not None:
        out |= _dates(figure.date, figure.dated, published_on)
    return out


def _kind(figure: Figure, scorer: Scorer) -> Rule:
    decision, kind = figure.decision, figure.decision.kind
    others = {k: v for k, v in decision.scores.items() if k != kind}
    second = best(others)
    weights = {name: scorer.weigh_kind(name, kind) for name in decision.features.plain}
    weights |= {f"cue {name}": scorer.weigh("cue", name) for name, of, _ in decision.features.cues if of == kind}
    learned = rule(
        "financial_figures.kind.learned",
        kind=kind,
        score=f"{decision.scores[kind] / 100:.2f}",
        second=second,
        behind=f"{others[second] / 100:.2f}",
        features=Weighed(weights),
    )
    if figure.converts is None:
        return learned
    other = figure.converts.mention.amount.span
    return rule("financial_figures.kind.converted", because=learned, other=other, kind=kind)


def _party(figure: Figure, side: str, party: Candidate, scorer: Scorer) -> Rule:
    assert party.mention is not None
    learned = rule(
        "financial_figures.party.learned",
        words=party.mention.span,
        role=side,
        others=str(figure.decision.n_candidates - 1),
        features=Weighed({name: scorer.weigh("party", name) for name in party.features[side]}),
    )
    if figure.converts is None:
        return learned
    return rule("financial_figures.party.converted", because=learned, role=side)


def _amount(figure: Figure) -> Rule:
    amount = figure.mention.amount
    value = rule(f"financial_figures.amount.{amount.valued}", text=amount.span)
    if figure.fell is not None and min(amount.amount, amount.amount_high or amount.amount) >= 0:
        return rule("financial_figures.amount.fall", because=value, text=amount.span, word=figure.fell)
    return value


def _unit(amount: Amount, by_publisher: bool) -> dict[str, Rule]:
    words = amount.unit_span
    file = _UNIT_TABLES.get(amount.united, "")
    unit = Rule(f"financial_figures.unit.{amount.united}", (("word", words), ("unit", amount.unit)), file)
    if amount.united != "inherited" and not amount.span.contains(words):
        unit = rule("financial_figures.unit.shared", because=unit, word=words, unit=amount.unit)
    based = amount.based
    if based == "country":
        based = "publisher" if by_publisher else "language"
    return {"unit": unit, "unit_basis": rule(f"financial_figures.unit_basis.{based}", word=words, unit=amount.unit)}


def _dates(said: DateExpression, dated: str, published_on: date | None) -> dict[str, Rule]:
    out = day_rules("financial_figures", said, published_on)
    if dated == "year_before":
        out["date_start"] = out["date_end"] = rule("financial_figures.days.year_before", date=said.span)
    out["date_text"] = rule(f"financial_figures.date_text.{dated}", date=said.span)
    return out
