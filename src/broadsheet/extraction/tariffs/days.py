"""The days on which a measure takes effect and ends."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.links import head_of
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.extraction.tariffs.printed import noun_of
from broadsheet.reference.trade import measures_named

if TYPE_CHECKING:
    import datetime
    from collections.abc import Hashable, Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.tariffs.drafts import Draft

_STEPS = 4
"""Maximum number of steps up the tree from a date to the measure that it ends."""
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Effect:
    """The first day of effect with its precision, ``day``, ``month`` or ``year``; both null if the text has none."""

    day: datetime.date | None = None
    precision: str | None = None


def effect_of(date: DateExpression | None) -> Effect:
    """The first day of the day, month or year in which a date begins.

    A loose date (late 2018) gives the month or year that it is in, if it is in one; one that is counted from another
    day (this week) gives none.
    """
    if date is None or date.date_start is None or (date.precision == "approximate" and date.basis == "relative"):
        return Effect()
    start, end = date.date_start, date.date_end
    precision: str | None = date.precision
    if precision == "approximate":
        if end is None or (start.year, start.month) == (end.year, end.month):
            precision = "month"
        else:
            precision = "year" if start.year == end.year else None
    if precision is None:
        return Effect()
    if precision != "day":
        start = start.replace(day=1, month=start.month if precision == "month" else 1)
    return Effect(start, precision)


def last_day(date: DateExpression) -> datetime.date | None:
    """The end of a range of days, months or years, or of one that only has an end; None for a single one."""
    start, end = date.date_start, date.date_end
    if end is None or start is None:
        return end
    unit = {"month": calendar.monthrange(start.year, start.month)[1], "day": start.day}
    if date.precision in unit:
        return end if end != start.replace(day=unit[date.precision]) else None
    return end if date.precision == "year" and end.year != start.year else None


def with_days(document: Document, meaning: Meaning, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the days on which their measures end, and with the days of effect that they share."""
    places = sorted({draft.mention.anchor.i for draft in drafts})
    stated = {place: date for date, place in _stated(document, meaning, places)}
    own = []
    for draft in drafts:
        mention = draft.mention
        if effect_of(mention.effective).day is None and mention.anchor.i in stated:
            draft = replace(draft, mention=replace(mention, effective=stated[mention.anchor.i]), day_from="stated")
        own.append(_with_end(document, meaning, draft))
    return list(_shared(own))


def _stated(document: Document, meaning: Meaning, places: Sequence[int]) -> Iterator[tuple[DateExpression, int]]:
    """The dates after a word of taking effect, each with the nearest anchor before it in its sentence.

    *takes effect on* May 1 · *starting* May 1 · *effective* May 1
    """
    tokens = document.tokens
    for date, first, _ in reversed(meaning.dates):
        before = first - 1
        while before > 0 and tokens[before].pos in ("ADP", "DET", "SCONJ"):
            before -= 1
        nearest = bisect_left(places, before) - 1
        if nearest < 0 or tokens[before].lower not in word_set("effect"):
            continue
        anchor = tokens[places[nearest]]
        last = max(anchor.i, noun_of(document, anchor).i)
        between = tokens[last + 1 : before]
        if anchor.sentence != tokens[first].sentence or any(measures_named(t.text) for t in between):
            continue  # of another measure
        if effect_of(date).day is not None:
            yield date, anchor.i


def _with_end(document: Document, meaning: Meaning, draft: Draft) -> Draft:
    date = next(_ends(document, meaning, draft), None)
    effective = draft.mention.effective
    if date is None and effective is not None and effective.date_start is not None:
        date = effective if last_day(effective) is not None else None
    return replace(draft, ended=date)


def _ends(document: Document, meaning: Meaning, draft: Draft) -> Iterator[DateExpression]:
    """The dates up to which the measure applies: *until*, *through* and *expires on* a day."""
    anchor = draft.mention.anchor
    sentence = document.sentence_of(anchor)
    parts = {anchor.i, *(child.i for child in document.children(anchor, *_ARGUMENTS))}
    if anchor.dep in _ARGUMENTS:
        parts.add(anchor.head)
    for date, first, last in meaning.dates:
        if sentence.first <= first < sentence.last and date.date_end is not None:
            head = document.tokens[head_of(document, first, last)]
            if _is_end(document, head, anchor, parts):
                yield date


def _is_end(document: Document, place: Token, anchor: Token, parts: set[int]) -> bool:
    """Whether a date at ``place`` depends on one of the words of a measure as its end."""
    is_end = False
    for _ in range(_STEPS):
        is_end = is_end or place.lower in word_set("until")
        if place.i in parts:
            expires = place.lemma in word_set("expiring") and place.i == anchor.head and anchor.dep == "nsubj"
            return is_end or expires
        place = document.tokens[place.head]
    return False


def _shared(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, where one without a day of effect has that of the other rows of its measure, if they have only one.

    Rows are of one measure if imposer, target, kind, action and status agree, or if one sentence imposes them.
    """
    known: dict[Hashable, dict[Effect, DateExpression]] = defaultdict(dict)
    for draft in drafts:
        date = draft.mention.effective
        if date is not None and (effect := effect_of(date)).day is not None:
            for key in _measures_of(draft):
                known[key].setdefault(effect, date)
    for draft in drafts:
        found = [known[key] for key in _measures_of(draft) if len(known.get(key, ())) == 1]
        if effect_of(draft.mention.effective).day is None and found:
            (date,) = found[0].values()
            draft = replace(draft, mention=replace(draft.mention, effective=date), day_from="shared")
        yield draft


def _measures_of(draft: Draft) -> tuple[Hashable, Hashable]:
    """What the rows of one measure have in common: in a sentence, and in the article."""
    mention = draft.mention
    common = (draft.imposer.code, mention.measure, mention.action)
    target = draft.target.code if draft.target is not None else None
    return (*common, mention.anchor.sentence), (*common, target, mention.status)
