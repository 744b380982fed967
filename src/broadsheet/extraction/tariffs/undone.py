"""The measures that others lift, suspend or postpone: a row of their own, by the data model."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.links import head_of
from broadsheet.extraction.tariffs.days import effect_of
from broadsheet.extraction.tariffs.drafts import UNDOING, product_key
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.mentions import TARIFF_STATUSES
from broadsheet.reference.trade import names_measure, word_set

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.mentions import MeasureMention

_STANDING = frozenset({"impose", "raise", "threaten", "maintain"})
_ENDING = frozenset({"impose", "raise"})
"""Actions whose status follows from a row that ends the measure; what is kept is another part of it."""
_EASING = UNDOING | {"lower"}
"""Actions that are announced where their verb puts them ahead; *would keep its duty* is a duty in force."""
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_STEPS = 8
"""Steps up from a date to its clause, at most."""


def with_undone(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each that ends a measure of which there is no row with one for that measure before it."""
    known: dict[Hashable, set[str | None]] = defaultdict(set)
    own = {draft.mention.anchor.i: day for draft in drafts if (day := _day_of_undone(document, draft)) is not None}
    drafts = [_without_day(draft) if draft.mention.anchor.i in own else draft for draft in drafts]
    drafts = _agreeing(document, [_to_come(document, draft) for draft in drafts])
    for draft in drafts:
        if draft.mention.action in _STANDING:
            known[_measure_of(draft)].add(draft.target_code)
    out: list[Draft] = []
    for draft in drafts:
        targets, target = known[_measure_of(draft)], draft.target_code
        is_known = target in targets or None in targets or (target is None and targets)
        if draft.mention.action in UNDOING and not is_known and _is_one(draft):
            targets.add(target)
            out.append(_undone(draft, own.get(draft.mention.anchor.i)))
        out.append(draft)
    return out


def _day_of_undone(document: Document, draft: Draft) -> DateExpression | None:
    """The day of effect if it is that of the measure that ends: *suspended a duty that was to begin on May 1*."""
    mention = draft.mention
    if mention.action not in UNDOING or mention.effective is None:
        return None
    first, last = document.range_of(mention.effective.span)
    inside = False
    for token in islice(document.ancestors(document.tokens[head_of(document, first, last)]), _STEPS):
        if token.i in (mention.act.i, mention.anchor.i):
            return mention.effective if inside else None
        inside = inside or token.dep == "relcl"
    return None


def _without_day(draft: Draft) -> Draft:
    return replace(draft, mention=replace(draft.mention, effective=None))


def _to_come(document: Document, draft: Draft) -> Draft:
    """The draft, announced where its verb puts it ahead: *will lift*, *is to be lifted*, *agreed to lift the ban*."""
    mention = draft.mention
    if mention.action not in _EASING or mention.status != "in_force" or effect_of(mention.effective).day is not None:
        return draft
    verb = document.head(mention.act) if mention.act.dep in _OBJECTS else mention.act
    words = {child.lower for child in document.children(verb, "aux")}
    intended = "to" in words and verb.dep == "xcomp" and document.head(verb).lemma in word_set("intend")
    if not (intended or words & word_set("ahead")):
        return draft
    return replace(draft, mention=replace(mention, statuses=_only("announced")))


def _agreeing(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where a measure that another row ends has the status that follows from that."""
    ending = {(_measure_of(d), d.target_code): d.mention for d in drafts if d.mention.action in UNDOING}
    out = []
    for draft in drafts:
        by = ending.get((_measure_of(draft), draft.target_code))
        if by is not None and draft.mention.action in _ENDING:
            status = _left(document, draft.mention, by)
            if status is not None:
                draft = replace(draft, mention=replace(draft.mention, statuses=_only(status)))
        out.append(draft)
    return out


def _left(document: Document, mention: MeasureMention, by: MeasureMention) -> str | None:
    """The status of a measure that another mention ends; None if it keeps its own."""
    began, ends = effect_of(mention.effective).day, effect_of(by.effective).day
    if by.status not in ("in_force", "announced") or (began is not None and ends is not None and began > ends):
        return None  # it is imposed anew
    if by.action == "remove":
        return "ended" if by.status == "in_force" else "in_force"
    if by.status == "announced":
        return None
    published = document.article.published_on
    return "ended" if began is not None and published is not None and began < published else "announced"


def _only(status: str) -> tuple[float, ...]:
    return tuple(float(name == status) for name in TARIFF_STATUSES)


def _is_one(draft: Draft) -> bool:
    """Whether what ends is one measure, not duties in general.

    It is if it is suspended, is no duty, or has a rate, or if a verb ends a duty on the goods of named countries.
    """
    mention = draft.mention
    if mention.action == "suspend" or draft.before is not None or FAMILY[mention.measure] != "duty":
        return True
    ends = mention.anchor.dep in _OBJECTS or mention.anchor.dep == "nsubj"  # let its duty lapse
    return draft.target is not None and ends and names_measure(mention.anchor.lemma)


def _measure_of(draft: Draft) -> Hashable:
    """What the rows of one measure have in common, besides the target, which one of them may leave out."""
    return draft.imposer.code, FAMILY[draft.mention.measure], product_key(draft.goods)


def _undone(draft: Draft, effective: DateExpression | None) -> Draft:
    """The row of the measure, with its day of effect: ended, or in force until the removal takes effect.

    One that is suspended is taken as never applied, hence announced: in the gold of real articles most are.
    """
    mention = draft.mention
    if mention.action == "suspend":
        status = "announced" if mention.status == "in_force" else "in_force"
    else:
        status = "ended" if mention.status == "in_force" else "in_force"
    old = replace(mention, action="impose", statuses=_only(status), retaliation=mention.is_called_answer)
    old = replace(old, effective=effective, announced=None)
    return replace(draft, mention=old, rate=draft.before, before=None, ended=None, undone_by=mention.action)
