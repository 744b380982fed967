"""What speaks for each country of an article as the one that imposes a measure, or as the one whose goods it is on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import FAMILY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.tellings import Telling

_STEPS = ((2, "2"), (5, "5"), (10, "10"), (20, "20"))
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_INSIDE = frozenset({"compound", "amod", "poss", "nmod", "appos", "conj"})
_LINKS = frozenset({"IN", "POS", "TO"})
_FEW = 2
_RECENT = 12
"""Rows before a clause in which a country is looked for."""


def bucket(n: int) -> str:
    """A number of words, sentences or rows, roughly."""
    return next((name for most, name in _STEPS if n <= most), "far")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a country is named, with the grammatical function of the name or the preposition that leads to it."""

    party: Party
    sentence: int
    paragraph: int
    function: str


class Countries:
    """The countries of one document, wherever they are named.

    Attributes:
        named: How often the clauses of the article name each country as imposer.
        pairs: How often they name each imposer together with each target.
    """

    def __init__(self, document: Document, parties: Parties) -> None:
        self.document = document
        self.parties = parties
        self.named: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str | None]] = Counter()

    def count(self, tellings: Sequence[Telling]) -> None:
        """Counts the imposers and targets that the clauses of the article name."""
        for telling in tellings:
            imposers = {p.code for p in telling.imposers if p.form != "body"}
            targets = _targets(telling)
            self.named.update(imposers)
            self.pairs.update((i, t) for i in imposers for t in targets - {i})

    @cached_property
    def places(self) -> list[Place]:
        """Every naming of a country, in reading order."""
        out = []
        i, tokens = 0, self.document.tokens
        while i < len(tokens):
            party = self.parties.at(i)
            if party is None or not party.code:
                i += 1
                continue
            token = tokens[party.last - 1]
            out.append(Place(party, token.sentence, token.paragraph, self._function(token)))
            i = max(i + 1, party.last)
        return out

    @cached_property
    def starts(self) -> list[int]:
        """First tokens of all namings."""
        return [p.party.first for p in self.places]

    @cached_property
    def by_code(self) -> dict[str, list[Place]]:
        """The namings of each country, in the order of their first."""
        out: dict[str, list[Place]] = {}
        for place in self.places:
            out.setdefault(place.party.code, []).append(place)
        return out

    @cached_property
    def starts_of(self) -> dict[str, list[int]]:
        """First tokens of the namings of each country."""
        return {code: [p.party.first for p in places] for code, places in self.by_code.items()}

    @cached_property
    def rank(self) -> dict[str, int]:
        """Place of each country by how often it is named, companies and ministries aside; 3 for the fourth and on."""
        counts = {code: sum(p.party.form != "body" for p in places) for code, places in self.by_code.items()}
        return {c: min(k, 3) for k, c in enumerate(sorted(counts, key=lambda c: (-counts[c], c)))}

    def _function(self, token: Token) -> str:
        """Grammatical function of a name, through the nouns that it modifies; the preposition where one leads to it."""
        doc = self.document
        path = ""
        for _ in range(3):
            if token.dep not in _INSIDE or token.head == token.i:
                break
            path = path or token.dep
            token = doc.head(token)
        dep = "subj" if token.dep in _SUBJECTS else doc.head(token).lower if token.dep == "pobj" else token.dep
        return f"{path}>{dep}" if path else dep

    def nearest(self, code: str, place: int) -> Party:
        """The naming of a country that is nearest to a token, those before it first."""
        named = [p.party for p in self.by_code[code]]
        before = [p for p in named if p.first <= place]
        return before[-1] if before else named[0]

    def around(self, telling: Telling, code: str) -> list[str]:
        """Where a country is named as seen from a measure."""
        places = self.by_code.get(code, [])
        rank = self.rank.get(code, 3)
        out = [f"rank={rank}"]
        if len(self.by_code) <= _FEW:
            out.append(f"of{len(self.by_code)} rank={rank}")
        at = bisect_left(self.starts_of.get(code, ()), telling.place)
        before = places[at - 1] if at else None
        after = places[at] if at < len(places) and places[at].sentence == telling.sentence else None
        if before is not None:
            out += self._before(telling, before)
        if after is not None:
            distance = bucket(after.party.first - telling.place)
            out += [f"after {after.function}", f"after {after.party.form} {distance}"]
            out.append(f"after inside={after.party.first < telling.last}")
        elif before is None or before.sentence != telling.sentence:
            out.append("elsewhere")
        if places and self.document.has_title and places[0].paragraph == 0:
            out.append("title " + places[0].function.split(">")[-1])
        return out

    def _before(self, telling: Telling, place: Place) -> list[str]:
        """How the last naming before a measure stands to it."""
        if place.sentence != telling.sentence:
            back = telling.sentence - place.sentence
            out = [f"back={bucket(back)} same={place.paragraph == telling.paragraph}"]
            return [*out, f"previous {place.function}"] if back == 1 else out
        following = bisect_right(self.starts, place.party.first)
        alone = following >= len(self.starts) or self.starts[following] >= telling.place
        between = self.document.tokens[place.party.last : telling.place]
        out = [
            f"before {place.function}",
            f"before {place.party.form} {bucket(telling.place - place.party.last)}",
            f"before alone={alone}",
        ]
        if len(between) <= _FEW:
            out.append("before next " + " ".join(t.lower if t.tag in _LINKS else t.pos for t in between))
        return out

    def imposer_features(self, telling: Telling, code: str, drafts: Sequence[Draft]) -> list[str]:
        """What speaks for a country as the imposer of a measure."""
        named = [p for p in telling.imposers if p.code == code]
        targets = _targets(telling) | telling.barred
        state = "named" if telling.imposers else "unnamed" if telling.unnamed_imposer else "none"
        out = self.around(telling, code)
        if telling.speaker is not None:
            out.append(f"speaker={telling.speaker.code == code}")
        votes = self.named[code]
        rival = max((n for c, n in self.named.items() if c != code), default=0)
        out += [f"votes={min(3, votes)} most={votes >= rival}", f"lead={bucket(votes - rival)} {votes > rival}"]
        if targets:
            pair = max(self.pairs[code, t] for t in targets)
            out.append(f"pair={min(2, pair)} turned={min(2, max(self.pairs[t, code] for t in targets))}")
        out += self._last_row(telling, code, targets, drafts)
        out = [f"{state}: {f}" for f in out]
        out.append(f"target={code in targets} {state} else={bool(targets - {code})}")
        if named:
            out += [f"named role={named[0].role}", f"named form={named[0].form}", "named"]
        return out

    def _last_row(self, telling: Telling, code: str, targets: set[str], drafts: Sequence[Draft]) -> list[str]:
        """What the last row that a country is in says of it."""
        family = FAMILY[telling.measures[0]] if telling.measures else ""
        for k, draft in enumerate(reversed(drafts[-_RECENT:])):
            if code not in (draft.imposer, draft.target):
                continue
            role = "imposer" if draft.imposer == code else "target"
            same = str(FAMILY[draft.measure] == family) if family else ""
            back = bucket(telling.sentence - draft.telling.sentence)
            out = [f"last {role} {back}", f"last {role} first={k == 0} {same}"]
            return [*out, f"last {role} of pair"] if {draft.target, draft.imposer} & targets else out
        return [f"no record any={bool(drafts)}"]

    def target_features(
        self, telling: Telling, item: Item | None, code: str, imposer: str, drafts: Sequence[Draft]
    ) -> list[str]:
        """What speaks for a country as the one whose goods an entry of a measure is on."""
        origins = item.origins if item is not None else ()
        told = next((p for p in (*origins, *telling.targets) if p.code == code), None)
        others = {o.code for g in telling.groups for i in g.items for o in i.origins}
        kind = "origin" if origins else "general" if telling.targets else "others" if others else "none"
        everyone = telling.everyone or (item is not None and item.everyone)
        product = item is not None and item.product is not None
        answer = telling.retaliation is not None
        out = self.around(telling, code)
        pair = self.pairs[imposer, code]
        most = max((n for (i, _), n in self.pairs.items() if i == imposer), default=0)
        out += [
            f"pair={min(3, pair)} most={pair == most}",
            f"pair={min(2, pair)} product={product}",
            f"pair={min(2, pair)} definite={telling.definite}",
            f"turned={min(2, self.pairs[code, imposer])} retaliation={answer}",
            f"bias product={product}",
            f"bias action={telling.action} definite={telling.definite}",
            f"imposer here={any(p.sentence == telling.sentence for p in self.by_code.get(imposer, []))}",
        ]
        out += ["exports"] if telling.exports else []
        out += ["retaliation"] if answer else []
        if any(d.target == imposer and d.imposer == code for d in drafts):
            out += ["imposed on the imposer", f"imposed on it retaliation={answer}"]
        out += self._rows_of_imposer(telling, code, product, [d for d in drafts if d.imposer == imposer])
        state = f"{kind}{'*' if everyone else ''}"
        out = [f"{state}: {f}" for f in out]
        if told is not None:
            out += ["told", f"told {telling.action}", f"told {told.form} {told.role}"]
        elif code in others:
            out.append("told of another entry")
        return ["bias", *out]

    def _rows_of_imposer(self, telling: Telling, code: str, product: bool, mine: Sequence[Draft]) -> list[str]:
        """What the rows that the imposer already has say of a country as its target."""
        if not mine:
            return ["first of imposer"]
        last = mine[-1]
        same = last.target == code
        return [
            f"last={same} null={last.target is None} {bucket(telling.sentence - last.telling.sentence)}",
            f"last={same} goods={product == (last.product is not None)} definite={telling.definite}",
            f"last={same} {telling.action} own={telling.own_content}",
            f"ever={any(d.target == code for d in mine)} only={len({d.target for d in mine}) == 1}",
        ]


def _targets(telling: Telling) -> set[str]:
    """The countries that a clause names as those whose goods a measure is on."""
    return {p.code for p in telling.targets} | {o.code for g in telling.groups for i in g.items for o in i.origins}
