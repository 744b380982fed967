"""Lists of goods and countries behind a measure, read word by word.

The surface is read rather than the parse tree: a list of eight goods with national adjectives is where a small parser
goes wrong most, and where a wrong attachment costs most rows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.heads import merge_adjectives, share_heads
from broadsheet.extraction.tariffs.items import Item, Listing, Segment, finish
from broadsheet.extraction.tariffs.lexicon import measure_nouns, trade_verbs, word_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.rates import Rate

MAX_TOKENS = 120
"""A list of goods is read no further than this."""

_NOMINAL = frozenset(
    {
        "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "DT", "PDT", "CD", "HYPH", "POS", "PRP$", "$", "#", "AFX",
        "RB", "VBN", "VBG", "SYM", "FW", "RBS", "RBR",
    }
)  # fmt: skip
"""Tags of words that can stand in a noun phrase."""
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD", "VB", "VBN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_JOINERS = frozenset({"and", "or", "&", "plus", "nor"})
_STOP_WORDS = word_set("stop_words")
_TRADING = word_set("trading")
_VERB_LIKE = word_set("verb_like")
"""Verbs that the tagger takes for nouns where they follow goods."""
_MONEY = frozenset({"$", "us$", "c$", "a$", "£", "€", "¥", "rs", "hk$", "nt$", "rmb"})
_SCALE = word_set("scale")
_ABOUT = word_set("about")
"""Words inside an amount of money."""
_LISTING = word_set("listing")
_EXCEPT = frozenset({"except", "excluding", "excepting", "bar", "barring"})
_EXCEPT_PAIRS = word_set("except_pairs")
_ORIGIN_VERBS = word_set("origin_verbs")
_REPORTING = word_set("reporting")
_REGIONS = frozenset({"region", "province", "island", "mainland"})
_OFFICIALS = word_set("state_bodies") - word_set("party")
_MARKS = frozenset({"(", ")", '"', "“", "”", ".", ";", ":", "'", "‘", "’", "—", "--", "``", "''"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


class GoodsReader:
    """Reads lists of goods of one document."""

    def __init__(self, document: Document, parties: Parties, rate_at: Callable[[int], Rate | None]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.parties = parties
        self.rate_at = rate_at
        self.headline = False

    def read(self, start: int, stop: int) -> Listing | None:
        """The list that begins at token ``start`` and ends before ``stop``; ``None`` where there is none."""
        self.headline = start < len(self.tokens) and self.document.in_title(self.tokens[start])
        return _ListReader(self, start, min(stop, start + MAX_TOKENS)).run()


class _ListReader:
    """The state of one reading."""

    def __init__(self, reader: GoodsReader, start: int, stop: int) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.start = start
        self.stop = stop
        self.segments: list[Segment] = []
        self.segment = Segment()
        self.sublist: int | None = None
        self.keep_general = True
        self.destinations: list[Party] = []
        self.flow = ""
        self.shared: list[Party] = []
        self.makers: list[Party] = []
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
        items = self.items()
        return Listing(items, i, self.start, tuple(self.destinations), self.flow)

    def close(self) -> None:
        told = not self.segment.empty or self.segment.flow or self.segment.everyone
        if told and not self.excluded:
            self.segments.append(self.segment)
        self.segment = Segment()

    def low(self, i: int) -> str:
        return self.tokens[i].lower if 0 <= i < self.stop else ""

    def step(self, i: int) -> int | None:
        """Reads the token at ``i``; where to go on, or ``None`` at the end of the list."""
        token = self.tokens[i]
        lower = token.lower
        if self.reader.rate_at(i) is not None:
            return None
        two = f"{lower} {self.low(i + 1)}"
        if two in _LISTING or (lower in _LISTING and not (lower == "like" and token.pos == "VERB")):
            return self.listing(i, 2 if two in _LISTING else 1)
        if lower == "-" and not self.glued(i):
            return None
        if lower in _EXCEPT or two in _EXCEPT_PAIRS:
            self.close()
            self.excluded = True
            return i + (1 if lower in _EXCEPT else 2)
        if two == "as well":
            return self.joint(i, i + 3) if self.low(i + 2) == "as" else None
        if two in ("along with", "together with"):
            return self.joint(i, i + 2)
        if two in ("more than", "fewer than", "less than", "up to", "at least", "as many") and self._counts(i + 2):
            return i + 2 + (two == "as many" and self.low(i + 2) == "as")
        if two == "used in" or two == "used to" or two == "used for":
            return None
        if token.tag in ("HYPH",) or (lower in ("-", "–") and not token.text.isspace() and self.glued(i)):
            return self.word(i)
        if token.tag == "PRP$" and lower in ("its", "their") and not self.segment.parties:
            owner = self.reader.parties.owner(token)
            if owner is not None:
                self.segment.parties.append(owner)
            return i + 1
        if lower == "as" and any(w.lower == "such" for w in self.segment.words):
            return self.listing(i, 1)
        if lower in (",", "/") or lower in _JOINERS or token.tag == "CC":
            if lower == "both" or token.dep == "preconj":
                return i + 1
            if lower not in (",", "/", *_JOINERS):
                return None
            return self.joint(i, i + 1)
        if (
            self.segment.words
            and self.tokens[i - 1].tag == "HYPH"
            and self.glued(i)
            and token.tag in ("IN", "RP", "RB")
        ):
            # bone-in, built-up
            return self.word(i)
        if token.tag == "IN" or token.tag == "TO":
            return self.preposition(i)
        if (
            (token.tag in ("VBN", "VBG", "VBD") or lower == "originating")
            and lower in _ORIGIN_VERBS
            and self.low(i + 1) in ("in", "by", "from", "into", "at", "to", "for")
        ):
            return i + 1
        if lower == "worth":
            return self.money(i + 1)
        if lower in _STOP_WORDS:
            return None
        if token.tag not in _NOMINAL and not lower.endswith("-"):
            return self.word(i) if self.mistagged(token) else None
        if token.tag in ("VBN", "VBG") and (not self.premodifies(i) or token.lemma in trade_verbs("verb")):
            return None
        if lower in _MARKS:
            return None
        return self.word(i)

    def _counts(self, i: int) -> bool:
        """Whether a number stands at ``i`` or right behind it."""
        return any(k < self.stop and self.tokens[k].tag in ("CD", "$") for k in (i, i + 1))

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
        if i == self.start and token.tag == "VBG" and following.tag == "NNS" and token.lower not in _TRADING:
            return True
        if token.tag == "VBG" and token.dep in ("acl", "pcomp", "advcl", "xcomp", "conj", "ROOT"):
            return False
        return following.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "VBG") or following.lower in (
            "and",
            "or",
            ",",
        )

    def word(self, i: int) -> int | None:
        """Takes a word of a noun phrase, or the country that begins here."""
        token = self.tokens[i]
        party = self.reader.parties.named(i)
        if party is not None and self.low(party.last) in ("dollars", "dlrs", "dollar", "dlr", "cents"):
            return party.last + 1
        if party is not None and party.last <= self.stop:
            if (
                self.segment.words
                and party.form in ("name", "metonym")
                and self.segment.words[-1].tag not in ("HYPH", "DT", "JJ", "PDT", "CD", "AFX")
                and self.segment.words[-1].lower not in word_set("spare")
            ):
                return None
            self.segment.parties.append(replace(party, first=i) if party.first < i else party)
            i = party.last
            if self.low(i) in _POSSESSIVE:
                i += 1
            elif self.low(i) in ("-", "–") and self.low(i + 1) in word_set("tail"):
                i += 2
            elif (
                self.low(i) in word_set("tail")
                and self.tokens[i].tag in ("VBN", "VBD")
                and self.low(i + 1) not in ("in", "by")
            ):
                i += 1
            return i
        if token.lower in _MONEY or token.tag == "$":
            return self.money(i)
        if token.lower in ("u.s.", "us") and self.low(i + 1) in ("dollars", "dlrs", "dollar", "dlr", "cents"):
            return i + 2
        if token.tag == "CD":
            if self.tokens[i + 1 : i + 2] and self.tokens[i + 1].tag == "HYPH" and self.glued(i + 1):
                # "20-inch television sets"
                self.segment.words.append(token)
                return i + 1
            self.segment.counted = True
            i += 1
            while self.low(i) in _SCALE:
                i += 1
            return i
        hyphened = self.tokens[i - 1].tag == "HYPH" and self.glued(i)
        if (
            token.tag in ("RB", "RBR", "RBS")
            and not hyphened
            and (i + 1 >= self.stop or self.tokens[i + 1].tag not in ("JJ", "VBN", "VBG", "HYPH", "DT", "CD", "PDT"))
        ):
            return None
        if token.lower in ("everyone", "everybody"):
            self.segment.everyone = True
            return i + 1
        if (
            token.lower in _VERB_LIKE
            and self.segment.words
            and goods.known([w.lower for w in self.segment.words]) is not None
        ):
            return None
        self.segment.words.append(token)
        return i + 1

    def money(self, i: int) -> int:
        """Skips an amount (of goods worth it)."""
        last = min(self.stop, i + 12)
        while i < last and (self._counted(i) or self.low(i) in _MONEY | _SCALE | _ABOUT):
            if self.low(i) in ("u.s.", "us", "canadian") and self.low(i + 1) not in _SCALE:
                break
            if self.low(i) == "to" and self.tokens[i - 1].lower != "up":
                break
            i += 1
        if self.low(i) in ("worth",) and self.low(i + 1) == "of":
            i += 2
        elif self.low(i) in ("of", "in"):
            i += 1
        return i

    def _counted(self, i: int) -> bool:
        """Whether the word is a part of a number with its sign: ``$``, ``3m-4``, ``m``."""
        token = self.tokens[i]
        if token.tag in ("CD", "$", "SYM") or token.lower[:1].isdigit():
            return True
        return token.lower.rstrip(".") in ("m", "bn", "mn", "k")

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
        if (
            f"{self.low(following)} {self.low(following + 1)}" in ("from those", "from others")
            or self.low(following) in _STOP_WORDS
        ):
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
        return bool(self.segment.words) and (
            self.segment.words[-1].tag == "HYPH" or self.segment.words[-1].text.endswith("-")
        )

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
            if token.lower in _POSSESSIVE or token.tag in ("HYPH", "POS"):
                j += 1
                continue
            if token.tag not in _NOMINAL and not self.mistagged(token):
                break
            if token.lower in _STOP_WORDS and j > i:
                break
            if token.tag in ("VBN", "VBG", "VBD") and (not self.premodifies(j) or token.lemma in trade_verbs("verb")):
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
        if ender.lemma in _REPORTING and ender.tag != "NNS":
            return False
        if ender.tag in _VERBS and any(self.tokens[k].dep in _SUBJECTS for k in range(i, j)):
            return False
        return self.plausible(i, j, comma)

    def plausible(self, i: int, j: int, comma: bool) -> bool:
        """Whether the words from ``i`` to ``j`` look like an entry: known goods, a country, a short plural."""
        if any(self.reader.parties.at(k) is not None for k in range(i, j)):
            form = self.reader.parties.at(i)
            return not (form is not None and form.form == "person")
        words = [t.lower for t in self.tokens[i:j] if t.tag not in ("DT", "CD")]
        if not words or goods.singular(words[-1]) in _OFFICIALS:
            return False
        if goods.known(words) is not None or any(goods.known([w]) is not None for w in words):
            return True
        head = goods.singular(words[-1])
        if head in word_set("generic") | word_set("flow"):
            return True
        if self.tokens[i].tag == "DT" and comma:
            return False
        if j < self.stop and self.tokens[j].lower == "of" and head not in word_set("container"):
            return False
        if all(t.tag in ("NNP", "NNPS") for t in self.tokens[i:j]) and not self.reader.headline:
            # a name that is neither a country nor a good
            return False
        if not self.segment.words and not any(s.words for s in self.segments):
            # countries so far: what is no country and no known good is something else
            return False
        return (
            j - i <= 5
            and self.tokens[j - 1].tag in ("NNS", "NN", "NNPS", "NNP", "VBG", "CD", "JJ")
            and (not comma or self.closes(j))
        )

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
        names_kinds = two in ("such as", "as", "like", "namely", "ranging from") or two.startswith("inclu")
        if not names_kinds and (self.segment.words or not self.segments):
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
                return following
            if head.lower in ("those", "that", "ones"):
                maker = self.reader.parties.company(following, self.stop)
                if maker is None:
                    return None
                self.segment.parties.append(maker)
                return maker.last
            lemma = goods.singular(head.lower)
            if lemma in word_set("flow") | word_set("generic"):
                self.segment.flow = self.segment.flow or lemma
                self.flow = self.flow or lemma
                self.segment.words = []
                return following
            if (
                lemma in word_set("container")
                or head.lower in word_set("container")
                or lemma in word_set("unit")
                or head.lower in word_set("unit")
            ):
                self.segment.words = []
                return following
            if self.reader.parties.at(following) is not None or len(words) > 3:
                return None
            words.append(token)
            return following
        if lower in ("from", "by", "in", "out", "into", "to", "at", "for") and (
            self.segments or not self.segment.empty or self.segment.flow
        ):
            verb = self.tokens[i - 1].lower in _ORIGIN_VERBS
            if lower == "out" and self.low(following) == "of":
                following += 1
            elif lower not in ("from", "to", "into") and not verb:
                return None
            while (
                lower == "from"
                and following + 1 < self.stop
                and (self.tokens[following].tag == "CD" or self.low(following) in ("several", "some"))
                and self.reader.parties.at(following + 1) is not None
            ):
                following += 1
            if self.low(following) in ("the", "mainland", "both", "all"):
                everyone = self.low(following) == "all"
                following += 1
                if everyone and self.low(following) in ("other", "countries", "nations", "origins", "sources"):
                    self.segment.everyone = True
                    return following + 1
            named = self._named_of(following) if lower == "from" else None
            if named is not None:
                listed, end = self.countries(named)
                self.shared.extend(listed)
                return end
            crowd = self._crowd(following)
            if crowd is not None and lower == "from":
                self.segment.everyone = True
                return crowd
            if (
                self.low(following)
                in ("countries", "nations", "abroad", "overseas", "anywhere", "everywhere", "other", "most", "every")
                and lower == "from"
            ):
                self.segment.everyone = self.low(following) not in ("other", "most")
                return following + 1 if self.segment.everyone else None
            party = self.reader.parties.at(following) if following < self.stop else None
            if party is None and lower == "from" and (beyond := self._aside(following)) is not None:
                return beyond
            if lower == "by" and verb and (party is None or party.form == "body"):
                maker = self.reader.parties.company(following, self.stop)
                if maker is None:
                    return None
                self.makers.append(maker)
                return maker.last
            if party is None or party.form == "person":
                return None
            if party.form == "adjective" and lower in ("to", "into", "for"):
                return None
            listed, end = self.countries(following)
            if lower in ("to", "into", "for"):
                self.destinations.extend(listed)
            else:
                self.shared.extend(listed)
                if listed and listed[-1].form == "adjective":
                    # "beef from Chilean cows": whose they are, not what they are
                    while end < self.stop and self.tokens[end].tag in ("NN", "NNS", "JJ"):
                        end += 1
            return end
        if (
            lower == "with"
            and head is not None
            and self.low(following) in ("an", "a")
            and self.low(following + 1) in ("value", "price", "engine", "capacity")
        ):
            return None
        return None

    def _named_of(self, i: int) -> int | None:
        """Place of the first country by name behind words for many (from states without a deal, including Peru)."""
        party = word_set("party")
        if not any(goods.singular(self.low(k)) in party for k in range(i, min(self.stop, i + 4))):
            return None
        for k in range(i, min(self.stop - 1, i + 12)):
            if self.low(k) in ("including", "like", "namely") or (self.low(k) == "as" and self.low(k - 1) == "such"):
                return k + 1 if self.reader.parties.at(k + 1) is not None else None
            if self.tokens[k].tag in ("VBD", "VBZ", "VBP", "MD"):
                return None
        return None

    def _crowd(self, i: int) -> int | None:
        """Place behind words for many countries without names (nearly all countries, more than 60 trading partners)."""
        for k in range(i, min(self.stop, i + 7)):
            token = self.tokens[k]
            if goods.singular(token.lower) in word_set("party") and token.tag in ("NNS", "NNPS"):
                return None if self.low(k + 1) in ("with", "that", "which", "where", "whose") else k + 1
            if self.reader.parties.at(k) is not None or token.lower in (
                "some",
                "other",
                "those",
                "these",
                "affected",
                "the",
                ",",
            ):
                return None
            if token.tag not in ("RB", "DT", "CD", "JJR", "IN", "JJ", "NNS", "NN", "PRP$", "JJS", "PDT", "VBG"):
                return None
        return None

    def _aside(self, i: int) -> int | None:
        """Place behind a short phrase that tells no country (from several plants), where the list goes on."""
        for k in range(i, min(self.stop, i + 5)):
            token = self.tokens[k]
            if token.lower in (",", "and") and k > i:
                return k if self.continues(k + 1, comma=token.lower == ",") else None
            if token.tag not in _NOMINAL:
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
            if self.low(i) in _REGIONS:
                i += 1
            j = i
            while j < self.stop and j - i < 3 and self.low(j) in (",", "and", "or", "the", "from", "both"):
                j += 1
            following = self.reader.parties.at(j) if j < self.stop and j > i else None
            if (
                following is not None
                and self.low(i) == ","
                and following.last < self.stop
                and self.tokens[following.last].tag in ("NN", "NNP", "NNPS", "NNS")
                and self.low(following.last) not in _REGIONS
            ):
                # "from Chile, the EC Commission said"
                break
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
        segments = share_heads(merge_adjectives(segments))
        for segment in segments:
            if not self.flow and segment.words and goods.singular(segment.words[-1].lower) in word_set("flow"):
                self.flow = goods.singular(segment.words[-1].lower)
        out: list[Item] = []
        current: tuple[Party, ...] = ()
        for segment in segments:
            item = finish(segment)
            if item is None:
                continue
            if item.origins:
                current = item.origins
            elif item.product is None and out and any(w.lower in ("other", "more") for w in segment.words):
                # "and other products" only says that the list is not complete
                continue
            elif not item.companies and not item.everyone:
                item = replace(item, origins=current)
            out.append(item)
        if not out and any(_crowded(s) for s in segments):
            out = [Item(None, self.start, self.start + 1, everyone=True)]
        if self.makers:
            owners = tuple(m for m in self.makers if m.code)
            out = [replace(i, companies=tuple(self.makers), origins=i.origins or owners) for i in out]
        if self.shared:
            out = [replace(i, origins=tuple(self.shared)) for i in out]
            if not out:
                out = [Item(None, self.shared[0].first, self.shared[-1].last, tuple(self.shared))]
        return out


def _crowded(segment: Segment) -> bool:
    """Whether a segment names states without saying which (dozens of trading partners)."""
    return (
        bool(segment.words)
        and goods.singular(segment.words[-1].lower) in word_set("party")
        and segment.words[-1].tag in ("NNS", "NNPS")
    )
