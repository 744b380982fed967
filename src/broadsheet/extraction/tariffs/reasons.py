"""The rules of the cells of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.tariffs.grounds import chapter_rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.tellings import Day, Rate

_NO_ANSWER = Rule("tariffs.is_retaliation.not_said")
_ALONE = Rule("tariffs.rate_is_additional.not_said")


def apart(document: Document, draft: Draft) -> frozenset[Span]:
    """The words of rates and days that stand in another sentence than the clause that gives the row."""
    rate, timing = draft.rate, draft.timing
    days = (day.span for day in (timing.announced, timing.effective, timing.ended) if day is not None)
    words = (*(s for s in (rate.text, rate.before_text) if s is not None), *days)
    own = document.sentences[draft.telling.sentence].span
    return frozenset(span for span in words if not own.contains(span))


def tariff_rules(draft: Draft, elsewhere: frozenset[Span]) -> dict[str, Rule]:
    """The rules of the row of a draft.

    Args:
        draft: The draft.
        elsewhere: Words of its rates and days that stand in another sentence than its clause.
    """
    out = dict(draft.rules)
    if draft.product is not None:
        out["hs_chapter"] = chapter_rule(draft.product)
    out |= _rates(draft, elsewhere)
    timing = draft.timing
    for column, day in (
        ("announced_on", timing.announced),
        ("effective_on", timing.effective),
        ("ended_on", timing.ended),
    ):
        if day is not None:
            out[column] = _day(column, day, elsewhere)
    if timing.effective is not None:
        words = (("day", timing.effective.span), ("precision", timing.effective.precision))
        out["effective_precision"] = Rule("tariffs.effective_precision", words)
    answer = draft.retaliation
    out["is_retaliation"] = _NO_ANSWER if answer is None else rule("tariffs.is_retaliation.said", word=answer)
    return out


def _rates(draft: Draft, elsewhere: frozenset[Span]) -> dict[str, Rule]:
    rate: Rate = draft.rate
    out: dict[str, Rule] = {}
    if rate.text is not None:
        out["rate_text"] = rule("tariffs.rate_text", word=rate.text)
    if rate.percent is not None and rate.text is not None:
        told = rule(f"tariffs.rate_percent.{rate.found}", word=rate.text)
        if rate.text in elsewhere:
            told = rule("tariffs.rate_percent.other_sentence", because=told, word=rate.text)
        out["rate_percent"] = out["rate_high_percent"] = told
        how = rate.approximation if rate.approximation in ("exact", "range") else "hedged"
        words = (("word", rate.text), ("approximation", rate.approximation or ""))
        out["rate_approximation"] = Rule(f"tariffs.rate_approximation.{how}", words)
    if rate.before is not None and rate.before_text is not None:
        told = rule(f"tariffs.rate_before_percent.{rate.found_before}", word=rate.before_text)
        if rate.before_text in elsewhere:
            told = rule("tariffs.rate_before_percent.other_sentence", because=told, word=rate.before_text)
        out["rate_before_percent"] = told
    extra = rate.additional
    out["rate_is_additional"] = _ALONE if extra is None else rule("tariffs.rate_is_additional.said", word=extra)
    return out


def _day(column: str, day: Day, elsewhere: frozenset[Span]) -> Rule:
    told = rule(f"tariffs.{column}.{day.found}", day=day.span)
    if day.moved:
        told = rule(f"tariffs.{column}.moved", because=told, day=day.span)
    if day.span in elsewhere:
        told = rule(f"tariffs.{column}.other_sentence", because=told, day=day.span)
    return told
