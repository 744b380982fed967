"""The rules of the cells of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import rule
from broadsheet.extraction.tariffs.days import effect_of
from broadsheet.extraction.tariffs.printed import naming_words
from broadsheet.reference import goods
from broadsheet.reference.trade import measures_named

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.mentions import Country


def tariff_rules(document: Document, draft: Draft, additional: Span | None) -> dict[str, Rule]:
    """The rules of the row of a draft; ``additional`` is the word that says that a rate is on top of others."""
    mention = draft.mention
    word, act = mention.anchor.span, mention.act.span
    words = naming_words(document, mention.anchor)
    named = measures_named(words.of(document.text))
    out = {
        "action": _action(draft, act),
        "measure": rule(f"tariffs.measure.{'named' if named else 'scored'}", word=words, measure=mention.measure),
        "status": rule("tariffs.status.scored", word=word),
        "imposer_code": _country("imposer_code", draft.imposer),
        "is_retaliation": _answer(draft, word),
    }
    if draft.undone_by is not None:
        out["action"] = rule("tariffs.action.undone", word=act, action=draft.undone_by)
        out["status"] = rule("tariffs.status.undone", word=act, action=draft.undone_by)
    if draft.target is not None:
        out["target_code"] = _country("target_code", draft.target)
    if draft.product is not None:
        name = "shared_head" if draft.product.shared else "named"
        out["product"] = rule(f"tariffs.product.{name}", word=draft.product.span)
        entry = goods.entry_of(draft.product.name) or ""
        out["hs_chapter"] = rule("tariffs.hs_chapter", file="goods", entry=entry, product=draft.product.name)
    if draft.rate is not None:
        out["rate_text"] = rule("tariffs.rate_text", word=draft.rate.span)
        out["rate_percent"] = out["rate_high_percent"] = rule("tariffs.rate_percent.linked", word=draft.rate.span)
        how = draft.rate.approximation if draft.rate.approximation in ("exact", "range") else "hedged"
        out["rate_approximation"] = rule(
            f"tariffs.rate_approximation.{how}", word=draft.rate.span, approximation=draft.rate.approximation
        )
        said = "not_said" if additional is None else "said"
        out["rate_is_additional"] = rule(f"tariffs.rate_is_additional.{said}", word=additional or draft.rate.span)
    if draft.company is not None:
        out["applies_to_id"] = rule("tariffs.applies_to_id", word=draft.company.span)
    if draft.before is not None:
        out["rate_before_percent"] = rule("tariffs.rate_before_percent.linked", word=draft.before.span)
    if mention.announced is not None:
        out["announced_on"] = rule("tariffs.announced_on.linked", day=mention.announced.span)
    if draft.ended is not None:
        out["ended_on"] = rule("tariffs.ended_on", day=draft.ended.span)
    if mention.effective is not None:
        day = mention.effective.span
        out["effective_on"] = rule(f"tariffs.effective_on.{draft.day_from}", day=day)
        precision = effect_of(mention.effective).precision or ""
        out["effective_precision"] = rule("tariffs.effective_precision", day=day, precision=precision)
    return out


def _answer(draft: Draft, word: Span) -> Rule:
    answers = draft.mention.retaliation
    if draft.answer_from == "agreed":
        return rule("tariffs.is_retaliation.agreed", answers="yes" if answers else "no")
    return rule(f"tariffs.is_retaliation.{'scored' if answers else 'not_said'}", word=word)


def _action(draft: Draft, act: Span) -> Rule:
    mention = draft.mention
    if mention.action_from == "scored":
        return rule("tariffs.action.scored", word=act, action=mention.action, margin=f"{mention.score:.1f}")
    return rule(f"tariffs.action.{mention.action_from}", word=act, action=mention.action)


def _country(column: str, country: Country) -> Rule:
    if country.elsewhere:
        return rule(f"tariffs.{column}.elsewhere", word=country.span)
    return rule(f"tariffs.{column}.scored", word=country.span, score=f"{country.score:.1f}")
