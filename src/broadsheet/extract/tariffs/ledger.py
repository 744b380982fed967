"""Joins what the clauses of an article tell to measures: what is told twice is one row, with its richest telling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs.drafts import (
    Draft,
    covers,
    is_umbrella,
    overlap,
    product_key,
    rates_agree,
    same_act,
    same_good,
    same_measure,
    stand_in,
)
from broadsheet.extract.tariffs.grounds import PRESUPPOSED, because, country_rule, product_rule
from broadsheet.extract.tariffs.lexicon import FAMILY, SPECIFIC
from broadsheet.extract.tariffs.memory import NEAR, Memory, family_of
from broadsheet.extract.tariffs.multiply import Multiplier, note_act
from broadsheet.extract.tariffs.tellings import Group, Rate

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document
    from broadsheet.extract.found import Rule
    from broadsheet.extract.tariffs.parties import Parties, Party
    from broadsheet.extract.tariffs.tellings import Telling
    from broadsheet.span import Span

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
        self._named(telling)
        imposers = self.memory.imposers(telling)
        if telling.recall and any(i.companies and not g.rate.empty for g in telling.groups for i in g.items):
            self._individual(telling, imposers)
            imposers = telling.imposers or imposers
            if telling.individual and telling.recall:
                # there is no duty that the rate could be of
                return
        if self._rated(telling, {p.code for p in imposers}):
            return
        if telling.exempts:
            self._exempt(telling, imposers)
            return
        if not telling.own_content or telling.recall:
            if self._recall(telling, imposers):
                return
            answered = self._answered(telling)
            if answered is not None:
                telling.targets = [answered]
            elif not self._alone(telling, imposers) or (telling.in_title and self.drafts):
                return
            else:
                self._goods_beside(telling, {p.code for p in imposers})
        if not imposers:
            return
        measure = telling.measures[0] if telling.measures else ""
        if not measure:
            return
        self._inherit(telling, {p.code for p in imposers})
        measure = telling.measures[0]
        fresh: list[Draft] = []
        for imposer in imposers:
            for draft in self.multiplier.drafts(telling, imposer, measure):
                fresh.append(draft)
        for draft in fresh:
            self._add(draft)

    def _named(self, telling: Telling) -> None:
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

    def _rated(self, telling: Telling, codes: set[str]) -> bool:
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

    def _removed(self, telling: Telling, codes: set[str]) -> bool:
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

    def _individual(self, telling: Telling, imposers: list[Party]) -> None:
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

    def _inherit(self, telling: Telling, codes: set[str]) -> None:
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

    def _answered(self, telling: Telling) -> Party | None:
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

    def _goods_beside(self, telling: Telling, codes: set[str]) -> None:
        """Gives a measure without goods those of the measure before it in its sentence (a quota and the duty above)."""
        if not telling.definite or telling.groups:
            return
        for draft in reversed(self.drafts):
            if draft.telling.sentence != telling.sentence or draft.order == self.memory.order:
                return
            if draft.imposer in codes and draft.telling.groups:
                telling.groups = [Group(list(g.items), telling.rate) for g in draft.telling.groups]
                return

    def _alone(self, telling: Telling, imposers: list[Party]) -> bool:
        """Whether a telling without goods or countries is one all the same: whose it is and what becomes of it."""
        told = bool(telling.imposers) or (bool(imposers) and telling.trade and not telling.rate.empty)
        return (
            told
            and bool(telling.measures)
            and not telling.standing
            and telling.action not in ("impose", "maintain", "threaten")
        )

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
        if telling.action == "suspend" and not products and self._removed(telling, codes):
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
                self._learn(draft, telling)
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
                self._learn(draft, telling)
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
            self._add(copy)
            made = True
        return made or (telling.recall and not self._alone(telling, imposers))

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
                    self._add(copy)

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
            self._add(copy)

    def _spread(self, group: list[Draft], telling: Telling) -> None:
        """What is said of a measure as a whole holds for all that was told of it: when it begins, what it answers."""
        targets = {d.target for d in group}
        for draft in self.memory.all_of(group):
            if telling.sentence - draft.telling.sentence > REACH:
                continue
            day, known = telling.timing.effective, draft.timing.effective
            begun = day is not None and not telling.standing and (known is None or day.refines(known))
            if begun or (telling.retaliation is not None and draft.target in targets):
                self._learn(draft, telling)

    def _learn(self, draft: Draft, telling: Telling) -> None:
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
                self._add(draft)

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

    def _add(self, draft: Draft) -> None:
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
                    self._learn(d, draft.telling)
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
                self._learn(other, draft.telling)
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
        if status != kept.status:
            kept.status = status
            kept.note(status=because("status", "other_telling", other.rules.get("status")))
        kept.standing = kept.standing and other.standing


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
