"""Payer and payee: the actors around a sum, each with the features by which a learned ranker chooses.

The candidates for each side are the actors in the sentence of the sum, in the two before it and in the headline, and no
one. The syntactic tree gives the relation of a mention to the words between it and the sum. The frames of
``figure_frames.csv`` say which side a slot of a word usually is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.entity_index import Mention
from broadsheet.extraction.figures.cues import base, firms
from broadsheet.extraction.figures.reach import MAX_TOKENS, child_of, upwards
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.features import Features
    from broadsheet.extraction.figures.scorer import Scorer
    from broadsheet.extraction.figures.sightings import AmountMention

PAYER, PAYEE = "payer", "payee"
SIDES = (PAYER, PAYEE)
Parties = tuple[str | None, str | None]
"""Payer and payee."""
PAID_KINDS = frozenset({"loan", "investment", "trade", "aid", "budget", "revenue", "profit", "fine", "debt", "other"})
"""Kinds of figure that may have a payer or payee."""
_BACK = 2
"""Number of earlier sentences whose actors are candidates."""
_MOST = 24
"""The most candidates of a sum; the nearest ones count."""
_ANY = "any"
_NATIONS = frozenset({"country", "nation", "republic", "kingdom", "island"})
_POINTING = frozenset({"the", "that", "this"})
_CLIMB = 10
"""The most steps from a mention to the words that govern the sum."""
_TELLING = (
    *("above ", "above=", "cue 1", "nearest cue=duty", "verb=", "before 1", "after 1", "below=", "beside a measure"),
)
"""Features of a sum that indicate whether it has a payer or payee at all."""
_SLOTS = {
    **dict.fromkeys(("nsubj", "csubj"), "subject"),
    **dict.fromkeys(("dobj", "nsubjpass"), "object"),
    **dict.fromkeys(("poss", "compound", "amod", "nmod"), "possessor"),
    "dative": "dative",
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """The start of a sum's sentence, the number of states that it names, and the actors next to the sum."""

    start: int
    states: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Slot:
    """A slot of a word: the word's relation to the sum, and the steps between the two."""

    name: str
    word: str
    how: str
    steps: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be payer or payee, or no one.

    Attributes:
        actor_id: Its key; None for no one.
        mention: The mention that makes it a candidate.
        kind: Its kind of actor, or ``nobody``.
        framed: The side that the table of frames gives it; empty if none.
        features: Side to the names of the candidate's features there.
    """

    actor_id: str | None
    mention: Mention | None
    kind: str
    framed: str
    features: Mapping[str, tuple[str, ...]]


@cache
def _frames() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Word and kind to slot and side."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for row in table("figure_frames"):
        out.setdefault((row["cue"].split(" ")[-1], row["kind"]), {}).setdefault(row["slot"], row["role"])
    return MappingProxyType({key: MappingProxyType(slots) for key, slots in out.items()})


def _side(word: str, kind: str, slot: str) -> str | None:
    """The side of a slot of a word in figures of a kind, from the table of frames."""
    for key in ((word, kind), (word, _ANY)):
        side = _frames().get(key, {}).get(slot)
        if side is not None:
            return side
    return None


class CandidateReader:
    """Reads the candidates of the sums of one document."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast
        counts: dict[str, int] = {}
        for mention in cast.mentions:
            counts[mention.actor_id] = counts.get(mention.actor_id, 0) + 1
        self._mentions: dict[str, list[Mention]] = {}
        for mention in cast.mentions:
            self._mentions.setdefault(mention.actor_id, []).append(mention)
        self._ranks = {
            kind: [a for a, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if cast.kind_of(a) == kind][:2]
            for kind in ("organization", "country", "person")
        }
        self._main = (*self._ranks["organization"][:1], *self._ranks["country"])

    def candidates(self, sighting: AmountMention, kind: str, known: Mapping[str, Parties]) -> list[Candidate]:
        """The candidates for payer and payee of a sum, no one first.

        Args:
            sighting: The sum.
            kind: Its kind.
            known: Kind to payer and payee of the last figure of that kind that has either.
        """
        sentence = self.document.sentences[sighting.sentence]
        first = max(self.document.sentences[max(0, sentence.index - _BACK)].first, sighting.first - 3 * MAX_TOKENS)
        near = self.cast.within(first, min(sentence.last, sighting.last + MAX_TOKENS))
        near += self._described(sentence, sighting)
        near.sort(key=lambda m: (m.first < sentence.first, abs(m.first - sighting.first)))
        here = [m for m in near[:_MOST] if m.first >= sentence.first]
        groups: dict[str, list[Mention]] = {}
        for mention in near[:_MOST]:
            groups.setdefault(mention.actor_id, []).append(mention)
        for actor in (*self._main, *known.get(kind, ())):
            if actor is not None and actor not in groups:
                groups[actor] = [self._latest(actor, sighting.first)]
        spine = self._spine(sighting)
        setting = _Setting(
            sentence.first,
            min(2, len({m.actor_id for m in here if self.cast.kind_of(m.actor_id) == "country"})),
            next((m.actor_id for m in here if m.last <= sighting.first), None),
            next((m.actor_id for m in here if m.first >= sighting.last), None),
        )
        out = [Candidate(None, None, "nobody", "", {s: _conjoined(["nobody"], s, kind) for s in SIDES})]
        for actor, mentions in groups.items():
            common = self._traits(actor, mentions, setting)
            slots = [s for m in mentions if m.first >= sentence.first for s in self._slots(m, spine)]
            again = _again(actor, kind, known)
            features = {s: _conjoined([*common, *again[s], *_slotted(slots, s, kind)], s, kind) for s in SIDES}
            out.append(Candidate(actor, mentions[0], self.cast.kind_of(actor), _framed(slots, kind), features))
        return out

    def _described(self, sentence: Sentence, sighting: AmountMention) -> Iterator[Mention]:
        """Mentions by a common noun, such as ``the company``: the last firm, or state, named before the sentence."""
        first = max(sentence.first, sighting.first - MAX_TOKENS)
        for token in self.document.tokens[first : min(sentence.last, sighting.last + MAX_TOKENS)]:
            if token.tag != "NN" or self.cast.at(token.i) is not None:
                continue
            kind = "country" if token.lemma in _NATIONS else "organization" if base(token) in firms() else ""
            det = child_of(self.document, token, "det") if kind else None
            if det is None or det.lower not in _POINTING:
                continue
            before = self.cast.within(max(0, first - 4 * MAX_TOKENS), first)
            named = [m for m in before if self.cast.kind_of(m.actor_id) == kind]
            actor = named[-1].actor_id if named else next(iter(self._ranks[kind]), None)
            if actor is not None:
                yield Mention(actor, "description", self.document.span(det.i, token.i + 1), token.i, token.i + 1)

    def _latest(self, actor: str, place: int) -> Mention:
        """The last mention of an actor before an index, else its first one."""
        before = [m for m in self._mentions[actor] if m.first < place]
        return before[-1] if before else self._mentions[actor][0]

    def _traits(self, actor: str, mentions: Sequence[Mention], setting: _Setting) -> list[str]:
        """Features of an actor that apply to both sides."""
        tokens, kind = self.document.tokens, self.cast.kind_of(actor)
        here = setting.start <= mentions[0].first
        gap = tokens[setting.start].sentence - tokens[mentions[0].first].sentence
        place = "here" if here else "back" if 0 < gap <= _BACK else "far"
        ranks = self._ranks.get(kind, [])
        rank = ranks.index(actor) if actor in ranks else 2
        out = [f"is={kind}", f"place={place}", f"is={kind} {place} {rank}", f"form={mentions[0].form} {place}"]
        if kind == "country":
            out.append(f"states={setting.states} {place}")
        if here:
            out.append(f"nearest={actor == setting.before} {actor == setting.after} {kind}")
        else:
            subject = any(tokens[m.last - 1].dep in ("nsubj", "nsubjpass", "poss") for m in mentions)
            out.append(f"back={min(gap, _BACK + 1)} {subject} {kind}")
        return out

    def _spine(self, sighting: AmountMention) -> dict[int, int]:
        """The tokens that govern a sum, by index, each with the number of steps up to it."""
        head = self.document.tokens[sighting.head]
        return {t.i: n for n, t in enumerate((head, *upwards(self.document, head)))}

    def _slots(self, mention: Mention, spine: Mapping[int, int]) -> Iterator[_Slot]:
        """The slots of a mention on the path up to the words that govern the sum."""
        document = self.document
        token = self.cast.head_of(mention.first, mention.last) or document.tokens[mention.last - 1]
        for _ in range(_CLIMB):
            if token.i in spine:
                yield from self._relative(token, spine)
            if token.i in spine or token.head == token.i:
                return
            above = document.head(token)
            slot = token.dep if token.dep in ("conj", "appos") else _SLOTS.get(token.dep)
            if token.dep in ("pobj", "pcomp") and above.head != above.i:
                slot, above = above.lower, document.head(above)
            if slot is not None:
                yield _Slot(slot, base(above), "above" if above.i in spine else "beside", spine.get(above.i, _CLIMB))
                if slot == "subject" and above.i in spine:
                    yield from self._sharing(above, spine)
            token = above

    def _relative(self, token: Token, spine: Mapping[int, int]) -> Iterator[_Slot]:
        """The relation of an actor to the clause or phrase below it that contains the sum: Norvik, which paid."""
        for child in self.document.children(token):
            if child.i in spine:
                clause = child.dep in ("relcl", "acl")
                name = "subject" if clause else child.lower if child.dep == "prep" else child.dep
                yield _Slot(name, base(child), "below", spine[child.i])

    def _sharing(self, verb: Token, spine: Mapping[int, int]) -> Iterator[_Slot]:
        """The verbs below one on the path to the sum that have no subject of their own."""
        for place, steps in spine.items():
            below = self.document.tokens[place]
            without = below.pos == "VERB" and child_of(self.document, below, "nsubj", "nsubjpass") is None
            if steps < spine[verb.i] and without:
                yield _Slot("subject", base(below), "shared", steps)


def _again(actor: str, kind: str, known: Mapping[str, Parties]) -> dict[str, list[str]]:
    """Features, by side, of an actor that is payer or payee of the last figure of the kind that has either."""
    last = known.get(kind, (None, None))
    return {side: [f"again={last[n] == actor} {last[1 - n] == actor}"] for n, side in enumerate(SIDES)}


def _framed(slots: Sequence[_Slot], kind: str) -> str:
    """The side that the frames give an actor by its slots: that of the word nearest to the sum."""
    sides = (_side(slot.word, kind, slot.name) for slot in sorted(slots, key=lambda s: s.steps))
    return next((side for side in sides if side in SIDES), "")


def _slotted(slots: Sequence[_Slot], side: str, kind: str) -> Iterator[str]:
    """The features of an actor's slots on one side: the slots, and the side that the frames give them."""
    said = _framed(slots, kind)
    sides = {_side(slot.word, kind, slot.name) for slot in slots} & set(SIDES)
    yield f"frame={said == side if said else 'none'}"
    yield f"frames={side in sides} {bool(sides - {side})}"
    for slot in slots:
        yield f"slot={slot.name} {slot.how}"
        yield f"word={slot.word} {slot.name}"


def _conjoined(features: Sequence[str], side: str, kind: str) -> tuple[str, ...]:
    """The features of one side, alone and combined with the kind."""
    out = dict.fromkeys(f"{side} {f}" for f in features)
    return (*out, *dict.fromkeys(f"{side} {kind} {f}" for f in features if not f.startswith("word=")))


def patterns(candidates: Sequence[Candidate], features: Features, kind: str) -> dict[str, list[str]]:
    """The features of which sides are filled: ``both``, one of them, or ``none``."""
    framed = {candidate.framed for candidate in candidates}
    frames = f"framed={PAYER in framed} {PAYEE in framed}"
    said = [kind, frames, f"{kind} {frames}"]
    said += [f"{kind} {name}" for name in features.plain if name.startswith(_TELLING)]
    return {pattern: [f"{pattern} {name}" for name in said] for pattern in ("both", *SIDES, "none")}


def pattern(payer: Candidate, payee: Candidate) -> str:
    """Which sides are filled."""
    if payer.actor_id is None:
        return "none" if payee.actor_id is None else PAYEE
    return PAYER if payee.actor_id is None else "both"


def pair_features(payer: Candidate, payee: Candidate, kind: str) -> tuple[str, ...]:
    """The features of two candidates together."""
    kinds, frames = f"kinds={payer.kind}/{payee.kind}", f"frames={payer.framed}/{payee.framed}"
    return kinds, f"{kinds} {kind}", frames, f"{frames} {kind}"


def pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """The candidate pairs of payer and payee of one sum: no actor pays itself."""
    for i in range(len(candidates)):
        yield from ((i, j) for j in range(len(candidates)) if i != j or i == 0)


def choose(
    candidates: Sequence[Candidate], features: Features, kind: str, scorer: Scorer
) -> tuple[Candidate | None, Candidate | None]:
    """Payer and payee of the pair with the highest score; the first on a tie."""
    if len(candidates) < 2:
        return None, None
    payers = [scorer.total("party", c.features[PAYER]) for c in candidates]
    payees = [scorer.total("party", c.features[PAYEE]) for c in candidates]
    shapes = {shape: scorer.total("party", names) for shape, names in patterns(candidates, features, kind).items()}

    def score(pair: tuple[int, int]) -> tuple[int, int, int]:
        one, other = pair
        payer, payee = candidates[one], candidates[other]
        together = scorer.total("party", pair_features(payer, payee, kind)) + shapes[pattern(payer, payee)]
        return payers[one] + payees[other] + together, -one, -other

    one, other = max(pairs(candidates), key=score)
    return candidates[one] if one else None, candidates[other] if other else None
