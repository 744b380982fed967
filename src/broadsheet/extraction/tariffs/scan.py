"""Reads what stands behind a measure: goods, countries, rates, who imposes it, what it answers.

One pass from word to word. A word that opens a part of the clause (a preposition, a rate, a relative pronoun) is handed
to the method for it; words between parts are passed over up to a limit; a word that opens another clause ends the pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.items import Item
from broadsheet.extraction.tariffs.lexicon import actions, word_set
from broadsheet.extraction.tariffs.parties import Party
from broadsheet.extraction.tariffs.tellings import Group, Rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs import rates
    from broadsheet.extraction.tariffs.items import Listing
    from broadsheet.extraction.tariffs.lists import GoodsReader
    from broadsheet.extraction.tariffs.parties import Parties

MAX_GAP = 6
"""Words between two parts of a clause that are passed over."""

MAX_ASIDE = 20
"""Words between two dashes that are passed over."""

MAX_HOP = 14
"""Words between a measure and the verb that it is the subject of."""

_REASONS = word_set("reasons")
"""Nouns behind ``on`` or ``for`` that are no goods."""

_ANSWERS = word_set("answers")
_EXCHANGE = frozenset({"exchange", "return"})
_MANNER = frozenset({"apparent", "direct", "swift", "immediate"})
_PLACING = word_set("placing_scan")
"""Participles behind a measure that lead on to its goods."""

_BEFORE_ANSWER = _ANSWERS | _EXCHANGE | _MANNER
_PASSED_TAGS = frozenset({"RB", "RBR", ",", "``", "''", "MD", "-LRB-", "-RRB-", "PRP", "EX"})
_PASSED = word_set("passed")
_STOPPERS = word_set("stoppers")
_MEASURING = word_set("measuring")
"""Verbs behind a measure that lead on to its rate."""

_STANDING = word_set("standing")
_CLAUSE_TAGS = frozenset({"VB", "VBD", "VBZ", "VBP", "VBG", "MD", "PRP", "NNP", "DT", "PRP$"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "VB", "VBN", "VBG"})
_ON = frozenset({"on", "upon", "against", "over", "onto"})
_ON_OR_FOR = _ON | {"for"}
_BEFORE_LISTED_RATE = word_set("before_listed_rate")
_RATE_NOUNS = word_set("rate_nouns")
_BEFORE_RATE = word_set("before_rate")
_AMOUNTING = word_set("amounting")
_ROLES = frozenset({"to", "from", "by", "of", "at"})
_TITLES = word_set("titles")
_NAME_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "POS"})
_TRADER_TAGS = frozenset({"DT", "JJ", "HYPH", "NN", "NNS", "VBG", "VBN", "AFX"})
_TRADE_VERBS = {"sell": "export", "export": "export", "ship": "export", "supply": "export", "import": "import"}
_PERIODS = frozenset({"day", "days", "week", "weeks", "month", "months", "year", "years"})
_POSSESSIVE = frozenset({"'s", "’s"})


def _only_units(listing: Listing) -> bool:
    """Whether a list names nothing but a quantity."""
    products = [i.product for i in listing.items if i.product is not None]
    unit = word_set("unit") | _PERIODS
    return bool(products) and all(goods.singular(w) in unit or w in unit for p in products for w in p.split())


@dataclass(slots=True)
class Found:
    """What a pass gathers.

    Attributes:
        groups: Goods with the rates listed for them.
        rates: Rates of the measure as a whole, each with the word that joins it: ``of`` ``at`` ``to`` ``from`` ``by``
            or ``list``.
        behind: How many groups each of these rates stands behind.
        imposers: Countries behind ``by``.
        sources: Countries behind ``from`` where no goods stand before.
        destinations: Countries that the goods go to.
        flow: The word that says whether goods are imported or exported.
        retaliation: The words that call the measure an answer.
        provoked_by: Token behind those words.
        unnamed_traders: Whether it is the rate of companies that are not named.
        last: Behind the last token that belongs to the clause.
    """

    groups: list[Group] = field(default_factory=list)
    rates: list[tuple[str, rates.Rate]] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)
    imposers: list[Party] = field(default_factory=list)
    sources: list[Party] = field(default_factory=list)
    destinations: list[Party] = field(default_factory=list)
    flow: str = ""
    retaliation: Span | None = None
    provoked_by: int | None = None
    unnamed_traders: bool = False
    last: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """How to read behind one measure.

    Attributes:
        start: Where to begin.
        stop: End of the sentence or the next measure.
        quota: Whether ``of`` brings the goods (a quota of 500 tonnes of beef).
        loose_of: Whether ``of`` without an amount does (a ban of imports).
        licence: Whether an infinitive tells what it is needed for (a licence to export cars).
        hop: The verb whose subject the measure is; what stands between is passed over.
        relative: The verb of a relative clause on the measure, whose own words are passed over.
        applied: Whether its verb takes the goods with ``to`` (apply a duty to cars).
    """

    start: int
    stop: int
    quota: bool
    loose_of: bool
    applied: bool
    licence: bool
    hop: Token | None
    relative: Token | None


class Scanner:
    """Reads the words behind measures of one document."""

    def __init__(
        self,
        document: Document,
        parties: Parties,
        reader: GoodsReader,
        rate_at: Callable[[int], rates.Rate | None],
        date_at: Callable[[int], int | None],
    ) -> None:
        self.document = document
        self.parties = parties
        self.reader = reader
        self.rate_at = rate_at
        self.date_at = date_at

    def scan(self, course: Course) -> Found:
        """What the words behind a measure say of it."""
        return _Pass(self, course).run()


class _Pass:
    """The state of one pass."""

    def __init__(self, scanner: Scanner, course: Course) -> None:
        self.scanner = scanner
        self.course = course
        self.document = scanner.document
        self.tokens = scanner.document.tokens
        self.parties = scanner.parties
        self.reader = scanner.reader
        self.rate_at = scanner.rate_at
        self.out = Found(last=course.start)
        self.gap = 0
        self.pending: rates.Rate | None = None
        """A rate that belongs to the goods behind it."""

    def run(self) -> Found:
        i: int | None = self.course.start
        while i is not None and i < self.course.stop and self.gap <= MAX_GAP:
            i = self.step(i)
        return self.out

    def low(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < self.course.stop else ""

    def reach(self, end: int) -> int:
        """Takes everything before ``end`` into the clause."""
        self.out.last = end
        self.gap = 0
        return end

    def step(self, i: int) -> int | None:
        """Reads the token at ``i``; where to go on, or ``None`` where the clause ends."""
        if self.rate_at(i) is not None:
            return self.rate(i)
        date = self.scanner.date_at(i)
        if date is not None:
            return max(date, i + 1)
        lower = self.low(i)
        match lower:
            case "on" | "upon" | "against" | "over" | "onto" | "for":
                return self.goods(i)
            case "in" if self.low(i + 1) in _BEFORE_ANSWER:
                self.answer(i)
                return None
            case "of":
                return self.of(i)
            case "from":
                return self.origin(i)
            case "by":
                return self.agent(i)
            case "with" if self.out.flow == "trade" and self.out.groups:
                # "an embargo on trade with Cuba"
                return self.origin(i)
        if lower == "to" and self.tokens[i].tag in ("IN", "TO"):
            moved, place = self.to(i)
            if moved:
                return place
        return self.between(i)

    # ------------------------------------------------------------------ parts of a clause
    def rate(self, i: int) -> int:
        """A rate: of the measure, or of the goods that follow it."""
        rate = self.rate_at(i)
        assert rate is not None
        end = i
        while end < len(self.tokens) and self.rate_at(end) is rate:
            end += 1
        role = self.role(i)
        if self.low(end) in _RATE_NOUNS and self.low(end + 1) in _ON_OR_FOR:
            end += 1
        before = self.tokens[i - 1].lower
        if role == "other":
            return self.reach(end)
        lasting = self.low(end) == "for" and any(self.low(k) in _PERIODS for k in range(end + 2, end + 4))
        dated = lasting or any(k < self.course.stop and self.scanner.date_at(k) is not None for k in (end, end + 1))
        if self.low(end) in _ON_OR_FOR and before in _BEFORE_LISTED_RATE and not dated:
            self.pending = rate
            if not self.out.groups:
                self.note(role, rate)
        elif role != "list" or not self.out.groups or before in ("(", "now", "currently", "presently"):
            self.note(role, rate)
        return self.reach(end)

    def note(self, role: str, rate: rates.Rate) -> None:
        """Takes a rate of the measure."""
        self.out.rates.append((role, rate))
        self.out.behind.append(len(self.out.groups))

    def role(self, i: int) -> str:
        """How a rate at ``i`` is joined to what stands before it."""
        k = i - 1
        while k >= self.course.start and (self.tokens[k].lower in _BEFORE_RATE or self.tokens[k].tag == "RB"):
            k -= 1
        lower = self.tokens[k].lower if k >= self.course.start - 1 else ""
        if lower in _ROLES:
            return lower
        if lower in (":", "(") and self.tokens[k - 1].pos == "PROPN":
            # "Chile (30%), Peru (10%)": of one of several
            return "other"
        return "at" if lower in _AMOUNTING else "list"

    def goods(self, i: int) -> int | None:
        """Goods or countries behind ``on``, ``for`` or ``against``."""
        lower = self.low(i)
        if lower == "on" and self.low(i + 1) == "top":
            return None
        if lower in _ON and self.low(i + 1) in ("them", "it") and (party := self.meant(i)) is not None:
            self.out.groups.append(Group([Item(None, i + 1, i + 2, (party,))]))
            return self.reach(i + 2)
        if lower in _ON_OR_FOR and self.low(i + 1) in ("them", "it"):
            self.out.groups.append(Group([Item(None, i + 1, i + 2, counted=True, pronoun=True)]))
            return self.reach(i + 2)
        if i + 1 < self.course.stop and self.tokens[i + 1].lemma == "include":
            return self.stranded(i)
        if lower == "for" and self.low(i + 1) == "the" and self.low(i + 2) in ("first", "last", "next"):
            # "for the first 500 cars a year"
            self.gap += 1
            return i + 3
        if lower == "for" and self.unnamed_traders(i):
            self.out.unnamed_traders = True
            return None
        own = self.pending
        maker = self.parties.company(i + 1, self.course.stop) if lower == "for" and own is not None else None
        if own is not None and maker is not None:
            self.pending = None
            item = Item(None, maker.first, maker.last, (), (maker,))
            rate = Rate(own.percent, None, own.high, own.approximation, own.number, found="of_goods")
            self.out.groups.append(Group([item], rate))
            return self.reach(maker.last)
        listing = self.reader.read(i + 1, self.course.stop)
        if listing is not None and self.acceptable(listing, lower):
            self.take(listing, self.pending)
            self.pending = None
            return self.reach(listing.end)
        self.gap += 1
        return i + 1

    def unnamed_traders(self, i: int) -> bool:
        """Whether what follows is makers or sellers without a name or country (the duty for other companies)."""
        for k in range(i + 1, min(self.course.stop, i + 7)):
            token = self.tokens[k]
            if token.lemma in word_set("trader"):
                return True
            if self.parties.named(k) is not None or token.tag not in _TRADER_TAGS:
                return False
        return False

    def stranded(self, i: int) -> int:
        """``the American goods that it put duties on include wine``: goods behind the verb, their country before."""
        listing = self.reader.read(i + 2, self.course.stop)
        if listing is None:
            return i + 1
        party = self.meant(i)
        if party is not None:
            listing.items = [g if g.origins else replace(g, origins=(party,)) for g in listing.items]
        self.take(listing, None)
        return self.reach(listing.end)

    def of(self, i: int) -> int:
        """Goods behind ``of``, where the measure takes them so; else a rate or a quantity follows."""
        if self.course.quota or self.course.loose_of:
            listing = self.reader.read(i + 1, self.course.stop)
            if listing is not None and self.course.quota and _only_units(listing):
                # "a quota of 500 tonnes for beef"
                return self.reach(listing.end)
            if listing is not None and (self.course.quota or self.acceptable(listing, "of")):
                self.take(listing, None)
                return self.reach(listing.end)
        return i + 1

    def origin(self, i: int) -> int:
        """Countries behind ``from``: whose goods they are or, where no goods stand before, who imposes."""
        listed, end = self.countries(i + 1)
        if not listed:
            return i + 1
        if self.out.groups:
            group = self.out.groups[-1]
            group.items = [g if g.origins else replace(g, origins=tuple(listed)) for g in group.items]
        else:
            self.out.sources.extend(listed)
        return self.reach(end)

    def agent(self, i: int) -> int:
        """Who imposes, behind ``by``."""
        listed, end = self.countries(i + 1, persons=True)
        if listed:
            self.out.imposers.extend(listed)
            return self.reach(end)
        self.gap += 1
        return i + 1

    def answer(self, i: int) -> None:
        """``in retaliation``: what follows is another measure; ``in exchange`` ends the clause too."""
        at = i + 1 if self.low(i + 1) in _ANSWERS | _EXCHANGE else i + 2
        if self.low(at) in _ANSWERS:
            self.out.retaliation = self.document.span(i, at + 1)
            self.out.provoked_by = at + 1
            self.out.last = max(self.out.last, at + 1)

    def to(self, i: int) -> tuple[bool, int | None]:
        """``to``: goods that it applies to, a destination, a purpose; whether it is one of them, and where to go on."""
        hop, relative = self.course.hop, self.course.relative
        applied = self.course.applied and (hop is None or i == hop.i + 1)
        if applied and not self.out.groups:
            listing = self.reader.read(i + 1, self.course.stop)
            if listing is not None and (hop is not None or self.acceptable(listing, "for")):
                self.take(listing, None)
                return True, self.reach(listing.end)
        if self.rate_at(i + 1) is not None:
            return False, None
        if self.out.flow == "export":
            listed, end = self.countries(i + 1)
            if listed:
                self.out.destinations.extend(listed)
                return True, self.reach(end)
        following = self.tokens[i + 1] if i + 1 < self.course.stop else None
        if self.tokens[i].tag == "TO" and following is not None and following.tag == "VB":
            if relative is not None and i == relative.i + 1 and following.lemma in actions("object"):
                # "which they plan to impose on"
                self.gap = 0
                return True, i + 2
            if self.course.licence and following.lower in _TRADE_VERBS:
                listing = self.reader.read(i + 2, self.course.stop)
                if listing is not None and listing.items:
                    self.take(listing, None)
                    self.out.flow = _TRADE_VERBS[following.lower]
                    return True, self.reach(listing.end)
            if following.lower == "retaliate":
                self.out.retaliation = following.span
            return True, None
        return True, i + 1

    # ------------------------------------------------------------------ words between the parts
    def between(self, i: int) -> int | None:
        """A word that is no part itself: passed over, or the end of the clause."""
        token = self.tokens[i]
        lower = token.lower
        hop = self.course.hop
        if hop is not None and i <= hop.i:
            if i == hop.i:
                self.gap = 0
            return i + 1 if hop.i - i <= MAX_HOP else None
        if lower in ("(", "—", "–", "-", ":", "--"):
            return self.mark(i)
        if lower in _STOPPERS:
            return i + 1 if lower == "while" and self.rate_near(i) else None
        if lower in ("that", "which") or token.tag in ("WDT", "WP"):
            return self.pronoun(i)
        if lower in ("and", ",") and self.low(i - 1) == ")" and self.out.groups and self.rate_near(i, 8):
            # a list in which a rate in brackets stands behind each good
            listing = self.reader.read(i + 2 if self.low(i + 1) == "and" else i + 1, self.course.stop)
            if listing is not None and listing.items and self.low(listing.end) == "(" and self.rate_near(listing.end):
                self.take(listing, None)
                return self.reach(listing.end)
        if lower in ("and", "or") and not self.rate_near(i, 3):
            if i + 1 < self.course.stop and self.tokens[i + 1].tag in _CLAUSE_TAGS:
                return None
            self.gap += self.low(i + 1) not in _ON
            return i + 1
        if lower in _PLACING and token.tag in ("VBN", "VBD", "VBG"):
            self.gap = 0
            return i + 1
        if token.tag in _PASSED_TAGS or lower in _PASSED:
            self.gap += token.tag == ","
            return i + 1
        if token.tag in _FINITE_TAGS:
            return i + 1 if lower in _MEASURING else None
        self.gap += 1
        return i + 1

    def mark(self, i: int) -> int | None:
        """A bracket, dash or colon: of interest where a rate follows it."""
        lower = self.low(i)
        if lower in ("—", "--"):
            for k in range(i + 1, min(self.course.stop, i + MAX_ASIDE)):
                if self.low(k) == lower:
                    # a parenthesis between two dashes
                    return k + 1
        if self.rate_near(i):
            return i + 1
        if lower in ("—", ":", "--"):
            return None
        self.gap += 1
        if lower == "(":
            for k in range(i + 1, min(self.course.stop, i + 25)):
                if self.low(k) == ")":
                    return k + 1
        return i + 1

    def pronoun(self, i: int) -> int | None:
        """A relative pronoun: the words of its clause are passed over, a rate in it is read."""
        relative = self.course.relative
        if relative is not None and i < relative.i:
            self.gap = 0
            return relative.i + 1
        following = self.tokens[i + 1] if i + 1 < self.course.stop else None
        if following is not None and following.lemma in _STANDING and self.rate_near(i, 5):
            return i + 2
        return None

    def rate_near(self, i: int, reach: int = 4) -> bool:
        """Whether a rate begins in the next few words."""
        return any(self.rate_at(k) is not None for k in range(i + 1, min(self.course.stop, i + 1 + reach)))

    # ------------------------------------------------------------------ goods and countries
    def meant(self, i: int) -> Party | None:
        """The country whose goods a pronoun stands for: that of the last national adjective before it."""
        floor = self.document.sentence_of(self.tokens[i]).first
        for k in range(i, floor - 1, -1):
            party = self.parties.at(k)
            if party is not None and party.form == "adjective":
                return Party(party.code, "adjective", i + 1, i + 2, role="them")
        return None

    def acceptable(self, listing: Listing, preposition: str) -> bool:
        """Whether what stands behind a preposition is goods or countries; behind ``on`` nearly anything is."""
        if not listing.items:
            return False
        first = listing.items[0]
        if preposition in ("on", "upon"):
            if first.product is None or first.origins or first.everyone:
                return True
            words = first.product.split()
            return goods.known(words) is not None or goods.singular(words[-1]) not in _REASONS
        if preposition == "over" and any(
            goods.singular(w) in _REASONS for i in listing.items if i.product for w in i.product.split()
        ):
            return False
        for item in listing.items:
            if item.product is None and (item.origins or item.companies or item.everyone):
                return True
            words = item.product.split() if item.product is not None else []
            if goods.known(words) is not None or any(goods.known([w]) is not None for w in words):
                return True
        if preposition == "of" or listing.flow:
            return bool(listing.flow)
        return first.product is not None and goods.singular(first.product.split()[-1]) in word_set("generic")

    def take(self, listing: Listing, rate: rates.Rate | None) -> None:
        """Takes a list as a group with the rate that stood before it."""
        if not listing.items:
            return
        first = listing.items[0]
        if first.product is None and self.tokens[listing.start].lower in ("those", "that", "ones"):
            # "3 percent for cells from Laos and 9 percent for those from Vietnam"
            named = next((i for g in reversed(self.out.groups) for i in reversed(g.items) if i.product), None)
            if named is not None:
                listing.items = [replace(i, product=named.product) for i in listing.items]
        group = Group(list(listing.items))
        if rate is not None:
            group.rate = Rate(rate.percent, None, rate.high, rate.approximation, rate.number, found="of_goods")
        self.out.groups.append(group)
        self.out.destinations.extend(listing.destinations)
        self.out.flow = self.out.flow or listing.flow

    def countries(self, i: int, *, persons: bool = False) -> tuple[list[Party], int]:
        """The countries listed from ``i`` on, persons among them where they can impose; and where the list ends."""
        out: list[Party] = []
        end = i
        stop = self.course.stop
        while i < stop:
            if self.tokens[i].lower in _TITLES:
                i += 1
                continue
            party = self.parties.at(i)
            if party is None or (party.form in ("person", "adjective") and not persons):
                break
            if self.low(party.last) in _POSSESSIVE and not persons:
                break
            out.append(party)
            i = end = party.last
            if persons and party.form in ("adjective", "name"):
                while i < stop and self.tokens[i].tag in _NAME_TAGS | {"JJ"}:
                    i += 1
                end = i
            k = i
            while k < stop and k - i < 2 and self.tokens[k].lower in (",", "and", "or"):
                k += 1
            if k == i or k >= stop or (self.parties.at(k) is None and self.tokens[k].lower != "the"):
                break
            i = k
        return out, end
