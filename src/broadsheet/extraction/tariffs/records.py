"""The measures of an article: each clause gives rows of its own, adds to rows told before, or is no measure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.candidates import CandidateReader
from broadsheet.extraction.tariffs.countries import bucket
from broadsheet.extraction.tariffs.drafts import product_key, same_measure
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.learning import MODELS, Decision
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.parties import Parties
    from broadsheet.extraction.tariffs.tellings import Telling

THRESHOLD = -0.8
"""What the score of a candidate must exceed to be a row, chosen by cross-validation."""

_FULL = 300
"""So many measures are compared with one another. No news tells more; a register may, and would take forever."""

_EARLY = 6
_FLAGS = (
    "definite", "recall", "standing", "presupposed", "background", "base", "exempts", "individual", "anchored", "loose",
    "begins", "in_title", "exports", "trade", "unnamed_imposer", "everyone",
)  # fmt: skip


class Records:
    """The measures of one article, in the order in which they are told.

    Attributes:
        pages: Measures that nothing told later is compared with any more.
        drafts: Those that it is compared with.
    """

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.candidates = CandidateReader(document, parties)
        self.pages: list[list[Draft]] = []
        self.drafts: list[Draft] = []

    def read(self, tellings: Sequence[Telling]) -> None:
        """Adds the clauses of the article."""
        self.candidates.countries.count(tellings)
        for telling in tellings:
            if len(self.drafts) >= _FULL:
                self.pages.append(self.drafts)
                self.drafts = []
            self._name_goods(telling)
            before = list(self.drafts)
            seen: set[object] = set()
            for draft in self.candidates.read(telling, before):
                key = (draft.imposer, draft.target, draft.product, draft.company, draft.action, draft.rate.percent)
                if key not in seen:
                    seen.add(key)
                    self._add(draft, before)

    def _name_goods(self, telling: Telling) -> None:
        """Puts goods named before in the place of a pronoun."""
        for group in telling.groups:
            if not any(i.pronoun for i in group.items):
                continue
            near = (d.telling for d in reversed(self.drafts) if d.product)
            last = next((t for t in near if telling.sentence - t.sentence in (0, 1)), None)
            named = [i for g in (last.groups if last is not None else ()) for i in g.items if i.product]
            items = [replace(n, origins=i.origins or n.origins) for i in group.items for n in named]
            group.items = items or [i for i in group.items if not i.pronoun]
        telling.groups = [g for g in telling.groups if g.items]

    def _add(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Merges a candidate with the row that tells the same, adds it as a row, or takes only its dates."""
        other = next((d for d in before if same_measure(d, draft)), None)
        if other is not None:
            _merge(other, draft)
            return
        features = [self.features(draft, before)]
        if MODELS.judge(Decision("row", draft.telling, features, draft=draft)) > THRESHOLD:
            self.drafts.append(draft)
            return
        kind = (draft.imposer, FAMILY[draft.measure])
        group = [d for d in before if (d.imposer, FAMILY[d.measure]) == kind and draft.target in (None, d.target)]
        if group and draft.action in ("impose", group[-1].action):
            for told in group:
                if told.telling is group[-1].telling:
                    told.members.append(draft.telling)
                    told.timing = told.timing.filled(draft.timing)
                    if told.rate.empty and told.action == draft.action and not told.telling.groups:
                        told.rate = draft.rate
                    told.retaliation = told.retaliation or draft.retaliation

    def features(self, draft: Draft, before: Sequence[Draft]) -> list[str]:
        """What speaks for a candidate as a row of its own."""
        telling, rate = draft.telling, draft.rate
        noun = self.document.tokens[telling.place]
        pair = [d for d in before if (d.imposer, d.target) == (draft.imposer, draft.target)]
        told_targets = [*telling.targets, *(draft.item.origins if draft.item is not None else ())]
        target = "none" if draft.target is None else _whether(any(p.code == draft.target for p in told_targets))
        named = _whether(any(p.code == draft.imposer for p in telling.imposers))
        state = _state(draft, pair, before)
        kind = _goods(draft)
        rated = "percent" if rate.percent is not None else "none" if rate.empty else "text"
        family = FAMILY[draft.measure]
        countries = self.candidates.countries
        out = [
            "bias",
            f"noun={noun.lemma}",
            f"tag={noun.tag} dep={noun.dep}",
            f"action={draft.action} status={draft.status}",
            f"family={family} goods={kind}",
            f"family={family} measures={len(telling.measures)} imposer={named}",
            f"target={target} imposer={named}",
            f"target={target} goods={kind} own={telling.own_content}",
            f"target={target} rate={rated}",
            f"state={state} goods={kind}",
            f"state={state} action={draft.action}",
            f"state={state} target={target}",
            f"state={state} rate={rated} goods={kind}",
            f"state={state} early={telling.sentence < _EARLY}",
            f"state={state} dated={telling.timing.effective is not None}",
            f"state={state} retaliation={telling.retaliation is not None}",
            f"margin={_margin(draft.imposer_margin, 0.7, 2.0)} {named}",
            f"doubt={_margin(draft.target_margin, 0.5, 1.5)} {target}",
            f"count={bucket(len(before))}",
            f"pairs={min(3, countries.pairs[draft.imposer, draft.target])} target={target}",
            f"votes={min(3, countries.named[draft.imposer])} imposer={named}",
            f"turned={min(2, countries.pairs[draft.target or '', draft.imposer])} target={target}",
        ]
        out += _same_goods(draft, pair, kind, rated)
        for flag in _FLAGS:
            if getattr(telling, flag):
                out += [f"flag={flag}", f"flag={flag} state={state}", f"flag={flag} goods={kind}"]
        for doubt in telling.doubts or ("sure",):
            out += [f"doubts={doubt}", f"doubts={doubt} action={draft.action}", f"doubts={doubt} state={state}"]
        return [*out, *self._words(telling), *_entry(draft, pair, kind)]

    def _words(self, telling: Telling) -> list[str]:
        """The words of a clause and of its sentence that bear on whether it tells a measure."""
        doc = self.document
        act = doc.token_at(telling.action_span.start) or doc.tokens[telling.place]
        auxiliary = next((c.lower for c in doc.children(act, "aux")), "")
        sentence = doc.sentences[telling.sentence]
        words = {t.lower for t in doc.tokens[sentence.first : sentence.last]} & word_set("row_cues")
        return [f"act={act.lemma}", f"tag={act.tag} aux={auxiliary}", *(f"word={w}" for w in sorted(words))]


def _whether(named: bool) -> str:
    return "named" if named else "weighed"


def _margin(value: float, low: float, high: float) -> str:
    return "low" if value < low else "mid" if value < high else "high"


def _state(draft: Draft, pair: Sequence[Draft], before: Sequence[Draft]) -> str:
    """What the article told before of the countries of a candidate."""
    if not before:
        return "new"
    if pair:
        return "pair"
    if any(d.imposer == draft.imposer for d in before):
        return "imposer"
    return "turned" if any(d.target == draft.imposer for d in before) else "others"


def _goods(draft: Draft) -> str:
    if draft.copied:
        return "copied"
    if draft.product is None:
        return "none"
    return "known" if goods.known(draft.product.split()) is not None else "unknown"


def _same_goods(draft: Draft, pair: Sequence[Draft], kind: str, rated: str) -> list[str]:
    """How a candidate stands to the rows of its two countries."""
    key = product_key(draft.product)
    same = [d for d in pair if product_key(d.product) == key]
    other = len(same) < len(pair)
    equal = any(d.rate.percent == draft.rate.percent for d in same) if same else ""
    return [
        f"pair other goods={other} goods={kind} rate={rated}",
        f"same goods={sorted({d.action for d in same})} action={draft.action}",
        f"same rate={equal} {rated}",
    ]


def _entry(draft: Draft, pair: Sequence[Draft], kind: str) -> list[str]:
    """The entry of a list that gave a candidate its goods."""
    if draft.item is None:
        return []
    out = [
        f"counted={draft.item.counted} pair={bool(pair)}",
        f"items={bucket(sum(len(g.items) for g in draft.telling.groups))}",
    ]
    if draft.product is not None:
        words = draft.product.split()
        out += [f"words={min(4, len(words))} {kind}", f"last={goods.singular(words[-1])}"]
    return out


def _merge(kept: Draft, other: Draft) -> None:
    """Adds what another clause says of a row."""
    rate, more = kept.rate, other.rate
    if rate.percent is None and (more.percent is not None or rate.text is None):
        kept.rate = more
    elif rate.before is None and more.before is not None:
        kept.rate = replace(rate, before=more.before, before_text=more.before_text, found_before=more.found_before)
    kept.timing = kept.timing.filled(other.timing)
    kept.retaliation = kept.retaliation or other.retaliation
    if other.measure in SPECIFIC and kept.measure not in SPECIFIC:
        kept.measure = other.measure
        kept.note(measure=because("measure", "more_specific", other.rules.get("measure")))
        kept.evidence["measure"] = list(other.evidence.get("measure", []))
    if kept.action == "threaten" and other.action == "impose":
        kept.action, kept.status = "impose", other.status
        kept.note(action=other.rules.get("action"), status=other.rules.get("status"))
    elif kept.action == other.action and kept.standing and not other.standing:
        kept.status = other.status
        kept.note(status=other.rules.get("status"))
    if kept.telling.in_title and not other.telling.in_title:
        kept.first, kept.last, kept.telling = other.first, other.last, other.telling
    kept.standing = kept.standing and other.standing
    kept.members.extend(other.members)
