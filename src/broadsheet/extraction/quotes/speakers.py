"""Who utters each quote: the best candidate of each, in reading order, as a quote may continue the previous one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import is_verb, traits_of, verb_traits
from broadsheet.extraction.found import Rule
from broadsheet.extraction.quotes.blocks import BLOCK
from broadsheet.extraction.quotes.candidates import PREVIOUS, speaker_candidates
from broadsheet.extraction.quotes.features import context_of, features_of
from broadsheet.extraction.quotes.labels import layout_speaker
from broadsheet.extraction.quotes.provenance import ranking_rule, speech_rule
from broadsheet.extraction.quotes.quoted_document import MARKS
from broadsheet.extraction.quotes.rank import probability, score, share, weights
from broadsheet.extraction.quotes.speech import is_named, speech_features
from broadsheet.extraction.quotes.utterance import Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.phrases import Candidate
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_PARSED = frozenset({"subj", "conj:subj", "ctrl:subj", "relcl", "conj:relcl"})
_HEIGHT = 8
"""How many steps up the tree to search for the verb that governs the quoted words."""

SPEECH = 0.5
"""The probability above which a stretch counts as speech."""
FIT = 0.3
"""The weight of how well a candidate fits as a speaker by the encoder; chosen on PolNeAR's training set."""


def attribute(quoted: QuotedDocument, fit: Callable[[int, int], float] | None = None) -> list[Utterance]:
    """The uttered stretches of a document, in reading order, each with its speaker.

    ``fit`` is how well the actor that a word names fits as the speaker of a quote (``SpeakerResolver.fit``).
    """
    ranker, judge = weights("speaker"), weights("speech")
    british = _single_marks_rule(quoted)
    out: list[Utterance] = []
    for quote in quoted.quotes:
        context = context_of(quoted, quote)
        sure = layout_speaker(quoted, quote)
        if sure is not None:
            laid_out = Rule("quotes.uttered.laid_out")
            out.append(Utterance(quote, context, sure.source, sure.cue, sure.how, None, laid_out))
            continue
        if quote.layout == MARKS and is_named(quoted, quote):
            continue
        last = out[-1] if out else None
        earlier = (last.quote.index, last.source) if last is not None and last.source is not None else None
        candidates = speaker_candidates(quoted, quote, earlier)
        scores = [score(ranker, features) for features in features_of(quoted, quote, context, candidates)]
        weighed = scores
        if fit is not None:
            weighed = [value + FIT * fit(quote.index, c.source) for value, c in zip(scores, candidates, strict=True)]
        candidate = best_candidate(candidates, weighed)
        if quote.layout == BLOCK:
            chance = 1.0 if candidate is not None and candidate.how != PREVIOUS else 0.0
            uttered = Rule("quotes.uttered.block")
        elif _is_continued_paragraph(quoted, quote, last):
            chance = 1.0
            uttered = Rule("quotes.uttered.runs_on")
        else:
            chance = probability(score(judge, speech_features(quoted, quote, context, candidate, scores)))
            uttered = speech_rule(chance)
        headline = quoted.document.has_title and quote.paragraph == 0
        doubtful = headline or not (quote.stretch.double or british)
        if chance < SPEECH or (doubtful and not _is_reported(quoted, candidate, quote, last)):
            continue
        if candidate is None:
            out.append(Utterance(quote, context, None, None, "", None, uttered))
            continue
        ranked = ranking_rule(candidates, weighed, candidate)
        candidate = _governing_cue(quoted, quote, context, candidate, candidates)
        continues = _continued(quoted, quote, candidate, last)
        cue = candidate.cue if continues is None and _introduces(quoted, quote, candidate.cue) else None
        source = _utterer(quoted.document, candidate, candidates)
        out.append(Utterance(quote, context, source, cue, candidate.how, continues, uttered, ranked))
    return out


def _utterer(document: Document, chosen: Candidate, others: Sequence[Candidate]) -> int | None:
    """The noun of a candidate; where the words are said to it (``Lund was asked, "...``), that after *by*, if any."""
    noun = document.tokens[chosen.source]
    verb = document.head(noun)
    if noun.dep != "nsubjpass" or chosen.cue not in (None, verb.i) or "addressee" not in verb_traits(verb):
        return noun.i
    return next((c.source for c in others if c.how == "agent" and c.cue == verb.i), None)


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
    weighed = list(zip(candidates, scores, strict=True))
    mass: Counter[int] = Counter()
    for candidate, value in weighed:
        mass[candidate.source] += share(value, top)
    source = max(mass, key=lambda place: mass[place])
    return max((pair for pair in weighed if pair[0].source == source), key=lambda pair: pair[1])[0]


def _governing_cue(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, chosen: Candidate, candidates: Sequence[Candidate]
) -> Candidate:
    """The candidate of the chosen speaker whose cue governs the words, if another of their verbs comes first.

    ``denied the charge and called it "absurd"`` · ``told reporters it would appeal, calling it "absurd"``
    """
    tokens = quoted.document.tokens
    if chosen.cue is None or chosen.cue > quote.first or chosen.how == PREVIOUS:
        return chosen
    place = context.head
    for _ in range(_HEIGHT):
        place = tokens[place].head
        if place <= chosen.cue:
            return chosen
        if place < quote.first and is_verb(tokens[place]) and _is_speech_of_its_own(quoted.document, tokens[place]):
            if tokens[place].tag == "VBG" and tokens[place - 1].text == ",":
                return replace(chosen, cue=place)
            mine = (t for t in candidates if t.cue == place and t.source == chosen.source)
            apart = _is_apart(quoted.document, tokens[place])
            return next((t for t in mine if t.how in _PARSED or (apart and t.how.endswith("opener"))), chosen)
    return chosen


def _introduces(quoted: QuotedDocument, quote: Quotation, cue: int | None) -> bool:
    """Whether a cue introduces a quote; the verb of a sentence before it does not, unless it reports speech."""
    tokens = quoted.document.tokens
    return cue is None or cue > quote.first or tokens[quote.first - 1].text != "." or bool(traits_of(tokens[cue]))


def _is_speech_of_its_own(document: Document, verb: Token) -> bool:
    """Whether a verb reports what its subject says: no act of a passive clause, and none that is only promised."""
    promised = verb.tag == "VB" and bool(traits_of(document.head(verb)) & {"claim", "commit", "urge"})
    return bool(traits_of(verb)) and not promised and document.child(verb, "auxpass") is None


def _is_apart(document: Document, verb: Token) -> bool:
    """Whether a joined verb cannot share the auxiliary of the other: ``said it had failed and accused``."""
    return verb.dep == "conj" and verb.tag == "VBD" and document.head(verb).tag in {"VB", "VBN", "VBG"}


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


def _continued(quoted: QuotedDocument, quote: Quotation, candidate: Candidate, last: Utterance | None) -> int | None:
    """Index of the quote that one without a cue of its own continues, if it does."""
    if candidate.how == PREVIOUS:
        return candidate.link
    if last is None or (last.source, last.cue) != (candidate.source, candidate.cue):
        return None
    return last.quote.index if _continues(quoted, last.quote, quote, candidate) else None


def _continues(quoted: QuotedDocument, before: Quotation, quote: Quotation, candidate: Candidate) -> bool:
    """Whether a cue between two quotes belongs to the first, and the second continues it.

    It does if a full stop ends the cue's sentence, or if a comma or dash splits one sentence of the speaker.
    """
    tokens = quoted.document.tokens
    anchor = candidate.cue if candidate.cue is not None else candidate.source
    if before.paragraph != quote.paragraph:
        return True
    if not before.last <= anchor < quote.first:
        return anchor < before.first and tokens[quote.first - 1].text in {".", "!", "?"}
    closes = quoted.document.text[before.stretch.span.end - 1] in ",.?!…—-"
    return closes and tokens[quote.first - 1].text in {".", ",", "!", "?", "—", "–", "--", ";"}
