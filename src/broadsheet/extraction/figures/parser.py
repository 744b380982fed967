"""From the amounts of an article to its rows: which are figures, and which repeat another one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import change_of
from broadsheet.extraction.figures.covered import measure_over
from broadsheet.extraction.figures.decision import Decision, decide
from broadsheet.extraction.figures.figure import Figure, is_rounded
from broadsheet.extraction.figures.kinds import DATED
from broadsheet.extraction.figures.place import dollar_country
from broadsheet.extraction.figures.reach import upwards
from broadsheet.extraction.figures.reasons import EXACT, figure_rules
from broadsheet.extraction.figures.sightings import AmountMention, sightings
from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import FigureRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.change import Change
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.tables.rows import TariffRow

_ESTIMATES = frozenset({"estimate"})


class Parser:
    """Reads the figures of one document.

    Args:
        document: The analysed article.
        cast: Its actors.
        meaning: The encoder's view of it.
        tariffs: Its measures.
    """

    def __init__(self, document: Document, cast: EntityIndex, meaning: Meaning, tariffs: Sequence[TariffRow]) -> None:
        self.document = document
        self.cast = cast
        self.meaning = meaning
        self.tariffs = tariffs
        self._by_publisher = dollar_country(document) is not None

    def rows(self) -> list[Found[FigureRow]]:
        """The rows, in reading order."""
        amounts = sightings(self.document)
        if not amounts:
            return []
        figures = self._figures(amounts)
        kept = self._distinct(figures)
        keys = {index: self._row_id(figures[index]) for index in kept}
        return [self._found(figures[i], keys[i], self._converted(figures[i], keys)) for i in kept]

    def _figures(self, amounts: Sequence[AmountMention]) -> dict[int, Figure]:
        """The amounts that are figures, by index."""
        figures: dict[int, Figure] = {}
        for index, mention in enumerate(amounts):
            model = figures.get(mention.of) if mention.of is not None else None
            if mention.of is not None and model is None:
                continue
            decision = model.decision if model is not None else self._decision(mention)
            if decision is None:
                continue
            if model is not None:
                date = model.date
            else:
                date = self.meaning.date_of(mention.first, DATED[decision.kind], elsewhere=False)
            change = change_of(self.document, mention)
            sign = change.sign if change is not None and _is_of_change(mention, decision.kind, change) else 1
            approximation, said, about = self._approximation(mention, model)
            tariff, covered = self._tariff(mention, decision.kind)
            figures[index] = Figure(
                mention,
                decision,
                sign,
                change.span if change is not None and sign < 0 else None,
                date,
                approximation,
                said,
                about,
                tariff,
                covered,
                model,
            )
        return figures

    def _decision(self, mention: AmountMention) -> Decision | None:
        """The decision on an amount; None if it is no figure, such as a rate of duty."""
        amount = mention.amount
        if not amount.is_money and any(
            amount.amount in (row.rate_percent, row.rate_before_percent)
            and row.char_start <= amount.span.start
            and amount.span.end <= row.char_end
            for row in self.tariffs
        ):
            return None
        return decide(self.document, self.cast, self.meaning, mention)

    def _approximation(self, mention: AmountMention, model: Figure | None) -> tuple[str, Span | None, Rule]:
        """The approximation, its words, and the rule."""
        amount, near = mention.amount, mention.amount.approximation_span
        if amount.approximation != "exact":
            about = rule("financial_figures.approximation.range", text=amount.span)
            if near is not None:
                entry = near.of(self.document.text).lower()
                about = rule("financial_figures.approximation.words", file="approximators", entry=entry, word=near)
            elif amount.approximation != "range":
                about = rule("financial_figures.approximation.vague", text=amount.span)
            return amount.approximation, near, about
        if model is not None and mention.of is not None and model.approximation != "range":
            about = rule("financial_figures.approximation.converted", because=model.about)
            return model.approximation, model.approximation_span, about
        below = self.document.tokens[mention.head]
        for token in upwards(self.document, below):
            if below.dep in ("relcl", "conj") or (below.dep == "prep" and below.lower not in ("by", "of")):
                break
            below = token
            if token.lemma in _ESTIMATES and token.pos == "VERB":
                return "about", token.span, rule("financial_figures.approximation.estimated", word=token.span)
        return "exact", None, EXACT

    def _tariff(self, mention: AmountMention, kind: str) -> tuple[str | None, Rule | None]:
        """The measure whose covered trade the sum is: one in its clause or sentence, if a measure governs it."""
        if kind != "trade" or not mention.amount.is_money or not self.tariffs:
            return None, None
        document = self.document
        measure = measure_over(document, document.tokens[mention.head])
        if measure is None:
            return None, None
        span = mention.amount.span
        sentence = document.sentences[mention.sentence].span
        around = [r for r in self.tariffs if r.char_start <= span.start and span.end <= r.char_end]
        where = "clause" if around else "sentence"
        around = around or [r for r in self.tariffs if r.char_start < sentence.end and sentence.start < r.char_end]
        shortest = min(around, key=lambda r: (r.char_end - r.char_start, r.char_start, r.tariff_id), default=None)
        if shortest is None:
            return None, None
        return shortest.tariff_id, rule(f"financial_figures.tariff_id.{where}", word=measure.span)

    def _distinct(self, figures: dict[int, Figure]) -> list[int]:
        """Indexes of the figures to keep: the first mention of each distinct amount in the body, else in the title."""
        first: dict[tuple[object, ...], int] = {}
        for index, figure in figures.items():
            if not figure.mention.in_title:
                first.setdefault(figure.key, index)
        for index, figure in figures.items():
            if figure.mention.in_title and not self._is_repeated(figure, figures):
                first.setdefault(figure.key, index)
        return sorted(first.values())

    def _is_repeated(self, figure: Figure, figures: dict[int, Figure]) -> bool:
        """Whether the body repeats the amount of a headline, perhaps less rounded."""
        amount = figure.mention.amount
        for other in figures.values():
            more = other.mention.amount
            if not other.mention.in_title and more.unit == amount.unit and is_rounded(amount.amount, more.amount):
                return True
        return False

    def _row_id(self, figure: Figure) -> str:
        return row_key("fig", self.document.article.article_id, figure.mention.amount.span)

    def _converted(self, figure: Figure, keys: dict[int, str]) -> str | None:
        return keys.get(figure.mention.of) if figure.mention.of is not None else None

    def _found(self, figure: Figure, row_id: str, converted: str | None) -> Found[FigureRow]:
        amount, date = figure.mention.amount, figure.date
        # A minus sign already expresses the fall.
        sign = figure.sign if min(amount.amount, amount.amount_high or amount.amount) >= 0 else 1
        low, high = amount.amount * sign, amount.amount_high * sign if amount.amount_high is not None else None
        if high is not None and high < low:
            low, high = high, low
        payer, payee = figure.decision.payer, figure.decision.payee
        row = FigureRow(
            figure_id=row_id,
            article_id=self.document.article.article_id,
            amount=low,
            amount_high=high,
            unit=amount.unit,
            unit_basis=amount.unit_basis,
            per=amount.per,
            amount_text=amount.text,
            approximation=figure.approximation,
            kind=figure.decision.kind,
            payer_id=payer.actor_id if payer else None,
            payee_id=payee.actor_id if payee else None,
            tariff_id=figure.tariff_id,
            conversion_of_id=converted,
            date_start=date.date_start if date else None,
            date_end=date.date_end if date else None,
            date_precision=date.precision if date else None,
            date_text=date.text if date else None,
            date_basis=date.basis if date else None,
            char_start=amount.span.start,
            char_end=amount.span.end,
        )
        rules = partial(figure_rules, figure, self.document.article.published_on, self._by_publisher)
        return Found(row, self._evidence(figure), LazyMapping(rules))

    def _evidence(self, figure: Figure) -> dict[str, tuple[Span, ...]]:
        amount, date = figure.mention.amount, figure.date
        evidence: dict[str, tuple[Span, ...]] = {
            "amount": (amount.span,),
            "amount_high": (amount.span,),
            "amount_text": (amount.span,),
            "unit": (amount.unit_span,),
            "unit_basis": (amount.unit_span,),
            "kind": (figure.decision.why,),
        }
        if amount.per_span is not None:
            evidence["per"] = (amount.per_span,)
        if figure.approximation_span is not None:
            evidence["approximation"] = (figure.approximation_span,)
        for column, party in (("payer_id", figure.decision.payer), ("payee_id", figure.decision.payee)):
            if party is not None:
                evidence[column] = (party.mention.span,)
        if date is not None:
            for column in ("date_start", "date_end", "date_precision", "date_text", "date_basis"):
                evidence[column] = (date.span,)
        return evidence


def _is_of_change(mention: AmountMention, kind: str, change: Change) -> bool:
    """Whether an amount is the size of a change: a percentage other than a share, or a sum by which something moved."""
    if not change.is_difference:
        return False
    return change.is_direct and change.moves if mention.amount.is_money else kind != "share"
