"""Why a quote has its speaker, cue and words: builds the rules of ``quotes`` from the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.cues import entry_of, traits_of
from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.candidates import PREVIOUS
from broadsheet.extraction.quotes.quoted_document import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.phrases import Candidate
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument
    from broadsheet.extraction.quotes.utterance import Utterance


def speech_rule(chance: float) -> Rule:
    """The rule that the learned model classes a stretch as speech."""
    return rule("quotes.uttered.judged", chance=f"{chance:.2f}")


def ranking_rule(candidates: Sequence[Candidate], scores: Sequence[float], best: Candidate) -> Rule:
    """The rule that the learned ranker chose a candidate, and from how many."""
    others = len({candidate.source for candidate in candidates}) - 1
    score = max(value for value, candidate in zip(scores, candidates, strict=True) if candidate is best)
    return rule("quotes.speaker.ranked", others=str(others), score=f"{score:.2f}")


def attribution_rule(document: Document, utterance: Utterance, actor: Rule | None) -> Rule:
    """The rule from a quote to its speaker's noun phrase; ``actor`` is the rule from there to the actor."""
    assert utterance.source is not None
    name = document.tokens[utterance.source].span
    because = tuple(r for r in (utterance.ranked, actor) if r is not None)
    if utterance.ranked is not None and utterance.cue is not None:
        return rule("quotes.speaker.cue", because=because, name=name, cue=document.tokens[utterance.cue].span)
    return rule(f"quotes.speaker.{utterance.how if utterance.ranked is None else 'near'}", because=because, name=name)


def continuation_rule(quoted: QuotedDocument, utterance: Utterance, speaker: Rule | None) -> Rule:
    """Why a quote has the previous quote's speaker, whose rule is ``speaker``; it shows three words of that quote."""
    assert utterance.continues is not None
    how = "previous" if utterance.how == PREVIOUS else "same_cue"
    because = tuple(r for r in (utterance.ranked, speaker) if r is not None)
    before = quoted.quotes[utterance.continues]
    opening = quoted.document.span(before.inner_first, min(before.inner_last, before.inner_first + 3))
    return rule(f"quotes.speaker.{how}", because=because, before=opening)


def text_rule(utterance: Utterance) -> Rule:
    """The rule for where the words of a quote begin and end, and why they count as speech."""
    quote, stretch = utterance.quote, utterance.quote.stretch
    if quote.layout != MARKS:
        name = quote.layout
    elif not stretch.closed:
        name = "open"
    elif stretch.outer.end == stretch.span.end:
        name = "unclosed"
    else:
        name = "marks" if stretch.opened else "ends"
    return rule(f"quotes.text.{name}", because=utterance.uttered)


def cue_rule(token: Token) -> Rule:
    """The rule of a cue, with its entry in the table of cues."""
    if token.lower == "according":
        return rule("quotes.cue.according", file="reporting_cues", entry="according")
    kind, lemma = entry_of(token)
    traits = ", ".join(sorted(traits_of(token)))
    if not traits:
        return rule("quotes.cue.other", cue=token.span)
    return rule(f"quotes.cue.{kind}", file="reporting_cues", entry=lemma, cue=token.span, traits=traits)
