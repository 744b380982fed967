"""From attributed stretches to rows of ``quotes``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Found, Rule, rule
from broadsheet.extraction.quotes.cues import cue_lemma
from broadsheet.extraction.quotes.kinds import kind_of
from broadsheet.extraction.quotes.labels import LABELLED
from broadsheet.extraction.quotes.people import Speaker, actor_of_label, addressee_of, speaker_of, surnames_of
from broadsheet.extraction.quotes.provenance import attribution_rule, continuation_rule, cue_rule, text_rule
from broadsheet.extraction.quotes.quoted_document import find_quotations
from broadsheet.extraction.quotes.resolver import SpeakerResolver
from broadsheet.extraction.quotes.speakers import attribute
from broadsheet.tables.keys import row_key
from broadsheet.tables.rows import QuoteRow

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument
    from broadsheet.extraction.quotes.utterance import Utterance


def find_quotes(document: Document, entities: EntityIndex, meaning: Meaning | None = None) -> list[Found[QuoteRow]]:
    """The quoted stretches that someone utters, in reading order.

    ``evidence`` has the printed name or pronoun under ``speaker_text``. For a quote that continues an earlier one, it
    has the earlier speaker's name under ``speaker_id``.
    """
    quoted = find_quotations(document)
    keys: dict[int, str] = {}
    firsts: dict[int, int] = {}
    speakers: dict[int, Speaker] = {}
    reasons: dict[int, Rule] = {}
    rows: list[Found[QuoteRow]] = []
    last: Speaker | None = None
    labels: dict[str, str | None] | None = None
    resolver = SpeakerResolver(quoted, entities, meaning)
    for utterance in attribute(quoted, resolver.fit):
        index = utterance.quote.index
        key = row_key("quo", document.article.article_id, utterance.quote.stretch.span)
        keys[index] = key
        link = utterance.continues
        if link is not None and link in firsts:
            firsts[index] = firsts[link]
            speaker = speakers.get(link, Speaker())
            # Use the first quote's rule: chaining through each previous quote would nest rules without bound.
            reasons[index] = continuation_rule(quoted, utterance, reasons.get(firsts[link]))
        else:
            firsts[index] = index
            speaker = speaker_of(quoted, entities, utterance)
            if speaker.actor_id is None and speaker.phrase is not None and utterance.how == LABELLED:
                labels = surnames_of(entities) if labels is None else labels
                named = actor_of_label(labels, document.text_of(*speaker.phrase))
                if named is not None:
                    label = document.span(*speaker.phrase)
                    speaker = replace(
                        speaker,
                        actor_id=named,
                        attribution="named",
                        named=rule("quotes.speaker.label_of", label=label),
                        attributed=rule("quotes.attribution.label", label=label),
                    )
            elif speaker.phrase is not None and utterance.source is not None and utterance.how != LABELLED:
                before = last.actor_id if last is not None else None
                actor = resolver.resolve(index, speaker.phrase, utterance.source, speaker.actor_id, before)
                if actor != speaker.actor_id:
                    speaker = replace(speaker, actor_id=actor, named=rule("quotes.speaker.weighed"))
            if speaker.phrase is not None:
                reasons[index] = attribution_rule(document, utterance, speaker.named)
        speakers[index] = speaker
        last = speaker if speaker.phrase is not None else last
        root = keys[firsts[index]]
        rows.append(_row(quoted, entities, utterance, speaker, len(rows) + 1, key, root, reasons.get(index)))
    return rows


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
    rules = {"text": text_rule(utterance)}
    cue = addressee = None
    if utterance.cue is not None:
        token = document.tokens[utterance.cue]
        cue = cue_lemma(token)
        stop = utterance.cue + (2 if token.lower == "according" else 1)
        evidence["cue"] = (document.span(utterance.cue, stop),)
        rules["cue"] = cue_rule(token)
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
    kind, rules["kind"] = kind_of(quoted, utterance)
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
