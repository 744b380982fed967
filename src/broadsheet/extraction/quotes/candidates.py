"""Speaker candidates of a quote: the noun phrases around it and what connects each to it.

A candidate is a noun phrase, usually with a cue: a verb whose subject it is, a noun that it possesses, ``according
to``, a colon or a dash. All are local: they are within a fixed number of the reporter's own words from the quote, so
the cost does not grow with the length of sentences or paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.quotes.cues import is_verb, mistaken_verb, noun_traits, verb_traits
from broadsheet.extraction.quotes.heads import DASHES, NOMINAL, RELATIVES, corrected_head, is_head
from broadsheet.extraction.quotes.quoted_document import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

REACH = 45
"""How many of the reporter's words to search on either side of a quote."""

_NEAR = 5
"""Within how many words of a quote a reporting verb may take its neighbour as subject, whatever the parse."""

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_DEPTH = 5
_PASSIVE_SPEAKERS = frozenset({"quote", "cite", "hear", "record", "overhear", "report", "catch"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase, by its head token, and what connects it to a quote.

    Attributes:
        source: Head of the noun phrase.
        cue: The cue word, if there is one.
        how: The construction.
        link: Index of the earlier quote whose speaker this is, if it is one.
    """

    source: int
    cue: int | None
    how: str
    link: int | None = None


def sources_of(document: Document, verb: Token) -> list[tuple[int, str]]:
    """Heads of the noun phrases that may be the subject of ``verb``, each with the construction."""
    out: list[tuple[int, str]] = []
    seen = verb
    via = ""
    for _ in range(_DEPTH):
        found = list(_sources_of_verb(document, seen, via))
        out.extend(found)
        if any(how.endswith(("subj", "agent", "relcl", "acl", "passive")) for _, how in found) or seen.head == seen.i:
            break
        head = document.tokens[seen.head]
        match seen.dep:
            case "conj":
                via = via or "conj:"
            case "xcomp" | "ccomp" | "advcl" | "pcomp" | "prep" | "relcl" | "acl" | "parataxis" | "dep":
                via = "ctrl:"
            case _:
                break
        seen = head
    return out


def _sources_of_verb(document: Document, verb: Token, via: str) -> Iterator[tuple[int, str]]:
    agent = document.child(verb, "agent")
    if agent is not None and (by := document.child(agent, "pobj")) is not None:
        yield by.i, via + "agent"
    subject = document.child(verb, *SUBJECTS)
    if subject is not None:
        if subject.lower in RELATIVES and (noun := _relative_antecedent(document, verb)) is not None:
            yield noun, via + "relcl"
        elif subject.dep == "nsubjpass":
            yield subject.i, via + ("passive" if verb.lemma in _PASSIVE_SPEAKERS else "patient")
        else:
            yield subject.i, via + "subj"
    elif verb.dep == "acl" and document.tokens[verb.head].pos in NOMINAL:
        yield verb.head, via + "acl"
    elif verb.dep in {"xcomp", "ccomp"}:
        # "urged him to say": the object of the governing verb.
        thing = document.child(document.tokens[verb.head], "dobj", "dative")
        if thing is not None:
            yield thing.i, via + "object"


def _relative_antecedent(document: Document, verb: Token) -> int | None:
    """The noun that the relative clause of ``verb``, or of its first conjunct, modifies."""
    for _ in range(_DEPTH):
        if verb.dep == "relcl":
            return verb.head
        if verb.dep not in {"conj", "advcl", "xcomp"}:
            return None
        verb = document.tokens[verb.head]
    return None


PREVIOUS = "previous"
"""Construction of the candidate that is an earlier quote's speaker."""

_CHAIN = 2
"""How many paragraphs later a speaker may continue without being named again."""


def speaker_candidates(
    quoted: QuotedDocument, quote: Quotation, earlier: tuple[int, int] | None = None
) -> list[Candidate]:
    """All candidates of a quote; a noun phrase may occur several times, with different cues.

    Args:
        quoted: The document with its quotes.
        quote: The quote.
        earlier: Index of the previous attributed quote, and the head of the noun phrase that names its speaker.
    """
    document = quoted.document
    low, high = _zone(quoted, quote)
    left = quoted.before(quote.first, low, REACH)
    right = quoted.after(quote.last, high, REACH)
    candidates: dict[Candidate, None] = {}

    def add(source: int, cue: int | None, how: str) -> None:
        source = corrected_head(quoted, source)
        if quoted.quote_of[source] == FREE and document.tokens[source].pos not in {"PUNCT", "SPACE"}:
            candidates.setdefault(Candidate(source, cue, how))

    beside = {*left[:_NEAR], *right[:_NEAR]}
    for i in (*left, *right):
        for source, how in _introduced_by(quoted, i, low, high, near=i in beside):
            add(source, i, how)
    for source, how in _without_cue(quoted, quote, left, right):
        add(source, None, how)
    if earlier is not None and quote.paragraph - quoted.quotes[earlier[0]].paragraph <= _CHAIN:
        candidates[Candidate(earlier[1], None, PREVIOUS, earlier[0])] = None
    return list(candidates)


def _introduced_by(quoted: QuotedDocument, cue: int, low: int, high: int, *, near: bool) -> Iterator[tuple[int, str]]:
    """The candidates of a cue token, each with its construction; ``near``: whether the cue is close to the quote."""
    document = quoted.document
    token = document.tokens[cue]
    if near and (mistaken_verb(token) is not None or (is_verb(token) and verb_traits(token))):
        yield from _neighbours(quoted, cue, low, high)
    if is_verb(token):
        if token.dep in {"aux", "auxpass"}:
            return
        found = sources_of(document, token)
        yield from found
        if not any(how in {"subj", "relcl", "agent"} for _, how in found):
            yield from _guessed_subjects(quoted, token, low, high, near=near)
    if token.lower == "according" or (token.lower == "per" and token.dep == "prep"):
        named = _object_of_according(document, token)
        if named is not None:
            yield named, "according"
    if token.pos in {"NOUN", "PROPN"} and noun_traits(token):
        yield from _issuers(document, token)


def _guessed_subjects(
    quoted: QuotedDocument, verb: Token, low: int, high: int, *, near: bool
) -> Iterator[tuple[int, str]]:
    """Possible subjects of a reporting verb for which the parser found none."""
    traits = verb_traits(verb)
    if traits and verb.tag in {"VBD", "VBN", "VBZ", "VBP"}:
        opener = _first_nominal(quoted, verb)
        if opener is not None:
            between = quoted.document.tokens[opener + 1 : min(verb.i, opener + REACH)]
            yield opener, "opener" if any(t.text == "," for t in between) else "bare-opener"
    if "say" in traits and not near:
        yield from _neighbours(quoted, verb.i, low, high)


def _zone(quoted: QuotedDocument, quote: Quotation) -> tuple[int, int]:
    """First and last (exclusive) token of a quote's search window: the paragraph and what leads into it."""
    low, high = quoted.bounds[quote.paragraph]
    tokens = quoted.document.tokens
    if quote.paragraph > 0 and not quoted.before(quote.first, low, 1):
        first, last = quoted.bounds[quote.paragraph - 1]
        if first < last and not (quoted.document.has_title and quote.paragraph == 1 and tokens[last - 1].text != ":"):
            low = first
    if quote.paragraph + 1 < len(quoted.bounds) and not quoted.after(quote.last, high, 1):
        first, last = quoted.bounds[quote.paragraph + 1]
        if first < last:
            high = last
    return low, high


def _first_nominal(quoted: QuotedDocument, verb: Token) -> int | None:
    """The noun phrase that opens the verb's sentence, if other clauses separate the verb from its subject."""
    document = quoted.document
    first = document.sentences[verb.sentence].first
    for i in range(first, min(verb.i, first + 15)):
        token = document.tokens[i]
        if quoted.quote_of[i] != FREE:
            return None
        if token.pos in NOMINAL and token.dep not in {"compound", "nmod", "amod", "poss", "pobj", "npadvmod"}:
            return i
    return None


def _neighbours(quoted: QuotedDocument, verb: int, low: int, high: int) -> Iterator[tuple[int, str]]:
    """The noun phrases directly after and before a reporting verb, whatever the parse."""
    tokens = quoted.document.tokens
    i = verb + 1
    while i < min(high, verb + 8) and quoted.quote_of[i] == FREE and tokens[i].pos != "PUNCT":
        if tokens[i].pos in NOMINAL and tokens[i].dep not in {"compound", "poss", "nmod", "amod"}:
            yield i, "behind"
            break
        i += 1
    i = verb - 1
    while i >= max(low, verb - 6) and quoted.quote_of[i] == FREE and tokens[i].pos in {"ADV", "AUX", "PUNCT", "PART"}:
        i -= 1
    if i >= low and quoted.quote_of[i] == FREE and tokens[i].pos in NOMINAL:
        yield i, "ahead"


def _object_of_according(document: Document, token: Token) -> int | None:
    to = token if token.lower == "per" else document.child(token, "prep")
    if to is not None and (named := document.child(to, "pobj")) is not None:
        return named.i
    i = token.i + (1 if token.lower == "per" else 2)
    while i < min(len(document.tokens), token.i + 8):
        if document.tokens[i].pos in NOMINAL and document.tokens[i].dep != "compound":
            return i
        i += 1
    return None


def _issuers(document: Document, noun: Token) -> Iterator[tuple[int, str]]:
    """Who issued a statement, claim or letter: the noun's possessor, and what "by", "from" and "of" name."""
    for child in document.children(noun, "poss"):
        yield child.i, "possessor"
    for preposition in document.children(noun, "prep", "agent"):
        if preposition.lower in {"by", "from", "of"} and (named := document.child(preposition, "pobj")) is not None:
            yield named.i, f"{preposition.lower}-noun"


def _without_cue(
    quoted: QuotedDocument, quote: Quotation, left: list[int], right: list[int]
) -> Iterator[tuple[int, str]]:
    """Noun phrases without a cue: before a colon, after a dash, possessors, and the nearest ones on either side."""
    tokens = quoted.document.tokens
    if left:
        yield from _left_of_mark(tokens, left)
    if right and tokens[right[0]].text in DASHES:
        dashed = next((i for i in right[1:8] if is_head(tokens[i])), None)
        if dashed is not None:
            yield dashed, "dash"
    for side, places in (("near-before", left), ("near-behind", right)):
        named = (i for i in places if _is_name_or_pronoun(tokens[i]))
        for count, i in enumerate(islice(named, 3)):
            yield i, f"{side}{count}"
        nearest = next((i for i in places[:8] if is_head(tokens[i])), None)
        if nearest is not None:
            yield nearest, "next-" + side


def _left_of_mark(tokens: Sequence[Token], left: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Noun phrases before a colon that introduces the quote, or the possessor right before it."""
    nearest = tokens[left[0]]
    if nearest.text == ":":
        count = 0
        for i in left[1:14]:
            if tokens[i].text in {".", "!", "?"} or tokens[i].paragraph != nearest.paragraph:
                break
            if is_head(tokens[i]):
                yield i, f"colon{min(count, 2)}"
                count += 1
    elif nearest.lower in {"'s", "’s", "'", "’"} and nearest.tag == "POS":
        yield nearest.head, "owner"
    elif nearest.dep == "poss":
        yield nearest.i, "owner"


def _is_name_or_pronoun(token: Token) -> bool:
    if token.pos == "PRON":
        return token.lower in {"he", "she", "they", "we", "i", "you"}
    return token.ent in {"PERSON", "ORG", "GPE", "NORP"} and token.dep not in {"compound", "nmod", "amod", "poss"}
