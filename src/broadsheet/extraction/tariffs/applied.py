"""Which of the rates in a clause are those of its measure: after and before, for all goods or some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import FAMILY, word_set
from broadsheet.extraction.tariffs.tellings import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs import rates
    from broadsheet.extraction.tariffs.nouns import MeasurePhrase
    from broadsheet.extraction.tariffs.predicates import Predicate
    from broadsheet.extraction.tariffs.readers import Readers
    from broadsheet.extraction.tariffs.scan import Found
    from broadsheet.extraction.tariffs.tellings import Telling

_MULTIPLES = word_set("multiples")
_POSTPONING = word_set("postponing")
_MOVING = word_set("moving")
_ADDITIONAL = frozenset({"additional", "extra", "further", "another"})


class RateReader:
    """Gives the rates of a clause to its goods."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.document = readers.document
        self.tokens = readers.document.tokens
        self.syntax = readers.syntax
        self.parties = readers.parties

    def read(self, telling: Telling, phrase: MeasurePhrase, predicate: Predicate, found: Found) -> None:
        """Sets the rate of the telling and of its groups; bans and controls have none."""
        if telling.measures and FAMILY[telling.measures[0]] in ("ban", "control"):
            for group in telling.groups:
                group.rate = Rate()
            return
        moving = predicate.action in ("raise", "lower") or predicate.token.lemma in _MOVING
        paired = self._paired(telling, phrase, found, moving)
        rate = paired or _joined(found.rates, moving, phrase.rate is not None)
        if phrase.rate is not None:
            before = phrase.rate
            if rate.percent is None:
                if (moving and phrase.additional is None and predicate.pattern in ("object", "subject")) and (
                    rate.text is not None or predicate.token.lemma in _MULTIPLES or phrase.definite
                ):
                    rate.before, rate.before_text, rate.found_before = before.percent, before.number, "before_noun"
                    rate.text = rate.text or None
                else:
                    rate.percent, rate.high = before.percent, before.high
                    rate.approximation = before.approximation if before.percent is not None else None
                    rate.text, rate.found = before.number, "before_noun"
            elif rate.before is None and moving:
                rate.before, rate.before_text, rate.found_before = before.percent, before.number, "before_noun"
        word = predicate.noun or predicate.token
        if word.lower in _MULTIPLES and predicate.pattern in ("object", "subject", "noun") and rate.text is None:
            rate.text = word.span
        elif predicate.token.lemma in _MULTIPLES and rate.text is None:
            rate.text = predicate.token.span
        if phrase.additional is not None:
            rate.additional = phrase.additional.span
        elif rate.text is not None:
            extra = self._additional(rate.text)
            if extra is not None:
                rate.additional = extra
        put_off = predicate.token.lemma in _POSTPONING and not phrase.definite
        if predicate.action in ("remove", "suspend") and not put_off:
            for ended in (rate, *(g.rate for g in telling.groups)):
                if ended.percent is not None:
                    if ended.before is None:
                        ended.before_approximation = ended.approximation
                        ended.found_before = "ended"
                    ended.before = ended.before if ended.before is not None else ended.percent
                    ended.before_text = ended.before_text or ended.text
                    ended.percent = ended.high = ended.approximation = None
        telling.rate = rate
        for k, group in enumerate(telling.groups):
            if group.rate.empty and (k == 0 or not any(not g.rate.empty for g in telling.groups[1:])):
                group.rate = rate
            elif group.rate.empty:
                group.rate = telling.groups[k - 1].rate
            elif rate.additional is not None:
                group.rate.additional = rate.additional
        if not telling.groups and found.last:
            telling.rate = rate

    def _paired(self, telling: Telling, phrase: MeasurePhrase, found: Found, moving: bool) -> Rate | None:
        """Rates told goods by goods (on wine to 10 from 5 and on beer to 20 from 8); the first where there are such."""
        if len(telling.groups) < 2 or len(found.behind) < 2 or found.behind[0] != 1 or phrase.rate is not None:
            return None
        own: dict[int, list[tuple[str, rates.Rate]]] = {}
        for k, read in zip(found.behind, found.rates, strict=True):
            own.setdefault(k, []).append(read)
        if len(own) < 2 or max(own) > len(telling.groups):
            return None
        for k, reads in own.items():
            telling.groups[k - 1].rate = rate = _joined(reads, moving, False)
            rate.found = rate.found and "with_goods"
        return telling.groups[0].rate

    def _additional(self, text: Span) -> Span | None:
        """The word right before a rate that says that it comes on top."""
        token = self.document.token_at(text.start)
        if token is None:
            return None
        for i in range(token.i - 1, max(-1, token.i - 4), -1):
            if self.tokens[i].lower in _ADDITIONAL:
                return self.tokens[i].span
        return None


def _joined(read_rates: Sequence[tuple[str, rates.Rate]], moving: bool, rated: bool) -> Rate:
    """The rate that the numbers of a clause make up together.

    Args:
        read_rates: The numbers, each with the word that joins it.
        moving: Whether the rate changes.
        rated: Whether another rate stands before the measure.
    """
    rate = Rate()
    for role, read in read_rates:
        if read.points or (role == "by" and moving):
            if rate.text is None:
                rate.text = read.number
            continue
        if role == "from" and read.high is not None and moving:
            rate.before, rate.percent, rate.high = read.percent, read.high, None
            rate.text = rate.before_text = read.number
            rate.approximation, rate.found, rate.found_before = "exact", "ends", "ends"
        elif role == "to" and read.high is not None and moving and read.high < (read.percent or 0):
            rate.before, rate.percent, rate.text = read.percent, read.high, read.number
            rate.before_text, rate.approximation = read.number, "exact"
            rate.found = rate.found_before = "ends"
        elif role == "from" and (moving or rate.percent is not None or rated):
            rate.before, rate.before_text, rate.found_before = read.percent, read.number, "from"
        elif rate.percent is None or role == "to":
            if role == "to" and rate.percent is not None and rate.before is None and moving:
                rate.before, rate.before_text, rate.found_before = rate.percent, rate.text, "moved"
            rate.percent, rate.high, rate.found = read.percent, read.high, "behind"
            rate.approximation, rate.text = read.approximation if read.percent is not None else None, read.number
    return rate


def before_the_end(rate: Rate) -> Rate:
    """The rate of a measure before it was lifted."""
    if rate.before is None and rate.percent is None:
        return Rate()
    if rate.before is None:
        return Rate(rate.percent, None, rate.high, rate.approximation, rate.text, found=rate.found)
    told = rate.before_approximation
    # Of a range that is lifted the lower end alone is kept.
    told = "exact" if told in (None, "range") else told
    return Rate(rate.before, None, None, told, rate.before_text or rate.text, found="of_what_ends")
