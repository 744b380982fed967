"""The days on which a measure takes effect and ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.links import head_of
from broadsheet.extraction.tariffs.lexicon import word_set

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

    A loose date (late 2018) gives the month or year that it is in; one that is counted from another day (this week)
    gives none.
    """
    if date is None or date.date_start is None or (date.precision == "approximate" and date.basis == "relative"):
        return Effect()
    start, end, precision = date.date_start, date.date_end or date.date_start, date.precision
    if precision == "approximate":
        precision = "month" if (start.year, start.month) == (end.year, end.month) else "year"
    if precision != "day":
        start = start.replace(day=1, month=start.month if precision == "month" else 1)
    return Effect(start, precision)


def with_days(document: Document, meaning: Meaning, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the days on which their measures end, and with the days of effect that they share."""
    return list(_shared([replace(draft, ended=_end(document, meaning, draft)) for draft in drafts]))


def _end(document: Document, meaning: Meaning, draft: Draft) -> DateExpression | None:
    """The date up to which the measure applies, which is one without a beginning: *until* or *through* a day."""
    anchor = draft.mention.anchor
    sentence = document.sentence_of(anchor)
    parts = {anchor.i, *(child.i for child in document.children(anchor, *_ARGUMENTS))}
    if anchor.dep in _ARGUMENTS:
        parts.add(anchor.head)
    for date, first, last in meaning.dates:
        if sentence.first <= first < sentence.last and date.date_start is None and date.date_end is not None:
            place = document.tokens[head_of(document, first, last)]
            if _is_end(document, place, parts):
                return date
    return None


def _is_end(document: Document, place: Token, parts: set[int]) -> bool:
    """Whether a date at ``place`` depends on one of the words of a measure as its end."""
    is_end = False
    for _ in range(_STEPS):
        is_end = is_end or place.lower in word_set("until")
        if place.i in parts:
            return is_end
        place = document.head(place)
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
    return (*common, mention.anchor.sentence), (*common, draft.target_code, mention.status)
