"""The rows that a clause may give: its imposers, targets, goods and companies multiplied out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.countries import Countries, bucket
from broadsheet.extraction.tariffs.drafts import UNKNOWN, Draft
from broadsheet.extraction.tariffs.grounds import because, country_rule, product_rule
from broadsheet.extraction.tariffs.learning import MODELS, Decision, best
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.parties import as_, by_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.tellings import Rate, Telling

    Entry = tuple[Item | None, Rate]

CLEAR = 9.0
"""The margin of a choice without an alternative."""

_CHANGES = frozenset({"remove", "suspend", "lower", "raise", "maintain"})
_OF_MEASURE = ("imposer_code", "target_code", "product", "measure")
_INHERITED = frozenset({*_OF_MEASURE, "hs_chapter", "applies_to_id"})
"""Columns whose evidence a change of a measure takes over."""

_REACH = 6
"""Sentences over which a change that names no goods is one of those told before."""


class CandidateReader:
    """Makes candidate rows out of the clauses of one document."""

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.parties = parties
        self.countries = Countries(document, parties)

    def read(self, telling: Telling, before: Sequence[Draft]) -> list[Draft]:
        """The rows that a clause may give, in the order in which it names them.

        Args:
            telling: The clause.
            before: The rows that the clauses before it gave.
        """
        imposers, margin = self._imposers(telling, before)
        entries = self._entries(telling) if imposers else []
        out: list[Draft] = []
        for imposer in imposers:
            measure = self._measure(telling, imposer, before)
            if measure:
                rows = self._rows(telling, imposer, measure, entries, before)
                for draft in rows:
                    draft.imposer_margin = margin
                out += rows
        return out

    def _imposers(self, telling: Telling, before: Sequence[Draft]) -> tuple[list[Party], float]:
        """Who imposes, and by how much the first of them is ahead of any other country."""
        codes = list(self.countries.by_code)
        if not codes:
            return [], 0.0
        features = [self.countries.imposer_features(telling, c, before) for c in codes]
        scores = MODELS.scores(Decision("imposer", telling, features, codes))
        chosen = best(scores)
        margin = scores[chosen] - max((s for k, s in enumerate(scores) if k != chosen), default=scores[chosen] - CLEAR)
        named = by_code(telling.imposers)
        if codes[chosen] in {p.code for p in named}:
            return named, margin
        return [replace(self.countries.nearest(codes[chosen], telling.place), role="weighed")], margin

    def _measure(self, telling: Telling, imposer: Party, before: Sequence[Draft]) -> str:
        """What the clause calls the measure; where it only recalls one, what that was called."""
        if telling.measures:
            return telling.measures[0]
        last = next((d for d in reversed(before) if d.imposer == imposer.code), None)
        if last is None:
            return ""
        telling.note(measure=because("measure", "told_before", last.rules.get("measure")))
        return last.measure

    def _entries(self, telling: Telling) -> list[Entry]:
        """Goods and their rates; words that are no goods are left out."""
        out: list[Entry] = []
        for item, rate in [(i, g.rate) for g in telling.groups for i in g.items]:
            kept = item
            if item.product is not None:
                features = [self.product_features(telling, item)]
                if MODELS.judge(Decision("product", telling, features, item=item)) < 0:
                    kept = replace(item, product=None)
            plain = kept is not item and any(
                i is not None and i.product is None and (i.origins, r) == (item.origins, rate) for i, r in out
            )
            if not plain:
                out.append((kept, rate))
        return out or [(None, telling.rate)]

    def product_features(self, telling: Telling, item: Item) -> list[str]:
        """What speaks for the words of an entry as the name of goods."""
        name = (item.product or "").split()
        words = self.document.tokens[item.first : item.last]
        head = words[-1]
        listed = goods.known(name) is not None
        known = "known" if listed else "any" if any(goods.known([w]) is not None for w in name) else "unknown"
        side = "before" if item.first < telling.place else "after"
        return [
            "bias",
            f"{known} {head.tag}",
            f"{known} words={min(len(name), 4)}",
            f"{known} {side}",
            f"{known} {side} {head.dep}",
            f"{known} ent={words[0].ent} {head.ent}",
            f"{known} shared={item.shared} counted={item.counted}",
            f"{known} items={bucket(sum(len(g.items) for g in telling.groups))}",
            f"{known} title={telling.in_title}",
            f"{known} caps={words[0].text[0].isupper()}",
            f"verb={any(w.pos == 'VERB' for w in words)}",
            f"head={goods.singular(name[-1])}",
            f"first={name[0]}",
            f"before={self.document.tokens[item.first - 1].lower if item.first else ''}",
        ]

    def _rows(
        self, telling: Telling, imposer: Party, measure: str, entries: Sequence[Entry], before: Sequence[Draft]
    ) -> list[Draft]:
        """The candidates of one imposer."""
        out: list[Draft] = []
        decided: dict[object, tuple[list[Party], float]] = {}
        for item, rate in entries:
            key = None if item is None else (item.origins, item.everyone, item.product is None)
            if key not in decided:
                decided[key] = self._targets(telling, item, imposer, before)
            targets, margin = decided[key]
            companies = [c for c in item.companies if self._is_company(c)] if item is not None else []
            for target in targets or (None,):
                for company in companies or (None,):
                    draft = self._draft(telling, imposer, target, item, company, measure, rate)
                    draft.target_margin = margin
                    out.append(draft)
        if telling.action in _CHANGES and not any(d.product or d.company for d in out):
            out += self._changed(telling, out, before)
        return out

    def _targets(
        self, telling: Telling, item: Item | None, imposer: Party, before: Sequence[Draft]
    ) -> tuple[list[Party], float]:
        """Whose goods an entry is on, and how close the closest decision was."""
        codes = [c for c in self.countries.by_code if c != imposer.code]
        features = [self.countries.target_features(telling, item, c, imposer.code, before) for c in codes]
        scores = MODELS.scores(Decision("target", telling, features, codes, item))
        told = {p.code: p for p in as_("origin", [*(item.origins if item is not None else ()), *telling.targets])}
        chosen = [c for c, s in zip(codes, scores, strict=True) if s > 0]
        parties = [told.get(c) or replace(self.countries.nearest(c, telling.place), role="weighed") for c in chosen]
        return parties, min(map(abs, scores), default=CLEAR)

    def _is_company(self, party: Party) -> bool:
        """Whether it is an organization, which alone can have a rate of its own; a people or movement cannot."""
        if party.actor_id is None:
            return party.form == "body"
        return self.parties.cast.kind_of(party.actor_id) == "organization"

    def _changed(self, telling: Telling, plain: Sequence[Draft], before: Sequence[Draft]) -> list[Draft]:
        """The measures told last that a change without goods may be one of, for the targets of the change."""
        targets = {d.target for d in plain}
        out: list[Draft] = []
        seen: set[tuple[str | None, str | None]] = set()
        sentence: int | None = None
        for old in reversed(before):
            freed = old.target is None and targets != {None}
            fits = old.target in targets or targets == {None} or freed
            if old.product is None or not fits or not _may_change(old, telling, plain[0]):
                continue
            if sentence not in (None, old.telling.sentence):
                break
            sentence = old.telling.sentence
            if (old.target, old.product) in seen:
                continue
            seen.add((old.target, old.product))
            likes = [d for d in plain if d.target is not None] if freed else [old]
            out += [self._copy(old, telling, like) for like in likes]
        return out[::-1]

    def _copy(self, old: Draft, telling: Telling, like: Draft) -> Draft:
        """A change of a measure told before, for the target of ``like``."""
        rules = {c: because(c, "of_measure", old.rules.get(c)) for c in _OF_MEASURE if c in old.rules}
        copy = replace(
            old, target=like.target, action=telling.action, status=telling.status, rate=replace(telling.rate),
            timing=telling.timing, telling=telling, first=telling.first, last=telling.last, rules=rules,
            evidence={k: list(v) for k, v in old.evidence.items() if k in _INHERITED}, standing=telling.standing,
            retaliation=None, members=[telling], copied=True, item=None,
        )  # fmt: skip
        if like is not old:
            copy.evidence["target_code"] = list(like.evidence.get("target_code", []))
            copy.note(target_code=like.rules.get("target_code"))
        note_act(copy, telling)
        return copy

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
        doc = self.document
        name = None
        if company is not None:
            name = company.actor_id or UNKNOWN + doc.text_of(company.first, company.last)
        draft = Draft(
            imposer=imposer.code, target=target.code if target is not None else None,
            product=item.product if item is not None else None, company=name, measure=measure, action=telling.action,
            status=telling.status, rate=rate, timing=telling.timing, telling=telling, first=telling.first,
            last=telling.last, retaliation=telling.retaliation, standing=telling.standing, members=[telling], item=item,
        )  # fmt: skip
        draft.say("imposer_code", doc.span(imposer.first, imposer.last))
        if target is not None:
            draft.say("target_code", doc.span(target.first, target.last))
            draft.note(target_code=country_rule(doc, "target_code", target))
        if item is not None and item.product is not None:
            draft.say("product", doc.span(item.first, item.last))
            draft.say("hs_chapter", doc.span(item.first, item.last))
            draft.note(product=product_rule(doc, item))
        if company is not None:
            draft.say("applies_to_id", doc.span(company.first, company.last))
        draft.note(measure=telling.rules.get("measure"), imposer_code=country_rule(doc, "imposer_code", imposer))
        note_act(draft, telling)
        return draft


def _may_change(old: Draft, telling: Telling, change: Draft) -> bool:
    """Whether a clause can be about what becomes of a measure told before."""
    if old.imposer != change.imposer or old.company is not None or telling.sentence - old.telling.sentence > _REACH:
        return False
    return not telling.measures or FAMILY[old.measure] == FAMILY[change.measure]


def note_act(draft: Draft, telling: Telling) -> None:
    """Notes the words of a clause that say measure, action and status."""
    draft.say("measure", telling.measure_span)
    draft.say("action", telling.action_span)
    draft.say("status", telling.status_span)
    draft.note(action=telling.rules.get("action"), status=telling.rules.get("status"))
