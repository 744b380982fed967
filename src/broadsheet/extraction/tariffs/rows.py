"""From the measures of an article to rows of the table, with the characters that say each cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Found
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.drafts import product_key, same_good
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.reasons import apart, tariff_rules
from broadsheet.tables.keys import tariff_key
from broadsheet.tables.rows import TariffRow

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.drafts import Draft

"""Full years between an act in the past and publication after which nothing tells that it still holds."""


_ACTS = frozenset({"impose", "raise", "threaten", "maintain"})
"""Actions that can be answered in kind."""


def settle_statuses(drafts: list[Draft], published: date | None) -> None:
    """Brings statuses in line with dates and with one another: what was lifted has ended."""
    for draft in drafts:
        effective = draft.timing.effective
        if effective is None or published is None:
            continue
        if draft.status == "announced" and effective.value <= published and effective.precision == "day":
            draft.status = "in_force"
            draft.note(status=because("status", "has_begun", draft.rules.get("status"), day=effective.span))
        elif draft.status == "in_force" and effective.value > published:
            draft.status = "announced"
            draft.note(status=because("status", "to_come", draft.rules.get("status"), day=effective.span))
    for draft in drafts:
        ended = draft.timing.ended
        if (
            ended is not None
            and published is not None
            and ended.value < published
            and draft.status == "in_force"
            and draft.action != "remove"
        ):
            draft.status = "ended"
            draft.note(status=because("status", "has_ended", draft.rules.get("status"), day=ended.span))
    removals = [d for d in drafts if d.action == "remove"]
    for draft in drafts:
        if draft.action not in ("impose", "raise", "maintain"):
            continue
        for removal in removals:
            if _lifts(removal, draft):
                lifting = removal.telling.action_span
                if removal.status == "in_force":
                    draft.status = "ended"
                    draft.note(status=because("status", "lifted", draft.rules.get("status"), word=lifting))
                elif draft.status == "unknown":
                    draft.status = "in_force"
                    draft.note(status=because("status", "to_be_lifted", draft.rules.get("status"), word=lifting))
                break
        else:
            if (
                draft.telling.past_year
                and draft.status == "in_force"
                and all(t.past_year or t.in_title for t in draft.members)
                and not any(_keeps(later, draft) for later in drafts)
            ):
                draft.status = "unknown"
                draft.note(status=because("status", "long_ago", draft.rules.get("status")))


def _keeps(later: Draft, draft: Draft) -> bool:
    """Whether another act takes for granted that a measure still holds."""
    if later.action not in ("maintain", "lower", "suspend") or later.imposer != draft.imposer:
        return False
    if FAMILY[later.measure] != FAMILY[draft.measure]:
        return False
    return later.target is None or draft.target is None or later.target == draft.target


def _lifts(removal: Draft, draft: Draft) -> bool:
    if removal.imposer != draft.imposer or FAMILY[removal.measure] != FAMILY[draft.measure]:
        return False
    if removal.target is not None and draft.target is not None and removal.target != draft.target:
        return False
    if removal.target is not None and draft.everyone:
        # freed one of all
        return False
    if (
        removal.order < draft.order
        and not draft.standing
        and draft.telling.status == "in_force"
        and draft.action == "maintain"
    ):
        return False
    if removal.product is None or draft.product is None:
        return removal.product == draft.product
    if product_key(removal.product) == product_key(draft.product):
        return True
    return same_good(removal.product, draft.product) or same_good(draft.product, removal.product)


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
    if act.retaliation is not None and act.order >= answer.order:
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
    drafts = sorted(drafts, key=lambda d: (d.first, d.last, d.order))
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
