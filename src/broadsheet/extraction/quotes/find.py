"""From attributed stretches to rows of ``quotes``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.cues import cue_lemma
from broadsheet.extraction.found import Found, Rule, rule
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
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.quotes.utterance import Utterance


def find_quotes(document: Document, entities: EntityIndex, meaning: Meaning | None = None) -> list[Found[QuoteRow]]:
    """The quoted stretches that someone utters, in reading order, with the speaker's printed words as evidence."""
    quoted = find_quotations(document)
    resolver = SpeakerResolver(quoted, entities, meaning)
    labels = surnames_of(entities)
    done: dict[int | None, tuple[str, Speaker, Rule | None]] = {}
    rows: list[Found[QuoteRow]] = []
    last: str | None = None
    utterances = attribute(quoted, resolver.fit)
    resolver.read(u.source for u in utterances if u.source is not None and u.continues is None and u.how != LABELLED)
    for utterance in utterances:
        key = row_key("quo", document.article.article_id, utterance.quote.stretch.span)
        if utterance.continues in done:
            root, speaker, first = done[utterance.continues]
            # Use the first quote's rule: chaining through each previous quote would nest rules without bound.
            reason: Rule | None = continuation_rule(quoted, utterance, first)
        else:
            root, speaker = key, _identified(resolver, utterance, labels, last)
            reason = first = attribution_rule(document, utterance, speaker.named) if speaker.phrase else None
        done[utterance.quote.index] = root, speaker, first
        last = speaker.actor_id if speaker.phrase else last
        rows.append(_row(resolver, utterance, speaker, len(rows) + 1, key, root, reason))
    return rows


def _identified(
    resolver: SpeakerResolver, utterance: Utterance, labels: Mapping[str, str | None], last: str | None
) -> Speaker:
    """The speaker, with the actor that the learned models, or the label of a turn, take the phrase for."""
    speaker = speaker_of(resolver.quoted, resolver.entities, utterance)
    if speaker.phrase is None or utterance.source is None:
        return speaker
    if utterance.how != LABELLED:
        actor = resolver.resolve(utterance.quote.index, speaker.phrase, utterance.source, speaker.actor_id, last)
        named = speaker.named if actor == speaker.actor_id else Rule("quotes.speaker.weighed")
        return replace(speaker, actor_id=actor, named=named)
    actor = actor_of_label(labels, resolver.document.text_of(*speaker.phrase))
    if actor is None or speaker.actor_id is not None:
        return speaker
    label = resolver.document.span(*speaker.phrase)
    named, attributed = (rule(f"quotes.{column}", label=label) for column in ("speaker.label_of", "attribution.label"))
    return Speaker(speaker.phrase, actor, "named", named, attributed)


def _speaker_evidence(
    entities: EntityIndex, source: int | None, actor: str, named: tuple[int, int]
) -> tuple[Span, ...]:
    """The phrase of the speaker, and the name in apposition to it if that is the speaker's.

    Of a description of a body (*the German carmaker*), the state that it names is no evidence.
    """
    document, (first, end) = entities.document, named
    inside = entities.within(first, end)
    if entities.kind_of(actor) == "organization" and {entities.kind_of(m.actor_id) for m in inside} == {"country"}:
        first = min(inside[-1].last, end - 1)
    printed = document.span(first, end)
    beside = entities.in_apposition(document.tokens[source]) if source is not None else None
    if beside is None or beside.actor_id != actor or printed.contains(beside.span):
        return (printed,)
    return tuple(sorted((printed, beside.span), key=lambda span: span.start))


def _row(
    resolver: SpeakerResolver, utterance: Utterance, speaker: Speaker, count: int, key: str, root: str, why: Rule | None
) -> Found[QuoteRow]:
    quoted, document, entities = resolver.quoted, resolver.document, resolver.entities
    span = utterance.quote.stretch.span
    text = span.of(document.text)
    continued = utterance.continues is not None
    kind, kind_rule = kind_of(quoted, utterance.quote, utterance.continues)
    evidence: dict[str, tuple[Span, ...]] = {"text": (span,)}
    rules = {
        "text": text_rule(utterance),
        "kind": kind_rule,
        "attribution": Rule("quotes.attribution.continued") if continued else speaker.attributed,
        "utterance_id": Rule(f"quotes.utterance.{'own' if root == key else 'goes_on'}"),
    }
    if why is not None:
        rules["speaker_id"] = why
    cue = addressee = None
    if utterance.cue is not None:
        token = document.tokens[utterance.cue]
        cue, rules["cue"] = cue_lemma(token), cue_rule(token)
        evidence["cue"] = (document.span(token.i, token.i + len(cue.split())),)
        addressed = addressee_of(quoted, entities, token.i)
        if addressed is not None and addressed[0] != speaker.actor_id:
            addressee, place, rules["addressee_id"] = addressed
            evidence["addressee_id"] = (place,)
    if speaker.phrase is not None:
        printed = document.span(*speaker.phrase)
        evidence["attribution"] = (printed,)
        if speaker.actor_id is not None:
            evidence["speaker_id"] = _speaker_evidence(entities, utterance.source, speaker.actor_id, speaker.phrase)
        if not continued:
            evidence["speaker_text"] = (printed,)
    row = QuoteRow(
        quote_id=key,
        article_id=document.article.article_id,
        sequence=count,
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
