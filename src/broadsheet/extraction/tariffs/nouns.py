"""Nouns that name a measure, with what stands before them: whose it is, its rate, the goods, what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.items import Item, Segment, finish
from broadsheet.extraction.tariffs.lexicon import (
    CERTAIN,
    CONTEXT,
    RECALL,
    actions,
    measure_modifiers,
    measure_nouns,
    noun_forms,
    trade_modifiers,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.parties import Parties, Party
    from broadsheet.extraction.tariffs.rates import Rate

MAX_BEFORE = 18
"""Words before a measure noun that are looked at."""

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PREMODIFIER_TAGS = frozenset(
    {
        "DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "HYPH", "POS", "AFX", "RB",
        "RBR", "FW", "XX", "$", "SYM", "ADD",
    }
)  # fmt: skip
_ADDITIONAL = word_set("additional")
_RETALIATORY = word_set("retaliatory")
_NOT_A_MEASURE = word_set("not_a_measure")
_NOT_A_DUTY = word_set("not_a_duty")
_DUTY_FREE = frozenset({"free", "bound", "paid"})
_DEFINITE = word_set("definite")
_SUFFERED = word_set("suffered")
"""Nouns behind a measure that tell what it does to somebody (tariff hit)."""


def acts(document: Document, i: int) -> bool:
    """Whether a bare word behind a conjunction is a verb that the tagger takes for a noun (and *scrap* duties)."""
    tokens = document.tokens
    if i == 0 or tokens[i].tag not in ("NN", "JJ") or tokens[i].lower not in actions("object"):
        return False
    return tokens[i - 1].tag == "CC" and any(
        t.tag in ("VB", "MD") for t in tokens[max(document.sentence_of(tokens[i]).first, i - 24) : i]
    )


@dataclass(frozen=True, slots=True)
class MeasurePhrase:
    """A noun phrase that names a measure.

    Attributes:
        noun: Place of the measure noun.
        first: Place of the first word of the phrase.
        last: Place behind the noun.
        measures: What it names; several where modifiers are coordinated (anti-dumping and countervailing duties). Empty
            for a stand-in (the measures).
        certainty: ``certain`` ``context`` or ``recall``.
        trade: Whether a word before it makes it a measure on goods.
        owners: Countries by possessive or adjective right before it, in reading order.
        owner_pronoun: The possessive pronoun, where one tells whose it is.
        goods: Goods named before it (steel tariffs).
        rate: Rate before it.
        additional: On top of what is in force; the word that says so.
        retaliatory: The word that says that it answers another.
        change: Adjective or participle that tells an action (increased quotas), and the action.
        definite: Whether article or possessive points back.
        flow: ``export`` where a word before it says so.
        part_rates: The rate of each of the goods before it, where they have rates of their own.
    """

    noun: int
    first: int
    last: int
    measures: tuple[str, ...]
    certainty: str
    trade: bool
    owners: tuple[Party, ...] = ()
    owner_pronoun: Token | None = None
    goods: tuple[Item, ...] = ()
    rate: Rate | None = None
    additional: Token | None = None
    retaliatory: Token | None = None
    change: tuple[Token, str] | None = None
    definite: bool = False
    flow: str = ""
    modifier: Token | None = None
    negated: bool = False
    part_rates: tuple[Rate, ...] = ()


class NounReader:
    """Reads the measure nouns of one document."""

    def __init__(self, document: Document, parties: Parties, rate_at: Callable[[int], Rate | None]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.parties = parties
        self.rate_at = rate_at

    def is_measure_noun(self, token: Token) -> bool:
        """Whether the token can name a measure, by its lemma and place."""
        if token.lower not in noun_forms():
            return False
        noun = measure_nouns().get(token.lemma) or measure_nouns().get(goods.singular(token.lower))
        if noun is None:
            return False
        if token.tag not in NOUN_TAGS and not self._mistagged_noun(token):
            return False
        return not self._excluded(token)

    def _mistagged_noun(self, token: Token) -> bool:
        """A noun that the tagger takes for a verb: behind an adjective, article or rate, and no finite verb fits."""
        if token.i == 0 or token.tag not in ("VB", "VBZ", "VBP", "JJ"):
            return False
        before = self.tokens[token.i - 1]
        return before.sentence == token.sentence and (
            before.tag in ("DT", "JJ", "PRP$", "POS", "HYPH") or self.rate_at(before.i) is not None
        )

    def _excluded(self, token: Token) -> bool:
        following = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if following is not None and following.sentence == token.sentence:
            after = self.tokens[token.i + 2].lower if token.i + 2 < len(self.tokens) else ""
            if following.lower in ("-", "–") and after in _DUTY_FREE:
                return True
            if following.lower == "and" and after == "trade" and token.text[0].isupper():
                return True
            if following.lower == "free":
                return True
            if following.lower in _SUFFERED and following.tag[:2] in ("NN", "VB"):
                # "flags tariff hit": what the measure does, not the measure
                return self._ends_there(token.i + 2)
        if token.i:
            before = self.tokens[token.i - 1]
            if before.sentence != token.sentence:
                return False
            if before.lower in ("on", "off") and token.lower == "duty":
                return True
            if self._non_tariff(token):
                return True
            at = token.i - 2 if before.tag == "HYPH" and token.i > 1 else token.i - 1
            word = self.tokens[at].lower
            behind = [t.lower for t in self.tokens[token.i + 1 : token.i + 3]]
            if behind[:1] == ["on"] and behind[-1] in ("imported", "imports", "foreign"):
                # a carbon levy on imported steel
                return False
            return word in _NOT_A_MEASURE or (word in _NOT_A_DUTY and token.lemma == "duty")
        return False

    def _ends_there(self, i: int) -> bool:
        """Whether no noun phrase begins at ``i`` that the word before could have as its object."""
        if i >= len(self.tokens) or self.tokens[i].sentence != self.tokens[i - 1].sentence:
            return True
        return self.tokens[i].tag not in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "CD", "$")

    def _non_tariff(self, token: Token) -> bool:
        """Whether the noun is part of a non-tariff barrier or measure."""
        words = [t.lower for t in self.tokens[max(0, token.i - 3) : token.i]]
        return (
            "nontariff" in words
            or "non-tariff" in words
            or words[-1:] == ["non"]
            or words[-2:] == ["non", "-"]
            or words[-3:] == ["non", "-", "tariff"]
        )

    def read(self, token: Token) -> MeasurePhrase | None:
        """The phrase that the noun heads."""
        if not self.is_measure_noun(token):
            return None
        noun = measure_nouns().get(token.lemma) or measure_nouns()[goods.singular(token.lower)]
        sentence = self.document.sentence_of(token)
        first = self._left_edge(token, sentence.first)
        if first < token.i and acts(self.document, first):
            first += 1
        words = self.tokens[first : token.i]
        owners: list[Party] = []
        owner_pronoun = additional = retaliatory = modifier = None
        change: tuple[Token, str] | None = None
        measures: list[str] = []
        trade = definite = negated = False
        flow = ""
        rate: Rate | None = None
        product: list[Token] = []
        parts: list[tuple[Rate, list[Token]]] = []
        i = 0
        while i < len(words):
            word = words[i]
            lower = word.lower
            at = self.rate_at(word.i)
            if at is not None:
                if rate is not None and at is not rate and product:
                    # "25 percent steel and 10 percent aluminum tariffs"
                    parts.append((rate, product))
                    product = []
                rate = at
                i += 1
                continue
            party = self.parties.at(word.i)
            if party is not None:
                if party.first >= first:
                    owners.append(party)
                i = max(i + 1, party.last - first)
                continue
            i += 1
            hyphened = self._hyphened(word, token.i)
            if lower in _DEFINITE:
                definite = True
                if word.tag == "PRP$" or lower == "whose":
                    owner_pronoun = word
            elif lower in ("no", "any"):
                negated = lower == "no"
            elif hyphened in measure_modifiers() or lower in measure_modifiers():
                name = measure_modifiers().get(hyphened) or measure_modifiers()[lower]
                measures.append(name)
                trade = True
                modifier = word
            elif lower in _RETALIATORY:
                retaliatory = word
                trade = True
            elif lower in trade_modifiers() or goods.singular(lower) in trade_modifiers():
                trade = True
                if goods.singular(lower) in ("export", "import"):
                    flow = goods.singular(lower)
            elif lower in _ADDITIONAL:
                additional = word
            elif lower in actions("modifier") and word.tag in ("JJ", "JJR", "VBN", "VBD"):
                change = (word, actions("modifier")[lower])
            elif word.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "VBG", "VBN", "CC", "XX") or lower == ",":
                product.append(word)
        items = self._items(product)
        part_rates: tuple[Rate, ...] = ()
        if parts and rate is not None:
            listed = [(r, item) for r, named in [*parts, (rate, product)] for item in self._items(named)]
            items, part_rates = tuple(item for _, item in listed), tuple(r for r, _ in listed)
        certainty = noun.certainty
        names = tuple(dict.fromkeys(measures)) or ((noun.measure,) if noun.measure else ())
        if noun.measure in ("ban", "quota", "export_control"):
            names = (noun.measure,)
        if noun.certainty == RECALL and measures:
            names, certainty = tuple(dict.fromkeys(measures)), CONTEXT
        if (modifier.lower if modifier else "") == "emergency" and noun.measure not in ("tariff", "duty", "surtax"):
            names = (noun.measure,) if noun.measure else ()
        if noun.certainty == RECALL and trade and token.lemma == "sanction":
            names, certainty = ("ban",), CONTEXT
        if trade or (rate is not None and certainty == CONTEXT and noun.measure in ("duty", "surtax")):
            certainty = CERTAIN if noun.certainty == CONTEXT else certainty
        return MeasurePhrase(
            token.i, first, token.i + 1, names, certainty, trade, tuple(owners), owner_pronoun, items, rate, additional,
            retaliatory, change, definite, flow, modifier, negated, part_rates,
        )  # fmt: skip

    def _hyphened(self, word: Token, stop: int) -> str:
        """The word with what a hyphen joins to it (``anti-dumping``)."""
        i = word.i
        if i + 2 < stop and self.tokens[i + 1].lower == "-":
            return f"{word.lower}-{self.tokens[i + 2].lower}"
        if i + 1 < stop and word.lower == "anti":
            return f"{word.lower} {self.tokens[i + 1].lower}"
        return word.lower

    def _left_edge(self, token: Token, floor: int) -> int:
        """Place of the first word of the phrase."""
        i = token.i
        floor = max(floor, token.i - MAX_BEFORE)
        while i > floor:
            before = self.tokens[i - 1]
            if i < token.i and self.tokens[i].tag in ("DT", "PRP$", "PDT") and before.lower != "-":
                break
            if before.lower in _RETALIATORY or (
                before.lower == "-" and i - 2 >= floor and self.tokens[i - 2].lower in _RETALIATORY
            ):
                i -= 1
                continue
            rate = self.rate_at(before.i)
            if rate is not None:
                while i > floor and self.rate_at(i - 1) is rate:
                    i -= 1
                continue
            party = self.parties.at(before.i)
            if party is not None:
                owner = self.tokens[i].tag == "POS" or self.tokens[party.last].lower in ("'s", "’s")
                if party.form == "person" and i < token.i and not owner:
                    break
                i = min(i - 1, max(party.first, floor))
                continue
            if (self.tokens[i].lower == "-" and before.tag in ("IN", "RP", "RB")) or before.lower == "across":
                i -= 1
                continue
            if before.tag in _PREMODIFIER_TAGS or before.lower in ("-", "%", "'s", "’s", "'", "’"):
                if before.tag in ("RB", "RBR") and before.lower not in (
                    "newly",
                    "more",
                    "proposed",
                    "previously",
                    "recently",
                    "already",
                    "heavily",
                    "sharply",
                    "temporary",
                ):
                    break
                if (
                    before.tag in ("JJ", "NN", "NNS", "NNP")
                    and before.dep
                    in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT", "ccomp", "dative", "npadvmod", "acomp", "attr")
                    and before.head != token.i
                    and not self._within(before, token)
                ):
                    break
                i -= 1
                continue
            if before.lower in measure_modifiers() or (before.lower in trade_modifiers() and before.tag != "IN"):
                i -= 1
                continue
            if before.tag in ("VBN", "VBG", "VBD"):
                if (before.dep in ("amod", "compound", "nmod") and before.head >= before.i) or (
                    before.lower in actions("modifier")
                    and i - 2 >= floor
                    and self.tokens[i - 2].tag in ("DT", "JJ", "PRP$", "POS")
                ):
                    i -= 1
                    continue
                break
            if (before.tag == "CC" or before.lower == ",") and i - 2 >= floor and self._joins(i - 1, token):
                # behind "and 10 percent aluminum" the good before belongs to the phrase however it was parsed
                i -= 1 if self.rate_at(i) is None else 2
                continue
            break
        cut = self._duration(i, token.i)
        if cut is not None:
            i = cut
        while i < token.i and (
            self.tokens[i].tag in ("CC", "POS", "HYPH") or self.tokens[i].lower in (",", "'s", "’s")
        ):
            i += 1
        return i

    def _duration(self, first: int, stop: int) -> int | None:
        """Place behind a duration that the tags run into the phrase (suspended *for one year* export controls)."""
        if first == 0 or self.tokens[first - 1].lower not in ("for", "after", "within", "by"):
            return None
        for k in range(first, min(stop, first + 4)):
            if self.tokens[k].lower in ("year", "years", "months", "month", "days", "weeks", "day", "week"):
                return k + 1
        return None

    def _within(self, word: Token, token: Token) -> bool:
        """Whether the parse puts the word inside the phrase of the noun."""
        first, last = self.document.edges(token)
        return first <= word.i < last

    def _joins(self, i: int, token: Token) -> bool:
        """Whether a conjunction at ``i`` joins two modifiers of the noun (steel and aluminium tariffs)."""
        before, after = self.tokens[i - 1], self.tokens[i + 1]
        if self.tokens[i].lower == "," and after.lower in ("and", "or"):
            after = self.tokens[i + 2]

        own = self.rate_at(after.i)
        if own is not None and self.rate_at(i - 1) is None:
            end = after.i
            while end < token.i and self.rate_at(end) is own:
                end += 1
            rated = any(self.rate_at(k) is not None for k in range(max(0, i - 4), i))
            return rated and goods.known([before.lower]) is not None and end < token.i

        def modifies(word: Token) -> bool:
            lower = word.lower
            if lower in measure_modifiers() or lower in trade_modifiers():
                return True
            if self.parties.at(word.i) is not None:
                return self.parties.at(word.i).form == "adjective"  # type: ignore[union-attr]
            return word.tag in ("NN", "NNP", "JJ", "NNS") and goods.known([lower]) is not None

        if before.lower in measure_modifiers() and (
            after.lower in measure_modifiers() or self._hyphened(after, token.i) in measure_modifiers()
        ):
            return True
        if not (modifies(before) and (modifies(after) or self.tokens[i + 1].lower in ("and", "or"))):
            return False
        # "on steel and aluminium tariffs": what is joined must not be the object of a preposition of its own
        return before.dep not in ("pobj", "dobj", "nsubj") or self._within(before, token)

    def _items(self, words: list[Token]) -> tuple[Item, ...]:
        """The goods among the words before the noun; words that name no good are left out."""
        out: list[Item] = []
        run: list[Token] = []

        def flush() -> None:
            while run and run[0].lower in word_set("spare"):
                run.pop(0)
            for k in range(len(run)):
                good = goods.known([w.lower for w in run[k:] if w.tag != "HYPH"]) if run[k].tag != "HYPH" else None
                if good is not None:
                    start = k
                    while start > 0 and (
                        (run[start - 1].tag in ("NN", "NNP", "HYPH") and not run[start - 1].lower.endswith("ing"))
                        or (
                            run[start - 1].tag == "JJ"
                            and run[start - 1].lower in ("electric", "frozen", "fresh", "raw", "crude", "processed")
                        )
                    ):
                        start -= 1
                    item = finish(Segment(list(run[start:])))
                    if item is not None and item.product is not None:
                        out.append(item)
                    break
            run.clear()

        for word in words:
            if word.tag == "CC" or word.lower == ",":
                flush()
            else:
                run.append(word)
        flush()
        return tuple(out)
