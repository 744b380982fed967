"""Joins two tellings of one measure: the richer one gives the row, and of each cell the first that is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import (
    covers,
    is_umbrella,
    overlap,
    product_key,
    rates_agree,
    same_act,
    same_good,
    same_measure,
)
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC

if TYPE_CHECKING:
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.memory import Memory
    from broadsheet.extraction.tariffs.tellings import Telling


class Joiner:
    """Joins the rows in the making of one article."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    @property
    def drafts(self) -> list[Draft]:
        """The rows in the making."""
        return self.memory.drafts

    def add(self, draft: Draft) -> None:
        """Joins a draft to the one that tells the same, or adds it."""
        for other in self.drafts:
            if (
                other.telling is draft.telling
                and other.order == draft.order
                and other.imposer == draft.imposer
                and other.target == draft.target
                and other.action == draft.action
                and other.company == draft.company
                and other.measure == draft.measure
                and other.product == draft.product
                and (other.rate.percent == draft.rate.percent)
            ):
                return
        if draft.telling.in_title and self._retold(draft):
            return
        general = [d for d in self.drafts if covers(draft, d)]
        if is_umbrella(draft.product) and not draft.summary and draft.company is None:
            specific = [
                d
                for d in self.drafts
                if not is_umbrella(d.product)
                and d.order != draft.order
                and same_act(draft, d)
                and draft.target == d.target
                and rates_agree(draft.rate, d.rate)
            ]
            if specific and not any(same_measure(draft, d) for d in self.drafts if not d.covered):
                for d in specific:
                    self.learn(d, draft.telling)
                draft.covered = True
                self.drafts.append(draft)
                return
        for other in self.drafts:
            if other.order != draft.order and other not in general and not other.covered and same_measure(other, draft):
                self._join(other, draft)
                return
        for other in general:
            other.covered = True
            draft.members += [t for t in other.members if t.standing and not t.presupposed]
            # what was learnt of the whole since need not hold for this part
            self._fill(draft, replace(other, retaliation=other.telling.retaliation))
        self.drafts.append(draft)

    def _retold(self, draft: Draft) -> bool:
        """Whether a headline only sums up what the text says (cuts duties: scraps one, halves another)."""
        key = product_key(draft.product)
        for other in self.drafts:
            if FAMILY[other.measure] != FAMILY[draft.measure] or other.telling.in_title:
                continue
            theirs = product_key(other.product)
            if other.imposer != draft.imposer:
                # a headline of two clauses run together turns the parties of one round
                if {other.imposer, other.target} == {draft.imposer, draft.target} and key and overlap(key, theirs):
                    return True
                continue
            if draft.target is not None and other.target is not None and draft.target != other.target:
                continue
            easing = ("lower", "remove", "suspend")
            same = (draft.action in easing) == (other.action in easing)
            if same and (not key or overlap(key, theirs) or same_good(other.product, draft.product)):
                self.learn(other, draft.telling)
                return True
        return False

    def _join(self, kept: Draft, other: Draft) -> None:
        """Takes the richer telling's clause, and of each cell the first that is told."""
        if kept.timing.effective is None and other.timing.effective is not None and not other.standing:
            for sibling in self.drafts:
                if sibling.telling is kept.telling and sibling.timing.effective is None and not sibling.standing:
                    sibling.timing = sibling.timing.filled(other.timing)
        if other.richness > kept.richness or (kept.telling.in_title and not other.telling.in_title):
            swapped = replace(
                other,
                evidence=other.evidence,
                members=[*kept.members, *other.members],
                order=max(kept.order, other.order),
            )
            self._fill(swapped, kept)
            self.drafts[self.drafts.index(kept)] = swapped
        else:
            self._fill(kept, other)
            kept.members.extend(other.members)

    def _fill(self, kept: Draft, other: Draft) -> None:
        if kept.target is None and not kept.everyone:
            kept.target = other.target
            if other.target:
                kept.note(target_code=because("target_code", "other_telling", other.rules.get("target_code")))
            for span in other.evidence.get("target_code", []) if other.target else []:
                kept.say("target_code", span)
        if kept.product is None and not kept.summary:
            kept.product = other.product
            if other.product:
                kept.note(product=other.rules.get("product"))
            for column in ("product", "hs_chapter"):
                for span in other.evidence.get(column, []):
                    kept.say(column, span)
        if kept.rate.percent is None and (other.rate.percent is not None or kept.rate.text is None):
            merged = other.rate
            if kept.rate.before is not None and merged.before is None:
                told = kept.rate
                merged = replace(
                    merged, before=told.before, before_text=told.before_text, found_before=told.found_before
                )
            kept.rate = merged
        elif kept.rate.before is None and other.rate.before is not None:
            more = other.rate
            kept.rate = replace(
                kept.rate, before=more.before, before_text=more.before_text, found_before=more.found_before
            )
        kept.timing = kept.timing.filled(other.timing)
        if kept.retaliation is None:
            kept.retaliation = other.retaliation
        if kept.telling.loose and not other.telling.loose and FAMILY[kept.measure] != FAMILY[other.measure]:
            kept.measure = other.measure
            kept.note(measure=because("measure", "less_loose", other.rules.get("measure")))
        if other.measure in SPECIFIC and kept.measure not in SPECIFIC and FAMILY[kept.measure] == FAMILY[other.measure]:
            kept.measure = other.measure
            kept.note(measure=because("measure", "more_specific", other.rules.get("measure")))
            kept.evidence["measure"] = list(other.evidence.get("measure", []))
        if {kept.action, other.action} == {"impose", "raise"}:
            raised = kept if kept.action == "raise" else other
            kept.action = "raise"
            kept.note(action=because("action", "one_act", raised.rules.get("action"), action="raise"))
        elif {kept.action, other.action} == {"impose", "threaten"}:
            imposed = kept if kept.action == "impose" else other
            kept.action, status = ("threaten", "threatened") if imposed.standing else ("impose", "announced")
            kept.status = other.status = status
            kept.note(
                action=because("action", "one_act", action=kept.action),
                status=because("status", "one_act", status=status),
            )
        status = _status(kept, other)
        if (status == "threatened") != (kept.action == "threaten"):
            # A threat has this status and nothing else has it, whichever of the two clauses was the clearer.
            status = "threatened" if kept.action == "threaten" else kept.status
        if status != kept.status:
            kept.status = status
            kept.note(status=because("status", "other_telling", other.rules.get("status")))
        kept.standing = kept.standing and other.standing

    def learn(self, draft: Draft, telling: Telling) -> None:
        """Takes from a recall what it adds."""
        draft.timing = draft.timing.filled(telling.timing)
        if draft.rate.empty and not telling.rate.empty and telling.action == draft.action:
            draft.rate = telling.rate
        if (
            telling.retaliation is not None
            and draft.retaliation is None
            and draft.action in ("impose", "raise", "threaten")
        ):
            draft.retaliation = telling.retaliation
        if (
            telling.begins
            and telling.status == "in_force"
            and draft.status == "announced"
            and draft.action in ("impose", "raise")
        ):
            draft.status = "in_force"
            draft.note(status=because("status", "begun", draft.rules.get("status"), word=telling.action_span))
        draft.members.append(telling)


def _status(a: Draft, b: Draft) -> str:
    """Of two tellings of one act: the text over the headline, what was stated over what was taken for granted."""
    if a.status == b.status:
        return a.status
    if a.standing != b.standing:
        return b.status if a.standing else a.status
    if a.telling.in_title != b.telling.in_title:
        return b.status if a.telling.in_title else a.status
    order = ("ended", "in_force", "announced", "threatened", "unknown")
    return min(a.status, b.status, key=order.index)
