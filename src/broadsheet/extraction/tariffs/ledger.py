"""Joins what the clauses of an article tell to measures: what is told twice is one row, with its richest telling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import (
    Draft,
    covers,
    product_key,
    rates_agree,
)
from broadsheet.extraction.tariffs.gaps import GapReader
from broadsheet.extraction.tariffs.grounds import PRESUPPOSED, because, country_rule, product_rule
from broadsheet.extraction.tariffs.joins import Joiner
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.memory import NEAR, Memory, family_of
from broadsheet.extraction.tariffs.multiply import Multiplier, note_act
from broadsheet.extraction.tariffs.tellings import Rate

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.tellings import Telling

REACH = 6
"""Sentences over which what is said of a measure as a whole holds for its parts."""

_INHERITED = frozenset({"imposer_code", "target_code", "product", "hs_chapter", "measure", "applies_to_id"})
"""Columns whose evidence a change of a measure takes over."""

_FULL = 300
"""So many measures are compared with one another. No news tells more; a register may, and would take forever."""


class Ledger:
    """The measures of one article, in the order in which they are told.

    Attributes:
        pages: Measures that nothing told later is compared with any more.
    """

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.memory = Memory(document, parties)
        self.gaps = GapReader(self.memory)
        self.joins = Joiner(self.memory)
        self.multiplier = Multiplier(document, self.memory)
        self.pages: list[list[Draft]] = []

    @property
    def drafts(self) -> list[Draft]:
        """The rows in the making."""
        return self.memory.drafts

    def turn(self) -> None:
        """Begins a new page where one is full: what a sentence tells stands on one page."""
        if len(self.drafts) >= _FULL:
            self.close()
            self.pages.append(self.drafts)
            self.memory.drafts = []

    def enter(self, telling: Telling) -> None:
        """Adds one telling."""
        self.memory.order += 1
        self.gaps.named(telling)
        imposers = self.memory.imposers(telling)
        if telling.recall and any(i.companies and not g.rate.empty for g in telling.groups for i in g.items):
            self.gaps.individual(telling, imposers)
            imposers = telling.imposers or imposers
            if telling.individual and telling.recall:
                # there is no duty that the rate could be of
                return
        if self.gaps.rated(telling, {p.code for p in imposers}):
            return
        if telling.exempts:
            self._exempt(telling, imposers)
            return
        if not telling.own_content or telling.recall:
            if self._recall(telling, imposers):
                return
            answered = self.gaps.answered(telling)
            if answered is not None:
                telling.targets = [answered]
            elif not self.gaps.alone(telling, imposers) or (telling.in_title and self.drafts):
                return
            else:
                self.gaps.goods_beside(telling, {p.code for p in imposers})
        if not imposers:
            return
        measure = telling.measures[0] if telling.measures else ""
        if not measure:
            return
        self.gaps.inherit(telling, {p.code for p in imposers})
        measure = telling.measures[0]
        fresh: list[Draft] = []
        for imposer in imposers:
            for draft in self.multiplier.drafts(telling, imposer, measure):
                fresh.append(draft)
        for draft in fresh:
            self.joins.add(draft)

    def _recall(self, telling: Telling, imposers: list[Party]) -> bool:
        """Joins a bare recall to what it recalls; whether there was anything."""
        codes = {p.code for p in imposers} if telling.imposers else set()
        if (
            not telling.standing
            and not telling.definite
            and not telling.recall
            and telling.imposers
            and telling.action != "impose"
        ):
            pass
        targets = {p.code for p in telling.targets} | {
            o.code for g in telling.groups for i in g.items for o in i.origins
        }
        products = [product_key(i.product) for g in telling.groups for i in g.items if i.product]
        if telling.action == "suspend" and not products and self.gaps.removed(telling, codes):
            return True
        group = self.memory.antecedents(telling, codes, targets, products)
        if not group:
            return False
        if telling.base:
            self._base(group, telling)
            return True
        if telling.action == "maintain" and not telling.measures and any(d.action == "suspend" for d in group):
            # what stays in force is the suspension
            return True
        if telling.action in ("impose",) or telling.standing:
            for draft in group:
                self.joins.learn(draft, telling)
            if not telling.own_content:
                self._spread(group, telling)
            return True
        if telling.action == "threaten":
            return True
        same = [d for d in group if d.action == telling.action]
        if not same and not products and not telling.anchored:
            same = [
                d
                for d in self.drafts
                if d.action == telling.action
                and (not codes or d.imposer in codes)
                and (not targets or d.target in targets)
                and family_of(telling) in ("", FAMILY[d.measure])
            ]
        if same:
            for draft in self.memory.all_of(same):
                self.joins.learn(draft, telling)
            return True
        if not telling.status:
            return True
        made = False
        for draft in group:
            ended = telling.action == "remove" and draft.action == "lower"
            if draft.action not in ("impose", "raise", "threaten", "maintain", "suspend") and not ended:
                continue
            copy = replace(
                draft,
                action=telling.action,
                status=telling.status,
                rate=_changed(telling, draft),
                timing=telling.timing,
                telling=telling,
                order=self.memory.order,
                first=telling.first,
                last=telling.last,
                evidence={
                    k: list(v)
                    for k, v in draft.evidence.items()
                    if k in _INHERITED
                },
                rules=_of_measure(draft),
                standing=False,
                retaliation=None,
                members=[telling],
            )
            note_act(copy, telling)
            self.joins.add(copy)
            made = True
        return made or (telling.recall and not self.gaps.alone(telling, imposers))

    def _exempt(self, telling: Telling, imposers: list[Party]) -> None:
        """Adds that a measure told before does not hold for some."""
        codes = {p.code for p in imposers} if telling.imposers else set()
        group = self.memory.antecedents(replace(telling, action="impose"), codes, set(), [])
        made: set[tuple[str | None, str | None]] = set()
        freed = {o.code for g in telling.groups for i in g.items for o in i.origins}
        if freed and group and all(d.target not in (None, *freed) for d in group):
            # spared one country of a duty on all, which was told before that on another
            latest = group[0].telling.sentence
            group = [
                d
                for d in self.drafts
                if d.target is None
                and d.imposer == group[0].imposer
                and FAMILY[d.measure] == FAMILY[group[0].measure]
                and latest - d.telling.sentence <= NEAR
            ]
        for draft in group:
            if draft.action not in ("impose", "raise") or draft.company is not None:
                continue
            for item in (i for g in telling.groups for i in g.items):
                for party in item.origins or (None,):
                    if party is not None and (draft.imposer == party.code or draft.target not in (None, party.code)):
                        continue
                    target = draft.target if party is None else party.code
                    product = item.product or draft.product
                    if (target, product) in made:
                        continue
                    made.add((target, product))
                    draft.everyone = draft.everyone or (draft.target is None and party is not None)
                    copy = replace(
                        draft,
                        target=target,
                        product=product,
                        action="remove",
                        status="announced" if draft.status == "announced" else telling.status,
                        rate=Rate(),
                        timing=telling.timing,
                        telling=telling,
                        order=self.memory.order,
                        first=telling.first,
                        last=telling.last,
                        evidence={k: list(v) for k, v in draft.evidence.items() if k in _INHERITED},
                        rules=_of_measure(draft),
                        standing=False,
                        retaliation=None,
                        everyone=False,
                        members=[telling],
                    )
                    if party is not None:
                        copy.evidence["target_code"] = [self.document.span(party.first, party.last)]
                        freed_party = replace(party, role="exempted")
                        copy.note(target_code=country_rule(self.document, "target_code", freed_party))
                    if item.product:
                        copy.note(product=product_rule(self.document, item))
                        copy.evidence["product"] = [self.document.span(item.first, item.last)]
                        copy.evidence["hs_chapter"] = [self.document.span(item.first, item.last)]
                    note_act(copy, telling)
                    if draft.status == "announced" != telling.status:
                        copy.note(status=because("status", "of_duty", draft.rules.get("status")))
                    self.joins.add(copy)

    def _base(self, group: list[Draft], telling: Telling) -> None:
        """Adds the duty in force that those of a group come on top of."""
        seen: set[tuple[str | None, str | None]] = set()
        for draft in group:
            if (draft.target, draft.product) in seen:
                continue
            if FAMILY[draft.measure] == "duty" and rates_agree(draft.rate, telling.rate):
                if draft.rate.empty and not telling.measures:
                    draft.rate = telling.rate
                continue
            seen.add((draft.target, draft.product))
            copy = replace(
                draft,
                company=None,
                measure=telling.measures[0] if telling.measures else _duty(draft.measure),
                action="impose",
                status="in_force",
                rate=telling.rate,
                timing=telling.timing,
                telling=telling,
                order=self.memory.order,
                first=telling.first,
                last=telling.last,
                evidence={k: list(v) for k, v in draft.evidence.items() if k in _INHERITED},
                rules=_of_measure(draft),
                standing=True,
                retaliation=None,
                members=[telling],
            )
            note_act(copy, telling)
            given = telling.rules.get("measure") if telling.measures else None
            given = given or because("measure", "beside_duty", draft.rules.get("measure"), measure=copy.measure)
            copy.note(measure=given, action=PRESUPPOSED, status=because("status", "base", word=telling.status_span))
            self.joins.add(copy)

    def _spread(self, group: list[Draft], telling: Telling) -> None:
        """What is said of a measure as a whole holds for all that was told of it: when it begins, what it answers."""
        targets = {d.target for d in group}
        for draft in self.memory.all_of(group):
            if telling.sentence - draft.telling.sentence > REACH:
                continue
            day, known = telling.timing.effective, draft.timing.effective
            begun = day is not None and not telling.standing and (known is None or day.refines(known))
            if begun or (telling.retaliation is not None and draft.target in targets):
                self.joins.learn(draft, telling)

    def close(self) -> None:
        """Fills what only the whole article tells: whom a ban or its end is aimed at, where all others agree."""
        self.memory.drafts = [d for d in self.drafts if not d.covered or self._is_whole(d)]
        for draft in self.drafts:
            self._ground(draft)
        for draft in list(self.drafts):
            if draft.target is not None or draft.everyone:
                continue
            if FAMILY[draft.measure] != "ban" and (
                draft.product is not None or draft.action not in ("remove", "suspend")
            ):
                continue
            told = {
                d.target
                for d in self.drafts
                if d.imposer == draft.imposer and FAMILY[d.measure] == FAMILY[draft.measure] and d.target
            }
            if len(told) == 1:
                draft.target = told.pop()
                draft.note(target_code=because("target_code", "all_others"))
                self.drafts.remove(draft)
                self.joins.add(draft)

    def _ground(self, draft: Draft) -> None:
        """Takes from the evidence of an imposer the words that name another country."""
        spans = draft.evidence.get("imposer_code", [])
        kept = [s for s in spans if not self._names_another(s, draft.imposer)]
        if spans and len(kept) < len(spans):
            draft.evidence["imposer_code"] = kept or [draft.telling.measure_span]

    def _names_another(self, span: Span, code: str) -> bool:
        token = self.document.token_at(span.start)
        if token is None:
            return False
        tokens = self.document.tokens
        opens = token.i == 0 or tokens[token.i - 1].paragraph != token.paragraph
        if opens and token.text.isupper() and tokens[token.i + 1 : token.i + 2] and tokens[token.i + 1].lower == ",":
            # the place of a dateline, taken for the subject behind it
            return True
        party = self.memory.parties.at(token.i)
        return party is not None and party.code not in ("", code)

    def _is_whole(self, general: Draft) -> bool:
        """Whether goods in general have a row beside goods by name: a text of its own, which those do not exhaust."""
        if general.standing or general.telling.in_title or general.product is not None or general.target is None:
            return False
        parts = [d for d in self.drafts if not d.covered and covers(d, general)]
        return not all(d.rate.percent is not None for d in parts)


def _of_measure(draft: Draft) -> dict[str, Rule]:
    """What gave the cells that an act on a measure told before has from that."""
    return {
        column: because(column, "of_measure", draft.rules.get(column))
        for column in ("imposer_code", "target_code", "product", "measure")
        if column in draft.rules
    }


def _duty(measure: str) -> str:
    """What a rate that is charged beside a measure is one of."""
    return measure if FAMILY[measure] == "duty" else "tariff"


def _changed(telling: Telling, draft: Draft) -> Rate:
    """The rate after a recalled measure was changed."""
    rate = replace(telling.rate)
    if (
        rate.before is None
        and draft.rate.percent is not None
        and telling.action in ("raise", "lower")
        and rate.percent is None
        and rate.text is None
    ):
        rate.before, rate.before_text = draft.rate.percent, draft.rate.text
    return rate
