"""Who utters each quote of a document: the best candidate of each, in reading order.

Quotes are decided from left to right, since a quote without a cue may go on from the one before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule
from broadsheet.extraction.quotes.blocks import BLOCK
from broadsheet.extraction.quotes.candidates import PREVIOUS, Tie, ties_of
from broadsheet.extraction.quotes.cues import is_verb, traits_of
from broadsheet.extraction.quotes.features import features_of, setting_of
from broadsheet.extraction.quotes.labels import laid_out
from broadsheet.extraction.quotes.rank import probability, score, share, weights
from broadsheet.extraction.quotes.reasons import judged, plainest, ranked
from broadsheet.extraction.quotes.scene import MARKS
from broadsheet.extraction.quotes.utterance import Utterance
from broadsheet.extraction.quotes.uttered import is_only_named, speech_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.extraction.quotes.features import Setting
    from broadsheet.extraction.quotes.scene import Quoted, Scene

_STOPS = frozenset({".", "!", "?"})
_LONGEST = 60
"""How many tokens an attribution between two quotes has at most."""

_PARSED = frozenset({"subj", "conj:subj", "ctrl:subj", "relcl", "conj:relcl"})
_HEIGHT = 8
"""How many steps up the tree the verb is that governs the quoted words."""

SPEECH = 0.5
"""Above which probability a stretch counts as speech."""


def attribute(scene: Scene) -> list[Utterance]:
    """The uttered stretches of a document, in reading order, each with its speaker."""
    ranker, judge = weights("speaker"), weights("speech")
    british = _single_marks_rule(scene)
    out: list[Utterance] = []
    for quote in scene.quotes:
        setting = setting_of(scene, quote)
        sure = laid_out(scene, quote)
        if sure is not None:
            out.append(_utterance(scene, quote, setting, sure, None, 1.0, Rule("quotes.uttered.laid_out")))
            continue
        if _is_stage_direction(scene, quote) or (quote.layout == MARKS and is_only_named(scene, quote)):
            continue
        last = out[-1] if out else None
        earlier = (last.quote.index, last.source) if last is not None and last.source is not None else None
        ties = ties_of(scene, quote, earlier)
        looks = features_of(scene, quote, setting, ties)
        scores = [score(ranker, features) for features in looks]
        tie = best = best_of(ties, scores)
        corrected: tuple[str, ...] = ()
        if tie is not None:
            behind = _behind_stop(scene, quote, setting, tie, ties)
            corrected += ("behind_stop",) if behind is not tie else ()
            tie = _nearest_cue(scene, quote, behind, ties)
            corrected += ("own" if behind.how == PREVIOUS else "nearest",) if tie is not behind else ()
            if last is not None and last.source is not None and _only_attributed(scene, last, quote, tie):
                corrected += ("only_attributed",) if tie.source != last.source else ()
                tie = Tie(last.source, last.cue, last.how)
        if quote.layout == BLOCK:
            chance = 1.0 if tie is not None and tie.how != PREVIOUS else 0.0
            uttered = Rule("quotes.uttered.block")
        elif _runs_on(scene, quote, last):
            chance = 1.0
            uttered = Rule("quotes.uttered.runs_on")
        else:
            signs = speech_features(scene, quote, setting, tie, scores)
            chance = probability(score(judge, signs))
            uttered = judged(signs, chance)
        headline = scene.document.has_title and quote.paragraph == 0
        doubtful = headline or not (quote.stretch.double or british)
        if tie is not None and _is_subject(scene, setting, tie):
            continue
        if chance >= SPEECH and (not doubtful or _is_reported(scene, tie, quote, last)):
            chosen = None
            if tie is not None and best is not None:
                near = tie
                tie = _governing_cue(scene, quote, setting, near, ties)
                corrected += ("governs",) if tie is not near else ()
                chosen = ranked(ties, scores, looks, best)
            how = plainest(ties, tie) if tie is not None else ""
            if last is not None and tie is not None and (last.source, last.cue) == (tie.source, tie.cue):
                how = last.construction
            out.append(_utterance(scene, quote, setting, tie, last, chance, uttered, chosen, how, corrected))
    return out


def _is_stage_direction(scene: Scene, quote: Quoted) -> bool:
    """Whether all that is quoted stands in brackets: *(Applause.)*."""
    words = quote.stretch.span.of(scene.document.text)
    return words[0] in "([" and words[-1] in ")]" and not any(c in ")]" for c in words[:-1])


def _runs_on(scene: Scene, quote: Quoted, last: Utterance | None) -> bool:
    """Whether a stretch is a paragraph of a longer quote, of which each opens with a mark and the last alone closes."""
    if quote.first != scene.bounds[quote.paragraph][0]:
        return False
    if last is not None and not last.quote.stretch.closed and last.quote.paragraph == quote.paragraph - 1:
        return True
    following = scene.quotes[quote.index + 1] if quote.index + 1 < len(scene.quotes) else None
    if quote.stretch.closed or following is None or following.paragraph != quote.paragraph + 1:
        return False
    return following.first == scene.bounds[following.paragraph][0]


def best_of(ties: Sequence[Tie], scores: Sequence[float]) -> Tie | None:
    """The best tie of the noun phrase for which all ties together speak most; the first of equals."""
    if not ties:
        return None
    top = max(scores)
    mass: dict[int, int] = {}
    for tie, value in zip(ties, scores, strict=True):
        mass[tie.source] = mass.get(tie.source, 0) + share(value, top)
    source = max(mass, key=lambda place: mass[place])
    return max((pair for pair in zip(ties, scores, strict=True) if pair[0].source == source), key=lambda pair: pair[1])[
        0
    ]


def _only_attributed(scene: Scene, last: Utterance, quote: Quoted, tie: Tie) -> bool:
    """Whether one sentence stands between two quotes, attributes the first, and nothing behind attributes the second.

    ``"We checked it," Lund said after Moe spoke. "Twice."``: whoever else the sentence names, the second quote goes on
    from the first.
    """
    tokens = scene.document.tokens
    first, end = last.quote.last, quote.first
    anchor = tie.cue if tie.cue is not None else tie.source
    if last.cue is None or last.quote.index != quote.index - 1 or last.quote.paragraph != quote.paragraph:
        return False
    if not first <= last.cue < end or not first <= anchor < end or end - first > _LONGEST:
        return False
    stops = [i for i in range(first, end) if tokens[i].text in _STOPS]
    return stops == [end - 1] and scene.document.text[last.quote.stretch.span.end - 1] in ",?!…—-"


def _nearest_cue(scene: Scene, quote: Quoted, chosen: Tie, ties: Sequence[Tie]) -> Tie:
    """The tie of the chosen speaker whose cue introduces the words.

    That is the one that opens the quote (``added that ..., saying "``), or the verb of saying that a verb of going on
    governs (``went on to say that``).
    """
    if chosen.how == PREVIOUS:
        return _own_cue(scene, quote, chosen, ties)
    if chosen.cue is None or chosen.cue > quote.first:
        return chosen
    tokens = scene.document.tokens
    turn = "turn" in traits_of(tokens[chosen.cue])
    for tie in ties:
        if tie.cue is None or not chosen.cue < tie.cue < quote.first or "say" not in traits_of(tokens[tie.cue]):
            continue
        participle = tokens[tie.cue].tag == "VBG" and tokens[tie.cue - 1].text == ","
        opens = scene.between(tie.cue + 1, quote.first) == (0, 0)
        governed = turn and tokens[tie.cue].dep in {"xcomp", "advcl"} and tokens[tie.cue].head == chosen.cue
        if ((tie.source == chosen.source or participle) and opens) or governed:
            return replace(tie, source=chosen.source)
    return chosen


def _behind_stop(scene: Scene, quote: Quoted, setting: Setting, chosen: Tie, ties: Sequence[Tie]) -> Tie:
    """The tie of the verb that governs the words, where a full stop parts them from the chosen cue.

    The parser makes one sentence of two where the first ends with a number: ``from June 1. Mayor Ada Lund called it``.
    """
    tokens = scene.document.tokens
    if chosen.cue is None or not chosen.cue < quote.first or chosen.how == PREVIOUS:
        return chosen
    stops = [i for i in range(max(chosen.cue, quote.first - _LONGEST), quote.first) if tokens[i].text in _STOPS]
    if not stops:
        return chosen
    place = setting.head
    for _ in range(_HEIGHT):
        place = tokens[place].head
        if place <= stops[-1]:
            return chosen
        if place < quote.first and is_verb(tokens[place]) and traits_of(tokens[place]):
            parsed = (t for t in ties if t.cue == place and t.source > stops[-1] and t.how in _PARSED)
            return next(parsed, chosen)
    return chosen


def _governing_cue(scene: Scene, quote: Quoted, setting: Setting, chosen: Tie, ties: Sequence[Tie]) -> Tie:
    """The tie of the chosen speaker whose cue governs the words, where another verb of his stands further ahead.

    ``denied the charge and called it "absurd"`` · ``told reporters it would appeal, calling it "absurd"``
    """
    tokens = scene.document.tokens
    if chosen.cue is None or chosen.cue > quote.first or chosen.how == PREVIOUS:
        return chosen
    if scene.document.child(tokens[chosen.cue], "auxpass") is not None:  # said she had been given "..."
        above = tokens[chosen.cue].head
        return next((t for t in ties if t.cue == above and t.source == chosen.source), chosen)
    place = setting.head
    for _ in range(_HEIGHT):
        place = tokens[place].head
        if place <= chosen.cue:
            return chosen
        if place < quote.first and is_verb(tokens[place]) and traits_of(tokens[place]):
            if tokens[place].tag == "VBG" and tokens[place - 1].text == ",":
                return replace(chosen, cue=place)
            parsed = (t for t in ties if t.cue == place and t.source == chosen.source and t.how in _PARSED)
            return next(parsed, chosen)
    return chosen


def _own_cue(scene: Scene, quote: Quoted, chosen: Tie, ties: Sequence[Tie]) -> Tie:
    """The tie by which a sentence names again, with a cue, the speaker of the quote before."""
    tokens = scene.document.tokens
    if chosen.link is None or tokens[quote.first - 1].text in _STOPS | {",", ";"}:
        return chosen
    best = chosen
    for tie in ties:
        if tie.source != chosen.source or tie.cue is None or not traits_of(tokens[tie.cue]):
            continue
        if not max(scene.quotes[chosen.link].last, best.cue or 0) <= tie.cue < quote.first:
            continue
        if not any(tokens[i].text in _STOPS for i in range(tie.cue, min(quote.first, tie.cue + _LONGEST))):
            best = tie
    return best


def _is_subject(scene: Scene, setting: Setting, tie: Tie) -> bool:
    """Whether the words in marks are what the cue speaks of, its subject: *the "ghost fleet" was described by Dahl*."""
    head = scene.document.tokens[setting.head]
    return head.dep in {"nsubj", "nsubjpass"} and head.head == tie.cue and setting.ending == "word"


def _single_marks_rule(scene: Scene) -> bool:
    """Whether the article quotes speech in single marks, as British papers do, and not only headings and terms."""
    body = [q.stretch for q in scene.quotes if not (scene.document.has_title and q.paragraph == 0)]
    single = sum(not s.double for s in body)
    return single > len(body) - single


def _is_reported(scene: Scene, tie: Tie | None, quote: Quoted, last: Utterance | None) -> bool:
    """Whether a speaker and a reporting cue stand beside a stretch that is as likely a heading or a term."""
    if tie is None:
        return False
    if tie.how == PREVIOUS:
        return last is not None and last.quote.paragraph == quote.paragraph
    return tie.cue is not None and bool(traits_of(scene.document.tokens[tie.cue]))


def _utterance(
    scene: Scene,
    quote: Quoted,
    setting: Setting,
    tie: Tie | None,
    last: Utterance | None,
    chance: float,
    uttered: Rule,
    chosen: Rule | None = None,
    how: str = "",
    corrected: tuple[str, ...] = (),
) -> Utterance:
    if tie is None:
        return Utterance(quote, setting, None, None, "", None, chance, uttered)
    if tie.how == PREVIOUS:
        return Utterance(quote, setting, tie.source, None, tie.how, tie.link, chance, uttered, chosen)
    goes_on = None
    if (
        last is not None
        and last.source == tie.source
        and last.cue == tie.cue
        and _goes_on(scene, last.quote, quote, tie)
    ):
        goes_on = last.quote.index
    cue = None if goes_on is not None else tie.cue
    return Utterance(quote, setting, tie.source, cue, tie.how, goes_on, chance, uttered, chosen, how, corrected)


def _goes_on(scene: Scene, before: Quoted, quote: Quoted, tie: Tie) -> bool:
    """Whether a cue between two quotes belongs to the first, and the second goes on from it.

    It does where a full stop closes the cue's sentence, or a comma or dash breaks one sentence of the speaker in two.
    """
    tokens = scene.document.tokens
    anchor = tie.cue if tie.cue is not None else tie.source
    if before.paragraph != quote.paragraph:
        return True
    if not before.last <= anchor < quote.first:
        return anchor < before.first and tokens[quote.first - 1].text in {".", "!", "?"}
    closes = scene.document.text[before.stretch.span.end - 1] in ",.?!…—-"
    return closes and tokens[quote.first - 1].text in {".", ",", "!", "?", "—", "–", "--", ";"}
