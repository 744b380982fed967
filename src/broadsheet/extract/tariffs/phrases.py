"""Lists of goods and countries behind a measure, read word by word.

The surface is read rather than the parse tree: a list of eight goods with national adjectives is where a small parser
goes wrong most, and where a wrong attachment costs most rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extract.tariffs import goods
from broadsheet.extract.tariffs.lexicon import goods_words, measure_nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.tariffs.parties import Parties, Party

MAX_TOKENS = 120
"""A list of goods is read no further than this."""

_NOMINAL = {"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "DT", "PDT", "CD", "HYPH", "POS", "PRP$", "$", "#", "AFX", "RB", "VBN", "VBG", "SYM", "FW", "RBS", "RBR"}  # fmt: skip
_VERBS = {"VBD", "VBZ", "VBP", "MD", "VB", "VBN"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_JOINERS = {"and", "or", "&", "plus", "nor", "as"}
_STOP_WORDS = {
    "which", "that", "who", "while", "whereas", "but", "because", "since", "after", "before", "until", "if", "unless",
    "when", "effective", "starting", "beginning", "according", "due", "then", "so", "than", "today", "yesterday",
    "tomorrow", "last", "next", "now", "later", "earlier", "already", "also", "not", "too", "respectively", "this",
    "back", "down", "far", "well", "there", "here", "how", "why", "what", "yet", "still", "soon", "instead",
}  # fmt: skip
_VERB_LIKE = {"hurt", "cost", "hit", "cut", "cause", "force", "set", "trigger", "spark", "prompt", "anger", "follow", "remain", "drew", "drive", "push", "put", "let", "threaten", "ran", "stay"}
_MONEY = {"$", "us$", "c$", "a$", "£", "€", "¥", "rs", "hk$", "nt$", "rmb"}
_SCALE = {"billion", "million", "trillion", "bn", "mln", "m", "b", "dlrs", "dollars", "dollar", "euros", "euro", "yuan", "yen", "pounds", "pct"}  # fmt: skip
_LISTING = {"such as", "like", "including", "includes", "include", "ranging from", "namely", "notably", "particularly", "especially", "mainly", "mostly", "chiefly", "among them"}  # fmt: skip
_EXCEPT = {"except", "excluding", "excepting", "bar", "barring"}
_ORIGIN_VERBS = {"made", "produced", "manufactured", "grown", "built", "assembled", "originating", "imported", "shipped", "coming", "sourced", "exported", "arriving", "entering", "mined", "caught", "transshipped", "bought", "purchased", "sold", "bound", "destined"}  # fmt: skip
_SHARED_TAILS = {"oil", "meal", "seed", "cake", "flour", "starch", "powder", "scrap", "ore", "meat", "fruit", "juice", "pellet", "paste"}  # fmt: skip
_PARTS = {"part", "component", "equipment", "machinery", "machine", "body", "engine"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a product (``None`` for goods in general) and the countries that its words tell.

    Attributes:
        product: Normalised name.
        first: Place of the first token that names it.
        last: Place behind the last one.
        origins: Countries whose goods they are, by adjective, possessive or "from".
        companies: Actors that have a rate of their own.
        everyone: Whether the words say all origins (foreign goods, all countries).
    """

    product: str | None
    first: int
    last: int
    origins: tuple[Party, ...] = ()
    companies: tuple[Party, ...] = ()
    everyone: bool = False


@dataclass(slots=True)
class Listing:
    """A list of goods: its items, where it ends, where the goods go, and whether they are exports or imports."""

    items: list[Item]
    end: int
    destinations: tuple[Party, ...] = ()
    flow: str = ""


@dataclass(slots=True)
class _Segment:
    """Words between two joints of a list."""

    words: list[Token] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    flow: str = ""
    everyone: bool = False

    @property
    def empty(self) -> bool:
        return not self.words and not self.parties


def make_segment(words: Sequence[Token]) -> _Segment:
    """The segment of the words of one noun phrase without countries."""
    return _Segment(list(words))


class GoodsReader:
    """Reads lists of goods of one document."""

    def __init__(self, document: Document, parties: Parties, rate_at: Callable[[int], tuple[int, int] | None]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.parties = parties
        self.rate_at = rate_at

    def read(self, start: int, stop: int) -> Listing | None:
        """The list that begins at token ``start`` and ends before ``stop``; ``None`` where there is none."""
        return _ListReader(self, start, min(stop, start + MAX_TOKENS)).run()


class _ListReader:
    """The state of one reading."""

    def __init__(self, reader: GoodsReader, start: int, stop: int) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.start = start
        self.stop = stop
        self.segments: list[_Segment] = []
        self.segment = _Segment()
        self.sublist: int | None = None
        self.keep_general = True
        self.destinations: list[Party] = []
        self.flow = ""
        self.shared: list[Party] = []
        self.excluded = False

    def run(self) -> Listing | None:
        i = self.start
        while i < self.stop:
            step = self.step(i)
            if step is None:
                break
            i = step
        self.close()
        if not self.segments:
            return None
        return Listing(self.items(), i, tuple(self.destinations), self.flow)

    def close(self) -> None:
        if not self.segment.empty or self.segment.flow or self.segment.everyone:
            if not self.excluded:
                self.segments.append(self.segment)
        self.segment = _Segment()

    def low(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < self.stop else ""

    def step(self, i: int) -> int | None:
        """Reads the token at ``i``; where to go on, or ``None`` at the end of the list."""
        token = self.tokens[i]
        lower = token.lower
        if self.reader.rate_at(i) is not None:
            return None
        two = f"{lower} {self.low(i + 1)}"
        if two in _LISTING or lower in _LISTING and not (lower == "like" and token.pos == "VERB"):
            return self.listing(i, 2 if two in _LISTING else 1)
        if lower in _EXCEPT or two in ("other than", "apart from", "but not", "aside from", "not including"):
            self.close()
            self.excluded = True
            return i + (1 if lower in _EXCEPT else 2)
        if two == "as well":
            return self.joint(i, i + 3) if self.low(i + 2) == "as" else None
        if two in ("along with", "together with"):
            return self.joint(i, i + 2)
        if two == "used in" or two == "used to" or two == "used for":
            return None
        if token.tag in ("HYPH",) or lower in ("-", "–") and not token.text.isspace() and self.glued(i):
            return self.word(i)
        if lower == "as" and any(w.lower == "such" for w in self.segment.words):
            return self.listing(i, 1)
        if lower in (",", "/") or lower in _JOINERS or token.tag == "CC":
            if lower == "both" or token.dep == "preconj":
                return i + 1
            if lower not in (",", "/", *_JOINERS):
                return None
            return self.joint(i, i + 1)
        if token.tag == "IN" or token.tag == "TO":
            return self.preposition(i)
        if token.tag in ("VBN", "VBG", "VBD") and lower in _ORIGIN_VERBS and self.low(i + 1) in ("in", "by", "from", "into", "at", "to", "for"):
            return i + 1
        if lower == "worth":
            return self.money(i + 1)
        if lower in _STOP_WORDS:
            return None
        if token.tag not in _NOMINAL and not lower.endswith("-"):
            return self.word(i) if self.mistagged(token) else None
        if token.tag in ("VBN", "VBG") and not self.premodifies(i):
            return None
        if lower in ("(", ")", '"', "“", "”", ".", ";", ":", "'", "‘", "’", "—", "--", "``", "''"):
            return None
        return self.word(i)

    def glued(self, i: int) -> bool:
        return i > 0 and self.tokens[i].start == self.tokens[i - 1].end

    def mistagged(self, token: Token) -> bool:
        """Whether a word that looks like a verb is a good (oranges, plums)."""
        return token.tag in ("VBZ", "VBP", "VB", "UH") and goods.known([token.lower]) is not None

    def premodifies(self, i: int) -> bool:
        """Whether a participle stands before the noun that it belongs to."""
        token = self.tokens[i]
        if goods.known([token.lower]) is not None or (i > 0 and self.tokens[i - 1].tag == "HYPH"):
            return True
        following = self.tokens[i + 1] if i + 1 < self.stop else None
        if following is None:
            return False
        if token.dep in ("amod", "compound", "nmod"):
            return True
        if token.tag == "VBG" and token.dep in ("acl", "pcomp", "advcl", "xcomp", "conj", "ROOT"):
            return False
        return following.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "VBG") or following.lower in ("and", "or", ",")

    def word(self, i: int) -> int | None:
        """Takes a word of a noun phrase, or the country that begins here."""
        token = self.tokens[i]
        party = self.reader.parties.at(i)
        if party is not None and self.low(party.last) in ("dollars", "dlrs", "dollar", "dlr", "cents"):
            return party.last + 1
        if party is not None and party.last <= self.stop:
            if self.segment.words and party.form in ("name", "metonym") and self.segment.words[-1].tag not in ("HYPH", "DT", "JJ", "PDT", "CD", "AFX") and self.segment.words[-1].lower not in goods_words("spare"):
                return None
            self.segment.parties.append(replace(party, first=i) if party.first < i else party)
            i = party.last
            if self.low(i) in ("'s", "’s", "'", "’"):
                i += 1
            elif self.low(i) in ("-", "–") and self.low(i + 1) in goods_words("tail"):
                i += 2
            elif self.low(i) in goods_words("tail") and self.tokens[i].tag in ("VBN", "VBD") and self.low(i + 1) not in ("in", "by"):
                i += 1
            return i
        if token.lower in _MONEY or token.tag == "$":
            return self.money(i)
        if token.lower in ("u.s.", "us") and self.low(i + 1) in ("dollars", "dlrs", "dollar", "dlr", "cents"):
            return i + 2
        if token.tag == "CD":
            i += 1
            while self.low(i) in _SCALE:
                i += 1
            return i
        if token.tag in ("RB", "RBR", "RBS") and (i + 1 >= self.stop or self.tokens[i + 1].tag not in ("JJ", "VBN", "VBG", "HYPH")):
            return None
        if token.lower in ("everyone", "everybody"):
            self.segment.everyone = True
            return i + 1
        if token.lower in _VERB_LIKE and self.segment.words and goods.known([w.lower for w in self.segment.words]) is not None:
            return None
        self.segment.words.append(token)
        return i + 1

    def money(self, i: int) -> int:
        """Skips an amount (of goods worth it)."""
        last = min(self.stop, i + 12)
        while i < last and (self.tokens[i].tag in ("CD", "$", "SYM") or self.low(i) in _MONEY | _SCALE | {"about", "around", "some", "nearly", "almost", "over", "up", "u.s.", "us", "canadian", "more", "than", "an", "estimated", "to", "at", "least", "as", "much", "roughly", "approximately"}):
            if self.low(i) in ("u.s.", "us", "canadian") and self.low(i + 1) not in _SCALE:
                break
            if self.low(i) == "to" and self.tokens[i - 1].lower != "up":
                break
            i += 1
        if self.low(i) in ("worth",) and self.low(i + 1) == "of":
            i += 2
        elif self.low(i) == "of":
            i += 1
        return i

    def joint(self, i: int, following: int) -> int | None:
        """A comma or conjunction: goes on where what follows is a further entry of the list."""
        if self.low(following) in _JOINERS and self.tokens[i].lower == ",":
            following += 1
            if self.low(following) == "well" and self.low(following + 1) == "as":
                following += 2
        if following >= self.stop:
            return None
        if self.segment.empty and not self.segment.flow and not self.segments:
            return None
        if self.tokens[following].lower in ("such", "including", "like"):
            return following if self.tokens[i].lower == "," else None
        if f"{self.low(following)} {self.low(following + 1)}" in ("from those", "from others") or self.low(following) in _STOP_WORDS:
            return None
        if self.suspended():
            # "hot- and cold-rolled steel"
            self.close()
            return following
        if self.low(following) in ("on", "from") and self.tokens[i].lower in ("and", "or", ","):
            # "on steel and on aluminium", "from Canada and from Mexico": the same list goes on
            party = self.reader.parties.at(following + 1) if following + 1 < self.stop else None
            if self.low(following) == "from" and party is not None:
                self.close()
                return following
            return None
        if not self.continues(following, comma=self.tokens[i].lower == ","):
            return None
        self.close()
        return following

    def suspended(self) -> bool:
        return bool(self.segment.words) and (self.segment.words[-1].tag == "HYPH" or self.segment.words[-1].text.endswith("-"))

    def continues(self, i: int, *, comma: bool) -> bool:
        """Whether a noun phrase begins at ``i`` that belongs to the list and is not the subject of a new clause."""
        if self.reader.rate_at(i) is not None:
            return False
        first = self.tokens[i]
        if first.tag not in _NOMINAL and not self.mistagged(first):
            return False
        if first.lower in ("both", "either"):
            i += 1
        j = i
        seen_noun = False
        last = min(self.stop, i + 14)
        while j < last:
            token = self.tokens[j]
            if self.reader.rate_at(j) is not None:
                return False
            party = self.reader.parties.at(j)
            if party is not None:
                seen_noun = True
                j = max(j + 1, party.last)
                continue
            if token.lower in ("'s", "’s", "'", "’") or token.tag in ("HYPH", "POS"):
                j += 1
                continue
            if token.tag not in _NOMINAL and not self.mistagged(token):
                break
            if token.lower in _STOP_WORDS and j > i:
                break
            if token.tag in ("VBN", "VBG") and not self.premodifies(j):
                break
            if token.tag in ("NN", "NNS", "NNP", "NNPS"):
                noun = measure_nouns().get(token.lemma)
                if noun is not None and noun.certainty != "recall":
                    return False
                seen_noun = True
            elif goods.known([token.lower]) is not None:
                seen_noun = True
            j += 1
        if not seen_noun:
            return j < self.stop and self.tokens[j].lower in (",", "and", "or") and j - i <= 2 and j > i
        if j >= self.stop:
            return self.plausible(i, j, comma)
        ender = self.tokens[j]
        if ender.tag in _VERBS and any(self.tokens[k].dep in _SUBJECTS for k in range(i, j)):
            return False
        return self.plausible(i, j, comma)

    def plausible(self, i: int, j: int, comma: bool) -> bool:
        """Whether the words from ``i`` to ``j`` look like an entry: goods that are known, a country, or a short plural."""
        if any(self.reader.parties.at(k) is not None for k in range(i, j)):
            form = self.reader.parties.at(i)
            return not (form is not None and form.form == "person")
        words = [t.lower for t in self.tokens[i:j] if t.tag not in ("DT", "CD")]
        if not words:
            return False
        if goods.known(words) is not None or any(goods.known([w]) is not None for w in words):
            return True
        head = goods.singular(words[-1])
        if head in goods_words("generic") | goods_words("flow"):
            return True
        if self.tokens[i].tag == "DT" and comma:
            return False
        return j - i <= 5 and self.tokens[j - 1].tag in ("NNS", "NN", "NNPS", "NNP", "VBG", "CD", "JJ") and (not comma or self.closes(j))

    def closes(self, j: int) -> bool:
        """Whether a list goes on behind ``j`` and is closed by a conjunction."""
        for k in range(j, min(self.stop, j + 40)):
            token = self.tokens[k]
            if token.lower in ("and", "or"):
                return True
            if token.tag in ("VBD", "VBZ", "VBP", "MD") or token.lower in (".", ";", "which", "that"):
                return False
        return False

    def listing(self, i: int, width: int) -> int | None:
        """``such as``, ``including``: what stands before is the kind of what follows."""
        two = " ".join(t.lower for t in self.tokens[i : i + width])
        if two not in ("such as", "as", "like", "including", "namely", "ranging from") and not two.startswith("inclu"):
            if self.segment.words or not self.segments:
                return i + width if width == 1 else None
        if self.segment.empty and not self.segment.flow and not self.segments:
            return None
        if self.segment.words and self.segment.words[-1].lower == ",":
            self.segment.words.pop()
        self.close()
        if self.sublist is None:
            self.sublist = len(self.segments)
            self.keep_general = two in ("including", "include", "includes")
        return i + width

    def preposition(self, i: int) -> int | None:
        token = self.tokens[i]
        lower = token.lower
        following = i + 1
        words = self.segment.words
        head = words[-1] if words else None
        if lower == "of":
            if head is None:
                return following if not self.segment.parties or True else None
            lemma = goods.singular(head.lower)
            if lemma in goods_words("flow") | goods_words("generic"):
                self.segment.flow = self.segment.flow or lemma
                self.flow = self.flow or lemma
                self.segment.words = []
                return following
            if lemma in goods_words("container") or head.lower in goods_words("container") or lemma in goods_words("unit") or head.lower in goods_words("unit"):
                self.segment.words = []
                return following
            if self.reader.parties.at(following) is not None or len(words) > 3:
                return None
            words.append(token)
            return following
        if lower in ("from", "by", "in", "out", "into", "to", "at", "for") and (self.segments or not self.segment.empty or self.segment.flow):
            verb = self.tokens[i - 1].lower in _ORIGIN_VERBS
            if lower == "out" and self.low(following) == "of":
                following += 1
            elif lower not in ("from", "to", "into") and not verb:
                return None
            if self.low(following) in ("the", "mainland", "both", "all"):
                everyone = self.low(following) == "all"
                following += 1
                if everyone and self.low(following) in ("other", "countries", "nations", "origins", "sources"):
                    self.segment.everyone = True
                    return following + 1
            if self.low(following) in ("countries", "nations", "abroad", "overseas", "anywhere", "everywhere", "other", "most", "every") and lower == "from":
                self.segment.everyone = self.low(following) not in ("other", "most")
                return following + 1 if self.segment.everyone else None
            party = self.reader.parties.at(following) if following < self.stop else None
            if party is None or party.form == "person":
                return None
            if party.form == "adjective" and lower in ("to", "into", "for"):
                return None
            listed, end = self.countries(following)
            if lower in ("to", "into", "for"):
                self.destinations.extend(listed)
            else:
                self.shared.extend(listed)
            return end
        if lower == "with" and head is not None and self.low(following) in ("an", "a") and self.low(following + 1) in ("value", "price", "engine", "capacity"):
            return None
        return None

    def countries(self, i: int) -> tuple[list[Party], int]:
        """The countries listed from ``i`` on."""
        out: list[Party] = []
        while i < self.stop:
            party = self.reader.parties.at(i)
            if party is None or party.form == "person":
                break
            if party.form == "adjective" and out:
                break
            out.append(party)
            i = party.last
            j = i
            while j < self.stop and j - i < 3 and self.low(j) in (",", "and", "or", "the", "from", "both"):
                j += 1
            following = self.reader.parties.at(j) if j < self.stop and j > i else None
            if following is None or following.form in ("person", "adjective"):
                break
            after = self.tokens[following.last] if following.last < self.stop else None
            subject = self.tokens[following.last - 1].dep in _SUBJECTS
            if after is not None and (after.tag == "POS" or (subject and after.tag in _VERBS)):
                break
            i = j
        return out, i

    def items(self) -> list[Item]:
        """The entries, with heads and countries shared out among them."""
        segments = self.segments
        if self.sublist is not None and self.sublist <= len(segments):
            general, listed = segments[: self.sublist], segments[self.sublist :]
            if listed and not self.keep_general:
                for segment in listed:
                    if not segment.parties:
                        segment.parties = [p for g in general for p in g.parties]
                segments = listed
        segments = _share_heads(_merge_adjectives(segments))
        out: list[Item] = []
        current: tuple[Party, ...] = ()
        for segment in segments:
            item = finish(segment)
            if item is None:
                continue
            if item.origins:
                current = item.origins
            elif not item.companies and not item.everyone:
                item = replace(item, origins=current)
            out.append(item)
        if self.shared:
            out = [i if i.product is None and i.origins and not _generic(i) else replace(i, origins=tuple(self.shared)) for i in out]
            if not out:
                out = [Item(None, self.shared[0].first, self.shared[-1].last, tuple(self.shared))]
        elif len(out) > 1:
            # "steel, aluminium and Chinese cars" says nothing of whose steel it is, "steel and cars from China" does.
            pass
        return out


def _generic(item: Item) -> bool:
    return item.product is None


def _merge_adjectives(segments: list[_Segment]) -> list[_Segment]:
    """``Chinese and Russian steel``: an adjective with no noun of its own shares the noun of the next entry."""
    out: list[_Segment] = []
    pending: list[Party] = []
    for segment in segments:
        words = [w for w in segment.words if w.lower not in goods_words("spare")]
        if not words and not segment.flow and segment.parties and all(p.form == "adjective" for p in segment.parties):
            pending += segment.parties
            continue
        if pending:
            segment = replace(segment, parties=[*pending, *segment.parties])
            pending = []
        out.append(segment)
    if pending:
        out.append(_Segment(parties=pending))
    # "U.S. and Mexican beef": the name of the first is an adjective too.
    for a, b in zip(out, out[1:], strict=False):
        bare = not [w for w in a.words if w.lower not in goods_words("spare")] and not a.flow and len(a.parties) == 1
        if bare and b.parties and b.parties[0].form == "adjective" and b.words and a.parties[0].form == "name":
            b.parties = [*a.parties, *b.parties]
            a.parties, a.words = [], []
    return [s for s in out if not s.empty or s.flow or s.everyone]


def _share_heads(segments: list[_Segment]) -> list[_Segment]:
    """Gives each part of a list the head that its last part prints for all (fresh and frozen fish)."""
    n = len(segments)
    for k in range(n - 2, -1, -1):
        segment, following = segments[k], segments[k + 1]
        words, tail = _content(segment), _content(following)
        if not words or not tail:
            continue
        if words[-1].tag == "HYPH" or words[-1].text.endswith("-"):
            hyphen = next((j for j, w in enumerate(tail) if w.tag == "HYPH"), None)
            if hyphen is not None:
                segment.words = [*words, *tail[hyphen + 1 :]]
            continue
        if len(tail) < 2:
            continue
        head = goods.singular(tail[-1].lower)
        if all(w.tag in ("JJ", "VBN", "JJR") for w in words) and goods.known([w.lower for w in words]) is None:
            rest = list(tail)
            while len(rest) > 1 and rest[0].tag in ("JJ", "VBN", "JJR", "HYPH", "VBG") and goods.known([w.lower for w in rest[1:]]) is not None or len(rest) > 1 and rest[0].tag in ("JJ", "VBN") and rest[0].lower not in ("electric",):
                rest = rest[1:]
                break
            segment.words = [*words, *rest]
        elif head in goods_words("generic") and words[-1].tag in ("NN", "JJ", "NNP", "VBG") and goods.singular(words[-1].lower) not in goods_words("generic"):
            segment.words = [*words, tail[-1]]
        elif head in _PARTS and words[-1].tag in ("NN", "NNP") and _countable(words) and goods.singular(words[-1].lower) not in _PARTS:
            segment.words = [*words, tail[-1]]
    for k in range(1, n):
        words, before = _content(segments[k]), _content(segments[k - 1])
        if (
            len(words) == 1
            and len(before) == 2
            and goods.singular(words[0].lower) in _SHARED_TAILS
            and goods.singular(before[1].lower) in _SHARED_TAILS | {"seed"}
        ):
            segments[k].words = [before[0], words[0]]
    return segments


def _countable(words: list[Token]) -> bool:
    """Whether a singular noun of a thing that is counted stands alone, as only a modifier does (car and truck parts)."""
    good = goods.known([w.lower for w in words])
    return words[-1].tag == "NN" and good is not None and good.chapter is not None and "84" <= good.chapter <= "89" and words[-1].lower == goods.singular(words[-1].lower)


def _content(segment: _Segment) -> list[Token]:
    words = list(segment.words)
    while words and words[0].lower in goods_words("spare"):
        words = words[1:]
    while words and goods.singular(words[-1].lower) in goods_words("flow"):
        words = words[:-1]
    return words


def finish(segment: _Segment) -> Item | None:
    """The item that a segment stands for."""
    words = list(segment.words)
    flow = bool(segment.flow)
    everyone = segment.everyone
    while words and (words[0].lower in goods_words("spare") or words[0].tag == "CD" or words[0].lower in (",", "-")):
        everyone = everyone or words[0].lower in ("foreign", "every", "overseas") and len(words) > 1 or (words[0].lower == "all" and len(words) > 1 and goods.singular(words[1].lower) in goods_words("party") | {"other"})
        words = words[1:]
    while words:
        last = goods.singular(words[-1].lower)
        if last in goods_words("flow") or last in goods_words("trader") or last in goods_words("party"):
            flow = True
            words = words[:-1]
            if last in goods_words("party"):
                if not everyone and not segment.parties:
                    return None
                words = []
        elif last in goods_words("generic") and len(words) == 1:
            flow = True
            words = []
        elif words[-1].tag in ("HYPH", "CC", "DT") or words[-1].lower in (",", "of"):
            words = words[:-1]
        else:
            break
    words = [w for w in words if not (w.tag in ("DT", "PRP$") or w.tag == "CD")] if words else words
    while words and words[0].lower in goods_words("spare") | {"of"}:
        words = words[1:]
    companies = tuple(p for p in segment.parties if p.form == "body")
    origins = _distinct(p for p in segment.parties if p.form != "body")
    if not words and not flow and not segment.parties and not everyone:
        return None
    places = [*(w.i for w in words), *(p.first for p in segment.parties)]
    ends = [*(w.i + 1 for w in words), *(p.last for p in segment.parties)]
    if not places:
        places, ends = [w.i for w in segment.words] or [0], [w.i + 1 for w in segment.words] or [0]
    product = _join(words) or None
    return Item(product, min(places), max(ends), origins, companies if product is None else (), everyone)


def _distinct(parties: object) -> tuple[Party, ...]:
    seen: dict[str, Party] = {}
    for party in parties:  # type: ignore[attr-defined]
        seen.setdefault(party.code, party)
    return tuple(seen.values())


def _join(words: list[Token]) -> str:
    """The words as printed in lower case, hyphens closed up."""
    out = ""
    glue = True
    for word in words:
        if word.tag == "HYPH" or word.lower in ("-", "–"):
            out += "-"
            glue = True
            continue
        if out.endswith("-"):
            glue = True
        if word.lower in ("'s", "’s", "'", "’"):
            out += word.lower
            continue
        out += ("" if glue else " ") + word.lower
        glue = False
    return out.strip("- ")
