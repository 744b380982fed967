"""Who utters each quote of a document: the speaker that the layout names, or the best candidate.

Quotes are decided from left to right, since a quote without a cue may continue the previous one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.extraction.quotes.candidates import PREVIOUS, Candidate, speaker_candidates
from broadsheet.extraction.quotes.cues import is_verb, traits_of
from broadsheet.extraction.quotes.features import context_of, features_of, score, weights
from broadsheet.extraction.quotes.phrases import DASHES
from broadsheet.extraction.quotes.quoted_document import BLOCK, FREE, MARKS, TURN
from broadsheet.extraction.quotes.speech import is_title_or_term, probability, speech_features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_PARSED = frozenset({"subj", "conj:subj", "ctrl:subj", "relcl", "conj:relcl"})
_HEIGHT = 8
"""How many steps up the tree to search for the verb that governs the quoted words."""

SPEECH = 0.5
"""The probability above which a stretch counts as speech."""

_DIGITS = Context(prec=28)

SIGNED = "signed"
LABELLED = "labelled"

_LONGEST_SIGNATURE = 18
_LONGEST_LABEL = 6
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch that someone utters.

    Attributes:
        quote: The stretch.
        source: Head of the noun phrase that names the speaker; None if no one is named.
        cue: The cue word.
        how: The construction.
        continues: Index of the quote that this one continues without a cue of its own.
        uttered: Why it counts as speech.
        ranked: The rule by which the noun phrase names the speaker; None if the layout does.
    """

    quote: Quotation
    source: int | None
    cue: int | None
    how: str
    continues: int | None
    uttered: Rule
    ranked: Rule | None = None


def attribute(quoted: QuotedDocument) -> list[Utterance]:
    """The uttered stretches of a document, in reading order, each with its speaker."""
    ranker = weights("speaker")
    british = _single_marks_rule(quoted)
    out: list[Utterance] = []
    for quote in quoted.quotes:
        last = out[-1] if out else None
        sure = layout_speaker(quoted, quote)
        if sure is not None:
            out.append(Utterance(quote, sure.source, None, sure.how, None, Rule("quotes.uttered.laid_out")))
            continue
        if _is_stage_direction(quoted, quote) or (quote.layout == MARKS and is_title_or_term(quoted, quote)):
            continue
        context = context_of(quoted, quote)
        earlier = (last.quote.index, last.source) if last is not None and last.source is not None else None
        candidates = speaker_candidates(quoted, quote, earlier)
        scores = [score(ranker, features) for features in features_of(quoted, quote, context, candidates)]
        candidate = best_candidate(candidates, scores)
        uttered = _why_uttered(quoted, quote, context, candidate, scores, last)
        headline = quoted.document.has_title and quote.paragraph == 0
        doubtful = headline or not (quote.stretch.double or british)
        if uttered is None or (doubtful and not _is_reported(quoted, candidate, quote, last)):
            continue
        if candidate is None:
            out.append(Utterance(quote, None, None, "", None, uttered))
            continue
        others = len({other.source for other in candidates}) - 1
        ranked = rule("quotes.speaker.ranked", others=str(others), score=f"{scores[candidates.index(candidate)]:.2f}")
        candidate = _governing_cue(quoted, quote, context, candidate, candidates)
        continues = candidate.link
        if last is not None and _continues(quoted, last, quote, candidate):
            continues = last.quote.index
        cue = None if continues is not None else candidate.cue
        out.append(Utterance(quote, candidate.source, cue, candidate.how, continues, uttered, ranked))
    return out


def _why_uttered(
    quoted: QuotedDocument,
    quote: Quotation,
    context: QuoteContext,
    best: Candidate | None,
    scores: Sequence[float],
    last: Utterance | None,
) -> Rule | None:
    """The rule by which a stretch counts as speech; None if it does not."""
    if quote.layout == BLOCK:
        return Rule("quotes.uttered.block") if best is not None and best.how != PREVIOUS else None
    if _is_continued_paragraph(quoted, quote, last):
        return Rule("quotes.uttered.runs_on")
    chance = probability(score(weights("speech"), speech_features(quoted, quote, context, best, scores)))
    return rule("quotes.uttered.judged", chance=f"{chance:.2f}") if chance >= SPEECH else None


def _is_stage_direction(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether everything quoted is in brackets: *(Applause.)*."""
    words = quote.stretch.span.of(quoted.document.text)
    return words[0] in "([" and words[-1] in ")]" and not any(c in ")]" for c in words[:-1])


def _is_continued_paragraph(quoted: QuotedDocument, quote: Quotation, last: Utterance | None) -> bool:
    """Whether a stretch is a paragraph of a longer quote: each paragraph opens with a mark and only the last closes."""
    if quote.first != quoted.bounds[quote.paragraph][0]:
        return False
    if last is not None and not last.quote.stretch.closed and last.quote.paragraph == quote.paragraph - 1:
        return True
    following = quoted.quotes[quote.index + 1] if quote.index + 1 < len(quoted.quotes) else None
    if quote.stretch.closed or following is None or following.paragraph != quote.paragraph + 1:
        return False
    return following.first == quoted.bounds[following.paragraph][0]


def best_candidate(candidates: Sequence[Candidate], scores: Sequence[float]) -> Candidate | None:
    """The best candidate of the noun phrase with the greatest total weight; the first on a tie."""
    if not candidates:
        return None
    top = max(scores)
    weight: dict[int, int] = {}
    for candidate, value in zip(candidates, scores, strict=True):
        weight[candidate.source] = weight.get(candidate.source, 0) + _exponential(round(100 * (value - top)))
    source = max(weight, key=lambda place: weight[place])
    best = max(value for candidate, value in zip(candidates, scores, strict=True) if candidate.source == source)
    return next(c for c, value in zip(candidates, scores, strict=True) if (c.source, value) == (source, best))


@cache
def _exponential(hundredths: int) -> int:
    """The exponential function in units of 1e-18; `Decimal` rounds correctly, `math.exp` depends on the C library."""
    return int(Decimal(hundredths).scaleb(-2, _DIGITS).exp(_DIGITS).scaleb(18, _DIGITS))


def _governing_cue(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, chosen: Candidate, candidates: Sequence[Candidate]
) -> Candidate:
    """The candidate of the chosen speaker whose cue governs the words, if another of their verbs comes first.

    ``denied the charge and called it "absurd"`` · ``told reporters it would appeal, calling it "absurd"``
    """
    tokens = quoted.document.tokens
    if chosen.cue is None or chosen.cue > quote.first or chosen.how == PREVIOUS:
        return chosen
    if quoted.document.child(tokens[chosen.cue], "auxpass") is not None:  # said she had been given "..."
        above = tokens[chosen.cue].head
        return next((t for t in candidates if t.cue == above and t.source == chosen.source), chosen)
    place = context.head
    for _ in range(_HEIGHT):
        place = tokens[place].head
        if place <= chosen.cue:
            return chosen
        if place < quote.first and is_verb(tokens[place]) and traits_of(tokens[place]):
            if tokens[place].tag == "VBG" and tokens[place - 1].text == ",":
                return replace(chosen, cue=place)
            parsed = (t for t in candidates if t.cue == place and t.source == chosen.source and t.how in _PARSED)
            return next(parsed, chosen)
    return chosen


def _single_marks_rule(quoted: QuotedDocument) -> bool:
    """Whether the article quotes speech in single marks, as British papers do, and not only headings and terms."""
    body = [q.stretch for q in quoted.quotes if not (quoted.document.has_title and q.paragraph == 0)]
    single = sum(not s.double for s in body)
    return single > len(body) - single


def _is_reported(quoted: QuotedDocument, candidate: Candidate | None, quote: Quotation, last: Utterance | None) -> bool:
    """Whether a speaker and a reporting cue are next to a stretch that may also be a heading or a term."""
    if candidate is None:
        return False
    if candidate.how == PREVIOUS:
        return last is not None and last.quote.paragraph == quote.paragraph
    return candidate.cue is not None and bool(traits_of(quoted.document.tokens[candidate.cue]))


def _continues(quoted: QuotedDocument, last: Utterance, quote: Quotation, candidate: Candidate) -> bool:
    """Whether a quote with the same cue as the one before continues it.

    It does if a full stop ends the cue's sentence, or if a comma or dash splits one sentence of the speaker.
    """
    if candidate.how == PREVIOUS or (last.source, last.cue) != (candidate.source, candidate.cue):
        return False
    tokens = quoted.document.tokens
    before = last.quote
    anchor = candidate.cue if candidate.cue is not None else candidate.source
    if before.paragraph != quote.paragraph:
        return True
    if not before.last <= anchor < quote.first:
        return anchor < before.first and tokens[quote.first - 1].text in {".", "!", "?"}
    closes = quoted.document.text[before.stretch.span.end - 1] in ",.?!…—-"
    return closes and tokens[quote.first - 1].text in {".", ",", "!", "?", "—", "–", "--", ";"}


def layout_speaker(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """The speaker that the layout names, if any: a label before a colon, or a signature after a dash.

    These constructions are reliable and rare in running text, so rules decide them before the ranker runs.
    """
    if quote.layout == TURN:
        return _turn(quoted, quote)
    return _label(quoted, quote) or _signature(quoted, quote)


def _turn(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``OSTIN (in Norwegian): We shall see.`` in a transcript."""
    low, _ = quoted.bounds[quote.paragraph]
    for i in range(low + 1, quote.inner_first):
        if quoted.document.tokens[i].text in {":", "("}:
            return Candidate(i - 1, None, LABELLED)
    return None


def _label(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``Ostin: "We shall see."`` if the name alone comes before the colon in its paragraph.

    In a headline the words after the colon may begin outside the marks: ``Ostin: Port plan 'a gamble'``.
    """
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    headline = quoted.document.has_title and quote.paragraph == 0
    first, stop = low + 1 if headline else quote.first - 1, min(quote.first, low + _LONGEST_LABEL + 1)
    colon = next((i for i in range(first, stop) if tokens[i].text == ":"), low)
    return Candidate(colon - 1, None, LABELLED) if _is_name(tokens[low:colon]) else None


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(t.pos == "PROPN" or t.text == "." for t in tokens) and any(
        t.ent in {"PERSON", "ORG", "NORP"} for t in tokens
    )


def _signature(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """A name after a dash, at the end of the paragraph or as the whole next one."""
    tokens = quoted.document.tokens
    low, high = quoted.bounds[quote.paragraph]
    first = quote.last
    if first >= high and quote.first == low and quote.paragraph + 1 < len(quoted.bounds):
        first, high = quoted.bounds[quote.paragraph + 1]
    while first < high and tokens[first].text in {".", ","}:
        first += 1
    if first >= high or tokens[first].text not in DASHES:
        return None
    last = first + 1
    while last < high and quoted.quote_of[last] == FREE and last - first <= _LONGEST_SIGNATURE:
        if tokens[last].tag in _FINITE:
            return None
        last += 1
    if last < high and quoted.quote_of[last] == FREE:
        return None
    end = first + 1
    while end < last and tokens[end].pos == "PROPN":
        end += 1
    return Candidate(end - 1, None, SIGNED) if end > first + 1 else None
