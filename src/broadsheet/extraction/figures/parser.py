"""From the amounts of an article to its rows: which are figures, what each goes by, and which are told twice."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import change_of, word_before
from broadsheet.extraction.figures.cues import base, cues_in
from broadsheet.extraction.figures.figure import Figure, is_rounded
from broadsheet.extraction.figures.kinds import MoneyReader
from broadsheet.extraction.figures.parties import Parties, PartyReader, hands_over, measure_over
from broadsheet.extraction.figures.place import dollar_country
from broadsheet.extraction.figures.rates import RateReader
from broadsheet.extraction.figures.reach import MAX_TOKENS, child_of, upwards
from broadsheet.extraction.figures.reading import Reading, why_kind
from broadsheet.extraction.figures.reasons import EXACT, figure_rules
from broadsheet.extraction.figures.sightings import AmountMention, sightings
from broadsheet.extraction.figures.slots import WAYS
from broadsheet.extraction.figures.when import DateReader
from broadsheet.extraction.found import Found, rule
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import FigureRow

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.found import Rule
    from broadsheet.tables.rows import TariffRow

_NEAR = 6
"""Tokens between an amount and the one that it is compared with."""
_OFFERS = frozenset({"offer", "give", "send", "contribute", "promise", "provide", "commit", "donate", "add"})
_RECEIPTS = frozenset({"receive", "get", "obtain"})
_THE_MONEY = frozenset({"money", "cash", "funds", "aid", "package", "sum", "total", "loan", "grant"})
_ESTIMATES = frozenset({"estimate"})


class Parser:
    """Reads the figures of one document."""

    def __init__(self, document: Document, cast: EntityIndex, tariffs: list[TariffRow]) -> None:
        self.document = document
        self.cast = cast
        self.tariffs = tariffs
        self.rates = RateReader(document, cast, tariffs)
        self.money = MoneyReader(document, cast)
        self.party_reader = PartyReader(document, cast)
        self._by_publisher = dollar_country(document) is not None
        self._dates: DateReader | None = None
        self._cues: dict[int, list[Cue]] = {}
        self._amounts: frozenset[int] = frozenset()

    def rows(self) -> list[Found[FigureRow]]:
        """The rows, in reading order."""
        seen = sightings(self.document)
        if not seen:
            return []
        self._dates = DateReader(self.document)
        self._amounts = self.money.amounts = frozenset(place for s in seen for place in range(s.first, s.last))
        figures: dict[int, Figure] = {}
        for index, sighting in enumerate(seen):
            following = seen[index + 1 : index + 4]
            before = seen[index - 1] if index else None
            figure = self._figure(sighting, before, following, figures)
            if figure is not None:
                figures[index] = figure
        self._price_moves(figures)
        kept = self._distinct(figures)
        keys = {index: self._row_id(figures[index]) for index in kept}
        return [self._found(figures[i], keys[i], self._converted(figures[i], keys)) for i in kept]

    def _price_moves(self, figures: dict[int, Figure]) -> None:
        """Makes a price of the sum by which one moved: up 20 cents to 5 dollars a bushel."""
        for index, figure in figures.items():
            after = figures.get(index + 1)
            if after is None or figure.reading.cue is not None or figure.reading.kind != "other":
                continue
            one, two = figure.sighting, after.sighting
            if one.sentence != two.sentence or after.reading.kind != "price":
                continue
            if change_of(self.document, one) is not None:
                reading = figure.reading.turned("price", "moved_price", after.reading.told, other=two.amount.span)
                figures[index] = replace(figure, reading=reading)

    def _cues_of(self, sentence: int) -> list[Cue]:
        if sentence not in self._cues:
            self._cues[sentence] = cues_in(self.document, self.document.sentences[sentence], self.cast)
        return self._cues[sentence]

    def _cues_near(self, sighting: AmountMention) -> list[Cue]:
        """The cues of its sentence around an amount, those inside amounts aside."""
        cues = self._cues_of(sighting.sentence)
        low = bisect_left(cues, sighting.first - MAX_TOKENS, key=lambda c: c.first)
        high = bisect_left(cues, sighting.last + MAX_TOKENS, key=lambda c: c.first)
        return [c for c in cues[low:high] if c.token not in self._amounts]

    def _figure(
        self,
        sighting: AmountMention,
        before: AmountMention | None,
        following: list[AmountMention],
        known: dict[int, Figure],
    ) -> Figure | None:
        assert self._dates is not None
        cues = self._cues_near(sighting)
        source = sighting.of if sighting.of is not None else sighting.shares
        model = known.get(source) if source is not None else None
        amount = sighting.amount
        reading: Reading | None
        if model is not None and sighting.of is None and self._tells_itself(sighting, model, cues):
            model = None
        if model is not None:
            way = "converted" if sighting.of is not None else "shared_unit"
            copied = self._like(model, way)
            reading = copied.of_unit(amount.is_money)
            parties = model.parties.told_by(way)
        else:
            neighbour = before if before is not None and before.sentence == sighting.sentence else None
            money, rates = self.money, self.rates
            reading = money.read(sighting, neighbour, cues) if amount.is_money else rates.read(sighting, cues)
            if reading is None:
                return None
            reading = self._compared(sighting, neighbour, reading, known)
            reading = self._carried_on(sighting, reading, known).of_unit(amount.is_money)
            gapped = self._gapped(sighting, neighbour, reading, known)
            if gapped is None:
                parties = self.party_reader.read(sighting, reading, cues)
                last = self._last_sum(known)
                if last is not None and reading.kind == last.reading.kind == "trade" and self._follows(sighting, last):
                    parties = self.party_reader.traded_on(sighting, parties, last.parties)
            else:
                reading, parties = gapped
        if model is not None and sighting.of is not None:
            date, dated = model.date, "converted"
        else:
            date, dated = self._dates.read(sighting, before, following)
        approximation, why, about = self._approximation(sighting, model)
        tariff, covered = self._tariff(sighting, reading, cues) if amount.is_money else (None, None)
        return Figure(sighting, reading, parties, date, approximation, why, tariff, dated, about, covered)

    def _like(self, model: Figure, way: str) -> Reading:
        """What an amount is that goes by another one."""
        told = why_kind(way, model.reading.kind, other=model.sighting.amount.span)
        told = replace(told, because=(model.reading.told,))
        return Reading(model.reading.kind, 1, model.reading.why, model.reading.cue, told)

    def _tells_itself(self, sighting: AmountMention, model: Figure, cues: list[Cue]) -> bool:
        """Whether a sum that shares the unit of another is told anew: goods that go the other way, a cue of its own."""
        if not sighting.amount.is_money or not model.sighting.amount.is_money:
            return False
        own = self.money.read(sighting, model.sighting, [c for c in cues if c.token >= model.sighting.last])
        return (
            own is not None
            and own.cue is not None
            and own.cue.token < sighting.first
            and (own.kind != model.reading.kind or own.cue.phrase in WAYS)
        )

    def _gapped(
        self, sighting: AmountMention, before: AmountMention | None, reading: Reading, known: dict[int, Figure]
    ) -> tuple[Reading, Parties] | None:
        """Kind and parties of a sum whose verb stands with the sum before it alone (gave 3 million, and Malta 2)."""
        last = known.get(next(reversed(known), -1))
        if before is None or last is None or last.sighting is not before or not sighting.amount.is_money:
            return None
        if not before.amount.is_money or reading.cue not in (None, last.reading.cue):
            return None
        parties = self.party_reader.gapped(sighting, before, last.parties)
        if parties is None:
            return None
        return reading.turned(last.reading.kind, "gapped", last.reading.told, other=before.amount.span), parties

    def _compared(
        self, sighting: AmountMention, before: AmountMention | None, reading: Reading, known: dict[int, Figure]
    ) -> Reading:
        """The kind of the amount before it that it is compared with (32 percent, up from 27 percent), or says anew (a
        profit of 3 million dollars, or 40 cents a share; fell 2 dollars, or 3 percent).
        """
        word = word_before(self.document, sighting)
        if before is None or word is None:
            return reading
        last = known.get(next(reversed(known), -1))
        if last is None or last.sighting is not before or sighting.first - before.last > _NEAR:
            return reading
        if word.lower == "or":
            return self._said_anew(sighting, last, reading)
        if word.lower != "from":
            return reading
        if self._is_said_anew(before):
            # Fell to 3 million dollars, or 40 cents a share, from 5 million: the level is the first of the two.
            first = known.get([*islice(reversed(known), 2)][1]) if len(known) > 1 else None
            last = first if first is not None and first.sighting.sentence == sighting.sentence else last
        if last.sighting.amount.unit != sighting.amount.unit:
            return reading
        return self._like(last, "compared")

    def _follows(self, sighting: AmountMention, last: Figure) -> bool:
        """Whether a sum is told in the sentence of another one or the next, of one paragraph."""
        sentences = self.document.sentences
        one, two = sentences[last.sighting.sentence], sentences[sighting.sentence]
        return two.index - one.index <= 1 and one.paragraph == two.paragraph

    def _is_said_anew(self, sighting: AmountMention) -> bool:
        word = word_before(self.document, sighting)
        return word is not None and word.lower == "or"

    def _said_anew(self, sighting: AmountMention, last: Figure, reading: Reading) -> Reading:
        change = change_of(self.document, last.sighting)
        if not sighting.amount.is_money and last.sighting.amount.is_money and change is not None:
            if change.is_difference:
                told = why_kind("change_said_anew", "growth", word=change.span)
                fell = change.span if change.sign < 0 else None
                return Reading("growth", change.sign, (change.span,), None, told, fell)
        elif sighting.amount.is_money and last.reading.kind == "profit":
            return reading.turned("profit", "profit_said_anew", last.reading.told, other=last.sighting.amount.span)
        return reading

    def _carried_on(self, sighting: AmountMention, reading: Reading, known: dict[int, Figure]) -> Reading:
        """The kind of the figure before, where a sentence goes on about it with a pronoun (it widened to)."""
        if reading.cue is not None or reading.kind != "other" or not known:
            return reading
        document = self.document
        given = self._of_the_money(sighting, known)
        if given is not None:
            other = given.sighting.amount.span
            return reading.turned(given.reading.kind, "of_the_money", given.reading.told, other=other)
        for token in upwards(document, document.tokens[sighting.head]):
            last = known[next(reversed(known))]
            near = sighting.sentence - last.sighting.sentence <= 1
            gone_on = reading.turned(
                last.reading.kind, "goes_on", last.reading.told, other=last.sighting.amount.span, word=token.span
            )
            if token.pos == "VERB" and base(token) in _OFFERS and last.reading.kind == "aid" and near:
                # The agency appealed for a sum; Oman offered another.
                return gone_on
            if token.pos == "VERB" and base(token) in _RECEIPTS and last.reading.kind == "aid" and near:
                return gone_on
            if token.pos == "VERB" and hands_over(base(token)):
                # It has also returned a sum: an act of its own, not more of what the figure before is.
                return reading
            if token.lemma == "gap" and near and last.reading.kind in ("trade", "budget"):
                return gone_on
            subject = child_of(document, token, "nsubj", "nsubjpass")
            if subject is None:
                continue
            if subject.lower not in ("it", "they", "this", "that", "figure", "total", "amount", "sum"):
                return reading
            return gone_on if near else reading
        return reading

    def _of_the_money(self, sighting: AmountMention, known: dict[int, Figure]) -> Figure | None:
        """The last sum of money, where another one is a part of it: 3 million dollars of the money."""
        if not sighting.amount.is_money:
            return None
        document = self.document
        of = child_of(document, document.tokens[sighting.head], "prep")
        whole = child_of(document, of, "pobj") if of is not None and of.lower == "of" else None
        if whole is None or whole.lower not in _THE_MONEY or child_of(document, whole, "det") is None:
            return None
        return self._last_sum(known)

    def _last_sum(self, known: dict[int, Figure]) -> Figure | None:
        """The last figure that is a sum of money."""
        return next((known[i] for i in reversed(known) if known[i].sighting.amount.is_money), None)

    def _approximation(self, sighting: AmountMention, model: Figure | None) -> tuple[str, Span | None, Rule]:
        """The approximation, the words that say it, and the rule."""
        amount, near = sighting.amount, sighting.amount.approximation_span
        if amount.approximation != "exact":
            about = rule("financial_figures.approximation.range", text=amount.span)
            if near is not None:
                entry = near.of(self.document.text).lower()
                about = rule("financial_figures.approximation.words", file="approximators", entry=entry, word=near)
            elif amount.approximation != "range":
                about = rule("financial_figures.approximation.vague", text=amount.span)
            return amount.approximation, near, about
        if model is not None and sighting.of is not None and model.approximation != "range":
            about = rule("financial_figures.approximation.converted", because=model.about)
            return model.approximation, model.approximation_span, about
        below = self.document.tokens[sighting.head]
        for token in upwards(self.document, below):
            if below.dep in ("relcl", "conj") or (below.dep == "prep" and below.lower not in ("by", "of")):
                break
            below = token
            if token.lemma in _ESTIMATES and token.pos == "VERB":
                return "about", token.span, rule("financial_figures.approximation.estimated", word=token.span)
        return "exact", None, EXACT

    def _tariff(self, sighting: AmountMention, reading: Reading, cues: list[Cue]) -> tuple[str | None, Rule | None]:
        """The measure whose covered trade the sum is: one of its clause or sentence, where a measure governs it."""
        if reading.kind != "trade":
            return None, None
        document = self.document
        measure = measure_over(document, document.tokens[sighting.head], cues)
        if measure is None:
            return None, None
        span = sighting.amount.span
        sentence = document.sentences[sighting.sentence].span
        around = [r for r in self.tariffs if r.char_start <= span.start and span.end <= r.char_end]
        where = "clause" if around else "sentence"
        around = around or [r for r in self.tariffs if r.char_start < sentence.end and sentence.start < r.char_end]
        shortest = min(around, key=lambda r: (r.char_end - r.char_start, r.char_start, r.tariff_id), default=None)
        if shortest is None:
            return None, None
        return shortest.tariff_id, rule(f"financial_figures.tariff_id.{where}", word=measure.span)

    def _distinct(self, figures: dict[int, Figure]) -> list[int]:
        """Indexes of the figures to keep: of each distinct amount the first in the body, else that of the title."""
        first: dict[tuple[object, ...], int] = {}
        for index, figure in figures.items():
            if not figure.sighting.in_title:
                first.setdefault(figure.key, index)
        for index, figure in figures.items():
            if figure.sighting.in_title and not self._told_again(figure, figures):
                first.setdefault(figure.key, index)
        return sorted(first.values())

    def _told_again(self, figure: Figure, figures: dict[int, Figure]) -> bool:
        """Whether the body has the amount of a headline, perhaps less rounded."""
        amount = figure.sighting.amount
        for other in figures.values():
            more = other.sighting.amount
            if not other.sighting.in_title and more.unit == amount.unit and is_rounded(amount.amount, more.amount):
                return True
        return False

    def _row_id(self, figure: Figure) -> str:
        return row_key("fig", self.document.article.article_id, figure.sighting.amount.span)

    def _converted(self, figure: Figure, keys: dict[int, str]) -> str | None:
        return keys.get(figure.sighting.of) if figure.sighting.of is not None else None

    def _found(self, figure: Figure, row_id: str, converted: str | None) -> Found[FigureRow]:
        amount, date = figure.sighting.amount, figure.date
        # A fall that is printed with its minus is told already.
        sign = figure.reading.sign if min(amount.amount, amount.amount_high or amount.amount) >= 0 else 1
        low, high = amount.amount * sign, amount.amount_high * sign if amount.amount_high is not None else None
        if high is not None and high < low:
            low, high = high, low
        payer, payee = figure.parties.payer, figure.parties.payee
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
            kind=figure.reading.kind,
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
        published_on, publisher = self.document.article.published_on, self._by_publisher
        return Found(row, self._evidence(figure), LazyMapping(partial(figure_rules, figure, published_on, publisher)))

    def _evidence(self, figure: Figure) -> dict[str, tuple[Span, ...]]:
        amount, date = figure.sighting.amount, figure.date
        evidence: dict[str, tuple[Span, ...]] = {
            "amount": (amount.span,),
            "amount_high": (amount.span,),
            "amount_text": (amount.span,),
            "unit": (amount.unit_span,),
            "unit_basis": (amount.unit_span,),
            "kind": figure.reading.why,
        }
        if amount.per_span is not None:
            evidence["per"] = (amount.per_span,)
        if figure.approximation_span is not None:
            evidence["approximation"] = (figure.approximation_span,)
        if figure.parties.payer is not None:
            evidence["payer_id"] = (figure.parties.payer.span,)
        if figure.parties.payee is not None:
            evidence["payee_id"] = (figure.parties.payee.span,)
        if date is not None:
            for column in ("date_start", "date_end", "date_precision", "date_text", "date_basis"):
                evidence[column] = (date.span,)
        return evidence
