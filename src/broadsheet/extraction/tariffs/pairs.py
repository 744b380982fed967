"""Rates listed country by country or company by company, with the measure named once or not at all.

``India will be charged 25%, Taiwan 20% and Switzerland 39%``; ``17 percent for one maker, 19 percent for another``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.items import Item
from broadsheet.extraction.tariffs.lexicon import FAMILY, word_set
from broadsheet.extraction.tariffs.tellings import Group, Rate, Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.extraction.tariffs import rates
    from broadsheet.extraction.tariffs.nouns import NounReader
    from broadsheet.extraction.tariffs.parties import Parties, Party

_FILLERS = word_set("fillers")
_BEHIND = word_set("behind")
_CUES = word_set("cues")
_OTHER_SHARES = word_set("other_shares")
_SAYING = word_set("saying")
_MAX_FILLERS = 7


@dataclass(frozen=True, slots=True)
class _Pair:
    party: Party
    rate: rates.Rate
    first: int
    last: int
    filled: frozenset[str]


class PairReader:
    """Reads such lists in one document."""

    def __init__(
        self, document: Document, parties: Parties, nouns: NounReader, rate_at: Callable[[int], rates.Rate | None]
    ) -> None:
        self.document = document
        self.tokens = document.tokens
        self.parties = parties
        self.nouns = nouns
        self.rate_at = rate_at

    def read(self, sentence: Sentence, told: list[Telling]) -> list[Telling]:
        """Tellings for the pairs of a sentence that ``told`` does not tell yet."""
        tokens = self.document.sentence_tokens(sentence)
        if sum(self.rate_at(t.i) is not None for t in tokens) < 2:
            return []
        lemmas = {t.lemma for t in tokens} | {t.lower for t in tokens}
        if not lemmas & _CUES or lemmas & _OTHER_SHARES:
            return []
        pairs = self._pairs(sentence)
        bearing = any(p.filled & {"face", "faces", "charged", "pay", "pays", "faced", "hit", "slapped"} for p in pairs)
        if len(pairs) < 2 and not bearing:
            return []
        known = {
            (o.code, o.actor_id, g.rate.percent)
            for t in told
            for g in t.groups
            for i in g.items
            for o in (*i.origins, *i.companies)
        }
        beside = next((t for t in told if t.measures and FAMILY[t.measures[0]] == "duty"), None)
        named = (p for t in tokens if (p := self.nouns.read(t)) is not None and p.measures)
        phrase = next(named, None) if beside is None else None
        measures = beside.measures if beside is not None else phrase.measures if phrase is not None else ("tariff",)
        if FAMILY[measures[0]] != "duty":
            return []
        acting = next((t for t in told if t.action == "impose" and t.status and not t.standing), None)
        status = acting.status if acting is not None else ""
        if acting is None:
            status = "announced" if lemmas & {"will", "would", "shall"} else "in_force"
        how = "beside" if beside is not None else "in_sentence" if phrase is not None else "of_rates"
        rules = {
            "measure": because("measure", how, measure=measures[0]),
            "action": because("action", "listed"),
            "status": because("status", "beside" if acting is not None else f"listed_{status}"),
        }
        out = []
        barred = frozenset(p.party.code for p in pairs)
        for pair in pairs:
            if (pair.party.code, pair.party.actor_id, pair.rate.percent) in known:
                continue
            telling = self._telling(pair, sentence, measures, status, tokens, barred)
            telling.note(**rules)
            out.append(telling)
        return out

    def _speaker(self, tokens: tuple[Token, ...]) -> Party | None:
        """The country of who says so."""
        for token in tokens:
            if token.dep == "nsubj" and self.document.head(token).lemma in _SAYING:
                return self.parties.of_phrase(token)
        return None

    def _pairs(self, sentence: Sentence) -> list[_Pair]:
        """Each rate with the party right before it, or behind it where ``for``, ``on`` or ``from`` joins them."""
        out: list[_Pair] = []
        i = sentence.first
        floor = sentence.first
        while i < sentence.last:
            rate = self.rate_at(i)
            if rate is None or rate.points:
                i += 1
                continue
            end = i
            while end < sentence.last and self.rate_at(end) is rate:
                end += 1
            pair = self._behind(rate, i, end, sentence.last) or self._before(rate, i, floor, end)
            if pair is not None:
                out.append(pair)
                floor = max(end, pair.last)
            i = end
        return out

    def _behind(self, rate: rates.Rate, start: int, end: int, stop: int) -> _Pair | None:
        k = end
        if k >= stop or self.tokens[k].lower not in ("for", "on", "from", "against"):
            return None
        while k < stop and k - end < 5 and self.tokens[k].lower in _BEHIND:
            k += 1
        party = self.parties.named(k) if k < stop else None
        if party is None or party.form in ("person", "adjective") or self._modifies(party):
            return None
        return _Pair(party, rate, start, party.last, frozenset({"for"}))

    def _before(self, rate: rates.Rate, start: int, floor: int, end: int) -> _Pair | None:
        filled: set[str] = set()
        for k in range(start - 1, max(floor, start - _MAX_FILLERS) - 1, -1):
            party = self.parties.named(k)
            if party is not None:
                if party.form in ("person", "adjective") or party.last != k + 1:
                    return None
                return _Pair(party, rate, party.first, end, frozenset(filled))
            word = self.tokens[k].lower
            if word not in _FILLERS or (word == "and" and not filled):
                return None
            filled.add(word)
        return None

    def _modifies(self, party: Party) -> bool:
        """Whether the country only modifies the noun behind it (on China trade)."""
        following = self.tokens[party.last] if party.last < len(self.tokens) else None
        return following is not None and following.tag in ("NN", "NNS", "POS")

    def _telling(
        self,
        pair: _Pair,
        sentence: Sentence,
        measures: tuple[str, ...],
        status: str,
        tokens: tuple[Token, ...],
        barred: frozenset[str],
    ) -> Telling:
        company = pair.party.form == "body"
        item = Item(
            None, pair.party.first, pair.party.last, () if company else (pair.party,), (pair.party,) if company else ()
        )
        number = pair.rate.number
        rate = Rate(pair.rate.percent, None, pair.rate.high, pair.rate.approximation, number, found="listed")
        extra = next((t for t in tokens if t.lower in ("additional", "extra") and t.i < pair.last), None)
        if extra is not None:
            rate.additional = extra.span
        cue = next((t.span for t in tokens if t.lemma in _CUES), number)
        return Telling(
            place=pair.first,
            sentence=sentence.index,
            paragraph=sentence.paragraph,
            measures=measures,
            action="impose",
            status=status,
            action_span=cue,
            status_span=cue,
            measure_span=cue,
            first=pair.first,
            last=pair.last,
            groups=[Group([item], rate)],
            rate=rate,
            definite=True,
            barred=barred,
            speaker=self._speaker(tokens),
            in_title=self.document.in_title(tokens[0]),
        )
