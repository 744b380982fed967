"""Whether a quoted stretch is speech, or a title, a nickname, a so-called term, or a word that is only mentioned.

Titles and terms differ from speech in capitals, punctuation (no closing comma), syntax (they depend on a noun for works
or names, an article, or a verb of naming) and in whether a possible speaker is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.cues import is_verb, traits_of
from broadsheet.extraction.quotes.features import bucket, construction, separation, source_kind
from broadsheet.reference import mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.extraction.quotes.features import QuoteContext
    from broadsheet.extraction.quotes.phrases import Candidate
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "is", "as", "vs"}
)
_NAMING = frozenset(
    {"know", "call", "dub", "title", "entitle", "name", "nickname", "term", "label", "style", "brand", "caption"}
)
_DETERMINERS = frozenset({"a", "an", "the", "this", "that", "his", "her", "their", "its", "no", "'s", "’s"})


_NAMED = ("so-called", "knownas", "titled", "nicknamed", "codenamed", "headlined", "captioned")
"""What stands right before a title or a name in marks, without spaces."""


def is_named(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the words before the marks say that they hold a title or a name: *a report titled "Fair Winds"*."""
    low, _ = quoted.bounds[quote.paragraph]
    before = quoted.document.tokens[max(low, quote.first - 3) : quote.first]
    return "".join(token.lower for token in before).endswith(_NAMED)


def _case_of(quoted: QuotedDocument, quote: Quotation) -> str:
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
    """The names of the features that distinguish speech from other text, given the best candidate and all scores."""
    tokens, stretch, words = quoted.document.tokens, quote.stretch, context.words
    case = "headline" if quoted.document.has_title and quote.paragraph == 0 else _case_of(quoted, quote)
    beside = quoted.quotes[max(0, quote.index - 1) : quote.index + 2]
    neighbours = sum(other.paragraph == quote.paragraph for other in beside) - 1
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
        f"opened={stretch.opened} closed={stretch.closed}",
        f"neighbours={neighbours} words={words}",
        f"head={head.dep} words={words}",
        f"head={head.dep} governor={tokens[head.head].pos}",
    ]
    before = [tokens[i] for i in quoted.before(quote.first, quoted.bounds[quote.paragraph][0], 3)]
    behind = tokens[quote.last] if quote.last < len(tokens) else None
    names = mapping("quoted_names", "kind")
    for kind in sorted({names[form] for token in before for form in (token.lemma, token.lower) if form in names}):
        out.append(f"{kind} before case={case}")
    if behind is not None and behind.lemma in names:
        out.append(f"{names[behind.lemma]} behind case={case}")
    if behind is not None and before and before[0].pos == behind.pos == "PROPN":
        out.append(f"between names words={words}")
    if any(token.lemma in _NAMING for token in before):
        out.append(f"naming before words={words}")
    if before and before[0].lower in _DETERMINERS:
        out.append(f"determiner={'own' if before[0].tag in {'PRP$', 'POS'} else 'other'} closing={context.closing}")
    return out if best is None else out + _attribution_features(quoted, quote, context, best, max(scores), case)


def _attribution_features(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, best: Candidate, score: float, case: str
) -> list[str]:
    """Features of the most likely speaker: how likely, how close, and by what cue."""
    anchor = best.cue if best.cue is not None else best.source
    words, simple = context.words, construction(best.how)
    distance, _, apart = separation(quoted, quote, anchor)
    place, far = f"{'<' if anchor < quote.first else '>'}{apart}", bucket(distance)
    out = [
        f"how={simple} {place}",
        f"how={simple} words={words}",
        f"kind={source_kind(quoted.document, best.source)} words={words}",
        f"score={max(-3, min(6, round(score / 2)))}",
        f"distance={far} {place}",
    ]
    if best.cue is not None:
        cue = quoted.document.tokens[best.cue]
        noun = "" if is_verb(cue) else "-noun"
        beside = (f"words={words}", f"{place} {far}", f"case={case}")
        out += [f"trait={t}{noun} {rest}" for t in sorted(traits_of(cue)) or ["other"] for rest in beside]
    return out
