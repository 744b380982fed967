"""Scores quotes and their speakers against articles with annotated attributions.

A line of the gold has ``doc_id``, ``text``, ``published_on`` and ``quotes``. Each quote has ``start`` and ``end``
inside the marks, ``kind``, ``source`` (spans that name the speaker, as printed) and ``source_text``. This is the form
of PolNeAR (Newell, Margolin and Ruths, LREC 2018).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.evaluation.measure import Count, Fault, Scores, around, brief

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OVERLAP = 0.7
"""Minimum intersection over union for two spans to be the same quote."""

_EDGE = '“„”" \n\t\xa0'
_PRONOUNS = frozenset(
    [
        *("i", "we", "you", "he", "she", "it", "they", "me", "us", "him", "her", "them", "who", "whom", "whoever"),
        *("his", "hers", "its", "their", "our", "my", "your", "himself", "herself", "themselves", "one"),
    ]
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md"])
_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_CONJUNCT = re.compile(r",|;|—|–|\s-\s|:|\band\b|&")
_POSTMODIFIER = re.compile(
    r"\s(?:of|for|from|in|at|on|with|to|by|as|who|whom|whose|which|that|and his|and her)\s", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"'s?$")
_WORD = re.compile(r"[\w'.-]+")


@dataclass(frozen=True, slots=True)
class GivenQuote:
    """An extracted quote: its span, its speaker as printed, and the resolved name of the speaker."""

    span: Span
    speaker_text: str | None
    speaker_spans: tuple[Span, ...]
    speaker_name: str | None


def score_quotes(text: str, golds: Sequence[Mapping[str, Any]], given: Sequence[GivenQuote], where: str) -> Scores:
    """Scores one document.

    ``quotes`` scores detection, ``quotes.speaker`` the speakers of found quotes, and ``quotes.joint`` both together.
    The last two ignore quotes whose gold names no speaker. The gold does not resolve pronouns: a name given for a
    pronoun counts as right, but as wrong in ``quotes.joint.strict``.
    """
    scores = Scores.empty()
    kept = [(span, quote) for quote in given if (span := _trimmed(text, quote.span)).end > span.start]
    spans, quotes = [span for span, _ in kept], [quote for _, quote in kept]
    links = _align(spans, golds)
    found = {j: i for i, j in links.items()}
    scores.add("quotes", Count(len(links), len(spans), len(golds)))
    right = strict = 0
    for j, gold in enumerate(golds):
        context, row = around(text, gold["start"], gold["end"]), brief(text[gold["start"] : gold["end"]])
        if j not in found:
            asked = {"speaker_text": gold["source_text"]}
            scores.faults.append(Fault("quotes", "missed", where, row, asked, None, context))
        elif gold["source"]:
            quote = quotes[found[j]]
            verdict = _same_speaker(gold, quote)
            right += verdict is not None
            strict += verdict in ("span", "name")
            scores.add_field("quotes.speaker", verdict is not None)
            if verdict is None:
                shown = [quote.speaker_text, quote.speaker_name]
                fault = Fault("quotes.speaker", "wrong", where, row, gold["source_text"], shown, context)
                scores.faults.append(fault)
    for i, span in enumerate(spans):
        if i not in links:
            context, extra = around(text, span.start, span.end), {"speaker_text": quotes[i].speaker_text}
            scores.faults.append(Fault("quotes", "spurious", where, brief(span.of(text)), None, extra, context))
    unnamed = sum(not golds[j]["source"] for j in found)
    for measure, count in (("quotes.joint", right), ("quotes.joint.strict", strict)):
        scores.add(measure, Count(count, len(spans) - unnamed, sum(bool(g["source"]) for g in golds)))
    return scores


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def _align(spans: Sequence[Span], golds: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Maps given indexes to gold indexes, pairs with the greatest overlap first."""
    pairs = []
    for i, span in enumerate(spans):
        for j, gold in enumerate(golds):
            both = min(span.end, gold["end"]) - max(span.start, gold["start"])
            union = max(span.end, gold["end"]) - min(span.start, gold["start"])
            if both > 0 and both >= OVERLAP * union:
                pairs.append((-both / union, i, j))
    links: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in links and j not in links.values():
            links[i] = j
    return links


def _same_speaker(gold: Mapping[str, Any], quote: GivenQuote) -> str | None:
    """Returns ``span`` if the spans overlap, ``name`` if a surname is the same, ``pronoun`` if a name is given for a
    pronoun, else None.
    """
    if any(span.overlaps(Span(start, end)) for span in quote.speaker_spans for start, end in gold["source"]):
        return "span"
    if surnames(gold["source_text"]) & (surnames(quote.speaker_name) | surnames(quote.speaker_text)):
        return "name"
    if _plain(gold["source_text"] or "") in _PRONOUNS and any(map(_is_name, (quote.speaker_name, quote.speaker_text))):
        return "pronoun"
    return None


def surnames(phrase: str | None) -> set[str]:
    """Returns the last word of each conjunct or apposition of a phrase, if it is capitalised."""
    names: set[str] = set()
    for part in _CONJUNCT.split(_BRACKETED.sub(" ", phrase or "")):
        tokens = [t for t in _POSTMODIFIER.split(f" {part.strip()} ")[0].split() if _plain(t)]
        while tokens and _plain(tokens[-1]) in _SUFFIXES:
            tokens.pop()
        if tokens and tokens[-1].lstrip("\"“'@([")[:1].isupper() and _plain(tokens[-1]) not in _PRONOUNS:
            names.add(_plain(tokens[-1]))
    return names


def _is_name(phrase: str | None) -> bool:
    if not phrase or _plain(phrase) in _PRONOUNS:
        return False
    return any(word[:1].isupper() and _plain(word) not in _PRONOUNS for word in _WORD.findall(phrase))


def _plain(token: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c)).replace("’", "'")
    return _POSSESSIVE.sub("", folded.strip('"“”.,;:!?()[]')).strip(".,'").lower()
