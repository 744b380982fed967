"""Whether a quoted stretch is speech, or a title, a nickname, a so-called term, or a word that is only mentioned.

Titles and terms use the same marks as speech. They differ in capitalisation (each word has a capital), punctuation (no
closing comma), syntax (they depend on a noun for works or names, an article, or a verb of naming) and in whether a
possible speaker is near.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.quotes.cues import is_verb, traits_of
from broadsheet.extraction.quotes.features import bucket, construction, separation, source_kind
from broadsheet.extraction.quotes.quoted_document import FREE
from broadsheet.reference import column, mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.extraction.quotes.candidates import Candidate
    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "is", "as", "vs"}
)
_NAMING = frozenset(
    {"know", "call", "dub", "title", "entitle", "name", "nickname", "term", "label", "style", "christen", "brand"}
    | {"rename", "caption"}
)

_NAMED_AS = frozenset({"titled", "entitled", "nicknamed", "codenamed", "subtitled", "headlined", "captioned"})
_DETERMINERS = frozenset({"a", "an", "the", "this", "that", "his", "her", "their", "its", "no", "'s", "’s"})
_TITLE_WORDS = 12


@cache
def _works() -> frozenset[str]:
    """Nouns that a quoted title, name or word may follow."""
    return column("quoted_names", "noun")


def is_title_or_term(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the words in marks are clearly a title, a name or a so-called term.

    *the film "Northern Light"* · *a report titled "Fair Winds"* · *the so-called "ghost fleet"* · *known as "Slim"*.
    Corpora of attributions count some of these as quotes; the data model does not.
    """
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    if quote.first == low or quoted.quote_of[quote.first - 1] != FREE:
        return False
    before = tokens[quote.first - 1]
    lead = "".join(tokens[i].lower for i in range(max(low, quote.first - 3), quote.first))
    if before.lower in _NAMED_AS or lead.endswith(("so-called", "knownas")):
        return True
    kind = mapping("quoted_names", "kind").get(before.lemma) if before.pos in {"NOUN", "PROPN"} else None
    short = quote.inner_last - quote.inner_first <= _TITLE_WORDS
    return kind not in {None, "word"} and short and case_of(quoted, quote) in {"title", "upper"}


def probability(score: float) -> float:
    """Logistic function."""
    return 1.0 / (1.0 + math.exp(-max(score, -700.0)))


def case_of(quoted: QuotedDocument, quote: Quotation) -> str:
    """The casing of the words: ``title`` if each longer word has a capital, ``upper``, ``lower`` or ``sentence``."""
    words = [t.text for t in quoted.document.tokens[quote.inner_first : quote.inner_first + 14] if t.text[:1].isalpha()]
    words = words[: max(1, quote.inner_last - quote.inner_first)]
    if not words:
        return "none"
    if all(w.isupper() for w in words) and len("".join(words)) > 1:
        return "upper"
    long = [w for w in words if w.lower() not in _SMALL]
    if long and all(w[0].isupper() for w in long):
        return "title"
    return "sentence" if words[0][0].isupper() else "lower"


def speech_features(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, best: Candidate | None, scores: Sequence[float]
) -> list[str]:
    """The names of the features that distinguish speech from other quoted text.

    Args:
        quoted: The document with its quotes.
        quote: The stretch.
        context: Its properties.
        best: The most likely speaker.
        scores: The scores of all candidates.
    """
    tokens = quoted.document.tokens
    stretch = quote.stretch
    case = "headline" if quoted.document.has_title and quote.paragraph == 0 else case_of(quoted, quote)
    words = context.words
    neighbours = sum(
        0 <= k < len(quoted.quotes) and quoted.quotes[k].paragraph == quote.paragraph
        for k in (quote.index - 1, quote.index + 1)
    )
    head = tokens[context.head]
    out = [
        "bias",
        f"words={words}",
        f"case={case} words={words}",
        f"ending={context.ending} words={words}",
        f"opening={context.opening}",
        f"closing={context.closing}",
        f"opening={context.opening} case={case}",
        f"closing={context.closing} ending={context.ending}",
        f"clause={context.clause} words={words}",
        f"whole={context.whole}",
        f"opened=True closed={stretch.closed}",
        f"neighbours={neighbours} words={words}",
        f"head={head.dep} words={words}",
        f"head={head.dep} governor={tokens[head.head].pos}",
    ]
    before = [tokens[i] for i in quoted.before(quote.first, quoted.bounds[quote.paragraph][0], 3)]
    if any(token.lemma in _works() or token.lower in _works() for token in before):
        out.append(f"work before case={case}")
    if any(token.lemma in _NAMING or token.lower in {"so-called", "called", "known"} for token in before):
        out.append(f"naming before words={words}")
    if before and before[0].lower in _DETERMINERS:
        out.append(f"determiner={'own' if before[0].tag in {'PRP$', 'POS'} else 'other'} closing={context.closing}")
    return out if best is None else out + _attribution_features(quoted, quote, context, best, max(scores), case)


def _attribution_features(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, best: Candidate, score: float, case: str
) -> list[str]:
    """Features of the most likely speaker: how likely, how close, and by what cue."""
    tokens = quoted.document.tokens
    words = context.words
    anchor = best.cue if best.cue is not None else best.source
    simple = construction(best.how)
    span, _, apart = separation(quoted, quote, anchor)
    place = f"{'<' if anchor < quote.first else '>'}{apart}"
    out = [
        f"how={simple} {place}",
        f"how={simple} words={words}",
        f"kind={source_kind(tokens[best.source])} words={words}",
        f"score={max(-3, min(6, round(score / 2)))}",
        f"distance={bucket(span)} {place}",
    ]
    if best.cue is not None:
        for trait in sorted(traits_of(tokens[best.cue])) or ["other"]:
            noun = "" if is_verb(tokens[best.cue]) else "-noun"
            out.append(f"trait={trait}{noun} words={words}")
            out.append(f"trait={trait}{noun} {place} {bucket(span)}")
            out.append(f"trait={trait}{noun} case={case}")
    return out
