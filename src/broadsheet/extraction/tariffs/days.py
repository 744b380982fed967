"""The days on which a measure takes effect and ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.links import head_of
from broadsheet.extraction.tariffs.drafts import UNDOING
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.reference.trade import measures_named, word_set

if TYPE_CHECKING:
    import datetime
    from collections.abc import Hashable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.extraction.tariffs.drafts import Draft
    from broadsheet.extraction.tariffs.mentions import MeasureMention

_STEPS = 4
"""Maximum number of steps up the tree from a date to the measure that it ends."""
_RAISED = 2
"""Steps up from a verb to the one that has its subject: *is due to take effect*, *is set to begin*."""
_BEFORE = 8
"""How many sentences before its day of effect a measure may be stated."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
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
    ending = [replace(draft, ended=_end(document, meaning, draft)) for draft in _with_own_days(document, drafts)]
    return list(_shared(_stated(document, meaning, ending), document.article.published_on))


def _with_own_days(document: Document, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, those without a day of effect whose date says something else.

    The day of a measure that is only announced is not over: such a date is that of the announcement. A measure in
    force does not begin on the day to come of an announced one.
    """
    published = document.article.published_on
    announced = {effect_of(draft.mention.effective) for draft in drafts if draft.mention.status == "announced"}
    for draft in drafts:
        date = draft.mention.effective
        if date is not None and date.date_start is not None and published is not None:
            is_over = (date.date_end or date.date_start) < published
            is_anothers = date.date_start > published and effect_of(date) in announced
            if {"announced": is_over, "in_force": is_anothers}.get(draft.mention.status, False):
                draft = replace(draft, mention=replace(draft.mention, effective=None))
        yield draft


def _stated(document: Document, meaning: Meaning, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the days that later words give for the measure: *The duties take effect on May 1*.

    Such a day counts more than that on which the measure is imposed or announced.
    """
    out = list(drafts)
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for k, draft in enumerate(drafts):
        by_sentence[draft.mention.anchor.sentence].append(k)
    for date, first, last in meaning.dates:
        day = effect_of(date).day
        measure = _taking_effect(document, document.tokens[head_of(document, first, last)])
        if measure is None or day is None:
            continue
        families = {FAMILY[name] for name in measures_named(measure.lower)}
        before = range(measure.sentence - 1, measure.sentence - 1 - _BEFORE, -1)
        meant = ([k for k in by_sentence[n] if _is_meant(out[k].mention, families)] for n in before if n in by_sentence)
        for k in next(filter(None, meant), ()):
            mention = out[k].mention
            known = effect_of(mention.effective).day
            if known is None or known <= day:
                out[k] = replace(out[k], mention=replace(mention, effective=date), day_from="stated")
    return out


def _is_meant(mention: MeasureMention, families: AbstractSet[str]) -> bool:
    """Whether a word for measures of some families, or of any if there are none, can mean a measure."""
    return not families or (FAMILY[mention.measure] in families and mention.action not in UNDOING)


def _taking_effect(document: Document, place: Token) -> Token | None:
    """The noun for a measure, named before, that takes effect at a date."""
    above = next(
        (t for t in islice(document.ancestors(place), _STEPS) if t.pos == "VERB" or t.lower == "effective"), place
    )
    inside = {child.lower for child in document.children(above)}
    inside |= {o.lower for p in document.children(above, "prep") for o in document.children(p, "pobj")}
    head = above
    if above.lower == "effective":
        head = document.head(above)
    elif not (above.lemma in word_set("begin") or (above.lemma in word_set("take") and inside & word_set("effect"))):
        return None
    for _ in range(_RAISED):
        if head.dep in ("xcomp", "acomp"):
            head = document.head(head)
    noun = document.child(head, "nsubj", "nsubjpass") or head
    if noun.tag in ("WDT", "WP"):
        noun = document.head(above)
    return noun if _is_known(document, noun) else None


def _is_known(document: Document, noun: Token) -> bool:
    """Whether a noun means a measure that the text has named (*the levy*, *its ban*), not *the 20% duty on salmon*."""
    if not (measures_named(noun.lower) or noun.lemma in word_set("measure")):
        return False
    inside = list(document.children(noun))
    said_in_full = any(child.dep in ("nummod", "prep") or child.tag == "CD" or child.lower == "%" for child in inside)
    return not said_in_full and any(child.lower in _DEFINITE or child.dep == "poss" for child in inside)


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


def _shared(drafts: Sequence[Draft], published: datetime.date | None) -> Iterator[Draft]:
    """The drafts, where one without a day of effect has that of the other rows of its measure, if they have only one.

    Rows are of one measure if imposer, target, kind, action and status agree, or if one sentence imposes them; what is
    in force does not share a day to come.
    """
    known: dict[Hashable, dict[Effect, DateExpression]] = defaultdict(dict)
    for draft in drafts:
        date = draft.mention.effective
        if date is not None and (effect := effect_of(date)).day is not None:
            for key in _measures_of(draft):
                known[key].setdefault(effect, date)
    for draft in drafts:
        found = [known[key] for key in _measures_of(draft) if len(known.get(key, ())) == 1]
        if found and effect_of(draft.mention.effective).day is None:
            ((effect, date),) = found[0].items()
            to_come = published is not None and effect.day is not None and effect.day > published
            if not to_come or draft.mention.status != "in_force":
                draft = replace(draft, mention=replace(draft.mention, effective=date), day_from="shared")
        yield draft


def _measures_of(draft: Draft) -> tuple[Hashable, Hashable]:
    """What the rows of one measure have in common: in a sentence, and in the article."""
    mention = draft.mention
    common = (draft.imposer.code, mention.measure, mention.action)
    return (*common, mention.anchor.sentence), (*common, draft.target_code, mention.status)
