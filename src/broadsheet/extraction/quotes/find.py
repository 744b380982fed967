"""From attributed stretches to rows of ``quotes``, each with the rules that explain its cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.extraction.quotes.candidates import PREVIOUS
from broadsheet.extraction.quotes.cues import cue_lemma, is_verb, traits_of
from broadsheet.extraction.quotes.people import Speaker, addressee_of, speaker_of, surnames_of
from broadsheet.extraction.quotes.quoted_document import FREE, MARKS, find_quotations
from broadsheet.extraction.quotes.resolver import SpeakerResolver
from broadsheet.extraction.quotes.speakers import LABELLED, attribute
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import QuoteRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument
    from broadsheet.extraction.quotes.speakers import Utterance

_OPENING = 3
"""How many words of an earlier quote the rule of its continuation shows."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_BOUNDARY = frozenset({":", ",", ".", "!", "?", "—", "–", "-", "--", ";", ")"})


def find_quotes(document: Document, entities: EntityIndex, meaning: Meaning | None = None) -> list[Found[QuoteRow]]:
    """The quoted stretches that someone utters, in reading order.

    ``evidence`` has the printed name or pronoun under ``speaker_text``. For a quote that continues an earlier one, it
    has the earlier speaker's name under ``speaker_id``.
    """
    quoted = find_quotations(document)
    resolver = SpeakerResolver(quoted, entities, meaning)
    labels = surnames_of(entities)
    rows: list[Found[QuoteRow]] = []
    firsts: dict[int, tuple[str, Speaker, Rule | None]] = {}
    """Index of a quote to the key of the first quote of its utterance, the speaker, and the rule of the speaker."""
    last: str | None = None
    for utterance in attribute(quoted):
        key = row_key("quo", document.article.article_id, utterance.quote.stretch.span)
        if utterance.continues is not None:
            first = firsts[utterance.continues]
            # Use the first quote's rule: chaining through each previous quote would nest rules without bound.
            reason: Rule | None = _continuation_rule(quoted, utterance, first[2])
        else:
            speaker = speaker_of(quoted, entities, utterance)
            if speaker.phrase is None:
                reason = None
            else:
                speaker = _resolved(resolver, labels, utterance, speaker, last)
                reason = _attribution_rule(document, utterance, speaker.named)
            first = (key, speaker, reason)
        firsts[utterance.quote.index] = first
        if first[1].phrase is not None:
            last = first[1].actor_id
        rows.append(_row(quoted, entities, utterance, first[1], len(rows) + 1, key, first[0], reason))
    return rows


def _resolved(
    resolver: SpeakerResolver,
    labels: Mapping[str, str | None],
    utterance: Utterance,
    speaker: Speaker,
    last: str | None,
) -> Speaker:
    """The speaker with the actor that the learned model chooses, or that has the name on a label."""
    assert speaker.phrase is not None
    assert utterance.source is not None
    if utterance.how != LABELLED:
        actor = resolver.resolve(utterance.quote.index, speaker.phrase, utterance.source, speaker.actor_id, last)
        if actor == speaker.actor_id:
            return speaker
        return replace(speaker, actor_id=actor, named=rule("quotes.speaker.weighed"))
    named = labels.get(resolver.document.text_of(*speaker.phrase).strip(" .").lower())
    if speaker.actor_id is not None or named is None:
        return speaker
    label = resolver.document.span(*speaker.phrase)
    return Speaker(
        speaker.phrase,
        named,
        "named",
        rule("quotes.speaker.label_of", label=label),
        rule("quotes.attribution.label", label=label),
    )


def _speaker_evidence(entities: EntityIndex, utterance: Utterance, actor: str, printed: Span) -> tuple[Span, ...]:
    """The phrase of the speaker, and the name in apposition to it if that is the speaker's."""
    source = utterance.source
    beside = entities.in_apposition(entities.document.tokens[source]) if source is not None else None
    if beside is None or beside.actor_id != actor or printed.contains(beside.span):
        return (printed,)
    return tuple(sorted((printed, beside.span), key=lambda span: span.start))


def _row(
    quoted: QuotedDocument,
    entities: EntityIndex,
    utterance: Utterance,
    speaker: Speaker,
    sequence: int,
    key: str,
    root: str,
    reason: Rule | None,
) -> Found[QuoteRow]:
    document = quoted.document
    span = utterance.quote.stretch.span
    text = span.of(document.text)
    evidence: dict[str, tuple[Span, ...]] = {"text": (span,)}
    rules = {"text": _text_rule(utterance)}
    cue = addressee = None
    if utterance.cue is not None:
        token = document.tokens[utterance.cue]
        cue = cue_lemma(token)
        stop = utterance.cue + (2 if token.lower == "according" else 1)
        evidence["cue"] = (document.span(utterance.cue, stop),)
        rules["cue"] = _cue_rule(token)
        addressed = addressee_of(quoted, entities, utterance.cue)
        if addressed is not None:
            addressee, place, rules["addressee_id"] = addressed
            if addressee == speaker.actor_id:
                addressee = None
            else:
                evidence["addressee_id"] = (place,)
    continued = utterance.continues is not None
    if speaker.phrase is not None:
        printed = document.span(*speaker.phrase)
        evidence["attribution"] = (printed,)
        if speaker.actor_id is not None:
            evidence["speaker_id"] = _speaker_evidence(entities, utterance, speaker.actor_id, printed)
        if not continued:
            evidence["speaker_text"] = (printed,)
    if reason is not None:
        rules["speaker_id"] = reason
    rules["attribution"] = Rule("quotes.attribution.continued") if continued else speaker.attributed
    rules["utterance_id"] = Rule(f"quotes.utterance.{'own' if root == key else 'goes_on'}")
    kind, rules["kind"] = _kind_of(quoted, utterance)
    row = QuoteRow(
        quote_id=key,
        article_id=document.article.article_id,
        sequence=sequence,
        kind=kind,
        text=text,
        n_words=len(text.split()),
        speaker_id=speaker.actor_id,
        speaker_text=None if continued or speaker.phrase is None else document.text_of(*speaker.phrase),
        attribution="continued" if continued else speaker.attribution,
        cue=cue,
        addressee_id=addressee,
        utterance_id=root,
        char_start=span.start,
        char_end=span.end,
    )
    return Found(row, evidence, rules)


def _attribution_rule(document: Document, utterance: Utterance, actor: Rule | None) -> Rule:
    """The rule from a quote to its speaker's noun phrase; ``actor`` is the rule from there to the actor."""
    assert utterance.source is not None
    name = document.tokens[utterance.source].span
    because = tuple(r for r in (utterance.ranked, actor) if r is not None)
    if utterance.ranked is None:
        return rule(f"quotes.speaker.{utterance.how}", because=because, name=name)
    if utterance.cue is None:
        return rule("quotes.speaker.near", because=because, name=name)
    return rule("quotes.speaker.cue", because=because, name=name, cue=document.tokens[utterance.cue].span)


def _continuation_rule(quoted: QuotedDocument, utterance: Utterance, speaker: Rule | None) -> Rule:
    """Why a quote has the previous quote's speaker; ``speaker`` is the rule of that speaker."""
    assert utterance.continues is not None
    how = "previous" if utterance.how == PREVIOUS else "same_cue"
    because = tuple(r for r in (utterance.ranked, speaker) if r is not None)
    before = quoted.quotes[utterance.continues]
    opening = quoted.document.span(before.inner_first, min(before.inner_last, before.inner_first + _OPENING))
    return rule(f"quotes.speaker.{how}", because=because, before=opening)


def _text_rule(utterance: Utterance) -> Rule:
    """The rule for where the words of a quote begin and end, and why they count as speech."""
    stretch = utterance.quote.stretch
    if utterance.quote.layout != MARKS:
        name = utterance.quote.layout
    elif not stretch.closed:
        name = "open"
    elif stretch.outer.end == stretch.span.end:
        name = "unclosed"
    else:
        name = "marks"
    return rule(f"quotes.text.{name}", because=utterance.uttered)


def _cue_rule(token: Token) -> Rule:
    """The rule of a cue, with its entry in the table of cues."""
    if token.lower == "according":
        return rule("quotes.cue.according", file="reporting_cues", entry="according")
    traits = traits_of(token)
    if not traits:
        return rule("quotes.cue.other", cue=token.span)
    name = "verb" if is_verb(token) else "noun"
    return rule(
        f"quotes.cue.{name}",
        file="reporting_cues",
        entry=cue_lemma(token),
        cue=token.span,
        traits=", ".join(sorted(traits)),
    )


def _kind_of(quoted: QuotedDocument, utterance: Utterance) -> tuple[str, Rule]:
    """``direct`` if the quote begins with a whole clause that the reporter's words do not continue; and the rule.

    A separate sentence, from a capital to a closing mark, is direct even without a verb (*Never!*).
    """
    quote = utterance.quote
    if quote.layout != MARKS:
        return "direct", Rule(f"quotes.kind.{quote.layout}")
    if utterance.continues is not None and _stands_alone(quoted, quote):
        return "direct", Rule("quotes.kind.goes_on")
    if _runs_into_text(quoted, quote):
        return "partial", rule("quotes.kind.continued", after=quoted.document.tokens[quote.last].span)
    clause = _clause(quoted, quote)
    if clause is not None:
        return "direct", clause
    if _stands_alone(quoted, quote):
        return "direct", Rule("quotes.kind.sentence")
    return "partial", Rule("quotes.kind.fragment")


def _stands_alone(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the quote is separate from the reporter's sentence before it and begins with a capital."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    first = next((c for c in quote.stretch.span.of(quoted.document.text)[:4] if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()):
        return False
    before = tokens[quote.first - 1] if quote.first > low else None
    apart = before is None or before.text in _BOUNDARY or quoted.quote_of[before.i] != FREE
    return apart and quoted.document.text[quote.stretch.span.end - 1] in ".,!?…—-;:"


def _clause(quoted: QuotedDocument, quote: Quotation) -> Rule | None:
    """The rule by which the first clause has its subject and its finite verb inside the quote."""
    document = quoted.document
    for i in range(quote.inner_first, min(quote.inner_last, quote.inner_first + 40)):
        token = document.tokens[i]
        if token.dep in _SUBJECTS:
            verb = document.head(token)
            if quote.first <= verb.i < quote.last and (
                verb.tag in _FINITE or any(c.tag in _FINITE for c in document.children(verb, "aux", "auxpass"))
            ):
                if verb.dep in {"relcl", "acl"}:
                    return None
                return rule("quotes.kind.clause", subject=token.span, verb=verb.span)
        if token.tag in _FINITE and i - quote.inner_first < 3 and token.dep not in {"relcl", "acl"}:
            return None
    first = document.tokens[quote.inner_first]
    imperative = first.tag == "VB" and first.text[:1].isupper()
    return rule("quotes.kind.imperative", verb=first.span) if imperative else None


def _runs_into_text(quoted: QuotedDocument, quote: Quotation) -> bool:
    """Whether the reporter's sentence continues after the quote with words that are not an attribution."""
    tokens = quoted.document.tokens
    _, high = quoted.bounds[quote.paragraph]
    if quote.last >= high:
        return False
    after = tokens[quote.last]
    final = quoted.document.text[quote.stretch.span.end - 1]
    if final in ".,!?…—-":
        return False
    return after.pos not in {"PUNCT"} and quoted.quote_of[after.i] == FREE
