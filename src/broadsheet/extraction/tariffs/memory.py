"""Who is meant where a clause leaves it out: the imposer, the target, the measure that a bare recall points to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import Draft, is_umbrella, overlap, product_key, stand_in
from broadsheet.extraction.tariffs.lexicon import FAMILY, word_set
from broadsheet.extraction.tariffs.parties import by_code

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.tellings import Telling

NEAR = 3
"""Sentences over which a clause that leaves something out reaches back for it first."""

MAX_BACK = 200
"""Words of a sentence that are looked at before a measure."""

MAX_NEARBY = 600
"""Words before a measure among which a country that imposes it is looked for."""

FAR = 12
"""Sentences over which a measure told before still lends its imposer."""

_CONTINUING = word_set("continuing")
_MEETINGS = word_set("meetings")


class Memory:
    """What the clauses of an article told so far, as later ones presuppose it.

    Attributes:
        drafts: Rows in the making, in reading order of their tellings.
        order: Number of the telling that is being entered.
    """

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.parties = parties
        self.drafts: list[Draft] = []
        self.order = 0
        self._counts: dict[str, int] | None = None

    def imposers(self, telling: Telling) -> list[Party]:
        """Who imposes: whom the clause names, else who imposed the measure that it goes on from, else who speaks."""
        if telling.imposers:
            return by_code(telling.imposers)
        family = family_of(telling)
        wanted = {p.code for p in telling.targets} | {
            o.code for g in telling.groups for i in g.items for o in i.origins
        }
        wanted |= telling.barred
        products = [product_key(i.product) for g in telling.groups for i in g.items if i.product]
        best: Draft | None = None
        told = [
            d
            for d in self.drafts
            if any(product_key(d.product) and overlap(p, product_key(d.product)) for p in products)
        ]
        recent = sorted(self.drafts, key=lambda d: (-d.telling.sentence, d.telling.background, -d.order))
        for draft in [*reversed(told), *recent]:
            if family and FAMILY[draft.measure] != family:
                continue
            if wanted and (draft.imposer in wanted or (draft.target not in (None, *wanted) and not telling.barred)):
                continue
            if (
                products
                and draft.product is not None
                and not any(overlap(p, product_key(draft.product)) for p in products)
                and telling.sentence - draft.telling.sentence > NEAR
            ):
                continue
            best = draft
            break
        if best is None and products and not telling.unnamed_imposer:
            # "the copper tariff on Peru": another target of whoever taxes copper
            best = next((d for d in told if d.imposer not in wanted and family in ("", FAMILY[d.measure])), None)
        if (
            best is not None
            and (telling.definite or telling.recall or products or wanted)
            and telling.sentence - best.telling.sentence <= FAR
        ):
            return [stand_in(best.imposer, telling, "told_before")]
        speaks = telling.speaker is not None and telling.status in ("announced", "threatened", "in_force")
        if telling.speaker is not None and speaks and (telling.speaker.code not in wanted or telling.everyone):
            return [replace(telling.speaker, role="speaker")]
        if best is not None:
            return [stand_in(best.imposer, telling, "told_before")]
        if telling.unnamed_imposer or telling.own_content or (telling.trade and not telling.rate.empty):
            found = self._nearby(telling, wanted)
            if found is not None:
                return [found]
        return []

    def _nearby(self, telling: Telling, wanted: set[str]) -> Party | None:
        """The last country named before the clause, in its paragraph or the one before, that is not its target."""
        tokens = self.document.tokens
        main = self._main(wanted)
        subject = self._root_subject(telling, wanted)
        if subject is not None and not telling.unnamed_imposer:
            return replace(subject, role="root_subject")
        nearest: Party | None = None
        last: Party | None = None
        for i in range(telling.place, -1, -1):
            if tokens[i].paragraph < telling.paragraph - 1 or telling.place - i > MAX_NEARBY:
                break
            party = self.parties.at(i)
            if party is None or i != party.last - 1 or party.code in wanted or party.form == "body":
                continue
            if party.code == main:
                return replace(party, role="main")
            last = last or party
            if nearest is None and tokens[i].dep in ("nsubj", "nsubjpass", "poss"):
                nearest = party
        if nearest is None and telling.unnamed_imposer:
            return stand_in(main, telling, "main") if main is not None else last and replace(last, role="nearest")
        return nearest and replace(nearest, role="nearest")

    def _root_subject(self, telling: Telling, wanted: set[str]) -> Party | None:
        """The country that is the subject of the sentence, where it stands before the measure."""
        sentence = self.document.sentences[telling.sentence]
        first = max(sentence.first, telling.place - MAX_BACK)
        for token in self.document.tokens[first : min(telling.place, sentence.last)]:
            if token.dep in ("nsubj", "nsubjpass") and self.document.head(token).dep == "ROOT":
                party = self.parties.of_phrase(token)
                if party is not None and party.code not in wanted:
                    return party
        return None

    def _main(self, wanted: set[str]) -> str | None:
        """The country that the article names most, those aside that the measure is put on."""
        if self._counts is None:
            counts: dict[str, int] = {}
            cast = self.parties.cast
            for i in sorted({m.first for m in cast.mentions} | {s.first for s in cast.states}):
                party = self.parties.at(i)
                if party is not None and party.form != "body":
                    counts[party.code] = counts.get(party.code, 0) + 1
            self._counts = counts
        eligible = {c: n for c, n in self._counts.items() if c not in wanted}
        return min(eligible, key=lambda c: (-eligible[c], c), default=None)

    def antecedents(
        self, telling: Telling, codes: set[str], targets: set[str], products: list[frozenset[str]]
    ) -> list[Draft]:
        """The drafts of the last clause that a bare recall can point to.

        Args:
            telling: The recall.
            codes: Countries that it names as imposing; empty where it names none.
            targets: Countries that it names as targets.
            products: Goods that it names.
        """
        family = family_of(telling)
        provoker = self._provoker(telling)

        def fits(draft: Draft) -> bool:
            if family and FAMILY[draft.measure] != family:
                return False
            if codes and draft.imposer not in codes:
                return False
            if targets and draft.target not in targets:
                return False
            if products and not any(overlap(p, product_key(draft.product)) for p in products):
                return False
            if draft.action == "remove":
                return telling.action == "remove"
            if telling.standing and draft.action in ("suspend", "lower"):
                return False
            if provoker is not None and draft.imposer == provoker:
                return False
            dated, told = draft.timing.effective, telling.timing.effective
            if not telling.begins or dated is None or told is None or dated.value == told.value:
                return True
            return told.refines(dated)

        fitting = sorted((d for d in self.drafts if fits(d)), key=lambda d: -d.order)
        if not fitting:
            return []
        latest = fitting[0].telling.sentence
        if not codes and not family and telling.sentence - latest > NEAR + 1:
            return []
        # "the duties" are rather what was called a duty than a surtax told after it
        called = [d for d in fitting if d.measure in telling.measures and latest - d.telling.sentence <= NEAR]
        first = (called or fitting)[0]
        out = [d for d in fitting if d.order == first.order or _told_with(d, first)]
        return list(reversed(out))

    def _provoker(self, telling: Telling) -> str | None:
        """The country whose act a recalled measure answers, where the clause goes on to tell it."""
        if telling.provoked_by is None:
            return None
        last = self.document.sentences[telling.sentence].last
        for i in range(telling.provoked_by, min(last, telling.provoked_by + 8)):
            party = self.parties.at(i)
            if party is not None:
                return party.code
        return None

    def all_of(self, drafts: list[Draft]) -> list[Draft]:
        """All drafts of the same act as these: one imposer, one kind of measure, one action."""
        kinds = {(d.imposer, FAMILY[d.measure], d.action, d.status) for d in drafts}
        return [d for d in self.drafts if (d.imposer, FAMILY[d.measure], d.action, d.status) in kinds]

    def targets(self, telling: Telling, imposer: Party, measure: str, product: str | None) -> list[Party]:
        """The target of a clause that names none: what it answers, or what the same sentence said before."""
        if telling.retaliation is not None and telling.action in ("impose", "raise", "threaten"):
            for draft in reversed(self.drafts):
                if draft.target == imposer.code and draft.imposer != imposer.code:
                    return [stand_in(draft.imposer, telling, "answered")]
        if telling.exports:
            return []
        key = product_key(product)
        for draft in reversed(self.drafts):
            distance = telling.sentence - draft.telling.sentence
            if draft.imposer != imposer.code or draft.target is None or draft.everyone:
                continue
            if distance == 0 and draft.order != self.order:
                return [stand_in(draft.target, telling, "same_sentence")]
            if (
                product is not None
                and overlap(key, product_key(draft.product))
                and FAMILY[draft.measure] == FAMILY[measure]
            ):
                return [stand_in(draft.target, telling, "same_goods")]
            if (
                distance <= 2
                and is_umbrella(draft.product)
                and draft.action == telling.action
                and FAMILY[draft.measure] == FAMILY[measure]
                and not telling.standing
            ):
                # goods in general, which the sentences after name one by one
                return [stand_in(draft.target, telling, "general_before")]
            if (
                distance <= 1
                and telling.action in ("maintain", "remove", "suspend", "lower")
                and FAMILY[draft.measure] == FAMILY[measure]
                and len({d.target for d in self.drafts if d.imposer == imposer.code}) == 1
            ):
                # duties on others of its goods remain
                return [stand_in(draft.target, telling, "only_target")]
            if (
                distance <= 1
                and product is not None
                and FAMILY[draft.measure] == FAMILY[measure]
                and (telling.definite or self._continues(telling))
            ):
                return [stand_in(draft.target, telling, "continued")]
        if telling.definite or not telling.groups:
            other = self._counterpart(telling, imposer)
            if (
                other is not None
                and telling.action in ("lower", "remove", "suspend", "maintain")
                and not telling.groups
            ):
                return [replace(other, role="counterpart")]
        return []

    def _continues(self, telling: Telling) -> bool:
        """Whether the clause goes on from the one before (also, in particular, under the deal)."""
        sentence = self.document.sentences[telling.sentence]
        words = {t.lower for t in self.document.tokens[sentence.first : sentence.last]}
        return bool(words & _CONTINUING)

    def _counterpart(self, telling: Telling, imposer: Party) -> Party | None:
        """The other side of a meeting or deal that the sentence or the one before tells of."""
        doc = self.document
        others: dict[str, Party] = {}
        meeting = False
        for index in (telling.sentence, telling.sentence - 1):
            if index < 0 or telling.paragraph - doc.sentences[index].paragraph > 1:
                continue
            sentence = doc.sentences[index]
            for token in doc.tokens[sentence.first : sentence.last]:
                if token.lemma in _MEETINGS:
                    meeting = True
                party = self.parties.at(token.i)
                if (
                    party is not None
                    and party.code != imposer.code
                    and token.i == party.first
                    and token.i < telling.place + 40
                    and doc.tokens[max(token.i - 1, 0)].lower not in ("in", "at")
                    and (index == telling.sentence or party.form != "adjective" or self._titled(party))
                ):
                    others.setdefault(party.code, party)
            if meeting and others:
                break
        if not meeting:
            return None
        if len(others) > 1:
            persons = {c: p for c, p in others.items() if p.form == "person"}
            others = persons if len(persons) == 1 else others
        return next(iter(others.values())) if len(others) == 1 else None

    def _titled(self, party: Party) -> bool:
        """Whether a national adjective stands before a title and a name (Chilean President ...)."""
        tokens = self.document.tokens
        return party.last + 1 < len(tokens) and all(t.tag == "NNP" for t in tokens[party.last : party.last + 2])

    def is_company(self, party: Party) -> bool:
        """Whether it is an organization, which alone can have a rate of its own; a people or movement cannot."""
        if party.actor_id is None:
            return party.form == "body"
        return self.parties.cast.kind_of(party.actor_id) == "organization"

    def is_mutual(self, telling: Telling) -> bool:
        """Whether two sides agreed on what each does."""
        sentence = self.document.sentences[telling.sentence]
        return any(
            t.lemma in ("agree", "deal", "accord", "pact") for t in self.document.tokens[sentence.first : sentence.last]
        )

    def last_goods(self, imposer: Party, target: str | None) -> Draft | None:
        """The last draft of an imposer that names goods, which a company's own rate goes on from.

        Of goods of several countries that one telling names, those of the company's own country.
        """
        named = [d for d in reversed(self.drafts) if d.imposer == imposer.code and d.product is not None]
        named = [d for d in named if d.company is None] or named
        return next((d for d in named if d.target == target and d.order == named[0].order), named[0] if named else None)


def _told_with(draft: Draft, other: Draft) -> bool:
    """Whether a sentence tells two drafts as one act: "the levies" are all that the sentence before told."""
    return (
        draft.telling.sentence == other.telling.sentence
        and draft.action == other.action
        and draft.imposer == other.imposer
    )


def family_of(telling: Telling) -> str:
    """The kind of measure that a clause names; empty for a stand-in."""
    return FAMILY[telling.measures[0]] if telling.measures else ""
