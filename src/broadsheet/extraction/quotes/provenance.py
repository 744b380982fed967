"""Why a quote has its speaker, cue and words: builds the rules of ``quotes`` from the decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.blocks import BLOCK, TURN
from broadsheet.extraction.quotes.candidates import PREVIOUS
from broadsheet.extraction.quotes.cues import cue_lemma, is_verb, mistaken_verb, noun_traits, verb_traits
from broadsheet.extraction.quotes.labels import LABELLED
from broadsheet.extraction.quotes.rank import weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.candidates import Candidate
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument
    from broadsheet.extraction.quotes.rank import Model
    from broadsheet.extraction.quotes.utterance import Utterance

_STRONGEST = 3
"""How many features of a score to name."""
_MOVED = ("behind_stop", "only_attributed")
"""Corrections that replace the ranker's speaker."""
_RECUED = ("governs", "nearest", "own")
"""Corrections that replace the cue of the chosen speaker."""
_PLAIN = ("subj", "agent", "relcl", "passive", "conj:subj", "ctrl:subj")
_CLOSE = ("near-before", "near-behind", "next-near-before", "next-near-behind")


@dataclass(frozen=True, slots=True)
class StrongestFeatures:
    """The features of a learned model with the most weight, for or against."""

    model: Model
    features: Sequence[str]

    def render(self) -> str:
        """The strongest features, each with its weight."""
        known = weights(self.model)
        strongest = sorted({(-abs(known[name]), name) for name in self.features if known.get(name)})[:_STRONGEST]
        return "; ".join(f"{name} ({known[name]:+.2f})" for _, name in strongest) or "none"


def speech_rule(features: Sequence[str], chance: float) -> Rule:
    """The rule that the learned model classes a stretch as speech."""
    return rule("quotes.uttered.judged", chance=f"{chance:.2f}", features=StrongestFeatures("speech", features))


def ranking_rule(
    candidates: Sequence[Candidate], scores: Sequence[float], features: Sequence[Sequence[str]], best: Candidate
) -> Rule:
    """The rule that the learned ranker chose a candidate, and from how many.

    Args:
        candidates: All candidates.
        scores: The score of each.
        features: The features of each.
        best: The chosen one.
    """
    place = next(i for i, candidate in enumerate(candidates) if candidate is best)
    others = len({candidate.source for candidate in candidates}) - 1
    return rule(
        "quotes.speaker.ranked",
        others=str(others),
        score=f"{scores[place]:.2f}",
        features=StrongestFeatures("speaker", features[place]),
    )


def simplest_construction(candidates: Iterable[Candidate], chosen: Candidate) -> str:
    """The simplest construction that connects the chosen noun phrase to the chosen cue.

    Empty if none does: the cue is then another verb, chosen because it introduces or governs the words.
    """
    also = [t.how for t in candidates if t.source == chosen.source and t.cue == chosen.cue]
    return next((how for how in _PLAIN if how in also), chosen.how if chosen.how in also else "")


def attribution_rule(document: Document, utterance: Utterance, led: Rule | None) -> Rule:
    """The rule from a quote to its speaker's noun phrase; ``led`` is the rule from there to the actor."""
    assert utterance.source is not None
    source = document.tokens[utterance.source].span
    how = utterance.construction.removeprefix("conj:").removeprefix("ctrl:")
    if utterance.chosen is None:
        name = "label" if utterance.how == LABELLED else "signed"
        return rule(f"quotes.speaker.{name}", because=led, name=source)
    moved = tuple(Rule(f"quotes.speaker.{how}") for how in utterance.corrected if how in _MOVED)
    because = (utterance.chosen, *moved) if led is None else (utterance.chosen, *moved, led)
    if how.startswith("colon"):
        return rule("quotes.speaker.colon", because=because, name=source)
    if how in ("dash", "owner"):
        return rule(f"quotes.speaker.{how}", because=because, name=source)
    if how.rstrip("012") in _CLOSE or utterance.cue is None:
        return rule("quotes.speaker.near", because=because, name=source)
    cue = document.tokens[utterance.cue].span
    if not how:
        return rule("quotes.speaker.other_cue", because=because, name=source, cue=cue)
    shared = "_of_other" if how != utterance.construction and how == "subj" else ""
    name = how.replace("-", "_").removeprefix("bare_") + shared
    return rule(f"quotes.speaker.{name}", because=because, name=source, cue=cue)


def continuation_rule(quoted: QuotedDocument, utterance: Utterance, speaker: Rule | None) -> Rule:
    """Why a quote has the previous quote's speaker; ``speaker`` is the rule of that speaker."""
    assert utterance.continues is not None
    how = "previous" if utterance.how == PREVIOUS else "same_cue"
    how = "only_attributed" if "only_attributed" in utterance.corrected else how
    because = tuple(r for r in (utterance.chosen, speaker) if r is not None)
    before = quoted.quotes[utterance.continues]
    opening = quoted.document.span(before.inner_first, min(before.inner_last, before.inner_first + _STRONGEST))
    return rule(f"quotes.speaker.{how}", because=because, before=opening)


def text_rule(utterance: Utterance) -> Rule:
    """The rule for where the words of a quote begin and end, and why they count as speech."""
    quote = utterance.quote
    stretch = quote.stretch
    if quote.layout in (TURN, BLOCK):
        name = quote.layout
    elif not stretch.closed:
        name = "open"
    elif stretch.outer.end == stretch.span.end:
        name = "unclosed"
    else:
        name = "marks" if stretch.opened else "ends"
    return rule(f"quotes.text.{name}", because=utterance.uttered)


def cue_rule(token: Token, corrected: tuple[str, ...]) -> Rule:
    """The rule of a cue, with its entry in the table of cues; ``corrected`` if not from the ranker's candidate."""
    because = tuple(Rule(f"quotes.cue.{how}") for how in corrected if how in _RECUED)
    if token.lower == "according":
        return rule("quotes.cue.according", file="reporting_cues", entry="according", because=because)
    mistaken = mistaken_verb(token)
    if is_verb(token):
        traits, name = verb_traits(token), "verb"
    elif mistaken is not None and not (mistaken == token.lemma and noun_traits(token)):
        return rule("quotes.cue.form", file="reporting_cues", entry=mistaken, because=because, cue=token.span)
    else:
        traits, name = noun_traits(token), "noun"
    if not traits:
        return rule("quotes.cue.other", because=because, cue=token.span)
    return rule(
        f"quotes.cue.{name}",
        file="reporting_cues",
        entry=cue_lemma(token),
        because=because,
        cue=token.span,
        traits=", ".join(sorted(traits)),
    )
