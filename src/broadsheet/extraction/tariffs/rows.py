"""From the measures of an article to rows of the table, with the characters that say each cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Found
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.reasons import apart, tariff_rules
from broadsheet.tables.keys import tariff_key
from broadsheet.tables.rows import TariffRow

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.drafts import Draft

_ACTS = frozenset({"impose", "raise", "threaten", "maintain"})
"""Actions that can be answered in kind."""


def link_retaliations(drafts: list[Draft]) -> dict[int, int]:
    """For each draft that answers another, by index: the index of that one."""
    out: dict[int, int] = {}
    for k, draft in enumerate(drafts):
        if draft.retaliation is None or draft.target is None:
            continue
        acts = [j for j, act in enumerate(drafts) if j != k and _can_provoke(act, draft)]
        if acts:
            distances = [_distance(draft, drafts[j]) for j in acts]
            out[k] = acts[distances.index(min(distances))]
    return out


def _can_provoke(act: Draft, answer: Draft) -> bool:
    """Whether a draft can be what another answers: an act of its target against its imposer.

    An act against nobody in particular counts only where one sentence tells both.
    """
    if act.imposer != answer.target or act.action not in _ACTS:
        return False
    if act.retaliation is not None and act.telling.place >= answer.telling.place:
        return False
    one_sentence = act.telling.sentence == answer.telling.sentence
    return act.target == answer.imposer or (act.target is None and one_sentence)


def _distance(answer: Draft, act: Draft) -> tuple[bool, bool, int, int]:
    """How far an act is from what answers it: aimed at its country, in its sentence, near by."""
    apart = abs(act.telling.sentence - answer.telling.sentence)
    return act.target != answer.imposer, apart != 0, apart, act.first


def make_rows(document: Document, drafts: list[Draft]) -> list[Found[TariffRow]]:
    """The rows in reading order."""
    article_id = document.article.article_id
    drafts = sorted(drafts, key=lambda d: (d.first, d.last))
    links = link_retaliations(drafts)
    for draft in drafts:
        _reach_rate(document, draft)
    spans = [document.span(d.first, d.last) for d in drafts]
    keys: list[str] = []
    seen: dict[str, int] = {}
    for draft, span in zip(drafts, spans, strict=True):
        parts = [
            draft.imposer,
            draft.target,
            draft.product,
            draft.measure,
            draft.action,
            draft.company,
        ]
        key = tariff_key(article_id, span, parts)
        count = seen.get(key, 0)
        seen[key] = count + 1
        keys.append(tariff_key(article_id, span, parts, count))
    out: list[Found[TariffRow]] = []
    for k, (draft, span) in enumerate(zip(drafts, spans, strict=True)):
        linked = keys[links[k]] if k in links else None
        out.append(_row(document, draft, span, keys[k], linked))
    return out


def _reach_rate(document: Document, draft: Draft) -> None:
    """Takes the rate into the clause: its own telling's, where the measure is told again with it, else stretched."""
    if draft.rate.text is None:
        return
    first, last = document.range_of(draft.rate.text)
    sentence = document.tokens[first].sentence
    if sentence != draft.telling.sentence:
        told = next((t for t in draft.members if t.sentence == sentence), None)
        if told is not None:
            draft.first, draft.last = told.first, told.last
    draft.first, draft.last = min(draft.first, first), max(draft.last, last)


def _row(document: Document, draft: Draft, span: Span, key: str, linked: str | None) -> Found[TariffRow]:
    rate, timing = draft.rate, draft.timing
    precision = timing.effective.precision if timing.effective is not None else None
    row = TariffRow(
        tariff_id=key,
        article_id=document.article.article_id,
        imposer_code=draft.imposer,
        target_code=draft.target,
        product=draft.product,
        hs_chapter=goods.chapter_of(draft.product) if draft.product is not None else None,
        applies_to_id=draft.applies_to,
        measure=draft.measure,
        action=draft.action,
        rate_percent=rate.percent,
        rate_before_percent=rate.before,
        rate_high_percent=rate.high,
        rate_text=rate.text.of(document.text) if rate.text is not None else None,
        rate_approximation=rate.approximation if rate.percent is not None else None,
        rate_is_additional=(rate.additional is not None) if not rate.empty or rate.additional is not None else None,
        status="threatened" if draft.action == "threaten" else draft.status,
        announced_on=timing.announced.value if timing.announced is not None else None,
        effective_on=timing.effective.value if timing.effective is not None else None,
        ended_on=timing.ended.value if timing.ended is not None else None,
        effective_precision=precision,
        is_retaliation=draft.retaliation is not None,
        retaliates_for_id=linked,
        char_start=span.start,
        char_end=span.end,
    )
    evidence = {column: list(spans) for column, spans in draft.evidence.items()}

    def say(column: str, place: Span | None) -> None:
        if place is not None:
            evidence.setdefault(column, []).append(place)

    for column in ("rate_percent", "rate_high_percent", "rate_text", "rate_approximation"):
        say(column, rate.text)
    say("rate_before_percent", rate.before_text)
    say("rate_is_additional", rate.additional)
    for column, day in (
        ("announced_on", timing.announced),
        ("effective_on", timing.effective),
        ("ended_on", timing.ended),
    ):
        say(column, day.span if day is not None else None)
    say("effective_precision", timing.effective.span if timing.effective is not None else None)
    say("is_retaliation", draft.retaliation)
    if linked is not None:
        say("retaliates_for_id", draft.retaliation)
    stated = {c: tuple(sorted(set(s))) for c, s in sorted(evidence.items()) if s and getattr(row, c) is not None}
    return Found(row, stated, LazyMapping(partial(tariff_rules, draft, apart(document, draft))))
