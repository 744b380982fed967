"""Features of the ranker: binary features of a candidate, by name.

They name constructions, traits of the cue, distances and marks, never words, so that they fit any newsroom's copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import is_verb, mistaken_verb, noun_traits, traits_of
from broadsheet.extraction.quotes.quoted_document import FREE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.phrases import Candidate
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

    Ranks = Mapping[int, tuple[int, int]]

_PRONOUNS = {
    **dict.fromkeys(("i", "we", "me", "us"), "i"),
    **dict.fromkeys(("he", "she", "they"), "he"),
    **{word: word for word in ("it", "you", "who")},
}
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_TIGHT = 3
CLAUSE_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_CUTS = {".": "stop", "!": "stop", "?": "stop", ",": "comma", ":": "colon"}
_WORDS = ((1, "1"), (3, "2-3"), (7, "4-7"), (15, "8-15"))


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """Properties that all candidates of one quote share."""

    words: str
    opening: str
    closing: str
    ending: str
    clause: bool
    whole: bool
    head: int
    """That of the quote."""


def bucket(number: int) -> str:
    """A count as one of a few names."""
    if number <= 2:
        return str(number)
    return "3-5" if number <= 5 else "6-10" if number <= 10 else "11+"


def context_of(quoted: QuotedDocument, quote: Quotation) -> QuoteContext:
    """The quote's marks and the words next to it."""
    tokens = quoted.document.tokens
    low, high = quoted.bounds[quote.paragraph]
    inside = tokens[quote.inner_first : quote.inner_last]
    words = sum(token.pos != "PUNCT" for token in inside[:30])
    final = quoted.document.text[quote.stretch.span.end - 1]
    return QuoteContext(
        words=next((name for most, name in _WORDS if words <= most), "16+"),
        opening=_edge(tokens[quote.first - 1], quoted) if quote.first > low else "start",
        closing=_edge(tokens[quote.last], quoted) if quote.last < high else "end",
        ending=final if final in ",.?!:;…-—" else "word",
        clause=any(t.dep in CLAUSE_SUBJECTS and is_verb(tokens[t.head]) for t in inside[:25]),
        whole=quote.first == low and quote.last == high,
        head=quote.head,
    )


def _edge(token: Token, quoted: QuotedDocument) -> str:
    """What is printed next to a quote: another quote, a mark, or a word."""
    if quoted.quote_of[token.i] != FREE:
        return "quote"
    if token.text in {",", ":", "-", "--", "—", "–"}:
        return token.text
    if token.pos == "PUNCT":
        return token.text if token.text in {".", ";", "(", ")"} else "punct"
    return token.lower if token.lower in {"that", "as"} else token.pos


def construction(how: str) -> str:
    """The kind of a construction; all subjects are one kind, however far away they are."""
    simple = how.removeprefix("conj:").removeprefix("ctrl:")
    return "subj" if simple in {"relcl", "agent", "passive"} else simple


def source_kind(document: Document, place: int) -> str:
    """The kind of noun phrase that may speak: a pronoun, a named person or body, a document, or other."""
    token = document.tokens[place]
    if token.pos == "PRON" or token.tag in {"PRP", "PRP$", "WP", "WDT", "DT", "EX"}:
        return _PRONOUNS.get(token.lower, "pronoun")
    if token.ent in {"PERSON", "ORG", "GPE", "NORP"}:
        return token.ent.lower()
    if token.ent in {"DATE", "TIME", "CARDINAL", "PERCENT", "MONEY", "ORDINAL"}:
        return "number"
    traits = noun_traits(token)
    if traits:
        return "document" if "document" in traits else "speech"
    return "propn" if token.pos == "PROPN" else "plural" if token.tag == "NNS" else "noun"


def features_of(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, candidates: Sequence[Candidate]
) -> list[list[str]]:
    """The names of each candidate's features."""
    tokens = quoted.document.tokens
    cues = sorted({t.cue for t in candidates if t.cue is not None and traits_of(tokens[t.cue])})
    above = [t.i for t in islice(quoted.document.ancestors(tokens[context.head]), 12) if t.i in cues]
    before, after = [c for c in reversed(cues) if c < quote.first], [c for c in cues if c >= quote.last]
    ranks = {
        c: (min(3, place), min(3, above.index(c)) if c in above else 9)
        for side in (before, after)
        for place, c in enumerate(side)
    }
    return [_features(quoted, quote, context, candidate, ranks) for candidate in candidates]


def _features(
    quoted: QuotedDocument, quote: Quotation, context: QuoteContext, candidate: Candidate, ranks: Ranks
) -> list[str]:
    """Features of a candidate, given the ranks of each reporting cue on its side and among those above the quote."""
    document = quoted.document
    tokens = document.tokens
    if candidate.link is not None:
        return _chain_features(quoted, quote, context, candidate.link)
    anchor = candidate.cue if candidate.cue is not None else candidate.source
    side = "<" if anchor < quote.first else ">"
    kind = source_kind(document, candidate.source)
    distance, between, stops = separation(quoted, quote, anchor)
    source_distance, _, source_stops = separation(quoted, quote, candidate.source)
    same_paragraph = tokens[anchor].paragraph == quote.paragraph
    place = f"{side}{stops}" if same_paragraph else f"{side}p"
    simple = construction(candidate.how)
    edge = context.opening if side == "<" else context.closing
    far = bucket(distance)
    out = [
        f"how={candidate.how} {place}",
        f"how={simple} kind={kind}",
        f"kind={kind} {place}",
        f"place={place} between={min(between, 2)}",
        f"distance={far} {place} edge={edge}",
        f"source-distance={bucket(source_distance)} how={simple}",
        f"source-stops={source_stops} {side}",
        f"edge={edge} {side} how={simple}",
        f"ending={context.ending} {side} distance={far}",
        f"words={context.words} {place}",
        f"words={context.words} how={simple}",
        f"clause={context.clause} {place}",
        f"whole={context.whole} {place}",
    ]
    if candidate.cue is not None:
        cue = tokens[candidate.cue]
        verbal = is_verb(cue) or mistaken_verb(cue) is not None
        traits = traits_of(cue)
        relation = _relation(document, context.head, candidate.cue)
        near, above = ranks.get(candidate.cue, (9, 9))
        if not traits:
            nearer = sum((cue.i < c < quote.first) or (quote.last <= c < cue.i) for c in ranks)
            out.append(f"passed={min(nearer, 2)} {place}")
        governs = relation[-1:] if relation != "none" else "none"
        out.append(f"report={bool(traits)} governs={governs} {side}")
        out.append(f"report={bool(traits)} governs={governs} words={context.words}")
        out += [f"relation={relation} words={context.words}", f"above={above} words={context.words}"]
        out += [f"near={near} {place}", f"above={above} near={near} {side}"]
        out += [f"tag={cue.tag} {side}", f"dep={cue.dep} {place}"]
        named = (f"trait={name}{'' if verbal else '-noun'}" for name in sorted(traits) or ["other"])
        clause = f"clause={context.clause} words={context.words}"
        others = f"relation={relation}", f"kind={kind}", f"dep={cue.dep} {side}", f"above={above} near={near}"
        beside = place, clause, f"distance={far} {side}", *others
        out += [f"{trait} {rest}" for trait in named for rest in beside]
        if verbal and traits and distance <= 1 and abs(candidate.source - candidate.cue) <= _TIGHT and same_paragraph:
            out.append(f"tight {side} edge={edge} ending={context.ending}")
            out.append(f"tight {side} edge={edge} clause={context.clause} how={simple}")
            out.append(f"tight {side} {'finite' if cue.tag in _FINITE else 'other'} words={context.words}")
        if verbal:
            if document.child(cue, "neg") is not None:
                out.append("negated")
            if any(child.tag == "MD" for child in document.children(cue, "aux")):
                out.append("modal")
            out.append(f"order={'vs' if candidate.source > candidate.cue else 'sv'} {side} {simple}")
    if side == "<" and same_paragraph:
        sandwich = _sandwich(quoted, quote, anchor)
        if sandwich:
            out += [f"sandwich={sandwich}", f"sandwich={sandwich} near={ranks.get(anchor, (9, 9))[0]}"]
    elif same_paragraph:
        out.append(f"next-quote={_next_gap(quoted, quote, anchor)} distance={far}")
    return out


def _chain_features(quoted: QuotedDocument, quote: Quotation, context: QuoteContext, link: int) -> list[str]:
    """Features of the candidate that is the speaker of the previous quote, ``link``."""
    previous = quoted.quotes[link]
    apart = min(quote.paragraph - previous.paragraph, 2)
    free, quotes = quoted.between(previous.last, min(quote.first, previous.last + 40))
    low, high = quoted.bounds[quote.paragraph]
    alone = not quoted.before(quote.first, low, 1)
    return [
        "previous",
        f"previous apart={apart} free={bucket(free)} open={not previous.stretch.closed} quotes={min(quotes, 2)}",
        f"previous apart={apart} starts={alone} ends={not quoted.after(quote.last, high, 1)}",
        f"previous apart={apart} clause={context.clause} words={context.words}",
        f"previous apart={apart} opening={context.opening} closing={context.closing}",
    ]


def separation(quoted: QuotedDocument, quote: Quotation, place: int) -> tuple[int, int, int]:
    """Free words, quotes and sentence ends (at most 2) between a quote and a token outside it."""
    tokens = quoted.document.tokens
    first, last = (place + 1, quote.first) if place < quote.first else (quote.last, place)
    words, quotes = quoted.between(first, last)
    mine = tokens[quote.inner_first if place < quote.first else quote.inner_last - 1].sentence
    return words, quotes, min(2, abs(tokens[place].sentence - mine))


def _relation(document: Document, head: int, cue: int) -> str:
    """How the governed token of the quote depends on the cue: by which label and how far up, or not at all."""
    token = document.tokens[head]
    for depth, governor in enumerate(islice(document.ancestors(token), 6)):
        if governor.i == cue:
            return f"{token.dep}{min(depth, 2)}"
        token = governor
    return "none"


def _sandwich(quoted: QuotedDocument, quote: Quotation, anchor: int) -> str:
    """How a cue between two quotes of a paragraph is separated from the second: by a comma, a full stop, or neither."""
    previous = quoted.quotes[quote.index - 1]
    if previous.paragraph != quote.paragraph or anchor < previous.last:
        return ""
    cut = _CUTS.get(quoted.document.tokens[quote.first - 1].text, "word")
    final = quoted.document.text[previous.stretch.span.end - 1]
    return f"{cut} {'near' if anchor - previous.last <= 4 else 'far'} {final if final in ',.?!' else 'word'}"


def _next_gap(quoted: QuotedDocument, quote: Quotation, anchor: int) -> str:
    """What precedes the next quote after a cue that follows a quote; ``none`` if no other quote is near."""
    _, high = quoted.bounds[quote.paragraph]
    place = next((i for i in range(anchor + 1, min(high, anchor + 25)) if quoted.quote_of[i] != FREE), None)
    if place is None:
        return "none"
    before = quoted.document.tokens[place - 1].text
    return f"quote {before if before in {',', ':', '.'} else 'word'}"
