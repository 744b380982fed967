"""Who pays which of the rates of one duty, told company by company: ``A was handed 31.9 percent, B 18.4 percent``.

The measure stands in a sentence before. A rate goes to the company, or to the rest of the companies, that its part of
the sentence opens with; later parts leave their verb out. The company can also stand behind the rate (14.7 percent
to A of Turkey).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.grounds import because
from broadsheet.extraction.tariffs.items import Item, is_trader
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.extraction.tariffs.parties import Party
from broadsheet.extraction.tariffs.tellings import Group, Rate, Telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadsheet.analysis.document import Document, Sentence
    from broadsheet.extraction.tariffs import rates
    from broadsheet.extraction.tariffs.parties import Parties

_BEARING = word_set("bearing")
"""Verbs by which a company comes to a rate, in lower case as printed."""
_ON_THE_WAY = word_set("before_own_rate")
"""Words between such a verb and the rate, or in its place."""
_JOINERS = frozenset({",", ";", "and", "while", "but", "with", "or", "whereas"})
_REST = frozenset({"other", "others", "remaining", "rest", "everyone", "everybody", "else", "all", "cooperating"})
_ALONE = frozenset({"others", "rest", "everyone", "everybody", "remainder"})
"""Nouns for the rest that stand alone."""
_MADE_BY = frozenset({"from", "of", "by"})
_TO = frozenset({"for", "to", "on", "against"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM"})
_MAX_NAME = 8
_MAX_ASIDE = 16
_MAX_GOODS = 6


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who bears a rate: its company (``None`` for those that are not named), its country, its tokens."""

    party: Party
    origins: tuple[Party, ...]
    first: int
    last: int


class BearerReader:
    """Reads such lists in one document."""

    def __init__(self, document: Document, parties: Parties, rate_at: Callable[[int], rates.Rate | None]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.parties = parties
        self.rate_at = rate_at

    def read(self, sentence: Sentence, told: list[Telling]) -> list[Telling]:
        """A telling for each rate of a sentence that a company bears and ``told`` does not tell yet."""
        words = {t.lower for t in self.tokens[sentence.first : sentence.last]}
        if not words & _BEARING:
            return []
        groups = [g for t in told for g in t.groups if any(i.companies for i in g.items)]
        used = {g.rate.text.start for g in groups if g.rate.text is not None}
        out: list[Telling] = []
        floor = sentence.first
        for rate, first, last in self._rates(sentence):
            found = self._behind(last, sentence.last) or self._before(floor, first, joined=bool(out))
            floor = last if found is None else max(last, found.last)
            if found is None or rate.points or rate.number.start in used:
                continue
            out.append(self._telling(found, rate, first, last, sentence))
        return out

    def _rates(self, sentence: Sentence) -> Iterator[tuple[rates.Rate, int, int]]:
        """The rates of a sentence, each with its first token and that behind it."""
        i = sentence.first
        while i < sentence.last:
            rate = self.rate_at(i)
            if rate is None:
                i += 1
                continue
            end = i
            while end < sentence.last and self.rate_at(end) is rate:
                end += 1
            yield rate, i, end
            i = end

    def _behind(self, i: int, stop: int) -> _Bearer | None:
        """``33 pct to A of Brazil``, ``9.5 pct for all other makers``."""
        if i >= stop or self.tokens[i].lower not in _TO:
            return None
        owner = self._opens(i + 1, stop)
        if owner is not None:
            # "to Turkey's other big mill, A"
            comma = next((k for k in range(i + 1, min(stop, i + 9)) if self.tokens[k].lower == ","), None)
            named = self._company(comma + 1, stop) if comma is not None else None
            if named is not None:
                return _Bearer(named.party, named.origins or (owner,), owner.first, named.last)
        return self._bearer(i + 1, stop)

    def _opens(self, i: int, stop: int) -> Party | None:
        """The country whose possessive opens a phrase."""
        party = self.parties.at(i) if i < stop else None
        if party is None or party.form == "person" or party.last >= stop:
            return None
        return party if self.tokens[party.last].tag == "POS" else None

    def _before(self, floor: int, stop: int, *, joined: bool) -> _Bearer | None:
        """The bearer that a part of the sentence opens with, where nothing but its verb leads on to the rate."""
        i = floor
        while i < stop and self.tokens[i].lower in _JOINERS:
            i += 1
        for start in self._starts(i, stop):
            found = self._bearer(start, stop)
            if found is not None and self._leads_on(found.last, stop, joined=joined):
                return found
        return None

    def _starts(self, i: int, stop: int) -> Iterator[int]:
        """Places where a bearer can begin: the part's first word, or that behind ``while`` or a comma within it."""
        yield i
        for k in range(i + 1, stop):
            if self.tokens[k - 1].lower in ("while", "and", "but") or self.tokens[k - 1].lower in (",", ";"):
                yield k

    def _bearer(self, i: int, stop: int) -> _Bearer | None:
        """The company or the rest of them named from ``i`` on, goods before it included (tubes made by A)."""
        rest = self._rest(i, stop)
        if rest is not None:
            return rest
        return self._maker(i, stop) or self._company(i, stop)

    def _maker(self, i: int, stop: int) -> _Bearer | None:
        """Who made the goods named from ``i`` on (tubes made by A, those from B)."""
        for k in range(i, min(stop, i + _MAX_GOODS)):
            token = self.tokens[k]
            if token.lower in _MADE_BY:
                inner = self._rest(k + 1, stop) or self._company(k + 1, stop)
                return None if inner is None else _Bearer(inner.party, inner.origins, i, inner.last)
            if token.pos not in _NOMINAL and token.tag not in ("VBN", "VBD", "HYPH"):
                return None
        return None

    def _company(self, i: int, stop: int) -> _Bearer | None:
        """A company, with the country behind it (A of Brazil) or before it."""
        company = self.parties.company(i, min(stop, i + _MAX_NAME))
        opens = company is not None and company.first == self.document.sentence_of(self.tokens[i]).first
        if company is None or (opens and company.last - company.first == 1 and company.actor_id is None):
            # a capital at the head of a sentence makes no name
            return None
        if company.actor_id is None and self.tokens[company.first].ent in ("DATE", "TIME"):
            # a premium of 38 percent to Thursday's price
            return None
        last = company.last
        origins = [p for k in range(i, company.first) if (p := self.parties.at(k)) is not None and p.form != "person"]
        if last + 1 < stop and self.tokens[last].lower in ("of", "from"):
            country = self.parties.at(last + 1)
            if country is not None and country.form == "name":
                origins.append(country)
                last = country.last
        return _Bearer(company, tuple(origins[:1]), company.first, last)

    def _rest(self, i: int, stop: int) -> _Bearer | None:
        """``the rest``, ``all other Turkish producers``, ``everyone else``, ``companies that did not cooperate``."""
        origins: list[Party] = []
        others = False
        for k in range(i, min(stop, i + _MAX_NAME)):
            token = self.tokens[k]
            party = self.parties.at(k)
            if party is not None and party.form == "adjective":
                origins.append(party)
                continue
            others = others or token.lower in _REST
            trader = is_trader(goods.singular(token.lower)) and token.tag in ("NNS", "NN")
            if token.lower in _ALONE or (others and trader):
                last = k + 1
                if last < stop and self.tokens[last].lower == "else":
                    last += 1
                last = self._relative(last, stop)
                return _Bearer(Party("", "body", i, k + 1), tuple(origins[:1]), i, last)
            if token.tag not in ("DT", "PDT", "CD", "JJ", "VBG", "VBN", "HYPH", "NN", "NNS", "RB"):
                return None
        return None

    def _relative(self, i: int, stop: int) -> int:
        """Place behind a relative clause that only says which companies (that cooperated, not named)."""
        if i >= stop or self.tokens[i].lower not in ("that", "which", "who"):
            return i
        for k in range(i + 1, min(stop, i + _MAX_ASIDE)):
            token = self.tokens[k]
            finite = token.tag in ("MD", "VBP", "VBZ", "VBD") and token.lower in _ON_THE_WAY | _BEARING
            if finite and k > i + 1 and self.tokens[k - 1].tag not in ("WDT", "MD", "RB"):
                return k
        return i

    def _leads_on(self, i: int, stop: int, *, joined: bool) -> bool:
        """Whether the words from a bearer to its rate are a verb of bearing, or nothing where a part before had one."""
        if i < stop and self.tokens[i].lower in (",", "(", "—", "–") and i + 1 < stop:
            closing = ")" if self.tokens[i].lower == "(" else self.tokens[i].lower
            aside = next(
                (k for k in range(min(stop, i + 1 + _MAX_ASIDE) - 1, i, -1) if self.tokens[k].lower == closing), None
            )
            if aside is not None:
                i = aside + 1
        verb = joined
        for token in self.tokens[i:stop]:
            if token.lower in _BEARING:
                verb = True
            elif token.lower not in _ON_THE_WAY:
                return False
        return verb

    def _telling(self, bearer: _Bearer, read: rates.Rate, first: int, last: int, sentence: Sentence) -> Telling:
        item = Item(None, bearer.party.first, bearer.party.last, bearer.origins, (bearer.party,))
        approximation = read.approximation if read.percent is not None else None
        rate = Rate(read.percent, None, read.high, approximation, read.number, found="borne")
        span = self.document.span(first, last)
        return Telling(
            place=first, sentence=sentence.index, paragraph=sentence.paragraph, measures=(), action="impose",
            status="in_force", action_span=span, status_span=span, measure_span=span,
            first=min(bearer.first, first), last=max(bearer.last, last), groups=[Group([item], rate)],
            rate=rate, definite=True, recall=True, individual=True,
            in_title=self.document.in_title(self.tokens[first]),
            rules={"action": because("action", "borne", word=span), "status": because("status", "of_duty")},
        )  # fmt: skip
