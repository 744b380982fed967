"""From the amounts of an article to its rows: which are figures, and which repeat another one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import fall_of, loss_of
from broadsheet.extraction.figures.covered import covering
from broadsheet.extraction.figures.decision import Decision, decide
from broadsheet.extraction.figures.figure import Figure
from broadsheet.extraction.figures.kinds import DATED, FLOWS
from broadsheet.extraction.figures.reasons import EXACT, figure_rules
from broadsheet.extraction.figures.sightings import AmountMention, sightings
from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.extraction.links import says_on
from broadsheet.extraction.meaning import Undated
from broadsheet.reference.geography import publisher_country
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import FigureRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.tables.rows import TariffRow

_END = re.compile(r"(?:the )?(?:year-)?end\b", re.IGNORECASE)
_DATED = 0.0
"""The least score of a date in the sentence of an amount; chosen on the development articles."""
_ROUNDED = 20
"""The inverse of the share by which an amount in the headline may differ from that in the body."""


def find_figures(
    document: Document, cast: EntityIndex, meaning: Meaning, tariffs: Sequence[TariffRow]
) -> list[Found[FigureRow]]:
    """Every distinct sum of money and financial percentage of an article, at its first mention in the body.

    Args:
        document: The analysed article.
        cast: Its actors.
        meaning: The encoder's view of it.
        tariffs: Its measures: their rates are not figures, but the trade that they cover is.
    """
    return _Parser(document, cast, meaning, tariffs).rows()


class _Parser:
    def __init__(self, document: Document, cast: EntityIndex, meaning: Meaning, tariffs: Sequence[TariffRow]) -> None:
        self.document = document
        self.cast = cast
        self.meaning = meaning
        self.tariffs = tariffs
        article = document.article
        # The region of a language tag decides before the publisher.
        self._country = None if "-" in article.language else publisher_country(article.publisher or "")

    def rows(self) -> list[Found[FigureRow]]:
        """The rows, in reading order."""
        figures = self._figures()
        article = self.document.article.article_id
        keys = {i: row_key("fig", article, figures[i].mention.amount.span) for i in _distinct(figures)}
        return [self._found(figures[i], key, keys) for i, key in keys.items()]

    def _figures(self) -> dict[int, Figure]:
        """The amounts that are figures, by index."""
        figures: dict[int, Figure] = {}
        mentions = sightings(self.document, self._country)
        decisions = self._decisions(mentions)
        dates = self._dates({k: (m, d.kind) for k, (m, d) in enumerate(zip(mentions, decisions, strict=True)) if d})
        for index, (mention, decision) in enumerate(zip(mentions, decisions, strict=True)):
            if decision is None:
                continue
            model = figures.get(mention.of) if mention.of is not None else None
            date = model.date if model is not None else dates[index]
            is_money = mention.amount.is_money
            can_fall = mention.amount.amount >= 0 and (is_money or decision.kind != "share")
            fell = fall_of(self.document, mention) if can_fall else None
            if fell is None and can_fall and decision.kind == "profit" and decision.payee is not None:
                fell = model.fell if model is not None else loss_of(self.document, mention)
            figures[index] = Figure(
                mention,
                decision,
                fell,
                date,
                *self._approximation(mention, model),
                *covering(self.document, self.tariffs if is_money and decision.kind == "trade" else (), mention),
                model,
            )
        return figures

    def _dates(self, kinds: Mapping[int, tuple[AmountMention, str]]) -> dict[int, DateExpression | None]:
        """The dates of figures, given with their kinds; a balance at the end of June is that of its last day."""
        found = self.meaning.dates_of([self._undated(*figure) for figure in kinds.values()])
        dates = dict(zip(kinds, found, strict=True))
        for index, date in dates.items():
            if date is not None and kinds[index][1] not in FLOWS and _END.match(date.text):
                dates[index] = replace(date, date_start=date.date_end, precision="day")
        return dates

    def _undated(self, mention: AmountMention, kind: str) -> Undated:
        word = self.document.tokens[mention.head]
        return Undated(
            mention.first, DATED[kind], least=_DATED, without=lambda phrase: says_on(self.document, phrase, word)
        )

    def _decisions(self, mentions: Sequence[AmountMention]) -> list[Decision | None]:
        """The decision on each amount; that of a conversion, or of what one is compared with, is the other's.

        None for no figure.
        """
        judged = [k for k, mention in enumerate(mentions) if not self._is_rate_of_duty(mention.amount)]
        own = dict(
            zip(judged, decide(self.document, self.cast, self.meaning, [mentions[k] for k in judged]), strict=True)
        )
        decisions: list[Decision | None] = []
        for index, mention in enumerate(mentions):
            decision = own.get(index)
            converted = decisions[mention.of] if mention.of is not None else None
            compared = decisions[mention.than] if mention.than is not None and decision is not None else None
            if compared is not None:
                decision = replace(compared, like=mentions[mention.than or 0].amount.span)
            decisions.append(converted or decision)
        return decisions

    def _is_rate_of_duty(self, amount: Amount) -> bool:
        """Whether an amount is a rate that a measure has."""
        return not amount.is_money and any(
            amount.amount in (row.rate_percent, row.rate_before_percent)
            and row.char_start <= amount.span.start
            and amount.span.end <= row.char_end
            for row in self.tariffs
        )

    def _approximation(self, mention: AmountMention, model: Figure | None) -> tuple[str, Span | None, Rule]:
        """The approximation, its words, and the rule."""
        amount, near = mention.amount, mention.amount.approximation_span
        if near is not None:
            entry = near.of(self.document.text).lower()
            about = rule("financial_figures.approximation.words", file="approximators", entry=entry, word=near)
            return amount.approximation, near, about
        if amount.approximation != "exact":
            how = "range" if amount.approximation == "range" else "vague"
            return amount.approximation, None, rule(f"financial_figures.approximation.{how}", text=amount.span)
        if model is not None and model.approximation != "range":
            about = rule("financial_figures.approximation.converted", because=model.about)
            return model.approximation, model.approximation_span, about
        below = self.document.tokens[mention.head]
        for token in self.document.ancestors(below):
            if below.dep in ("relcl", "conj") or (below.dep == "prep" and below.lower not in ("by", "of")):
                break
            below = token
            if token.lemma == "estimate" and token.pos == "VERB":
                return "about", token.span, rule("financial_figures.approximation.estimated", word=token.span)
        return "exact", None, EXACT

    def _found(self, figure: Figure, key: str, keys: dict[int, str]) -> Found[FigureRow]:
        mention, amount, date = figure.mention, figure.mention.amount, figure.date
        low, high = amount.amount, amount.amount_high
        if figure.fell is not None:
            low, high = (-low, None) if high is None else (-high, -low)
        payer, payee = figure.decision.payer, figure.decision.payee
        row = FigureRow(
            figure_id=key,
            article_id=self.document.article.article_id,
            amount=low,
            amount_high=high,
            unit=amount.unit,
            unit_basis=amount.unit_basis,
            per=amount.per,
            amount_text=amount.text,
            approximation=figure.approximation,
            kind=figure.decision.kind,
            payer_id=payer.mention.actor_id if payer else None,
            payee_id=payee.mention.actor_id if payee else None,
            tariff_id=figure.tariff_id,
            conversion_of_id=keys.get(mention.of) if mention.of is not None else None,
            date_start=date.date_start if date else None,
            date_end=date.date_end if date else None,
            date_precision=date.precision if date else None,
            date_text=date.text if date else None,
            date_basis=date.basis if date else None,
            char_start=amount.span.start,
            char_end=amount.span.end,
        )
        rules = partial(figure_rules, figure, self.document.article.published_on, self._country is not None)
        return Found(row, _evidence(figure), LazyMapping(rules))


def _distinct(figures: dict[int, Figure]) -> list[int]:
    """Indexes of the figures to keep: the first mention of each distinct amount in the body, else in the title."""
    body = {index: figure for index, figure in figures.items() if not figure.mention.in_title}
    first: dict[tuple[object, ...], int] = {}
    for index, figure in body.items():
        first.setdefault(figure.key, index)
    for index, figure in figures.items():
        if index not in body and not any(_is_rounded(figure, other) for other in body.values()):
            first.setdefault(figure.key, index)
    return sorted(first.values())


def _is_rounded(figure: Figure, exact: Figure) -> bool:
    """Whether the amount of one figure may be that of the other, rounded."""
    one, other = figure.mention.amount, exact.mention.amount
    return one.unit == other.unit and abs(one.amount - other.amount) * _ROUNDED <= abs(other.amount)


def _evidence(figure: Figure) -> dict[str, tuple[Span, ...]]:
    amount, date = figure.mention.amount, figure.date
    words: dict[str, Span | None] = dict.fromkeys(("amount", "amount_high", "amount_text"), amount.span)
    words |= {"unit": amount.unit_span, "unit_basis": amount.unit_span, "kind": figure.decision.why}
    words |= {"per": amount.per_span, "approximation": figure.approximation_span}
    for column, party in (("payer_id", figure.decision.payer), ("payee_id", figure.decision.payee)):
        words[column] = party.mention.span if party is not None else None
    columns = ("date_start", "date_end", "date_precision", "date_text", "date_basis")
    words |= dict.fromkeys(columns, date.span if date is not None else None)
    return {column: (span,) for column, span in words.items() if span is not None}
