"""From the measures of an article to rows of the table, with the characters that say each cell."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.found import Found
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.extraction.tariffs.days import effect_of
from broadsheet.extraction.tariffs.printed import naming_words
from broadsheet.extraction.tariffs.reasons import tariff_rules
from broadsheet.reference import goods
from broadsheet.reference.trade import word_set
from broadsheet.tables.keys import tariff_key
from broadsheet.tables.rows import TariffRow

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.drafts import Draft

_ACTS = frozenset({"impose", "raise", "threaten", "maintain"})
"""Actions that can be answered in kind."""
_BEFORE_RATE = 4
"""Words before a rate among which one says that it comes on top of duties in force."""


def make_rows(document: Document, drafts: list[Draft]) -> list[Found[TariffRow]]:
    """The rows in reading order."""
    spans = [_clause(document, draft) for draft in drafts]
    keys: list[str] = []
    seen: Counter[str] = Counter()
    for draft, span in zip(drafts, spans, strict=True):
        mention = draft.mention
        parts = [draft.imposer.code, draft.target_code, draft.goods, mention.measure, mention.action, draft.company_id]
        key = tariff_key(document.article.article_id, span, parts)
        keys.append(tariff_key(document.article.article_id, span, parts, seen[key]))
        seen[key] += 1
    links = [_answered(drafts, k) for k in range(len(drafts))]
    answered = [keys[link] if link is not None else None for link in links]
    return [_row(document, *parts) for parts in zip(drafts, spans, keys, answered, strict=True)]


def _answered(drafts: list[Draft], k: int) -> int | None:
    """The index of the draft that one of them answers: an act of its target, aimed at the imposer or at all."""
    draft = drafts[k]
    if not draft.mention.retaliation or draft.target is None:
        return None
    acts = [
        (other.target is not None, -abs(j - k), -j)
        for j, other in enumerate(drafts)
        if j != k and other.imposer.code == draft.target_code and other.mention.action in _ACTS
        and not (other.mention.retaliation and j > k)
        and other.target_code in (None, draft.imposer.code)
    ]  # fmt: skip
    return -max(acts)[-1] if acts else None


def _clause(document: Document, draft: Draft) -> Span:
    """The characters from the first to the last word of the mention's sentence that says a cell."""
    anchor = draft.mention.anchor
    sentence = document.sentence_of(anchor).span
    parts = (draft.imposer, draft.target, draft.product, draft.rate, draft.before)
    spans = [part.span for part in parts if part is not None and sentence.contains(part.span)]
    spans += [anchor.span, draft.mention.act.span]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _row(document: Document, draft: Draft, span: Span, key: str, linked: str | None) -> Found[TariffRow]:
    mention = draft.mention
    percent, before, high, approximation = _percentages(draft)
    effect = effect_of(mention.effective)
    ended = draft.ended.date_end if draft.ended is not None else None
    if ended is not None and effect.day is not None and ended < effect.day:
        ended = None
    announced = mention.announced.date_start if mention.announced is not None else None
    published = document.article.published_on
    if announced is not None and published is not None and announced > published:
        announced = None
    extra = _additional(document, draft)
    row = TariffRow(
        tariff_id=key,
        article_id=document.article.article_id,
        imposer_code=draft.imposer.code,
        target_code=draft.target_code,
        product=draft.goods,
        hs_chapter=goods.chapter_of(draft.goods) if draft.goods is not None else None,
        applies_to_id=draft.company_id,
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
    parts = {
        "target_code": draft.target,
        "product": draft.product,
        "hs_chapter": draft.product,
        **dict.fromkeys(("rate_percent", "rate_high_percent", "rate_text", "rate_approximation"), draft.rate),
        "rate_before_percent": draft.before,
        "applies_to_id": draft.company,
        "effective_on": mention.effective,
        "effective_precision": mention.effective,
        "ended_on": draft.ended,
        "announced_on": mention.announced,
    }
    words = {column: part.span for column, part in parts.items() if part is not None}
    words |= {"action": mention.act.span, "status": mention.anchor.span, "imposer_code": draft.imposer.span}
    words["measure"] = naming_words(document, mention.anchor)
    if extra is not None:
        words["rate_is_additional"] = extra
    if mention.retaliation:
        words["is_retaliation"] = words["retaliates_for_id"] = mention.anchor.span
    evidence = {c: (s,) for c, s in sorted(words.items()) if getattr(row, c) is not None}
    return Found(row, evidence, LazyMapping(partial(tariff_rules, document, draft, extra)))


def _percentages(draft: Draft) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    """The rate after, before, its upper end and how exact it is; none that its action did not move from."""
    rate = draft.rate
    percent, high = (rate.percent, rate.high) if rate is not None else (None, None)
    approximation = rate.approximation if rate is not None and percent is not None else None
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
    to_come = effective is not None and published is not None and effective > published
    if draft.day_from == "stated" and effective is not None and not to_come and mention.status == "announced":
        return "in_force"
    if to_come and mention.status in ("in_force", "ended"):
        return "announced"
    return "announced" if mention.status == "threatened" else mention.status


def _additional(document: Document, draft: Draft) -> Span | None:
    """The words near a rate, or before the noun of its measure, that say that it comes on top of duties in force."""
    if draft.rate is None:
        return None
    first, last = document.range_of(draft.rate.span)
    noun = document.children(draft.mention.anchor, "amod")
    words = [*document.tokens[max(0, first - _BEFORE_RATE) : first], *document.tokens[last : last + 1], *noun]
    said = next((t.span for t in words if t.lower in word_set("additional")), None)
    sentence = document.sentence_of(document.tokens[first])
    for phrase in (p for p in sorted(word_set("additional")) if " " in p and said is None):
        place = document.text.find(phrase, draft.rate.span.end, sentence.span.end)
        said = Span(place, place + len(phrase)) if place >= 0 else None
    return said
