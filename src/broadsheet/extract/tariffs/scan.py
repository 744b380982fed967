"""Reads what stands behind a measure: goods, countries, rates, who imposes it, what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs import goods
from broadsheet.extract.tariffs.lexicon import goods_words, measure_nouns
from broadsheet.extract.tariffs.tellings import Group, Rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.tariffs import rates
    from broadsheet.extract.tariffs.parties import Parties, Party
    from broadsheet.extract.tariffs.phrases import GoodsReader, Item, Listing
    from broadsheet.span import Span

MAX_GAP = 6
"""Words between two parts of a clause that are passed over."""

_REASONS = {"reason", "purpose", "period", "month", "year", "day", "week", "time", "sake", "security", "example", "instance", "decade", "effect", "consideration", "approval", "consultation", "good", "review", "comment", "now", "violation", "breach", "failure"}  # fmt: skip
_RETALIATION = {"retaliation", "response", "reprisal", "answer", "reply", "retribution", "revenge", "reaction", "counter"}
_EXCHANGE = {"exchange", "return"}
_PASSIVE_ACTS = {"imposed", "placed", "levied", "slapped", "put", "set", "introduced", "announced", "applied", "charged", "unveiled", "enacted", "threatened", "proposed", "planned", "implemented", "ordered", "issued", "launched", "adopted", "leveled", "levelled", "brought", "raised", "assessed", "declared", "aimed", "targeting", "targeted", "affecting", "covering", "hitting", "aimed", "imposing", "directed", "applying", "approved"}  # fmt: skip
_SKIPPED_TAGS = {"RB", "RBR", ",", "``", "''", "MD", "-LRB-", "-RRB-", "PRP", "EX"}
_BE = {"be", "is", "are", "was", "were", "been", "being", "will", "would", "has", "have", "had", "to", "as", "it", "they", "currently", "at", "a", "an", "the", "rate", "rates", "level", "levels"}
_STOPPERS = {"which", "while", "but", "because", "although", "though", "whereas", "if", "unless", "so", "when", "who", "until", "where", "since"}
_ON = {"on", "upon", "against", "over", "onto"}


@dataclass(slots=True)
class Found:
    """What a scan gathers."""

    groups: list[Group] = field(default_factory=list)
    rates: list[tuple[str, rates.Rate]] = field(default_factory=list)
    imposers: list[Party] = field(default_factory=list)
    sources: list[Party] = field(default_factory=list)
    destinations: list[Party] = field(default_factory=list)
    flow: str = ""
    retaliation: Span | None = None
    provoked_by: int | None = None
    last: int = 0
    on: bool = False
    additional: Span | None = None


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
        self.tokens = document.tokens
        self.parties = parties
        self.reader = reader
        self.rate_at = rate_at
        self.date_at = date_at

    def rate_end(self, i: int) -> int:
        """Place behind the rate that covers the token at ``i``."""
        rate = self.rate_at(i)
        while i < len(self.tokens) and self.rate_at(i) is rate:
            i += 1
        return i

    def low(self, i: int, stop: int) -> str:
        return self.tokens[i].lower if 0 <= i < stop else ""

    def scan(self, start: int, stop: int, *, quota: bool, loose_of: bool, hop: Token | None, premodified: bool) -> Found:
        """Reads from token ``start``, behind the measure noun, up to ``stop``.

        Args:
            start: Where to begin.
            stop: End of the sentence or the next measure.
            quota: Whether ``of`` brings the goods (a quota of 500 tonnes of beef).
            loose_of: Whether ``of`` without an amount does (a ban of imports).
            hop: The verb whose subject the measure is; what stands between is passed over.
            premodified: Whether a rate stood before the noun already.
        """
        out = Found(last=start)
        i = start
        gap = 0
        pending: rates.Rate | None = None
        while i < stop and gap <= MAX_GAP:
            token = self.tokens[i]
            lower = token.lower
            rate = self.rate_at(i)
            if rate is not None:
                end = self.rate_end(i)
                role = self._role(i, start)
                following = self.low(end, stop)
                if following in ("tariff", "tariffs", "duty", "duties", "levy", "levies") and self.low(end + 1, stop) in _ON | {"for"}:
                    following, end = self.low(end + 1, stop), end + 1
                listed = following in _ON | {"for"} and self.tokens[i - 1].lower in (",", "and", "or", "of", "—", "-", ":", "(", "at", "with", "to", ";", "–", "including", "a", "an", "set", "while", "but")
                if listed and (out.groups or role in ("list", "of", "at", "to") and premodified is False):
                    pending = rate
                    if not out.groups:
                        out.rates.append((role, rate))
                elif listed and not out.groups:
                    pending = rate
                    out.rates.append((role, rate))
                elif role != "list" or not out.groups or self.tokens[i - 1].lower == "(":
                    out.rates.append((role, rate))
                i = out.last = end
                gap = 0
                continue
            date = self.date_at(i)
            if date is not None:
                i = max(date, i + 1)
                continue
            if lower == "on" and self.low(i + 1, stop) == "top":
                break
            if lower in _ON or lower == "for":
                listing = self.reader.read(i + 1, stop)
                if listing is not None and self._acceptable(listing, lower):
                    self._take(out, listing, pending, lower)
                    pending = None
                    i = out.last = listing.end
                    gap = 0
                    continue
                i += 1
                gap += 1
                continue
            if lower == "in" and self.low(i + 1, stop) in _RETALIATION | _EXCHANGE | {"apparent", "direct", "swift", "immediate"}:
                at = i + 1 if self.low(i + 1, stop) in _RETALIATION | _EXCHANGE else i + 2
                if self.low(at, stop) in _RETALIATION:
                    out.retaliation = self.document.span(i, at + 1)
                    out.provoked_by = at + 1
                    out.last = max(out.last, at + 1)
                break
            if lower in ("of", "in") and (quota or loose_of) and lower == "of":
                listing = self.reader.read(i + 1, stop)
                if listing is not None and (quota or self._acceptable(listing, "of")):
                    self._take(out, listing, None, "of")
                    i = out.last = listing.end
                    gap = 0
                    continue
            if lower == "of":
                i += 1
                continue
            if lower == "from":
                party = self.parties.at(i + 1) if i + 1 < stop else None
                if party is None and self.low(i + 1, stop) == "the" and i + 2 < stop:
                    party = self.parties.at(i + 2)
                if party is not None:
                    listed, end = self._countries(i + 1, stop)
                    if out.groups:
                        out.destinations.extend(())
                        self._origins(out, listed)
                    else:
                        out.sources.extend(listed)
                    i = out.last = end
                    gap = 0
                    continue
                i += 1
                continue
            if lower == "by":
                listed, end = self._countries(i + 1, stop, persons=True)
                if listed:
                    out.imposers.extend(listed)
                    i = out.last = end
                    gap = 0
                    continue
                i += 1
                gap += 1
                continue
            if lower == "to" and token.tag in ("IN", "TO") and self.rate_at(i + 1) is None:
                if self.parties.at(i + 1) is not None and out.flow == "export":
                    listed, end = self._countries(i + 1, stop)
                    out.destinations.extend(listed)
                    i = out.last = end
                    continue
                if token.tag == "TO" and i + 1 < stop and self.tokens[i + 1].tag == "VB":
                    if self.tokens[i + 1].lower == "retaliate":
                        out.retaliation = self.document.span(i + 1, i + 2)
                    break
                i += 1
                continue
            if hop is not None and i < hop.i:
                # between the measure and the verb that it is the subject of
                if hop.i - i <= 14:
                    i += 1
                    continue
                break
            if hop is not None and i == hop.i:
                i += 1
                gap = 0
                continue
            if lower in ("(", "—", "–", "-", ":", "--"):
                if not self._rate_near(i, stop):
                    if lower in ("—", ":", "--"):
                        break
                    i = self._close(i, stop) if lower == "(" else i + 1
                    gap += 1
                    continue
                i += 1
                continue
            if lower in (";", "."):
                break
            if lower in _STOPPERS and not (lower == "while" and self._rate_near(i, stop)):
                break
            if lower in ("that", "which") or token.tag in ("WDT", "WP"):
                break
            if lower in ("and", "or") and not self._rate_near(i, stop, 3):
                if token.i + 1 < stop and self.tokens[i + 1].tag in ("VB", "VBD", "VBZ", "VBP", "VBG", "MD", "PRP", "NNP", "DT", "PRP$"):
                    break
                if self.low(i + 1, stop) in _ON:
                    i += 1
                    continue
                gap += 1
                i += 1
                continue
            if lower in _PASSIVE_ACTS and token.tag in ("VBN", "VBD", "VBG"):
                i += 1
                gap = 0
                continue
            if token.tag in _SKIPPED_TAGS or lower in _BE:
                i += 1
                gap += token.tag == "," and 1 or 0
                continue
            if token.tag in ("VBD", "VBZ", "VBP", "VB", "VBN", "VBG"):
                if lower in ("remain", "range", "ranging", "total", "totalling", "totaling", "average", "averaging", "ranges", "amounting", "reaching", "reach", "starting", "beginning", "start", "worth", "going", "rising", "increasing", "falling", "set", "up", "down"):
                    i += 1
                    continue
                break
            i += 1
            gap += 1
        return out

    def _rate_near(self, i: int, stop: int, reach: int = 4) -> bool:
        return any(self.rate_at(k) is not None for k in range(i + 1, min(stop, i + 1 + reach)))

    def _close(self, i: int, stop: int) -> int:
        for k in range(i + 1, min(stop, i + 25)):
            if self.tokens[k].lower == ")":
                return k + 1
        return i + 1

    def _role(self, i: int, start: int) -> str:
        """How a rate at token ``i`` is joined to what stands before it."""
        k = i - 1
        while k >= start and (self.tokens[k].lower in ("a", "an", "the", "current", "present", "new", "existing", "earlier", "previous", "rate", "level", "additional", "extra", "further", "another") or self.tokens[k].tag == "RB"):
            if self.tokens[k].lower in ("additional", "extra", "further", "another"):
                pass
            k -= 1
        lower = self.tokens[k].lower if k >= start - 1 else ""
        if lower in ("to", "from", "by", "of", "at"):
            return lower
        if lower in ("is", "are", "was", "were", "be", "stand", "stands", "remain", "average", "averaging", "totalling", "totaling", "set"):
            return "at"
        if lower in ("(", "—", "–", ":"):
            return "at"
        return "list"

    def _acceptable(self, listing: Listing, preposition: str) -> bool:
        items = listing.items
        if not items:
            return False
        if preposition in ("on", "upon"):
            first = items[0]
            if first.product is not None and not first.origins and not first.everyone:
                words = first.product.split()
                head = goods.singular(words[-1])
                if goods.known(words) is None and head in _REASONS | {"basis", "ground", "way", "schedule", "track", "table", "agenda", "hold", "average", "top", "condition"}:
                    return False
            return True
        for item in items:
            if item.origins or item.companies or item.everyone:
                return True
            if item.product is not None and goods.known(item.product.split()) is not None:
                return True
        if preposition == "of":
            return bool(listing.flow)
        head = goods.singular((items[0].product or "").split()[-1]) if items[0].product else ""
        return bool(listing.flow) or (bool(head) and head in goods_words("generic"))

    def _take(self, out: Found, listing: Listing, pending: rates.Rate | None, preposition: str) -> None:
        group = Group(list(listing.items))
        if pending is not None:
            group.rate = Rate(pending.percent, None, pending.high, pending.approximation, pending.number)
        out.groups.append(group)
        out.destinations.extend(listing.destinations)
        out.flow = out.flow or listing.flow
        out.on = True

    def _origins(self, out: Found, listed: list[Party]) -> None:
        from dataclasses import replace

        for group in out.groups[-1:]:
            group.items = [i if i.origins else replace(i, origins=tuple(listed)) for i in group.items]

    def _countries(self, i: int, stop: int, *, persons: bool = False) -> tuple[list[Party], int]:
        out: list[Party] = []
        end = i
        while i < stop:
            if self.tokens[i].lower in ("the", "both", "mainland", "president", "former", "mr.", "then"):
                i += 1
                continue
            party = self.parties.at(i)
            if party is None or (party.form == "person" and not persons):
                break
            if party.form == "adjective" and not persons:
                break
            if self.low(party.last, stop) in ("'s", "’s"):
                if not persons:
                    break
            out.append(party)
            i = end = party.last
            if persons and party.form in ("adjective", "name") and i < stop and self.tokens[i].tag in ("NN", "NNS", "NNP", "NNPS", "POS"):
                while i < stop and self.tokens[i].tag in ("NN", "NNS", "NNP", "NNPS", "POS", "JJ"):
                    i += 1
                end = i
            k = i
            while k < stop and k - i < 2 and self.tokens[k].lower in (",", "and", "or"):
                k += 1
            if k == i or k >= stop or self.parties.at(k) is None and self.tokens[k].lower != "the":
                break
            i = k
        return out, end


def is_measure_word(token: Token) -> bool:
    """Whether the token's lemma can name a measure."""
    return token.lemma in measure_nouns()
