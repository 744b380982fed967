"""The grammar of dates with a modifier: last year, that day, late March, the week of May 3."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.counted import amount, counted_from, ending, outer_period, running_period
from broadsheet.extraction.dates.nodes import Calendar, Nearby, Relative
from broadsheet.extraction.dates.parts import Around, Compared, Edge, Nth, Part, Rolling
from broadsheet.extraction.dates.printed import year_end

if TYPE_CHECKING:
    from broadsheet.extraction.dates.run import Parsed, Run

_LEADS = frozenset({"on", "of", "by", "until", "since", "before", "after", "part"})
# The article before other kinds belongs to the next noun: the 2016 election, the Friday meeting.
_ARTICLED = frozenset({"ordinal", "day_ordinal", "unit", "part", "decade", "season", "same"})


def deictic(run: Run, i: int) -> Parsed:
    """Today, yesterday, tomorrow; not Today as a title."""
    titled = run.printed(i)[0].isupper() and run.previous_word(i)[:1].isupper()
    return None if titled else (Relative("day", run.value(i)), i + 1)


def same(run: Run, i: int) -> Parsed:
    """That day, the same month, that Friday: the last date mentioned."""
    j = i + 1 + (run.kind(i + 1) == "same")
    if run.words[j - 1] != "that" and (found := _compared(run, j)):
        return found
    if run.is_kind(j, "unit"):
        known = run.unit(j) in ("day", "week", "weekend", "month", "year")
        return (Relative(run.unit(j), 0, anchored=True), j + 1) if known else None
    if not run.is_kind(j, "weekday", "month") or run.tokens[j].note:
        return None
    if j == i + 1 and run.words[i] == "that":
        # "said that Friday was a holiday": a conjunction
        reported = run.previous_word(i).lower().endswith(("ed", "said", "says", "say"))
        if reported or (run.kinds[j] == "weekday" and run.kind(i - 1) not in _LEADS):
            return None
    parsed = run.point(j)
    if parsed is not None and isinstance(parsed[0], Calendar) and parsed[0].year is None:
        return Nearby(parsed[0], 0, anchored=True), parsed[1]
    return None


def _compared(run: Run, j: int) -> Parsed:
    """A period like the last one mentioned: the same quarter last year, the corresponding six months of 2019."""
    at = count[1] if (count := run.number(j)) else j
    outer = outer_period(run, at + 1) if run.is_kind(at, "half", "period", "unit", "units") else None
    return (Compared(outer[0]), outer[1]) if outer and outer[0].unit == "year" else None


def modified(run: Run, i: int, definite: bool = False) -> Parsed:
    """A modified date: last year, this fall, next Friday, the past three months, the last week of July.

    ``definite``: an article comes before it, as in the following week, the past year.
    """
    token = run.tokens[i]
    if run.kind(i - 1) == "possessive":
        return None
    offset, rolling, j = run.value(i), token.note == "rolling", i + 1
    if offset == 0 and run.is_kind(j, "mod") and run.value(j):
        offset, rolling, j = run.value(j), True, j + 1
    if not run.plain(j):
        return None
    depends_on = token.word in ("following", "preceding") or (definite and token.word in ("previous", "prior"))
    anchored = depends_on or (definite and token.word == "next")
    if run.kinds[j] == "fiscal" and run.is_kind(j + 1, "unit"):
        return Part("fiscal", Relative("year", offset)), j + 2
    if offset and (counted := _modified_count(run, i, j, offset, depends_on)):
        return counted
    kind = run.kinds[j]
    if kind == "unit":
        return _modified_unit(run, i, j, offset, rolling=rolling, definite=definite, anchored=anchored)
    if kind == "morning" and token.word in ("last", "this"):
        return Relative("day", offset), j + 1
    if kind == "season":
        vague = run.tokens[j].note == "ambiguous" and run.next_word(j + 1) in ("in", "of", "from")
        return None if vague else (Nearby(Calendar("season", number=run.value(j)), offset, rolling, anchored), j + 1)
    if kind in ("month", "weekday", "digits", "day_ordinal", "ordinal", "short_numeric"):
        return _modified_place(run, j, offset, rolling, anchored)
    return None


def _modified_count(run: Run, i: int, j: int, offset: int, anchored: bool) -> Parsed:
    """A modified count: the past three months, the next few weeks, the last ten days of June, in the coming years."""
    if run.kinds[j] == "units":
        return Rolling(run.unit(j), None, offset), j + 1
    counted = amount(run, j)
    if counted is None:
        return None
    (count, unit), at = counted
    outer = outer_period(run, at) if count and run.words[i] == "last" and run.kind(at) in ("of", "in") else None
    if count and outer is not None:
        return Edge(count, unit, offset, outer[0]), outer[1]
    return Rolling(unit, count, offset, anchored), at


def _modified_unit(run: Run, i: int, j: int, offset: int, *, rolling: bool, definite: bool, anchored: bool) -> Parsed:
    unit, word = run.unit(j), run.words[j - 1]
    if unit == "year" and run.is_kind(j + 1, "period", "unit") and offset < 0:
        return Compared(Relative("year", -1)), j + 2
    if unit == "decade" and offset > 0:
        return Rolling(unit, None, 1), j + 1
    if word == "last" and run.kind(j + 1) in ("of", "in") and unit != "quarter":
        outer = outer_period(run, j + 1)
        if outer is not None:
            return Nth(-1, unit, outer[0]), outer[1]
        if run.kinds[j + 1] == "of":
            return None
    if unit == "day":
        # "The last day" and "these past days" are not dates unless the text says of what.
        return (Relative("day", offset, anchored=offset > 0 or anchored), j + 1) if not definite or anchored else None
    led = definite and run.kind(i - 2) in ("during", "in", "for")
    if word == "next" and led and unit in ("week", "month", "year"):
        return Rolling(unit, 1, 1), j + 1
    if offset < 0 and unit in ("week", "month", "year", "decade") and (rolling or (definite and not anchored)):
        return Rolling(unit, 1, offset), j + 1
    whole = Relative(unit, offset, anchored=anchored)
    at = run.skip(j + 1, "on")
    if unit == "week" and run.is_kind(at, "weekday"):
        return Calendar("day", weekday=run.value(at), outer=whole), at + 1  # next week on Tuesday
    return whole, j + 1


def _modified_place(run: Run, j: int, offset: int, rolling: bool, anchored: bool) -> Parsed:
    """Last January, this Friday, next 4th of May."""
    parsed = run.point(j)
    if parsed is None or not isinstance(parsed[0], Calendar) or parsed[0].unit not in ("day", "month"):
        return None
    inner = parsed[0]
    if inner.year is not None:
        return parsed
    if inner.weekday is not None and inner.month is not None:
        return replace(inner, weekday=None), parsed[1]
    return Nearby(inner, offset, rolling, anchored), parsed[1]


def part(run: Run, i: int) -> Parsed:
    """A part of a period: early January, mid-2019, late last year, the end of March, earlier this month."""
    token = run.tokens[i]
    which = str(token.value)
    j = run.skip(i + 1, "of")
    if j == i + 1 and token.word in ("early", "late", "earlier", "later", "middle"):
        j = run.skip(j, "in")
    named = j > i + 1
    if not named and token.word in ("beginning", "start", "end") and run.glue(i + 1) != "-":
        return None
    j = run.skip(j, "the", "possessive")
    if not run.plain(j) and not (run.kind(j) == "decade" and run.glue(j) in ("'", "’", "‘")):
        return None
    if run.kinds[j] == "unit":
        if run.unit(j) == "day":
            return (Relative("day", 0), j + 1) if which in ("before", "after") and named else None
        ends = which == "rest" or token.word == "mid" or (named and token.word not in ("early", "late"))
        inner = running_period(run, j) if ends else None
    else:
        inner = run.point(j)
    if inner is None or inner[0].unit == "day":
        return None
    return Part(which, inner[0]), inner[1]


def article(run: Run, i: int) -> Parsed:
    """A date after an article: the last week of July, the 1990s, the week of Nov. 30, the day before yesterday."""
    j = i + 1
    if not run.spaced(j):
        return None
    kind = run.kinds[j]
    if kind == "mod":
        return modified(run, j, definite=True)
    if kind == "unit" and run.words[j] == "weekend":
        led = run.kind(i - 1) in ("during", "at", "for", "on", "by")
        return (Calendar("weekend"), j + 1) if led and run.kind(j + 1) != "of" else None
    return run.point(j) if kind in _ARTICLED else None


def unit(run: Run, i: int) -> Parsed:
    """A unit: week 31, the week of Nov. 30, the week after next, the year 2008, year-end, the day after."""
    name, j = run.unit(i), i + 1
    if parsed := _numbered_week(run, i) or _unit_of(run, name, j):
        return parsed
    kind = run.kind(j)
    if name == "year" and kind == "year" and run.spaced(j):
        return Calendar("year", year=run.value(j)), j + 1
    if name == "year" and (parsed := year_end(run, i)):
        return parsed
    if run.is_word(j, "ago", "earlier") and run.dashed(j) and run.is_kind(j + 1, "period", "unit"):
        return Compared(Relative("year", -1)), j + 2
    if kind == "after" and run.is_word(j + 1, "next") and name in ("week", "month", "year"):
        return Relative(name, 2), j + 2
    if kind in ("before", "after") and run.spaced(j) and (name == "day" or not run.spaced(j + 1)):
        return counted_from(run, ((1, name),), -1 if kind == "before" else 1, j)
    return None


def _numbered_week(run: Run, i: int) -> Parsed:
    """Week 31."""
    j = i + 1
    # Sports leagues write their weeks in capitals, so a capitalised week counts only as the end of a range.
    counted = run.printed(i) == "week" or run.kind(i - 1) in ("between", "from", "to", "and", "until")
    if not counted or run.unit(i) != "week" or run.kind(j) != "digits" or not run.spaced(j):
        return None
    return (Calendar("week", number=run.value(j)), j + 1) if run.value(j) and run.kind(j + 1) != "of" else None


def _unit_of(run: Run, name: str, j: int) -> Parsed:
    """A unit with its date: the quarter ended March 31, the year to June, the week of Nov. 30; year to date."""
    kind = run.kind(j)
    if kind == "ended" or (kind in ("to", "through") and name in ("quarter", "half", "year")):
        if name == "year" and run.kind(j + 1) == "date":
            return Part("before", Relative("year", 0)), j + 2
        return ending(run, (1, name), j)
    if kind not in ("of", "commencing") or name not in ("week", "month") or not run.spaced(j + 1):
        return None
    at = run.skip(j + 1, "the")
    inner = run.point(at) if run.plain(at) else None
    return (Around(name, inner[0]), inner[1]) if inner and inner[0].unit == "day" else None
