"""The features of an amount, by name, for the learned models.

Plain features name a word of the sentence and its position: next to the amount, above it in the syntactic tree, as the
subject of its verb. Cue features name no word. They describe the relation of a cue of ``figure_cues.csv`` to the amount
and count only for the kind of the cue, so what is learned about frequent kinds holds for rare ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import arguments, change_of
from broadsheet.extraction.figures.cues import Nearness, base, cues_in, field_of
from broadsheet.extraction.figures.reach import MAX_TOKENS, children, holds, phrase, upwards

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.cues import Cue
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.tables.rows import TariffRow

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
_NUMBERS = frozenset({"CARDINAL", "MONEY", "PERCENT", "ORDINAL"})
_DATES = frozenset({"DATE", "TIME"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl"})
_WINDOW = 8
_TITLE = 40
_STEPS = 9
_PHRASE = 8
_CUES = 3
"""How many of the nearest cues are ranked."""
_COSTS = (0.0, 0.5, 1.0, 1.5, 2.5, 4.0, 6.0)
_DISTANCES = (0, 1, 2, 4, 8, 16)
_NOWHERE = -1
NEAR = "in the sentence"
"""The feature of every cue in the sentence of an amount, nearest first."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of an amount.

    Attributes:
        plain: Name of the feature to the index of its token, -1 for none.
        cues: Name, kind and cue of the features that count for one kind only: that of a cue, or of the previous figure.
    """

    plain: dict[str, int] = field(default_factory=dict)
    cues: list[tuple[str, str, Cue | None]] = field(default_factory=list)

    def add(self, name: str, place: int = _NOWHERE) -> None:
        """Adds a plain feature, once."""
        self.plain.setdefault(name, place)


def bucket(value: float, edges: Sequence[float]) -> int:
    """The number of edges below a value."""
    return bisect_left(edges, value)


def word_of(token: Token) -> str:
    """A token as features name it: numbers, dates and names by their class, other words by their lemma."""
    if token.pos == "NUM" or token.ent in _NUMBERS:
        return "#"
    if token.ent in _DATES:
        return "@"
    return token.ent if token.ent in _NAMES and token.pos == "PROPN" else base(token)


class FeatureReader:
    """Reads the features of the amounts of one document."""

    def __init__(
        self, document: Document, cast: EntityIndex, tariffs: Sequence[TariffRow], amounts: Sequence[AmountMention]
    ) -> None:
        self.document = document
        self.cast = cast
        self.amounts = amounts
        self.inside = frozenset(place for a in amounts for place in range(a.first, a.last))
        self.tariffs = [(row.char_start, row.char_end, _rates(row)) for row in tariffs]
        self._cues: dict[int, list[Cue]] = {}
        self._words: dict[int, str] = {}
        self._fields: dict[int, str | None] = {}

    def read(self, index: int, last: tuple[int, str] | None) -> Features:
        """The features of the amount at an index.

        Args:
            index: The index.
            last: Index and kind of the last figure before it.
        """
        amount = self.amounts[index]
        out = Features()
        self._own(amount, out)
        self._beside(index, out)
        self._around(amount, out)
        self._above(amount, out)
        near = Nearness(self.document, self.document.tokens[amount.head])
        self._changed(amount, near, out)
        self._measured(amount, out)
        self._cued(index, near, out)
        if last is not None:
            self._following(index, *last, out)
        return out

    def _following(self, index: int, last: int, kind: str, out: Features) -> None:
        """The relation of the amount to the previous figure."""
        mention, before, tokens = self.amounts[index], self.amounts[last], self.document.tokens
        apart = min(2, mention.sentence - before.sentence)
        if before.in_title and not mention.in_title:
            apart = 3
        units = f"{_unit(before)} {_unit(mention)}"
        out.cues.append((f"follows {apart} {units}", kind, None))
        if apart == 0:
            word = self._word(tokens[mention.first - 1]) if mention.first > before.last else ""
            out.cues.append((f"follows {units} {bucket(mention.first - before.last, _DISTANCES)}", kind, None))
            out.cues.append((f"follows {units} after {word}", kind, None))

    def cues_near(self, amount: AmountMention) -> list[Cue]:
        """The cues of its sentence around an amount, except those inside amounts."""
        cues = self._cues_of(amount.sentence)
        low = bisect_right(cues, amount.head - MAX_TOKENS, key=lambda c: c.token)
        high = bisect_left(cues, amount.head + MAX_TOKENS, key=lambda c: c.token)
        return cues[low:high]

    def _cues_of(self, sentence: int) -> list[Cue]:
        if sentence not in self._cues:
            found = cues_in(self.document, self.document.sentences[sentence], self.cast)
            self._cues[sentence] = sorted((c for c in found if c.token not in self.inside), key=lambda c: c.token)
        return self._cues[sentence]

    def _word(self, token: Token) -> str:
        word = self._words.get(token.i)
        if word is None:
            word = self._words[token.i] = word_of(token)
        return word

    def _field(self, token: Token) -> str | None:
        if token.i not in self._fields:
            self._fields[token.i] = None if token.i in self.inside else field_of(token)
        return self._fields[token.i]

    def _content(self, name: str, tokens: Iterable[Token], out: Features) -> None:
        """A feature for each content word, except those of amounts."""
        for token in tokens:
            if token.pos in _CONTENT and token.i not in self.inside:
                out.add(f"{name}={self._word(token)}", token.i)

    @cached_property
    def _title(self) -> dict[str, int]:
        """The features of the words of the title."""
        out = Features()
        self._content("title", (t for t in self.document.tokens[:_TITLE] if self.document.in_title(t)), out)
        return out.plain

    def _own(self, mention: AmountMention, out: Features) -> None:
        """Features of the amount itself."""
        amount = mention.amount
        out.add("every amount")
        out.add(f"unit={_unit(mention)}")
        out.add(f"per={amount.per or 'nothing'}")
        out.add(f"digits={len(str(int(abs(amount.amount))))}")
        out.add(f"approximation={amount.approximation}")
        out.add(f"written={amount.valued}")
        out.add(f"paragraph={bucket(self.document.tokens[mention.first].paragraph, (0, 1, 2, 4, 8))}")
        if mention.in_title:
            out.add("in title")
        if mention.of is not None:
            out.add("converted")
        if mention.shares is not None:
            out.add("shared unit")

    def _edges(self, mention: AmountMention, sentence: Sentence) -> tuple[int, int]:
        """First and last (exclusive) token, including words of approximation and the unit of a price."""
        tokens, amount = self.document.tokens, mention.amount
        first, last = mention.first, mention.last
        near, per = amount.approximation_span, amount.per_span
        while near is not None and first > sentence.first and near.start <= tokens[first - 1].start < near.end:
            first -= 1
        while per is not None and last < sentence.last and per.start <= tokens[last].start < per.end:
            last += 1
        return first, last

    def _beside(self, index: int, out: Features) -> None:
        """The words and amounts directly before and after."""
        mention = self.amounts[index]
        document = self.document
        sentence = document.sentences[mention.sentence]
        first, last = self._edges(mention, sentence)

        def word(place: int) -> str:
            return self._word(document.tokens[place]) if sentence.first <= place < sentence.last else "^"

        before, after = [word(first - n) for n in (1, 2, 3)], [word(last + n) for n in (0, 1, 2)]
        for n in range(3):
            out.add(f"before {n + 1}={before[n]}", first - 1 - n if before[n] != "^" else _NOWHERE)
            out.add(f"after {n + 1}={after[n]}", last + n if after[n] != "^" else _NOWHERE)
        out.add(f"before={before[1]} {before[0]}")
        out.add(f"after={after[0]} {after[1]}")
        out.add(f"beside={before[0]} … {after[0]}")
        self._content("near before", document.tokens[max(sentence.first, first - _WINDOW) : first], out)
        self._content("near after", document.tokens[last : min(sentence.last, last + _WINDOW)], out)
        previous = self.amounts[index - 1] if index else None
        if previous is not None and previous.sentence == mention.sentence:
            out.add(f"amount before={_unit(previous)}")
            out.add(f"amount before={_unit(previous)} {before[0]}")
            out.add(f"gap={bucket(mention.first - previous.last, (1, 2, 4, 8))}")
        following = self.amounts[index + 1] if index + 1 < len(self.amounts) else None
        if following is not None and following.sentence == mention.sentence:
            out.add(f"amount after={_unit(following)}")
            out.add(f"amount after={_unit(following)} {word(following.first - 1)}")

    def _around(self, mention: AmountMention, out: Features) -> None:
        """The words of its sentence, of the previous one and of the title, and the kinds of actor there."""
        document = self.document
        sentence = document.sentences[mention.sentence]
        low, high = max(sentence.first, mention.first - MAX_TOKENS), min(sentence.last, mention.last + MAX_TOKENS)
        self._content("sentence", document.tokens[low:high], out)
        out.plain.update(self._title)
        before = document.sentences[sentence.index - 1] if sentence.index else sentence
        if before.index < sentence.index and before.paragraph == sentence.paragraph:
            tokens = document.tokens[max(before.first, before.last - MAX_TOKENS // 2) : before.last]
            self._content("previous sentence", (t for t in tokens if t.pos in ("NOUN", "VERB")), out)
        for actor in {m.actor_id for m in self.cast.within(low, high)}:
            out.add(f"actor={self.cast.kind_of(actor)}")

    def _above(self, mention: AmountMention, out: Features) -> None:
        """The words that govern the amount, up to its verb, and the verb's other dependents."""
        document = self.document
        head = below = document.tokens[mention.head]
        path: list[str] = []
        verb: Token | None = None
        for step, token in zip(range(_STEPS), upwards(document, head), strict=False):
            path.append(below.dep)
            word = self._word(token)
            out.add(f"above={word}", token.i)
            if step < 2:
                out.add(f"above {step + 1}={below.dep} {word}", token.i)
            if token.pos in ("VERB", "AUX") and verb is None:
                verb, way = token, ">".join(path[-3:])
                out.add(f"way={way}")
                out.add(f"verb={word}", token.i)
                out.add(f"verb={way} {word}", token.i)
            if token.pos in ("VERB", "AUX") and token.dep in _CLAUSES:
                break
            below = token
        if verb is not None:
            self._governed(verb, mention, out)
        for child in children(document, head):
            if child.dep == "prep":
                for inner in children(document, child, "pobj"):
                    out.add(f"below={child.lower} {self._word(inner)}", inner.i)
                    self._content("below", phrase(document, inner)[:_PHRASE], out)
            elif not mention.first <= child.i < mention.last:
                out.add(f"beside={child.dep} {self._word(child)}", child.i)

    def _governed(self, verb: Token, mention: AmountMention, out: Features) -> None:
        """Subject, object and phrases of the verb over an amount."""
        document = self.document
        has_subject = False
        for child in children(document, verb):
            word = self._word(child)
            if child.dep in ("nsubj", "nsubjpass"):
                has_subject = True
                out.add(f"subject={word}", child.i)
                out.add(f"subject={word} {self._word(verb)}", child.i)
                self._content("of subject", phrase(document, child)[-_PHRASE:], out)
                actor = self.cast.at(child.i)
                if actor is not None:
                    out.add(f"subject is {self.cast.kind_of(actor.actor_id)}")
            elif child.dep in ("dobj", "attr") and child.i != mention.head:
                out.add(f"object={word}", child.i)
            elif child.dep in ("prep", "agent"):
                for inner in children(document, child, "pobj"):
                    if not mention.first <= inner.i < mention.last:
                        out.add(f"phrase={child.lower} {self._word(inner)}", inner.i)
            elif child.dep in ("prt", "neg"):
                out.add(f"particle={child.lower}", child.i)
        if not has_subject:
            self._borrowed(verb, mention, out)

    def _borrowed(self, verb: Token, mention: AmountMention, out: Features) -> None:
        """The subject that a verb without one takes from a verb above it."""
        out.add("no subject")
        for above in upwards(self.document, verb):
            for subject in children(self.document, above, "nsubj", "nsubjpass"):
                if not holds(self.document, subject, mention.head):
                    out.add(f"subject above={self._word(subject)}", subject.i)
                    self._content("of subject", phrase(self.document, subject)[-_PHRASE:], out)
                return

    def _changed(self, mention: AmountMention, near: Nearness, out: Features) -> None:
        """The word of change that governs the amount, what changes, and the nearest topic of the sentence."""
        document = self.document
        change = change_of(document, mention)
        if change is None:
            out.add("change=none")
        else:
            out.add(f"change={change.is_difference} {change.moves}")
            out.add(f"difference={change.is_difference}")
            out.add(f"change={base(document.tokens[change.token])}", change.token)
            for token in arguments(document, document.tokens[change.token])[:6]:
                if holds(document, token, mention.head):
                    continue
                out.add(f"changes={self._word(token)}", token.i)
                self._content("of what changes", phrase(document, token)[:10], out)
                for inner in (token, *phrase(document, token)[:10]):
                    topic = self._field(inner)
                    if topic is not None:
                        out.add(f"changes of field={topic}", inner.i)
        sentence = document.sentences[mention.sentence]
        low, high = max(sentence.first, mention.first - MAX_TOKENS), min(sentence.last, mention.last + MAX_TOKENS)
        topics = [t for t in document.tokens[low:high] if self._field(t) is not None]
        if not topics:
            out.add("topic=none")
            return
        cost, place = min((near.to(t.i), t.i) for t in topics)
        token = document.tokens[place]
        out.add(f"topic={self._field(token)}")
        out.add(f"topic={self._word(token)}", place)
        out.add(f"topic={self._field(token)} {bucket(cost, (1, 2, 4, 6))}")

    def _measured(self, mention: AmountMention, out: Features) -> None:
        """The relation of the amount to the measures of the article, whose rates are not figures."""
        if not self.tariffs:
            return
        amount, span = mention.amount, mention.amount.span
        values = {amount.amount, amount.amount_high}
        out.add("measures")
        for start, end, rates in self.tariffs:
            if values & rates:
                out.add("a rate of a measure")
            if start <= span.start and span.end <= end:
                out.add("beside a measure")
                if values & rates:
                    out.add("the rate of the measure")

    def _cued(self, index: int, near: Nearness, out: Features) -> None:
        """The relation of the amount to the cues of the sentence, the previous one and the title."""
        mention, document = self.amounts[index], self.document
        sentence = document.sentences[mention.sentence]
        cues = self.cues_near(mention)
        costs = sorted((near.to(c.token) - 0.5 * c.strength, c.token, c.kind, n) for n, c in enumerate(cues))
        for rank, (cost, _, kind, place) in enumerate(costs[:2]):
            cue = cues[place]
            out.add(f"cue {rank + 1}={kind}")
            out.add(f"cue {rank + 1}={kind} {bucket(cost, (0.5, 1.5, 3, 6))}")
            out.add(f"cue {rank + 1}={cue.phrase}", cue.token)
        nearest: dict[str, float] = {}
        for cost, _, kind, _ in costs:
            nearest.setdefault(kind, cost)
        for kind, cost in nearest.items():
            out.add(f"nearest cue={kind} {bucket(cost, (0.5, 1.5, 2.5, 4, 6))}")
        if not costs:
            out.add("cue 1=none")
        self._tied([(cost, cues[place]) for cost, _, _, place in costs], index, out)
        if sentence.index:
            same = document.sentences[sentence.index - 1].paragraph == sentence.paragraph
            before = self._cues_of(sentence.index - 1)
            out.cues.extend((f"previous sentence {same}", cue.kind, cue) for cue in before)
            if before:
                out.cues.append((f"last of previous sentence {same}", before[-1].kind, before[-1]))
        if document.has_title:
            out.cues.extend(("title", cue.kind, cue) for cue in self._cues_of(0))

    def _tied(self, costs: Sequence[tuple[float, Cue]], index: int, out: Features) -> None:
        """The features that count for the kind of a cue: distance, side and part of speech."""
        mention, document = self.amounts[index], self.document
        above = {t.i: min(3, n) for n, t in enumerate(upwards(document, document.tokens[mention.head]))}
        sentence = document.sentences[mention.sentence]
        before = self.amounts[index - 1] if index else None
        start = before.last if before is not None and before.sentence == mention.sentence else sentence.first
        after = self.amounts[index + 1] if index + 1 < len(self.amounts) else None
        stop = after.first if after is not None and after.sentence == mention.sentence else sentence.last
        for rank, (cost, cue) in enumerate(costs):
            part = "verb" if cue.is_verb else "noun"
            names = [f"rank={rank}", f"rank={rank} {part}", f"rank={rank} {cue.strength}"] if rank < _CUES else []
            side, gap = "before", mention.first - cue.last
            if cue.token >= mention.first:
                side, gap = "after", cue.first - mention.last
            whose = "own" if start <= cue.token < stop else "other"
            names += [NEAR, f"near={bucket(cost, _COSTS)}", f"{side} {whose}={bucket(gap, _DISTANCES)}"]
            names += [f"{part}={cue.strength} {side} {whose}", f"as={document.tokens[cue.token].dep}"]
            if cue.token in above:
                names.append(f"above={above[cue.token]}")
            out.cues.extend((name, cue.kind, cue) for name in names)


def _unit(mention: AmountMention) -> str:
    return "money" if mention.amount.is_money else mention.amount.unit


def _rates(row: TariffRow) -> frozenset[object]:
    rates = (row.rate_percent, row.rate_before_percent, row.rate_high_percent)
    return frozenset(rate for rate in rates if rate is not None)
