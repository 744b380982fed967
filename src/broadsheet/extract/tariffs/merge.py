"""Joins what the clauses of an article tell to measures: who is meant where it is left out, and what is told twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs import goods
from broadsheet.extract.tariffs.lexicon import FAMILY, SPECIFIC
from broadsheet.extract.tariffs.tellings import Rate, Timing

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document
    from broadsheet.extract.tariffs.parties import Parties, Party
    from broadsheet.extract.tariffs.tellings import Telling
    from broadsheet.span import Span

NEAR = 3
"""Sentences over which a clause that leaves something out reaches back for it first."""

_STOP = {"the", "and", "of", "other", "certain", "some", "all", "most", "many", "various", "new", "imported", "product", "good", "import", "item"}
_SYNONYMS = {"ev": "electric vehicle", "evs": "electric vehicle", "aluminium": "aluminum", "automobile": "car", "auto": "car", "motor vehicle": "car", "soya": "soybean", "soy": "soybean", "tyre": "tire", "whisky": "whiskey", "fertiliser": "fertilizer", "electric car": "electric vehicle", "canola seed": "canola", "rapeseed": "canola", "rapeseed oil": "canola oil", "rapeseed meal": "canola meal", "rare earth mineral": "rare earth", "rare earth element": "rare earth", "rare earth metal": "rare earth", "rare earths": "rare earth", "chip": "semiconductor", "computer chip": "semiconductor", "timber": "lumber"}


@dataclass(slots=True)
class Draft:
    """A row in the making."""

    imposer: str
    target: str | None
    product: str | None
    company: str | None
    measure: str
    action: str
    status: str
    rate: Rate
    timing: Timing
    telling: Telling
    order: int
    first: int
    last: int
    everyone: bool = False
    retaliation: Span | None = None
    evidence: dict[str, list[Span]] = field(default_factory=dict)
    standing: bool = False
    summary: bool = False
    members: list[Telling] = field(default_factory=list)
    firm: bool = False

    def say(self, column: str, span: Span | None) -> None:
        """Notes characters that say a cell."""
        if span is not None and span not in self.evidence.setdefault(column, []):
            self.evidence[column].append(span)

    @property
    def richness(self) -> int:
        """How many cells its clause fills; a headline counts less than the text."""
        filled = [self.target, self.product, self.rate.percent, self.rate.text, self.timing.effective, self.company]
        return 2 * sum(x is not None for x in filled) + (not self.telling.in_title) + (not self.standing)


def product_key(product: str | None) -> frozenset[str]:
    """The words of a product by which two tellings of it are the same."""
    if product is None:
        return frozenset()
    form = goods.key(product.split())
    form = _SYNONYMS.get(form, form)
    return frozenset(goods.singular(w) for w in form.split()) - _STOP


class Ledger:
    """The measures of one article, in the order in which they are told."""

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.parties = parties
        self.drafts: list[Draft] = []
        self.order = 0
        self._counts: dict[str, int] | None = None

    # ------------------------------------------------------------------ reading order
    def enter(self, telling: Telling) -> None:
        """Adds one telling."""
        self.order += 1
        imposers = self._imposers(telling)
        if not telling.own_content or telling.recall:
            if self._recall(telling, imposers):
                return
            if telling.recall or not self._alone(telling):
                return
        if not imposers:
            return
        measure = telling.measures[0] if telling.measures else ""
        if not measure:
            return
        fresh: list[Draft] = []
        for imposer in imposers:
            for draft in self._multiply(telling, imposer, measure):
                fresh.append(draft)
        for draft in fresh:
            self._add(draft)

    def _alone(self, telling: Telling) -> bool:
        """Whether a telling without goods or countries is one all the same: whose it is and what becomes of it."""
        return bool(telling.imposers) and bool(telling.measures) and not telling.standing and telling.action not in ("impose", "maintain", "threaten")

    def _imposers(self, telling: Telling) -> list[Party]:
        if telling.imposers:
            return _by_code(telling.imposers)
        family = self._family(telling)
        wanted = {p.code for p in telling.targets} | {o.code for g in telling.groups for i in g.items for o in i.origins}
        products = [product_key(i.product) for g in telling.groups for i in g.items if i.product]
        best: Draft | None = None
        for draft in reversed(self.drafts):
            if family and FAMILY[draft.measure] != family:
                continue
            if wanted and (draft.target is None or draft.target not in wanted):
                if draft.target is not None or draft.imposer in wanted:
                    continue
            if wanted and draft.imposer in wanted:
                continue
            if products and draft.product is not None and not any(_overlap(p, product_key(draft.product)) for p in products):
                if telling.sentence - draft.telling.sentence > NEAR:
                    continue
            best = draft
            break
        if best is not None and (telling.definite or telling.recall or products or wanted) and telling.sentence - best.telling.sentence <= 12:
            return [_party(best.imposer, telling)]
        if telling.speaker is not None and telling.status in ("announced", "threatened", "in_force") and telling.speaker.code not in wanted:
            return [telling.speaker]
        if best is not None:
            return [_party(best.imposer, telling)]
        if telling.unnamed_imposer or telling.own_content:
            found = self._nearby(telling, wanted)
            if found is not None:
                return [found]
        return []

    def _nearby(self, telling: Telling, wanted: set[str]) -> Party | None:
        """The last country named before the clause, in its paragraph or the one before, that is not its target."""
        tokens = self.document.tokens
        main = self._main(wanted)
        nearest: Party | None = None
        for i in range(telling.place, -1, -1):
            if tokens[i].paragraph < telling.paragraph - 1:
                break
            party = self.parties.at(i)
            if party is None or i != party.last - 1 or party.code in wanted or party.form == "body":
                continue
            if party.code == main:
                return party
            if nearest is None and tokens[i].dep in ("nsubj", "nsubjpass", "poss"):
                nearest = party
        if nearest is None and telling.unnamed_imposer and main is not None:
            return _party(main, telling)
        return nearest

    def _main(self, wanted: set[str]) -> str | None:
        """The country that the article names most, those aside that the measure is put on."""
        if self._counts is None:
            counts: dict[str, int] = {}
            for token in self.document.tokens:
                party = self.parties.at(token.i)
                if party is not None and party.first == token.i and party.form != "body":
                    counts[party.code] = counts.get(party.code, 0) + 1
            self._counts = counts
        eligible = {c: n for c, n in self._counts.items() if c not in wanted}
        return min(eligible, key=lambda c: (-eligible[c], c), default=None)

    def _family(self, telling: Telling) -> str:
        return FAMILY[telling.measures[0]] if telling.measures else ""

    # ------------------------------------------------------------------ recall
    def _recall(self, telling: Telling, imposers: list[Party]) -> bool:
        """Joins a bare recall to what it recalls; whether there was anything."""
        codes = {p.code for p in imposers} if telling.imposers else set()
        if not telling.standing and not telling.definite and not telling.recall and telling.imposers and telling.action != "impose":
            pass
        targets = {p.code for p in telling.targets} | {o.code for g in telling.groups for i in g.items for o in i.origins}
        products = [product_key(i.product) for g in telling.groups for i in g.items if i.product]
        group = self._antecedents(telling, codes, targets, products)
        if not group:
            return False
        if telling.action in ("impose",) or telling.standing:
            for draft in group:
                self._learn(draft, telling)
            return True
        if telling.action == "threaten":
            return True
        same = [d for d in group if d.action == telling.action]
        if not same and not products:
            same = [d for d in self.drafts if d.action == telling.action and (not codes or d.imposer in codes) and (not targets or d.target in targets) and self._family(telling) in ("", FAMILY[d.measure])]
        if same:
            for draft in self._all_of(same):
                self._learn(draft, telling)
            return True
        if not telling.status:
            return True
        for draft in group:
            if draft.action not in ("impose", "raise", "threaten", "maintain", "suspend"):
                continue
            copy = replace(
                draft,
                action=telling.action,
                status=telling.status,
                rate=_changed(telling, draft),
                timing=telling.timing,
                telling=telling,
                order=self.order,
                first=telling.first,
                last=telling.last,
                evidence={k: list(v) for k, v in draft.evidence.items() if k in ("imposer_code", "target_code", "product", "hs_chapter", "measure", "applies_to_id")},
                standing=False,
                retaliation=None,
                members=[telling],
                firm=True,
            )
            self._note(copy, telling)
            self._add(copy)
        return True

    def _antecedents(
        self, telling: Telling, codes: set[str], targets: set[str], products: list[frozenset[str]]
    ) -> list[Draft]:
        family = self._family(telling)
        def fits(draft: Draft) -> bool:
            if family and FAMILY[draft.measure] != family:
                return False
            if codes and draft.imposer not in codes:
                return False
            if targets and draft.target not in targets:
                return False
            if products and not any(_overlap(p, product_key(draft.product)) for p in products):
                return False
            return not (telling.action in ("remove", "suspend", "lower", "maintain") and draft.action == "remove")
        order = None
        out: list[Draft] = []
        for draft in sorted(self.drafts, key=lambda d: -d.order):
            if not fits(draft):
                continue
            if order is None:
                if not codes and not family and telling.sentence - draft.telling.sentence > 4:
                    return []
                order = draft.order
            if draft.order == order:
                out.append(draft)
        return list(reversed(out))

    def _all_of(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts of the same act as these: one imposer, one kind of measure, one action."""
        kinds = {(d.imposer, FAMILY[d.measure], d.action, d.status) for d in drafts}
        return [d for d in self.drafts if (d.imposer, FAMILY[d.measure], d.action, d.status) in kinds]

    def _learn(self, draft: Draft, telling: Telling) -> None:
        """Takes from a recall what it adds."""
        timing = telling.timing
        for name in ("announced", "effective", "ended"):
            if getattr(draft.timing, name) is None and getattr(timing, name) is not None:
                draft.timing = replace(draft.timing, **{name: getattr(timing, name)})
        if draft.rate.empty and not telling.rate.empty and telling.action == draft.action:
            draft.rate = telling.rate
        if telling.retaliation is not None and draft.retaliation is None and draft.action in ("impose", "raise", "threaten"):
            draft.retaliation = telling.retaliation
        if not telling.standing and telling.status == "in_force" and draft.status == "announced" and telling.action == "impose":
            draft.status = "in_force"
        draft.members.append(telling)

    # ------------------------------------------------------------------ rows of one telling
    def _multiply(self, telling: Telling, imposer: Party, measure: str) -> list[Draft]:
        out: list[Draft] = []
        entries = [(i, g.rate) for g in telling.groups for i in g.items] or [(None, telling.rate)]
        general = [p for p in telling.targets if p.code != imposer.code]
        own = {o.code for i, _ in entries if i is not None for o in i.origins}
        previous: list[Party] = []
        for item, rate in entries:
            origins = [o for o in item.origins if o.code != imposer.code] if item is not None else []
            targets = origins or general
            everyone = telling.everyone or (item is not None and item.everyone)
            if item is not None and item.companies and not item.product:
                targets = general
            if origins:
                previous = origins
            if not targets and not everyone and previous and item is not None and not item.everyone:
                targets = previous
            if not targets and not everyone and not own:
                targets = self._targets(telling, imposer, measure, item.product if item else None)
            companies = list(item.companies) if item is not None and item.companies else [None]
            if item is not None and item.companies and telling.place and not item.product and general == [] and not targets:
                targets = [c for c in item.companies if c.code != imposer.code][:1]
            for target in targets or [None]:
                for company in companies:
                    out.append(self._draft(telling, imposer, target, item.product if item else None, company, measure, rate, everyone, item))
        listed = [d for d in out if d.product is not None]
        for draft in out:
            draft.summary = draft.product is None and bool(listed)
        if listed and any(d.company for d in out):
            out = [d for d in out if d.company or d.product]
        companies_told = [d for d in out if d.company]
        if companies_told:
            product = self._company_product(telling, imposer)
            for draft in companies_told:
                if draft.product is None and product is not None:
                    draft.product, draft.target = product[0], draft.target if product[1] is None else product[1]
            names = {d.product for d in companies_told if d.product}
            out = [d for d in out if d.company or d.product not in names]
        return out

    def _company_product(self, telling: Telling, imposer: Party) -> tuple[str | None, str | None] | None:
        """What a company's own rate is on: goods of the clause, else of the last measure of that imposer."""
        for group in telling.groups:
            for item in group.items:
                if item.product:
                    origin = next((o.code for o in item.origins if o.code != imposer.code), None)
                    return item.product, origin
        for draft in reversed(self.drafts):
            if draft.imposer == imposer.code and draft.product is not None:
                return draft.product, draft.target
        return None

    def _targets(self, telling: Telling, imposer: Party, measure: str, product: str | None) -> list[Party]:
        """The target of a clause that names none: what it answers, or what the same sentence said before."""
        if telling.retaliation is not None and telling.action in ("impose", "raise", "threaten"):
            for draft in reversed(self.drafts):
                if draft.target == imposer.code and draft.imposer != imposer.code:
                    return [_party(draft.imposer, telling)]
        key = product_key(product)
        for draft in reversed(self.drafts):
            distance = telling.sentence - draft.telling.sentence
            if draft.imposer != imposer.code or draft.target is None or draft.everyone:
                continue
            if distance == 0 and draft.order != self.order:
                return [_party(draft.target, telling)]
            if product is not None and _overlap(key, product_key(draft.product)) and FAMILY[draft.measure] == FAMILY[measure]:
                return [_party(draft.target, telling)]
            if distance <= 1 and product is not None and FAMILY[draft.measure] == FAMILY[measure] and (telling.definite or self._continues(telling)):
                return [_party(draft.target, telling)]
        if telling.definite or not telling.groups:
            other = self._counterpart(telling, imposer)
            if other is not None and telling.action in ("lower", "remove", "suspend", "maintain") and not telling.groups:
                return [other]
        return []

    def _continues(self, telling: Telling) -> bool:
        """Whether the clause goes on from the one before (also, in particular, under the deal)."""
        sentence = self.document.sentences[telling.sentence]
        words = {t.lower for t in self.document.tokens[sentence.first : sentence.last]}
        return bool(words & {"also", "particular", "addition", "additional", "too", "similarly", "moreover", "further"})

    def _counterpart(self, telling: Telling, imposer: Party) -> Party | None:
        """The other side of a meeting or deal that the sentence or the one before tells of."""
        doc = self.document
        others: dict[str, Party] = {}
        meeting = False
        for index in (telling.sentence, telling.sentence - 1):
            if index < 0 or doc.sentences[index].paragraph != telling.paragraph:
                continue
            sentence = doc.sentences[index]
            for token in doc.tokens[sentence.first : sentence.last]:
                if token.lemma in ("meeting", "talk", "talks", "summit", "meet", "call", "deal", "agreement", "truce", "negotiation", "pact"):
                    meeting = True
                party = self.parties.at(token.i)
                if party is not None and party.code != imposer.code and token.i == party.first and token.i < telling.place + 40:
                    if index == telling.sentence or party.form in ("person", "body", "metonym", "name"):
                        others.setdefault(party.code, party)
            if meeting and others:
                break
        if not meeting:
            return None
        if len(others) > 1:
            persons = {c: p for c, p in others.items() if p.form == "person"}
            others = persons if len(persons) == 1 else others
        return next(iter(others.values())) if len(others) == 1 else None

    def _draft(self, telling: Telling, imposer: Party, target: Party | None, product: str | None, company: Party | None, measure: str, rate: Rate, everyone: bool, item: object) -> Draft:
        draft = Draft(
            imposer.code,
            target.code if target is not None else None,
            product,
            company.actor_id if company is not None else None,
            measure,
            telling.action,
            telling.status,
            rate,
            telling.timing,
            telling,
            self.order,
            telling.first,
            telling.last,
            everyone,
            telling.retaliation,
            standing=telling.standing,
            members=[telling],
        )
        doc = self.document
        draft.say("imposer_code", doc.span(imposer.first, imposer.last))
        if target is not None:
            draft.say("target_code", doc.span(target.first, target.last))
        if product is not None and item is not None:
            span = doc.span(item.first, item.last)  # type: ignore[attr-defined]
            draft.say("product", span)
            draft.say("hs_chapter", span)
        if company is not None:
            draft.say("applies_to_id", doc.span(company.first, company.last))
        self._note(draft, telling)
        return draft

    def _note(self, draft: Draft, telling: Telling) -> None:
        draft.say("measure", telling.measure_span)
        draft.say("action", telling.action_span)
        draft.say("status", telling.status_span)

    def close(self) -> None:
        """Fills what only the whole article tells: whom a ban or its end is aimed at, where all others agree."""
        for draft in list(self.drafts):
            if draft.target is not None or draft.everyone or (FAMILY[draft.measure] != "ban" and draft.action not in ("remove", "suspend")):
                continue
            told = {d.target for d in self.drafts if d.imposer == draft.imposer and FAMILY[d.measure] == FAMILY[draft.measure] and d.target}
            if len(told) == 1:
                draft.target = told.pop()
                self.drafts.remove(draft)
                self._add(draft)

    # ------------------------------------------------------------------ told twice
    def _add(self, draft: Draft) -> None:
        """Joins a draft to the one that tells the same, or adds it."""
        for other in self.drafts:
            if other.telling is draft.telling and other.order == draft.order:
                if other.imposer == draft.imposer and other.target == draft.target and other.action == draft.action and other.company == draft.company and other.measure == draft.measure and product_key(other.product) == product_key(draft.product) and (other.rate.percent == draft.rate.percent):
                    return
        general = [d for d in self.drafts if self._covers(draft, d)]
        if draft.product is None and not draft.summary and draft.company is None:
            specific = [d for d in self.drafts if d.product is not None and d.order != draft.order and self._same_act(draft, d) and draft.target == d.target and _rates_agree(draft.rate, d.rate)]
            if specific and not any(self._same(draft, d) for d in self.drafts):
                for d in specific:
                    self._learn(d, draft.telling)
                return
        for other in self.drafts:
            if other.order != draft.order and other not in general and self._same(other, draft):
                self._join(other, draft)
                return
        for other in general:
            self.drafts.remove(other)
            self._fill(draft, other)
        self.drafts.append(draft)

    def _covers(self, draft: Draft, other: Draft) -> bool:
        """Whether ``other`` only sums up what ``draft`` tells more exactly."""
        if other.order == draft.order or other.company or not self._same_act(draft, other):
            return False
        if other.summary:
            return False
        if other.target != draft.target and other.target is not None:
            return False
        if not _rates_agree(draft.rate, other.rate) or (not other.rate.empty and draft.rate.empty):
            return False
        if other.product is None:
            return draft.product is not None and other.target == draft.target and not other.everyone and (other.rate.percent is None or other.telling.in_title)
        return _same_good(draft.product, other.product) and other.rate.empty

    def _same_act(self, a: Draft, b: Draft) -> bool:
        if a.imposer != b.imposer or a.company != b.company or FAMILY[a.measure] != FAMILY[b.measure]:
            return False
        if a.measure in SPECIFIC and b.measure in SPECIFIC and a.measure != b.measure:
            return False
        if {a.action, b.action} == {"impose", "threaten"}:
            return "announced" in (a.status, b.status)
        if {a.action, b.action} == {"impose", "raise"}:
            # "will impose emergency tariffs ... will be raised to 50 percent": one act, its rate told once
            imposed = a if a.action == "impose" else b
            raised = b if a.action == "impose" else a
            return a.status == b.status and imposed.rate.empty and not imposed.standing and raised.rate.percent is not None
        if a.action != b.action:
            return False
        # a cut to come is not the cut that was made
        stated = not a.telling.in_title and not b.telling.in_title
        return not (stated and a.action in ("lower", "raise") and {a.status, b.status} == {"announced", "in_force"})

    def _same(self, a: Draft, b: Draft) -> bool:
        """Whether ``b`` tells again what ``a`` tells, at least as exactly."""
        if not self._same_act(a, b) or not _rates_agree(a.rate, b.rate):
            return False
        if a.target != b.target:
            if a.target is not None and b.target is not None or a.product is None or b.product is None:
                return False
            if a.everyone or b.everyone:
                return False
        ka, kb = product_key(a.product), product_key(b.product)
        if ka == kb:
            return True
        return bool(ka) and bool(kb) and _same_good(a.product, b.product) and (b.rate.empty or a.rate.percent == b.rate.percent)

    def _join(self, kept: Draft, other: Draft) -> None:
        """Takes the richer telling's clause, and of each cell the first that is told."""
        if other.richness > kept.richness or kept.telling.in_title and not other.telling.in_title:
            swapped = replace(other, evidence=other.evidence, members=[*kept.members, *other.members], order=max(kept.order, other.order))
            self._fill(swapped, kept)
            self.drafts[self.drafts.index(kept)] = swapped
        else:
            self._fill(kept, other)
            kept.members.extend(other.members)

    def _fill(self, kept: Draft, other: Draft) -> None:
        if kept.target is None and not kept.everyone:
            kept.target = other.target
            for span in other.evidence.get("target_code", []) if other.target else []:
                kept.say("target_code", span)
        if kept.product is None and not kept.summary:
            kept.product = other.product
            for column in ("product", "hs_chapter"):
                for span in other.evidence.get(column, []):
                    kept.say(column, span)
        if kept.rate.percent is None and (other.rate.percent is not None or kept.rate.text is None):
            merged = other.rate
            if kept.rate.before is not None and merged.before is None:
                merged = replace(merged, before=kept.rate.before, before_text=kept.rate.before_text)
            kept.rate = merged
        elif kept.rate.before is None and other.rate.before is not None:
            kept.rate = replace(kept.rate, before=other.rate.before, before_text=other.rate.before_text)
        for name in ("announced", "effective", "ended"):
            if getattr(kept.timing, name) is None and getattr(other.timing, name) is not None:
                kept.timing = replace(kept.timing, **{name: getattr(other.timing, name)})
        if kept.retaliation is None:
            kept.retaliation = other.retaliation
        if other.measure in SPECIFIC and kept.measure not in SPECIFIC:
            kept.measure = other.measure
            kept.evidence["measure"] = list(other.evidence.get("measure", []))
        if {kept.action, other.action} == {"impose", "raise"}:
            kept.action = "raise"
        elif {kept.action, other.action} == {"impose", "threaten"}:
            kept.action = "impose"
            kept.status = other.status = "announced"
        kept.status = _status(kept, other)
        kept.standing = kept.standing and other.standing


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


def _rates_agree(a: Rate, b: Rate) -> bool:
    if a.percent is None or b.percent is None:
        return a.before is None or b.before is None or a.before == b.before
    return a.percent == b.percent and (a.high is None or b.high is None or a.high == b.high)


def _overlap(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a & b)


def _narrower(product: str | None, general: str) -> bool:
    """Whether a product's name ends in the general one and says more (frozen beef: beef)."""
    if product is None:
        return False
    a, b = goods.key(product.split()).split(), goods.key(general.split()).split()
    return len(a) > len(b) and a[-1] == b[-1] and set(b) < set(a)


def _same_good(a: str | None, b: str | None) -> bool:
    """Whether one name only says more than the other of one good."""
    if a is None or b is None:
        return False
    if not _narrower(a, b):
        return False
    return goods.chapter_of(a) == goods.chapter_of(b)


def _changed(telling: Telling, draft: Draft) -> Rate:
    """The rate after a recalled measure was changed."""
    rate = replace(telling.rate)
    if rate.before is None and draft.rate.percent is not None and telling.action in ("raise", "lower") and rate.percent is None and rate.text is None:
        rate.before, rate.before_text = draft.rate.percent, draft.rate.text
    return rate


def _party(code: str, telling: Telling) -> Party:
    from broadsheet.extract.tariffs.parties import Party as Named

    return Named(code, "name", telling.place, telling.place + 1)


def _by_code(parties: list[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.code, party)
    return list(seen.values())
