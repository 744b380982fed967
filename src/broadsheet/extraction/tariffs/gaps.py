"""What a clause leaves out and those before it lend: goods, rates, targets, the duty that a rate is of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import (
    stand_in,
)
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC
from broadsheet.extraction.tariffs.memory import NEAR, family_of
from broadsheet.extraction.tariffs.tellings import Group, Rate

if TYPE_CHECKING:
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.memory import Memory
    from broadsheet.extraction.tariffs.parties import Party
    from broadsheet.extraction.tariffs.tellings import Telling


class GapReader:
    """Fills the gaps of the tellings of one article."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    @property
    def drafts(self) -> list[Draft]:
        """The rows in the making."""
        return self.memory.drafts

    def named(self, telling: Telling) -> None:
        """Puts goods named before in the place of a pronoun."""
        for group in telling.groups:
            if not any(i.pronoun for i in group.items):
                continue
            near = [d for d in self.drafts if d.product and telling.sentence - d.telling.sentence in (0, 1)]
            last = max((d.order for d in near), default=None)
            meant = [d.telling.groups for d in near if d.order == last][:1]
            named = [i for groups in meant for g in groups for i in g.items if i.product]
            items = [replace(n, origins=i.origins or n.origins) for i in group.items for n in named]
            group.items = items or [i for i in group.items if not i.pronoun]
        telling.groups = [g for g in telling.groups if g.items]

    def rated(self, telling: Telling, codes: set[str]) -> bool:
        """``74 percent for the EU, 32 percent for Peru``: the rates of duties that were told without."""
        if not telling.definite or telling.action != "impose" or telling.standing or family_of(telling) != "duty":
            return False
        rates: dict[str, Rate] = {}
        for group in telling.groups:
            for item in group.items:
                if item.product or item.companies or not item.origins or group.rate.percent is None:
                    return False
                rates |= {o.code: group.rate for o in item.origins}
        fitting = [
            d
            for d in self.drafts
            if d.target in rates
            and d.imposer in codes
            and d.product is not None
            and d.rate.empty
            and d.action in ("impose", "raise")
            and FAMILY[d.measure] == "duty"
            and 0 < telling.sentence - d.telling.sentence <= NEAR
        ]
        if {d.target for d in fitting} != set(rates):
            return False
        for draft in fitting:
            draft.rate = rates[draft.target or ""]
            draft.members.append(telling)
        return bool(fitting)

    def removed(self, telling: Telling, codes: set[str]) -> bool:
        """Whether the sentence or two before tell that the measure goes: for how long is told by another word."""
        found = False
        for draft in self.drafts:
            near = 0 < telling.sentence - draft.telling.sentence <= 2
            if near and draft.action == "remove" and draft.status == telling.status == "announced":
                if (codes and draft.imposer not in codes) or family_of(telling) not in ("", FAMILY[draft.measure]):
                    continue
                draft.members.append(telling)
                draft.timing = draft.timing.filled(telling.timing)
                found = True
        return found

    def individual(self, telling: Telling, imposers: list[Party]) -> None:
        """``individual rates: 17 % for A``: what the companies' rates are of is what was told last."""
        codes = {p.code for p in imposers}
        near = [d for d in self.drafts if telling.sentence - d.telling.sentence <= NEAR]
        rest = not telling.imposers and telling.unnamed_imposer and any(d.company is not None for d in near)
        theirs = {o.code for g in telling.groups for i in g.items for o in i.origins}
        for draft in reversed(self.drafts):
            if telling.sentence - draft.telling.sentence > NEAR:
                continue
            if theirs and draft.target not in (None, *theirs):
                continue  # a duty on the goods of others
            if (draft.company is None) if rest else (draft.imposer not in codes):
                continue
            if rest:
                # the other companies pay what the same state sets
                telling.imposers = [stand_in(draft.imposer, telling, "rest")]
            if FAMILY[draft.measure] != "duty" or draft.action not in ("impose", "raise", "maintain", "threaten"):
                continue
            telling.recall = False
            telling.measures = (draft.measure,)
            telling.note(measure=because("measure", "told_before", draft.rules.get("measure")))
            telling.measure_span = next(iter(draft.evidence.get("measure", [])), telling.measure_span)
            telling.groups = [g for g in telling.groups if any(i.companies for i in g.items)]
            for other in self.drafts:
                if other.order == draft.order and (other is draft or other.target in theirs):
                    other.covered = other.covered or (other.rate.empty and other.product is not None)
            telling.timing = telling.timing.filled(draft.timing)
            if telling.status == "in_force":
                telling.status = draft.status
                telling.note(status=because("status", "of_duty", draft.rules.get("status")))
            if draft.action in ("maintain", "threaten"):
                telling.action = draft.action
                telling.note(action=because("action", "of_duty", draft.rules.get("action")))
            for group in telling.groups:
                group.rate.additional = group.rate.additional or draft.rate.additional
            return

    def inherit(self, telling: Telling, codes: set[str]) -> None:
        """``The duties apply to cars and tools``: rate and target are those of the duties told before."""
        if not telling.definite or telling.standing or telling.action != "impose" or not telling.rate.empty:
            return
        if any(not g.rate.empty for g in telling.groups):
            return
        for draft in reversed(self.drafts):
            if draft.imposer not in codes or FAMILY[draft.measure] != family_of(telling) or draft.action != "impose":
                continue
            if telling.sentence - draft.telling.sentence > NEAR or telling.sentence == draft.telling.sentence:
                return
            for group in telling.groups:
                group.rate = draft.rate
            telling.rate = draft.rate
            if draft.measure in SPECIFIC or not draft.rate.empty:
                telling.measures = (draft.measure,)
                telling.note(measure=because("measure", "told_before", draft.rules.get("measure")))
                telling.measure_span = next(iter(draft.evidence.get("measure", [])), telling.measure_span)
            if telling.retaliation is None:
                telling.retaliation = draft.retaliation
            telling.timing = telling.timing.filled(draft.timing)
            if telling.status == "in_force" and draft.status == "announced":
                telling.status = "announced"
                telling.note(status=because("status", "of_duty", draft.rules.get("status")))
            origins = any(i.origins for g in telling.groups for i in g.items)
            if not origins and not telling.targets and draft.target is not None and not telling.everyone:
                telling.targets = [stand_in(draft.target, telling, "inherited")]
            return

    def answered(self, telling: Telling) -> Party | None:
        """Who answers, in the same sentence, a standing measure that is told without goods (for its own tariffs)."""
        if not telling.standing or not telling.imposers or telling.retaliation is not None:
            return None
        codes = {p.code for p in telling.imposers}
        for draft in reversed(self.drafts):
            if draft.telling.sentence != telling.sentence:
                return None
            if draft.retaliation is not None and draft.target in codes:
                return stand_in(draft.imposer, telling, "answering")
        return None

    def goods_beside(self, telling: Telling, codes: set[str]) -> None:
        """Gives a measure without goods those of the measure before it in its sentence (a quota and the duty above)."""
        if not telling.definite or telling.groups:
            return
        for draft in reversed(self.drafts):
            if draft.telling.sentence != telling.sentence or draft.order == self.memory.order:
                return
            if draft.imposer in codes and draft.telling.groups:
                telling.groups = [Group(list(g.items), telling.rate) for g in draft.telling.groups]
                return

    def alone(self, telling: Telling, imposers: list[Party]) -> bool:
        """Whether a telling without goods or countries is one all the same: whose it is and what becomes of it."""
        told = bool(telling.imposers) or (bool(imposers) and telling.trade and not telling.rate.empty)
        return (
            told
            and bool(telling.measures)
            and not telling.standing
            and telling.action not in ("impose", "maintain", "threaten")
        )
