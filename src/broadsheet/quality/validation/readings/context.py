"""Finds cells that the surrounding words rule out, without knowing the right value.

"will raise" has not happened, the object of an active verb is not its subject, a former minister is not in office. Each
reading covers one narrow word pattern and ignores everything else. Quotations and headlines bend grammar, so findings
here are warnings.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.quality.validation.readings.rows import short, touching
from broadsheet.quality.validation.readings.words import is_form
from broadsheet.reference import mapping, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.quality.validation.readings.rows import Named, Reading, Row

_WILL = re.compile(r"\b(?:will|shall)\s+(?:\w+ly\s+)?(?:be\s+)?$", re.IGNORECASE)
_HAS = re.compile(r"\b(?:has|have)\s+(?:(?:already|also|since|now|just|\w+ly)\s+)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:[a-z]{4}|[\d%)])[.!?][”\"’]?\s+(?=[“\"‘A-Z])|\n")
_NOT_ACTIVE = re.compile(r"\b(?:am|is|are|was|were|be|been|being|get|gets|got|to|by|of)\b", re.IGNORECASE)
_MARK = re.compile('[“”"‘«»]')
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOMINEE = re.compile(
    r"nomin|designat|elect|incoming|prospective|would-be|candidate|appoint|name|next|new|\btap|\bpick|select|chose|"
    r"\bwill\b|['’]ll\b|\bshall\b|\bwould\b|\bto (?:be|become|take|succeed|replace|serve)\b|effective|from",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"retaliat|respon|answer|counter|reciproc|tit[- ]for[- ]tat|return|reveng|match|mirror|react|"
    r"\b(?:hit|strike|struck|fight|fought) back",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(r"\b(?:of|in|by|for|from|with|at|and|to|on|than|as)\s+(?:\w+\s+){0,3}$|[,;]\s$")
_GOES_ON = re.compile(r"[’'-]| \w")
_REACH = 40
_PARAGRAPH = 2000
_AUXILIARY = 15
_CLOSE = 30
_JOINED = 20

_ANNOUNCED = frozenset({"CONSULT", "SANCTION", "CONCEDE", "REJECT"})
"""Event types that an earlier act may express: a meeting was called, a tariff was announced."""

_UNAMBIGUOUS = frozenset({"loan", "aid", "budget", "fine", "debt", "interest_rate"})
"""Figure kinds whose words cannot mean any other kind."""


def _before(row: Row, span: Span, reach: int = _REACH) -> str:
    """Returns the text before a span in its paragraph, at most ``reach`` characters."""
    return row.text[max(0, span.start - reach) : span.start].rpartition("\n")[2]


def _paragraph(row: Row, span: Span) -> str:
    """Returns the paragraph of a span, at most ``_PARAGRAPH`` characters on either side."""
    after = row.text[span.end : span.end + _PARAGRAPH].partition("\n")[0]
    return _before(row, span, _PARAGRAPH) + span.of(row.text) + after


def _is_one_sentence(row: Row, one: Span, other: Span) -> bool:
    first, last = sorted((one, other), key=lambda span: span.start)
    ends = _SENTENCE_END.finditer(row.text, max(0, first.end - 4), max(first.end, last.start))
    return all(end.end() <= first.end for end in ends)


def _is_past(word: str) -> bool:
    """Whether a verb is a past tense or past participle."""
    return word.endswith("ed") or word.lower() in mapping("irregular_forms", "lemma")


def _active(row: Row, verb: Span) -> bool:
    """Whether a verb is a past form, and no nearby word makes it a passive, an intention or a participle."""
    first = _WORD.match(row.text, verb.start)
    passive = _NOT_ACTIVE.search(_before(row, verb, _AUXILIARY))
    return first is not None and _is_past(first[0]) and passive is None and row.text[first.end() :][:4] != " by "


def event_status(row: Row) -> str | None:
    """Checks that a future event has not occurred and that a past event is not planned."""
    span = row.whole("trigger")
    if span is None:
        return None
    before = _before(row, span)
    will = row["status"] in ("occurred", "ongoing") and _WILL.search(before)
    done = row["status"] == "planned" and row["type"] not in _ANNOUNCED and _active(row, span)
    has = done and (_HAS.search(before) or _subject(row, span) is not None)
    return f"the text has {short(f'{before.split()[-1]} {span.of(row.text)}')}" if will or has else None


def tariff_status(row: Row) -> str | None:
    """Checks that a future measure is not in force and has not ended."""
    span = row.whole("action")
    if span is None or row["action"] == "maintain" or row["status"] not in ("in_force", "ended"):
        return None
    if row["action"] not in _actions(span.of(row.text).split()[0]):
        return None  # a measure that will be removed is still in force
    before = _before(row, span)
    return f"the text has {short(f'{before.split()[-1]} {span.of(row.text)}')}" if _WILL.search(before) else None


@lru_cache(maxsize=4096)
def _actions(word: str) -> frozenset[str]:
    return frozenset(r["action"] for r in table("trade_actions") if is_form(r["words"], word))


def retaliation(row: Row) -> str | None:
    """Checks that an article with a retaliation has a word for retaliating or responding."""
    return "no word of the article says so" if row["is_retaliation"] and not _answers(row.text) else None


@lru_cache(maxsize=64)
def _answers(text: str) -> bool:
    return _ANSWER.search(text) is not None


def tenure(row: Row) -> str | None:
    """Checks the tenure against the word directly before the title; a nominee needs such a word in the paragraph."""
    span = row.span
    if span is None or row["tenure"] is None:
        return None
    before = _before(row, span).lower()
    words = _WORD.findall(before)
    known = mapping("office_qualifiers", "tenure")
    tenure = known.get(words[-1]) if words and before[-1:] in " -" else None
    if tenure in ("former", "nominated") and row["tenure"] != tenure:
        return f"the text has {short(f'{words[-1]} {span.of(row.text)}')}"
    if row["tenure"] == "nominated" and _NOMINEE.search(_paragraph(row, span)) is None:
        return "nothing in the paragraph says that the office is to be taken up"
    return None


def figure_kind(row: Row) -> str | None:
    """Checks that the cue word can mean the kind."""
    words = row.words("kind")
    kinds = _kinds(words[0].lower()) if len(words) == 1 else frozenset()
    if not kinds or not kinds <= _UNAMBIGUOUS or row["kind"] in (None, "other", *kinds):
        return None
    return f"{short(words[0])} is {', '.join(sorted(kinds))}"


@cache
def _kinds(word: str) -> frozenset[str]:
    return frozenset(r["kind"] for r in table("figure_cues") if is_form(r["cue"], word) and len(r["cue"]) > 2)


def paying(row: Row) -> str | None:
    """Checks that the subject of an active verb, or the possessor of a noun, is on the right side of the payment."""
    cue = row.whole("kind")
    if cue is None:
        return None
    word, active = cue.of(row.text), _active(row, cue)
    sides = _sides_of("subject" if active else "possessor", row["kind"], word)
    if len(sides) != 1:
        return None
    names = ("payer_id", "payee_id") if "payer" in sides else ("payee_id", "payer_id")
    right, other = (row.whole(name) for name in names)
    if other is None or other.end > cue.start or not _is_one_sentence(row, other, cue):
        return None
    between = row.text[other.end : cue.start]
    if active:
        wrong = right.start >= cue.end if right is not None else len(between) <= _JOINED
    else:
        wrong = right is None and re.fullmatch(r"[’']s (?:\w+ )?", between) is not None
    return f"{short(row.text[other.start : cue.end])} names the other side" if wrong else None


@cache
def _sides_of(slot: str, kind: str, word: str) -> frozenset[str]:
    frames = (r for r in table("figure_frames") if r["slot"] == slot and r["kind"] == kind)
    return frozenset(r["role"] for r in frames if is_form(r["cue"], word))


def speaker(row: Row) -> str | None:
    """Checks that the speaker is named in the same sentence as the reporting verb."""
    cue, name = row.whole("cue"), row.whole("speaker_text")
    if cue is None or name is None or row["attribution"] not in ("named", "pronoun"):
        return None
    if _is_one_sentence(row, cue, name):
        return None
    return f"{short(name.of(row.text))} is in another sentence than {short(cue.of(row.text))}"


def sides(row: Row) -> str | None:
    """Checks that the subject of an active verb is the actor and its object the recipient."""
    verb, parts = row.whole("trigger"), row.world.participants.get(row.key, ())
    actors, recipients = ([span for _, side, span in parts if side == which] for which in ("actor", "recipient"))
    if verb is None or len(actors) != 1 or len(recipients) != 1 or not _active(row, verb):
        return None
    if not _acts_on(row["type"], verb.of(row.text).split()[0]):
        return None  # the subject can be the recipient, as in "received an invitation"
    actor, recipient = actors[0], recipients[0]
    if not (verb.start - _CLOSE <= recipient.end <= verb.start < actor.start <= verb.start + _CLOSE):
        return None
    stretch = row.text[recipient.start : actor.end]
    if _MARK.search(stretch) or not _is_one_sentence(row, recipient, actor):
        return None
    return f"{short(recipient.of(row.text))} acts in {short(stretch)}"


@cache
def _acts_on(kind: str, word: str) -> bool:
    """Whether a verb alone expresses an event type and its subject is not the recipient."""
    rows = (r for r in table("event_predicates") if r["type"] == kind)
    return {r["subject"] for r in rows if is_form(r["predicate"], word)} == {"actor"}


def takes_part(row: Row) -> str | None:
    """Checks that actors named directly before or after an active verb are participants."""
    verb = row.whole("trigger")
    if verb is None or not _active(row, verb):
        return None
    parts = {actor for actor, _, _ in row.world.participants.get(row.key, ())}
    beside = [_subject(row, verb), _object(row, verb)]
    named = [m for m in beside if m is not None and m.actor_id not in parts and m.actor_id in row.world.actors]
    return f"{short(named[0].span.of(row.text))} is named beside the verb" if named else None


def _subject(row: Row, verb: Span) -> Named | None:
    """Returns the mention directly before a verb; only ``has`` or ``have`` may come between them."""
    named: Named
    for named in touching(row.world.mentions.get(row.article, ()), Span(max(0, verb.start - 6), verb.start)):
        between = row.text[named.span.end : verb.start]
        before = row.text[max(0, named.span.start - _REACH) : named.span.start]
        if named.form == "name" and between.strip() in ("", "has", "have") and "\n" not in between:
            return named if _NO_SUBJECT.search(before) is None else None
    return None


def _object(row: Row, verb: Span) -> Named | None:
    """Returns the mention directly after a verb, unless it is a possessor or part of a longer name."""
    named: Named
    for named in touching(row.world.mentions.get(row.article, ()), Span(verb.end, verb.end + 2)):
        after = row.text[named.span.end : named.span.end + 3]
        if named.form == "name" and named.span.start - verb.end == 1 and not _GOES_ON.match(after):
            return named
    return None


EVENTS: tuple[tuple[str, str, Reading], ...] = (
    ("status", "status is one that the words before the trigger allow", event_status),
    ("trigger", "actor and recipient are on their sides of the verb", sides),
    ("trigger", "who is named beside the verb takes part", takes_part),
)

CONTEXT: Mapping[str, tuple[tuple[str, str, Reading], ...]] = {
    "actor_roles": (("tenure", "tenure is one that the words at the title allow", tenure),),
    "quotes": (("speaker_id", "the speaker is named in the sentence of the cue", speaker),),
    "events": EVENTS,
    "tariffs": (
        ("status", "status is one that the words before the verb allow", tariff_status),
        ("is_retaliation", "a retaliation is stated in words", retaliation),
    ),
    "financial_figures": (
        ("kind", "kind is one that its word can give", figure_kind),
        ("payer_id", "payer and payee are on their sides of the verb", paying),
    ),
}
"""Maps each table to its column, the rule in words, and the reading."""
