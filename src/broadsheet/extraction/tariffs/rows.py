"""From the measures of an article to rows of the table, with the characters that say each cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.found import Found
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.days import effect_of, last_day
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.extraction.tariffs.printed import naming_words
from broadsheet.extraction.tariffs.reasons import tariff_rules
from broadsheet.tables.keys import tariff_key
from broadsheet.tables.rows import TariffRow

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.tariffs.drafts import Draft

_ACTS = frozenset({"impose", "raise", "threaten", "maintain"})
"""Actions that can be answered in kind."""
_BEFORE_RATE = 4
"""Words before a rate among which one says that it comes on top of duties in force."""


def _answered(drafts: list[Draft]) -> dict[int, int]:
    """For each draft that answers another, by index: the index of that one, an act of its target."""
    out: dict[int, int] = {}
    for k, draft in enumerate(drafts):
        if not draft.mention.retaliation or draft.target is None:
            continue
        acts = [
            (other.target.code != draft.imposer.code if other.target is not None else True, abs(j - k), j)
            for j, other in enumerate(drafts)
            if j != k and other.imposer.code == draft.target.code and other.mention.action in _ACTS
            and not (other.mention.retaliation and j > k)
            and (other.target is None or other.target.code == draft.imposer.code)
        ]  # fmt: skip
        if acts:
            out[k] = min(acts)[-1]
    return out


def make_rows(document: Document, cast: EntityIndex, drafts: list[Draft]) -> list[Found[TariffRow]]:
    """The rows in reading order."""
    spans = [_clause(document, draft) for draft in drafts]
    links = _answered(drafts)
    keys: list[str] = []
    seen: dict[str, int] = {}
    for draft, span in zip(drafts, spans, strict=True):
        target = draft.target.code if draft.target is not None else None
        product = draft.product.name if draft.product is not None else None
        parts = [draft.imposer.code, target, product, draft.mention.measure, draft.mention.action, None]
        key = tariff_key(document.article.article_id, span, parts)
        count = seen.get(key, 0)
        seen[key] = count + 1
        keys.append(tariff_key(document.article.article_id, span, parts, count))
    return [
        _row(document, draft, span, keys[k], keys[links[k]] if k in links else None)
        for k, (draft, span) in enumerate(zip(drafts, spans, strict=True))
    ]


def _clause(document: Document, draft: Draft) -> Span:
    """The characters from the first to the last word of the mention's sentence that says a cell."""
    anchor = draft.mention.anchor
    sentence = document.sentence_of(anchor).span
    spans = [anchor.span, draft.mention.act.span]
    spans += [c.span for c in (draft.imposer, draft.target) if c is not None and sentence.contains(c.span)]
    spans += [draft.product.span] if draft.product is not None and sentence.contains(draft.product.span) else []
    spans += [r.span for r in (draft.rate, draft.before) if r is not None and sentence.contains(r.span)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _row(document: Document, draft: Draft, span: Span, key: str, linked: str | None) -> Found[TariffRow]:
    mention = draft.mention
    percent, before, high, approximation = _percentages(draft)
    effect = effect_of(mention.effective)
    ended = last_day(draft.ended) if draft.ended is not None else None
    if ended is not None and effect.day is not None and ended < effect.day:
        ended = None
    announced = mention.announced.date_start if mention.announced is not None else None
    published = document.article.published_on
    if announced is not None and published is not None and announced > published:
        announced = None
    product = draft.product.name if draft.product is not None else None
    extra = _additional(document, draft)
    row = TariffRow(
        tariff_id=key,
        article_id=document.article.article_id,
        imposer_code=draft.imposer.code,
        target_code=draft.target.code if draft.target is not None else None,
        product=product,
        hs_chapter=goods.chapter_of(product) if product is not None else None,
        applies_to_id=None,
        measure=mention.measure,
        action=mention.action,
        rate_percent=percent,
        rate_before_percent=before,
        rate_high_percent=high,
        rate_text=draft.rate.span.of(document.text) if draft.rate is not None else None,
        rate_approximation=approximation,
        rate_is_additional=(extra is not None) if draft.rate is not None else None,
        status=_status(document, draft),
        announced_on=announced,
        effective_on=effect.day,
        ended_on=ended,
        effective_precision=effect.precision,
        is_retaliation=mention.retaliation,
        retaliates_for_id=linked,
        char_start=span.start,
        char_end=span.end,
    )
    word = mention.anchor.span
    words: dict[str, Span | None] = {"action": mention.act.span, "status": word}
    words["measure"] = naming_words(document, mention.anchor)
    words["imposer_code"] = draft.imposer.span
    words["target_code"] = draft.target.span if draft.target is not None else None
    words["product"] = words["hs_chapter"] = draft.product.span if draft.product is not None else None
    rate = draft.rate.span if draft.rate is not None else None
    words |= dict.fromkeys(("rate_percent", "rate_high_percent", "rate_text", "rate_approximation"), rate)
    words["rate_before_percent"] = draft.before.span if draft.before is not None else None
    words["rate_is_additional"] = extra
    words["effective_on"] = words["effective_precision"] = mention.effective.span if mention.effective else None
    words["ended_on"] = draft.ended.span if draft.ended is not None else None
    words["announced_on"] = mention.announced.span if mention.announced is not None else None
    words["is_retaliation"] = words["retaliates_for_id"] = word if mention.retaliation else None
    evidence = {c: (s,) for c, s in sorted(words.items()) if s is not None and getattr(row, c) is not None}
    return Found(row, evidence, LazyMapping(partial(tariff_rules, document, draft, extra)))


def _percentages(draft: Draft) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    """The rate after, before, its upper end and how exact it is; none that its action did not move from."""
    rate = draft.rate
    percent, high = (rate.percent, rate.high) if rate is not None else (None, None)
    approximation = rate.approximation if rate is not None and percent is not None else None
    if percent is not None and high is not None:
        percent, high = min(percent, high), max(percent, high)
        if percent == high:
            high, approximation = None, "exact"
    before = draft.before.percent if draft.before is not None else None
    if percent is not None and before is not None:
        moved = {"raise": percent > before, "lower": percent < before}.get(draft.mention.action, True)
        before = before if moved else None
    return percent, before, high, approximation


def _status(document: Document, draft: Draft) -> str:
    """The status, made to agree with the action and the day of publication."""
    mention = draft.mention
    if mention.action == "threaten":
        return "threatened"
    published = document.article.published_on
    effective = effect_of(mention.effective).day
    if mention.status == "in_force" and effective is not None and published is not None and effective > published:
        return "announced"
    return "announced" if mention.status == "threatened" else mention.status


def _additional(document: Document, draft: Draft) -> Span | None:
    """The word before a rate that says that it comes on top of duties in force."""
    if draft.rate is None:
        return None
    first, _ = document.range_of(draft.rate.span)
    words = document.tokens[max(0, first - _BEFORE_RATE) : first]
    return next((t.span for t in words if t.lower in word_set("additional")), None)
