"""Speaker candidates of a quote: the noun phrases around it, and what connects each to it.

A candidate is within a fixed number of the reporter's own words from the quote, so the cost does not grow with the
length of sentences or paragraphs.
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import is_verb, mistaken_verb, noun_traits, verb_traits
from broadsheet.extraction.quotes.phrases import (
    ATTRIBUTIVE,
    NOMINAL,
    RELATIVES,
    Candidate,
    corrected_head,
    is_head,
)
from broadsheet.extraction.quotes.quoted_document import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

REACH = 45
"""How many of the reporter's words to search on either side of a quote."""
_NEAR = 5
"""Within how many words of a quote a reporting verb may take its neighbour as subject, whatever the parse."""
_CHAIN = 2
"""How many paragraphs later a speaker may continue without being named again."""
PREVIOUS = "previous"
"""Construction of the candidate that is an earlier quote's speaker."""
_DEPTH = 5
_CONTROLLED = frozenset({"conj", "xcomp", "ccomp", "advcl", "pcomp", "prep", "relcl", "acl", "parataxis", "dep"})
_CUES = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "X", "ADP", "INTJ"})
"""Parts of speech of words that can introduce a quote, or that the tagger takes reporting verbs for."""
_PASSIVE_SPEAKERS = frozenset({"quote", "cite", "hear", "record", "overhear", "report", "catch"})


def _sources_of(document: Document, verb: Token) -> list[tuple[int, str]]:
    """Heads of the noun phrases that may be the subject of ``verb``, each with the construction."""
    out: list[tuple[int, str]] = []
    via = ""
    for _ in range(_DEPTH):
        found = list(_sources_of_verb(document, verb))
        out.extend((source, via + how) for source, how in found)
        if any(how != "patient" for _, how in found) or verb.head == verb.i or verb.dep not in _CONTROLLED:
            break
        via = "ctrl:" if verb.dep != "conj" else via or "conj:"
        verb = document.head(verb)
    return out


def _sources_of_verb(document: Document, verb: Token) -> Iterator[tuple[int, str]]:
    cited = _cited(document, verb)
    if cited is not None:
        yield cited.i, "subj"
        return
    agent = document.child(verb, "agent")
    if agent is not None and (by := document.child(agent, "pobj")) is not None:
        yield by.i, "agent"
    subject = document.child(verb, "nsubj", "nsubjpass", "csubj")
    if subject is not None:
        if subject.lower in RELATIVES and verb.dep == "relcl":
            yield verb.head, "relcl"
        elif subject.dep == "nsubjpass":
            yield subject.i, "passive" if verb.lemma in _PASSIVE_SPEAKERS else "patient"
        else:
            yield subject.i, "subj"
    elif verb.dep == "acl" and document.head(verb).pos in NOMINAL:
        yield verb.head, "acl"


def _citation(document: Document, verb: Token) -> Token | None:
    """The verb of the words that another verb cites: *saying* in ``quoted Lund as saying``."""
    if verb.lemma not in _PASSIVE_SPEAKERS:
        return None
    preposition = next((t for t in document.children(verb, "prep") if t.lower == "as"), verb)
    return document.child(preposition, "pcomp")


def _cited(document: Document, verb: Token) -> Token | None:
    """Whom another verb cites with the words of this one: ``quoted Lund as saying``, ``Lund was quoted as saying``."""
    above = document.head(document.head(verb))
    if _citation(document, above) != verb:
        return None
    return document.child(above, "nsubjpass") or document.child(above, "dobj")


def speaker_candidates(
    quoted: QuotedDocument, quote: Quotation, earlier: tuple[int, int] | None = None
) -> list[Candidate]:
    """All candidates of a quote; a noun phrase may occur several times, with different cues.

    ``earlier``: index of the previous attributed quote, and the head of the noun phrase that names its speaker.
    """
    tokens = quoted.document.tokens
    low, high = _zone(quoted, quote)
    left = quoted.before(quote.first, low, REACH)
    right = quoted.after(quote.last, high, REACH)
    candidates: dict[Candidate, None] = {}

    def add(source: int, cue: int | None, how: str) -> None:
        source = corrected_head(quoted, source)
        if quoted.quote_of[source] == FREE and tokens[source].pos != "PUNCT" and reporter in {None, source}:
            candidates.setdefault(Candidate(source, cue, how))

    beside = {*left[:_NEAR], *right[:_NEAR]}
    reporter = _sure_speaker(quoted, quote)
    for i in (*left, *right):
        if tokens[i].pos not in _CUES and tokens[i].lower != "according":
            continue
        for source, how in _introduced_by(quoted, i, low, high, near=i in beside):
            add(source, i, how)
    if reporter is None or not candidates:
        for source, how in _without_cue([tokens[i] for i in left], [tokens[i] for i in right]):
            add(source, None, how)
    if earlier is not None and reporter is None and quote.paragraph - quoted.quotes[earlier[0]].paragraph <= _CHAIN:
        candidates[Candidate(earlier[1], None, PREVIOUS, earlier[0])] = None
    return list(candidates)


def _sure_speaker(quoted: QuotedDocument, quote: Quotation) -> int | None:
    """Whom the grammar says a source cites with a quote: ``quoted Lund as saying``."""
    document = quoted.document
    verbs = islice(filter(is_verb, document.ancestors(document.tokens[quote.head])), 3)
    cited = (_cited(document, _citation(document, verb) or verb) for verb in verbs)
    return next((token.i for token in cited if token is not None), None)


def _introduced_by(quoted: QuotedDocument, cue: int, low: int, high: int, *, near: bool) -> Iterator[tuple[int, str]]:
    """The candidates of a cue token, each with its construction; ``near``: whether the cue is close to the quote."""
    document = quoted.document
    token = document.tokens[cue]
    traits = verb_traits(token) if is_verb(token) else frozenset()
    if _citation(document, token) is not None:
        return
    beside = near and (bool(traits) or mistaken_verb(token) is not None)
    if is_verb(token) and token.dep not in {"aux", "auxpass"}:
        found = _sources_of(document, token)
        yield from found
        if not any(how in {"subj", "relcl", "agent"} for _, how in found):
            beside = beside or "say" in traits
            if traits and token.tag in {"VBD", "VBN", "VBZ", "VBP"}:
                yield from _opener(quoted, token)
    if beside:
        yield from _neighbours(quoted, cue, low, high)
    if token.lower == "according":
        yield from ((named, "according") for _, named in _complements(document, token, "to"))
    if token.pos in {"NOUN", "PROPN"} and noun_traits(token):
        # Who issued a statement, claim or letter.
        yield from ((child.i, "possessor") for child in document.children(token, "poss"))
        yield from ((named, f"{word}-noun") for word, named in _complements(document, token, "by", "from", "of"))


def _opener(quoted: QuotedDocument, verb: Token) -> Iterator[tuple[int, str]]:
    """The noun phrase that opens the sentence of a verb, if clauses between them hid the subject from the parser."""
    document = quoted.document
    first = document.sentence_of(verb).first
    for token in document.tokens[first : min(verb.i, first + 15)]:
        if quoted.quote_of[token.i] != FREE:
            return
        if token.pos in NOMINAL and token.dep not in {*ATTRIBUTIVE, "poss", "pobj", "npadvmod"}:
            between = document.tokens[token.i + 1 : min(verb.i, token.i + REACH)]
            yield token.i, "opener" if any(t.text == "," for t in between) else "bare-opener"
            return


def _complements(document: Document, token: Token, *words: str) -> Iterator[tuple[str, int]]:
    """The prepositions of a token that are among ``words``, each with the head of the noun phrase that it governs."""
    for preposition in document.children(token, "prep", "agent"):
        named = document.child(preposition, "pobj")
        if named is not None and preposition.lower in words:
            yield preposition.lower, named.i


def _zone(quoted: QuotedDocument, quote: Quotation) -> tuple[int, int]:
    """First and last (exclusive) token of a quote's search window: the paragraph, and those that it is open to."""
    low, high = quoted.bounds[quote.paragraph]
    title = quoted.document.has_title and quote.paragraph == 1
    if quote.paragraph > 0 and not title and not quoted.before(quote.first, low, 1):
        low, _ = quoted.bounds[quote.paragraph - 1]
    if quote.paragraph + 1 < len(quoted.bounds) and not quoted.after(quote.last, high, 1):
        _, high = quoted.bounds[quote.paragraph + 1]
    return low, high


def _neighbours(quoted: QuotedDocument, verb: int, low: int, high: int) -> Iterator[tuple[int, str]]:
    """The noun phrases directly after and before a reporting verb, whatever the parse."""
    tokens, quote_of = quoted.document.tokens, quoted.quote_of
    for token in tokens[verb + 1 : min(high, verb + 8)]:
        if quote_of[token.i] != FREE or token.pos == "PUNCT":
            break
        if token.pos in NOMINAL and token.dep not in {*ATTRIBUTIVE, "poss"}:
            yield token.i, "behind"
            break
    before = (t for t in reversed(tokens[max(low, verb - 7) : verb]) if t.pos not in {"ADV", "AUX", "PUNCT", "PART"})
    ahead = next(before, None)
    if ahead is not None and ahead.pos in NOMINAL and all(q == FREE for q in quote_of[ahead.i : verb]):
        yield ahead.i, "ahead"


def _without_cue(left: Sequence[Token], right: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Noun phrases without a cue: those before a colon that introduces the quote, and the nearest on either side."""
    if left and left[0].text == ":":
        lead = takewhile(lambda t: t.text not in {".", "!", "?"}, left[1:14])
        for count, token in enumerate(filter(is_head, lead)):
            yield token.i, f"colon{min(count, 2)}"
    for side, near in (("near-before", left), ("near-behind", right)):
        for count, token in enumerate(islice(filter(_is_name_or_pronoun, near), 3)):
            yield token.i, f"{side}{count}"
        nearest = next(filter(is_head, near[:8]), None)
        if nearest is not None:
            yield nearest.i, f"next-{side}"


def _is_name_or_pronoun(token: Token) -> bool:
    if token.pos == "PRON":
        return token.lower in {"he", "she", "they", "we", "i", "you"}
    return token.ent in {"PERSON", "ORG", "GPE", "NORP"} and token.dep not in {*ATTRIBUTIVE, "poss"}
