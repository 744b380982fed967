"""The rows of one clause: its lists of imposers, countries, goods and companies multiplied out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import UNKNOWN, Draft
from broadsheet.extraction.tariffs.grounds import because, country_rule, product_rule
from broadsheet.extraction.tariffs.parties import as_

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.memory import Memory
    from broadsheet.extraction.tariffs.parties import Party
    from broadsheet.extraction.tariffs.tellings import Rate, Telling

_AGREED = frozenset({"remove", "lower", "suspend", "impose"})
"""Actions that two sides who agree on them take against each other."""


class Multiplier:
    """Makes drafts out of the tellings of one document."""

    def __init__(self, document: Document, memory: Memory) -> None:
        self.document = document
        self.memory = memory

    def drafts(self, telling: Telling, imposer: Party, measure: str) -> list[Draft]:
        """A draft for each target, product and company that the clause names, of one imposer and one measure."""
        out: list[Draft] = []
        entries: list[tuple[Item | None, Rate]] = [(i, g.rate) for g in telling.groups for i in g.items]
        previous: list[Party] = []
        for item, rate in entries or [(None, telling.rate)]:
            targets = self._targets(telling, imposer, measure, item, previous)
            if item is not None and any(o.code != imposer.code for o in item.origins):
                previous = [replace(t, role="entry_before") for t in targets]
            companies = tuple(c for c in item.companies if self.memory.is_company(c)) if item is not None else ()
            out += [
                self._draft(telling, imposer, target, item, company, measure, rate)
                for target in targets or (None,)
                for company in companies or (None,)
            ]
        return self._with_companies(self._with_summaries(out), imposer)

    def _targets(
        self, telling: Telling, imposer: Party, measure: str, item: Item | None, previous: list[Party]
    ) -> list[Party]:
        """Whose goods an entry is about; empty for all origins or where nothing tells."""
        general = [p for p in telling.targets if p.code != imposer.code]
        origins = as_("origin", [o for o in item.origins if o.code != imposer.code]) if item is not None else []
        if item is not None and item.companies and not item.product:
            seats = [c for c in item.companies if c.code not in ("", imposer.code)][:1]
            return general or origins or previous or as_("seat", seats)
        if origins or general:
            return origins or general
        if telling.everyone or (item is not None and item.everyone):
            return []
        if previous:
            return previous
        if any(o.code for g in telling.groups for i in g.items for o in i.origins):
            # other entries say whose they are; this one does not
            return []
        if len(telling.imposers) == 2 and telling.action in _AGREED and self.memory.is_mutual(telling):
            return [replace(p, role="mutual") for p in telling.imposers if p.code != imposer.code]
        return self.memory.targets(telling, imposer, measure, item.product if item is not None else None)

    def _with_summaries(self, drafts: list[Draft]) -> list[Draft]:
        """Marks goods in general that stand beside goods by name (American goods including wine)."""
        named = any(d.product is not None for d in drafts)
        for draft in drafts:
            draft.summary = named and draft.product is None
        if named and any(d.company for d in drafts):
            return [d for d in drafts if d.company or d.product]
        return drafts

    def _with_companies(self, drafts: list[Draft], imposer: Party) -> list[Draft]:
        """Gives companies' own rates the goods that they are on."""
        told = [d for d in drafts if d.company]
        if not told:
            return drafts
        here = next((d for d in drafts if d.product is not None and d.company is None), None)
        for draft in told:
            source = here or self.memory.last_goods(imposer, draft.target)
            if draft.product is None and source is not None:
                draft.product = source.product
                draft.note(
                    product=because("product", "of_duty", source.rules.get("product")),
                    hs_chapter=source.rules.get("hs_chapter"),
                )
                if source.target:
                    draft.target = source.target
                    draft.note(target_code=because("target_code", "of_duty", source.rules.get("target_code")))
                for column in ("product", "hs_chapter", "target_code"):
                    for span in source.evidence.get(column, []):
                        draft.say(column, span)
        names = {d.product for d in told if d.product}
        return [d for d in drafts if d.company or d.product not in names]

    def _company(self, company: Party | None) -> str | None:
        """The actor of a company; where there is none its name, so that its rate is a row of its own."""
        if company is None:
            return None
        return company.actor_id or UNKNOWN + self.document.text_of(company.first, company.last)

    def _draft(
        self,
        telling: Telling,
        imposer: Party,
        target: Party | None,
        item: Item | None,
        company: Party | None,
        measure: str,
        rate: Rate,
    ) -> Draft:
        draft = Draft(
            imposer=imposer.code,
            target=target.code if target is not None else None,
            product=item.product if item is not None else None,
            company=self._company(company),
            measure=measure,
            action=telling.action,
            status=telling.status,
            rate=rate,
            timing=telling.timing,
            telling=telling,
            order=self.memory.order,
            first=telling.first,
            last=telling.last,
            everyone=telling.everyone or (item is not None and item.everyone),
            retaliation=telling.retaliation,
            standing=telling.standing,
            members=[telling],
        )
        doc = self.document
        draft.say("imposer_code", doc.span(imposer.first, imposer.last))
        if target is not None:
            draft.say("target_code", doc.span(target.first, target.last))
        if item is not None and item.product is not None:
            draft.say("product", doc.span(item.first, item.last))
            draft.say("hs_chapter", doc.span(item.first, item.last))
        if company is not None:
            draft.say("applies_to_id", doc.span(company.first, company.last))
        note_act(draft, telling)
        draft.note(
            measure=telling.rules.get("measure"),
            imposer_code=country_rule(doc, "imposer_code", imposer),
            target_code=country_rule(doc, "target_code", target) if target is not None else None,
            product=product_rule(doc, item) if item is not None else None,
        )
        return draft


def note_act(draft: Draft, telling: Telling) -> None:
    """Notes the words of a clause that say measure, action and status."""
    draft.say("measure", telling.measure_span)
    draft.say("action", telling.action_span)
    draft.say("status", telling.status_span)
    draft.note(action=telling.rules.get("action"), status=telling.rules.get("status"))
